"""A query by EPC over many events, against reading the same rows by their primary key.

Rows are written by plain SQL into the project's own tables, eight events to an EPC, spread over the
whole log; indexes come last. Which way goes first is drawn anew for each EPC, so that neither
finds pages that the other has warmed. ``BENCH_EVENTS`` says how many events there are (default
100,000); ten million take about ten minutes to write and 10 GB under TMPDIR.
"""

import os
import random
import statistics
import time
from collections.abc import Callable
from functools import partial
from typing import Any

from bench import Row
from bench.ledger import database

EVENTS = int(os.environ.get("BENCH_EVENTS", "100000"))
EACH, ASKED = 8, 400
UNIT = "https://id.gs1.org/01/09521101530001/21/"
PLACE = "https://id.gs1.org/414/9521100"
EPC = f"'{UNIT}' || printf('%012d', n * 7919 % {max(EVENTS // EACH, 1)})"
READ_POINT = f"'{PLACE}' || printf('%06d', n * 31 % 1000)"
TRANSACTION = "'urn:originmark:desadv:' || (n / 10)"
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
}


def run() -> list[Row]:
    """Return the median microseconds that an EPC takes: by query, by selector, by key."""
    with database():
        fill()
        query, selector, key = measured(random.Random(20))  # noqa: S311 (the same every time)
    among, unit = f"of an EPC in {EVENTS / 1e6:g}M", "µs (1.0x: as by primary key)"
    return [
        Row(f"ledger: query {among}", query, key, query / key, unit),
        Row(f"ledger: events {among}", selector, key, selector / key, unit),
    ]


def fill() -> None:
    """Write the events and what they name; indexes last."""
    from django.db import connection  # noqa: PLC0415 (Django is set up)

    from originmark.trace.ledger.models import Event  # noqa: PLC0415

    said = dict(COLUMNS)
    for field in Event._meta.concrete_fields:  # noqa: SLF001 (Django documents _meta)
        if not field.null:
            is_truth = "bool" in str(field.db_type(connection))
            said.setdefault(str(field.column), "0" if is_truth else "''")
    named = " UNION ALL ".join(
        f"SELECT n, {value}, '{role}', '' FROM numbers"  # noqa: S608 (our own text)
        for role, value in {
            "epc": EPC,
            "read_point": READ_POINT,
            "transaction": TRANSACTION,
        }.items()
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
            "INSERT INTO ledger_eventidentifier (event_id, identifier, role, uom) "
            f"{numbers} {named}"
        )
        for _name, sql in indexes:
            cursor.execute(sql)


def measured(dice: random.Random) -> tuple[float, float, float]:
    """Return the median microseconds; each EPC is asked for every way, in an order by lot."""
    from originmark.origin.parties.access import SYSTEM  # noqa: PLC0415 (Django is set up)
    from originmark.standards.epcis.query import parse_parameters  # noqa: PLC0415
    from originmark.trace.ledger import query, selectors, store  # noqa: PLC0415

    def by_query(epc: str) -> Any:
        return query.run(parse_parameters([("MATCH_epc", epc)]), by=SYSTEM, limit=30).events

    taken: list[list[float]] = [[], [], []]
    for number in dice.sample(range(EVENTS // EACH), ASKED):
        epc, ids = f"{UNIT}{number:012}", _places(number)
        ways: tuple[Callable[[], Any], ...] = (
            partial(by_query, epc),
            partial(selectors.events_naming, epc, roles=["epc"]),
            lambda ids=ids: store.from_rows(ids).values(),
        )
        for way in dice.sample(range(3), 3):
            start = time.perf_counter()
            found = list(ways[way]())
            taken[way].append((time.perf_counter() - start) * 1e6)
            assert sorted(each.id for each in found) == sorted(ids)
    by_median = (statistics.median(each) for each in taken)
    return next(by_median), next(by_median), next(by_median)


def _places(number: int) -> list[int]:
    """Return the events of an EPC: the n with n * 7919 = number, modulo the number of EPCs."""
    units = EVENTS // EACH
    first = number * pow(7919, -1, units) % units
    return [first + turn * units for turn in range(EACH)]
