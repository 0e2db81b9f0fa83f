"""What stands in XML, where it goes in JSON, and what is refused."""

from typing import Any

import pytest

from originmark.standards.epcis.documents import STANDARD_CONTEXT, DocumentInvalid
from originmark.standards.epcis.validation import document_problems
from originmark.standards.epcis.xml_reader import document_from_xml

TIMES = """<eventTime>2026-09-22T07:15:00Z</eventTime>
<eventTimeZoneOffset>+08:00</eventTimeZoneOffset>"""
WHAT = "<epcList/><action>OBSERVE</action>"


def a_document(events: str, *, version: str = "2", declares: str = "") -> bytes:
    return f"""<?xml version="1.0"?>
<e:EPCISDocument xmlns:e="urn:epcglobal:epcis:xsd:{version}" xmlns:ex="http://ns.example.com/"
 {declares} schemaVersion="{version}.0" creationDate="2026-09-22T07:15:00Z">
<EPCISBody><EventList>{events}</EventList></EPCISBody></e:EPCISDocument>""".encode()


def events_of(data: bytes) -> list[dict[str, Any]]:
    document = document_from_xml(data)
    problems = document_problems(document, is_from_xml=True)
    assert [each for each in problems if not each.is_advice] == []
    return document["epcisBody"]["eventList"]


def an_event(own: str = "", what: str = WHAT) -> dict[str, Any]:
    [event] = events_of(a_document(f"<ObjectEvent>{TIMES}{what}{own}</ObjectEvent>"))
    return event


def problems_of(data: bytes) -> list[tuple[str, str]]:
    with pytest.raises(DocumentInvalid) as refused:
        document_from_xml(data)
    return [(each.pointer, each.reason) for each in refused.value.problems]


@pytest.mark.conforms("X-read-2.0")
@pytest.mark.parametrize(
    ("xml", "expected"),
    [
        ("<ex:a>Yen</ex:a>", "Yen"),
        ("<ex:a/>", ""),
        ("<ex:a>  Yen\n </ex:a>", "Yen"),
        ('<ex:a xml:space="preserve"> Yen </ex:a>', " Yen "),
        ("<ex:a>Y<!-- not said -->en</ex:a>", "Yen"),
        ("<ex:a><![CDATA[<Yen>]]></ex:a>", "<Yen>"),
        ("<ex:a>007</ex:a>", "007"),
        ("<ex:a>1</ex:a><ex:a>2</ex:a>", ["1", "2"]),
        ("<ex:a><ex:b>1</ex:b><part>2</part></ex:a>", {"ex:b": "1", "part": "2"}),
        ('<ex:a ex:b="1"/>', {"ex:b": "1"}),
        ('<ex:a unit="ha">2</ex:a>', {"@unit": "ha", "#text": "2"}),
        ('<ex:a xml:lang="vi">Chè</ex:a>', {"@xml:lang": "vi", "#text": "Chè"}),
        ('<ex:a xmlns:i="http://www.w3.org/2001/XMLSchema-instance" i:nil="true"/>', None),
        ("<ex:a>2<?json value?></ex:a>", 2),
        ("<ex:a>true<?json value?></ex:a>", True),
        ("<ex:a>Yen<?json list?></ex:a>", ["Yen"]),
        ("<ex:a>2<?json value list?></ex:a>", [2]),
        ("<ex:a>[[1],2]<?json value?></ex:a>", [[1], 2]),
        ("<extension><ex:a>1</ex:a></extension><ex:a>2</ex:a>", ["1", "2"]),
    ],
)
def test_an_element_of_somebodys_own(xml: str, expected: object) -> None:
    assert an_event(xml)["ex:a"] == expected


@pytest.mark.conforms("X-read-2.0")
def test_a_type_of_xml_schema_says_nothing_and_one_of_ones_own_stays() -> None:
    xsi = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
    xsd = 'xmlns:xsd="http://www.w3.org/2001/XMLSchema"'
    event = an_event(
        f'<ex:a {xsi} {xsd} xsi:type="xsd:integer">10</ex:a><ex:b {xsi} xsi:type="ex:Farm">1</ex:b>'
    )
    assert event["ex:a"] == "10"
    assert event["ex:b"] == {"@xsi:type": "ex:Farm", "#text": "1"}


@pytest.mark.conforms("X-read-2.0")
def test_one_prefix_with_two_meanings_becomes_two_prefixes() -> None:
    inner = '<ex:a xmlns:ex="http://other.example/"><ex:b>2</ex:b></ex:a><ex:c>3</ex:c>'
    other = '<ObjectEvent xmlns:ex="http://third.example/">' + TIMES + WHAT + "<ex:d>4</ex:d>"
    data = a_document(f"<ObjectEvent>{TIMES}{WHAT}{inner}</ObjectEvent>{other}</ObjectEvent>")

    document = document_from_xml(data)

    first, second = document["epcisBody"]["eventList"]
    assert first["ex1:a"] == {"ex1:b": "2"}
    assert first["ex:c"] == "3"
    assert second["ex2:d"] == "4"
    assert document["@context"] == [
        STANDARD_CONTEXT,
        {
            "ex": "http://ns.example.com/",
            "ex1": "http://other.example/",
            "ex2": "http://third.example/",
        },
    ]


@pytest.mark.conforms("X-read-2.0")
def test_prefixes_of_the_standard_context_are_never_declared_again() -> None:
    own = """<cbvmda:lotNumber xmlns:cbvmda="urn:epcglobal:cbv:mda">L1</cbvmda:lotNumber>
    <gs1:farm xmlns:gs1="http://elsewhere.example/">Yen</gs1:farm>
    <farm xmlns="http://default.example/">Tea</farm>"""
    document = document_from_xml(a_document(f"<ObjectEvent>{TIMES}{WHAT}{own}</ObjectEvent>"))
    [event] = document["epcisBody"]["eventList"]
    assert event["cbvmda:lotNumber"] == "L1"
    assert event["gs11:farm"] == "Yen"
    assert event["ns:farm"] == "Tea"
    assert set(document["@context"][1]) == {"ex", "gs11", "ns"}


@pytest.mark.conforms("X-read-2.0")
def test_numbers_words_and_pairs_of_the_standard() -> None:
    event = an_event(
        what="""<epcList><epc> urn:epc:id:sscc:4012345.0000000333 </epc></epcList>
    <action>OBSERVE</action><bizStep>https://ref.gs1.org/cbv/BizStep-shipping</bizStep>
    <disposition>urn:epcglobal:cbv:disp:in_transit</disposition>
    <readPoint><id>urn:epc:id:sgln:0614141.07346.1234</id><ex:gate>2</ex:gate></readPoint>
    <bizTransactionList><bizTransaction type="urn:epcglobal:cbv:btt:po">http://a.example/1
    </bizTransaction><bizTransaction>http://a.example/2</bizTransaction></bizTransactionList>
    <quantityList><quantityElement><epcClass>urn:epc:class:lgtin:4012345.012345.998877</epcClass>
    <quantity>200.50</quantity><uom>KGM</uom></quantityElement><quantityElement>
    <epcClass>urn:epc:idpat:sgtin:4012345.012345.*</epcClass></quantityElement></quantityList>
    <sensorElementList><sensorElement><sensorMetadata time="2026-09-22T07:10:00Z" ex:a="1"/>
    <sensorReport type="gs1:Temperature" value="4.0" uom="CEL" booleanValue="1"/>
    <sensorReport type="ex:glow" component="cbv:Comp-latitude" minValue="-1e-3"/>
    <ex:own>1</ex:own></sensorElement></sensorElementList>"""
    )
    assert event["epcList"] == ["urn:epc:id:sscc:4012345.0000000333"]
    assert (event["bizStep"], event["disposition"]) == ("shipping", "in_transit")
    assert event["readPoint"] == {"id": "urn:epc:id:sgln:0614141.07346.1234", "ex:gate": "2"}
    assert event["bizTransactionList"] == [
        {"type": "po", "bizTransaction": "http://a.example/1"},
        {"bizTransaction": "http://a.example/2"},
    ]
    assert event["quantityList"] == [
        {
            "epcClass": "urn:epc:class:lgtin:4012345.012345.998877",
            "quantity": 200.5,
            "uom": "KGM",
        },
        {"epcClass": "urn:epc:idpat:sgtin:4012345.012345.*"},
    ]
    assert event["sensorElementList"] == [
        {
            "sensorMetadata": {"time": "2026-09-22T07:10:00Z", "ex:a": "1"},
            "sensorReport": [
                {"type": "Temperature", "value": 4, "uom": "CEL", "booleanValue": True},
                {"type": "ex:glow", "component": "latitude", "minValue": -0.001},
            ],
            "ex:own": "1",
        }
    ]


@pytest.mark.conforms("X-read-2.0")
def test_an_epc_counts_once_and_certificates_may_be_many() -> None:
    event = an_event(
        what="""<certificationInfo>urn:x:1</certificationInfo>
        <certificationInfo>urn:x:2</certificationInfo>
        <epcList><epc>urn:x:3</epc><epc>urn:x:<?note?>3</epc></epcList><action>OBSERVE</action>"""
    )
    assert event["certificationInfo"] == ["urn:x:1", "urn:x:2"]
    assert event["epcList"] == ["urn:x:3"]


@pytest.mark.conforms("X-read-2.0")
@pytest.mark.parametrize("encoding", ["utf-16", "gb18030", "iso-8859-1"])
def test_any_encoding_that_the_document_names_is_read(encoding: str) -> None:
    own = "<ex:a>chè</ex:a>"
    text = a_document(f"<ObjectEvent>{TIMES}{WHAT}{own}</ObjectEvent>").decode()
    data = text.replace('version="1.0"', f'version="1.0" encoding="{encoding}"', 1)
    assert events_of(data.encode(encoding))[0]["ex:a"] == "chè"


@pytest.mark.conforms("X-read-2.0")
def test_an_event_type_of_somebodys_own() -> None:
    xml = f"""<extension><ex:Harvest>{TIMES}<bizStep>urn:epcglobal:cbv:bizstep:other</bizStep>
    <farm>Yen</farm><ex:ha>2</ex:ha></ex:Harvest></extension>"""
    [event] = events_of(a_document(xml))
    assert event == {
        "type": "ex:Harvest",
        "eventTime": "2026-09-22T07:15:00Z",
        "eventTimeZoneOffset": "+08:00",
        "bizStep": "other",
        "farm": "Yen",
        "ex:ha": "2",
    }


@pytest.mark.conforms("X-read-1.2")
def test_what_1x_folds_into_extensions_is_unfolded() -> None:
    xml = f"""<ObjectEvent>{TIMES}
    <baseExtension><eventID>urn:uuid:1f6bd6b4-0b0e-4b3a-8b3a-7f1a7c1a7b11</eventID>
    <errorDeclaration><declarationTime>2026-09-23T07:15:00Z</declarationTime>
    <reason>urn:epcglobal:cbv:er:incorrect_data</reason><correctiveEventIDs>
    <correctiveEventID>urn:uuid:2f6bd6b4-0b0e-4b3a-8b3a-7f1a7c1a7b11</correctiveEventID>
    </correctiveEventIDs><ex:who>me</ex:who></errorDeclaration></baseExtension>
    <epcList/><action>ADD</action><extension><quantityList><quantityElement>
    <epcClass>urn:epc:class:lgtin:4012345.012345.998877</epcClass><quantity>3</quantity>
    </quantityElement></quantityList><sourceList>
    <source type="urn:epcglobal:cbv:sdt:owning_party">urn:epc:id:pgln:4012345.00225</source>
    </sourceList><ilmd><ex:lot>L1</ex:lot></ilmd><extension><ex:b>2</ex:b></extension>
    </extension></ObjectEvent>
    <extension><TransformationEvent>{TIMES}<inputEPCList><epc>urn:x:1</epc></inputEPCList>
    <outputEPCList><epc>urn:x:2</epc></outputEPCList></TransformationEvent></extension>
    <extension><extension><AssociationEvent>{TIMES}<parentID>urn:x:1</parentID><childEPCs>
    <epc>urn:x:2</epc></childEPCs><action>ADD</action></AssociationEvent></extension></extension>"""

    first, second, third = events_of(a_document(xml, version="1"))

    assert first["eventID"] == "urn:uuid:1f6bd6b4-0b0e-4b3a-8b3a-7f1a7c1a7b11"
    assert first["errorDeclaration"] == {
        "declarationTime": "2026-09-23T07:15:00Z",
        "reason": "incorrect_data",
        "correctiveEventIDs": ["urn:uuid:2f6bd6b4-0b0e-4b3a-8b3a-7f1a7c1a7b11"],
        "ex:who": "me",
    }
    assert first["quantityList"][0]["quantity"] == 3
    assert first["sourceList"] == [
        {"type": "owning_party", "source": "urn:epc:id:pgln:4012345.00225"}
    ]
    assert (first["ilmd"], first["ex:b"]) == ({"ex:lot": "L1"}, "2")
    assert (second["type"], third["type"]) == ("TransformationEvent", "AssociationEvent")


@pytest.mark.conforms("X-read-1.2")
def test_a_quantity_event_becomes_the_object_event_that_took_its_place() -> None:
    xml = f"""<QuantityEvent>{TIMES}<epcClass>urn:epc:idpat:sgtin:4012345.012345.*</epcClass>
    <quantity>67</quantity><bizStep>urn:epcglobal:cbv:bizstep:stocking</bizStep></QuantityEvent>"""
    [event] = events_of(a_document(xml, version="1"))
    assert (event["type"], event["action"], event["bizStep"]) == (
        "ObjectEvent",
        "OBSERVE",
        "stocking",
    )
    assert event["quantityList"] == [
        {"epcClass": "urn:epc:idpat:sgtin:4012345.012345.*", "quantity": 67}
    ]


@pytest.mark.conforms("X-read-1.2")
@pytest.mark.parametrize("version", ["1", "2"])
def test_a_query_document_is_read(version: str) -> None:
    data = f"""<q:EPCISQueryDocument xmlns:q="urn:epcglobal:epcis-query:xsd:{version}"
    schemaVersion="{version}.0" creationDate="2026-09-22T07:15:00Z"><EPCISBody><q:QueryResults>
    <queryName>SimpleEventQuery</queryName><subscriptionID>s1</subscriptionID><resultsBody>
    <EventList><ObjectEvent>{TIMES}{WHAT}</ObjectEvent></EventList></resultsBody>
    </q:QueryResults></EPCISBody></q:EPCISQueryDocument>""".encode()
    document = document_from_xml(data)
    results = document["epcisBody"]["queryResults"]
    assert (document["type"], document["schemaVersion"]) == ("EPCISQueryDocument", "2.0")
    assert (results["queryName"], results["subscriptionID"]) == ("SimpleEventQuery", "s1")
    assert results["resultsBody"]["eventList"][0]["action"] == "OBSERVE"
    assert list(document_problems(document)) == []


@pytest.mark.conforms("X-read-2.0")
@pytest.mark.parametrize(
    ("what", "pointer", "reason"),
    [
        ("<actoin>ADD</actoin>", "/actoin", "found actoin, expected a field of EPCIS 2.0"),
        (WHAT + WHAT, "/epcList[2]", "found epcList for the second time"),
        ("<epcList><id>1</id></epcList>", "/epcList/id", "found id, expected epc"),
        (
            (
                "<quantityList><quantityElement><epcClass>urn:x:1</epcClass><quantity>1,5</quantity>"
                "</quantityElement></quantityList>"
            ),
            "/quantityList/quantityElement/quantity",
            "found '1,5' as quantity, expected a number, as in 12.5",
        ),
        (
            (
                "<quantityList><quantityElement><epcClass>urn:x:1</epcClass><quantity>١٢</quantity>"
                "</quantityElement></quantityList>"
            ),
            "/quantityList/quantityElement/quantity",
            "found '١٢' as quantity",
        ),
        (
            (
                '<sensorElementList><sensorElement><sensorReport type="gs1:Mass" valeu="1"/>'
                "</sensorElement></sensorElementList>"
            ),
            "/sensorElementList/sensorElement/sensorReport",
            "found the attribute valeu",
        ),
        (
            (
                '<sensorElementList><sensorElement><sensorReport booleanValue="yes"/>'
                "</sensorElement></sensorElementList>"
            ),
            "/sensorElementList/sensorElement/sensorReport",
            "found 'yes' as booleanValue, expected true or false",
        ),
    ],
)
def test_a_refusal_names_line_and_element(what: str, pointer: str, reason: str) -> None:
    data = a_document(
        f"<ObjectEvent>{TIMES}{WHAT}</ObjectEvent>\n<ObjectEvent>{TIMES}{what}</ObjectEvent>"
    )
    found = problems_of(data)
    # In WHAT twice both of its fields repeat; the first is enough here.
    assert found[0][0] == f"/line:7/EPCISBody/EventList/ObjectEvent[2]{pointer}"
    assert found[0][1].startswith(reason)


def test_a_document_without_a_body_is_refused() -> None:
    data = b'<e:EPCISDocument xmlns:e="urn:epcglobal:epcis:xsd:2"/>'
    assert problems_of(data) == [("/line:1/EPCISDocument", "found no EPCISBody, expected one")]
