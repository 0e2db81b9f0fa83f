"""How PostgreSQL keeps many events: Django's indexes, leaner ones, partitions, hash keys.

    scripts/with-postgres .venv/bin/python -m bench.storage 10000000

Rows are written by plain SQL into copies of the project's own tables; what is asked of them is
what capture, a query by EPC and a client that follows recordTime ask. Ten million events take
most of an hour and 30 GB, so ``make bench`` leaves this out; decision 12 tells what came out.
"""

import hashlib
import os
import random
import statistics
import sys
import time
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

BATCH, BATCHES, ASKED, PARTS = 1000, 10, 200, 12
UNIT = "https://id.gs1.org/01/09521101530001/21/"
NAMED = {
    "epc": f"'{UNIT}' || lpad((n * 7919 % {{units}})::text, 12, '0')",
    "read_point": "'https://id.gs1.org/414/9521100' || lpad((n * 31 % 1000)::text, 6, '0')",
}
EVENT = {
    "id": "n",
    "event_id": "'urn:uuid:' || md5(n::text)::uuid",
    "fingerprint": "encode(sha256(n::text::bytea), 'hex')",
    "type": "'ObjectEvent'",
    "event_time": "timestamptz '2026-01-01' + n * interval '3 seconds' - interval '1 hour'",
    "record_time": "timestamptz '2026-01-01' + n * interval '3 seconds'",
    "action": "'OBSERVE'",
    "biz_step": "'step_' || (n % 40)::text",
    "read_point": NAMED["read_point"],
    "body": 'repeat(\'{{"type": "ObjectEvent"}}\', 8)',
}
LEAN = tuple(
    f"CREATE INDEX ON {{table}} {index}"
    for index in (
        "USING brin (record_time) WITH (pages_per_range = 16)", "(event_time)", "(biz_step)",
        "USING hash (event_id)", "USING hash (fingerprint)",
    )
)  # fmt: skip
SETTINGS = ("max_wal_size = '20GB'", "maintenance_work_mem = '1GB'")
TWINS = "indexdef LIKE '%_pattern_ops%'"
WORDS = "(event_id, place, identifier, role, uom)"


@dataclass(frozen=True, slots=True)
class Shape:
    """A way to keep rows: the table, and its indexes once it is full."""

    name: str
    table: str
    make: tuple[str, ...]
    indexes: tuple[str, ...]
    where: str = "identifier = %s"


def partitions(table: str, like: str, by: str, bounds: Sequence[str]) -> tuple[str, ...]:
    """Return the statements that make a partitioned table."""
    return (
        f"CREATE TABLE {table} (LIKE {like} INCLUDING IDENTITY) PARTITION BY {by}",
        *(
            f"CREATE TABLE {table}_{number} PARTITION OF {table} FOR VALUES {bound}"
            for number, bound in enumerate(bounds)
        ),
    )


class Bench:
    """One run over so many events."""

    def __init__(self, events: int) -> None:
        from django.db import connection  # noqa: PLC0415 (Django is set up)

        self.events = self.next = events
        self.connection = connection
        self.dice = random.Random(20)  # noqa: S311 (a bench wants the same rows again)

    def sql(self, statement: str, *given: Any) -> list[tuple[Any, ...]]:
        """Run a statement."""
        with self.connection.cursor() as cursor:
            cursor.execute(statement, given or None)
            found: list[tuple[Any, ...]] = cursor.fetchall() if cursor.description else []
            return found

    def django_indexes(self, table: str, into: str) -> tuple[str, ...]:
        """Return the statements of the indexes that migrations made, for another table."""
        found = self.sql(
            "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = %s ORDER BY 1", table
        )
        return tuple(
            definition.replace(f" INDEX {name} ", " INDEX ").replace(f"public.{table} ", f"{into} ")
            for name, definition in found
        )

    def event_rows(self, first: int, past: int) -> str:
        """Return what follows INSERT INTO for these events."""
        from originmark.trace.ledger.models import Event  # noqa: PLC0415 (Django is set up)

        said = {name: value.format(units=self.events // 4) for name, value in EVENT.items()}
        for field in Event._meta.concrete_fields:  # noqa: SLF001 (Django documents _meta)
            if not field.null:
                is_text = "char" in str(field.db_type(self.connection))
                said.setdefault(str(field.column), "''" if is_text else "'0'")
        rows = f"generate_series({first}::bigint, {past - 1}::bigint) AS n"
        return f"({', '.join(said)}) SELECT {', '.join(said.values())} FROM {rows}"  # noqa: S608

    def identifier_rows(self, first: int, past: int) -> str:
        """Return what follows INSERT INTO for the two identifiers of each of these events."""
        named = ", ".join(
            f"({place}, '{role}', {value.format(units=self.events // 4)})"
            for place, (role, value) in enumerate(NAMED.items())
        )
        return (
            f"{WORDS} SELECT n, named.place, named.identifier, named.role, '' FROM "  # noqa: S608 (our own text)
            f"generate_series({first}::bigint, {past - 1}::bigint) AS n, "
            f"LATERAL (VALUES {named}) AS named(place, role, identifier)"
        )

    def fill(self, shape: Shape, rows: str) -> None:
        """Make a table and fill it; indexes come last, as a restore would make them."""
        start = time.monotonic()
        for statement in shape.make:
            self.sql(statement)
        if shape.make:
            self.next = self.events
            self.sql(f"INSERT INTO {shape.table} {rows}")
            print(f"    filled in {time.monotonic() - start:,.0f} s", flush=True)
        for index in shape.indexes:
            self.sql(index.format(table=shape.table))
        self.sql(f"VACUUM ANALYZE {shape.table}")
        heap, indexes = self.sql(
            "SELECT sum(pg_table_size(each)), sum(pg_indexes_size(each)) FROM (SELECT %s::regclass "
            "AS each UNION SELECT inhrelid FROM pg_inherits WHERE inhparent = %s::regclass) AS t",
            shape.table, shape.table,
        )[0]  # fmt: skip
        print(f"\n{shape.name}  (made in {time.monotonic() - start:,.0f} s)")
        self.say("rows", int(heap) / self.events, "B an event")
        self.say("indexes", int(indexes) / self.events, "B an event")

    @staticmethod
    def say(what: str, figure: float, unit: str) -> None:
        """Print a line at once."""
        print(f"    {what:<44}{figure:>10,.2f}  {unit}", flush=True)

    def append(self, table: str, rows: Any) -> None:
        """Say what it costs a full table to take more, in transactions of a thousand events."""
        wal, start = self._wal(), time.monotonic()
        for each in range(self.next, self.next + BATCH * BATCHES, BATCH):
            self.sql(f"INSERT INTO {table} {rows(each, each + BATCH)}")
        self.next += BATCH * BATCHES
        self.say("append", BATCH * BATCHES / (time.monotonic() - start), "events/s")
        self.say("append", (self._wal() - wal) / BATCH / BATCHES, "B of log an event")

    def _wal(self) -> int:
        return int(self.sql("SELECT pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')")[0][0])

    def ask(self, what: str, statement: str, given: Sequence[Sequence[Any]]) -> None:
        """Say how long a query takes and how many pages it touches: medians.

        Time depends on what else the machine does, pages do not.
        """
        taken, pages = [], []
        for each in given:
            start = time.perf_counter()
            self.sql(statement, *each)
            taken.append((time.perf_counter() - start) * 1000)
            [[[told]]] = self.sql(f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {statement}", *each)
            pages.append(told["Plan"]["Shared Hit Blocks"] + told["Plan"]["Shared Read Blocks"])
        self.say(what, statistics.median(taken), "ms")
        self.say("", statistics.median(pages), "pages")

    def some(self, below: int, count: int = ASKED) -> list[int]:
        """Return numbers below a bound."""
        return [self.dice.randrange(below) for _ in range(count)]

    def events_of(self, shape: Shape) -> None:
        """Ask of a table of events what capture and followers ask."""
        self.fill(shape, self.event_rows(0, self.events))
        self.append(shape.table, self.event_rows)
        arrivals = [self.some(100 * self.events, 500) for _ in range(ASKED // 10)]
        given = [[[_name(n) for n in each], [_print(n) for n in each]] for each in arrivals]
        seen = "event_id = ANY(%s) OR fingerprint = ANY(%s)"
        self.ask(
            "500 arrivals: is one there already?",
            f"SELECT id, event_id, fingerprint FROM {shape.table} WHERE {seen}",  # noqa: S608
            given,
        )
        numbers = [
            [[n + k * self.events // 8 for k in range(4)]] for n in self.some(self.events // 2)
        ]
        self.ask("4 events by id", f"SELECT * FROM {shape.table} WHERE id = ANY(%s)", numbers)  # noqa: S608
        hour = (
            "record_time >= timestamptz '2026-01-01' + %s * interval '3 seconds' AND "
            "record_time < timestamptz '2026-01-01' + %s * interval '3 seconds'"
        )
        spans = [[n, n + 1200] for n in self.some(self.events)]
        self.ask(
            "an hour by recordTime, newest 31",
            f"SELECT id FROM {shape.table} WHERE {hour} ORDER BY id DESC LIMIT 31",  # noqa: S608
            spans[:20],
        )
        self.ask(
            "the same, counted",
            f"SELECT count(*) FROM {shape.table} WHERE {hour}",  # noqa: S608
            spans[:20],
        )

    def identifiers_of(self, shape: Shape, events: str) -> None:
        """Ask of a table of identifiers what a query by EPC asks."""
        self.fill(shape, self.identifier_rows(0, self.events))
        self.append(shape.table, self.identifier_rows)
        epcs = [[f"{UNIT}{n:012}"] * shape.where.count("%s") for n in self.some(self.events // 4)]
        named = f"SELECT event_id FROM {shape.table} WHERE {shape.where}"  # noqa: S608 (own text)
        self.ask("places in the log of an EPC", named, epcs)
        self.ask("events of an EPC", f"SELECT * FROM {events} WHERE id IN ({named})", epcs)  # noqa: S608


def _name(number: int) -> str:
    digest = hashlib.md5(str(number).encode(), usedforsecurity=False).hexdigest()
    return f"urn:uuid:{uuid.UUID(digest)}"


def _print(number: int) -> str:
    return hashlib.sha256(str(number).encode()).hexdigest()


def event_shapes(bench: Bench) -> list[Shape]:
    """Return the ways to keep events; the second uses the rows of the first."""
    plain, parts = "bench_event", "bench_event_parts"
    step = bench.events // (PARTS - 2) + 1
    bounds = [f"FROM ({n * step}) TO ({(n + 1) * step})" for n in range(PARTS - 1)]
    bounds.append(f"FROM ({(PARTS - 1) * step}) TO (MAXVALUE)")
    return [
        Shape(
            "events, indexes as Django makes them", plain,
            (f"CREATE TABLE {plain} (LIKE ledger_event)",),
            bench.django_indexes("ledger_event", plain),
        ),
        Shape(
            "events, Django's indexes without their twins for LIKE", plain, (),
            (without(plain, TWINS),),
        ),
        Shape(
            "events, lean: BRIN for times of record, hash for names", plain, (),
            (without(plain), f"CREATE UNIQUE INDEX ON {plain} (id)", *LEAN),
        ),
        Shape(
            f"events, without twins, {PARTS - 2} partitions by place in the log", parts,
            partitions(parts, "ledger_event", "RANGE (id)", bounds),
            tuple(
                each for each in bench.django_indexes("ledger_event", parts) if "_ops" not in each
            ),
        ),
    ]  # fmt: skip


def without(table: str, those: str = "true") -> str:
    """Return the statement that drops the indexes of a table of which this holds."""
    return f"""
        DO $$ DECLARE each text; BEGIN
        FOR each IN SELECT indexname FROM pg_indexes WHERE tablename = '{table}' AND {those}
        LOOP EXECUTE 'DROP INDEX ' || quote_ident(each); END LOOP; END $$
    """  # noqa: S608 (our own text)


def identifier_shapes(bench: Bench) -> list[Shape]:
    """Return the ways to keep identifiers."""
    like = "CREATE TABLE {0} (LIKE ledger_eventidentifier INCLUDING IDENTITY{1})"
    key = "key bigint GENERATED ALWAYS AS (hashtextextended(identifier, 0)) STORED"
    by_hash = [f"WITH (MODULUS 16, REMAINDER {each})" for each in range(16)]
    named = [f"bench_identifier_{word}" for word in ("text", "key", "parts")]
    return [
        Shape(
            "identifiers, text key as Django makes it", named[0], (like.format(named[0], ""),),
            bench.django_indexes("ledger_eventidentifier", named[0]),
        ),
        Shape(
            "identifiers, hash index on the text instead", named[0], (),
            (
                without(named[0]),
                "CREATE UNIQUE INDEX ON {table} (event_id, place)",
                "CREATE INDEX ON {table} USING hash (identifier)",
            ),
        ),
        Shape(
            "identifiers, 64-bit key beside the text", named[1],
            (like.format(named[1], f", {key}"),),
            (
                "CREATE UNIQUE INDEX ON {table} (event_id, place)",
                "CREATE INDEX ON {table} (key, role, event_id)",
            ),
            "key = hashtextextended(%s, 0) AND identifier = %s",
        ),
        Shape(
            "identifiers, text key in 16 partitions by hash", named[2],
            partitions(named[2], "ledger_eventidentifier", "HASH (identifier)", by_hash),
            (
                "CREATE INDEX ON {table} (event_id, place)",
                "CREATE INDEX ON {table} (identifier, role, event_id)",
            ),
        ),
    ]  # fmt: skip


def main(events: int) -> None:
    """Make every shape in turn and print what it costs."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django  # noqa: PLC0415

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415 (Django is set up)

    call_command("migrate", verbosity=0)
    bench = Bench(events)
    for setting in SETTINGS:
        bench.sql(f"ALTER SYSTEM SET {setting}")
    bench.sql("SELECT pg_reload_conf()")
    assert bench.connection.vendor == "postgresql", "set DATABASE_URL: scripts/with-postgres does"
    print(f"{events:,} events; medians of up to {ASKED} random questions")
    for shape in event_shapes(bench):
        bench.events_of(shape)
    for shape in identifier_shapes(bench):
        bench.identifiers_of(shape, "bench_event")


if __name__ == "__main__":
    main(int(sys.argv[1]))
