"""Listeners at a running server: WebSocket and server-sent events, live, resumed, by schedule."""

import json
import urllib.error
import urllib.request
from collections.abc import Iterator
from itertools import count
from typing import Any

import pytest
from builders.ledger import a_document, an_object_event
from clients.conftest import Server
from clients.listening import connect, listen

pytestmark = pytest.mark.slow
_numbers = count(1)
LIVE = "/epcis/queries/SimpleEventQuery/events?stream=true"


def ask(server: Server, method: str, path: str, body: Any = None, *, key: str = "manage") -> Any:
    data = None if body is None else json.dumps(body).encode()
    headers = {"Authorization": f"Bearer {server.keys[key]}", "Content-Type": "application/json"}
    request = urllib.request.Request(server.url + path, data, headers, method=method)
    with urllib.request.urlopen(request, timeout=20) as answer:
        return json.loads(answer.read() or b"null")


def captured(server: Server, *steps: str) -> list[str]:
    """Capture an event of each business step, in one document; return their eventIDs."""
    ids = [f"urn:uuid:00000000-0000-4000-8000-{next(_numbers):012d}" for _ in steps]
    events = [
        an_object_event(eventID=each, bizStep=step, action="OBSERVE")
        for each, step in zip(ids, steps, strict=True)
    ]
    ask(server, "POST", "/epcis/capture", a_document(*events))
    return ids


def ids_of(document: Any) -> list[str]:
    results = document["epcisBody"]["queryResults"]
    return [each["eventID"] for each in results["resultsBody"]["eventList"]]


@pytest.fixture
def shipped(server: Server) -> Iterator[str]:
    """The path of the live stream of a query for shippings."""
    name = f"shipped-{next(_numbers)}"
    ask(server, "POST", "/epcis/queries", {"name": name, "query": {"EQ_bizStep": ["shipping"]}})
    yield f"/epcis/queries/{name}/events?stream=true"
    ask(server, "DELETE", f"/epcis/queries/{name}")


@pytest.mark.conforms("S-sse", "S-stream")
def test_server_sent_events_bring_what_matches_as_it_comes(server: Server, shipped: str) -> None:
    with listen(server.url, shipped, server.keys["query"]) as stream:
        assert (stream.status, stream.headers["Content-Type"]) == (
            200,
            "text/event-stream; charset=utf-8",
        )
        ids = captured(server, "shipping", "receiving", "shipping")
        _place, document = stream.next()
        assert ids_of(document) == [ids[0], ids[2]]
        assert document["type"] == "EPCISQueryDocument"
        later = captured(server, "shipping")
        assert ids_of(stream.next()[1]) == later


@pytest.mark.conforms("S-sse")
def test_a_listener_that_comes_back_misses_nothing_and_hears_nothing_twice(
    server: Server, shipped: str
) -> None:
    with listen(server.url, shipped, server.keys["query"]) as stream:
        captured(server, "shipping")
        place, _document = stream.next()
    missed = captured(server, "shipping") + captured(server, "shipping")

    with listen(server.url, shipped, server.keys["query"], Last_Event_ID=place) as stream:
        heard: list[str] = []
        while len(heard) < len(missed):
            heard += ids_of(stream.next()[1])
        assert heard == missed
        new = captured(server, "shipping")
        assert ids_of(stream.next()[1]) == new


@pytest.mark.conforms("S-websocket", "R-/queries/{queryName}/events", "ST-101")
def test_a_websocket_brings_the_same_and_can_be_resumed(server: Server, shipped: str) -> None:
    with connect(server.url, shipped, server.keys["query"]) as socket:
        assert socket.status == 101
        ids = captured(server, "shipping", "receiving")
        document = socket.next()
        assert ids_of(document) == ids[:1]
    missed = captured(server, "shipping")

    place = document["originmark:lastEventID"]
    with connect(server.url, f"{shipped}&lastEventID={place}", server.keys["query"]) as socket:
        assert ids_of(socket.next()) == missed


@pytest.mark.conforms("S-websocket", "S-schedule")
def test_a_websocket_can_have_a_schedule_and_empty_reports(server: Server, shipped: str) -> None:
    in_turn = shipped.replace("stream=true", "second=0/1&reportIfEmpty=true")
    with connect(server.url, in_turn, server.keys["query"]) as socket:
        assert ids_of(socket.next()) == []
        ids = captured(server, "shipping")
        heard: list[str] = []
        while not heard:
            heard = ids_of(socket.next())
        assert heard == ids
        assert ids_of(socket.next()) == []


@pytest.mark.conforms("S-websocket", "S-sse")
def test_a_stream_can_begin_in_the_past(server: Server, shipped: str) -> None:
    ids = captured(server, "shipping")
    past = f"{shipped}&initialRecordTime=2026-01-01T00:00:00Z"

    with listen(server.url, past, server.keys["query"]) as stream:
        heard: list[str] = []
        while ids[0] not in heard:
            heard += ids_of(stream.next()[1])


@pytest.mark.conforms("S-websocket", "S-sse")
@pytest.mark.parametrize(
    ("path", "key", "headers", "status"),
    [
        (LIVE, "capture", {}, 403),
        (LIVE, "", {}, 401),
        (LIVE.replace("Simple", "No"), "query", {}, 404),
        (f"{LIVE}&hour=1", "query", {}, 400),
        (LIVE.replace("stream=true", "hour=25"), "query", {}, 400),
        (LIVE.replace("true", "maybe"), "query", {}, 400),
        (LIVE, "query", {"Last_Event_ID": "latest"}, 400),
        (f"{LIVE}&lastEventID=99999999999999999999", "query", {}, 400),
        (f"{LIVE}&initialRecordTime=yesterday", "query", {}, 400),
    ],
)
def test_who_may_not_listen_is_told_why(
    server: Server, path: str, key: str, headers: dict[str, str], status: int
) -> None:
    """A browser tells its page nothing of a refused WebSocket, so that is always 403."""
    secret = server.keys.get(key, "")
    authorization = {} if key else {"Authorization": "Basic x"}
    with listen(server.url, path, secret, **headers, **authorization) as stream:
        assert (stream.status, stream.headers["Content-Type"]) == (
            status,
            "application/problem+json",
        )
        assert json.loads(stream.read())["detail"]
    with connect(server.url, path, secret, **headers) as socket:
        assert socket.status == 403


def test_a_websocket_elsewhere_is_refused(server: Server) -> None:
    with connect(server.url, "/epcis/events?stream=true", server.keys["query"]) as socket:
        assert socket.status == 403


def test_who_takes_no_stream_is_told_how_to_ask(server: Server) -> None:
    with pytest.raises(urllib.error.HTTPError) as refused:
        ask(server, "GET", LIVE)

    assert refused.value.code == 406
    assert "text/event-stream" in json.loads(refused.value.read())["detail"]


def test_many_listen_and_the_pages_still_answer(server: Server) -> None:
    """More listeners than Django has threads: they wait at the front door, not in Django."""
    listening = [listen(server.url, LIVE, server.keys["query"]) for _ in range(40)]
    streams = [each.__enter__() for each in listening]
    try:
        assert {stream.status for stream in streams} == {200}
        ids = captured(server, "shipping")
        assert [ids_of(stream.next()[1]) for stream in streams] == [ids] * 40
    finally:
        for each in listening:
            each.__exit__(None, None, None)
    assert ask(server, "GET", "/epcis/queries")[0]["name"] == "SimpleEventQuery"
