"""GET /epcis/events and the log."""

from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote

import orjson
import pytest
from builders.ledger import (
    LOT,
    a_document,
    a_transformation,
    an_aggregation,
    an_object_event,
)
from builders.parties import a_client_for, an_actor, an_inspector, an_organisation
from django.test import Client

from originmark.origin.parties.models import Organisation
from originmark.standards.transparency.proofs import is_included
from originmark.standards.transparency.tree import leaf_hash
from originmark.trace.ledger import services

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 10, 1, 8, tzinfo=UTC)
NAMED = "urn:uuid:4f1c0000-0000-4000-8000-000000000001"
PALLET = "https://id.gs1.org/00/095211410123456788"


@pytest.fixture
def organisation() -> Organisation:
    return an_organisation()


@pytest.fixture
def reader(organisation: Organisation) -> Client:
    """Reads three events: made (recorded at 8), milled (at 9), packed (at 10)."""
    by = an_actor(organisation)
    events = [an_object_event(eventID=NAMED), a_transformation(), an_aggregation()]
    for hours, event in enumerate(events):
        services.capture([event], by=by, now=NOW + timedelta(hours=hours))
    return a_client_for(an_actor(organisation, "viewer"))


def types(client: Client, query: str = "") -> list[str]:
    answer = client.get(f"/epcis/events?{query}")
    assert answer.status_code == 200, answer.content
    return [event["type"] for event in event_list(answer.json())]


def event_list(document: dict[str, Any]) -> list[dict[str, Any]]:
    events: list[dict[str, Any]] = document["epcisBody"]["queryResults"]["resultsBody"]["eventList"]
    return events


MADE, MILLED, PACKED = "ObjectEvent", "TransformationEvent", "AggregationEvent"


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", [PACKED, MILLED, MADE]),
        ("eventType=ObjectEvent", [MADE]),
        ("eventType=ObjectEvent|AggregationEvent", [PACKED, MADE]),
        ("eventType=ObjectEvent&eventType=AggregationEvent", [PACKED, MADE]),
        ("GE_eventTime=2026-09-25T01:00:00Z", [PACKED, MILLED]),
        ("LT_eventTime=2026-09-25T01:00:00Z", [MADE]),
        ("GE_eventTime=2026-09-25T09:00:00+08:00", [PACKED, MILLED]),
        ("GE_recordTime=2026-10-01T09:00:00Z", [PACKED, MILLED]),
        ("LT_recordTime=2026-10-01T09:00:00Z", [MADE]),
        ("EQ_bizStep=packing", [PACKED]),
        ("EQ_bizStep=urn:epcglobal:cbv:bizstep:packing", [PACKED]),
        ("EQ_bizStep=https://ref.gs1.org/cbv/BizStep-commissioning", [MADE]),
        ("EQ_disposition=active", [MADE]),
        ("EQ_action=ADD", [PACKED, MADE]),
        ("EQ_action=ADD&EQ_bizStep=packing", [PACKED]),
        ("EQ_readPoint=urn:originmark:local:area:YQ-A1", [MADE]),
        ("EQ_bizLocation=urn:originmark:local:place:MILL", [MILLED]),
        (f"MATCH_epcClass={LOT}", [MADE]),
        (f"MATCH_anyEPCClass={LOT}", [MILLED, MADE]),
        (f"MATCH_inputEPCClass={LOT}", [MILLED]),
        (f"MATCH_outputEPCClass={LOT}", []),
        (f"MATCH_parentID={PALLET}", [PACKED]),
        (f"MATCH_epc={PALLET}", []),
        (f"MATCH_anyEPC={PALLET}", [PACKED]),
        ("MATCH_epc=https://id.gs1.org/01/09521141012345/21/1", [PACKED]),
        (f"EQ_eventID={NAMED}", [MADE]),
        ("EXISTS_errorDeclaration=true", []),
        ("EXISTS_errorDeclaration=false", [PACKED, MILLED, MADE]),
    ],
)
def test_each_parameter(reader: Client, query: str, expected: list[str]) -> None:
    assert types(reader, query) == expected


@pytest.mark.conforms("QS-unknown", "ST-400")
@pytest.mark.parametrize(
    "query",
    [
        "EQ_bizstep=packing",
        "nonsense=1",
        "GE_eventTime=yesterday",
        "GE_eventTime=2026-09-25T01:00:00",
        "EQ_action=MAKE",
        "eventType=",
        "perPage=0",
        "perPage=many",
        "perPage=٣",
        "EQ_bizStep=%00",
        "nextPageToken=!",
        "nextPageToken=YmVmb3JlOng=",
        "EXISTS_errorDeclaration=perhaps",
    ],
)
def test_what_is_no_parameter_is_refused(reader: Client, query: str) -> None:
    answer = reader.get(f"/epcis/events?{query}")
    assert answer.status_code == 400
    assert answer.json()["type"] == "epcisException:QueryParameterException"


def test_pages_follow_each_other_by_link_and_by_token(reader: Client) -> None:
    first = reader.get("/epcis/events?perPage=2&EQ_action=ADD|OBSERVE&eventType=ObjectEvent")
    assert "Link" not in first.headers
    assert "nextPageToken" not in first.json()

    answer = reader.get("/epcis/events?perPage=2")
    assert [event["type"] for event in event_list(answer.json())] == [PACKED, MILLED]
    address = answer.headers["Link"].removeprefix("<").partition(">")[0]
    following = reader.get(address)
    assert [event["type"] for event in event_list(following.json())] == [MADE]
    assert "Link" not in following.headers

    by_token = reader.get(
        "/epcis/events", {"perPage": "2", "nextPageToken": answer.json()["nextPageToken"]}
    )
    assert event_list(by_token.json()) == event_list(following.json())


@pytest.mark.conforms("R-/events/{eventID}", "ST-200")
def test_an_event_is_read_back_with_its_name_and_record_time(reader: Client) -> None:
    answer = reader.get(f"/epcis/events/{quote(NAMED, safe='')}")
    assert event_list(answer.json()) == [
        {**an_object_event(eventID=NAMED), "recordTime": "2026-10-01T08:00:00.000Z"}
    ]
    assert reader.get("/epcis/events/urn:uuid:none").status_code == 404


def test_an_event_brings_its_context_where_the_common_one_does_not_stand(
    organisation: Organisation,
) -> None:
    by = an_actor(organisation)
    standard = "https://ref.gs1.org/standards/epcis/epcis-context.jsonld"
    for prefixes in (
        {"ex": "https://one.example/"},
        {"ex": "https://two.example/"},
        {"b": "urn:b:"},
    ):
        [prefix] = prefixes
        event = an_object_event(**{f"{prefix}:grade": prefixes[prefix]})
        document = a_document(event, context=[standard, prefixes])
        services.capture(orjson.dumps(document), by=by, now=NOW)

    document = a_client_for(by).get("/epcis/events").json()

    assert document["@context"] == [standard, {"b": "urn:b:", "ex": "https://two.example/"}]
    assert [event.get("@context") for event in event_list(document)] == [
        None,
        None,
        [standard, {"ex": "https://one.example/"}],
    ]


def test_strangers_see_nothing_and_the_office_sees_all(reader: Client) -> None:
    assert types(a_client_for(an_actor(an_organisation()))) == []
    assert len(types(a_client_for(an_inspector()))) == 3
    assert Client().get("/epcis/events").status_code == 401
    assert a_client_for(an_actor()).get("/epcis/events").status_code == 403


@pytest.mark.usefixtures("reader")
def test_a_page_of_events_costs_a_fixed_number_of_queries(
    organisation: Organisation, django_assert_max_num_queries: Any
) -> None:
    client = a_client_for(an_actor(organisation))
    with django_assert_max_num_queries(7):
        client.get("/epcis/events")


def test_inclusion_can_be_verified_from_the_answer_alone(reader: Client) -> None:
    for index in range(3):
        proof = reader.get(f"/epcis/log/inclusion/{index}").json()
        assert is_included(
            leaf_hash(proof["leafData"].encode()),
            index=proof["leafIndex"],
            size=proof["treeSize"],
            path=[bytes.fromhex(each) for each in proof["path"]],
            root=bytes.fromhex(proof["rootHash"]),
        )
    head = reader.get("/epcis/log/checkpoint", headers={"Accept": "application/json"}).json()
    assert (head["size"], head["rootHash"]) == (3, proof["rootHash"])
    assert reader.get("/epcis/log/inclusion/3").status_code == 404


def test_the_proof_of_a_foreign_event_is_not_shown(reader: Client) -> None:
    stranger = a_client_for(an_actor(an_organisation()))
    assert stranger.get("/epcis/log/inclusion/0").status_code == 404
