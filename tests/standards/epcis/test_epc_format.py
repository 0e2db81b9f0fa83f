"""Identifiers of an event in the format that the reader wants."""

from typing import Any

import pytest

from originmark.standards.epcis.epc_format import (
    AS_RECEIVED,
    DIGITAL_LINK,
    EPC_URN,
    NO_PREFERENCE,
    translate,
)

PAIRS = [
    ("urn:epc:id:sgtin:0614141.107346.2017", "https://id.gs1.org/01/10614141073464/21/2017"),
    ("urn:epc:id:sscc:0614141.1234567890", "https://id.gs1.org/00/106141412345678908"),
    ("urn:epc:id:sgln:0614141.07346.1234", "https://id.gs1.org/414/0614141073467/254/1234"),
    ("urn:epc:id:pgln:0614141.07346", "https://id.gs1.org/417/0614141073467"),
    ("urn:epc:id:gdti:0614141.06012.1234", "https://id.gs1.org/253/06141410601221234"),
    ("urn:epc:id:giai:0614141.logger7", "https://id.gs1.org/8004/0614141logger7"),
    ("urn:epc:class:lgtin:0614141.107346.L1", "https://id.gs1.org/01/10614141073464/10/L1"),
    ("urn:epc:idpat:sgtin:0614141.107346.*", "https://id.gs1.org/01/10614141073464"),
]


def an_event(
    tree: str, pallet: str, dock: str, party: str, paper: str, *rest: str
) -> dict[str, Any]:
    """An event with an identifier in every field that has one."""
    device, lot, kind = rest
    return {
        "type": "ObjectEvent",
        "eventID": "urn:epc:id:sscc:0614141.1234567890",
        "parentID": pallet,
        "epcList": [tree],
        "childEPCs": [tree],
        "inputEPCList": [tree],
        "outputEPCList": [tree],
        "quantityList": [{"epcClass": lot, "quantity": 1}],
        "childQuantityList": [{"epcClass": kind}],
        "inputQuantityList": [{"epcClass": lot}],
        "outputQuantityList": [{"epcClass": lot}],
        "transformationID": paper,
        "readPoint": {"id": dock, "ex:place": "urn:epc:id:sgln:0614141.07346.1234"},
        "bizLocation": {"id": dock},
        "bizTransactionList": [{"type": "po", "bizTransaction": paper}],
        "sourceList": [{"type": "owning_party", "source": party}],
        "destinationList": [{"type": "owning_party", "destination": party}],
        "sensorElementList": [
            {
                "sensorMetadata": {"deviceID": device},
                "sensorReport": [{"type": "Temperature", "deviceID": device, "value": 1}],
            }
        ],
    }


URNS = an_event(*(urn for urn, _link in PAIRS))
LINKS = an_event(*(link for _urn, link in PAIRS))


@pytest.mark.conforms("H-GS1-EPC-Format", "T-4")
@pytest.mark.parametrize(
    ("event", "wanted", "expected"),
    [
        (URNS, DIGITAL_LINK, LINKS),
        (LINKS, DIGITAL_LINK, LINKS),
        (LINKS, EPC_URN, URNS),
        (URNS, EPC_URN, URNS),
        (URNS, NO_PREFERENCE, URNS),
        (LINKS, AS_RECEIVED, LINKS),
    ],
)
def test_every_identifier_is_spelled_alike(
    event: dict[str, Any], wanted: str, expected: dict[str, Any]
) -> None:
    before = repr(event)
    assert translate(event, wanted, {"0614141"}) == expected
    assert repr(event) == before


@pytest.mark.conforms("T-4")
def test_a_lot_of_digits_keeps_its_zeros() -> None:
    event = {
        "type": "ObjectEvent",
        "quantityList": [{"epcClass": "urn:epc:class:lgtin:0614141.107346.007"}],
    }
    linked = translate(event, DIGITAL_LINK)
    assert linked["quantityList"][0]["epcClass"].endswith("/10/007")
    assert translate(linked, EPC_URN, {"0614141"}) == event


@pytest.mark.conforms("U-gcp-length", "U-no-gs1-key")
@pytest.mark.parametrize(
    ("identifier", "prefixes"),
    [
        ("https://id.gs1.org/01/09990000000036/21/1", set()),
        ("https://id.gs1.org/01/09990000000036/21/1", {"9990", "99900"}),
        ("https://example.org/trees/7", {"0614141"}),
        ("urn:originmark:local:tree:7", {"0614141"}),
    ],
)
def test_what_cannot_be_told_stays_as_it_is(identifier: str, prefixes: set[str]) -> None:
    event = {"type": "ObjectEvent", "epcList": [identifier]}
    assert translate(event, EPC_URN, prefixes) == event
