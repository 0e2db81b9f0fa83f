"""The scan watch, for programs."""

from datetime import timedelta
from typing import Any

import pytest
from builders.labels import NOON, a_label_run
from builders.parties import a_client_for, an_actor, an_inspector, an_officer, an_organisation

from originmark.frame.web import clock
from originmark.mark.labels import selectors as labels
from originmark.mark.labels import services
from originmark.mark.labels.models import LabelRun, ScanCase
from originmark.mark.labels.services import ReportDraft, ScanSeen

pytestmark = pytest.mark.django_db
CASES = "/api/labels/cases"


@pytest.fixture(autouse=True)
def at_noon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOON)


@pytest.fixture
def run() -> LabelRun:
    """A run whose first label is copied, and whose second is reported."""
    made = a_label_run(10)
    services.record_scans([
        ScanSeen(made.number, 0, NOON - timedelta(hours=n), f"phone-{n}", "copied",
                 37.8712, 112.5534)
        for n in range(14)
    ])  # fmt: skip
    services.find_suspects(now=NOON)
    services.report(ReportDraft(problem="copy", code=labels.serial_of(made, 1)), now=NOON)
    services.report(ReportDraft(problem="copy", code="FORGED"), now=NOON)
    return made


def decide(who: Any, **body: Any) -> Any:
    client = a_client_for(who)
    return client.post("/api/labels/case-decisions", body, content_type="application/json")


def test_cases_are_listed_with_their_reasons_to_whom_they_concern(run: LabelRun) -> None:
    expected = {
        an_officer(): 3, an_inspector(): 3, an_actor(run.organisation, "manager"): 2,
        an_actor(an_organisation(), "manager"): 0,
    }  # fmt: skip
    for who, count in expected.items():
        assert a_client_for(who).get(CASES).json()["count"] == count
    client = a_client_for(an_officer())
    told = client.get(CASES, {"lot": run.lot_code}).json()["items"]
    assert [(each["run"], each["label"], each["origin"]) for each in reversed(told)] == [
        (run.number, 1, "scans"),
        (run.number, 2, "report"),
    ]
    assert told[1]["evidence"] == {"viewers": {"viewers": 14, "at_most": 12, "days": 90}}
    assert told[1]["reasons"][0].startswith("14 different phones")
    assert client.get(CASES, {"is_open": "false"}).json()["count"] == 0


def test_a_case_is_read_by_number_and_hidden_from_strangers(run: LabelRun) -> None:
    case = ScanCase.objects.get(run=run, index=0)
    told = a_client_for(an_actor(run.organisation, "manager")).get(f"{CASES}/{case.pk}").json()
    assert (told["case"], told["lot"], told["reports"]) == (case.pk, run.lot_code, 0)
    refused = a_client_for(an_actor(an_organisation(), "manager")).get(f"{CASES}/{case.pk}")
    assert (refused.status_code, refused["Content-Type"]) == (404, "application/problem+json")
    assert refused.json()["type"].endswith(":unknown-scan-case")


def test_an_officer_decides_and_a_refusal_is_a_problem_document(run: LabelRun) -> None:
    cases = list(ScanCase.objects.exclude(run=None).values_list("pk", flat=True))
    body = {"cases": cases, "decision": "confirm", "reason": "Bought two alike"}
    for who in (an_inspector(), an_actor(run.organisation, "manager")):
        assert decide(who, **body).status_code == 403
    told = decide(an_officer(), **body)
    assert {each["state"] for each in told.json()} == {"confirmed"}
    again = decide(an_officer(), **body)
    assert again.status_code == 409
    assert again.json()["type"].endswith(":scan-case-closed")
    assert decide(an_officer(), cases=[], decision="dismiss", reason="x").status_code == 422
    assert decide(an_officer(), cases=cases, decision="burn", reason="x").status_code == 422
    assert decide(an_officer(), cases=[10**6], decision="dismiss", reason="x").status_code == 404
    assert decide(an_officer(), **body | {"decision": "reopen"}).status_code == 200


def test_the_scans_of_a_label_are_told_to_a_kilometre_and_without_the_phone(run: LabelRun) -> None:
    client = a_client_for(an_actor(run.organisation, "manager"))
    told = client.get(f"/api/labels/runs/{run.number}/scans/1").json()
    assert (told["scans"], told["phones"], len(told["kept"])) == (14, 14, 14)
    assert (told["kept"][0]["phone"], told["kept"][0]["latitude"]) == (1, 37.87)
    assert "phone-0" not in str(told)
    empty = client.get(f"/api/labels/runs/{run.number}/scans/3").json()
    assert (empty["scans"], empty["first_at"], empty["kept"]) == (0, None, [])
    assert client.get(f"/api/labels/runs/{run.number}/scans/11").status_code == 404
    stranger = a_client_for(an_actor(an_organisation(), "manager"))
    assert stranger.get(f"/api/labels/runs/{run.number}/scans/1").status_code == 404
