"""Published documents that stand in XML and in JSON say the same once they are read."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from originmark.standards.epcis import event_hashes, fast_check
from originmark.standards.epcis.documents import DocumentInvalid
from originmark.standards.epcis.fingerprint import canonical_json
from originmark.standards.epcis.validation import document_problems
from originmark.standards.epcis.xml_reader import document_from_xml

# The two files of these pairs tell different stories: other events, other dates, other fields.
NO_TWINS = {
    "AggregationEvent.xml": "other fields in each",
    "AssociationEvent.xml": "two events in XML, one in JSON",
    "ObjectEvent.xml": "two events in XML, one in JSON",
    "ObjectEvent_with_comment.xml": "the comment stands in JSON alone",
    "TransformationEvent.xml": "another offset, other outputs",
    "epcisDocWithAllGS1Keys.xml": "one EPC more in JSON",
    "epcisDocWithSensorComponent.xml": "a URN in XML, a Digital Link in JSON",
}
# Words that the standard does not know: XML names their vocabulary, JSON leaves it out.
LOOSE_WORDS = {
    "SensorData_with_combined_events.xml": 4,
    "TransactionEvent_with_userExtensions.xml": 1,
}
NO_EVENTS = {f"Example-CaptureJob{end}.xml" for end in ("Running", "Success")} | {
    f"Example-CaptureJobWith{end}.xml" for end in ("ErrorFile", "Errors")
}


def events_of(document: Mapping[str, Any]) -> list[dict[str, Any]]:
    body = document.get("epcisBody")
    if body is None:
        return [dict(document)]
    return body["eventList"] if "eventList" in body else [body["event"]]


def pairs(vectors: Path) -> Iterator[tuple[Path, Path]]:
    for path in sorted(vectors.glob("partner/xml/*.xml")):
        name = path.stem.replace("_errorDeclaration", "_error_declaration")
        yield path, vectors / "partner" / "json" / f"{name}.json"
    for path in sorted(vectors.glob("hash/*.xml")):
        yield path, path.with_suffix(".jsonld")


def said(document: Mapping[str, Any]) -> list[bytes]:
    return [canonical_json(event, document.get("@context")) for event in events_of(document)]


def read(path: Path) -> dict[str, Any] | None:
    """Return the document; nothing where the root is none that holds events."""
    if b"<epcis:EPCISCaptureJob" in path.read_bytes():
        with pytest.raises(DocumentInvalid, match="expected an EPCISDocument"):
            document_from_xml(path.read_bytes())
        return None
    return document_from_xml(path.read_bytes())


@pytest.mark.conforms("X-twins")
def test_the_twins_say_the_same(vectors: Path) -> None:
    equal, loose, different = [], {}, set()
    for xml, twin in pairs(vectors):
        if not twin.exists():
            continue
        ours = said(document_from_xml(xml.read_bytes()))
        theirs = said(json.loads(twin.read_text()))
        unlike = [at for at, (a, b) in enumerate(zip(ours, theirs, strict=False)) if a != b]
        if ours == theirs:
            equal.append(xml.name)
        elif xml.name in LOOSE_WORDS:
            loose[xml.name] = len(unlike)
        else:
            different.add(xml.name)

    assert len(equal) == 19
    assert loose == LOOSE_WORDS
    assert different == set(NO_TWINS)


@pytest.mark.conforms("X-twins")
def test_the_twins_have_one_hash(vectors: Path) -> None:
    """Those with loose words too: the hash spells them out."""
    compared = 0
    for xml, twin in pairs(vectors):
        if twin.exists() and xml.name not in NO_TWINS:
            ours = event_hashes(xml.read_bytes(), "application/xml")
            assert ours == event_hashes(twin.read_bytes(), "application/ld+json"), xml.name
            compared += 1

    assert compared == 21


@pytest.mark.conforms("X-read-2.0")
def test_every_published_document_is_read_and_valid(vectors: Path) -> None:
    unread, seen = set(), 0
    folders = ("xml/**/*.xml", "partner/xml/*.xml", "hash/*.xml")
    for path in sorted(each for folder in folders for each in vectors.glob(folder)):
        seen += 1
        document = read(path)
        if document is None:
            unread.add(path.name)
            continue
        problems = document_problems(document, is_from_xml=True)
        assert [each for each in problems if not each.is_advice] == [], path.name
        assert fast_check.is_valid(document, is_from_xml=True), path.name

    assert seen == 60
    assert unread == NO_EVENTS


@pytest.mark.conforms("X-twins")
@pytest.mark.parametrize(
    ("name", "folder", "shared"),
    [
        ("AssociationEvent/AssociationEventExamples.xml", "AssociationEvent", 7),
        # The others differ in a namespace, a type or a value.
        ("WithSensorData/SensorDataExamples.xml", "WithSensorData", 4),
    ],
)
def test_one_xml_file_holds_the_events_of_many_json_files(
    vectors: Path, name: str, folder: str, shared: int
) -> None:
    ours = set(said(document_from_xml((vectors / "xml" / name).read_bytes())))
    files = sorted((vectors / "json" / folder).glob("*.jsonld"))
    theirs = {words for path in files for words in said(json.loads(path.read_text()))}

    assert len(ours & theirs) == shared


@pytest.mark.conforms("X-master-data")
def test_master_data_of_the_header_is_read(vectors: Path) -> None:
    path = vectors / "xml/WithFullCombinationOfFields/masterdata_all_possible_fields.xml"

    vocabularies = document_from_xml(path.read_bytes())["epcisHeader"]["epcisMasterData"][
        "vocabularyList"
    ]

    places, read_points = vocabularies
    assert places["type"] == "urn:epcglobal:epcis:vtype:BusinessLocation"
    assert read_points["type"] == "urn:epcglobal:epcis:vtype:ReadPoint"
    [place] = places["vocabularyElementList"]
    assert place["id"] == "urn:epc:id:sgln:0037000.00729.0"
    assert place["children"] == ["urn:epc:id:sgln:0037000.00729.8201"]
    assert place["attributes"][:3] == [
        {"id": "http://example.com/ext1#string", "attribute": "stringValue"},
        {"id": "http://example.com/ext1#array", "attribute": "string1InArray"},
        {"id": "http://example.com/ext1#array", "attribute": "string2InArray"},
    ]
    assert place["attributes"][3]["attribute"] == {
        "ext1:object2": {"inner1": "val1", "inner2": "val2"},
        "ext1:string": "string",
    }


@pytest.mark.conforms("X-master-data")
def test_a_master_data_document_becomes_a_document_with_a_header(vectors: Path) -> None:
    document = document_from_xml((vectors / "xml/Mimasu/Example-masterData.xml").read_bytes())

    [places, _] = document["epcisHeader"]["epcisMasterData"]["vocabularyList"]
    assert document["type"] == "EPCISDocument"
    assert document["epcisBody"] == {"eventList": []}
    assert places["vocabularyElementList"][0]["attributes"][2]["attribute"] == {
        "example:Address": {
            "Street": "100 Nowhere Street",
            "City": "Fancy",
            "State": "DC",
            "Zip": "99999",
        }
    }
