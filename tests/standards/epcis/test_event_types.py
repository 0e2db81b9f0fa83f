"""Each event type with its own fields and constraints; what is refused, where, in which words."""

from typing import Any

import pytest
from builders.epcis import CONTEXT, MINIMUM, OWN, SHARED, custom_event, whole_document, whole_event
from builders.epcis import least_event as event

from originmark.standards.epcis import fast_check
from originmark.standards.epcis.decode import decode_event
from originmark.standards.epcis.encode import encode_event
from originmark.standards.epcis.event_hash import digest
from originmark.standards.epcis.validation import event_problems

PERSISTENT = ("ObjectEvent", "TransformationEvent")
BY_ID = {
    "E-1": "ObjectEvent",
    "E-2": "AggregationEvent",
    "E-3": "AssociationEvent",
    "E-4": "TransactionEvent",
    "E-5": "TransformationEvent",
}
KINDS = [pytest.param(kind, marks=pytest.mark.conforms(id_)) for id_, kind in BY_ID.items()]
QUANTITY = {"epcClass": "urn:x:lot", "quantity": 1, "uom": "KGM"}
REPORT = {"type": "Temperature", "value": 4.2, "uom": "CEL"}
SENSED = [{"sensorReport": [REPORT]}]
PLACE = {"id": "urn:x:place"}


def refused(body: dict[str, Any]) -> list[tuple[str, str]]:
    """Where and why, if the verdict of the fast path agrees that it is refused at all."""
    found = [each for each in event_problems(body) if not each.is_advice]
    assert fast_check.events_valid([body]) == (not found)
    return [(each.pointer, each.reason) for each in found]


@pytest.mark.parametrize("kind", KINDS)
def test_the_least_and_the_most_of_a_type_are_taken(kind: str) -> None:
    assert refused(event(kind)) == []
    whole = whole_event(kind)
    assert refused(whole) == []
    again = encode_event(decode_event(whole))
    names = {"example": "https://example.org/ns/"}
    assert digest(again, names) == digest(whole, names)


@pytest.mark.parametrize("kind", KINDS)
def test_each_field_of_a_type_may_be_left_out_or_there_alone(kind: str) -> None:
    names = SHARED.keys() | OWN[kind].keys()
    for name in names - MINIMUM[kind].keys() - {"eventTime", "eventTimeZoneOffset", "ilmd"}:
        value = whole_event(kind)[name]
        assert refused(event(kind, **{name: value})) == [], name
        whole = whole_event(kind, **{name: None})
        if (kind, name) != ("AggregationEvent", "parentID"):
            assert refused(whole) == [], name


@pytest.mark.parametrize("kind", KINDS)
def test_a_field_of_another_type_is_refused_by_name(kind: str) -> None:
    others = {name: value for own in OWN.values() for name, value in own.items()}
    for name in others.keys() - OWN[kind].keys() - {"persistentDisposition"}:
        [(pointer, reason)] = refused(event(kind, **{name: others[name]}))
        assert pointer == f"/{name}"
        assert reason.startswith(
            f"{name} is no field of EPCIS here; one of your own needs a prefix"
        )


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", ["eventTime", "eventTimeZoneOffset"])
def test_no_type_does_without_its_times(kind: str, name: str) -> None:
    assert refused(event(kind, **{name: None})) == [("", f"{name} is missing")]


@pytest.mark.parametrize("kind", [each for each in OWN if each != "TransformationEvent"])
def test_an_action_is_one_of_three(kind: str) -> None:
    assert refused(event(kind, action="CREATE")) == [
        ("/action", "found 'CREATE', expected one of ADD, DELETE, OBSERVE")
    ]
    assert refused(event(kind, action=None)) == [("", "action is missing")]


@pytest.mark.conforms("E-1")
@pytest.mark.parametrize(
    ("fields", "is_taken"),
    [
        ({"epcList": []}, True),
        ({"epcList": ["urn:x:1"]}, True),
        ({"epcList": None, "quantityList": [QUANTITY]}, True),
        ({"epcList": None, "quantityList": []}, False),
        ({"epcList": None}, False),
        (
            {
                "epcList": None,
                "sensorElementList": [{"sensorReport": [REPORT]}],
                "readPoint": PLACE,
            },
            True,
        ),
        ({"epcList": None, "sensorElementList": SENSED}, False),
        ({"epcList": None, "sensorElementList": [], "readPoint": PLACE}, False),
    ],
)
def test_an_object_event_names_something_or_senses_somewhere(
    fields: dict[str, Any], is_taken: bool
) -> None:
    sentence = (
        "nothing is named: expected epcList (it may be empty), quantityList, "
        "or sensorElementList with readPoint"
    )
    assert refused(event("ObjectEvent", **fields)) == ([] if is_taken else [("", sentence)])


@pytest.mark.conforms("E-1")
def test_ilmd_comes_with_the_birth_of_a_thing_alone() -> None:
    ilmd = {"example:season": 2026, "https://example.org/ns#soil": {"a": ["b"]}}
    assert refused(event("ObjectEvent", action="ADD", ilmd=ilmd)) == []
    for action in ("OBSERVE", "DELETE"):
        assert refused(event("ObjectEvent", action=action, ilmd=ilmd)) == [
            ("/ilmd", f"found ilmd with action {action}, expected it only with ADD")
        ]
    [(pointer, reason)] = refused(event("ObjectEvent", action="ADD", ilmd={"season": 1}))
    assert pointer == "/ilmd/season"
    assert reason.endswith("one of your own needs a prefix, as in example:season")


@pytest.mark.parametrize(
    "kind",
    [
        pytest.param("AggregationEvent", marks=pytest.mark.conforms("E-2")),
        pytest.param("AssociationEvent", marks=pytest.mark.conforms("E-3")),
    ],
)
def test_children_are_named_unless_all_of_them_go(kind: str) -> None:
    sentence = "no child is named: expected childEPCs or childQuantityList; only DELETE means all"
    parent = {"parentID": "urn:x:box"}
    for action in ("ADD", "OBSERVE"):
        for nothing in (None, []):
            body = event(
                kind, action=action, childEPCs=nothing, childQuantityList=nothing, **parent
            )
            assert refused(body) == [("", sentence)]
        some = event(kind, action=action, childEPCs=None, childQuantityList=[QUANTITY], **parent)
        assert refused(some) == []
    assert refused(event(kind, action="DELETE", childEPCs=None, **parent)) == []


@pytest.mark.conforms("E-2")
@pytest.mark.parametrize("action", ["ADD", "DELETE"])
def test_an_aggregation_has_a_parent_though_the_schema_does_not_ask(action: str) -> None:
    body = event("AggregationEvent", action=action)
    assert fast_check.follows_schema({**body, "@context": CONTEXT})
    assert refused(body) == [("", f"parentID is missing; action {action} needs it")]
    assert refused(event("AggregationEvent", action=action, parentID="urn:x:box")) == []


@pytest.mark.conforms("E-3")
@pytest.mark.parametrize("action", ["ADD", "OBSERVE", "DELETE"])
def test_an_association_always_has_a_parent_even_a_place(action: str) -> None:
    orphan = event("AssociationEvent", action=action, parentID=None)
    assert refused(orphan) == [("", "parentID is missing")]
    place = "https://id.gs1.org/414/9521141111116"
    assert refused(event("AssociationEvent", action=action, parentID=place)) == []


@pytest.mark.conforms("E-4")
def test_a_transaction_is_about_a_paper_and_about_things() -> None:
    kind = "TransactionEvent"
    assert refused(event(kind, bizTransactionList=None)) == [("", "bizTransactionList is missing")]
    assert refused(event(kind, bizTransactionList=[])) == [
        ("/bizTransactionList", "found an empty list, expected at least 1")
    ]
    sentence = "nothing is named: expected epcList (it may be empty) or quantityList"
    for action in ("ADD", "OBSERVE"):
        assert refused(event(kind, action=action, epcList=None, quantityList=[])) == [
            ("", sentence)
        ]
        assert refused(event(kind, action=action, epcList=None, quantityList=[QUANTITY])) == []
    assert refused(event(kind, action="DELETE", epcList=None)) == []


@pytest.mark.conforms("E-5")
@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({}, None),
        ({"inputEPCList": None, "inputQuantityList": [QUANTITY]}, None),
        ({"outputEPCList": None, "outputQuantityList": [QUANTITY]}, None),
        ({"outputEPCList": None, "transformationID": "urn:x:run"}, None),
        ({"inputEPCList": None, "transformationID": "urn:x:run"}, None),
        ({"outputEPCList": []}, "expected at least one input and one output"),
        ({"inputEPCList": None}, "expected at least one input and one output"),
        (
            {"inputEPCList": None, "outputEPCList": None, "transformationID": "urn:x:run"},
            "neither input nor output is named",
        ),
    ],
)
def test_a_transformation_has_two_sides_or_an_id_that_ties_them(
    fields: dict[str, Any], sentence: str | None
) -> None:
    found = refused(event("TransformationEvent", **fields))
    assert [pointer for pointer, _ in found] == ([] if sentence is None else [""])
    assert all(reason.startswith(str(sentence)) for _, reason in found)


@pytest.mark.conforms("E-5")
def test_a_transformation_has_no_action_but_may_have_ilmd() -> None:
    assert refused(event("TransformationEvent", ilmd={"example:mill": 1})) == []
    [(pointer, reason)] = refused(event("TransformationEvent", action="ADD"))
    assert (pointer, reason[:29]) == ("/action", "action is no field of EPCIS h")


@pytest.mark.conforms("E-6")
def test_a_type_of_ones_own_is_a_uri_with_times_and_whatever_it_likes() -> None:
    assert refused(custom_event(anything=[1], **{"example:score": 3})) == []
    assert refused(custom_event(type="https://example.org/ns/Audit")) == []
    expected = (
        "expected one of AggregationEvent, AssociationEvent, ObjectEvent, TransactionEvent, "
        "TransformationEvent, or a URI"
    )
    assert refused(custom_event(type="Audit")) == [("/type", f"found 'Audit', {expected}")]
    assert refused(custom_event(eventTime=None)) == [("", "eventTime is missing")]
    assert refused(custom_event(eventTimeZoneOffset="8")) == [
        (
            "/eventTimeZoneOffset",
            "found '8', expected an offset from -14:00 to +14:00, as in +08:00",
        )
    ]


@pytest.mark.parametrize("kind", KINDS)
def test_certificates_are_one_uri_or_several(kind: str) -> None:
    assert refused(event(kind, certificationInfo="https://example.org/gi/1")) == []
    assert refused(event(kind, certificationInfo=["urn:x:1", "urn:x:2"])) == []
    assert refused(event(kind, certificationInfo=["urn:x:1", "VietGAP 7"])) == [
        ("/certificationInfo/1", "found 'VietGAP 7', expected an absolute URI or prefix:name")
    ]


@pytest.mark.parametrize("kind", KINDS)
def test_a_persistent_disposition_sets_or_unsets(kind: str) -> None:
    body = event(kind, persistentDisposition={"set": ["conformant"], "unset": ["urn:x:raw"]})
    from_xml = [each for each in event_problems(body, is_from_xml=True) if not each.is_advice]
    assert from_xml == []
    assert fast_check.events_valid([body], is_from_xml=True)
    if kind not in PERSISTENT:
        [(pointer, reason)] = refused(body)
        assert pointer == "/persistentDisposition"
        assert "expected it in JSON only in ObjectEvent and TransformationEvent" in reason
        return
    assert refused(body) == []
    at = "/persistentDisposition"
    for wrong, found in (
        ({}, (at, "found neither set nor unset, expected one")),
        ({"set": []}, (f"{at}/set", "found an empty list, expected at least 1")),
        ({"set": ["recalled"] * 2}, (f"{at}/set/1", "found 'recalled' for the second time")),
        ({"set": "recalled"}, (f"{at}/set", "found 'recalled', expected a list")),
    ):
        assert refused(event(kind, persistentDisposition=wrong)) == [found]


def test_a_fault_in_one_event_does_not_hide_that_of_another() -> None:
    document = whole_document(
        event("ObjectEvent", action="MAKE"), event("AssociationEvent", parentID=7), custom_event()
    )
    assert [each.pointer for each in fast_check.problems(document)] == [
        "/epcisBody/eventList/0/action",
        "/epcisBody/eventList/1/parentID",
    ]
