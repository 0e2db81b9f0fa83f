"""What no sender should send: the standard's status, a pointer, and nothing stored."""

from datetime import UTC, datetime
from typing import Any

import orjson
import pytest
from builders.ledger import a_document, a_transformation, an_object_event, as_bytes
from builders.parties import a_client_for, an_actor, an_organisation
from django.test import Client

from originmark.frame.web import clock
from originmark.trace.ledger import services
from originmark.trace.ledger.models import CaptureJob, Event, MasterDataElement

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 10, 1, 8, tzinfo=UTC)
WHOLE = as_bytes(a_document(an_object_event(), a_transformation()))


@pytest.fixture(autouse=True)
def _october(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def recorder() -> Client:
    return a_client_for(an_actor(an_organisation()))


def post(client: Client, body: bytes, kind: str = "application/json", **headers: str) -> Any:
    # The test client leaves the media type of an empty body out.
    return client.post(
        "/epcis/capture", body, content_type=kind, CONTENT_TYPE=kind, headers=headers
    )


def an_event_with(name: str, value: bytes) -> bytes:
    event = as_bytes(an_object_event())[:-1] + b', "%b": %b}' % (name.encode(), value)
    return as_bytes(a_document()).replace(as_bytes(an_object_event()), event)


@pytest.mark.conforms("C-1", "ST-400")
@pytest.mark.parametrize("cut", range(1, len(WHOLE), 97))
def test_a_document_that_breaks_off_is_refused(recorder: Client, cut: int) -> None:
    for behaviour in ("rollback", "proceed"):
        answer = post(recorder, WHOLE[:cut], **{"GS1-Capture-Error-Behaviour": behaviour})
        assert answer.status_code == 400
        assert answer.json()["errors"][0]["detail"].startswith("this is no JSON")
    assert not Event.objects.exists()


@pytest.mark.parametrize(
    "bomb",
    [
        b"[" * 100_000,
        b"[" * 5000 + b"]" * 5000,
        b'{"a":' * 5000 + b"1" + b"}" * 5000,
        an_event_with("ex:deep", b"[" * 98 + b"]" * 98),
    ],
    ids=["open", "lists", "objects", "in an event"],
)
def test_what_is_nested_like_a_bomb_is_refused(recorder: Client, bomb: bytes) -> None:
    answer = post(recorder, bomb)
    assert answer.status_code == 400
    assert "nested deeper" in answer.json()["detail"]
    assert not Event.objects.exists()


@pytest.mark.parametrize("number", [b"1e999", b"-1e999", b"1" * 400, b"0.1e-400", b"NaN", b"01"])
def test_huge_numbers_break_nothing(recorder: Client, number: bytes) -> None:
    """What is a number of JSON is taken and kept to the digit; what is none is refused."""
    data = an_event_with("ex:n", number)
    try:
        orjson.loads(data)
    except orjson.JSONDecodeError:
        assert post(recorder, data).status_code == 400
        assert not Event.objects.exists()
    else:
        assert post(recorder, data).json()["acceptedCount"] == 1
        assert number.decode() in Event.objects.get().body
        assert services.check_log() == []


@pytest.mark.parametrize("value", [b'"a\\u0000b"', b'{"ex:in": ["\\u0000"]}', b'"\\\\\\u0000"'])
def test_a_nul_character_is_refused_with_its_place(recorder: Client, value: bytes) -> None:
    answer = post(recorder, an_event_with("ex:n", value))
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["pointer"] == "/epcisBody/eventList/0"
    assert not Event.objects.exists()


def test_what_only_looks_like_a_nul_character_is_taken(recorder: Client) -> None:
    assert post(recorder, an_event_with("ex:n", b'"a\\\\u0000"')).status_code == 202
    assert Event.objects.count() == 1


@pytest.mark.parametrize("value", [b'"\\ud800"', b'"\\udc00\\ud800"', b'"\xff"', b'"\x00"'])
def test_what_is_no_text_is_refused(recorder: Client, value: bytes) -> None:
    assert post(recorder, an_event_with("ex:n", value)).status_code == 400
    assert not Event.objects.exists()


def test_characters_of_all_planes_are_kept(recorder: Client) -> None:
    post(recorder, an_event_with("ex:n", '"农\\ud83c\\udf3e🌾"'.encode()))
    assert '"农\\ud83c\\udf3e🌾"' in Event.objects.get().body
    assert services.check_log() == []


@pytest.mark.conforms("C-1", "ST-415")
@pytest.mark.parametrize("kind", ["text/plain", "application/pdf", "multipart/form-data", "json"])
def test_a_wrong_media_type_is_refused(recorder: Client, kind: str) -> None:
    answer = recorder.generic("POST", "/epcis/capture", WHOLE, content_type=kind)
    assert answer.status_code == 415
    assert not Event.objects.exists()


@pytest.mark.conforms("C-1", "ST-400")
@pytest.mark.parametrize("body", [b"", b"   \n", b"[]", b"[{}]", b"5", b'""', b"{}"])
def test_what_is_no_document_is_refused(recorder: Client, body: bytes) -> None:
    answer = post(recorder, body)
    assert answer.status_code == 400
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert not CaptureJob.objects.exists()


@pytest.mark.parametrize(
    "events", [{}, "events", None, 5, [5], [[]], [None], [{"type": "ObjectEvent"}], [{}]]
)
@pytest.mark.parametrize("behaviour", ["rollback", "proceed"])
def test_a_list_of_events_that_is_none(recorder: Client, events: Any, behaviour: str) -> None:
    document = a_document() | {"epcisBody": {"eventList": events}}
    answer = post(recorder, orjson.dumps(document), **{"GS1-Capture-Error-Behaviour": behaviour})
    is_greedy = behaviour == "proceed" and isinstance(events, list)
    assert answer.status_code == (202 if is_greedy else 400)
    if is_greedy:
        assert answer.json()["rejectedCount"] == 1
    assert not Event.objects.exists()


def test_keys_that_stand_twice_are_read_as_the_parser_reads_them(recorder: Client) -> None:
    event = as_bytes(an_object_event(ilmd=None))[:-1] + b', "action": "OBSERVE"}'
    data = as_bytes(a_document()).replace(as_bytes(an_object_event()), event)
    assert post(recorder, data).json()["acceptedCount"] == 1
    assert Event.objects.get().action == "OBSERVE"
    assert services.check_log() == []


@pytest.mark.conforms("C-3", "ST-413")
def test_a_million_events_are_refused_before_they_are_looked_at(recorder: Client) -> None:
    document = a_document() | {"epcisBody": {"eventList": ["EVENTS"]}}
    data = orjson.dumps(document).replace(b'"EVENTS"', b",".join([b'{"eventTime":0}'] * 1_000_000))
    answer = post(recorder, data)
    assert answer.status_code == 413
    assert answer.json()["type"] == "epcisException:CaptureLimitExceededException"
    for name in ("GS1-EPCIS-Capture-Limit", "GS1-EPCIS-Capture-File-Size-Limit"):
        assert int(answer.headers[name]) > 0
    assert not Event.objects.exists()


def test_master_data_is_not_kept_when_its_document_is_refused(recorder: Client) -> None:
    vocabulary = {"type": "urn:a:b", "vocabularyElementList": [{"id": "urn:a:1"}]}
    header = {"epcisMasterData": {"vocabularyList": [vocabulary]}}
    document = a_document(an_object_event(action="MAKE")) | {"epcisHeader": header}
    assert post(recorder, orjson.dumps(document)).status_code == 400
    assert not MasterDataElement.objects.exists()
