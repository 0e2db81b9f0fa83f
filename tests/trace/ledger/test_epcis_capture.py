"""POST /epcis/capture and POST /epcis/events."""

from datetime import UTC, datetime
from typing import Any

import orjson
import pytest
from builders.ledger import (
    CONTEXT,
    a_document,
    a_transformation,
    an_object_event,
    as_bytes,
)
from builders.parties import a_client_for, an_actor, an_organisation
from django.test import Client

from originmark.frame.web import clock
from originmark.origin.parties import access
from originmark.origin.parties import services as parties
from originmark.trace.ledger.models import CaptureJob, Event

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 10, 1, 8, tzinfo=UTC)
NAMED = "urn:uuid:4f1c0000-0000-4000-8000-000000000001"


@pytest.fixture(autouse=True)
def _october(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def recorder() -> Client:
    return a_client_for(an_actor(an_organisation()))


def post(client: Client, path: str, body: Any, kind: str = "application/json", **more: Any) -> Any:
    data = body if isinstance(body, bytes) else orjson.dumps(body)
    return client.post(path, data, content_type=kind, **more)


@pytest.mark.conforms(
    "C-1", "C-4", "C-7", "H-Location", "ST-202", "R-/capture", "R-/capture/{captureID}", "ST-200"
)
def test_a_document_becomes_a_job_that_says_what_became_of_it(recorder: Client) -> None:
    answer = post(recorder, "/epcis/capture", a_document(an_object_event(), a_transformation()))

    assert answer.status_code == 202
    job = recorder.get(answer.headers["Location"])
    first, second = Event.objects.order_by("pk").values_list("event_id", flat=True)
    assert job.json() | {"captureID": ""} == {
        "captureID": "",
        "createdAt": "2026-10-01T08:00:00.000Z",
        "finishedAt": "2026-10-01T08:00:00.000Z",
        "running": False,
        "success": True,
        "captureErrorBehaviour": "rollback",
        "errors": [],
        "advice": [],
        "totalCount": 2,
        "acceptedCount": 2,
        "rejectedCount": 0,
        "duplicateCount": 0,
        "warningCount": 0,
        "results": [
            {"index": 0, "eventID": first, "status": "ACCEPTED"},
            {"index": 1, "eventID": second, "status": "ACCEPTED"},
        ],
        "resultsTruncated": False,
    }
    assert job.headers["GS1-EPCIS-Version"] == "2.0.0"
    assert [each["acceptedCount"] for each in recorder.get("/epcis/capture").json()] == [2]


@pytest.mark.conforms("C-4")
def test_a_refused_document_is_a_failed_job_and_nothing_is_stored(recorder: Client) -> None:
    post(recorder, "/epcis/capture", a_document(an_object_event(eventID=NAMED)))
    other = a_document(a_transformation(), an_object_event(eventID=NAMED, action="OBSERVE"))

    answer = post(recorder, "/epcis/capture", other)

    assert answer.status_code == 202
    job = recorder.get(answer.headers["Location"]).json()
    assert (job["running"], job["success"], job["acceptedCount"]) == (False, False, 0)
    assert [each["type"] for each in job["errors"]] == [
        "epcisException:ResourceAlreadyExistsException"
    ]
    assert Event.objects.count() == 1


@pytest.mark.conforms("C-1", "ST-400")
def test_what_is_no_epcis_is_refused_at_once_with_pointers(recorder: Client) -> None:
    broken = a_document(an_object_event(bizStep="roasting", action="MAKE"))

    answer = post(recorder, "/epcis/capture", broken)

    assert answer.status_code == 400
    assert answer.headers["Content-Type"] == "application/problem+json"
    problem = answer.json()
    assert problem["type"] == "epcisException:ValidationException"
    assert sorted(each["pointer"] for each in problem["errors"]) == [
        "/epcisBody/eventList/0/action",
        "/epcisBody/eventList/0/bizStep",
    ]
    assert not CaptureJob.objects.exists()


@pytest.mark.parametrize(
    "body", [b" ", b"{", b"[]", b"\xff", b'"text"', b"null", b"[" * 900 + b"]" * 900]
)
def test_what_is_no_document_is_refused(recorder: Client, body: bytes) -> None:
    assert post(recorder, "/epcis/capture", body).status_code == 400


@pytest.mark.conforms("C-1", "ST-415")
def test_another_media_type_is_refused(recorder: Client) -> None:
    answer = post(recorder, "/epcis/capture", as_bytes(a_document()), kind="text/csv")
    assert answer.status_code == 415
    assert answer.json()["type"] == "epcisException:UnsupportedMediaTypeException"


@pytest.mark.conforms("C-1")
def test_json_ld_is_taken(recorder: Client) -> None:
    answer = post(recorder, "/epcis/capture", a_document(), kind="application/ld+json")
    assert answer.status_code == 202


@pytest.mark.conforms("C-3", "ST-413", "H-GS1-EPCIS-Capture-File-Size-Limit")
def test_too_large_a_document_is_refused(recorder: Client, settings: Any) -> None:
    settings.LEDGER_MOST_BYTES = 300
    answer = post(recorder, "/epcis/capture", a_document())
    assert answer.status_code == 413
    assert answer.json()["type"] == "epcisException:CaptureLimitExceededException"
    assert answer.headers["GS1-EPCIS-Capture-File-Size-Limit"] == "300"


@pytest.mark.conforms("C-3", "ST-413", "H-GS1-EPCIS-Capture-Limit")
def test_too_many_events_are_refused(recorder: Client, settings: Any) -> None:
    settings.LEDGER_MOST_EVENTS = settings.LEDGER_MOST_FILE_EVENTS = 1
    answer = post(recorder, "/epcis/capture", a_document(an_object_event(), a_transformation()))
    assert answer.status_code == 413
    assert answer.headers["GS1-EPCIS-Capture-Limit"] == "1"
    assert not Event.objects.exists()


def test_an_error_behaviour_that_is_none_is_refused(recorder: Client) -> None:
    answer = post(
        recorder, "/epcis/capture", a_document(), HTTP_GS1_CAPTURE_ERROR_BEHAVIOUR="ignore"
    )
    assert answer.status_code == 400


@pytest.mark.conforms("C-1", "ST-401")
def test_nobody_is_told_to_sign_in(client: Client) -> None:
    answer = post(client, "/epcis/capture", a_document())
    assert answer.status_code == 401
    assert answer.json()["type"] == "epcisException:SecurityException"
    assert not Event.objects.exists()


@pytest.mark.conforms("C-10", "ST-403")
def test_a_viewer_may_not_capture() -> None:
    viewer = a_client_for(an_actor(an_organisation(), "viewer"))
    answer = post(viewer, "/epcis/capture", a_document())
    assert answer.status_code == 403
    assert answer.json()["type"] == "epcisException:SecurityException"


def test_a_session_needs_the_csrf_token() -> None:
    client = Client(enforce_csrf_checks=True)
    client.cookies = a_client_for(an_actor(an_organisation())).cookies
    assert post(client, "/epcis/capture", a_document()).status_code == 403
    assert not Event.objects.exists()


@pytest.mark.conforms("C-10")
def test_a_key_captures_for_its_organisation() -> None:
    organisation = an_organisation()
    made = parties.create_api_key(
        organisation,
        name="ERP",
        role="recorder",
        scopes=["ledger.capture"],
        by=access.SYSTEM,
        now=NOW,
    )
    answer = post(
        Client(enforce_csrf_checks=True),
        "/epcis/capture",
        a_document(),
        HTTP_AUTHORIZATION=f"Bearer {made.secret}",
    )
    assert answer.status_code == 202
    assert Event.objects.get().organisation_id == organisation.pk


@pytest.mark.conforms("C-10")
def test_a_key_without_the_scope_captures_nothing() -> None:
    made = parties.create_api_key(
        an_organisation(), name="BI", role="recorder", scopes=["read"], by=access.SYSTEM, now=NOW
    )
    answer = post(
        Client(), "/epcis/capture", a_document(), HTTP_AUTHORIZATION=f"Bearer {made.secret}"
    )
    assert answer.status_code == 403


@pytest.mark.conforms("C-4", "R-/capture/{captureID}", "ST-404")
def test_jobs_of_others_are_not_there(recorder: Client) -> None:
    location = post(recorder, "/epcis/capture", a_document()).headers["Location"]
    stranger = a_client_for(an_actor(an_organisation()))
    assert stranger.get(location).status_code == 404
    assert stranger.get("/epcis/capture").json() == []


@pytest.mark.conforms("R-/events", "R-/events/{eventID}", "C-5", "ST-201", "H-Location")
def test_a_single_event_is_created_and_read_back(recorder: Client) -> None:
    sent = {"@context": CONTEXT, **an_object_event(eventID="ni:///sha-256;ab?ver=CBV2.0")}

    answer = post(recorder, "/epcis/events", sent)

    assert answer.status_code == 201
    assert answer.json() == {**sent, "recordTime": "2026-10-01T08:00:00.000Z"}
    [read] = recorder.get(answer.headers["Location"]).json()["epcisBody"]["queryResults"][
        "resultsBody"
    ]["eventList"]
    assert read == answer.json()


@pytest.mark.conforms("C-5", "ST-409")
def test_a_single_event_that_is_there_is_a_conflict(recorder: Client) -> None:
    sent = {"@context": CONTEXT, **an_object_event()}
    first = post(recorder, "/epcis/events", sent)
    again = post(recorder, "/epcis/events", sent)
    assert again.status_code == 409
    assert again.json()["location"] == first.headers["Location"]


@pytest.mark.conforms("C-5")
def test_a_single_event_needs_a_context(recorder: Client) -> None:
    assert post(recorder, "/epcis/events", an_object_event()).status_code == 400


def test_a_document_is_no_event(recorder: Client) -> None:
    assert post(recorder, "/epcis/events", a_document()).status_code == 400
    assert not Event.objects.exists()


@pytest.mark.conforms("C-3", "ST-204", "H-Allow")
def test_options_announce_methods_and_limits(recorder: Client) -> None:
    answer = recorder.options("/epcis/capture")
    assert (answer.status_code, answer.headers["Allow"]) == (204, "GET, OPTIONS, POST")
    assert answer.headers["GS1-EPCIS-Capture-Limit"] == "500000"
    assert recorder.delete("/epcis/capture").status_code == 405
