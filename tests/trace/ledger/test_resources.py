"""The resources of EPCIS: what there is of each kind, and the events of each."""

from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

import pytest
from builders.ledger import a_document, an_object_event, as_bytes
from builders.parties import a_client_for, an_actor, an_organisation
from builders.queries import CONTEXT
from django.test import Client

from originmark.origin.parties.access import Actor
from originmark.trace.ledger import services

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 10, 1, 8, tzinfo=UTC)
TREE = "https://id.gs1.org/01/09521141012345/21/a%2Fb"
URN_TREE = "urn:epc:id:sgtin:9521141.001234.7"
LOT = "https://id.gs1.org/01/09521141012345/10/YQ-1"
DOCK = "https://id.gs1.org/414/9521141000014"
FARM = "urn:originmark:local:place:farm"
NAME = "ni:///sha-256;36c1?ver=CBV2.0"
GS1_HEADERS = {
    "Allow",
    "GS1-EPCIS-Version",
    "GS1-EPCIS-Min",
    "GS1-EPCIS-Max",
    "GS1-CBV-Version",
    "GS1-CBV-Min",
    "GS1-CBV-Max",
    "GS1-EPC-Format",
    "GS1-CBV-XML-Format",
    "GS1-Extensions",
    "GS1-Vendor-Version",
}


@pytest.fixture
def by() -> Actor:
    return an_actor(an_organisation())


@pytest.fixture
def client(by: Actor) -> Client:
    """Knows two observations of trees and an event of a type of somebody's own."""
    trees = [
        an_object_event(
            action="OBSERVE",
            bizStep=step,
            disposition="in_progress",
            quantityList=[{"epcClass": LOT}],
            epcList=[tree],
            readPoint={"id": DOCK},
            bizLocation={"id": FARM},
            eventID=name,
        )
        for tree, step, name in [(TREE, "inspecting", NAME), (URN_TREE, "mill:pruning", "urn:a:2")]
    ]
    own = {
        "type": "https://ns.example.org/epcis/Pruning",
        "eventTime": "2026-09-22T07:15:00+08:00",
        "eventTimeZoneOffset": "+08:00",
    }
    document = a_document(*trees, own, context=CONTEXT)
    services.capture(as_bytes(document), by=by, now=NOW)
    return a_client_for(by)


def member(answer: Any) -> list[str]:
    assert answer.status_code == 200, answer.content
    body = answer.json()
    assert body["type"] == "Collection"
    assert body["@context"]
    listed: list[str] = body["member"]
    return listed


def names(answer: Any) -> list[str]:
    assert answer.status_code == 200, answer.content
    listed = answer.json()["epcisBody"]["queryResults"]["resultsBody"]["eventList"]
    return [event["eventID"] for event in listed]


@pytest.mark.conforms("R-/")
def test_the_root_names_the_resources(client: Client) -> None:
    assert set(member(client.get("/epcis/"))) == {
        "eventTypes", "epcs", "bizSteps", "bizLocations", "readPoints", "dispositions", "queries",
        "capture", "events",
    }  # fmt: skip


STANDARD_TYPES = [
    "AggregationEvent",
    "AssociationEvent",
    "ObjectEvent",
    "TransactionEvent",
    "TransformationEvent",
]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        pytest.param(name, expected, marks=pytest.mark.conforms(f"R-/{name}"), id=name)
        for name, expected in {
            "eventTypes": [*STANDARD_TYPES, "https://ns.example.org/epcis/Pruning"],
            "epcs": ["https://id.gs1.org/01/09521141012345/21/7", TREE],
            "bizSteps": ["inspecting", "mill:pruning"],
            "bizLocations": [FARM],
            "readPoints": [DOCK],
            "dispositions": ["in_progress"],
        }.items()
    ],
)
def test_what_there_is_of_each_kind(client: Client, name: str, expected: list[str]) -> None:
    assert member(client.get(f"/epcis/{name}")) == expected
    stranger = a_client_for(an_actor(an_organisation()))
    assert member(stranger.get(f"/epcis/{name}")) == (
        STANDARD_TYPES if name == "eventTypes" else []
    )


@pytest.mark.parametrize("wanted", ["Never_Translates", "No_Preference"])
def test_a_list_that_is_not_translated_calls_things_as_events_do(
    client: Client, wanted: str
) -> None:
    answer = client.get("/epcis/epcs", headers={"GS1-EPC-Format": wanted})
    assert member(answer) == [URN_TREE, TREE]


@pytest.mark.parametrize("name", ["eventTypes", "epcs", "bizSteps"])
@pytest.mark.conforms("Q-perPage", "Q-nextPageToken", "H-Link")
def test_lists_are_paged(client: Client, name: str) -> None:
    whole = member(client.get(f"/epcis/{name}"))
    found: list[str] = []
    address = f"/epcis/{name}?perPage=1"
    for _turn in range(len(whole) + 1):
        answer = client.get(address)
        assert len(member(answer)) <= 1
        found += member(answer)
        if "Link" not in answer.headers:
            break
        assert answer.headers["GS1-Next-Page-Token-Expires"]
        address = answer.headers["Link"].removeprefix("<").partition(">")[0]
    assert found == whole
    assert client.get("/epcis/readPoints?nextPageToken=x").status_code == 400


MEMBERS = {
    "eventTypes/{eventType}": ("ObjectEvent", ["urn:a:2", NAME]),
    "epcs/{epc}": (TREE, [NAME]),
    "bizSteps/{bizStep}": ("inspecting", [NAME]),
    "bizLocations/{bizLocation}": (FARM, ["urn:a:2", NAME]),
    "readPoints/{readPoint}": (DOCK, ["urn:a:2", NAME]),
    "dispositions/{disposition}": ("in_progress", ["urn:a:2", NAME]),
}


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        pytest.param(
            name.partition("/")[0],
            *row,
            marks=pytest.mark.conforms(f"R-/{name}", f"R-/{name}/events"),
            id=name,
        )
        for name, row in MEMBERS.items()
    ],
)
def test_one_of_a_kind_and_its_events(
    client: Client, name: str, value: str, expected: list[str]
) -> None:
    address = f"/epcis/{name}/{quote(value, safe='')}"
    assert member(client.get(address)) == ["events"]
    assert names(client.get(f"{address}/events")) == expected
    assert names(client.get(f"{address}/events?EQ_action=DELETE")) == []
    assert client.get(f"{address}/events?EQ_nothing=1").status_code == 400
    unknown = client.get(f"/epcis/{name}/{quote('urn:originmark:nothing', safe='')}")
    assert unknown.status_code == 404
    assert unknown.json()["type"] == "epcisException:NoSuchResourceException"
    assert client.head(address).status_code == 200


def test_narrower_questions_keep_the_resource(client: Client) -> None:
    answer = client.get(
        "/epcis/bizSteps/inspecting/events?EQ_bizStep=https://mill.example.org/voc%23pruning"
    )
    assert names(answer) == []


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("epcs", LOT),
        ("epcs", "urn:epc:class:lgtin:9521141.001234.YQ-1"),
        ("readPoints", "urn:epc:id:sgln:9521141.00001.0"),
        ("eventTypes", "https://ns.example.org/epcis/Pruning"),
        ("bizSteps", "https://mill.example.org/voc#pruning"),
        ("bizSteps", "https://ref.gs1.org/cbv/BizStep-inspecting"),
    ],
)
def test_any_spelling_leads_there(client: Client, name: str, value: str) -> None:
    assert member(client.get(f"/epcis/{name}/{quote(value, safe='')}")) == ["events"]


@pytest.mark.conforms("R-/events/{eventID}")
def test_an_event_by_its_name(client: Client) -> None:
    assert names(client.get(f"/epcis/events/{quote(NAME, safe='')}")) == [NAME]
    assert client.get("/epcis/events/urn:a:3").status_code == 404
    assert client.get("/epcis/events/nothing").status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "", "events", "capture", "queries", "epcs", "eventTypes", "bizSteps", "bizLocations",
        "readPoints", "dispositions", "events/urn:a:2", "epcs/urn:a:2", "eventTypes/ObjectEvent",
        "bizSteps/shipping/events", "nextPageToken/x", "queries/SimpleEventQuery",
    ],
)  # fmt: skip
@pytest.mark.conforms(
    "R-/", "R-/events", "H-Allow", "H-GS1-EPCIS-Min", "H-GS1-EPCIS-Max", "H-GS1-CBV-Min",
    "H-GS1-CBV-Max", "H-GS1-Vendor-Version", "H-GS1-Extensions",
)  # fmt: skip
def test_every_resource_says_what_it_takes(client: Client, path: str) -> None:
    answer = client.options(f"/epcis/{path}")
    assert answer.status_code == 204
    assert answer.content == b""
    assert set(answer.headers) >= GS1_HEADERS
    assert "OPTIONS" in answer.headers["Allow"]


@pytest.mark.parametrize("path", ["", "epcs", "bizSteps/shipping", "events"])
def test_who_is_nobody_is_told_so(path: str) -> None:
    answer = Client().get(f"/epcis/{path}")
    assert answer.status_code == 401
    assert answer.json()["type"] == "epcisException:SecurityException"


def test_another_method_is_refused(client: Client) -> None:
    answer = client.post("/epcis/epcs", "{}", content_type="application/json")
    assert answer.status_code == 405
    assert answer.headers["Allow"] == "GET, OPTIONS"
