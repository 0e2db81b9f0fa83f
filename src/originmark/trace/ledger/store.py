"""Writing and reading the rows of events."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

import orjson
from django.db.models import Q

from originmark.standards.epcis.decode import decode_event
from originmark.trace.ledger import log
from originmark.trace.ledger.bulk import insert_rows, moment
from originmark.trace.ledger.drafts import Draft, digest, dumped, facts_of
from originmark.trace.ledger.models import Context, Event, EventIdentifier, LogState
from originmark.trace.ledger.rules import Earlier
from originmark.trace.ledger.values import StoredEvent

CHUNK = 500  # SQLite takes 32,766 parameters a query; an event brings two
_FACTS = (
    "type", "event_time", "action", "biz_step", "disposition", "read_point", "biz_location",
    "is_error_declaration",
)  # fmt: skip
_COLUMNS = (
    "id", "event_id", "fingerprint", "record_time", "body", "context_id", "source",
    "organisation_id", "captured_by_id", *_FACTS,
)  # fmt: skip


def earlier_events(drafts: Sequence[Draft]) -> list[Earlier]:
    """Return the events that have a name or content in common with the drafts.

    One query for 500 drafts.
    """
    found: dict[int, Earlier] = {}
    for start in range(0, len(drafts), CHUNK):
        part = drafts[start : start + CHUNK]
        alike = Q(event_id__in=[each.event_id for each in part]) | Q(
            fingerprint__in=[each.arrival.fingerprint for each in part]
        )
        rows = Event.objects.filter(alike).values_list(
            "id", "event_id", "fingerprint", "is_error_declaration", "organisation_id"
        )
        found.update((row[0], Earlier(*row)) for row in rows)
    return [found[key] for key in sorted(found)]


def write(
    state: LogState,
    new: Sequence[tuple[Draft, StoredEvent]],
    *,
    source: str,
    now: datetime,
) -> None:
    """Write events, their index and their leaves; ``state`` is locked."""
    contexts = {text: digest(text) for text in {dumped(draft.context) for draft, _ in new}}
    Context.objects.bulk_create(
        [Context(sha256=key, body=text) for text, key in contexts.items()], ignore_conflicts=True
    )
    recorded = moment(now)
    rows, leaves = [], []
    for draft, stored in new:
        body, context = draft.text, dumped(draft.context)
        facts = facts_of(draft.event)
        facts["event_time"] = moment(draft.event.event_time)
        rows.append(
            (
                stored.id,
                stored.event_id,
                stored.fingerprint,
                recorded,
                body,
                contexts[context],
                source,
                stored.organisation_id,
                stored.captured_by_id,
                *(facts[name] for name in _FACTS),
            )
        )
        data = log.leaf_data(
            index=stored.id,
            event_id=stored.event_id,
            record_time=now,
            body=body,
            context=context,
            organisation_id=stored.organisation_id,
            captured_by_id=stored.captured_by_id,
            source=source,
        )
        leaves.append((stored.event_id, data))
    insert_rows(Event, _COLUMNS, rows)
    insert_rows(
        EventIdentifier,
        ("event_id", "identifier", "role", "quantity", "uom"),
        ((stored.id, *named) for draft, stored in new for named in draft.named),
    )
    log.append(state, leaves, now=now)


def row_leaf_data(row: Event) -> bytes:
    """Return the bytes that the leaf of a row must stand for (reads ``row.context``)."""
    return log.leaf_data(
        index=row.pk,
        event_id=row.event_id,
        record_time=row.record_time,
        body=row.body,
        context=row.context.body if row.context else None,
        organisation_id=row.organisation_id,
        captured_by_id=row.captured_by_id,
        source=row.source,
    )


def from_row(row: Event) -> StoredEvent:
    """Return the stored event of a row (reads ``row.context``)."""
    body = orjson.loads(row.body)
    return StoredEvent(
        id=row.pk,
        event_id=row.event_id,
        fingerprint=row.fingerprint,
        event=replace(decode_event(body), event_id=row.event_id, record_time=row.record_time),
        body=body,
        context=orjson.loads(row.context.body) if row.context else None,
        recorded_at=row.record_time,
        captured_by_id=row.captured_by_id,
        organisation_id=row.organisation_id,
    )


def from_rows(ids: Iterable[int]) -> dict[int, StoredEvent]:
    """Return stored events by their place in the log (one query for 500)."""
    wanted = sorted(set(ids))
    found: dict[int, StoredEvent] = {}
    for start in range(0, len(wanted), CHUNK):
        rows = Event.objects.filter(pk__in=wanted[start : start + CHUNK]).select_related("context")
        found.update((row.pk, from_row(row)) for row in rows)
    return found
