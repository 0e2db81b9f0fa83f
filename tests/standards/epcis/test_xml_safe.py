"""XML that means harm, or is broken, is refused in plain words."""

import copy
import random
import time
from pathlib import Path

import pytest
from lxml import etree

from originmark.standards.epcis import xml_safely
from originmark.standards.epcis.documents import DocumentInvalid
from originmark.standards.epcis.validation import document_problems
from originmark.standards.epcis.xml_reader import document_from_xml
from originmark.standards.epcis.xml_values import MOST_PROBLEMS

pytestmark = pytest.mark.conforms("X-safe")
DOCUMENT = """{prolog}<epcis:EPCISDocument xmlns:epcis="urn:epcglobal:epcis:xsd:2"
 xmlns:ex="http://ns.example.com/" schemaVersion="2.0" creationDate="2026-09-22T07:15:00Z">
<EPCISBody><EventList>
<ObjectEvent>
<eventTime>2026-09-22T07:15:00Z</eventTime><eventTimeZoneOffset>+08:00</eventTimeZoneOffset>
<epcList/><action>OBSERVE</action>
{own}</ObjectEvent></EventList></EPCISBody></epcis:EPCISDocument>"""
LAUGHS = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10 if n else "ha" * 50}">' for n in range(12))


def document(*, prolog: str = "", own: str = "") -> bytes:
    return DOCUMENT.format(prolog=prolog, own=own).encode()


def refusal(data: bytes) -> tuple[str, str]:
    with pytest.raises(DocumentInvalid) as refused:
        document_from_xml(data)
    [problem] = refused.value.problems
    return problem.pointer, problem.reason


def test_the_document_of_these_tests_is_taken_without_its_mischief() -> None:
    [event] = document_from_xml(document())["epcisBody"]["eventList"]
    assert event["action"] == "OBSERVE"


@pytest.mark.parametrize("own", ["<ex:a>&a11;</ex:a>", '<ex:a ex:b="&a11;"/>', ""])
def test_a_billion_laughs_stay_one_refusal(own: str) -> None:
    began = time.monotonic()
    pointer, reason = refusal(document(prolog=f"<!DOCTYPE e [{LAUGHS}]>", own=own))
    assert time.monotonic() - began < 2
    assert pointer.startswith("/line:")
    assert "entities" in reason or "entity" in reason.lower()


@pytest.mark.parametrize(
    "prolog",
    [
        '<!DOCTYPE e [<!ENTITY x SYSTEM "file:///etc/hostname">]>',
        '<!DOCTYPE e [<!ENTITY % x SYSTEM "http://127.0.0.1:9/e.dtd"> %x;]>',
        '<!DOCTYPE e SYSTEM "http://127.0.0.1:9/e.dtd">',
        '<!DOCTYPE e PUBLIC "-//A//B//EN" "http://127.0.0.1:9/e.dtd">',
        '<!DOCTYPE e [<!ATTLIST ObjectEvent b CDATA "default">]>',
        "<!DOCTYPE e [<!ELEMENT e ANY>]>",
    ],
)
def test_a_document_type_that_declares_or_fetches_is_refused(prolog: str) -> None:
    pointer, reason = refusal(document(prolog=prolog))
    assert pointer == "/line:1"
    assert "entities and external files are not read" in reason


@pytest.mark.parametrize("own", ["<ex:a>&a11;</ex:a>", '<ex:a ex:b="&a11;"/>', ""])
def test_an_encoding_that_expat_cannot_read_opens_no_door(own: str) -> None:
    prolog = f'<?xml version="1.0" encoding="gb18030"?><!DOCTYPE e [{LAUGHS}]>'
    assert "entit" in refusal(document(prolog=prolog, own=own))[1].lower()


def test_an_external_entity_is_not_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("the secret")
    prolog = f'<!DOCTYPE e [<!ENTITY x SYSTEM "{secret.as_uri()}">]>'
    _, reason = refusal(document(prolog=prolog, own="<ex:a>&x;</ex:a>"))
    assert "secret" not in reason


def test_a_document_type_that_says_nothing_is_passed_over() -> None:
    """GS1's own examples carry ``<!DOCTYPE project>``."""
    assert document_from_xml(document(prolog="<!DOCTYPE project>"))["type"] == "EPCISDocument"


@pytest.mark.parametrize("end", [0, 1, 40, 200, -1])
def test_what_is_cut_off_is_refused(end: int) -> None:
    pointer, reason = refusal(document()[:end])
    assert pointer.startswith("/line:")
    assert reason.startswith("this is no XML that can be read")


def test_json_is_no_xml() -> None:
    assert refusal(b'{"type": "EPCISDocument"}')[1].startswith("this is no XML")


def test_another_root_is_refused_with_what_was_found() -> None:
    pointer, reason = refusal(b"<html><body/></html>")
    assert pointer == "/line:1/html"
    assert reason.startswith("found html, expected an EPCISDocument")


def test_nesting_has_an_end() -> None:
    deep = xml_safely.DEEPEST
    document_from_xml(document(own="<ex:a>" * deep + "1" + "</ex:a>" * deep))
    _, reason = refusal(document(own="<ex:a>" * (deep + 2) + "1" + "</ex:a>" * (deep + 2)))
    assert reason == f"this is nested deeper than {deep} levels"
    _, reason = refusal(document(own="<ex:a>" * 5000 + "</ex:a>" * 5000))
    assert "xcessive depth" in reason


def test_json_inside_xml_has_an_end_too() -> None:
    hint = f"<ex:a>{'[' * 200}{']' * 200}<?json value?></ex:a>"
    assert refusal(document(own=hint))[1].startswith("this is nested deeper")
    assert "expected JSON" in refusal(document(own="<ex:a>no<?json value?></ex:a>"))[1]


def test_a_hundred_thousand_mistakes_are_refused_at_once() -> None:
    began = time.monotonic()
    with pytest.raises(DocumentInvalid) as refused:
        document_from_xml(document(own="<oops/>" * 100_000))
    assert len(refused.value.problems) == MOST_PROBLEMS
    assert time.monotonic() - began < 2


def test_a_flood_of_namespaces_is_refused() -> None:
    flood = " ".join(f'xmlns:a{n}="http://ns.example.com/"' for n in range(2_000))
    data = document().replace(b"<ObjectEvent>", f"<ObjectEvent {flood}>".encode())
    pointer, reason = refusal(data)
    assert pointer.endswith("/EPCISBody/EventList/ObjectEvent[1]")
    assert reason == "found 2002 namespaces, expected fewer"


def test_size_has_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xml_safely, "LARGEST_BYTES", 100)
    assert refusal(document())[1].endswith("expected at most 100; send it in parts")


def test_the_parser_alone_would_have_read_the_entity(tmp_path: Path) -> None:
    """The control: with lxml's switches off, the secret does come in."""
    secret = tmp_path / "secret"
    secret.write_text("the secret")
    data = document(
        prolog=f'<!DOCTYPE e [<!ENTITY x SYSTEM "{secret.as_uri()}">]>', own="<ex:a>&x;</ex:a>"
    )
    careless = etree.XMLParser(resolve_entities=True, no_network=False)
    assert b"the secret" in etree.tostring(etree.fromstring(data, careless))


def mutilated(root: etree._Element, chance: random.Random) -> bytes:
    """Take away, repeat, rename or fill some elements."""
    for _ in range(3):
        elements = list(root.iter("*"))
        element = chance.choice(elements[1:] or elements)
        match chance.randrange(2 if element is root else 0, 5):
            case 0:
                element.getparent().remove(element)
            case 1:
                element.addnext(copy.deepcopy(element))
            case 2:
                element.tag = chance.choice(elements).tag
            case 3:
                element.text = chance.choice(["", "x", "1e400", "NaN", "٣", "2026", "gs1:Mass"])
            case 4:
                hint = chance.choice(["value", "list", "value list", "key=a", "x"])
                element.append(etree.ProcessingInstruction("json", hint))
    return etree.tostring(root)


def test_whatever_is_done_to_a_document_it_is_read_or_refused(vectors: Path) -> None:
    chance = random.Random(20260922)
    files = sorted([*vectors.rglob("xml/**/*.xml"), *vectors.glob("hash/*.xml")])
    read = refused = 0
    for _ in range(600):
        root = etree.fromstring(chance.choice(files).read_bytes())
        try:
            list(document_problems(document_from_xml(mutilated(root, chance))))
            read += 1
        except DocumentInvalid as reason:
            refused += all(each.pointer.startswith("/line:") for each in reason.problems)
    assert read + refused == 600
    assert min(read, refused) > 100
