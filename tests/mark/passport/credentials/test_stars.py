"""Stars are claimed as long as they count."""

from datetime import date, timedelta

import pytest
from builders.labels import NOON, a_labelled_lot
from builders.stars import SCHEME, a_star, schemes_of_the_tests

from originmark.frame.web import clock
from originmark.mark.passport.credentials import issuing, lapses, register
from originmark.standards.credentials import jose

pytestmark = pytest.mark.django_db


def test_a_star_is_attested_and_revoked_when_it_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOON)
    schemes_of_the_tests(monkeypatch, SCHEME)
    lot = a_labelled_lot()
    star = a_star(lot.lot.product, lot.organisation, decided_on=date(2026, 3, 15))

    issuing.passport_of_lot(lot.lot.code, now=NOON)

    row = register.newest(f"star:{star.number}")
    assert row is not None
    assessed = jose.read(row.token).credential["credentialSubject"]
    assert assessed["issuedToParty"]["name"] == lot.organisation.name
    assert lapses.watch(now=NOON) == 0
    lapses.watch(now=NOON + timedelta(days=4 * 366))
    row.refresh_from_db()
    assert row.reason == "the stars do not count any more"
