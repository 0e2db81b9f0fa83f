"""The event hash of CBV 2.0 from the bytes of documents, against its reference from PyPI.

Both read the same documents in one run, in turns, and must agree on every hash. What is timed
goes from bytes to hashes, so parsing is in it, ours and theirs.
"""

import json
import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from bench import Row
from originmark.standards.epcis import event_hashes

DOCUMENTS, EVENTS = 5, 200
ITEMS = 5


def run() -> list[Row]:
    """Return how many events a second of one processor hashes, both ways."""
    documents = [_document(number) for number in range(DOCUMENTS)]
    peer_hashes = reference()
    seconds = {"ours": 0.0, "peer": 0.0}
    for document in documents:
        ours = _timed(lambda text: event_hashes(text, "application/json"), document)
        peer = _timed(peer_hashes, document)
        assert ours[0] == peer[0], "the hashes differ"
        seconds["ours"] += ours[1]
        seconds["peer"] += peer[1]
    rates = {name: DOCUMENTS * EVENTS / spent for name, spent in seconds.items()}
    ratio = rates["ours"] / rates["peer"]
    return [
        Row("hash: EPCIS events hashed", rates["ours"], rates["peer"], ratio, "events/s of CPU")
    ]


def _timed(hashes: Callable[[bytes], list[str]], document: bytes) -> tuple[list[str], float]:
    start = time.process_time()
    found = hashes(document)
    return found, time.process_time() - start


def reference() -> Callable[[bytes], list[str]]:
    """Return the reference as a function; it is installed for development alone."""
    from epcis_event_hash_generator import (  # noqa: PLC0415 (not in every installation)
        hash_generator,
        json_to_py,
    )

    def hashes(document: bytes) -> list[str]:
        with _silence():
            events = json_to_py.event_list_from_epcis_document_str(document.decode())
            return list(hash_generator.epcis_hashes_from_events(events))

    hashes(_document(0))  # whatever it keeps, it has now
    return hashes


@contextmanager
def _silence() -> Iterator[None]:
    """Keep the reference's log out of the table, and its cost out of the measurement."""
    logging.disable(logging.CRITICAL)
    try:
        yield
    finally:
        logging.disable(logging.NOTSET)


def _document(number: int) -> bytes:
    return json.dumps(
        {
            "@context": [
                "https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld",
                {"ex": "https://ex.example/voc/"},
            ],
            "type": "EPCISDocument",
            "schemaVersion": "2.0",
            "creationDate": "2026-09-30T08:00:00Z",
            "epcisBody": {"eventList": [_event(number * EVENTS + each) for each in range(EVENTS)]},
        }
    ).encode()


def _event(number: int) -> dict[str, Any]:
    """Return an event of about 0.9 kB; no two name the same items."""
    serials = range(number * ITEMS, (number + 1) * ITEMS)
    return {
        "type": "ObjectEvent",
        "eventTime": f"2026-09-{number % 28 + 1:02}T07:15:{number % 60:02}+08:00",
        "eventTimeZoneOffset": "+08:00",
        "action": "OBSERVE",
        "bizStep": "shipping",
        "disposition": "in_transit",
        "epcList": [f"urn:epc:id:sgtin:4012345.{number % 40:06}.{serial}" for serial in serials],
        "quantityList": [
            {
                "epcClass": f"urn:epc:class:lgtin:4054739.099914.L{number}",
                "quantity": number / 8,
                "uom": "KGM",
            }
        ],
        "readPoint": {"id": "urn:epc:id:sgln:4012345.00011.987"},
        "bizLocation": {"id": "https://id.gs1.org/414/4012345000115"},
        "bizTransactionList": [{"type": "desadv", "bizTransaction": f"urn:desadv:{number}"}],
        "sourceList": [{"type": "possessing_party", "source": "urn:epc:id:pgln:4012345.00000"}],
        "destinationList": [
            {"type": "possessing_party", "destination": "urn:epc:id:pgln:0614141.00000"}
        ],
        "ex:truck": f"T{number % 7}",
    }
