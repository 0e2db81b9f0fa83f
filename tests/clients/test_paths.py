"""Identifiers in paths keep their slashes apart through a running server."""

import json
import urllib.error
import urllib.request
from typing import Any
from urllib.parse import quote

import pytest
from clients.conftest import Server

pytestmark = pytest.mark.slow
TREE = "https://id.gs1.org/01/09521141012345/21/a%2Fb"
PARK = "https://park.example.org/gates/events"
CONTEXT = "https://ref.gs1.org/standards/epcis/epcis-context.jsonld"
NAME = "ni:///sha-256;36c1a2?ver=CBV2.0"


def call(server: Server, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
    request = urllib.request.Request(
        f"{server.epcis}/{path}",
        data=None if body is None else json.dumps(body).encode(),
        headers={
            "Authorization": f"Bearer {server.keys['both']}",
            "Content-Type": "application/json",
        },
    )
    with urllib.request.urlopen(request) as answer:
        found: dict[str, Any] = json.load(answer)
    return found


@pytest.fixture(scope="module")
def filled(server: Server) -> Server:
    event = {
        "@context": [CONTEXT],
        "type": "ObjectEvent",
        "eventID": NAME,
        "action": "OBSERVE",
        "eventTime": "2026-09-22T07:15:00+08:00",
        "eventTimeZoneOffset": "+08:00",
        "epcList": [TREE],
        "readPoint": {"id": PARK},
    }
    call(server, "events", event)
    return server


def names(document: dict[str, Any]) -> list[str]:
    listed = document["epcisBody"]["queryResults"]["resultsBody"]["eventList"]
    return [event["eventID"] for event in listed]


@pytest.mark.conforms(
    "R-/epcs/{epc}", "R-/epcs/{epc}/events", "R-/readPoints/{readPoint}", "R-/events/{eventID}"
)
def test_what_is_escaped_in_a_path_parts_nothing(filled: Server) -> None:
    tree, park = quote(TREE, safe=""), quote(PARK, safe="")
    assert call(filled, f"epcs/{tree}")["member"] == ["events"]
    assert names(call(filled, f"epcs/{tree}/events")) == [NAME]
    # This identifier ends as the resource below it does.
    assert call(filled, f"readPoints/{park}")["member"] == ["events"]
    assert names(call(filled, f"readPoints/{park}/events")) == [NAME]
    assert names(call(filled, f"events/{quote(NAME, safe='')}")) == [NAME]


def test_what_is_unknown_is_not_found(filled: Server) -> None:
    with pytest.raises(urllib.error.HTTPError) as refused:
        call(filled, f"epcs/{quote(TREE.replace('%2F', '/'), safe='')}")
    refused.value.close()
    assert refused.value.code == 404
