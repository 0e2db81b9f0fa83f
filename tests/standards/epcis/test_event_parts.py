"""The parts that event types share: errors, extensions, places, parties, sensors, quantities."""

from typing import Any

import pytest
from builders.epcis import PACK
from builders.epcis import least_event as event

from originmark.standards.epcis import fast_check, vocabulary
from originmark.standards.epcis.decode import decode_event
from originmark.standards.epcis.events import ObjectEvent
from originmark.standards.epcis.validation import event_problems

BY_ID = {
    "E-1": "ObjectEvent",
    "E-2": "AggregationEvent",
    "E-3": "AssociationEvent",
    "E-4": "TransactionEvent",
    "E-5": "TransformationEvent",
}
KINDS = [pytest.param(kind, marks=pytest.mark.conforms(id_)) for id_, kind in BY_ID.items()]
REPORT = {"type": "Temperature", "value": 4.2, "uom": "CEL"}
SENSED = [{"sensorReport": [REPORT]}]
PLACE = {"id": "urn:x:place"}


def refused(body: dict[str, Any]) -> list[tuple[str, str]]:
    """Where and why, if the verdict of the fast path agrees that it is refused at all."""
    found = [each for each in event_problems(body) if not each.is_advice]
    assert fast_check.events_valid([body]) == (not found)
    return [(each.pointer, each.reason) for each in found]


@pytest.mark.parametrize("kind", KINDS)
def test_an_error_is_declared_at_a_time_for_a_reason(kind: str) -> None:
    declared = {"declarationTime": "2026-09-23T00:00:00Z", "example:by": {"example:desk": 3}}
    for reason in (*vocabulary.ERROR_REASON.words, "https://example.org/reason"):
        assert refused(event(kind, errorDeclaration=declared | {"reason": reason})) == []
    corrected = declared | {"correctiveEventIDs": ["urn:uuid:1", "urn:uuid:2"]}
    assert refused(event(kind, errorDeclaration=corrected)) == []
    assert refused(event(kind, errorDeclaration={"reason": "incorrect_data"})) == [
        ("/errorDeclaration", "declarationTime is missing")
    ]
    [(pointer, sentence)] = refused(event(kind, errorDeclaration=declared | {"reason": "mistake"}))
    assert pointer == "/errorDeclaration/reason"
    assert sentence.startswith("found 'mistake', expected a standard error reason or")


def test_what_did_not_occur_needs_no_correction() -> None:
    declared = {
        "declarationTime": "2026-09-23T00:00:00Z",
        "reason": "did_not_occur",
        "correctiveEventIDs": ["urn:uuid:1"],
    }
    [advice] = event_problems(event("ObjectEvent", errorDeclaration=declared))
    assert (advice.pointer, advice.is_advice, advice.rule) == (
        "/errorDeclaration/correctiveEventIDs", True, "error-without-correction",
    )  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "name", ["example:own", "https://example.org/ns#own", "urn:example:own", "a.b+c-d:own"]
)
def test_extensions_of_any_namespace_are_taken_at_any_level(kind: str, name: str) -> None:
    deep = {name: {name: [1, "two", {"bare": None}]}}
    place = PLACE | deep
    element = {"sensorReport": [REPORT | deep], "sensorMetadata": deep, **deep}
    body = event(kind, readPoint=place, bizLocation=place, sensorElementList=[element], **deep)
    assert refused(body) == []


@pytest.mark.parametrize("kind", KINDS)
def test_parts_of_an_event_are_checked_one_by_one(kind: str) -> None:
    for fields, expected in (
        ({"eventID": "no uri"}, ("/eventID", "found 'no uri', expected an absolute URI")),
        ({"eventTime": "2026-09-22T07:15:00"}, ("/eventTime", "found '2026-09-22T07:15:00', exp")),
        ({"recordTime": 7}, ("/recordTime", "found 7, expected a time with offset, as in 2026-")),
        ({"readPoint": "urn:x:1"}, ("/readPoint", "found 'urn:x:1', expected an object")),
        ({"bizLocation": {}}, ("/bizLocation", "id is missing")),
        ({"sourceList": [{"source": "urn:x:1"}]}, ("/sourceList/0", "type is missing")),
        (
            {"destinationList": [{"type": "location", "destination": "x"}]},
            ("/destinationList/0/destination", "found 'x', expected an absolute URI"),
        ),
        (
            {"bizTransactionList": [{"type": "bill", "bizTransaction": "urn:x:1"}]},
            (
                "/bizTransactionList/0/type",
                "found 'bill', expected a standard business",
            ),
        ),
        (
            {"bizTransactionList": [{"bizTransaction": "urn:x:1", "urn:x:own": 1}]},
            ("/bizTransactionList/0/urn:x:own", "urn:x:own is no field of EPCIS here"),
        ),
    ):
        [(pointer, reason)] = refused(event(kind, **fields))
        assert (pointer, reason[: len(expected[1])]) == expected


def test_sensor_data_is_checked_to_the_last_value() -> None:
    at = "/sensorElementList/0"
    element = {"sensorReport": [REPORT]}
    for changed, pointer, reason in (
        ({"sensorReport": []}, "/sensorReport", "found an empty list, expected at least 1"),
        ({"sensorReport": None}, "/sensorReport", "found None, expected a list"),
        ({"sensorMetadata": {"time": "noon"}}, "/sensorMetadata/time", "found 'noon', expected a"),
        ({"sensorMetadata": {"room": 1}}, "/sensorMetadata/room", "room is no field of EPCIS here"),
        ({"note": 1}, "/note", "note is no field of EPCIS here"),
    ):
        [found] = refused(event("ObjectEvent", sensorElementList=[element | changed]))
        assert (found[0], found[1][: len(reason)]) == (at + pointer, reason)
    for name, value, reason in (
        ("type", "Heat", "found 'Heat', expected a standard measurement type or a URI"),
        ("type", "https://gs1.org/voc/Mass", "found 'https://gs1.org/voc/Mass', expected a st"),
        ("exception", "PANIC", "found 'PANIC', expected a standard sensor alert or a URI"),
        ("component", "w", "found 'w', expected a standard sensor component or"),
        ("component", "cbv:Comp-x", None),
        ("value", "4.2", "found '4.2', expected a number without quotes"),
        ("percRank", True, "found True, expected a number without quotes"),
        ("booleanValue", "true", "found 'true', expected true or false without quotes"),
        ("hexBinaryValue", "0xFF", "found '0xFF', expected hexadecimal digits"),
        ("uriValue", "ripe", "found 'ripe', expected an absolute URI or prefix:name"),
        ("stringValue", 7, "found 7, expected a text"),
        ("uom", 7, "found 7, expected a text"),
    ):
        reports = {"sensorReport": [REPORT | {name: value}]}
        found = refused(event("ObjectEvent", sensorElementList=[reports]))
        wanted = [] if reason is None else [(f"{at}/sensorReport/0/{name}", reason)]
        assert [(pointer, told[: len(reason or "")]) for pointer, told in found] == wanted


@pytest.mark.conforms("T-3")
def test_a_lot_is_a_class_with_a_quantity() -> None:
    lot = "https://id.gs1.org/01/09521141012345/10/A"
    body = event("ObjectEvent", epcList=None, quantityList=[{"epcClass": lot, "quantity": 2.5}])
    assert refused(body) == []
    typed = decode_event(body)
    assert isinstance(typed, ObjectEvent)
    assert [each.epc_class for each in typed.quantities] == [lot]
    assert refused(event("ObjectEvent", quantityList=[{"epcClass": lot, "quantity": "2.5"}])) == [
        ("/quantityList/0/quantity", "found '2.5', expected a number without quotes")
    ]
    [(pointer, reason)] = refused(
        event("ObjectEvent", quantityList=[{"epcClass": lot, "uom": "kilo"}])
    )
    assert pointer == "/quantityList/0/uom"
    assert reason.startswith("found 'kilo', expected a UN/ECE unit code of two or three capitals")


@pytest.mark.conforms("T-3")
@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("ObjectEvent", "epcList"),
        ("TransactionEvent", "epcList"),
        ("AggregationEvent", "childEPCs"),
        ("TransformationEvent", "inputEPCList"),
        ("TransformationEvent", "outputEPCList"),
    ],
)
def test_a_lot_among_single_things_is_remarked_upon(kind: str, name: str) -> None:
    things = ["https://id.gs1.org/01/09521141012345/10/A/21/7", "urn:epc:id:sgtin:9521141.001234.7"]
    lots = ["https://id.gs1.org/01/09521141012345/10/A", "urn:epc:class:lgtin:9521141.001234.A"]
    found = list(event_problems(event(kind, **{name: [*things, *lots, PACK]})))
    assert [(each.pointer, each.rule, each.is_advice) for each in found] == [
        (f"/{name}/{index}", "lot-is-a-class", True) for index in (2, 3)
    ]
    assert "expected it as epcClass in a list of quantities" in found[0].reason


def test_an_instance_is_named_once_in_an_object_event() -> None:
    assert refused(event("ObjectEvent", epcList=[PACK, PACK])) == [
        ("/epcList/1", f"found '{PACK}' for the second time")
    ]
