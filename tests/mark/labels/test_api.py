"""Labels, for programs."""

from typing import Any

import pytest
from builders.labels import NOON, a_label_run, a_labelled_lot
from builders.parties import a_client_for, an_actor

from originmark.frame.web import clock
from originmark.mark.labels import selectors
from originmark.mark.labels.models import LabelRun

pytestmark = pytest.mark.django_db
RUNS = "/api/labels/runs"


@pytest.fixture(autouse=True)
def at_noon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOON)


def post(client: Any, path: str, **body: Any) -> Any:
    return client.post(path, body, content_type="application/json")


def test_a_program_issues_activates_and_verifies() -> None:
    ready = a_labelled_lot()
    client = a_client_for(an_actor(ready.organisation, "manager"))
    made = post(client, RUNS, lot=ready.lot.code, brand=ready.brand.code, count=20)
    assert made.status_code == 201
    number = made.json()["number"]
    assert post(client, f"{RUNS}/{number}/activate", first=1, last=5).json()["activated_count"] == 5
    assert post(client, f"{RUNS}/{number}/spoil", first=6).json()["spoiled_count"] == 1
    assert post(client, f"{RUNS}/{number}/activate").json()["activated_count"] == 19
    withdrawn = post(client, f"{RUNS}/{number}/withdraw", first=20, last=20, reason="Weevils")
    assert withdrawn.json()["withdrawn_count"] == 1
    serial = selectors.serial_of(LabelRun.objects.get(), 19)
    told = client.get(f"/api/labels/serials/{serial}").json()
    assert (told["state"], told["reason"], told["run_number"]) == ("withdrawn", "Weevils", number)
    assert [run["number"] for run in client.get(RUNS).json()["items"]] == [number]
    assert client.get(f"{RUNS}/{number}").json()["lot"] == ready.lot.code


def test_a_refusal_is_a_problem_document_with_every_reason() -> None:
    ready = a_labelled_lot(packs=5)
    ready.brand.rights.all().delete()
    client = a_client_for(an_actor(ready.organisation))
    answer = post(client, RUNS, lot=ready.lot.code, brand=ready.brand.code, count=6)
    assert (answer.status_code, answer["Content-Type"]) == (422, "application/problem+json")
    assert answer.json()["type"] == "urn:originmark:refusal:labels-refused"
    assert "No right of" in answer.json()["detail"]
    assert "6 cannot be issued" in answer.json()["detail"]
    assert not LabelRun.objects.exists()


def test_made_up_serials_and_strangers_are_refused() -> None:
    run = a_label_run()
    stranger = a_client_for(an_actor())
    genuine = selectors.serial_of(run, 0)
    for serial in ("0123456789ABCDEFGHJK", "x", genuine):
        assert stranger.get(f"/api/labels/serials/{serial}").status_code == 404
    assert stranger.get(f"{RUNS}/{run.number}").status_code == 404
    body = {"lot": run.lot_code, "brand": run.brand.code, "count": 1}
    assert post(stranger, RUNS, **body).status_code == 403
    assert a_client_for(an_actor(run.organisation, "viewer")).get(RUNS).json()["count"] == 1
