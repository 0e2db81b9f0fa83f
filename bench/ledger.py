"""Capture of EPCIS documents from bytes to committed rows, against the usual pipeline.

Both ways read the same documents into the same database in one run. The usual way parses with
``json``, validates with the Python library ``jsonschema``, hashes with the reference of PyPI and
saves with ``bulk_create``; it keeps neither log nor proofs, looks for no repetition and tells
nobody. Ours does all that. The limit does nothing but parse and insert the events as blobs.

The usual schema is the one that GS1 publishes, where it stands under ``ORIGINMARK_SHARED`` (it is
not ours to ship); elsewhere it is ours, which gives the same verdict in about half the time.

``ORIGINMARK_BENCH_MB`` is the size of the large document (64 where it is not set).
"""

import json
import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import orjson

from bench import Row
from bench.event_hash import reference

NOW = datetime(2026, 10, 1, 8, tzinfo=UTC)
DOCUMENTS, EVENTS = 2, 1000
LARGE_MB = int(os.environ.get("ORIGINMARK_BENCH_MB", "64"))
SHARED = Path(os.environ.get("ORIGINMARK_SHARED", Path(__file__).parents[2] / "shared"))
GS1_SCHEMA = SHARED / "vectors/epcis/schema/EPCIS-JSON-Schema.json"
HEAD = {
    "@context": ["https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld"],
    "type": "EPCISDocument",
    "schemaVersion": "2.0",
    "creationDate": "2026-09-30T08:00:00Z",
}


def run() -> list[Row]:
    """Return how many events a second of one processor captures, and in how much memory."""
    documents = [_document(number) for number in range(DOCUMENTS)]
    with database():
        _capture(_document(DOCUMENTS), count=EVENTS)  # whatever is made once is made now
        ours = _per_second(documents, lambda document: _capture(document, count=EVENTS))
    with database():
        peer = _per_second(documents, _usual_way())
    limit = _per_second(documents, _limit())
    # Below a megabyte the growth cannot be told from that of the process itself.
    streamed, whole = max(_memory_mb("stream"), 1.0), _memory_mb("whole")
    name = f"ledger: memory for {LARGE_MB} MB"
    by = "GS1's" if GS1_SCHEMA.exists() else "our"
    return [
        Row(f"ledger: capture, by {by} schema", ours, peer, ours / peer, "events/s of CPU"),
        Row("ledger: capture to parse and insert", ours, limit, ours / limit, "events/s of CPU"),
        Row(name, streamed, whole, whole / streamed, "MB above an idle process, json.loads"),
    ]


def _document(number: int) -> bytes:
    events = [event(number * EVENTS + each) for each in range(EVENTS)]
    return json.dumps(HEAD | {"epcisBody": {"eventList": events}}).encode()


def event(number: int) -> dict[str, Any]:
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
        "epcList": [f"https://id.gs1.org/8004/9521100{number:012}"],
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
    return len(documents) * EVENTS / (time.process_time() - start)


def _capture(document: bytes, *, count: int) -> None:
    from originmark.origin.parties.access import SYSTEM  # noqa: PLC0415 (Django is set up)
    from originmark.trace.ledger import services  # noqa: PLC0415

    result = services.capture(document, by=SYSTEM, now=NOW)
    assert len(result.stored) == count


def _limit() -> Callable[[bytes], None]:
    """Return what any capture has to do at least: parse, and insert each event as a blob."""
    database = sqlite3.connect(str(Path(TemporaryDirectory().name + ".sqlite3")))
    database.execute("CREATE TABLE event (id INTEGER PRIMARY KEY, body BLOB)")

    def capture(document: bytes) -> None:
        events = orjson.loads(document)["epcisBody"]["eventList"]
        rows = [(orjson.dumps(event),) for event in events]
        with database:
            database.executemany("INSERT INTO event (body) VALUES (?)", rows)

    return capture


def _usual_way() -> Callable[[bytes], None]:
    from django.db import transaction  # noqa: PLC0415 (Django is set up)
    from jsonschema import Draft7Validator  # noqa: PLC0415

    from originmark.standards.epcis.schema import document_schema  # noqa: PLC0415
    from originmark.trace.ledger.models import Event, EventIdentifier  # noqa: PLC0415

    schema = json.loads(GS1_SCHEMA.read_bytes()) if GS1_SCHEMA.exists() else document_schema()
    validator, hashes = Draft7Validator(schema), reference()

    def capture(document: bytes) -> None:
        parsed = json.loads(document)
        assert not list(validator.iter_errors(parsed))
        events = parsed["epcisBody"]["eventList"]
        prints = hashes(document)
        with transaction.atomic():
            first = Event.objects.count()
            pairs = zip(events, prints, strict=True)
            rows = [_row(first + at, *pair) for at, pair in enumerate(pairs)]
            Event.objects.bulk_create(rows)
            EventIdentifier.objects.bulk_create(
                EventIdentifier(event=row, place=place, identifier=identifier, role=role)
                for row, event in zip(rows, events, strict=True)
                for place, (identifier, role) in enumerate(_named(event))
            )

    return capture


def _row(place: int, event: dict[str, Any], print_: str) -> Any:
    from originmark.trace.ledger.models import Event  # noqa: PLC0415 (Django is set up)

    return Event(
        id=place,
        event_id=event["eventID"],
        fingerprint=print_.partition(";")[2][:64],
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


def _named(event: dict[str, Any]) -> Iterator[tuple[str, str]]:
    yield from ((epc, "epc") for epc in event["epcList"])
    yield event["readPoint"]["id"], "read_point"
    yield event["bizLocation"]["id"], "location"
    yield from ((each["bizTransaction"], "transaction") for each in event["bizTransactionList"])
    yield from ((each["source"], "source") for each in event["sourceList"])
    yield from ((each["destination"], "destination") for each in event["destinationList"])


def _memory_mb(way: str) -> float:
    """Return by how much a process of its own grows while it reads a large document."""
    done = subprocess.run(  # noqa: S603 (this very module)
        [sys.executable, "-m", "bench.ledger_memory", way, str(LARGE_MB)],
        check=True,
        capture_output=True,
        text=True,
    )
    return float(done.stdout)


@contextmanager
def database() -> Iterator[None]:
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
