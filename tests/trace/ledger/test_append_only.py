"""Law 1: the database itself refuses to change what was recorded."""

from datetime import UTC, datetime

import pytest
from builders.ledger import a_transformation, an_object_event, without_the_guard
from django.db import DatabaseError, connection, models, transaction

from originmark.origin.parties.rules import SYSTEM
from originmark.trace.ledger import append_only, services
from originmark.trace.ledger.models import (
    Context,
    Event,
    EventIdentifier,
    LogLeaf,
    LogNode,
    LogState,
)

NOW = datetime(2026, 10, 1, 8, tzinfo=UTC)
KEPT = [Context, Event, EventIdentifier, LogLeaf, LogNode]


@pytest.fixture
def _two_events() -> None:
    services.capture([an_object_event(), a_transformation()], by=SYSTEM, now=NOW)


@pytest.mark.django_db
@pytest.mark.usefixtures("_two_events")
@pytest.mark.parametrize("model", KEPT)
def test_no_row_can_be_changed(model: type[models.Model]) -> None:
    field = {"LogLeaf": "event_id", "LogNode": "hash", "Event": "source"}.get(
        model.__name__, "body" if model is Context else "uom"
    )
    value = b"!" if field == "hash" else "!"
    with pytest.raises(DatabaseError, match="only ever added"), transaction.atomic():
        model._default_manager.update(**{field: value})


@pytest.mark.django_db
@pytest.mark.usefixtures("_two_events")
@pytest.mark.parametrize("model", [*KEPT, LogState])
def test_no_row_can_be_deleted(model: type[models.Model]) -> None:
    delete = f"DELETE FROM {model._meta.db_table}"  # noqa: S608 (our own tables)
    with (
        pytest.raises(DatabaseError, match=r"only ever added|refuses"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(delete)


@pytest.mark.django_db
@pytest.mark.usefixtures("_two_events")
def test_the_log_cannot_shrink() -> None:
    with pytest.raises(DatabaseError, match="refuses to shrink"), transaction.atomic():
        LogState.objects.update(size=1)


@pytest.mark.skipif(connection.vendor != "postgresql", reason="only PostgreSQL truncates")
@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("_two_events")
@pytest.mark.parametrize("model", [*KEPT, LogState])
def test_no_table_can_be_truncated(model: type[models.Model]) -> None:
    with (
        pytest.raises(DatabaseError, match=r"only ever added|refuses"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"TRUNCATE {model._meta.db_table} CASCADE")


@pytest.mark.django_db
def test_every_trigger_is_there_after_all_migrations() -> None:
    assert append_only.missing_triggers(connection) == []


@pytest.mark.django_db
def test_a_trigger_taken_away_is_missed() -> None:
    with without_the_guard():
        missing = append_only.missing_triggers(connection)
    assert missing == append_only.trigger_names(connection.vendor)


@pytest.mark.django_db(transaction=True)
def test_a_test_that_commits_leaves_the_guard_in_place() -> None:
    services.capture([an_object_event()], by=SYSTEM, now=NOW)
    assert append_only.missing_triggers(connection) == []
