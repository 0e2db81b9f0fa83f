"""What was issued, for people who are signed in, and who may revoke it."""

import pytest
from builders.labels import NOON, a_labelled_lot
from builders.parties import a_client_for, an_actor, an_officer, an_organisation
from django.test import Client

from originmark.frame.web import clock
from originmark.mark.passport.credentials import issuing
from originmark.mark.passport.credentials.models import Credential
from originmark.origin.parties.access import Actor

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _at_noon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOON)


@pytest.fixture
def row() -> Credential:
    return issuing.passport_of_lot(a_labelled_lot().lot.code, now=NOON)


def page(who: Actor, url: str) -> tuple[int, str]:
    answer = a_client_for(who).get(url)
    return answer.status_code, answer.content.decode()


def test_each_sees_the_own_ones_found_by_kind_and_state(row: Credential) -> None:
    mine = an_actor(row.organisation)

    assert row.name in page(mine, "/credentials/")[1]
    assert row.name in page(mine, "/credentials/?kind=passport&state=live")[1]
    assert row.name not in page(mine, "/credentials/?state=revoked")[1]
    assert row.name not in page(an_actor(an_organisation()), "/credentials/")[1]
    assert Client().get("/credentials/").status_code == 302


def test_an_officer_revokes_with_a_reason_from_the_page(row: Credential) -> None:
    url = f"/credentials/{row.key}/revoke/"
    assert url in page(an_officer(), f"/credentials/{row.key}")[1]
    office = a_client_for(an_officer())

    assert office.post(url, {"reason": ""}).status_code == 422
    done = office.post(url, {"reason": "Wrong lot"})

    assert (done.status_code, done.headers["Location"]) == (302, f"/credentials/{row.key}")
    row.refresh_from_db()
    assert (row.revoked_at, row.reason) == (NOON, "Wrong lot")


def test_a_producer_neither_sees_the_button_nor_passes_the_door(row: Credential) -> None:
    manager = an_actor(row.organisation, "manager")

    assert "/revoke/" not in page(manager, f"/credentials/{row.key}")[1]
    assert page(manager, f"/credentials/{row.key}/revoke/")[0] == 403
    row.refresh_from_db()
    assert row.revoked_at is None
