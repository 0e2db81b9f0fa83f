"""A star scheme that does not add up is refused, with the sums in the sentence."""

import pytest
from builders.rulebooks import STAR_SCHEME

from originmark.mark.schemes.rulebook_check import Surroundings, check


def findings(text: str) -> list[str]:
    around = Surroundings(lambda _: False, lambda _: False, lambda _: ())
    rules, found = check(text, around)
    assert (rules is None) == bool(found)
    return [str(each) for each in found]


def finding(old: str, new: str) -> str:
    """Return the only finding after one change to a scheme that adds up."""
    assert STAR_SCHEME.count(old) >= 1, old
    found = findings(STAR_SCHEME.replace(old, new, 1))
    assert len(found) == 1, found
    return found[0]


def line_of(text: str) -> int:
    return STAR_SCHEME.splitlines().index(text) + 1


def test_a_scheme_that_adds_up_has_no_finding() -> None:
    assert findings(STAR_SCHEME) == []


def test_parts_that_do_not_sum_are_told_with_their_sum() -> None:
    assert finding("max_points = 40", "max_points = 39") == (
        f"line {line_of('max_points = 60')}, [[part]] 1 max_points: The parts give A 60 + B 39 = "
        "99 points. Together they must give 100: correct the points of a part."
    )


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("from_points = 70", "from_points = 50", "4 stars from 50 points, but 3 stars from 50"),
        ("from_points = 90", "from_points = 60", "5 stars from 60 points, but 4 stars from 70"),
        ("from_points = 0", "from_points = 10", "Below 10 points there is no band"),
        ("from_points = 90", "from_points = 101", "101 points lie outside 0 to 100"),
    ],
)
def test_bands_neither_overlap_nor_leave_a_gap(old: str, new: str, said: str) -> None:
    assert said in finding(old, new)


def test_a_number_of_stars_without_a_band_is_a_gap() -> None:
    (said,) = findings(
        STAR_SCHEME.replace("stars = 5", "stars = 6").replace(
            "recognises = [5]", "recognises = [6]"
        )
    )

    assert said.endswith("6 stars stand here, and 5 stars nowhere.")


def test_the_same_stars_twice_are_told() -> None:
    twice, gap = findings(STAR_SCHEME.replace("stars = 2\n", "stars = 1\n", 1))

    assert f"Line {line_of('[[star]]')} says already when a product gets 1 stars." in twice
    assert "2 stars nowhere" in gap


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('group = "I"', 'group = "IX"', "There is no group IX. Known are I, VI."),
        ('except_groups = ["VI"]', 'except_groups = ["X"]', "There is no group X."),
        ('code = "sample"', 'code = "idea"', "rules the same already"),
        ('code = "NO_RECORDS"', 'code = "no records"', "no records is no code"),
        ("recognises = [5]", "recognises = [4, 5]", "The level province recognises 4 stars"),
        ("recognises = [4]", "recognises = []", "No level recognises 4 stars"),
        ("recognises = [3]", "recognises = [2, 3]", "recognition begins at 3 stars"),
        ("recognises = [5]", "recognises = [5]\npasses_on_from = 95", "No level stands above"),
        ("passes_on_from = 90", "passes_on_from = 190", "190 points lie outside"),
        ('unit = "days"', 'unit = "weeks"', "There is no unit weeks. Known are working-days,"),
        ("quorum_share = 0.75", "quorum_share = 75", "75 is no share"),
        ('confidence = "unverified"', 'confidence = "sure"', "no confidence mark sure"),
        ("validity_months = 36", "validity_months = 0", "It must lie between 1 and 1200"),
        ("has_barcode = false", 'has_barcode = "no"', "has_barcode should be true or false"),
        ('name_vi = "Sản phẩm"', 'name_xx = "?"', "There is no key name_xx here"),
        ('name_vi = "Sản phẩm"', "name_vi = 3", "name_vi should be a text in quotes"),
        ("[scheme]", "[[scheme]]", "Write this table as [scheme]"),
        ('kind = "star-scheme"', 'kind = "moon-scheme"', "There is no kind moon-scheme"),
    ],
)
def test_whatever_else_is_wrong_is_told(old: str, new: str, said: str) -> None:
    assert said in finding(old, new)


def test_a_scheme_without_levels_is_refused() -> None:
    start, end = STAR_SCHEME.index("[[level]]"), STAR_SCHEME.index("[[proof]]")

    assert findings(STAR_SCHEME[:start] + STAR_SCHEME[end:]) == [
        "line 1, [rulebook]: The table level is missing. Write it down."
    ]


def test_a_key_above_every_table_is_told() -> None:
    assert findings("kind = 3\n" + STAR_SCHEME) == [
        "line 1, file: The key kind stands in no table. Write it below a table such as [rulebook]."
    ]
