"""Values, JSON and back, and one fingerprint for what says the same. 200 examples each."""

from decimal import Decimal
from typing import Any

import pytest
from builders.ledger import a_transformation, an_aggregation, an_object_event
from hypothesis import given, settings
from hypothesis import strategies as st

from originmark.standards.epcis import events as types
from originmark.standards.epcis import identity
from originmark.standards.epcis.decode import decode_event
from originmark.standards.epcis.encode import encode_event
from originmark.standards.epcis.fingerprint import namespaces
from originmark.standards.epcis.times import parse_moment, write_moment, zone
from originmark.standards.epcis.validation import event_problems
from originmark.standards.epcis.values import Quantity
from originmark.standards.epcis.vocabulary import BIZ_STEP, DISPOSITION

RICH = {
    "certificationInfo": ["https://example.org/gi/1"],
    "persistentDisposition": {"set": ["completeness_verified"]},
    "bizTransactionList": [{"type": "po", "bizTransaction": "urn:po:1"}],
    "sourceList": [{"type": "owning_party", "source": "urn:party:1"}],
    "destinationList": [{"type": "location", "destination": "urn:place:2"}],
    "sensorElementList": [
        {
            "sensorMetadata": {"deviceID": "urn:device:1"},
            "sensorReport": [{"type": "Temperature", "value": 4.5, "uom": "CEL"}],
        }
    ],
    "errorDeclaration": {
        "declarationTime": "2026-09-30T08:00:00Z",
        "reason": "incorrect_data",
        "correctiveEventIDs": ["urn:uuid:2"],
    },
    "ex:own": {"ex:deep": [1, 2]},
}
EVENTS = [
    an_object_event(**RICH, ilmd={"ex:season": "2026"}, epcList=[]),
    a_transformation(**RICH, transformationID="urn:process:1"),
    an_aggregation(**RICH, childQuantityList=[{"epcClass": "urn:lot:1", "quantity": 1.5}]),
    an_aggregation(**RICH, type="AssociationEvent"),
    an_object_event(**RICH, type="TransactionEvent", epcList=["urn:a:1"], parentID="urn:p:1"),
    an_object_event(type="ex:Audit", action=None, **{"ex:score": 3}),
]


def fingerprint(body: dict[str, Any], context: Any = None) -> str:
    return identity.fingerprint(body, namespaces(context))


@pytest.mark.parametrize("body", EVENTS, ids=lambda body: body["type"])
def test_a_value_is_the_same_after_json_and_back(body: dict[str, Any]) -> None:
    # XML allows a persistent disposition in all of them, JSON does not.
    assert list(event_problems(body, is_from_xml=True)) == []
    event = decode_event(body)
    again = encode_event(event)
    assert decode_event(again) == event
    assert fingerprint(again) == fingerprint(body)


def test_an_object_event_is_typed() -> None:
    event = decode_event(an_object_event())
    assert isinstance(event, types.ObjectEvent)
    assert (event.type, event.action, event.epcs) == ("ObjectEvent", "ADD", None)
    [quantity] = event.quantities
    assert quantity == Quantity(quantity.epc_class, Decimal(500), "KGM")
    assert event.event_time.isoformat() == "2026-09-21T23:15:00+00:00"
    assert event.event_time_zone_offset == "+08:00"


def test_an_extension_event_keeps_everything() -> None:
    event = decode_event(EVENTS[-1])
    assert isinstance(event, types.ExtensionEvent)
    assert event.type == "ex:Audit"
    assert event.extensions["ex:score"] == 3


def shuffled(body: dict[str, Any], order: list[str]) -> dict[str, Any]:
    return {name: body[name] for name in order}


@settings(max_examples=200)
@given(st.data())
def test_the_fingerprint_does_not_depend_on_how_it_is_written(data: st.DataObject) -> None:
    body = data.draw(st.sampled_from(EVENTS))
    written = shuffled(body, data.draw(st.permutations(list(body))))
    if "childEPCs" in written:
        written["childEPCs"] = data.draw(st.permutations(written["childEPCs"]))
    if data.draw(st.booleans()) and "bizStep" in written:
        written["bizStep"] = data.draw(
            st.sampled_from([BIZ_STEP.urn, BIZ_STEP.web_uri, BIZ_STEP.normalise])
        )(written["bizStep"])
    offset = data.draw(st.sampled_from(["+00:00", "-03:30", "+14:00"]))
    written["eventTime"] = write_moment(parse_moment(body["eventTime"]), offset)
    written |= data.draw(st.sampled_from([{}, {"eventID": "urn:uuid:1"}]))
    assert fingerprint(written) == fingerprint(body)


@settings(max_examples=200)
@given(st.sampled_from(EVENTS), st.data())
def test_the_fingerprint_depends_on_every_field(body: dict[str, Any], data: st.DataObject) -> None:
    name = data.draw(
        st.sampled_from([each for each in body if each != "type" and body[each] != []])
    )
    less = {key: value for key, value in body.items() if key != name}
    assert fingerprint(less) != fingerprint(body)


def test_a_prefix_means_its_namespace() -> None:
    one, two = [{"a": "https://x.example/"}], [{"b": "https://x.example/"}]
    first = fingerprint(an_object_event(**{"a:grade": 1}), one)
    assert first == fingerprint(an_object_event(**{"b:grade": 1.0}), two)
    assert first != fingerprint(an_object_event(**{"a:grade": 1}), [{"a": "https://y.example/"}])


@settings(max_examples=200)
@given(
    st.datetimes(timezones=st.just(zone("+00:00"))),
    st.sampled_from(["+00:00", "+08:00", "-03:30", "+05:45"]),
)
def test_a_moment_is_the_same_after_writing(moment: Any, offset: str) -> None:
    try:
        written = write_moment(moment, offset)
    except OverflowError:  # the first and the last hours of the calendar
        return
    assert parse_moment(written) == moment


@pytest.mark.parametrize("vocab", [BIZ_STEP, DISPOSITION])
def test_three_spellings_are_one(vocab: Any) -> None:
    for word in vocab.words:
        spellings = {word, vocab.urn(word), vocab.web_uri(word)}
        assert len(spellings) == 3
        assert {vocab.normalise(each) for each in spellings} == {word}


def test_the_vocabularies_are_complete() -> None:
    assert (len(BIZ_STEP.words), len(DISPOSITION.words)) == (41, 33)
