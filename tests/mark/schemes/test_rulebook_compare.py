"""Two versions are compared row by row."""

from builders.rulebooks import STAR_SCHEME

from originmark.mark.schemes.rulebook_compare import Change, TableChanges, compare
from originmark.mark.schemes.rulebook_text import RulebookFile, read


def a_file(text: str) -> RulebookFile:
    file, findings = read(text)
    assert file is not None, findings
    return file


def changes(before: str, after: str) -> dict[str, TableChanges]:
    found = {each.table: each for each in compare(a_file(before), a_file(after))}
    return {name: each for name, each in found.items() if each.changes}


def test_the_same_rules_under_another_number_do_not_differ() -> None:
    later = STAR_SCHEME.replace("version = 1", "version = 2\nsupersedes = 1")

    assert changes(STAR_SCHEME, later) == {}


def test_a_changed_figure_is_told_with_both_values() -> None:
    after = STAR_SCHEME.replace("max_points = 60", "max_points = 65")

    found = changes(STAR_SCHEME, after)["part"]

    assert found.same == 1
    (change,) = found.changes
    assert (change.kind, change.name) == ("changed", "A · Product")
    assert change.keys == (("max_points", 60, 65),)


def test_a_level_that_goes_and_one_that_comes_are_told_whole() -> None:
    after = STAR_SCHEME.replace('code = "district"', 'code = "commune"').replace(
        'name = "District"\nrecognises = [3]\npasses_on_from = 70', 'name = "Commune"'
    )

    found = changes(STAR_SCHEME, after)["level"]

    assert found.changes == (
        Change("added", "commune · Commune", (), (("name", "Commune"),)),
        Change(
            "removed",
            "district · District",
            (("name", "District"), ("recognises", [3]), ("passes_on_from", 70)),
            (),
        ),
    )


def test_a_key_that_only_one_version_has_is_a_change() -> None:
    after = STAR_SCHEME.replace("valid_until = 2023-12-31\n", "")

    (change,) = changes(STAR_SCHEME, after)["rulebook"].changes

    assert [(key, after) for key, _before, after in change.keys] == [("valid_until", None)]


def test_a_table_that_only_the_older_has_is_told_too() -> None:
    start, end = STAR_SCHEME.index("[council]"), STAR_SCHEME.index("[[revocation_reason]]")

    found = changes(STAR_SCHEME, STAR_SCHEME[:start] + STAR_SCHEME[end:])

    assert [each.kind for each in found["council"].changes] == ["removed"]
