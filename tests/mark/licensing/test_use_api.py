"""Applications, quotas and use reports for programs."""

from datetime import UTC, datetime
from typing import Any

import pytest
from builders.applications import a_ruled_brand
from builders.licensing import a_licence
from builders.parties import a_client_for, an_actor, an_organisation
from builders.quotas import SEASON, a_user
from builders.schemes import a_brand

from originmark.frame.web import clock
from originmark.mark.licensing import services
from originmark.mark.licensing.models import Application, UseReport
from originmark.origin.parties.access import SYSTEM

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 7, 20, 12, tzinfo=UTC)
BASE = "/api/mark-use"


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)


def post(client: Any, path: str, **body: Any) -> Any:
    return client.post(BASE + path, body, content_type="application/json")


def test_a_program_applies_and_reads_what_must_hold() -> None:
    a_ruled_brand(conditions=("credit-code",))
    coop = an_organisation("heshun")
    client, stranger = a_client_for(an_actor(coop)), a_client_for(an_actor(an_organisation()))
    asked = {"brand": "yangqu", "organisation": "heshun", "products": ["millet"], "season": 2026}

    assert post(stranger, "/applications", **asked).status_code == 404
    made = post(client, "/applications", **asked)
    assert made.status_code == 201
    assert (made.json()["number"], made.json()["state"]) == ("A-2026-0001", "submitted")

    (condition,) = client.get(f"{BASE}/applications/A-2026-0001/conditions").json()
    assert (condition["key"], condition["is_met"]) == ("credit-code", False)
    assert "18 characters" in condition["do"]
    assert client.get(f"{BASE}/applications").json()["count"] == 1
    assert stranger.get(f"{BASE}/applications/A-2026-0001").status_code == 404
    assert client.get(f"{BASE}/applications/A-2026-0001").json()["licence"] is None
    assert Application.objects.count() == 1


def test_a_program_asks_what_is_left() -> None:
    user = a_user()
    a_brand("plain")
    client = a_client_for(an_actor(user.organisation, "viewer"))
    user.draw("800")
    asked = {"organisation": user.organisation.code, "brand": "yangqu", "season": SEASON}

    told = client.get(f"{BASE}/quotas/left", asked).json()
    assert (told["is_limited"], told["left_kg"], told["is_spent"]) == (True, "37000.000", False)
    free = client.get(f"{BASE}/quotas/left", {**asked, "brand": "plain"}).json()
    assert (free["is_limited"], free["left_kg"]) == (False, None)
    assert client.get(f"{BASE}/quotas/left", {**asked, "brand": "no"}).status_code == 404
    assert client.get(f"{BASE}/quotas").json()["items"][0]["used_kg"] == "800.000"
    stranger = a_client_for(an_actor(an_organisation()))
    assert stranger.get(f"{BASE}/quotas/left", asked).status_code == 404
    assert stranger.get(f"{BASE}/quotas").json()["count"] == 0


def test_a_program_files_a_report() -> None:
    coop = an_organisation()
    a_licence(coop, a_ruled_brand())
    services.open_reports(by=SYSTEM, now=NOW)
    client, viewer = a_client_for(an_actor(coop)), a_client_for(an_actor(coop, "viewer"))
    (owed,) = client.get(f"{BASE}/reports").json()["items"]
    line = {"product": "millet", "month": "2026-01-01", "packs_sold": 5, "labels_used": 6}

    assert post(viewer, f"/reports/{owed['id']}", lines=[line]).status_code == 403
    late = post(client, f"/reports/{owed['id']}", lines=[{**line, "month": "2026-07-01"}])
    assert late.status_code == 422
    assert UseReport.objects.get().filed_at is None
    assert post(client, f"/reports/{owed['id']}", lines=[line]).json()["filed_at"] is not None
