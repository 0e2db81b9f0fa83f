"""The demonstration province: what happened there, counted by query."""

from datetime import UTC, date, datetime

import pytest

from originmark.demo.quang_ninh import history, region
from originmark.mark.evaluation import selectors as stars
from originmark.origin.parties.access import SYSTEM
from originmark.origin.places import services as places

NOW = datetime(2026, 11, 26, 9, 0, tzinfo=UTC)


@pytest.mark.slow
@pytest.mark.django_db
def test_the_province_is_built_and_its_terms_ended_as_they_should() -> None:
    places.load_units(by=SYSTEM)
    region.build(now=NOW)

    period = history.period_of(NOW.date())
    found = stars.counts(period.first, period.last, place="vn-22", scheme="ocop")
    assert (period.first, period.last) == (date(2026, 1, 1), date(2026, 6, 30))
    assert found == stars.StarCounts(
        expired=71, in_re_evaluation=21, re_awarded=38, re_awarded_in_time=29, lapsed=12, revoked=1
    )
    ended = stars.ended(period.first, period.last)
    assert all(not star.notice.is_late for star in ended.select_related("notice"))


@pytest.mark.parametrize("month", range(1, 13))
def test_seventy_one_terms_end_whenever_it_is_built(month: int) -> None:
    period = history.period_of(date(2027, month, 1))
    assert period.last < date(2027, month, 1)
    assert (period.last - period.first).days in {180, 181, 183}
    assert sum(sum(fates.values()) for fates in history.MONTHS) == 71
