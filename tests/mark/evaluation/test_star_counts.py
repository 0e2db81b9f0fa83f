"""Expired, in re-evaluation, re-awarded and lapsed are four counts and never one."""

from datetime import UTC, date, datetime

import pytest
from builders.parties import an_officer, an_organisation
from builders.places import an_administrative_unit
from builders.products import a_trade_item
from builders.stars import NOON, a_recognition, a_star
from django.db import connection
from django.test.utils import CaptureQueriesContext

from originmark.mark.evaluation import selectors, services
from originmark.mark.evaluation.models.stars import Star

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rulebook")]
HALF_YEAR = (date(2026, 1, 1), date(2026, 6, 30))


def a_star_that_ended(on: int = 1, **more: object) -> Star:
    """A star whose last day is in March 2026."""
    return a_star(decided_on=date(2023, 3, on + 1), **more)  # type: ignore[arg-type]


def award_again(star: Star, on: date) -> Star:
    anew = a_recognition(star.product, star.organisation, decided_on=on)
    now = datetime(on.year, on.month, on.day, 12, tzinfo=UTC)
    return services.recognise(anew, by=an_officer(), now=now)


def open_again(star: Star, on: date) -> str:
    now = datetime(on.year, on.month, on.day, 12, tzinfo=UTC)
    return services.open_re_evaluation(star.number, by=an_officer(), now=now).reference


def test_what_became_of_the_stars_whose_term_ended() -> None:
    in_time, late, waiting, gone = (a_star_that_ended(day) for day in (1, 2, 3, 4))
    a_star(decided_on=date(2023, 7, 1))  # ends on 30 June: the last day of the period counts
    a_star(decided_on=date(2023, 7, 2))  # ends after the period
    award_again(in_time, date(2026, 3, 1))
    award_again(late, date(2026, 5, 4))
    open_again(waiting, date(2026, 4, 1))
    revoked = a_star_that_ended(5)
    draft = services.RevocationDraft("MARK_MISUSE", "1", date(2026, 2, 1), date(2026, 2, 1))
    services.revoke(revoked.number, draft, by=an_officer(), now=datetime(2026, 2, 1, tzinfo=UTC))

    with CaptureQueriesContext(connection) as queries:
        found = selectors.counts(*HALF_YEAR)

    assert len(queries) == 2
    assert found.expired == 5
    assert (found.in_re_evaluation, found.re_awarded, found.lapsed) == (1, 2, 2)
    assert found.expired == found.in_re_evaluation + found.re_awarded + found.lapsed
    assert (found.re_awarded_in_time, found.revoked) == (1, 1)
    lapsed = selectors.ended(*HALF_YEAR).filter(fate="lapsed").values_list("number", flat=True)
    assert gone.number in lapsed


def test_counts_of_a_day_do_not_change_with_what_comes_later() -> None:
    star = a_star_that_ended()
    open_again(star, date(2026, 6, 1))
    award_again(star, date(2026, 8, 1))

    before = selectors.counts(*HALF_YEAR)
    later = selectors.counts(*HALF_YEAR, as_of=date(2026, 8, 1))

    assert (before.in_re_evaluation, before.re_awarded) == (1, 0)
    assert (later.in_re_evaluation, later.re_awarded) == (0, 1)


def test_a_star_revoked_after_it_ran_out_stays_expired_and_lapsed() -> None:
    star = a_star_that_ended()
    draft = services.RevocationDraft(
        "EXPIRED_NOT_REEVALUATED", "1", date(2026, 10, 1), date(2026, 10, 1)
    )
    services.revoke(star.number, draft, by=an_officer(), now=NOON)
    found = selectors.counts(*HALF_YEAR)
    assert (found.expired, found.lapsed, found.revoked) == (1, 1, 0)


def test_counts_are_those_of_a_place_with_all_under_it_and_of_a_scheme() -> None:
    province = an_administrative_unit("vn-22")
    commune = an_administrative_unit("vn-22001", parent=province)
    inside = an_organisation()
    inside.unit = commune
    inside.save()
    a_star_that_ended(1, product=a_trade_item(organisation=inside))
    a_star_that_ended(2)

    assert selectors.counts(*HALF_YEAR, place=province.key).expired == 1
    assert selectors.counts(*HALF_YEAR, place=commune.key).expired == 1
    assert selectors.counts(*HALF_YEAR, scheme="ocop").expired == 2
    assert selectors.counts(*HALF_YEAR, scheme="other").expired == 0
