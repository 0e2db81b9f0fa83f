"""Questions to the ledger."""

from collections.abc import Collection

from django.db.models import QuerySet

from originmark.origin.parties import access
from originmark.origin.parties.access import Actor
from originmark.standards.transparency.proofs import inclusion_proof, needed_nodes
from originmark.standards.transparency.tree import EMPTY_ROOT, leaf_hash
from originmark.trace.ledger import log, store
from originmark.trace.ledger.models import CaptureJob, Event, EventIdentifier, LogState
from originmark.trace.ledger.values import Checkpoint, Inclusion, StoredEvent

__all__ = [
    "Checkpoint", "Inclusion", "StoredEvent", "checkpoint", "event", "events", "events_naming",
    "inclusion", "jobs",
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
    """Return the events that name a thing, in the order in which they happened (two queries).

    ``roles`` narrows it to some of EventIdentifier.Role. Whoever shows this to a person asks
    ``access`` first.
    """
    rows = EventIdentifier.objects.filter(identifier=identifier)
    if roles is not None:
        rows = rows.filter(role__in=roles)
    found = store.from_rows(rows.values_list("event_id", flat=True))
    return sorted(found.values(), key=lambda stored: (stored.event.event_time, stored.id))


def checkpoint() -> Checkpoint:
    """Return how far the log has grown (one query)."""
    state = LogState.objects.filter(pk=1).first()
    if state is None:
        return Checkpoint(0, EMPTY_ROOT, None)
    return Checkpoint(state.size, bytes(state.root), state.grew_at)


def inclusion(id: int) -> Inclusion | None:  # noqa: A002 (the contract's name)
    """Return the proof that an event is in the log as it stands now (four queries)."""
    row = Event.objects.select_related("context").filter(pk=id).first()
    head = checkpoint()
    if row is None or row.pk >= head.size:
        return None
    nodes = log.nodes(needed_nodes(row.pk, head.size))
    data = store.row_leaf_data(row)
    return Inclusion(
        leaf_index=row.pk,
        tree_size=head.size,
        leaf_hash=leaf_hash(data),
        root=head.root,
        path=inclusion_proof(row.pk, head.size, nodes.__getitem__),
        leaf_data=data,
    )
