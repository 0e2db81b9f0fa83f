"""Writing and reading the rows of events."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

import orjson

from originmark.standards.epcis.event_hash import HASH_VERSION
from originmark.trace.ledger import log
from originmark.trace.ledger.bulk import insert_rows, moment, moments, select_in
from originmark.trace.ledger.drafts import FACTS, Draft, digest, dumped
from originmark.trace.ledger.models import Context, Event, EventIdentifier, LogState
from originmark.trace.ledger.rules import Earlier
from originmark.trace.ledger.values import StoredEvent

CHUNK = 500  # SQLite takes 32,766 parameters a query
LOOK_UP = 5000
_COLUMNS = (
    "id", "event_id", "fingerprint", "hash_version", "record_time", "body", "context_id", "source",
    "organisation_id", "captured_by_id", *FACTS,
)  # fmt: skip
COLUMNS_READ = (
    "id", "event_id", "fingerprint", "body", "context_id", "record_time", "captured_by_id",
    "organisation_id",
)  # fmt: skip
_EARLIER = ("id", "event_id", "fingerprint", "is_error_declaration", "organisation_id")


def earlier_events(drafts: Sequence[Draft]) -> list[Earlier]:
    """Return the events that have a name or content in common with the drafts.

    Two queries for 5000 drafts.
    """
    found: dict[int, Earlier] = {}
    for start in range(0, len(drafts), LOOK_UP):
        part = drafts[start : start + LOOK_UP]
        rows = select_in(Event, _EARLIER, "event_id", [each.event_id for each in part])
        prints = [each.arrival.fingerprint for each in part]
        rows += select_in(Event, _EARLIER, "fingerprint", prints)
        for place, event_id, print_, is_error, owner in rows:
            found[place] = Earlier(place, event_id, print_, bool(is_error), owner)
    return [found[key] for key in sorted(found)]


def write(
    state: LogState,
    new: Sequence[tuple[Draft, StoredEvent]],
    *,
    source: str,
    now: datetime,
) -> None:
    """Write events, their index and their leaves; ``state`` is locked."""
    contexts = _keep_contexts(new, source=source, now=now)
    recorded, as_stored = moment(now), moments()
    rows, leaves = [], []
    for draft, stored in new:
        key, shared = contexts[id(draft.context)]
        kind, happened, *facts = draft.facts
        rows.append(
            (
                stored.id,
                stored.event_id,
                stored.fingerprint,
                HASH_VERSION,
                recorded,
                draft.text,
                key,
                source,
                stored.organisation_id,
                stored.captured_by_id,
                kind,
                as_stored(happened),
                *facts,
            )
        )
        leaves.append((stored.event_id, shared.leaf_data(stored.id, stored.event_id, draft.text)))
    insert_rows(Event, _COLUMNS, rows)
    insert_rows(
        EventIdentifier,
        ("event_id", "place", "identifier", "role", "quantity", "uom"),
        [
            (stored.id, place, *named)
            for draft, stored in new
            for place, named in enumerate(draft.named)
        ],
    )
    log.append(state, leaves, now=now)


def _keep_contexts(
    new: Sequence[tuple[Draft, StoredEvent]], *, source: str, now: datetime
) -> dict[int, tuple[str, log.Shared]]:
    """Keep each context once; return its key and what its leaves share, by its identity."""
    texts: dict[str, str] = {}
    found: dict[int, tuple[str, log.Shared]] = {}
    for draft, stored in new:
        if id(draft.context) in found:
            continue
        text = dumped(draft.context)
        texts[digest(text)] = text
        shared = log.Shared(
            record_time=now,
            context=text,
            organisation_id=stored.organisation_id,
            captured_by_id=stored.captured_by_id,
            source=source,
        )
        found[id(draft.context)] = (digest(text), shared)
    Context.objects.bulk_create(
        [Context(sha256=key, body=text) for key, text in texts.items()], ignore_conflicts=True
    )
    return found


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
    return StoredEvent(
        id=row.pk,
        event_id=row.event_id,
        fingerprint=row.fingerprint,
        body=orjson.loads(row.body),
        context=orjson.loads(row.context.body) if row.context else None,
        recorded_at=row.record_time,
        captured_by_id=row.captured_by_id,
        organisation_id=row.organisation_id,
    )


def from_columns(row: tuple[Any, ...]) -> StoredEvent:
    """Return the stored event of a row that was read as ``COLUMNS_READ``."""
    place, event_id, print_, body, context, recorded_at, captured_by, organisation = row
    return StoredEvent(
        id=place,
        event_id=event_id,
        fingerprint=print_,
        body=orjson.loads(body),
        context=context_of(context),
        recorded_at=recorded_at,
        captured_by_id=captured_by,
        organisation_id=organisation,
    )


def from_rows(ids: Iterable[int]) -> dict[int, StoredEvent]:
    """Return stored events by their place in the log (one query for 500)."""
    wanted = sorted(set(ids))
    found: dict[int, StoredEvent] = {}
    for start in range(0, len(wanted), CHUNK):
        rows = Event.objects.filter(pk__in=wanted[start : start + CHUNK]).order_by()
        found.update((row[0], from_columns(row)) for row in rows.values_list(*COLUMNS_READ))
    return found


@lru_cache(maxsize=1024)
def context_of(sha256: str | None) -> Any:
    """Return a context by its key; nobody changes what is returned. Contexts never change."""
    row = None if sha256 is None else Context.objects.filter(pk=sha256).first()
    return None if row is None else orjson.loads(row.body)
