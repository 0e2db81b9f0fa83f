"""A database that is already filled takes places as its keys, and gives them back."""

from datetime import UTC, datetime
from typing import Any

import pytest
from builders.ledger import a_document, a_transformation, an_object_event, as_bytes
from django.db import DatabaseError, connection, transaction
from django.db.migrations.executor import MigrationExecutor

from originmark.origin.parties.access import SYSTEM
from originmark.trace.ledger import append_only, services
from originmark.trace.ledger.models import Event, EventIdentifier

pytestmark = pytest.mark.django_db(transaction=True)
NOW = datetime(2026, 10, 1, 8, tzinfo=UTC)
BEFORE = [("ledger", "0040_lean_indexes")]
NAMED = ("event_id", "identifier", "role", "quantity", "uom")
DOCUMENT = a_document(an_object_event(), a_transformation(), an_object_event(**{"ex:grade": 2}))
TABLES = ("ledger_event", "ledger_eventidentifier", "ledger_logleaf", "ledger_lognode")


def migrate(targets: list[tuple[str, str]]) -> None:
    MigrationExecutor(connection).migrate(targets)


def rows() -> tuple[list[Any], list[Any]]:
    named = EventIdentifier.objects.values_list(*NAMED)
    return list(Event.objects.order_by("pk").values()), sorted(named, key=str)


def asked(statement: str) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return [row[0] for row in cursor.fetchall()]


def test_a_filled_ledger_takes_places_as_keys_and_gives_them_back() -> None:
    services.capture(as_bytes(DOCUMENT), by=SYSTEM, now=NOW)
    before = rows()
    try:
        migrate(BEFORE)
        assert append_only.missing_triggers(connection) == []
        assert len(asked("SELECT id FROM ledger_eventidentifier")) == len(before[1])
    finally:
        migrate(MigrationExecutor(connection).loader.graph.leaf_nodes())

    assert rows() == before
    assert services.check_log() == []
    assert append_only.missing_triggers(connection) == []
    with pytest.raises(DatabaseError, match="only ever added"), transaction.atomic():
        EventIdentifier.objects.update(uom="!")
    again = services.capture(as_bytes(DOCUMENT), by=SYSTEM, now=NOW)
    assert (len(again.stored), again.repeated) == (0, 3)


@pytest.mark.django_db
def test_every_table_of_the_log_is_one_tree_by_its_key() -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL keeps rows apart from their keys")
    automatic = asked(
        "SELECT tbl_name FROM sqlite_master WHERE name LIKE 'sqlite_autoindex_ledger%'"
    )
    assert set(TABLES).isdisjoint(automatic)
