"""Queries through master data, and the times by which clients follow the log."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from builders.ledger import a_document, an_object_event, as_bytes
from builders.parties import a_client_for, an_actor, an_organisation
from django.test import Client

from originmark.origin.parties.access import Actor
from originmark.trace.ledger import services

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 10, 1, 8, tzinfo=UTC)
FARM, BARN, SHELF = (f"urn:epc:id:sgln:0614141.0000{digit}.0" for digit in (1, 2, 3))
BARN_LINK = "https://id.gs1.org/414/0614141000029"
ELSEWHERE = "urn:originmark:local:place:elsewhere"


@pytest.fixture
def by() -> Actor:
    return an_actor(an_organisation())


@pytest.fixture
def client(by: Actor) -> Client:
    """Knows a farm with a barn with a shelf, and an event at each and elsewhere."""
    events = [
        an_object_event(
            action="OBSERVE",
            bizStep="inspecting",
            quantityList=None,
            epcList=[f"urn:originmark:local:tree:{number}"],
            readPoint={"id": place},
            bizLocation={"id": place},
        )
        for number, place in enumerate([FARM, BARN, SHELF, ELSEWHERE])
    ]
    document = a_document(*events)
    elements = [
        {"id": FARM, "children": [BARN_LINK], "attributes": [_city("Yên Bái")]},
        {"id": BARN, "children": [SHELF]},
    ]
    vocabulary = {"type": "urn:epcglobal:epcis:vtype:BusinessLocation"}
    listed = [{**vocabulary, "vocabularyElementList": elements}]
    document["epcisHeader"] = {"epcisMasterData": {"vocabularyList": listed}}
    services.capture(as_bytes(document), by=by, now=NOW)
    return a_client_for(by)


def _city(name: str) -> dict[str, str]:
    return {"id": "urn:epcglobal:cbv:mda:city", "attribute": name}


def places(client: Client, **asked: Any) -> list[str]:
    answer = client.get("/epcis/events", asked)
    assert answer.status_code == 200, answer.content
    listed = answer.json()["epcisBody"]["queryResults"]["resultsBody"]["eventList"]
    return sorted(event["readPoint"]["id"] for event in listed)


@pytest.mark.conforms("Q-WD_readPoint", "Q-WD_bizLocation", "C-8")
@pytest.mark.parametrize("name", ["WD_readPoint", "WD_bizLocation"])
def test_a_place_with_its_descendants(client: Client, name: str) -> None:
    assert len(places(client, **{name: FARM})) == 3
    assert len(places(client, **{name: BARN_LINK})) == 2
    assert len(places(client, **{name: SHELF})) == 1
    assert len(places(client, **{name: f"{SHELF}|{ELSEWHERE}"})) == 2
    assert len(places(client, **{name.replace("WD", "EQ"): FARM})) == 1


@pytest.mark.conforms("Q-WD_readPoint")
def test_the_master_data_of_strangers_tells_nothing(client: Client) -> None:
    assert places(client, WD_readPoint=FARM)
    stranger = an_actor(an_organisation())
    event = an_object_event(readPoint={"id": BARN}, quantityList=None, epcList=[ELSEWHERE])
    services.capture([event], by=stranger, now=NOW)
    assert places(a_client_for(stranger), WD_readPoint=FARM) == []


@pytest.mark.conforms("QF-hasattr", "QF-attr")
def test_attributes_of_master_data(client: Client) -> None:
    assert len(places(client, HASATTR_readPoint="cbvmda:city")) == 1
    assert len(places(client, **{"EQ_ATTR_readPoint_cbvmda:city": "Yên Bái"})) == 1
    assert places(client, **{"EQ_ATTR_readPoint_cbvmda:city": "Huế"}) == []


@pytest.mark.conforms("Q-GE_recordTime", "Q-LT_recordTime")
def test_who_follows_the_log_by_its_times_misses_nothing(by: Actor) -> None:
    """A clock that goes wrong, or a writer who waited, records no event in the past."""
    client = a_client_for(by)
    for number, seconds in enumerate([0, 60, -3600, 61]):
        event = an_object_event(
            action="OBSERVE", quantityList=None, epcList=[f"urn:originmark:local:tree:{number}"]
        )
        services.capture([event], by=by, now=NOW + timedelta(seconds=seconds))
    seen = client.get("/epcis/events", {"orderBy": "recordTime", "orderDirection": "ASC"}).json()
    listed = seen["epcisBody"]["queryResults"]["resultsBody"]["eventList"]
    times = [event["recordTime"] for event in listed]
    assert [event["epcList"][0][-1] for event in listed] == ["0", "1", "2", "3"]
    assert times == sorted(times)
    assert times[2] == "2026-10-01T08:01:00.000Z"
