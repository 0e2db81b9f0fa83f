"""Which events a named query finds, in the order of the log."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from originmark.origin.parties.access import Actor
from originmark.standards.epcis.query import QueryInvalid, parse_json
from originmark.trace.ledger import query
from originmark.trace.ledger.models import LogState
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
        parse_json(body)
    except QueryInvalid as invalid:
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
    events, stands = query.run_between(
        parse_json(body), by=by, start=start, end=end, most=most, since=since
    )
    return Found(events, stands)
