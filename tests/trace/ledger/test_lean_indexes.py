"""PostgreSQL keeps the names of events in hash indexes, before and after an upgrade."""

from datetime import UTC, datetime

import pytest
from builders.ledger import a_document, an_object_event, as_bytes
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor

from originmark.origin.parties.access import SYSTEM
from originmark.trace.ledger import append_only, services
from originmark.trace.ledger.models import Event

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="needs PostgreSQL"),
    pytest.mark.django_db(transaction=True),
]
NOW = datetime(2026, 10, 1, 8, tzinfo=UTC)
HASHED = ("event_id", "fingerprint")
BEFORE = [("ledger", "0022_disposition_and_order")]
NAMED = "urn:uuid:4f1c0000-0000-4000-8000-000000000001"


def indexes() -> dict[str, str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT indexname, indexdef FROM pg_indexes WHERE tablename='ledger_event'")
        return dict(cursor.fetchall())


def migrate(targets: list[tuple[str, str]]) -> None:
    MigrationExecutor(connection).migrate(targets)


def test_a_filled_ledger_takes_lean_indexes_and_gives_them_back() -> None:
    services.capture(as_bytes(a_document(an_object_event(eventID=NAMED))), by=SYSTEM, now=NOW)
    migrate(BEFORE)
    assert not any("USING hash" in each for each in indexes().values())

    migrate(MigrationExecutor(connection).loader.graph.leaf_nodes())

    made = indexes()
    assert "USING hash (event_id)" in made["ledger_event_event_id_hash"]
    assert "USING hash (fingerprint)" in made["ledger_event_fingerprint_hash"]
    assert not any("pattern_ops" in each for each in made.values())
    assert not any(f"btree ({name})" in each for name in HASHED for each in made.values())
    assert services.check_log() == []
    assert append_only.missing_triggers(connection) == []


def test_what_capture_asks_goes_through_them() -> None:
    services.capture(as_bytes(a_document(an_object_event(eventID=NAMED))), by=SYSTEM, now=NOW)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        asked = Event.objects.filter(event_id__in=[NAMED, "urn:uuid:none"])
        told = asked.explain()
    assert "ledger_event_event_id_hash" in told
    assert asked.count() == 1
