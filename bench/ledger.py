"""Capture of EPCIS documents from bytes to committed rows, against the usual way.

Ours, the usual way (see ``usual``) and the limit take the same documents (see ``documents``) in
turns, in one run, and ours and the usual way must agree on every hash. The limit does nothing but
parse, and insert the events as blobs. What is told are events a second of CPU time.

``ORIGINMARK_BENCH_MB`` is the size of the large document (64 where it is not set).
"""

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

import orjson

from bench import Row, documents, usual

NOW = datetime(2026, 10, 1, 8, tzinfo=UTC)
DOCUMENTS = 3
LARGE_MB = int(os.environ.get("ORIGINMARK_BENCH_MB", "64"))
KINDS = {"mixed": documents.mixed, "plain": documents.plain}
Capture = Callable[[bytes], list[str]]


def run() -> list[Row]:
    """Return how many events a second of one processor captures, and in how much memory."""
    # First, for a child begins with the peak of its parent. Below a megabyte the growth cannot be
    # told from that of the process itself.
    streamed, whole = max(_memory_mb("stream"), 1.0), _memory_mb("whole")
    by = "GS1's" if usual.GS1_SCHEMA.exists() else "our"
    rows: list[Row] = []
    for kind, document in KINDS.items():
        with database():
            ours, peer, limit = _rates(document)
        name = f"ledger: capture {kind}"
        rows += [
            Row(f"{name}, by {by} schema", ours, peer, ours / peer, "events/s of CPU"),
            Row(f"{name} to parse and insert", ours, limit, ours / limit, "events/s of CPU"),
        ]
    name = f"ledger: memory for {LARGE_MB} MB"
    unit = "MB above an idle process, json.loads"
    return [*rows, Row(name, streamed, whole, whole / streamed, unit)]


def _rates(document: Callable[[int], bytes]) -> list[float]:
    """Return the rates of our way, the usual way and the limit."""
    ways = [capture, usual.capturer(now=NOW), _limit()]
    for way in ways:
        way(document(DOCUMENTS))  # whatever is made once is made now
    seconds = [0.0 for _ in ways]
    for number in range(DOCUMENTS):
        sent, hashes = document(number), list[list[str]]()
        for place, way in enumerate(ways):
            start = time.process_time()
            hashes.append(way(sent))
            seconds[place] += time.process_time() - start
        assert len(hashes[0]) == documents.EVENTS
        assert [f"ni:///sha-256;{each}?ver=CBV2.0" for each in hashes[0]] == hashes[1]
    return [DOCUMENTS * documents.EVENTS / each for each in seconds]


def capture(document: bytes) -> list[str]:
    """Capture a document our way, and return its hashes."""
    from originmark.origin.parties.access import SYSTEM  # noqa: PLC0415 (Django is set up)
    from originmark.trace.ledger import services  # noqa: PLC0415

    result = services.capture(document, by=SYSTEM, now=NOW)
    assert not result.advice
    return [each.fingerprint for each in result.stored]


def _limit() -> Capture:
    """Return what any capture has to do at least: parse, and insert each event as a blob."""
    blobs = sqlite3.connect(str(Path(TemporaryDirectory().name + ".sqlite3")))
    blobs.execute("CREATE TABLE event (id INTEGER PRIMARY KEY, body BLOB)")

    def capture(document: bytes) -> list[str]:
        events = orjson.loads(document)["epcisBody"]["eventList"]
        rows = [(orjson.dumps(event),) for event in events]
        with blobs:
            blobs.executemany("INSERT INTO event (body) VALUES (?)", rows)
        return []

    return capture


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
