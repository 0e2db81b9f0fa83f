"""There and back: JSON to XML and XML to JSON lose nothing."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from lxml import etree

from originmark.standards.epcis.documents import STANDARD_CONTEXT, DocumentInvalid
from originmark.standards.epcis.event_hash import digest
from originmark.standards.epcis.fingerprint import canonical_json, namespaces
from originmark.standards.epcis.validation import document_problems
from originmark.standards.epcis.xml_names import STANDARD_PREFIXES
from originmark.standards.epcis.xml_reader import document_from_xml
from originmark.standards.epcis.xml_writer import document_to_xml

pytestmark = pytest.mark.conforms("X-round-trip")
CONTEXT = [STANDARD_CONTEXT, {"ex": "http://ns.example.com/", "od": "https://b.example/voc#"}]
FORMATS = ["Always_URN", "Always_Web_URI", "No_Preference", "Never_Translates"]

# What XML spells as a word of GS1 comes back as the bare word, as JSON should have had it.
OTHER_SPELLING = {
    "SensorData_with_combined_events.json": "gs1:ERROR_CONDITION, cbv:Comp-latitude",
    "aggregation_event_all_possible_fields.jsonld": "cbv:Comp-latitude",
    "epcisDocWithSensorComponent.json": "gs1:Angle",
}


def events_of(document: Mapping[str, Any]) -> list[dict[str, Any]]:
    body = document["epcisBody"]
    if "queryResults" in body:
        return body["queryResults"]["resultsBody"]["eventList"]
    return body["eventList"] if "eventList" in body else [body["event"]]


def said(document: Mapping[str, Any]) -> list[bytes]:
    context = [dict(STANDARD_PREFIXES), document["@context"]]
    return [canonical_json(event, context) for event in events_of(document)]


def hashes(document: Mapping[str, Any]) -> list[str]:
    return [
        digest(event, namespaces([document["@context"], event.get("@context")]))
        for event in events_of(document)
    ]


def json_documents(vectors: Path) -> list[tuple[str, dict[str, Any]]]:
    paths = [*vectors.glob("json/**/*.jsonld"), *vectors.glob("partner/json/*.json")]
    paths += vectors.glob("hash/*.jsonld")
    read = [(path.name, json.loads(path.read_text())) for path in sorted(paths)]
    return [(name, each) for name, each in read if "epcisBody" in each]


def xml_documents(vectors: Path) -> list[tuple[str, dict[str, Any]]]:
    found = []
    for path in sorted([*vectors.rglob("xml/**/*.xml"), *vectors.glob("hash/*.xml")]):
        try:
            found.append((path.name, document_from_xml(path.read_bytes())))
        except DocumentInvalid:
            assert "CaptureJob" in path.name
    return found


def schema(vectors: Path) -> etree.XMLSchema:
    """The published XSD, read from its folder alone."""
    parser = etree.XMLParser(no_network=True)
    path = vectors / "schema" / "xsd" / "EPCglobal-epcis-query-2_0.xsd"
    return etree.XMLSchema(etree.parse(str(path), parser))


@pytest.mark.conforms("X-write")
@pytest.mark.parametrize("cbv_format", FORMATS)
def test_published_json_survives_xml(vectors: Path, cbv_format: Any) -> None:
    other, seen = set(), 0
    for name, document in json_documents(vectors):
        again = document_from_xml(document_to_xml(document, cbv_format=cbv_format))
        seen += 1
        assert hashes(again) == hashes(document), name
        if said(again) != said(document):
            other.add(name)

    assert seen == 75
    assert other == set(OTHER_SPELLING)


def test_published_xml_survives_json(vectors: Path) -> None:
    documents = xml_documents(vectors)
    for name, document in documents:
        written = document_to_xml(document)
        assert document_from_xml(written) == document, name
        assert document_to_xml(document_from_xml(written)) == written, name
    assert len(documents) == 56


@pytest.mark.conforms("X-write")
@pytest.mark.parametrize("cbv_format", FORMATS)
def test_what_is_written_is_valid_by_the_published_xsd(vectors: Path, cbv_format: Any) -> None:
    published = schema(vectors)
    for name, document in [*json_documents(vectors), *xml_documents(vectors)]:
        root = etree.fromstring(document_to_xml(document, cbv_format=cbv_format))
        assert published.validate(root), (name, published.error_log.last_error)


# What JSON can hold: any text, number and nesting, under any key.
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
scalars = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**63), 2**63 - 1),
    st.floats(allow_nan=False, allow_infinity=False),
    texts,
    st.sampled_from(["", " Yen ", "007", "true", "\x00", "\r\n", "]]>", "￾", "<a/>&amp;"]),
)
plain_names = st.sampled_from(
    [
        "farm",
        "ex:farm",
        "od:ha",
        "other:farm",
        "cbvmda:lotNumber",
        "rdfs:comment",
        "#text",
        "https://voc.example/land#ha",
        "urn:x:y:z",
        "@unit",
        "@xml:lang",
        "@xsi:type",
        "@id",
        "@",
        "extension",
        "epcList",
        "ex:1 %",
        "ex:",
        "http:x",
        "a b:c",
        "ex:a_x0020_b",
        "_x_",
    ]
)
keys = st.one_of(plain_names, texts, texts.map("ex:{}".format), texts.map("@{}".format))
values = st.recursive(
    scalars,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(keys, inner, max_size=3)),
    max_leaves=6,
)
own_names = st.sampled_from(
    [
        "ex:farm",
        "od:ha",
        "other:farm",
        "https://voc.example/land#ha",
        "urn:x:y",
        "cbvmda:lot",
        "ex:a/b",
        "rdfs:comment",
        "https://chè.example/亩",
    ]
)
own = st.dictionaries(own_names, values, max_size=2)
moments = st.sampled_from(["2026-09-22T07:15:00Z", "2026-09-22T07:15:00.123456+08:00"])
uris = st.sampled_from(["urn:epc:id:sscc:4012345.0000000333", "https://a.example/1?b=c&d", "ex:a"])
numbers = st.one_of(
    st.integers(-(2**63), 2**63 - 1), st.floats(allow_nan=False, allow_infinity=False)
)
quantities = st.lists(
    st.fixed_dictionaries(
        {"epcClass": uris}, optional={"quantity": numbers, "uom": st.just("KGM")}
    ),
    max_size=2,
)
reports = st.builds(
    dict.__or__,
    st.fixed_dictionaries(
        {"type": st.sampled_from(["Temperature", "ex:glow", "gs1:EffectiveDoseRate"])},
        optional={
            "value": numbers,
            "stringValue": texts,
            "booleanValue": st.booleans(),
            "component": st.sampled_from(["latitude", "ex:x"]),
            "exception": st.just("ALARM_CONDITION"),
            "uom": st.just("CEL"),
        },
    ),
    own,
)
sensors = st.lists(
    st.builds(
        dict.__or__,
        st.fixed_dictionaries(
            {"sensorReport": st.lists(reports, min_size=1, max_size=2)},
            optional={"sensorMetadata": st.builds(dict.__or__, own, st.just({}))},
        ),
        own,
    ),
    min_size=1,
    max_size=2,
)
places = st.builds(dict.__or__, st.fixed_dictionaries({"id": uris}), own)
errors = st.builds(
    dict.__or__,
    st.fixed_dictionaries(
        {"declarationTime": moments},
        optional={
            "reason": st.sampled_from(["incorrect_data", "ex:why"]),
            "correctiveEventIDs": st.lists(uris, max_size=2),
        },
    ),
    own,
)
standard = {
    "eventID": uris,
    "recordTime": moments,
    "certificationInfo": st.one_of(uris, st.lists(uris, min_size=1, max_size=1)),
    "bizStep": st.sampled_from(["shipping", "https://a.example/roasting"]),
    "disposition": st.sampled_from(["in_transit", "ex:fermenting"]),
    "persistentDisposition": st.fixed_dictionaries({"set": st.just(["recalled"])}),
    "readPoint": places,
    "bizLocation": places,
    "bizTransactionList": st.just(
        [{"bizTransaction": "urn:x:1", "type": "po"}, {"bizTransaction": "urn:x:2"}]
    ),
    "sourceList": st.just([{"type": "owning_party", "source": "urn:x:1"}]),
    "destinationList": st.just([{"type": "ex:to", "destination": "urn:x:1"}]),
    "sensorElementList": sensors,
    "quantityList": quantities,
    "errorDeclaration": errors,
    "ilmd": own,
}
times = {"eventTime": moments, "eventTimeZoneOffset": st.just("+08:00")}
object_events = st.builds(
    dict.__or__,
    st.fixed_dictionaries(
        {"type": st.just("ObjectEvent"), "action": st.just("ADD"), "epcList": st.just([])} | times,
        optional=standard,
    ),
    own,
)
in_any_event = sorted(standard.keys() - {"certificationInfo", "errorDeclaration"} - times.keys())
free_names = st.one_of(
    keys.filter(lambda key: "@" not in key),
    st.sampled_from([name for name in in_any_event if name not in ("eventID", "recordTime")]),
)
free_events = st.builds(
    dict.__or__,
    st.dictionaries(free_names, values, max_size=2),
    st.fixed_dictionaries(
        {"type": st.sampled_from(["ex:Harvest", "https://a.example/Harvest", "other:Harvest"])}
        | times
    ),
)


def a_document(events: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "@context": CONTEXT,
        "type": "EPCISDocument",
        "schemaVersion": "2.0",
        "creationDate": "2026-09-22T07:15:00Z",
        "epcisBody": {"eventList": events},
    }


def strictly(value: Any) -> Any:
    """Return a value in which true is not 1, though 1.0 is."""
    if isinstance(value, dict):
        return {key: strictly(each) for key, each in value.items()}
    if isinstance(value, list):
        return [strictly(each) for each in value]
    return ("boolean", value) if isinstance(value, bool) else value


@given(event=st.one_of(object_events, free_events))
@settings(max_examples=150)
def test_any_event_survives_xml(event: dict[str, Any]) -> None:
    document = a_document([event])
    [again] = events_of(document_from_xml(document_to_xml(document)))
    assert strictly(again) == strictly(event)


@given(first=own, second=own)
@settings(max_examples=50)
def test_a_context_of_an_events_own_survives_xml(
    first: dict[str, Any], second: dict[str, Any]
) -> None:
    body = {"type": "ObjectEvent", "action": "ADD", "epcList": [], "eventTimeZoneOffset": "+08:00"}
    body["eventTime"] = "2026-09-22T07:15:00Z"
    document = a_document(
        [body | first, body | second | {"@context": {"ex": "http://elsewhere.example/"}}]
    )
    assert said(document_from_xml(document_to_xml(document))) == said(document)


@given(events=st.lists(object_events, max_size=2))
@settings(max_examples=50)
def test_whatever_is_written_is_valid_by_the_published_xsd(
    vectors: Path, events: list[dict[str, Any]]
) -> None:
    assume("@xsi:type" not in repr(events))  # its schema is somebody else's
    published = schema(vectors)
    root = etree.fromstring(document_to_xml(a_document(events)))
    assert published.validate(root), published.error_log.last_error


def test_the_documents_of_these_tests_are_valid() -> None:
    event = {"type": "ObjectEvent", "action": "ADD", "epcList": [], "eventTimeZoneOffset": "+08:00"}
    event |= {"eventTime": "2026-09-22T07:15:00Z", "https://voc.example/land#ha": [[1]]}
    assert list(document_problems(a_document([event]))) == []
