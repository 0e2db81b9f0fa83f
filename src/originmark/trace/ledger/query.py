"""Answers to queries, page by page.

The database narrows by columns and by the index of identifiers (``narrowing``), in order and in
bounded steps (``walking``); what it cannot tell is asked of each event in Python by the same
conditions that ``Query.matches`` stands for. A page never reads without end: where answers are
rare, it may hold few or none and still lead to the next.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from originmark.origin.parties import access
from originmark.origin.parties.access import Actor
from originmark.standards.epcis.query import Facts, Query, parse_json
from originmark.standards.epcis.query.subject import Subject
from originmark.standards.epcis.query.values import Scalar
from originmark.trace.ledger import page_tokens, selectors, store
from originmark.trace.ledger.models import Event
from originmark.trace.ledger.narrowing import Narrowed, narrowed
from originmark.trace.ledger.page_tokens import Start
from originmark.trace.ledger.query_master_data import KnownMasterData
from originmark.trace.ledger.query_rules import QueryTooComplex, QueryTooLarge
from originmark.trace.ledger.values import StoredEvent
from originmark.trace.ledger.walking import COLUMNS, Place, Road, Step, is_walkable

MOST_CANDIDATES = 5_000
"""How many events a page looks at in Python."""
MOST_ROWS = 200_000
"""Through how many rows a page lets the database go."""
MOST_SORTED = 10_000
"""How many answers are sorted by a field that no column has, or counted."""
_PREFERRED = ("record_time", "event_time")


@dataclass(frozen=True, slots=True)
class Page:
    """Some of the answers, in order; ``next_token`` leads to the rest."""

    events: list[StoredEvent]
    next_token: str | None


def run(query: Query, *, by: Actor, limit: int, after: str | None = None) -> Page:
    """Return up to ``limit`` events that answer a query and that the actor may read.

    Without an order, the last recorded comes first. ``after`` is the token of the page before:
    what was captured since the first page is left out, so that nothing is lost or repeated.

    Raises QueryRefused for a token that does not fit, QueryTooLarge, QueryTooComplex, NotAllowed.
    """
    require_query(by)
    start = _first(query) if after is None else page_tokens.read(after, query.digest)
    asked = _Asked(query, by, start.bound)
    if after is None and query.max_event_count is not None:
        asked.refuse_more_than(query.max_event_count)
    wanted = limit if start.left is None else min(limit, start.left)
    events, rest = (
        asked.sorted_page(start, wanted) if asked.field_order else asked.page(start, wanted)
    )
    if rest is not None and rest.left != 0:
        return Page(events, page_tokens.write(query.digest, rest))
    return Page(events, None)


def run_between(
    query: Query, *, by: Actor, start: int, end: int, most: int, since: datetime | None = None
) -> tuple[list[StoredEvent], int]:
    """Return answers at the places of the log from ``start`` and before ``end``, in its order.

    Up to ``most`` of them, and the place before which all were looked at; ``since`` leaves out
    what was recorded earlier.
    """
    if since is not None:
        query = query.narrowed_by(parse_json({"GE_recordTime": since.isoformat()}))
    asked = _Asked(replace(query, order=None), by, end - 1)
    road = replace(asked.road, column="", is_descending=False)
    events: list[StoredEvent] = []
    for event, place in asked.answers(Place(start - 1), most, road=road):
        if event is not None:
            events.append(event)
        stands = end if place is None else place.id + 1
        if event is None or len(events) == most:
            return events, stands
    return events, end


def require_query(by: Actor) -> None:
    """Raise NotAllowed unless the actor may query for an organisation, or for the programme."""
    if not access.allows_somewhere(by, "ledger.query"):
        access.require(by, "ledger.query")


def _first(query: Query) -> Start:
    with connection.cursor() as cursor:
        cursor.execute("SELECT MAX(id) FROM ledger_event")
        [newest] = cursor.fetchone()
    return Start(-1 if newest is None else newest, query.event_count_limit)


class _Asked:
    """A query that is being answered for somebody, up to a place in the log."""

    def __init__(self, query: Query, by: Actor, bound: int) -> None:
        self.master_data = KnownMasterData(by)
        self.query = query.with_descendants(self.master_data.descendants)
        self.narrowed: Narrowed = narrowed(self.query)
        self.rows: QuerySet[Event] = selectors.events(by)
        order = query.order
        self.field_order = order is not None and order.by not in COLUMNS
        is_descending = order is None or self.field_order or order.is_descending
        self.road = Road(self.rows, self.narrowed, bound, self._column(), is_descending)

    def _column(self) -> str:
        """Return the column of the order; where none is asked, one that the query narrows."""
        order = self.query.order
        if order is not None and order.by in COLUMNS:
            return COLUMNS[order.by]
        if any(is_walkable(each) for each in self.narrowed.searches):
            return ""
        return next((each for each in _PREFERRED if each in self.narrowed.ranges), "")

    def page(self, start: Start, wanted: int) -> tuple[list[StoredEvent], Start | None]:
        """Return answers in the order of a column, and where the next page begins."""
        events: list[StoredEvent] = []
        stands = start.place
        for event, place in self.answers(start.place, wanted + 1):
            if event is not None and len(events) == wanted:
                return events, _further(start, stands, wanted)
            stands = place
            if event is not None:
                events.append(event)
            elif place is not None:
                return events, _further(start, place, len(events))
        return events, None

    def sorted_page(self, start: Start, wanted: int) -> tuple[list[StoredEvent], Start | None]:
        """Return answers in the order of a field that is in the events alone."""
        is_descending = self.query.order is not None and self.query.order.is_descending
        found = [
            (self.query.sort_value(event.body, event.context), event)
            for event in self._all(MOST_SORTED, "orderBy")
        ]
        found.sort(key=_by_value, reverse=is_descending)
        end = start.offset + wanted
        events = [event for _value, event in found[start.offset : end]]
        if end >= len(found):
            return events, None
        return events, replace(_further(start, None, len(events)), offset=end)

    def refuse_more_than(self, most: int) -> None:
        """Raise QueryTooLarge when more than so many events answer."""
        for count, _event in enumerate(self._all(None, "maxEventCount")):
            if count == most:
                raise QueryTooLarge(most)

    def _all(self, most: int | None, name: str) -> Iterator[StoredEvent]:
        """Yield every answer; raises QueryTooComplex when that reads too much."""
        answers = self.answers(None, 100, patience=10)
        for count, (event, _place) in enumerate(answers):
            if event is None or count == most:
                raise QueryTooComplex(name, most or MOST_CANDIDATES * 10)
            yield event

    def answers(
        self, after: Place | None, size: int, *, patience: int = 1, road: Road | None = None
    ) -> Iterator[tuple[StoredEvent | None, Place | None]]:
        """Yield answers with their places; None for one where the walk stopped before its end."""
        candidates, rows = MOST_CANDIDATES * patience, MOST_ROWS * patience
        for step in (road or self.road).steps(after, size):
            yield from self._checked(step)
            candidates -= len(step.places)
            rows -= step.rows_read
            if not step.is_last and (candidates <= 0 or rows <= 0):
                yield None, step.stands
                return

    def _checked(self, step: Step) -> Iterator[tuple[StoredEvent, Place]]:
        if not step.places:
            return
        ids = [each.id for each in step.places]
        rows = step.unasked.among(self.rows).filter(pk__in=ids).order_by()
        found = {row[0]: row for row in rows.values_list(*store.COLUMNS_READ)}
        for place in step.places:
            row = found.get(place.id)
            if row is not None:
                event = store.from_columns(row)
                if not self.narrowed.rest or self._holds(event):
                    yield event, place

    def _holds(self, event: StoredEvent) -> bool:
        facts = Facts(event.event_id, event.recorded_at, self.master_data.attributes)
        subject = Subject(event.body, event.context, facts)
        return all(each.holds(subject) for each in self.narrowed.rest)


def _further(start: Start, place: Place | None, given: int) -> Start:
    left = None if start.left is None else start.left - given
    return Start(start.bound, left, place, start.offset)


def _by_value(pair: tuple[Scalar | None, StoredEvent]) -> tuple[Any, ...]:
    """Return a key that puts numbers before times before texts, and what has none at the end."""
    value, event = pair
    if value is None:
        return (0, event.id)
    if value.number is not None:
        return (1, value.number, event.id)
    if value.moment is not None:
        return (2, value.moment, event.id)
    return (3, value.text, event.id)
