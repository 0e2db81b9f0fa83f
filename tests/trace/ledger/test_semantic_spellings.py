"""An EPC URN and the Digital Links of the same thing are one thing in every rule."""

from datetime import UTC, datetime
from typing import Any

import pytest
from builders.ledger import a_document, a_quantity, an_aggregation, an_object_event, as_bytes
from django.db import connection
from django.test.utils import CaptureQueriesContext

from originmark.origin.parties.access import SYSTEM
from originmark.standards.epcis.query import parse_json
from originmark.trace.ledger import query, semantics, services
from originmark.trace.ledger.drafts import draft
from originmark.trace.ledger.models import EventIdentifier
from originmark.trace.ledger.semantics import SemanticFinding

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 10, 10, 8, tzinfo=UTC)
SPELLINGS = [
    "urn:epc:id:sgtin:9521141.001234.7",
    "https://id.gs1.org/01/09521141012345/21/7",
    "https://shop.example/01/09521141012345/21/7?x=1",
]
BOXES = ["urn:epc:id:sscc:9521141.0012345678", "https://id.gs1.org/00/095211410123456781"]
LOTS = ["urn:epc:class:lgtin:9521141.001234.A", "https://id.gs1.org/01/09521141012345/10/A"]
PAIRS = [(one, other) for one in SPELLINGS for other in SPELLINGS if one != other]
BOTH_WAYS = pytest.mark.parametrize("way", [1, -1])


def a_day(day: int) -> str:
    return f"2026-09-{day:02}T08:00:00Z"


def seen(epc: str, *, day: int, **more: Any) -> dict[str, Any]:
    facts = {"action": "OBSERVE", "bizStep": "inspecting", "quantityList": None, **more}
    return an_object_event(epcList=[epc], eventTime=a_day(day), **facts)


def born(epc: str, *, day: int) -> dict[str, Any]:
    return seen(epc, day=day, action="ADD", bizStep="commissioning")


def packing(action: str, parent: str, *children: str, day: int) -> dict[str, Any]:
    return an_aggregation(
        action=action,
        parentID=parent,
        childEPCs=list(children) or None,
        childQuantityList=None,
        eventTime=a_day(day),
    )


def recorded(*events: dict[str, Any]) -> None:
    services.capture(as_bytes(a_document(*events)), by=SYSTEM, now=NOW)


def reviewed(*events: dict[str, Any]) -> list[SemanticFinding]:
    told = [draft(event, "", None, {}, place=place) for place, event in enumerate(events)]
    return semantics.review(told, by=SYSTEM, now=NOW)


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_a_thing_is_looked_at_before_it_came_into_being(one: str, other: str) -> None:
    early = seen(other, day=20)
    [here] = reviewed(born(one, day=25), early)
    recorded(born(one, day=25))
    [there] = reviewed(early)

    for finding in (here, there):
        assert finding.rule == "observed_before_commissioned"
        assert finding.pointer == "/epcList/0"
    found = query.run(parse_json({"MATCH_epc": [other]}), by=SYSTEM, limit=2).events
    assert [each.id for each in found] == [0], "a query says the same"


@BOTH_WAYS
def test_packing_is_followed_through_every_spelling(way: int) -> None:
    box, same_box = BOXES[::way]
    pack, same_pack = SPELLINGS[:2][::way]
    recorded(packing("ADD", box, pack, day=20))
    assert reviewed(packing("DELETE", same_box, same_pack, day=25)) == []
    assert reviewed(packing("DELETE", same_box, day=25)) == []
    [around] = reviewed(packing("ADD", same_pack, same_box, day=25))
    assert (around.rule, around.pointer) == ("parent_inside_itself", "/childEPCs/0")

    recorded(packing("DELETE", same_box, day=26))
    [out] = reviewed(packing("DELETE", box, pack, day=27))
    assert out.rule == "unpacked_without_packed"


@BOTH_WAYS
def test_a_lot_is_added_up_over_its_spellings(way: int) -> None:
    lot, same_lot = LOTS[::way]
    recorded(an_object_event(quantityList=[a_quantity(lot, 500)], eventTime=a_day(20)))

    def destroyed(name: str, mass: float, *, day: int) -> dict[str, Any]:
        return an_object_event(
            action="DELETE", bizStep="destroying", quantityList=[a_quantity(name, mass)],
            eventTime=a_day(day),
        )  # fmt: skip

    recorded(destroyed(same_lot, 300, day=21))
    assert reviewed(destroyed(lot, 100, day=22), destroyed(same_lot, 100, day=23)) == []
    [finding] = reviewed(destroyed(lot, 100, day=22), destroyed(same_lot, 100.5, day=23))
    assert (finding.rule, finding.index) == ("quantity_below_zero", 1)


@pytest.mark.parametrize("text", SPELLINGS)
def test_a_finding_calls_things_as_the_event_does(text: str) -> None:
    [finding] = reviewed(born(SPELLINGS[1], day=25), seen(text, day=20))
    assert finding.sentence.startswith(f"{text} came into being")


@pytest.mark.parametrize("text", SPELLINGS)
def test_the_index_is_asked_for_one_name(text: str) -> None:
    recorded(born(text, day=20))
    assert EventIdentifier.objects.filter(identifier=SPELLINGS[1], role="epc").count() == 1
    with CaptureQueriesContext(connection) as queries:
        reviewed(seen(text, day=25))
    assert [each for each in queries if SPELLINGS[1] in each["sql"]]
    assert not [each for each in queries if "urn:epc:" in each["sql"]]
