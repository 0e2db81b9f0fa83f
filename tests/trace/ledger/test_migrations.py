"""A database that is already filled takes the newer hash, and stays whole."""

from collections.abc import Iterator
from datetime import UTC, datetime

import orjson
import pytest
from builders.ledger import (
    a_document,
    a_transformation,
    an_object_event,
    as_bytes,
    without_the_guard,
)
from django.db import DatabaseError, connection, transaction
from django.db.migrations.executor import MigrationExecutor

from originmark.origin.parties.access import SYSTEM
from originmark.trace.ledger import append_only, services
from originmark.trace.ledger.models import Event, EventIdentifier

pytestmark = pytest.mark.django_db(transaction=True)
NOW = datetime(2026, 10, 1, 8, tzinfo=UTC)
BEFORE, AFTER = [("ledger", "0010_master_data")], [("ledger", "0011_cbv_hash")]
NAMED = "urn:uuid:4f1c0000-0000-4000-8000-000000000001"
DECLARED = {"declarationTime": "2026-09-30T08:00:00Z", "reason": "did_not_occur"}
DOCUMENT = a_document(
    an_object_event(eventID=NAMED, **{"ex:grade": 1}),
    a_transformation(),
    an_object_event(eventID=NAMED, errorDeclaration=DECLARED, **{"ex:grade": 1}),
    context=[{"ex": "https://ex.example/"}],
)


def migrate(targets: list[tuple[str, str]]) -> None:
    MigrationExecutor(connection).migrate(targets)


@pytest.fixture
def _filled_before() -> Iterator[None]:
    """Three events in a database of the state before, with the fingerprints of that time."""
    services.capture(as_bytes(DOCUMENT), by=SYSTEM, now=NOW)
    with without_the_guard():
        Event.objects.update(fingerprint="of old")
    migrate(BEFORE)
    assert append_only.missing_triggers(connection) == []
    yield
    migrate(MigrationExecutor(connection).loader.graph.leaf_nodes())


@pytest.mark.usefixtures("_filled_before")
def test_a_filled_ledger_takes_the_hash_of_cbv_and_stays_whole() -> None:
    migrate(AFTER)
    migrate(MigrationExecutor(connection).loader.graph.leaf_nodes())

    assert set(Event.objects.values_list("hash_version", flat=True)) == {"CBV2.0"}
    assert services.check_log() == []
    assert append_only.missing_triggers(connection) == []
    with pytest.raises(DatabaseError, match="only ever added"), transaction.atomic():
        Event.objects.update(source="!")
    again = services.capture(orjson.dumps(DOCUMENT), by=SYSTEM, now=NOW)
    assert (len(again.stored), again.repeated) == (0, 3)


def test_an_index_of_spellings_becomes_one_of_names() -> None:
    urn, link = "urn:epc:id:sgtin:9521141.001234.7", "https://id.gs1.org/01/09521141012345/21/7"
    event = an_object_event(epcList=[urn], quantityList=None)
    services.capture(as_bytes(a_document(event)), by=SYSTEM, now=NOW)
    migrate([("ledger", "0051_identifiers_by_event")])
    with without_the_guard():
        EventIdentifier.objects.filter(identifier=link).update(identifier=urn)
    migrate(MigrationExecutor(connection).loader.graph.leaf_nodes())

    assert EventIdentifier.objects.filter(identifier=link).count() == 1
    assert append_only.missing_triggers(connection) == []
    assert services.check_log() == []
