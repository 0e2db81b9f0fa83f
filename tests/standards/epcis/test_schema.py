"""Our JSON Schema against the one that GS1 publishes, and against our own sentences."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from builders.epcis import (
    OWN,
    custom_event,
    own_documents,
    whole_document,
    whole_event,
    whole_query_document,
)  # fmt: skip
from builders.mutations import CHANGES, mutations

from originmark.standards.epcis import fast_check
from originmark.standards.epcis.beyond import BEYOND_SCHEMA, modern
from originmark.standards.epcis.problems import Problem
from originmark.standards.epcis.validation import document_problems

MUTATIONS = 12_000
PARTNERS_REJECTED = {
    "AggregationEvent_with_persistentDisposition.json",
    "SensorData_with_combined_events.json",
    "TransactionEvent_with_userExtensions.json",
}
WRONG: dict[str, dict[str, Any]] = {
    "a field without a prefix": whole_event("ObjectEvent", colour="red"),
    "a field of another type": whole_event("ObjectEvent", inputEPCList=["urn:a:1"]),
    "ilmd with OBSERVE": whole_event("ObjectEvent", action="OBSERVE"),
    "an action of nobody": whole_event("ObjectEvent", action="CREATE"),
    "an EPC twice": whole_event("ObjectEvent", epcList=["urn:a:1", "urn:a:1"]),
    "a word of one's own": whole_event("ObjectEvent", bizStep="roasting"),
    "the URN of a standard word": whole_event(
        "ObjectEvent", disposition="urn:epcglobal:cbv:disp:x"
    ),
    "a Web URI of the drafts": whole_event(
        "ObjectEvent", bizStep="https://ns.gs1.org/cbv/BizStep-x"
    ),
    "a time without offset": whole_event("ObjectEvent", eventTime="2026-09-22T07:15:00"),
    "an offset past 14": whole_event("ObjectEvent", eventTimeZoneOffset="+14:30"),
    "no children": whole_event("AggregationEvent", childEPCs=[], childQuantityList=None),
    "persistent disposition in JSON": whole_event(
        "AggregationEvent", persistentDisposition={"set": ["recalled"]}
    ),
    "no parent to be associated with": whole_event("AssociationEvent", parentID=None),
    "no business transaction": whole_event("TransactionEvent", bizTransactionList=[]),
    "no input": whole_event(
        "TransformationEvent", inputEPCList=None, inputQuantityList=[], transformationID=None
    ),
    "a transformation with action": whole_event("TransformationEvent", action="ADD"),
    "neither set nor unset": whole_event("ObjectEvent", persistentDisposition={}),
    "quantity as text": whole_event(
        "ObjectEvent", quantityList=[{"epcClass": "a:b", "quantity": "1"}]
    ),
    "unit in small letters": whole_event(
        "ObjectEvent", quantityList=[{"epcClass": "a:b", "uom": "kg"}]
    ),
    "no report": whole_event("ObjectEvent", sensorElementList=[{"sensorReport": []}]),
    "a measurement of the GS1 vocabulary by its URI": whole_event(
        "ObjectEvent", sensorElementList=[{"sensorReport": [{"type": "https://gs1.org/voc/Mass"}]}]
    ),
    "an error without time": whole_event(
        "ObjectEvent", errorDeclaration={"reason": "incorrect_data"}
    ),
    "a custom type without time": custom_event(eventTime=None),
    "a custom type without prefix": custom_event(type="Audit"),
}


def grave(document: object, *, is_from_xml: bool = False) -> list[Problem]:
    found = document_problems(document, is_from_xml=is_from_xml)
    return [each for each in found if not each.is_advice]


def events_of(document: Any) -> list[Any]:
    if "epcisBody" not in document:
        return [document]
    body = document["epcisBody"]
    return (
        body["eventList"]
        if "eventList" in body
        else body["queryResults"]["resultsBody"]["eventList"]
    )


@pytest.fixture(scope="session")
def published(vectors: Path) -> jsonschema_rs.Draft7Validator:
    """GS1's schema; formats are checked."""
    schema = json.loads((vectors / "schema" / "EPCIS-JSON-Schema.json").read_text())
    return jsonschema_rs.Draft7Validator(schema, validate_formats=True)


@pytest.fixture(scope="session")
def documents(vectors: Path, published: jsonschema_rs.Draft7Validator) -> list[Any]:
    """Every valid document of the vectors, and those of our own."""
    folders = [vectors / "json", vectors / "partner" / "json", vectors / "hash"]
    files = [path for each in folders for path in sorted(each.rglob("*.json*"))]
    valid = [json.loads(path.read_text()) for path in files]
    return [each for each in valid if published.is_valid(each)] + own_documents()


@pytest.mark.parametrize("document", own_documents(), ids=lambda each: each["type"])
def test_a_document_with_every_field_is_valid(document: dict[str, Any]) -> None:
    assert fast_check.follows_schema(document)
    assert fast_check.is_valid(document)
    assert grave(document) == []
    assert fast_check.events_valid(events_of(document))


@pytest.mark.parametrize("name", WRONG)
def test_each_fault_is_seen_by_the_schema_and_named_by_the_validator(name: str) -> None:
    good, bad = whole_event("ObjectEvent"), WRONG[name]
    document = whole_document(good, bad)

    assert not fast_check.follows_schema(document)
    assert not fast_check.is_valid(document)
    assert not fast_check.events_valid([good, bad])
    pointers = [each.pointer for each in fast_check.problems(document) if not each.is_advice]
    assert pointers
    assert all(each.startswith("/epcisBody/eventList/1") for each in pointers)
    assert all(
        each.pointer.startswith("/epcisBody/eventList/1") and "expected" in each.reason
        for each in fast_check.explain(document)
        if "is missing" not in each.reason and "no field" not in each.reason
    )


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"@context": None}, ""),
        ({"@context": ["https://a.org/c", "https://a.org/c"]}, "/@context/1"),
        ({"schemaVersion": "2."}, "/schemaVersion"),
        ({"sender": 7}, "/sender"),
        ({"epcisHeader": {"route": "A"}}, "/epcisHeader/route"),
        ({"epcisHeader": {"epcisMasterData": []}}, "/epcisHeader/epcisMasterData"),
        (
            {"epcisHeader": {"epcisMasterData": {"vocabularyList": [{"type": "Place"}]}}},
            "/epcisHeader/epcisMasterData/vocabularyList/0/type",
        ),
        ({"epcisBody": None}, ""),
        ({"colour": "red"}, "/colour"),
    ],
)
def test_each_fault_of_a_document_is_named(change: dict[str, Any], pointer: str) -> None:
    document = whole_document(whole_event("ObjectEvent"), **change)
    assert not fast_check.follows_schema(document)
    assert [each.pointer for each in fast_check.problems(document)] == [pointer]


@pytest.mark.conforms("C-1")
def test_one_event_in_the_place_of_the_list_is_taken_though_the_schema_does_not_know_it() -> None:
    document = whole_document(epcisBody={"event": whole_event("ObjectEvent")})
    assert not fast_check.follows_schema(document)
    assert fast_check.is_valid(document)
    document["epcisBody"]["event"]["action"] = "MAKE"
    [problem] = fast_check.problems(document)
    assert problem.pointer == "/epcisBody/event/action"


@pytest.mark.conforms("D-e")
def test_an_answer_of_master_data_alone_needs_no_list_of_events() -> None:
    document = whole_query_document()
    del document["epcisBody"]["queryResults"]["resultsBody"]["eventList"]
    assert not fast_check.follows_schema(document)
    assert fast_check.is_valid(document)
    assert grave(document) == []


@pytest.mark.parametrize("kind", OWN)
def test_in_xml_every_type_may_have_a_persistent_disposition(kind: str) -> None:
    document = whole_document(whole_event(kind, persistentDisposition={"set": ["recalled"]}))
    in_json = kind in ("ObjectEvent", "TransformationEvent")
    assert fast_check.is_valid(document) == fast_check.follows_schema(document) == in_json
    assert fast_check.is_valid(document, is_from_xml=True)
    assert grave(document, is_from_xml=True) == []


def test_in_xml_a_sensor_report_may_be_an_exception_alone() -> None:
    """The XSD lets ``type`` out, and so do GS1's own XML examples; JSON asks for it."""
    alone = [{"sensorReport": [{"exception": "ERROR_CONDITION"}]}]
    document = whole_document(whole_event("ObjectEvent", sensorElementList=alone))
    assert not fast_check.is_valid(document)
    assert not fast_check.follows_schema(document)
    assert [each.reason for each in grave(document)] == ["type is missing"]
    assert fast_check.is_valid(document, is_from_xml=True)
    assert grave(document, is_from_xml=True) == []


def test_what_we_ask_beyond_the_schema_bears_the_name_of_its_rule() -> None:
    orphan = whole_document(whole_event("AggregationEvent", parentID=None))
    small = whole_document(whole_event("ObjectEvent", eventTime="2026-09-22t07:15:00z"))
    for document, rule in ((orphan, "parent-of-aggregation"), (small, "time-of-xsd")):
        assert fast_check.follows_schema(document)
        assert not fast_check.is_valid(document)
        assert [each.rule for each in grave(document)] == [rule]
        assert BEYOND_SCHEMA[rule]


def test_our_verdict_and_our_sentences_agree_on_mutated_documents_of_our_own() -> None:
    counts: Counter[bool] = Counter()
    for mutated in mutations(own_documents(), count=3_000, seed=1):
        for is_from_xml in (False, True):
            valid = fast_check.is_valid(mutated.document, is_from_xml=is_from_xml)
            found = grave(mutated.document, is_from_xml=is_from_xml)
            assert valid == (not found), (mutated, found)
            assert valid or fast_check.explain(mutated.document, is_from_xml=is_from_xml)
            counts[valid] += 1
    assert min(counts.values()) > 1_000, counts


def test_the_verdict_on_every_vector_is_that_of_the_published_schema(
    vectors: Path, published: jsonschema_rs.Draft7Validator
) -> None:
    """The three documents of partners that the schema of 2023 rejects are rejected here too."""
    folders = ["json", "invalid", "partner/json", "hash"]
    files = [path for each in folders for path in sorted((vectors / each).rglob("*.json*"))]
    assert len(files) == 88

    rejected = set()
    for path in files:
        document = json.loads(path.read_text())
        verdict = published.is_valid(document)
        assert fast_check.follows_schema(document) == verdict, path.name
        assert fast_check.is_valid(document) == verdict, path.name
        assert (not grave(document)) == verdict, path.name
        if not verdict:
            rejected.add(path.name)

    invalid = {path.name for path in (vectors / "invalid").iterdir()}
    assert rejected == invalid | PARTNERS_REJECTED


def test_the_verdict_on_mutated_documents_is_that_of_the_published_schema(
    documents: list[Any], published: jsonschema_rs.Draft7Validator
) -> None:
    counts: Counter[bool] = Counter()
    tried: set[str] = set()
    for mutated in mutations(documents, count=MUTATIONS, seed=2026):
        verdict = published.is_valid(mutated.document)
        assert fast_check.follows_schema(mutated.document) == verdict, mutated
        counts[verdict] += 1
        tried.update(mutated.changes)
    print(f"{MUTATIONS} mutations: {counts[True]} valid, {counts[False]} not")  # noqa: T201
    assert tried == {name for name, _ in CHANGES}
    assert min(counts.values()) > MUTATIONS // 4, counts


def test_what_the_schema_refuses_has_a_pointer_and_what_we_add_has_a_rule(
    documents: list[Any],
) -> None:
    lenient, beyond = 0, Counter[str]()
    for mutated in mutations(documents, count=6_000, seed=3):
        follows = fast_check.follows_schema(mutated.document)
        found = grave(mutated.document)
        assert fast_check.is_valid(mutated.document) == (not found), (mutated, found)
        if follows:
            assert all(each.rule in BEYOND_SCHEMA for each in found), (mutated, found)
            beyond.update(each.rule for each in found)
        elif not found:
            assert modern(mutated.document) != mutated.document, mutated
            lenient += 1
    assert set(beyond) == {"parent-of-aggregation", "time-of-xsd"}
    assert lenient < 20
