"""The life of a star, without a database."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from originmark.mark.evaluation import stars_refusals, stars_rules
from originmark.mark.evaluation.stars_rules import StarTerms, Stretch, is_valid, last_day, state_on

days = st.dates(date(2000, 1, 1), date(2050, 12, 31))
FIRST, LAST = date(2026, 3, 15), date(2029, 3, 14)


@pytest.mark.parametrize(
    ("first", "months", "last"),
    [
        ("2026-03-15", 36, "2029-03-14"),
        ("2026-01-01", 36, "2028-12-31"),
        ("2026-08-31", 6, "2027-02-28"),
        ("2026-08-30", 6, "2027-02-28"),
        ("2026-08-28", 6, "2027-02-27"),
        ("2026-09-01", 6, "2027-02-28"),
        ("2027-08-31", 6, "2028-02-29"),
        ("2028-02-29", 12, "2029-02-28"),
        ("2026-12-31", 2, "2027-02-28"),
    ],
)
def test_a_term_ends_on_the_day_before_the_same_number(first: str, months: int, last: str) -> None:
    assert last_day(date.fromisoformat(first), months) == date.fromisoformat(last)


def test_a_term_of_no_month_is_a_bug() -> None:
    with pytest.raises(ValueError, match="got 0"):
        last_day(FIRST, 0)


@given(days, st.integers(1, 60))
def test_a_later_start_never_ends_earlier(first: date, months: int) -> None:
    assert last_day(first, months) <= last_day(first + timedelta(1), months)


@given(days, st.integers(1, 60))
def test_two_terms_on_end_never_lose_a_day(first: date, months: int) -> None:
    """Whoever is re-awarded on the day after the last has stars without a gap or an overlap."""
    last = last_day(first, months)
    assert (last + timedelta(1)).day == first.day or (last + timedelta(1)).day == 1


def test_the_first_and_the_last_day_count() -> None:
    terms = StarTerms(FIRST, LAST)
    assert [is_valid(terms, on) for on in (FIRST, LAST)] == [True, True]
    assert not is_valid(terms, FIRST - timedelta(1))
    assert not is_valid(terms, LAST + timedelta(1))
    with pytest.raises(ValueError, match="begins on 2026-03-15"):
        state_on(terms, FIRST - timedelta(1))


def test_a_star_in_re_evaluation_is_valid_until_its_last_day() -> None:
    terms = StarTerms(FIRST, LAST, re_evaluations=(Stretch(date(2029, 2, 1), date(2029, 6, 1)),))
    assert state_on(terms, date(2029, 1, 31)) == "in-force"
    assert (state_on(terms, LAST), is_valid(terms, LAST)) == ("in-re-evaluation", True)
    later = LAST + timedelta(1)
    assert (state_on(terms, later), is_valid(terms, later)) == ("in-re-evaluation", False)
    assert state_on(terms, date(2029, 6, 1)) == "expired"


def test_a_revocation_beats_all_and_a_newer_star_beats_the_rest() -> None:
    day = date(2028, 1, 1)
    waiting = (Stretch(date(2027, 12, 1)),)
    newer = StarTerms(FIRST, LAST, superseded_from=day, re_evaluations=waiting)
    both = StarTerms(FIRST, LAST, revoked_from=day, superseded_from=day)
    assert (state_on(newer, day), is_valid(newer, day)) == ("superseded", False)
    assert (state_on(both, day), is_valid(both, day)) == ("revoked", False)
    assert state_on(both, day - timedelta(1)) == "in-force"


def check(**more: object) -> None:
    facts = {
        "number": "D-1",
        "stars": 3,
        "points": Decimal(50),
        "recognised_from": 3,
        "decided_on": FIRST,
        "today": FIRST,
    }
    stars_rules.check_recognition(**(facts | more))  # type: ignore[arg-type]


def test_a_decision_that_cannot_be_is_refused() -> None:
    check()
    for wrong in (
        {"stars": 2},
        {"stars": 6},
        {"points": Decimal("100.5")},
        {"points": Decimal(-1)},
    ):
        with pytest.raises(stars_refusals.StarsOutOfRange):
            check(**wrong)
    with pytest.raises(stars_refusals.DecidedInTheFuture) as refused:
        check(decided_on=FIRST + timedelta(1))
    assert refused.value.facts["today"] == FIRST
    with pytest.raises(stars_refusals.StarNumberMalformed):
        check(number="12/2026")
