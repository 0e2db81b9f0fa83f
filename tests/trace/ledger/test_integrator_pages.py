"""Pages for integrators: documents that came in, one sent by hand, the interface."""

import json

import pytest
from builders.ledger import an_object_event
from builders.parties import a_member, an_organisation
from django.conf import LazySettings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from lxml import etree

from originmark.frame.web import clock
from originmark.origin.parties.access import SYSTEM
from originmark.trace.ledger import services
from originmark.trace.ledger.models import CaptureJob, Event

pytestmark = pytest.mark.django_db
CONTEXT = "https://ref.gs1.org/standards/epcis/epcis-context.jsonld"


@pytest.fixture
def recorder(client: Client) -> Client:
    client.force_login(a_member(an_organisation(), "recorder").person)
    return client


def a_document(*events: dict[str, object]) -> SimpleUploadedFile:
    document = {
        "@context": [CONTEXT],
        "type": "EPCISDocument",
        "schemaVersion": "2.0",
        "creationDate": "2026-09-30T08:00:00Z",
        "epcisBody": {"eventList": list(events)},
    }
    return SimpleUploadedFile("events.jsonld", json.dumps(document).encode())


def send(client: Client, document: SimpleUploadedFile, **more: str) -> object:
    body = {"document": document, "behaviour": "rollback", **more}
    return client.post("/ledger/captures/new/", body, follow=True)


def test_a_document_sent_by_hand_is_stored_and_has_a_page(recorder: Client) -> None:
    page = send(recorder, a_document(an_object_event()))

    job = CaptureJob.objects.get()
    assert page.redirect_chain[-1][0] == f"/ledger/captures/{job.pk}/"
    assert (job.stored, Event.objects.count()) == (1, 1)
    assert str(job.pk) in page.content.decode()
    assert f"/ledger/captures/{job.pk}/" in recorder.get("/ledger/captures/").content.decode()


def test_checking_stores_nothing(recorder: Client) -> None:
    page = send(recorder, a_document(an_object_event()), check_only="on")

    assert "This document would be taken" in page.content.decode()
    assert (Event.objects.count(), CaptureJob.objects.count()) == (0, 0)


def test_a_check_shows_the_place_the_reason_and_what_stands_there(recorder: Client) -> None:
    wrong = an_object_event(quantityList=[{"epcClass": "urn:lot:1", "quantity": "twenty"}])

    page = send(recorder, a_document(an_object_event(), wrong), check_only="on").content.decode()

    assert "/epcisBody/eventList/1/quantityList/0/quantity" in page
    assert "expected a number without quotes" in page
    assert "&quot;twenty&quot;" in page


def test_what_is_no_document_is_said_at_the_form(recorder: Client) -> None:
    page = send(recorder, SimpleUploadedFile("notes.txt", b"not a document"))

    assert page.status_code == 422
    assert Event.objects.count() == 0


def test_a_document_that_is_too_large_for_the_page_is_told_the_way(
    recorder: Client, settings: LazySettings
) -> None:
    settings.LEDGER_WAIT_BYTES = 100

    page = send(recorder, a_document(an_object_event()))

    assert page.status_code == 422
    assert "this page takes 100" in page.content.decode()
    assert Event.objects.count() == 0


def test_the_others_are_stored_where_that_was_asked(recorder: Client) -> None:
    wrong = an_object_event(epcList=["urn:lot:2"], action="PERHAPS")

    page = send(recorder, a_document(an_object_event(), wrong), behaviour="proceed")

    shown = page.content.decode()
    assert "stored in part" in shown
    assert "/epcisBody/eventList/1/action" in shown
    assert Event.objects.count() == 1


def test_others_do_not_see_a_job(recorder: Client) -> None:
    send(recorder, a_document(an_object_event()))
    job = CaptureJob.objects.get()

    recorder.force_login(a_member(an_organisation(), "recorder").person)

    assert recorder.get(f"/ledger/captures/{job.pk}/").status_code == 404
    assert str(job.pk) not in recorder.get("/ledger/captures/").content.decode()


def test_who_may_not_record_may_not_send(client: Client) -> None:
    client.force_login(a_member(an_organisation(), "viewer").person)

    assert client.get("/ledger/captures/new/").status_code == 403


def test_an_event_is_a_document_of_its_own(recorder: Client) -> None:
    send(recorder, a_document(an_object_event()))

    as_json = recorder.get("/ledger/0/event.json").json()
    as_xml = etree.fromstring(recorder.get("/ledger/0/event.xml").content)

    assert as_json["epcisBody"]["eventList"][0]["type"] == "ObjectEvent"
    assert as_xml.find(".//ObjectEvent/eventTimeZoneOffset") is not None
    assert recorder.get("/ledger/7/event.json").status_code == 404


def test_an_event_of_others_is_no_document(recorder: Client) -> None:
    services.capture([an_object_event()], by=SYSTEM, now=clock.now())

    assert recorder.get("/ledger/0/event.xml").status_code == 404


def test_the_interface_is_shown_with_commands_to_paste(recorder: Client) -> None:
    page = recorder.get("/ledger/interface/").content.decode()

    assert "/capture/{captureID}" in page
    assert "Authorization: Bearer KEY" in page
