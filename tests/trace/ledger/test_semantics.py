"""What the ledger knows speaks against events that arrive, at a few queries a document."""

from datetime import UTC, datetime
from typing import Any

import pytest
from builders.ledger import LOT, a_document, a_quantity, an_aggregation, an_object_event, as_bytes
from builders.parties import an_actor, an_officer, an_organisation
from builders.products import a_gtin, a_trade_item
from django.conf import LazySettings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from originmark.origin.parties.rules import SYSTEM, Actor
from originmark.trace.ledger import semantics, services
from originmark.trace.ledger.drafts import Draft, draft
from originmark.trace.ledger.semantics import SemanticFinding

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 10, 10, 8, tzinfo=UTC)
PACK, BOX = "https://id.gs1.org/01/09521141012345/21/1", "urn:x:box"
EARLY, LATE = "2026-09-20T08:00:00+08:00", "2026-09-25T08:00:00+08:00"


def drafts(*events: dict[str, Any]) -> list[Draft]:
    return [draft(event, "", None, {}, place=place) for place, event in enumerate(events)]


def reviewed(*events: dict[str, Any], by: Actor = SYSTEM) -> list[SemanticFinding]:
    return semantics.review(drafts(*events), by=by, now=NOW)


def recorded(*events: dict[str, Any]) -> None:
    services.capture(as_bytes(a_document(*events)), by=SYSTEM, now=NOW)


def commissioned(*epcs: str, when: str = LATE, **more: Any) -> dict[str, Any]:
    return an_object_event(epcList=list(epcs), quantityList=None, eventTime=when, **more)


def inspected(*epcs: str, when: str = EARLY, **more: Any) -> dict[str, Any]:
    facts = {"action": "OBSERVE", "bizStep": "inspecting", "quantityList": None, **more}
    return an_object_event(epcList=list(epcs), eventTime=when, **facts)


def used(quantity: float, when: str = LATE) -> dict[str, Any]:
    return an_object_event(
        action="DELETE", bizStep="destroying", quantityList=[a_quantity(LOT, quantity)],
        eventTime=when,
    )  # fmt: skip


def unpacked(when: str = LATE, **more: Any) -> dict[str, Any]:
    facts = {"action": "DELETE", "bizStep": "unpacking", "parentID": BOX, "childEPCs": [PACK]}
    return an_aggregation(eventTime=when, **(facts | more))


def packed(when: str = EARLY, **more: Any) -> dict[str, Any]:
    return an_aggregation(**({"parentID": BOX, "childEPCs": [PACK], "eventTime": when} | more))


def test_a_finding_says_which_event_where_and_why() -> None:
    recorded(commissioned(PACK))
    [finding] = reviewed(commissioned("urn:x:1", when=EARLY), inspected("urn:x:1", PACK))
    assert (finding.rule, finding.index, finding.pointer) == (
        "observed_before_commissioned", 1, "/epcList/1",
    )  # fmt: skip
    assert finding.sentence.startswith(f"{PACK} came into being at 2026-09-25T00:00:00Z")
    assert finding.is_refusal is False


def test_a_commissioning_that_comes_too_late_is_found() -> None:
    recorded(inspected(PACK, when=EARLY))
    assert [each.rule for each in reviewed(commissioned(PACK))] == ["observed_before_commissioned"]
    assert reviewed(commissioned(PACK, when="2026-09-19T08:00:00Z")) == []
    recorded(commissioned(PACK, when="2026-09-19T08:00:00Z"))
    assert reviewed(commissioned(PACK)) == []


def test_what_was_withdrawn_does_not_count() -> None:
    name = "urn:uuid:4f1c0000-0000-4000-8000-000000000009"
    wrong = commissioned(PACK, eventID=name)
    declared = wrong | {
        "errorDeclaration": {"declarationTime": "2026-09-26T08:00:00Z", "reason": "did_not_occur"}
    }
    recorded(wrong)
    assert len(reviewed(inspected(PACK))) == 1
    assert reviewed(declared, inspected(PACK)) == []
    recorded(declared)
    assert reviewed(inspected(PACK)) == []


def test_a_withdrawal_in_the_same_document_counts_at_once() -> None:
    name = "urn:uuid:4f1c0000-0000-4000-8000-000000000009"
    wrong = commissioned(PACK, eventID=name)
    declared = wrong | {"errorDeclaration": {"declarationTime": "2026-09-26T08:00:00Z"}}
    assert reviewed(wrong, declared, inspected(PACK)) == []


def test_packing_is_followed_through_the_ledger() -> None:
    assert [each.rule for each in reviewed(unpacked())] == ["unpacked_without_packed"]
    recorded(packed())
    assert reviewed(unpacked()) == []
    assert reviewed(unpacked(childEPCs=None)) == []
    [finding] = reviewed(unpacked(when="2026-09-19T08:00:00Z"))
    assert (finding.rule, finding.pointer) == ("event_before_cause", "/childEPCs/0")
    recorded(unpacked(childEPCs=None))
    again = unpacked(when="2026-09-26T08:00:00Z")
    assert [each.rule for each in reviewed(again)] == ["unpacked_without_packed"]


def test_a_container_cannot_go_into_its_own_content() -> None:
    recorded(packed(), packed(parentID="urn:x:pallet", childEPCs=[BOX], when=EARLY))
    [finding] = reviewed(packed(parentID=PACK, childEPCs=["urn:x:pallet"], when=LATE))
    assert (finding.rule, finding.pointer) == ("parent_inside_itself", "/childEPCs/0")
    assert reviewed(packed(parentID="urn:x:truck", childEPCs=["urn:x:pallet"], when=LATE)) == []


def test_a_lot_of_the_ledger_does_not_go_below_zero() -> None:
    recorded(an_object_event())
    assert reviewed(used(500)) == []
    recorded(used(300))
    assert reviewed(used(200, when="2026-09-26T08:00:00Z")) == []
    [finding] = reviewed(used(200.25, when="2026-09-26T08:00:00Z"))
    assert finding.sentence.startswith(f"{LOT} would be at -0.25 KGM")
    assert finding.pointer == "/quantityList/0"


def test_an_amount_that_was_left_out_speaks_against_nobody() -> None:
    recorded(an_object_event(quantityList=[{"epcClass": LOT}]))
    assert reviewed(used(500)) == []


def test_a_number_of_somebody_else_is_refused_where_the_owner_is_known() -> None:
    own, other = an_organisation(), an_organisation(name="Lotus Mill")
    gtin = a_gtin()
    a_trade_item(gtin=gtin, organisation_id=other.pk)
    theirs = commissioned(f"https://id.gs1.org/01/{gtin}/21/1")

    [finding] = reviewed(theirs, by=an_actor(own))
    assert (finding.rule, finding.is_refusal) == ("foreign_identifier", True)
    assert "Lotus Mill" in finding.sentence
    assert reviewed(theirs, by=an_actor(other)) == []
    assert reviewed(theirs, by=an_officer()) == []
    assert reviewed(inspected(f"https://id.gs1.org/01/{gtin}/21/1"), by=an_actor(own)) == []


@pytest.mark.parametrize(
    "epc",
    [
        "urn:epc:id:sgtin:9521141.001234.7",
        "https://id.gs1.org/01/09521141012345/21/7",
        "https://id.gs1.org/00/095211410123456788",
        "urn:epc:id:sscc:9521141.0012345678",
    ],
)
def test_a_company_prefix_of_somebody_else_is_seen_in_every_spelling(epc: str) -> None:
    own, other = an_organisation(), an_organisation(gs1_company_prefix="9521141")
    assert [each.rule for each in reviewed(commissioned(epc), by=an_actor(own))] == [
        "foreign_identifier"
    ]
    assert reviewed(commissioned(epc), by=an_actor(other)) == []
    assert reviewed(commissioned("urn:epc:id:sgtin:952114.0001234.7"), by=an_actor(own)) == []


def test_the_policy_decides(settings: LazySettings) -> None:
    settings.LEDGER_SEMANTICS = ["quantity_below_zero=refuse", "*=off"]
    story = [used(-1), packed(parentID=BOX, childEPCs=[BOX])]
    assert [(each.rule, each.is_refusal) for each in reviewed(*story)] == [
        ("quantity_below_zero", True)
    ]
    settings.LEDGER_SEMANTICS = ["*=off"]
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert reviewed(*story) == []
    assert len(queries) == 0


@pytest.mark.parametrize("count", [1, 200])
def test_the_queries_do_not_grow_with_the_document(count: int) -> None:
    by = an_actor(an_organisation())
    recorded(packed(), an_object_event())
    packs = [f"urn:x:{number}" for number in range(count)]
    story = [
        *(commissioned(pack, when=EARLY) for pack in packs),
        *(packed(parentID=f"{pack}:box", childEPCs=[pack], when=LATE) for pack in packs),
        *(unpacked(parentID=f"{pack}:box", childEPCs=[pack], when="2026-09-26T00:00:00Z")
          for pack in packs),
        used(500),
    ]  # fmt: skip
    told = drafts(*story)
    with CaptureQueriesContext(connection) as queries:
        assert semantics.review(told, by=by, now=NOW) == []
    assert len(queries) <= 4


def test_of_things_that_no_event_names_one_question_is_asked() -> None:
    story = drafts(commissioned(PACK, when=EARLY), packed(when=LATE), unpacked(), used(1))
    with CaptureQueriesContext(connection) as asked:
        semantics.review(story, by=SYSTEM, now=NOW)
    assert len(asked) == 1

    recorded(commissioned(PACK, when=EARLY))
    with CaptureQueriesContext(connection) as asked:
        semantics.review(story, by=SYSTEM, now=NOW)
    assert len(asked) == 2
