"""Credentials for programs, by role."""

import pytest
from builders.labels import NOON, a_labelled_lot
from builders.parties import a_client_for, an_actor, an_inspector, an_officer, an_organisation
from django.test import Client

from originmark.frame.web import clock
from originmark.mark.passport.credentials import issuing
from originmark.mark.passport.credentials.models import Credential
from originmark.origin.parties.access import Actor

pytestmark = pytest.mark.django_db
URL = "/api/passport/credentials"


@pytest.fixture(autouse=True)
def _at_noon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOON)


@pytest.fixture
def row() -> Credential:
    return issuing.passport_of_lot(a_labelled_lot().lot.code, now=NOON)


def kinds(who: Actor) -> list[str]:
    answer = a_client_for(who).get(URL)
    assert answer.status_code == 200
    return [each["kind"] for each in answer.json()["items"]]


def test_each_sees_what_was_issued_about_them(row: Credential) -> None:
    mine = ["passport", "history", "identity", "facility"]

    assert kinds(an_actor(row.organisation)) == mine
    assert kinds(an_officer()) == mine
    assert kinds(an_actor(an_organisation())) == []
    assert Client().get(URL).status_code == 401


@pytest.mark.parametrize("role", ["manager of the producer", "inspector", "stranger"])
def test_only_officers_revoke(row: Credential, role: str) -> None:
    who = {
        "manager of the producer": lambda: an_actor(row.organisation, "manager"),
        "inspector": an_inspector,
        "stranger": lambda: an_actor(an_organisation()),
    }[role]()
    said = {"about": row.about, "reason": "No"}

    answer = a_client_for(who).post(f"{URL}/revoke", said, content_type="application/json")

    assert answer.status_code == 403
    row.refresh_from_db()
    assert row.revoked_at is None


def test_an_officer_revokes_and_anybody_finds_out(row: Credential) -> None:
    body = {"credential": row.token}
    before = Client().post(f"{URL}/verify", body, content_type="application/json").json()

    done = a_client_for(an_officer()).post(
        f"{URL}/revoke", {"about": row.about, "reason": "Recalled"}, content_type="application/json"
    )

    assert (done.status_code, done.json()["reason"]) == (200, "Recalled")
    after = Client().post(f"{URL}/verify", body, content_type="application/json").json()
    assert (before["is_valid"], after["is_valid"]) == (True, False)
    assert after["reason"] == "revoked"
