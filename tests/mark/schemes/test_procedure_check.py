"""Procedures for geographical indications: what the checker refuses, and what it gives."""

from datetime import date

import pytest

from originmark.mark.schemes import shipped
from originmark.mark.schemes.gi_values import Procedure, Term
from originmark.mark.schemes.rulebook_check import Surroundings, check
from originmark.mark.schemes.rulebook_kinds import procedures
from originmark.mark.schemes.rulebook_text import read

AROUND = Surroundings(lambda _: False, lambda _: False, lambda _: ())


def text(name: str = "gi-general") -> str:
    return (shipped.FOLDER / f"{name}.toml").read_text(encoding="utf-8")


def procedure(name: str) -> Procedure:
    file, _ = read(text(name))
    assert file is not None
    return procedures.procedure(file)


def findings(*changes: tuple[str, str]) -> list[str]:
    """What the checker says about the general frame with some words of it changed."""
    changed = text()
    for before, after in changes:
        assert before in changed
        changed = changed.replace(before, after, 1)
    return [str(each).split(": ", 1)[1] for each in check(changed, AROUND)[1]]


def test_the_four_properties_of_china_are_four() -> None:
    found = procedure("cn-gi-procedure")

    assert [each.code for each in found.properties] == [
        "authenticity", "regionality", "specificity", "link",
    ]  # fmt: skip
    assert found.countries == ("CN",)


@pytest.mark.parametrize("name", ["cn-gi-procedure", "eu-gi-procedure", "gi-general"])
def test_no_shipped_procedure_claims_a_term(name: str) -> None:
    found = procedure(name)

    assert [each.term for each in found.stages if each.term] == []
    assert any("term_source" in each for each in found.to_fill_in)


def test_a_stage_is_followed_by_the_next_and_an_end_by_nothing() -> None:
    found = procedure("eu-gi-procedure")

    assert [getattr(found.following(each), "code", None) for each in ("union-stage", "registered",
            "refused")] == ["opposition", None, None]  # fmt: skip


@pytest.mark.parametrize(
    ("amount", "unit", "day", "last"),
    [
        (1, "months", date(2026, 1, 31), date(2026, 2, 28)),
        (90, "days", date(2026, 11, 27), date(2027, 2, 25)),
        (12, "months", date(2028, 2, 29), date(2029, 2, 28)),
    ],
)
def test_a_term_ends_on_a_day_that_there_is(amount: int, unit: str, day: date, last: date) -> None:
    assert Term(amount, unit, "").after(day) == last


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ('role = "opposition"', 'role = "examination"', "In no stage may anybody oppose."),
        ('role = "decided"', 'role = "submitted"', "There are 2 stages with the role submitted."),
        ('role = "opposition"', 'role = "thrown"', "There is no role thrown."),
        ('code = "decided"', 'code = "refused"', "refused is an end that every procedure has."),
        ('rights = ["gi",', 'rights = ["gee",', "There is no kind of right gee."),
        ("[[stage]]", 'countries = ["XX"]\n\n[[stage]]', "There is no country XX."),
        ('role = "submitted"', 'role = "submitted"\namount = 3', "unit is missing."),
        ('code = "link"', 'code = "quality"', "rules the same already."),
    ],
)  # fmt: skip
def test_what_does_not_add_up_is_told(before: str, after: str, told: str) -> None:
    assert any(told in each for each in findings((before, after)))


def test_a_term_of_nothing_is_refused() -> None:
    term = 'role = "opposition"\namount = 0\nunit = "weeks"\nterm_source = "§ 1"'

    assert [each.split(".")[0] for each in findings(('role = "opposition"', term))] == [
        "A term of 0 leaves no day", "There is no unit weeks",
    ]  # fmt: skip


def test_stages_stand_in_their_order() -> None:
    swapped = (
        ('role = "decided"', 'role = "later"'),
        ('role = "opposition"', 'role = "decided"'),
        ('role = "later"', 'role = "opposition"'),
    )

    (told,) = findings(*swapped)
    assert told.startswith("The stage for opposition cannot follow that for decided. The order is")
