"""What is refused, where, and why."""

from typing import Any

import pytest
from builders.ledger import a_document, a_transformation, an_aggregation, an_object_event

from originmark.standards.epcis.validation import document_problems, event_problems

NO_TIME = {"eventTime": None}


def grave(event: dict[str, Any]) -> list[str]:
    return [each.pointer for each in event_problems(event) if not each.is_advice]


@pytest.mark.parametrize(
    ("event", "pointers"),
    [
        (an_object_event(eventTime=None), [""]),
        (an_object_event(eventTime="2026-09-22T07:15:00"), ["/eventTime"]),
        (an_object_event(eventTime="2026-02-30T07:15:00Z"), ["/eventTime"]),
        (an_object_event(eventTime="٢٠٢٦-09-22T07:15:00Z"), ["/eventTime"]),
        (an_object_event(eventTimeZoneOffset="+15:00"), ["/eventTimeZoneOffset"]),
        (an_object_event(eventTimeZoneOffset="Z"), ["/eventTimeZoneOffset"]),
        (an_object_event(eventID="no uri"), ["/eventID"]),
        (an_object_event(eventID="urn:a\x00b"), ["/eventID"]),
        (an_object_event(action="MAKE"), ["/action"]),
        (an_object_event(bizStep="roasting"), ["/bizStep"]),
        (an_object_event(bizStep="urn:epcglobal:cbv:bizstep:shipping"), ["/bizStep"]),
        (an_object_event(disposition="https://ns.gs1.org/cbv/Disp-active"), ["/disposition"]),
        (an_object_event(colour="red"), ["/colour"]),
        (an_object_event(childEPCs=["urn:a:1"]), ["/childEPCs"]),
        (an_object_event(quantityList=None), [""]),
        (an_object_event(quantityList=[]), [""]),
        (an_object_event(quantityList=None, epcList=[]), []),
        (an_object_event(action="OBSERVE", ilmd={"ex:a": 1}), ["/ilmd"]),
        (an_object_event(ilmd={"season": 1}), ["/ilmd/season"]),
        (an_object_event(epcList=["urn:a:1", "urn:a:1"]), ["/epcList/1"]),
        (an_object_event(quantityList=[{"quantity": 1}]), ["/quantityList/0"]),
        (
            an_object_event(quantityList=[{"epcClass": "urn:a:1", "quantity": True}]),
            ["/quantityList/0/quantity"],
        ),
        (
            an_object_event(quantityList=[{"epcClass": "urn:a:1", "uom": "kg"}]),
            ["/quantityList/0/uom"],
        ),
        (an_object_event(persistentDisposition={}), ["/persistentDisposition"]),
        (an_object_event(persistentDisposition={"set": []}), ["/persistentDisposition/set"]),
        (an_object_event(errorDeclaration={}), ["/errorDeclaration"]),
        (an_object_event(sourceList=[{"source": "urn:a:1"}]), ["/sourceList/0"]),
        (an_aggregation(parentID=None), [""]),
        (an_aggregation(parentID=None, action="OBSERVE"), []),
        (an_aggregation(childEPCs=None), [""]),
        (an_aggregation(childEPCs=None, action="DELETE"), []),
        (an_aggregation(type="AssociationEvent", parentID=None, action="OBSERVE"), [""]),
        (an_object_event(type="TransactionEvent"), [""]),
        (an_object_event(type="TransactionEvent", bizTransactionList=[]), ["/bizTransactionList"]),
        (a_transformation(action="ADD"), ["/action"]),
        (a_transformation(outputQuantityList=None), [""]),
        (a_transformation(outputQuantityList=None, transformationID="urn:t:1"), []),
        (
            a_transformation(
                inputQuantityList=None, outputQuantityList=None, transformationID="urn:t:1"
            ),
            [""],
        ),
        (an_object_event(type="Audit"), ["/type"]),
        (an_object_event(type=["ObjectEvent"]), ["/type"]),
        (an_object_event(sensorElementList=[{}]), ["/sensorElementList/0"]),
        (
            an_object_event(sensorElementList=[{"sensorReport": [{"type": "Heat"}]}]),
            ["/sensorElementList/0/sensorReport/0/type"],
        ),
    ],
)
def test_one_fault_is_one_problem(event: dict[str, Any], pointers: list[str]) -> None:
    assert grave(event) == pointers


def test_what_the_examples_of_the_standard_do_themselves_is_advice() -> None:
    metadata = {"time": "2026-09-23T00:00:00Z", "deviceID": "urn:device:1"}
    report = {"type": "Temperature", "value": 4, "deviceID": "urn:device:1"}
    element = {"sensorMetadata": metadata, "sensorReport": [report]}

    problems = list(event_problems(an_object_event(sensorElementList=[element])))

    assert [(each.pointer, each.is_advice) for each in problems] == [
        ("/sensorElementList/0/sensorMetadata/time", True),
        ("/sensorElementList/0/sensorReport/0/deviceID", True),
    ]


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"@context": None}, ""),
        ({"schemaVersion": "two"}, "/schemaVersion"),
        ({"creationDate": "today"}, "/creationDate"),
        ({"epcisBody": {}}, "/epcisBody/eventList"),
        ({"epcisBody": {"eventList": [7]}}, "/epcisBody/eventList/0"),
        ({"epcisBody": []}, "/epcisBody"),
        ({"colour": "red"}, "/colour"),
        ({"type": "EPCISQueryDocument", "epcisBody": {}}, "/epcisBody"),
    ],
)
def test_a_faulty_document_is_refused(change: dict[str, Any], pointer: str) -> None:
    document = {name: value for name, value in (a_document() | change).items() if value is not None}
    assert [each.pointer for each in document_problems(document)] == [pointer]


def test_a_document_of_the_first_edition_with_a_single_event_is_taken() -> None:
    document = a_document() | {"epcisBody": {"event": an_object_event()}}
    assert list(document_problems(document)) == []
