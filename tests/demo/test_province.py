"""The demonstration province: what happened there, counted by query."""

from datetime import UTC, date, datetime

import pytest

from originmark.demo import people
from originmark.demo.quang_ninh import figures, history, region, rounds
from originmark.mark.evaluation import selectors as evaluation
from originmark.mark.evaluation.selectors import star_lists
from originmark.origin.parties.access import SYSTEM
from originmark.origin.places import services as places

NOW = datetime(2026, 11, 26, 9, 0, tzinfo=UTC)
FIGURES = {
    "producers": 216,
    "producers, cooperative": 89,
    "producers, enterprise": 53,
    "producers, household": 74,
    "products": 393,
    "products recognised in group I": 214,
    "products recognised in group II": 61,
    "products recognised in group III": 38,
    "products recognised in group IV": 42,
    "products recognised in group V": 15,
    "products recognised in group VI": 23,
    "products without a barcode": 23,
    "terms that ended in the half-year": 71,
    "… of them with a notice in time": 71,
    "… re-awarded by the end of the half-year": 38,
    "… re-awarded by the end of the half-year, before the term ended": 29,
    "… in re-evaluation by the end of the half-year": 21,
    "… lapsed by the end of the half-year": 12,
    "… re-awarded by now": 44,
    "… re-awarded by now, before the term ended": 29,
    "… in re-evaluation by now": 15,
    "… lapsed by now": 12,
    "stars revoked in the half-year": 1,
    "terms that end within 60 days, told": 18,
    "products that carry 3 stars": 234,
    "products that carry 4 stars": 125,
    "products that carry 5 stars": 6,
    "dossiers in the round": 12,
    "sheets handed in": 83,  # twelve times seven, but for the member who is tied to an applicant
    "decided: knocked-out": 1,
    "decided: not-recognised": 1,
    "decided: passed-on": 2,
    "decided: recognised": 8,
    "granted 3 stars": 4,
    "granted 4 stars": 6,
    "potential five stars": 2,
    "appeals open": 1,
}

POINTS = [
    "35.71", "56.14", "56.00", "56.00", "76.28", "73.42",
    "96.14", "76.00", "75.85", "76.28", "55.71", "96.14",
]  # fmt: skip


@pytest.mark.slow
@pytest.mark.django_db
def test_each_number_of_the_province_is_what_a_query_counts() -> None:
    places.load_units(by=SYSTEM)
    shown = region.build(now=NOW)

    assert figures.figures() == FIGURES
    period = history.period_of(NOW.date())
    assert (period.first, period.last) == (date(2026, 1, 1), date(2026, 6, 30))
    decided = evaluation.dossiers(SYSTEM).filter(round__code=rounds.code_of(NOW.date()))
    points = decided.order_by("number").values_list("decisions__points", flat=True)
    assert [str(each) for each in points] == POINTS
    appeal = star_lists.appeals(SYSTEM).get()
    assert appeal.organisation.code == people.APPLICANT
    assert list(shown) == [
        "genuine, with stars", "genuine, stars expired",
        "star in force", "star expired", "star revoked", "certificate of stars",
    ]  # fmt: skip


@pytest.mark.parametrize("month", range(1, 13))
def test_seventy_one_terms_end_whenever_it_is_built(month: int) -> None:
    period = history.period_of(date(2027, month, 1))
    assert period.last < rounds.Calendar(date(2027, month, 1)).held_on
    assert (period.last - period.first).days in {180, 183}
    assert sum(sum(fates.values()) for fates in history.MONTHS) == 71
