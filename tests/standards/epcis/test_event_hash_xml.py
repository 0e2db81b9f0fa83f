"""What is written in XML hashes as the JSON that says the same."""

from pathlib import Path

import orjson
import pytest

from originmark.standards.epcis import event_hashes
from originmark.standards.epcis.event_hash import event_prehashes

# These pairs share a name and hold other events, the last one an identifier twice in JSON.
OTHER_EVENTS = {
    "AggregationEvent",
    "AssociationEvent",
    "ObjectEvent",
    "TransformationEvent",
    "epcisDocWithAllGS1Keys",
}
XML = """<epcis:EPCISDocument xmlns:epcis="urn:epcglobal:epcis:xsd:2"
  schemaVersion="2.0" creationDate="2026-09-30T08:00:00Z"><EPCISBody><EventList><ObjectEvent>
  <eventTime> 2026-09-22T07:15:00.9996+08:00 </eventTime>
  <eventTimeZoneOffset>+08:00</eventTimeZoneOffset>
  <epcList/>
  <action>ADD</action>
  <bizStep>urn:epcglobal:cbv:bizstep:commissioning</bizStep>
  <readPoint><id>urn:epc:id:sgln:4012345.00011.0</id>
    <in:gate xmlns:in="https://in.example/">7</in:gate></readPoint>
  <quantityList><quantityElement>
    <epcClass>urn:epc:class:lgtin:4054739.099914.007</epcClass>
    <quantity>150.00</quantity><uom>KGM</uom></quantityElement></quantityList>
  <ilmd><ex:lot xmlns:ex="https://ex.example/voc/">007</ex:lot></ilmd>
  <a:organic xmlns:a="https://ex.example/voc/">true</a:organic>
  <a:share xmlns:a="https://ex.example/voc/" unit="P1">12.50</a:share>
  <a:crate xmlns:a="https://ex.example/voc/"><a:of>2</a:of><a:of>1</a:of></a:crate>
  <a:empty xmlns:a="https://ex.example/voc/"/>
</ObjectEvent></EventList></EPCISBody></epcis:EPCISDocument>"""
JSON = {
    "@context": {"z": "https://ex.example/voc/", "in": "https://in.example/"},
    "z:empty": {},
    "z:crate": {"z:of": [1, 2]},
    "z:share": {"@unit": "P1", "#text": 12.5},
    "z:organic": True,
    "ilmd": {"z:lot": "007"},
    "quantityList": [
        {"uom": "KGM", "epcClass": "https://a.example/01/4054739999148/10/007", "quantity": 150}
    ],
    "readPoint": {"in:gate": 7, "id": "https://id.gs1.org/414/4012345000115"},
    "bizStep": "commissioning",
    "action": "ADD",
    "eventTimeZoneOffset": "+08:00",
    "eventTime": "2026-09-21T23:15:01Z",
    "type": "ObjectEvent",
}


@pytest.mark.conforms("A-xml", "A-vectors")
def test_the_published_xml_hashes_as_published(vectors: Path) -> None:
    files = sorted((vectors / "hash").glob("*.xml"))
    assert len(files) == 3
    for file in files:
        published = file.with_suffix(".hashes").read_text().split()
        assert event_hashes(file.read_bytes(), "application/xml") == published, file.name


@pytest.mark.conforms("A-xml")
def test_published_twins_hash_alike(vectors: Path) -> None:
    folder = vectors / "partner"
    pairs = [
        (file, twin)
        for file in sorted((folder / "xml").glob("*.xml"))
        if (twin := folder / "json" / f"{file.stem}.json").exists()
    ]
    assert len(pairs) == 24
    different = {
        file.stem
        for file, twin in pairs
        if event_hashes(file.read_bytes(), "text/xml")
        != event_hashes(twin.read_bytes(), "application/json")
    }
    assert different == OTHER_EVENTS


@pytest.mark.conforms("A-xml", "A-robust")
def test_numbers_booleans_attributes_and_prefixes_are_one_in_both() -> None:
    xml = event_prehashes(XML.encode(), "application/xml")
    assert xml == event_prehashes(orjson.dumps(JSON), "application/json")
    assert "{https://ex.example/voc/}organic=true" in xml[0]
    assert "{https://ex.example/voc/}share=12.5unit=P1" in xml[0]
    assert "{https://ex.example/voc/}lot=007" in xml[0]


@pytest.mark.conforms("A-xml")
def test_a_query_document_in_xml_hashes_as_the_document() -> None:
    body = XML.partition("<EPCISBody>")[2].partition("</EPCISBody>")[0]
    query = (
        '<q:EPCISQueryDocument xmlns:q="urn:epcglobal:epcis-query:xsd:2" schemaVersion="2.0" '
        'creationDate="2026-09-30T08:00:00Z"><EPCISBody><q:QueryResults>'
        f"<queryName>SimpleEventQuery</queryName><resultsBody>{body}</resultsBody>"
        "</q:QueryResults></EPCISBody></q:EPCISQueryDocument>"
    )
    assert event_hashes(query.encode(), "text/xml") == event_hashes(XML.encode(), "text/xml")
