"""Questions to the ledger."""

from collections.abc import Collection
from datetime import datetime
from operator import itemgetter

from django.db.models import OuterRef, QuerySet, Subquery

from originmark.origin.parties import access
from originmark.origin.parties.access import Actor
from originmark.standards.gs1.epc_patterns import key
from originmark.standards.transparency.tree import EMPTY_ROOT
from originmark.trace.ledger import proving, store
from originmark.trace.ledger.models import (
    CaptureJob,
    Event,
    EventIdentifier,
    LogCheckpoint,
    LogState,
)
from originmark.trace.ledger.values import Checkpoint, Inclusion, StoredEvent

__all__ = [
    "Checkpoint", "Inclusion", "StoredEvent", "checkpoint", "event", "events", "events_naming",
    "inclusion", "inclusions", "jobs", "logged_at",
]  # fmt: skip


def events(by: Actor) -> QuerySet[Event]:
    """Return the rows of events that the actor may read, newest first."""
    return access.visible(by, Event.objects.all())


def jobs(by: Actor) -> QuerySet[CaptureJob]:
    """Return the capture jobs that the actor may read, newest first."""
    return access.visible(by, CaptureJob.objects.all())


def event(id: int) -> StoredEvent | None:  # noqa: A002 (the contract's name)
    """Return the event at a place in the log, whoever asks (one query)."""
    return store.from_rows([id]).get(id)


def events_naming(identifier: str, *, roles: Collection[str] | None = None) -> list[StoredEvent]:
    """Return the events that name a thing, in the order in which they happened (one query).

    Any spelling of the thing will do. ``roles`` narrows it to some of EventIdentifier.Role.
    Whoever shows this to a person asks
    ``access`` first.
    """
    named = EventIdentifier.objects.filter(identifier=key(identifier))
    if roles is not None:
        named = named.filter(role__in=roles)
    rows = Event.objects.filter(pk__in=named.values("event_id")).order_by()
    # Sorted here: a database may think that it saves sorting by reading all events in order.
    found = sorted(rows.values_list("event_time", *store.COLUMNS_READ), key=itemgetter(0, 1))
    return [store.from_columns(row) for _event_time, *row in found]


def checkpoint() -> Checkpoint:
    """Return how far the log has grown (one query)."""
    state = LogState.objects.filter(pk=1).first()
    if state is None:
        return Checkpoint(0, EMPTY_ROOT, None)
    return Checkpoint(state.size, bytes(state.root), state.grew_at)


def inclusion(id: int) -> Inclusion | None:  # noqa: A002 (the contract's name)
    """Return the proof that an event is in the log as it stands now (four queries)."""
    return proving.inclusions([id]).get(id)


def inclusions(ids: Collection[int]) -> dict[int, Inclusion]:
    """Return the same for several events at once (four queries for up to 20)."""
    return proving.inclusions(ids)


def logged_at(ids: Collection[int]) -> dict[int, datetime]:
    """Return when events were first under a signed checkpoint (one query).

    An event that was recorded after the newest checkpoint has no such moment yet.
    """
    covering = LogCheckpoint.objects.filter(size__gt=OuterRef("pk")).order_by("size")
    rows = Event.objects.filter(pk__in=list(ids)).annotate(
        logged=Subquery(covering.values("signed_at")[:1])
    )
    return {key: moment for key, moment in rows.values_list("pk", "logged") if moment}
