"""What a JSON document looks like as XML."""

from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from originmark.standards.epcis.xml_reader import document_from_xml
from originmark.standards.epcis.xml_writer import (
    collection_to_xml,
    document_to_xml,
    job_to_xml,
    problem_to_xml,
)

CONTEXT = [
    "https://ref.gs1.org/standards/epcis/epcis-context.jsonld",
    {"ex": "http://ns.example.com/"},
]
EVENT = {
    "ex:farm": "Yen",
    "type": "ObjectEvent",
    "action": "ADD",
    "bizStep": "commissioning",
    "epcList": ["urn:epc:id:sscc:4012345.0000000333"],
    "eventTimeZoneOffset": "+08:00",
    "eventTime": "2026-09-22T07:15:00Z",
    "quantityList": [
        {"epcClass": "urn:epc:class:lgtin:4012345.012345.L1", "quantity": 1e-7, "uom": "KGM"},
        {"epcClass": "urn:epc:class:lgtin:4012345.012345.L2", "uom": "KGM"},
    ],
    "ilmd": {"cbvmda:lotNumber": "L1", "ex:size": 2, "ex:papers": ["A"]},
}


def a_document(event: dict[str, Any], **head: Any) -> dict[str, Any]:
    return {
        "@context": CONTEXT,
        "type": "EPCISDocument",
        "schemaVersion": "2.0",
        "creationDate": "2026-09-22T07:15:00Z",
        "epcisBody": {"eventList": [event]},
    } | head


def written(document: dict[str, Any], **how: Any) -> Any:
    return etree.fromstring(document_to_xml(document, **how))


@pytest.mark.conforms("X-write")
def test_fields_stand_in_the_order_of_the_schema_whatever_their_order_in_json() -> None:
    [event] = written(a_document(EVENT)).iterfind("EPCISBody/EventList/ObjectEvent")
    assert [etree.QName(child).localname for child in event] == [
        "eventTime",
        "eventTimeZoneOffset",
        "epcList",
        "action",
        "bizStep",
        "quantityList",
        "ilmd",
        "farm",
    ]


@pytest.mark.conforms("X-write")
def test_an_event_as_text() -> None:
    text = document_to_xml(a_document(EVENT)).decode()
    _, _, inside = text.partition("<quantityList>")
    assert inside == (
        "<quantityElement><epcClass>urn:epc:class:lgtin:4012345.012345.L1</epcClass>"
        "<quantity>0.0000001</quantity><uom>KGM</uom></quantityElement>"
        "<quantityElement><epcClass>urn:epc:class:lgtin:4012345.012345.L2</epcClass>"
        '<quantity xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:nil="true"/>'
        "<uom>KGM</uom></quantityElement></quantityList>"
        "<ilmd><cbvmda:lotNumber>L1</cbvmda:lotNumber><ex:size>2<?json value?></ex:size>"
        "<ex:papers>A<?json list?></ex:papers></ilmd><ex:farm>Yen</ex:farm>"
        "</ObjectEvent></EventList></EPCISBody></epcis:EPCISDocument>"
    )
    assert text.startswith("<?xml version='1.0' encoding='UTF-8'?>\n<epcis:EPCISDocument ")


@pytest.mark.conforms("X-write")
@pytest.mark.parametrize(
    ("stored", "cbv_format", "expected"),
    [
        ("shipping", "Always_URN", "urn:epcglobal:cbv:bizstep:shipping"),
        ("shipping", "Always_Web_URI", "https://ref.gs1.org/cbv/BizStep-shipping"),
        ("shipping", "No_Preference", "urn:epcglobal:cbv:bizstep:shipping"),
        ("shipping", "Never_Translates", "urn:epcglobal:cbv:bizstep:shipping"),
        (
            "https://ref.gs1.org/cbv/BizStep-shipping",
            "Never_Translates",
            "https://ref.gs1.org/cbv/BizStep-shipping",
        ),
        (
            "https://ref.gs1.org/cbv/BizStep-shipping",
            "Always_URN",
            "urn:epcglobal:cbv:bizstep:shipping",
        ),
        ("https://a.example/roasting", "Always_URN", "https://a.example/roasting"),
    ],
)
def test_standard_words_are_urns_or_web_uris(stored: str, cbv_format: Any, expected: str) -> None:
    root = written(a_document(EVENT | {"bizStep": stored}), cbv_format=cbv_format)
    assert root.findtext(".//bizStep") == expected


@pytest.mark.conforms("X-write")
def test_a_query_document_names_its_query() -> None:
    results = {
        "queryName": "harvest",
        "subscriptionID": "s1",
        "resultsBody": {"eventList": [EVENT]},
    }
    document = {
        "@context": CONTEXT,
        "type": "EPCISQueryDocument",
        "creationDate": "2026-09-22T07:15:00Z",
        "epcisBody": {"queryResults": results},
    }
    root = written(document)
    query = "{urn:epcglobal:epcis-query:xsd:2}"
    assert root.tag == f"{query}EPCISQueryDocument"
    assert root.get("schemaVersion") == "2.0"
    found = root.find(f"EPCISBody/{query}QueryResults")
    assert [child.tag for child in found] == ["queryName", "subscriptionID", "resultsBody"]
    again = document_from_xml(document_to_xml(document))
    assert again["epcisBody"]["queryResults"] == results


@pytest.mark.conforms("X-master-data", "X-write")
def test_master_data_and_who_sends_it_survive(vectors: Path) -> None:
    path = vectors / "xml/WithFullCombinationOfFields/masterdata_all_possible_fields.xml"
    header = document_from_xml(path.read_bytes())["epcisHeader"]
    parties = {"sender": "urn:x:1", "receiver": "urn:x:2", "instanceIdentifier": "3"}
    context = [CONTEXT[0], {f"ext{n}": f"http://example.com/ext{n}/" for n in (1, 2, 3)}]
    header["epcisMasterData"]["vocabularyList"][0]["vocabularyElementList"][0]["attributes"] += [
        {"id": "urn:x:4", "attribute": 4},
        {"id": "urn:x:5", "attribute": {"@id": "five"}},
        {"id": "urn:x:6", "attribute": " six "},
    ]
    document = a_document(
        {key: value for key, value in EVENT.items() if not key.startswith("ex")} | {"ilmd": {}},
        epcisHeader=header,
        **parties,
        **{"@context": context},
    )

    again = document_from_xml(document_to_xml(document))

    assert again == document


@pytest.mark.conforms("X-write")
def test_a_whole_business_header_is_kept() -> None:
    sbdh = "http://www.unece.org/cefact/namespaces/StandardBusinessDocumentHeader"
    data = f"""<e:EPCISDocument xmlns:e="urn:epcglobal:epcis:xsd:1" xmlns:s="{sbdh}"
    schemaVersion="1.2" creationDate="2026-09-22T07:15:00Z"><EPCISHeader>
    <s:StandardBusinessDocumentHeader><s:HeaderVersion>1.0</s:HeaderVersion>
    <s:Sender><s:Identifier Authority="GLN">0301160000009</s:Identifier></s:Sender>
    <s:Receiver><s:Identifier>2</s:Identifier></s:Receiver></s:StandardBusinessDocumentHeader>
    </EPCISHeader><EPCISBody><EventList/></EPCISBody></e:EPCISDocument>""".encode()

    document = document_from_xml(data)

    assert (document["sender"], document["receiver"]) == ("0301160000009", "2")
    header = document["epcisHeader"]["s:StandardBusinessDocumentHeader"]
    assert header["s:Sender"] == {"s:Identifier": {"@Authority": "GLN", "#text": "0301160000009"}}
    assert document_from_xml(document_to_xml(document)) == document


def test_another_document_is_no_epcis_document() -> None:
    with pytest.raises(ValueError, match="expected EPCISDocument or EPCISQueryDocument"):
        document_to_xml(EVENT)


@pytest.mark.conforms("X-job")
@pytest.mark.parametrize(
    ("name", "job"),
    [
        ("Running", {"running": True, "success": False}),
        ("Success", {"running": False, "success": True, "finishedAt": 1}),
        (
            "WithErrorFile",
            {
                "running": False,
                "success": False,
                "captureErrorBehaviour": "rollback",
                "finishedAt": 1,
                "captureID": "928c8567-3469-4ccd-930c-6aa31ef1ba66",
                "errorFile": "https://example.com/error/928c8567-3469-4ccd-930c-6aa31ef1ba66",
            },
        ),
        (
            "WithErrors",
            {
                "running": False,
                "success": False,
                "captureErrorBehaviour": "rollback",
                "finishedAt": 1,
                "captureID": "f3755dab-1d90-46a5-b837-01032b232cf0",
                "errors": [
                    {
                        "type": "https://example.com/probs/validation-failed",
                        "title": "EPCIS Event Validation Failure",
                        "status": -1,
                        "detail": "One or more EPCIS Events failed validation",
                        "instance": "https://example.com/instance-detail/"
                        "f3755dab-1d90-46a5-b837-01032b232cf0",
                    }
                ],
            },
        ),
    ],
)
def test_a_capture_job_is_the_published_one(vectors: Path, name: str, job: dict[str, Any]) -> None:
    whole = {
        "captureErrorBehaviour": "proceed",
        "createdAt": "2022-03-03T10:33:31.116+01:00",
        "captureID": "f70c90d0-69a7-439b-bdcf-e51b19763d5f",
    } | job
    if "finishedAt" in whole:
        whole["finishedAt"] = "2022-03-03T10:33:45.001+01:00"
    path = vectors / "xml" / "CaptureJob" / f"Example-CaptureJob{name}.xml"
    published = etree.fromstring(path.read_bytes(), etree.XMLParser(remove_blank_text=True))
    etree.cleanup_namespaces(published)

    ours = etree.tostring(etree.fromstring(job_to_xml(whole)), method="c14n")

    assert ours == etree.tostring(published, method="c14n")


@pytest.mark.conforms("X-job")
def test_our_own_fields_of_jobs_and_problems_follow_in_our_namespace(vectors: Path) -> None:
    error = {"type": "urn:x:1", "title": "No", "pointer": "/a", "advice": ["b", "c"]}
    job = {
        "captureID": "1",
        "running": False,
        "success": False,
        "captureErrorBehaviour": "proceed",
        "storedCount": 3,
        "errors": [error],
    }
    problem = {"type": "epcisException:ValidationException", "title": "No", "status": 400}
    path = vectors / "schema" / "xsd" / "EPCglobal-epcis-2_0.xsd"
    published = etree.XMLSchema(etree.parse(str(path), etree.XMLParser(no_network=True)))

    root = etree.fromstring(job_to_xml(job))

    om = "{urn:originmark:voc:}"
    assert root.findtext(f"{om}storedCount") == "3"
    assert root.findtext(f"errors/error/{om}pointer") == "/a"
    assert [each.text for each in root.iterfind(f"errors/error/{om}advice")] == ["b", "c"]
    assert published.validate(root), published.error_log.last_error
    answer = etree.fromstring(problem_to_xml(problem | {"errors": [error]}))
    assert answer.tag == "{urn:epcglobal:epcis:xsd:2}EPCISException"
    assert answer.findtext("status") == "400"
    assert published.validate(answer), published.error_log.last_error


@pytest.mark.conforms("X-write")
def test_a_collection_lists_its_members() -> None:
    xml = collection_to_xml(
        {"@context": CONTEXT, "type": "Collection", "member": ["shipping", {"name": "q1"}]}
    )
    assert etree.tostring(etree.fromstring(xml)).decode() == (
        '<epcis:Collection xmlns:epcis="urn:epcglobal:epcis:xsd:2">'
        "<member>shipping</member><member><name>q1</name></member></epcis:Collection>"
    )
