"""The JSON-LD context has several addresses; all mean the same, and none is ever fetched."""

import socket
from datetime import UTC, datetime
from typing import Any

import pytest
from builders.ledger import a_document, an_object_event, as_bytes

from originmark.origin.parties.access import SYSTEM
from originmark.standards.epcis import event_hashes
from originmark.trace.ledger import services

ADDRESSES = [
    "https://ref.gs1.org/standards/epcis/epcis-context.jsonld",
    "https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld",
    "https://ref.gs1.org/standards/epcis/2.0.1/epcis-context.jsonld",
    "https://gs1.github.io/EPCIS/epcis-context.jsonld",
]
NOW = datetime(2026, 10, 1, 8, tzinfo=UTC)


@pytest.fixture
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*given: Any, **_named: Any) -> None:
        raise AssertionError(f"somebody looks up {given}")

    monkeypatch.setattr(socket, "getaddrinfo", refuse)


@pytest.mark.django_db
@pytest.mark.usefixtures("_no_network")
@pytest.mark.conforms("D-g")
def test_each_address_of_the_context_means_the_same() -> None:
    event = an_object_event(**{"gs1:stepOfProcess": "drying", "cbvmda:lotNumber": "007"})
    documents = [as_bytes(a_document(event, context=[address])) for address in ADDRESSES]

    results = [services.capture(each, by=SYSTEM, now=NOW) for each in documents]

    assert [len(each.stored) for each in results] == [1, 0, 0, 0]
    assert {each.events[0].event_id for each in results} == {results[0].events[0].event_id}
    hashes = [event_hashes(each, "application/ld+json") for each in documents]
    assert all(each == hashes[0] for each in hashes)
