"""Which events a named query finds, in the order of the log."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from originmark.origin.parties.access import Actor
from originmark.trace.ledger import query, selectors, store
from originmark.trace.ledger.models import Event, LogState
from originmark.trace.ledger.subscriptions.rules import QueryBodyRefused
from originmark.trace.ledger.values import StoredEvent


@dataclass(frozen=True, slots=True)
class Found:
    """Events between two places of the log; all before ``end`` were looked at."""

    events: list[StoredEvent]
    end: int


def check(body: object) -> dict[str, Any]:
    """Return the body of a query if it can be asked; raises QueryBodyRefused."""
    if not isinstance(body, dict):
        raise QueryBodyRefused(reason="it is a JSON object of parameters")
    try:
        query.narrowed(Event.objects.none(), _parameters(body))
    except query.ParameterInvalid as invalid:
        raise QueryBodyRefused(reason=str(invalid)) from invalid
    return body


def log_size() -> int:
    """Return how many events the log holds (one query)."""
    return LogState.objects.filter(pk=1).values_list("size", flat=True).first() or 0


def events_between(
    body: dict[str, Any],
    *,
    by: Actor,
    start: int,
    end: int,
    most: int,
    since: datetime | None = None,
) -> Found:
    """Return the first ``most`` events at the places from ``start`` and before ``end``.

    ``since`` leaves out what was recorded earlier.
    """
    rows = query.narrowed(selectors.events(by), _parameters(body))
    if since is not None:
        rows = rows.filter(record_time__gte=since)
    between = rows.filter(pk__gte=start, pk__lt=end).select_related("context").order_by("pk")
    events = [store.from_row(row) for row in between[:most]]
    return Found(events, events[-1].id + 1 if len(events) == most else end)


def _parameters(body: dict[str, Any]) -> dict[str, list[str]]:
    return {name: _texts(value) for name, value in body.items()}


def _texts(value: Any) -> list[str]:
    listed = value if isinstance(value, list) else [value]
    return [str(each).lower() if isinstance(each, bool) else str(each) for each in listed]
