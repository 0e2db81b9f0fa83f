"""A query by EPC over many events, against reading the same rows by their primary key.

Rows are written by plain SQL into the project's own tables, eight events to an EPC, spread over the
whole log; indexes come last. Which way an EPC is asked for is drawn by lot, and it is asked for in
no other, so that none finds pages that another has warmed; before all, the system's memory of the
file is let go. Each is asked twice: first when its pages may be on the disk, then from memory.
``BENCH_EVENTS`` says how many events there are (default 100,000); ten million take about ten
minutes to write and 13 GB under TMPDIR.
"""

import os
import random
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bench import Row
from bench.ledger import database

EVENTS = int(os.environ.get("BENCH_EVENTS", "100000"))
EACH, ASKED = 8, 400
UNITS = max(EVENTS // EACH, 1)
BY_KEY = "by key"
UNIT = "https://id.gs1.org/01/09521101530001/21/"
PLACE = "https://id.gs1.org/414/9521100"
EPC = f"'{UNIT}' || printf('%012d', n * 7919 % {UNITS})"
READ_POINT = f"'{PLACE}' || printf('%06d', n * 31 % 1000)"
TRANSACTION = "'urn:originmark:desadv:' || (n / 10)"
NAMED = {"epc": EPC, "read_point": READ_POINT, "transaction": TRANSACTION}
NUMBERS = "WITH RECURSIVE numbers(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM numbers LIMIT {0}) "
TIME = "'2026-01-01 00:00:00'"
BODY = (
    '\'{"type":"ObjectEvent","eventTime":"2026-01-01T00:00:00Z","eventTimeZoneOffset":"+00:00",'
    f'"action":"OBSERVE","epcList":["\' || {EPC} || \'"],"readPoint":{{"id":"\' || {READ_POINT} || '
    f'\'"}},"bizTransactionList":[{{"bizTransaction":"\' || {TRANSACTION} || \'"}}]}}\''
)
COLUMNS = {
    "id": "n",
    "event_id": "'urn:uuid:' || lower(hex(randomblob(16)))",
    "fingerprint": "lower(hex(randomblob(32)))",
    "type": "'ObjectEvent'",
    "event_time": TIME,
    "record_time": TIME,
    "action": "'OBSERVE'",
    "read_point": READ_POINT,
    "body": BODY,
    "organisation_id": f"n / {UNITS} % 2 + 1",
}


def run() -> list[Row]:
    """Return the median microseconds that an EPC takes in each way, against reading by key."""
    with database():
        fill()
        taken = measured(random.Random(20))  # noqa: S311 (the same every time)
    by_key, unit = taken.pop(BY_KEY), "µs (1.0x: as by primary key)"
    return [
        Row(f"ledger: {way}, {EVENTS / 1e6:g}M{turn}", ours, peer, ours / peer, unit)
        for way, medians in taken.items()
        for turn, ours, peer in zip(("", ", again"), medians, by_key, strict=True)
    ]


def fill() -> None:
    """Write the events and what they name; indexes last."""
    from django.db import connection  # noqa: PLC0415 (Django is set up)

    from originmark.origin.parties.models import Organisation  # noqa: PLC0415
    from originmark.trace.ledger.models import Event  # noqa: PLC0415

    for number in (1, 2):
        Organisation.objects.create(pk=number, code=f"bench-{number}", kind="cooperative")
    said = dict(COLUMNS)
    for field in Event._meta.concrete_fields:  # noqa: SLF001 (Django documents _meta)
        if not field.null:
            is_truth = "bool" in str(field.db_type(connection))
            said.setdefault(str(field.column), "0" if is_truth else "''")
    named = " UNION ALL ".join(
        f"SELECT n, {place}, {value}, '{role}', '' FROM numbers"  # noqa: S608 (our own text)
        for place, (role, value) in enumerate(NAMED.items())
    )
    numbers = NUMBERS.format(EVENTS)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL "
            "AND tbl_name IN ('ledger_event', 'ledger_eventidentifier')"
        )
        indexes = cursor.fetchall()
        for name, _sql in indexes:
            cursor.execute(f'DROP INDEX "{name}"')
        cursor.execute(
            f"INSERT INTO ledger_event ({', '.join(said)}) {numbers} "  # noqa: S608 (own text)
            f"SELECT {', '.join(said.values())} FROM numbers"
        )
        cursor.execute(
            "INSERT INTO ledger_eventidentifier (event_id, place, identifier, role, uom) "
            f"{numbers} {named}"
        )
        for _name, sql in indexes:
            cursor.execute(sql)


def measured(dice: random.Random) -> dict[str, tuple[float, float]]:
    """Return the median microseconds of each way: for an EPC asked first, and asked again."""
    ways = _ways()
    turns = list(ways) * min(ASKED, UNITS // len(ways))
    dice.shuffle(turns)
    taken: dict[str, list[tuple[float, float]]] = {way: [] for way in ways}
    forget()
    for way, number in zip(turns, dice.sample(range(UNITS), len(turns)), strict=True):
        epc, ids = f"{UNIT}{number:012}", _places(number)
        ask, theirs = ways[way]
        pair = []
        for _turn in range(2):
            start = time.perf_counter()
            found = list(ask(epc, ids))
            pair.append((time.perf_counter() - start) * 1e6)
            assert sorted(each.id for each in found) == sorted(ids[:: EACH // theirs])
        taken[way].append((pair[0], pair[1]))
    return {
        way: (statistics.median(first), statistics.median(again))
        for way, (first, again) in ((way, zip(*pairs, strict=True)) for way, pairs in taken.items())
    }


def _ways() -> dict[str, tuple[Callable[[str, list[int]], Any], int]]:
    """Return the ways to the events of an EPC, and how many of the eight each is shown."""
    from originmark.origin.parties.access import SYSTEM, Actor  # noqa: PLC0415 (Django is set up)
    from originmark.standards.epcis.query import parse_parameters  # noqa: PLC0415
    from originmark.trace.ledger import query, selectors, store  # noqa: PLC0415

    def answers(by: Actor, epc: str) -> Any:
        return query.run(parse_parameters([("MATCH_epc", epc)]), by=by, limit=30).events

    member = Actor(name="Member", roles=((1, "viewer"),))
    return {
        "query": (lambda epc, _ids: answers(SYSTEM, epc), EACH),
        "a member's query": (lambda epc, _ids: answers(member, epc), EACH // 2),
        "events_naming": (lambda epc, _ids: selectors.events_naming(epc, roles=["epc"]), EACH),
        BY_KEY: (lambda _epc, ids: store.from_rows(ids).values(), EACH),
    }


def forget() -> None:
    """Write everything out of the memory of SQLite and, where it can be told, of the system."""
    from django.db import connection  # noqa: PLC0415 (Django is set up)

    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    with Path(connection.settings_dict["NAME"]).open("rb+") as file:
        os.fsync(file.fileno())
        if hasattr(os, "posix_fadvise"):
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def _places(number: int) -> list[int]:
    """Return the events of an EPC: the n with n * 7919 = number, modulo the number of EPCs."""
    first = number * pow(7919, -1, UNITS) % UNITS
    return [first + turn * UNITS for turn in range(EACH)]
