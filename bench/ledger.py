"""Capture of EPCIS documents from bytes to committed rows, against the usual pipeline.

Both ways read the same documents into the same database in one run. The usual way parses with
``json``, validates with the Python library ``jsonschema`` and saves each row by itself; it keeps
neither log nor proofs. Ours does all that law 1 asks for. The events are inspections, which move
no lot: what the room for lots does with an event is not measured here.
"""

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bench import Row
from bench.epcis_schema import DOCUMENT

NOW = datetime(2026, 10, 1, 8, tzinfo=UTC)
DOCUMENTS, EVENTS = 3, 200


def run() -> list[Row]:
    """Return how many events a second of one processor captures, both ways."""
    documents = [_document(number) for number in range(DOCUMENTS)]
    with _database():
        ours = _per_second(documents, _capture)
    with _database():
        peer = _per_second(documents, _usual_way())
    return [Row("ledger: EPCIS events captured", ours, peer, ours / peer, "events/s of CPU")]


def _document(number: int) -> bytes:
    document = {
        "@context": ["https://ref.gs1.org/standards/epcis/epcis-context.jsonld"],
        "type": "EPCISDocument",
        "schemaVersion": "2.0",
        "creationDate": "2026-09-30T08:00:00Z",
        "epcisBody": {"eventList": [_event(number * EVENTS + each) for each in range(EVENTS)]},
    }
    return json.dumps(document).encode()


def _event(number: int) -> dict[str, Any]:
    """Return an event of about 0.8 kB that names six things."""
    party = "https://id.gs1.org/417/952110000000"
    return {
        "type": "ObjectEvent",
        "eventID": f"urn:uuid:00000000-0000-4000-8000-{number:012}",
        "eventTime": f"2026-09-{number % 28 + 1:02}T07:15:00.000+08:00",
        "eventTimeZoneOffset": "+08:00",
        "action": "OBSERVE",
        "bizStep": "inspecting",
        "disposition": "conformant",
        "epcList": [f"https://id.gs1.org/00/0{number:017}"],
        "readPoint": {"id": "https://id.gs1.org/414/9521100000005"},
        "bizLocation": {"id": "https://id.gs1.org/414/9521100000012"},
        "bizTransactionList": [{"type": "desadv", "bizTransaction": f"urn:desadv:{number}"}],
        "sourceList": [{"type": "possessing_party", "source": f"{party}5"}],
        "destinationList": [{"type": "possessing_party", "destination": f"{party}6"}],
    }


def _per_second(documents: list[bytes], capture: Callable[[bytes], None]) -> float:
    start = time.process_time()
    for document in documents:
        capture(document)
    return DOCUMENTS * EVENTS / (time.process_time() - start)


def _capture(document: bytes) -> None:
    from originmark.origin.parties.access import SYSTEM  # noqa: PLC0415 (Django is set up)
    from originmark.trace.ledger import services  # noqa: PLC0415

    result = services.capture(document, by=SYSTEM, now=NOW)
    assert len(result.stored) == EVENTS


def _usual_way() -> Callable[[bytes], None]:
    from django.db import transaction  # noqa: PLC0415 (Django is set up)
    from jsonschema import Draft7Validator  # noqa: PLC0415

    validator = Draft7Validator(DOCUMENT)

    def capture(document: bytes) -> None:
        parsed = json.loads(document)
        assert not list(validator.iter_errors(parsed))
        with transaction.atomic():
            for event in parsed["epcisBody"]["eventList"]:
                _save(event)

    return capture


def _save(event: dict[str, Any]) -> None:
    from originmark.trace.ledger.models import Event, EventIdentifier  # noqa: PLC0415

    row = Event.objects.create(
        id=Event.objects.count(),
        event_id=event["eventID"],
        type=event["type"],
        event_time=datetime.fromisoformat(event["eventTime"]),
        record_time=NOW,
        action=event["action"],
        biz_step=event["bizStep"],
        disposition=event["disposition"],
        read_point=event["readPoint"]["id"],
        biz_location=event["bizLocation"]["id"],
        is_error_declaration=False,
        body=json.dumps(event),
    )
    named = [(epc, "epc") for epc in event["epcList"]]
    named += [(event["readPoint"]["id"], "read_point"), (event["bizLocation"]["id"], "location")]
    named += [(each["bizTransaction"], "transaction") for each in event["bizTransactionList"]]
    named += [(each["source"], "source") for each in event["sourceList"]]
    named += [(each["destination"], "destination") for each in event["destinationList"]]
    for identifier, role in named:
        EventIdentifier.objects.create(event=row, identifier=identifier, role=role)


@contextmanager
def _database() -> Iterator[None]:
    """An empty SQLite database of its own, with the settings of the installation."""
    import django  # noqa: PLC0415

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415 (Django is set up)
    from django.db import connection  # noqa: PLC0415

    assert connection.vendor == "sqlite", "the bench compares on SQLite: unset DATABASE_URL"
    before = connection.settings_dict["NAME"]
    with TemporaryDirectory() as folder:
        connection.close()
        connection.settings_dict["NAME"] = str(Path(folder) / "bench.sqlite3")
        try:
            call_command("migrate", verbosity=0)
            yield
        finally:
            connection.close()
            connection.settings_dict["NAME"] = before
