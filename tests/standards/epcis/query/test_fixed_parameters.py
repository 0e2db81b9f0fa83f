"""Each parameter with a fixed name: an event that it finds and one that it does not."""

from typing import Any

import pytest
from builders.queries import (
    CONTEXT,
    DEVICE,
    DOCK,
    FARM,
    LOT,
    NAME,
    NAMESPACES,
    PALLET,
    TREE,
    TREE_LINK,
    a_declaration,
    a_milling,
    a_packing,
    a_reading,
    an_element,
    an_event,
)

from originmark.standards.epcis.query import parse_json, parse_parameters
from originmark.standards.epcis.query.fixed import CONTROLS, FIXED

Event = dict[str, Any]


def sensed(**fields: Any) -> Event:
    return an_event(sensorElementList=[an_element(a_reading(**fields))])


def observed(**metadata: Any) -> Event:
    return an_event(sensorElementList=[an_element(**metadata)])


def declared(**fields: Any) -> Event:
    return an_event(errorDeclaration=a_declaration(**fields))


def counted(quantity: float | None, uom: str | None = None) -> Event:
    amount: dict[str, Any] = {"epcClass": LOT}
    amount |= {} if quantity is None else {"quantity": quantity}
    amount |= {} if uom is None else {"uom": uom}
    return an_event(quantityList=[amount])


KIND = "https://id.gs1.org/01/10614141073464"
PLAIN = an_event()
OWN_TYPE = {
    "type": "ex:Pruning",
    "eventTime": "2026-09-22T07:15:00+08:00",
    "eventTimeZoneOffset": "+08:00",
}
MICROBE = "https://www.ncbi.nlm.nih.gov/Taxonomy/Browser/wwwtax.cgi?id=1126011"
SUBSTANCE = "https://identifiers.org/inchikey:CZMRCDWAGMRECN-UHFFFAOYSA-N"
TABLE: list[tuple[str, str, Event, Event]] = [
    ("eventType", "AggregationEvent|TransformationEvent", a_packing(), PLAIN),
    ("eventType", "https://ns.example.org/epcis/Pruning", OWN_TYPE, PLAIN),
    ("eventType", "ex:Pruning", OWN_TYPE, PLAIN),
    ("GE_eventTime", "2026-09-21T23:15:00Z", PLAIN, an_event(eventTime="2026-09-21T23:14:59Z")),
    ("LT_eventTime", "2026-09-21T23:15:01Z", PLAIN, an_event(eventTime="2026-09-21T23:15:01Z")),
    ("GE_recordTime", "2026-09-23T00:00:00Z", PLAIN, an_event(recordTime="2026-09-22T23:00:00Z")),
    ("LT_recordTime", "2026-09-23T00:00:01Z", PLAIN, an_event(recordTime="2026-09-23T00:00:01Z")),
    ("EQ_action", "ADD|OBSERVE", PLAIN, an_event(action="DELETE")),
    ("EQ_action", "ADD,OBSERVE", PLAIN, a_milling()),
    ("EQ_bizStep", "shipping", an_event(bizStep="shipping"), PLAIN),
    ("EQ_bizStep", "urn:epcglobal:cbv:bizstep:shipping", an_event(bizStep="shipping"), PLAIN),
    ("EQ_bizStep", "packing,shipping", an_event(bizStep="shipping"), PLAIN),
    (
        "EQ_bizStep",
        "https://mill.example.org/voc#roasting",
        an_event(bizStep="mill:roasting"),
        an_event(bizStep="ex:roasting"),
    ),
    ("EQ_disposition", "recalled", an_event(disposition="recalled"), PLAIN),
    (
        "EQ_persistentDisposition_set",
        "completeness_verified",
        an_event(persistentDisposition={"set": ["completeness_verified"]}),
        an_event(persistentDisposition={"unset": ["completeness_verified"]}),
    ),
    (
        "EQ_persistentDisposition_unset",
        "completeness_inferred",
        an_event(persistentDisposition={"unset": ["completeness_inferred"]}),
        an_event(persistentDisposition={"set": ["completeness_inferred"]}),
    ),
    ("EQ_readPoint", DOCK, an_event(readPoint={"id": DOCK}), an_event(bizLocation={"id": DOCK})),
    (
        "EQ_readPoint",
        "https://id.gs1.org/414/0614141073467/254/1234",
        an_event(readPoint={"id": DOCK}),
        PLAIN,
    ),
    ("WD_readPoint", FARM, an_event(readPoint={"id": f"{FARM}:A1"}), an_event()),
    ("EQ_bizLocation", FARM, an_event(bizLocation={"id": FARM}), an_event(readPoint={"id": FARM})),
    ("WD_bizLocation", FARM, an_event(bizLocation={"id": f"{FARM}:A1"}), an_event()),
    ("EQ_transformationID", "urn:epc:id:gdti:0614141.06012.1234", a_milling(), PLAIN),
    ("MATCH_epc", TREE, PLAIN, a_milling()),
    ("MATCH_epc", TREE_LINK, a_packing(), an_event(epcList=[f"{TREE}8"])),
    ("MATCH_epc", "urn:epc:idpat:sgtin:0614141.107346.*", PLAIN, a_milling()),
    ("MATCH_epc", "urn:epc:idpat:sgtin:0614141.*.*", PLAIN, an_event(epcList=[PALLET])),
    ("MATCH_epc", KIND, PLAIN, an_event(epcList=["urn:epc:id:sgtin:0614141.107347.2017"])),
    ("MATCH_parentID", PALLET, a_packing(), an_event(epcList=[PALLET])),
    ("MATCH_inputEPC", "urn:epc:id:sgtin:0614141.107346.1", a_milling(), PLAIN),
    ("MATCH_outputEPC", "urn:epc:id:sgtin:0614141.107346.2", a_milling(), PLAIN),
    ("MATCH_anyEPC", PALLET, a_packing(), a_milling()),
    ("MATCH_anyEPC", "urn:epc:id:sgtin:0614141.107346.2", a_milling(), a_packing()),
    ("MATCH_epcClass", LOT, a_packing(), a_milling()),
    ("MATCH_epcClass", "urn:epc:idpat:sgtin:0614141.107346.*", counted(1), a_milling()),
    ("MATCH_inputEPCClass", KIND, a_milling(), a_packing()),
    ("MATCH_outputEPCClass", f"{LOT}-M", a_milling(), a_packing()),
    ("MATCH_anyEPCClass", LOT, a_milling(), PLAIN),
    ("EQ_quantity", "2", counted(2.0), counted(3)),
    ("EQ_quantity", "1,2", counted(2), counted(None)),
    ("GT_quantity", "2", counted(2.5), counted(2)),
    ("GE_quantity", "2", counted(2), counted(1.9)),
    ("LT_quantity", "2", counted(1), counted(2)),
    ("LE_quantity", "2", counted(2), counted(2.1)),
    ("EQ_eventID", NAME, PLAIN, an_event(eventID=f"{NAME}0")),
    ("EXISTS_errorDeclaration", "true", declared(), PLAIN),
    ("EXISTS_errorDeclaration", "", declared(), PLAIN),
    ("GE_errorDeclarationTime", "2026-10-01T00:00:00Z", declared(), PLAIN),
    ("LT_errorDeclarationTime", "2026-10-01T08:00:01+08:00", declared(), PLAIN),
    ("EQ_errorReason", "incorrect_data", declared(), declared(reason="did_not_occur")),
    ("EQ_correctiveEventID", f"{NAME[:-1]}b", declared(), declared(correctiveEventIDs=[])),
    ("EXISTS_sensorElementList", "1", sensed(), PLAIN),
    ("GE_time", "2026-10-01T00:00:00Z", sensed(time="2026-10-01T00:00:00Z"), sensed()),
    ("LT_time", "2026-10-02T00:00:00Z", observed(time="2026-10-01T00:00:00Z"), PLAIN),
    ("GE_startTime", "2026-10-01T00:00:00Z", observed(startTime="2026-10-01T00:00:00Z"), PLAIN),
    (
        "LT_startTime",
        "2026-10-01T00:00:00Z",
        observed(startTime="2026-09-30T00:00:00Z"),
        observed(startTime="2026-10-01T00:00:00Z"),
    ),
    ("GE_endTime", "2026-10-01T00:00:00Z", observed(endTime="2026-10-01T00:00:00Z"), PLAIN),
    (
        "LT_endTime",
        "2026-10-01T00:00:00Z",
        observed(endTime="2026-09-30T00:00:00Z"),
        observed(endTime="2026-10-01T00:00:00Z"),
    ),
    ("EQ_type", "Temperature", sensed(), sensed(type="RelativeHumidity")),
    ("EQ_type", "https://gs1.org/voc/Temperature", sensed(), PLAIN),
    # A report from XML may be an exception without a type.
    (
        "EQ_type",
        "Temperature",
        sensed(),
        an_event(sensorElementList=[an_element({"exception": "ERROR_CONDITION"})]),
    ),
    ("EQ_deviceID", DEVICE, observed(deviceID=DEVICE), sensed()),
    ("EQ_deviceID", "https://id.gs1.org/8004/0614141logger7", sensed(deviceID=DEVICE), PLAIN),
    ("EQ_dataProcessingMethod", FARM, observed(dataProcessingMethod=FARM), sensed()),
    ("EQ_microorganism", MICROBE, sensed(microorganism=MICROBE), sensed()),
    ("EQ_chemicalSubstance", SUBSTANCE, sensed(chemicalSubstance=SUBSTANCE), sensed()),
    ("EQ_bizRules", FARM, observed(bizRules=FARM), sensed()),
    ("EQ_stringValue", "SomeString", sensed(stringValue="SomeString"), sensed(stringValue="Some")),
    ("EQ_booleanValue", "true", sensed(booleanValue=True), sensed(booleanValue=False)),
    ("EQ_booleanValue", "false", sensed(booleanValue=False), sensed()),
    ("EQ_hexBinaryValue", "f0f0", sensed(hexBinaryValue="F0F0"), sensed(hexBinaryValue="F0")),
    ("EQ_uriValue", FARM, sensed(uriValue=FARM), sensed(uriValue=f"{FARM}:A1")),
    ("GE_percRank", "50", sensed(percRank=50), sensed(percRank=49)),
    ("LT_percRank", "50", sensed(percRank=49), sensed(percRank=50)),
    ("GT_percRank", "50", sensed(percRank=51), sensed(percRank=50)),
    ("LE_percRank", "50", sensed(percRank=50), sensed(percRank=51)),
]


def children(_identifiers: object) -> list[str]:
    return [f"{FARM}:A1"]


@pytest.mark.parametrize(
    ("name", "value", "found", "not_found"),
    [
        pytest.param(*row, id=f"{row[0]}={row[1]}", marks=pytest.mark.conforms(f"Q-{row[0]}"))
        for row in TABLE
    ],
)
def test_a_parameter_finds_what_it_says(
    name: str, value: str, found: Event, not_found: Event
) -> None:
    query = parse_parameters([(name, value)], NAMESPACES).with_descendants(children)
    assert query.matches(found, CONTEXT)
    assert not query.matches(not_found, CONTEXT)


def test_the_table_leaves_no_parameter_out() -> None:
    assert {name for name, *_rest in TABLE} == set(FIXED)
    assert len(FIXED) + len(CONTROLS) == 60


@pytest.mark.parametrize("name", ["GE", "LT"])
@pytest.mark.conforms("D-a")
def test_both_spellings_of_the_time_of_a_declaration_are_one_parameter(name: str) -> None:
    asked = [(f"{name}_errorDeclarationTime", "2026-10-01T00:00:00Z")]
    other = [(f"{name}_errorDeclaration_Time", "2026-10-01T00:00:00Z")]
    assert parse_parameters(asked) == parse_parameters(other)


@pytest.mark.parametrize("value", [True, 1, 7, None])
@pytest.mark.conforms("D-b")
def test_whether_something_exists_is_asked_by_boolean_integer_or_null(value: object) -> None:
    query = parse_json({"EXISTS_errorDeclaration": value})
    assert query.matches(declared())
    assert not query.matches(PLAIN)


@pytest.mark.parametrize("value", [False, 0])
@pytest.mark.conforms("D-b")
def test_asked_with_false_it_asks_nothing(value: object) -> None:
    query = parse_json({"EXISTS_errorDeclaration": value})
    assert query.matches(declared())
    assert query.matches(PLAIN)


@pytest.mark.parametrize("value", [2, [2], [7, 2]])
@pytest.mark.conforms("D-c", "Q-EQ_quantity")
def test_an_equal_quantity_is_one_number_or_a_list(value: object) -> None:
    query = parse_json({"EQ_quantity": value})
    assert query.matches(counted(2))
    assert not query.matches(counted(3))
