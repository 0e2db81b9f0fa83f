"""What headers ask for, and what cannot be had."""

from datetime import UTC, datetime
from typing import Any

import pytest
from builders.ledger import a_document, an_object_event, as_bytes
from builders.parties import a_client_for, an_actor, an_organisation
from django.test import Client

from originmark.origin.parties.models import Organisation
from originmark.standards.epcis.xml_reader import document_from_xml
from originmark.trace.ledger import negotiation, services

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 10, 1, 8, tzinfo=UTC)
URN = "urn:epc:id:sgtin:0614141.107346.2017"
LINK = "https://id.gs1.org/01/10614141073464/21/2017"
UNKNOWN = "https://id.gs1.org/01/09990000000036/21/1"
OWN = "urn:originmark:local:tree:7"
GIVEN = [URN, LINK.replace("2017", "2018"), UNKNOWN, OWN]


@pytest.fixture
def organisation() -> Organisation:
    return an_organisation()


@pytest.fixture
def client(organisation: Organisation) -> Client:
    event = an_object_event(action="OBSERVE", quantityList=None, epcList=GIVEN, **{"ex:grade": "A"})
    context = [
        "https://ref.gs1.org/standards/epcis/epcis-context.jsonld",
        {"ex": "https://ns.example.org/"},
    ]
    by = an_actor(organisation)
    services.capture(as_bytes(a_document(event, context=context)), by=by, now=NOW)
    return a_client_for(by)


def epcs(answer: Any) -> list[str]:
    assert answer.status_code == 200, answer.content
    [event] = answer.json()["epcisBody"]["queryResults"]["resultsBody"]["eventList"]
    listed: list[str] = event["epcList"]
    return listed


def ask(client: Client, path: str = "events", **headers: str) -> Any:
    return client.get(f"/epcis/{path}", headers=headers)


@pytest.mark.conforms("H-GS1-EPC-Format")
@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (None, [LINK, *GIVEN[1:]]),
        ("Always_GS1_Digital_Link", [LINK, *GIVEN[1:]]),
        ("No_Preference", GIVEN),
        ("Never_Translates", GIVEN),
        ("Always_EPC_URN", [URN, URN.replace("2017", "2018"), UNKNOWN, OWN]),
    ],
)
def test_identifiers_are_spelled_as_the_reader_wants(
    client: Client, wanted: str | None, expected: list[str]
) -> None:
    answer = ask(client, **({} if wanted is None else {"GS1-EPC-Format": wanted}))
    assert epcs(answer) == expected
    assert answer.headers["GS1-EPC-Format"] == (wanted or "Always_GS1_Digital_Link")


@pytest.mark.conforms("U-gcp-length", "H-GS1-EPC-Format")
def test_a_prefix_that_an_organisation_has_makes_a_urn(
    client: Client, organisation: Organisation
) -> None:
    organisation.gs1_company_prefix = "9990000"
    organisation.save(update_fields=["gs1_company_prefix"])
    answer = ask(client, **{"GS1-EPC-Format": "Always_EPC_URN"})
    assert epcs(answer)[2] == "urn:epc:id:sgtin:9990000.000003.1"


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"GS1-EPCIS-Version": "2.0.0"}, 200),
        ({"GS1-EPCIS-Version": "2.0"}, 200),
        ({"GS1-EPCIS-Min": "1.0", "GS1-EPCIS-Max": "3.0.0"}, 200),
        ({"GS1-CBV-Min": "1.2.0", "GS1-CBV-Max": "2.0.0"}, 200),
        ({"GS1-EPCIS-Version": "1.2"}, 406),
        ({"GS1-EPCIS-Version": "new"}, 406),
        ({"GS1-EPCIS-Min": "2.1"}, 406),
        ({"GS1-EPCIS-Max": "1.2.0"}, 406),
        ({"GS1-CBV-Version": "3"}, 406),
        ({"GS1-CBV-Min": "2.1.0"}, 406),
        ({"GS1-CBV-Max": "1.9"}, 406),
        ({"GS1-EPC-Format": "Sometimes"}, 406),
        ({"GS1-CBV-XML-Format": "Sometimes"}, 406),
        ({"Accept": "application/json"}, 200),
        ({"Accept": "text/html, application/ld+json;q=0.2"}, 200),
        ({"Accept": "*/*"}, 200),
        ({"Accept": "text/html"}, 406),
        ({"Accept": "application/json;q=0"}, 406),
    ],
)
@pytest.mark.parametrize("path", ["events", "", "epcs", "bizSteps/shipping", "events/urn:a:1"])
@pytest.mark.conforms(
    "H-GS1-EPCIS-Version", "H-GS1-EPCIS-Min", "H-GS1-EPCIS-Max", "H-GS1-CBV-Version",
    "H-GS1-CBV-Min", "H-GS1-CBV-Max", "H-GS1-CBV-XML-Format",
)  # fmt: skip
def test_what_cannot_be_had_is_not_acceptable(
    client: Client, path: str, headers: dict[str, str], status: int
) -> None:
    answer = ask(client, path, **headers)
    if path == "events/urn:a:1" and status == 200:
        status = 404
    assert answer.status_code == status, answer.content
    if status == 406:
        assert answer.json()["type"] == "epcisException:NotAcceptableException"


def test_linked_data_is_said_to_be_linked_data(client: Client) -> None:
    assert (
        ask(client, Accept="application/ld+json").headers["Content-Type"] == "application/ld+json"
    )
    assert ask(client).headers["Content-Type"] == "application/json"


@pytest.mark.conforms("H-GS1-Extensions")
def test_prefixes_are_declared_by_a_header(client: Client) -> None:
    declared = {"GS1-Extensions": "own=https://ns.example.org/, other=urn:other:"}
    answer = client.get("/epcis/events?EQ_own:grade=A", headers=declared)
    assert len(epcs(answer)) == 4
    assert answer.headers["GS1-Extensions"] == declared["GS1-Extensions"]
    other = client.get("/epcis/events?EQ_other:grade=A", headers=declared).json()
    assert other["epcisBody"]["queryResults"]["resultsBody"]["eventList"] == []


@pytest.mark.conforms("X-write", "H-GS1-CBV-XML-Format")
@pytest.mark.parametrize("media_type", ["application/xml", "text/xml"])
def test_the_same_answer_in_xml(client: Client, media_type: str) -> None:
    whole = ask(client).json()
    answer = ask(client, Accept=media_type)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == media_type
    read = document_from_xml(answer.content)
    assert read["epcisBody"]["queryResults"]["queryName"] == "SimpleEventQuery"
    [event] = read["epcisBody"]["queryResults"]["resultsBody"]["eventList"]
    [same] = whole["epcisBody"]["queryResults"]["resultsBody"]["eventList"]
    assert event["epcList"] == same["epcList"]
    assert event["ex:grade"] == "A"


@pytest.mark.conforms("H-GS1-CBV-XML-Format")
@pytest.mark.parametrize(
    ("wanted", "step"),
    [
        ("Always_URN", b"urn:epcglobal:cbv:bizstep:commissioning"),
        ("Always_Web_URI", b"https://ref.gs1.org/cbv/BizStep-commissioning"),
    ],
)
def test_words_in_xml_are_spelled_as_the_reader_wants(
    client: Client, wanted: str, step: bytes
) -> None:
    answer = ask(client, Accept="application/xml", **{"GS1-CBV-XML-Format": wanted})
    assert step in answer.content
    assert answer.headers["GS1-CBV-XML-Format"] == wanted


@pytest.mark.conforms("X-job")
def test_lists_and_problems_in_xml(client: Client) -> None:
    listed = ask(client, "epcs", Accept="application/xml")
    assert LINK.encode() in listed.content
    unknown = ask(client, "epcs/urn:a:1", Accept="application/xml")
    assert unknown.status_code == 404
    assert unknown.headers["Content-Type"] == "application/problem+xml"
    assert b"epcisException:NoSuchResourceException" in unknown.content


def test_an_address_that_is_too_long_is_refused(client: Client) -> None:
    listed = "|".join(f"urn:originmark:local:tree:{number}" for number in range(400))
    answer = client.get(f"/epcis/events?MATCH_epc={listed}")
    assert answer.status_code == 414
    assert answer.json()["type"] == "epcisException:URITooLongException"


@pytest.mark.parametrize(
    ("header", "best"),
    [
        ("", "application/json"),
        ("application/xml", "application/xml"),
        ("application/*;q=0.5, application/xml", "application/xml"),
        ("application/json, application/xml", "application/json"),
        ("application/xml;q=nonsense, */*;q=0.1", "application/json"),
        ("image/*", None),
    ],
)
def test_the_best_form_of_an_answer(header: str, best: str | None) -> None:
    assert negotiation.accepted(header, ("application/json", "application/xml")) == best
