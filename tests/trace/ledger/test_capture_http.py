"""Capture over HTTP: headers, outcomes per event, dry runs, pages of jobs."""

import tomllib
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import orjson
import pytest
from builders.ledger import CONTEXT, a_document, a_transformation, an_aggregation, an_object_event
from builders.parties import a_client_for, an_actor, an_organisation
from django.test import Client

import originmark
from originmark.frame.web import clock
from originmark.origin.parties import access
from originmark.origin.parties import services as parties
from originmark.trace.ledger import selectors
from originmark.trace.ledger.models import CaptureJob, Event

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 10, 1, 8, tzinfo=UTC)
NAMED = "urn:uuid:4f1c0000-0000-4000-8000-000000000001"
ROOT = Path(__file__).resolve().parents[3]
DECLARED = {"declarationTime": "2026-09-30T08:00:00Z", "reason": "did_not_occur"}


@pytest.fixture(autouse=True)
def _october(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def recorder() -> Client:
    return a_client_for(an_actor(an_organisation()))


def post(client: Client, path: str, body: Any, kind: str = "application/json", **more: Any) -> Any:
    data = body if isinstance(body, bytes) else orjson.dumps(body)
    return client.post(path, data, content_type=kind, **more)


@pytest.mark.conforms("C-2", "C-4", "C-7", "H-GS1-Capture-Error-Behaviour")
def test_proceed_stores_the_rest_and_lists_each_failure(recorder: Client) -> None:
    events = [an_object_event(bizStep="roasting", eventID=NAMED), a_transformation()]

    answer = post(
        recorder,
        "/epcis/capture",
        a_document(*events, a_transformation()),
        headers={"GS1-Capture-Error-Behaviour": "proceed"},
    )

    assert answer.status_code == 202
    job = recorder.get(answer.headers["Location"]).json()
    assert job["captureErrorBehaviour"] == "proceed"
    assert (job["running"], job["success"]) == (False, False)
    counts = ["totalCount", "acceptedCount", "rejectedCount", "duplicateCount", "warningCount"]
    assert [job[name] for name in counts] == [3, 1, 1, 1, 0]
    assert [each["status"] for each in job["results"]] == ["REJECTED", "ACCEPTED", "DUPLICATE"]
    [error] = job["errors"]
    assert (error["index"], error["eventID"]) == (0, NAMED)
    assert error["pointer"] == "/epcisBody/eventList/0/bizStep"
    assert error["detail"].startswith("found 'roasting'")
    assert Event.objects.count() == 1


@pytest.mark.conforms("C-4")
def test_running_and_success_say_how_it_went(recorder: Client) -> None:
    """The truth table, for documents that are captured while the caller waits."""
    post(recorder, "/epcis/capture", a_document(an_object_event(eventID=NAMED)))
    conflict = an_object_event(eventID=NAMED, action="OBSERVE")
    told = {}
    for behaviour in ("rollback", "proceed"):
        answer = post(
            recorder,
            "/epcis/capture",
            a_document(conflict, an_aggregation()),
            headers={"GS1-Capture-Error-Behaviour": behaviour},
        )
        job = answer.json()
        told[behaviour] = (job["running"], job["success"], job["acceptedCount"])
    assert told == {"rollback": (False, False, 0), "proceed": (False, False, 1)}


@pytest.mark.conforms("C-2", "ST-406", "H-GS1-EPCIS-Version", "H-GS1-CBV-Version")
@pytest.mark.parametrize("name", ["GS1-EPCIS-Version", "GS1-CBV-Version"])
def test_a_version_that_cannot_be_had_is_refused(recorder: Client, name: str) -> None:
    answer = post(recorder, "/epcis/capture", a_document(), headers={name: "3.0.0"})
    assert answer.status_code == 406
    assert answer.json()["type"] == "epcisException:NotAcceptableException"
    assert not Event.objects.exists()
    for known in ("2.0.0", "2.0"):
        again = post(recorder, "/epcis/capture", a_document(), headers={name: known})
        assert again.status_code == 202


@pytest.mark.conforms("C-1", "ST-406")
def test_an_answer_that_cannot_be_had_is_refused(recorder: Client) -> None:
    answer = post(recorder, "/epcis/capture", a_document(), headers={"Accept": "text/csv"})
    assert answer.status_code == 406
    assert not Event.objects.exists()


@pytest.mark.conforms(
    "C-2",
    "C-3",
    "H-GS1-Extensions",
    "H-GS1-Vendor-Version",
    "H-GS1-EPCIS-Min",
    "H-GS1-EPCIS-Max",
    "H-GS1-CBV-Min",
    "H-GS1-CBV-Max",
)
def test_options_announce_what_capture_takes(recorder: Client) -> None:
    answer = recorder.options("/epcis/capture")
    assert answer.status_code == 204
    told = {name: answer.headers[name] for name in answer.headers if name.startswith("GS1-")}
    assert told["GS1-Capture-Error-Behaviour"] == "all"
    extensions = "example=https://example.org/voc/"
    taken = post(recorder, "/epcis/capture", a_document(), headers={"GS1-Extensions": extensions})
    assert taken.headers["GS1-Extensions"] == extensions
    assert told["GS1-Vendor-Version"] == originmark.__version__
    for name in ("GS1-EPCIS", "GS1-CBV"):
        assert told[f"{name}-Min"] <= told[f"{name}-Version"] <= told[f"{name}-Max"]
    assert int(told["GS1-EPCIS-Capture-Limit"]) > 0
    assert int(told["GS1-EPCIS-Capture-File-Size-Limit"]) > 0


def test_the_version_of_the_program_is_said_once() -> None:
    told = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
    assert originmark.__version__ == told


@pytest.mark.conforms("C-9")
def test_a_dry_run_gives_a_verdict_on_each_event_and_stores_nothing(recorder: Client) -> None:
    post(recorder, "/epcis/capture", a_document(an_object_event(eventID=NAMED)))
    tried = a_document(
        an_object_event(eventID=NAMED), a_transformation(), an_object_event(action="MAKE")
    )

    answer = post(recorder, "/epcis/capture/validate", tried)

    assert answer.status_code == 200
    told = answer.json()
    assert told["valid"] is False
    assert [each["status"] for each in told["results"]] == ["DUPLICATE", "ACCEPTED", "REJECTED"]
    assert told["results"][2]["errors"][0]["pointer"] == "/epcisBody/eventList/2/action"
    assert (Event.objects.count(), CaptureJob.objects.count()) == (1, 1)
    assert selectors.checkpoint().size == 1


@pytest.mark.conforms("C-9")
def test_a_dry_run_of_one_event(recorder: Client) -> None:
    answer = post(recorder, "/epcis/events/validate", {"@context": CONTEXT, **a_transformation()})
    assert (answer.status_code, answer.json()["valid"]) == (200, True)
    assert not Event.objects.exists()


@pytest.mark.conforms("C-10")
def test_who_may_not_capture_gets_no_dry_run() -> None:
    viewer = a_client_for(an_actor(an_organisation(), "viewer"))
    assert post(viewer, "/epcis/capture/validate", a_document()).status_code == 403


@pytest.mark.conforms("C-4", "H-Link", "R-/capture")
def test_jobs_come_in_pages_that_new_jobs_do_not_move(
    recorder: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(5):
        monkeypatch.setattr(clock, "now", lambda n=number: NOW + timedelta(minutes=n // 2))
        post(
            recorder, "/epcis/capture", a_document(a_transformation(transformationID=f"a:{number}"))
        )
    made = [str(pk) for pk in CaptureJob.objects.values_list("pk", flat=True)]

    seen: list[str] = []
    address: str | None = "/epcis/capture?perPage=2"
    while address:
        answer = recorder.get(address)
        seen += [each["captureID"] for each in answer.json()]
        link = answer.headers.get("Link")
        address = link.partition(">")[0][1:] if link else None
        post(recorder, "/epcis/capture", a_document(an_object_event(eventID=f"urn:n:{len(seen)}")))

    assert seen == made


@pytest.mark.parametrize("asked", ["perPage=0", "perPage=x", "perPage=٣", "nextPageToken=xyz"])
def test_a_page_of_jobs_that_cannot_be_is_refused(recorder: Client, asked: str) -> None:
    assert recorder.get(f"/epcis/capture?{asked}").status_code == 400


@pytest.mark.conforms("C-10")
def test_a_key_for_capture_alone_follows_its_jobs_and_asks_nothing() -> None:
    organisation = an_organisation()
    made = parties.create_api_key(
        organisation,
        name="ERP",
        role="recorder",
        scopes=["ledger.capture"],
        by=access.SYSTEM,
        now=NOW,
    )
    key = {"Authorization": f"Bearer {made.secret}"}
    location = post(Client(), "/epcis/capture", a_document(), headers=key).headers["Location"]

    assert Client().get(location, headers=key).json()["success"] is True
    assert len(Client().get("/epcis/capture", headers=key).json()) == 1
    assert Client().get("/epcis/events", headers=key).status_code == 403


@pytest.mark.conforms("C-6", "T-2")
def test_an_error_declaration_repeats_the_name(recorder: Client) -> None:
    event = {"@context": CONTEXT, **an_object_event(eventID=NAMED)}
    assert post(recorder, "/epcis/events", event).status_code == 201
    declared = post(recorder, "/epcis/events", event | {"errorDeclaration": DECLARED})
    assert declared.status_code == 201
    assert Event.objects.filter(event_id=NAMED).count() == 2


@pytest.mark.conforms("C-6")
def test_an_event_without_a_name_is_given_one_by_which_it_is_read(recorder: Client) -> None:
    made = post(recorder, "/epcis/events", {"@context": CONTEXT, **a_transformation()})
    assert made.json()["eventID"].startswith("urn:uuid:")
    assert recorder.get(made.headers["Location"]).status_code == 200


@pytest.mark.conforms("C-1", "D-f")
@pytest.mark.parametrize("kind", ["application/xml", "text/xml; charset=utf-8"])
def test_xml_is_taken(recorder: Client, kind: str) -> None:
    answer = post(recorder, "/epcis/capture", XML, kind=kind)
    assert answer.status_code == 202
    assert answer.json()["acceptedCount"] == 1
    assert Event.objects.get().biz_step == "shipping"


@pytest.mark.conforms("C-1", "ST-400")
@pytest.mark.parametrize("broken", [b"<a/>", b"<a", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'])
def test_xml_that_is_no_epcis_is_refused(recorder: Client, broken: bytes) -> None:
    answer = post(recorder, "/epcis/capture", broken, kind="application/xml")
    assert answer.status_code == 400
    assert not Event.objects.exists()


XML = b"""<?xml version="1.0" encoding="UTF-8"?>
<epcis:EPCISDocument xmlns:epcis="urn:epcglobal:epcis:xsd:2" schemaVersion="2.0"
    creationDate="2026-09-30T08:00:00Z">
  <EPCISBody><EventList><ObjectEvent>
    <eventTime>2026-09-22T07:15:00+08:00</eventTime>
    <eventTimeZoneOffset>+08:00</eventTimeZoneOffset>
    <epcList><epc>urn:epc:id:sscc:0614141.1234567890</epc></epcList>
    <action>OBSERVE</action>
    <bizStep>urn:epcglobal:cbv:bizstep:shipping</bizStep>
  </ObjectEvent></EventList></EPCISBody>
</epcis:EPCISDocument>"""
