"""Events that may answer a query, found in order and in bounded steps.

Three roads. Single identifiers are walked in the index itself, by place in the log: as many rows
are read as are wanted. Where another order is asked, or identifiers by their beginning, the
places are gathered and sorted, if there are not too many. Everything else walks the log or a time
from end to end, a window after the other.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.db import connection
from django.db.models import Q, QuerySet

from originmark.trace.ledger.bulk import is_in
from originmark.trace.ledger.models import Event
from originmark.trace.ledger.narrowing import Narrowed, Search

MOST_GATHERED = 5000
FEW = 100  # places that are sorted rather than walked
MOST_WALKED = 120  # parts of one compound statement; SQLite takes 500
CHUNK = 500
FIRST_WINDOW, LARGEST_WINDOW = 2_000, 50_000
COLUMNS = {"eventTime": "event_time", "recordTime": "record_time"}
_INDEX = "ledger_eventidentifier"
Ids = QuerySet[Any, int]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a walk stands: the value of the column of the order, if it has one, and the id."""

    id: int
    value: datetime | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """Places that may answer, in order, and where the walk stands then.

    ``unasked`` is what is still to be asked of them; ``rows_read`` counts what the database read.
    """

    places: list[Place]
    stands: Place | None
    is_last: bool
    rows_read: int
    unasked: Narrowed


@dataclass(frozen=True, slots=True)
class Road:
    """What a walk goes through, in which direction, up to which place in the log."""

    rows: QuerySet[Event]
    narrowed: Narrowed
    bound: int
    column: str = ""
    is_descending: bool = True

    def steps(self, after: Place | None, size: int) -> Iterator[Step]:
        """Yield the places behind ``after``, about ``size`` at a time."""
        searches = sorted(self.narrowed.searches, key=_cost)
        if searches and not self.column and is_walkable(searches[0]):
            yield from self._walk_index(searches[0], after, size)
            return
        for ids, unasked in self._sources(searches):
            gathered = self._gathered(ids)
            if gathered is not None:
                yield from self._sorted(gathered, after, size, unasked)
                return
        yield from self._walk_windows(after, size)

    def _walk_index(self, search: Search, after: Place | None, size: int) -> Iterator[Step]:
        unasked = self.narrowed.without(search)
        while True:
            ids = walk(search, self._limit(after), size, is_descending=self.is_descending)
            places = [Place(each) for each in ids]
            after = places[-1] if places else after
            is_last = len(ids) < size
            yield Step(places, after, is_last, len(ids), unasked)
            if is_last:
                return
            size = min(size * 4, MOST_GATHERED)

    def _sources(self, searches: Sequence[Search]) -> Iterator[tuple[Ids, Narrowed]]:
        """Yield what an index can tell of places, and what is unasked then."""
        events = Event.objects.filter(pk__lte=self.bound).order_by()
        if self.narrowed.names is not None:
            named = events.filter(event_id__in=self.narrowed.names)
            yield named.values_list("pk", flat=True), self.narrowed
        for search in searches:
            rows = search.rows().filter(event__lte=self.bound)
            yield rows.values_list("event_id", flat=True), self.narrowed.without(search)
        for column, within in self.narrowed.ranges.items():
            if column != self.column:
                yield events.filter(within).values_list("pk", flat=True), self.narrowed

    def _limit(self, after: Place | None) -> tuple[int, int]:
        """Return the first and last id that are still to come."""
        first, last = 0, self.bound
        if after is None:
            return first, last
        return (first, after.id - 1) if self.is_descending else (after.id + 1, last)

    def _gathered(self, ids: Ids) -> list[Place] | None:
        """Return places with the value of the order's column, or None where there are too many."""
        found = list(ids[: MOST_GATHERED + 1])
        if len(found) > MOST_GATHERED:
            return None
        wanted = sorted(set(found))
        if not self.column:
            return [Place(each) for each in wanted]
        places = []
        for start in range(0, len(wanted), CHUNK):
            rows = Event.objects.filter(pk__in=wanted[start : start + CHUNK])
            places += [Place(*each) for each in rows.values_list("pk", self.column)]
        return places

    def _sorted(
        self, places: list[Place], after: Place | None, size: int, unasked: Narrowed
    ) -> Iterator[Step]:
        places.sort(key=_sort_key, reverse=self.is_descending)
        if after is not None:
            places = [each for each in places if self._is_behind(each, after)]
        for start in range(0, max(len(places), 1), size):
            part = places[start : start + size]
            is_last = start + size >= len(places)
            yield Step(part, part[-1] if part else after, is_last, len(part), unasked)

    def _is_behind(self, place: Place, after: Place) -> bool:
        one, other = _sort_key(place), _sort_key(after)
        return one < other if self.is_descending else one > other

    def _walk_windows(self, after: Place | None, size: int) -> Iterator[Step]:
        window = FIRST_WINDOW
        while True:
            edge = self._edge(after, window)
            yield from self._window(after, edge, size, window)
            if edge is None:
                return
            after, window = edge, min(window * 4, LARGEST_WINDOW)

    def _window(
        self, after: Place | None, edge: Place | None, size: int, window: int
    ) -> Iterator[Step]:
        rows, unasked = self.narrowed.among(self.rows), self.narrowed.only_rest()
        is_done = False
        while not is_done:
            part = self._behind(rows, after) if edge is None else self._between(rows, after, edge)
            places = self._places(part, size)
            is_done = len(places) < size
            after = edge if is_done and edge is not None else places[-1] if places else after
            yield Step(places, after, is_done and edge is None, window, unasked)
            window = 0

    def _edge(self, after: Place | None, window: int) -> Place | None:
        """Return the place that ends a window; None where less than a window is left."""
        if not self.column:
            first, last = self._limit(after)
            if last - first < window:
                return None
            return Place(last - window + 1 if self.is_descending else first + window - 1)
        within = Event.objects.filter(self.narrowed.ranges.get(self.column, Q()))
        found = self._places(self._behind(within, after), 1, skip=window - 1)
        return found[0] if found else None

    def _places(self, rows: QuerySet[Event], size: int, skip: int = 0) -> list[Place]:
        sign = "-" if self.is_descending else ""
        if not self.column:
            found = rows.order_by(f"{sign}pk").values_list("pk", flat=True)
            return [Place(each) for each in found[skip : skip + size]]
        ordered = rows.order_by(f"{sign}{self.column}", f"{sign}pk")
        pairs = ordered.values_list("pk", self.column)[skip : skip + size]
        return [Place(*each) for each in pairs]

    def _behind(self, rows: QuerySet[Event], after: Place | None) -> QuerySet[Event]:
        first, last = self._limit(None if self.column else after)
        rows = rows.filter(pk__gte=first, pk__lte=last)
        return rows if after is None or not self.column else rows.filter(self._passed(after))

    def _passed(self, place: Place) -> Q:
        less, equal = ("lte", "gte") if self.is_descending else ("gte", "lte")
        here = Q(**{self.column: place.value, f"pk__{equal}": place.id})
        return Q(**{f"{self.column}__{less}": place.value}) & ~here

    def _between(self, rows: QuerySet[Event], after: Place | None, edge: Place) -> QuerySet[Event]:
        """Return the rows behind ``after`` up to and with ``edge``."""
        rows = self._behind(rows, after)
        more, less = ("gte", "lt") if self.is_descending else ("lte", "gt")
        if not self.column:
            return rows.filter(**{f"pk__{more}": edge.id})
        beyond = Q(**{self.column: edge.value, f"pk__{less}": edge.id})
        return rows.filter(Q(**{f"{self.column}__{more}": edge.value}) & ~beyond)


def walk(
    search: Search, limit: tuple[int, int], size: int, *, is_descending: bool
) -> Sequence[int]:
    """Return the next ``size`` places of single identifiers, each once and in order.

    One query where there are few, as for a serial number: all of them are read then. Of more,
    each identifier and role is walked in the index from where it stands, by a second query. No
    row of an event is read.
    """
    found = _answer(*few_statement(search, limit))
    if len(found) < FEW:
        return sorted(set(found), reverse=is_descending)[:size]
    return _answer(*walk_statement(search, limit, size, is_descending=is_descending))


def _answer(statement: str, parameters: Any) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return [row[0] for row in cursor.fetchall()]


def few_statement(search: Search, limit: tuple[int, int]) -> tuple[str, list[Any]]:
    """Return the SQL of any places up to ``FEW`` and its parameters."""
    (is_text, texts), (is_role, roles) = is_in(search.exact), is_in(search.roles)
    statement = (
        f"SELECT event_id FROM {_INDEX} WHERE identifier {is_text} AND role {is_role} "  # noqa: S608
        "AND event_id BETWEEN %s AND %s LIMIT %s"
    )
    return statement, [texts, roles, *limit, FEW]


def walk_statement(
    search: Search, limit: tuple[int, int], size: int, *, is_descending: bool
) -> tuple[str, dict[str, Any]]:
    """Return the SQL of a walk and its parameters."""
    first, last = limit
    parameters = {
        **{f"text{number}": text for number, text in enumerate(search.exact)},
        **{f"role{number}": role for number, role in enumerate(search.roles)},
        "first": first,
        "last": last,
        "size": size,
    }
    direction = "DESC" if is_descending else "ASC"
    return _walk_text(len(search.exact), len(search.roles), direction), parameters


@lru_cache(maxsize=256)
def _walk_text(texts: int, roles: int, direction: str) -> str:
    """Return the SQL that walks so many identifiers in so many roles (directions are our own)."""
    part = (
        f"SELECT event_id FROM (SELECT DISTINCT event_id FROM {_INDEX} "  # noqa: S608
        "WHERE identifier = %(text{0})s AND role = %(role{1})s "
        "AND event_id BETWEEN %(first)s AND %(last)s "
        f"ORDER BY event_id {direction} LIMIT %(size)s) AS p"
    )
    parts = (part.format(text, role) for text in range(texts) for role in range(roles))
    return f"{' UNION '.join(parts)} ORDER BY event_id {direction} LIMIT %(size)s"


def is_walkable(search: Search) -> bool:
    """Return whether a search can be walked in the index, by place in the log."""
    return not search.starts and len(search.exact) * len(search.roles) <= MOST_WALKED


def _cost(search: Search) -> tuple[bool, int]:
    return bool(search.starts), len(search.exact) * len(search.roles)


def _sort_key(place: Place) -> tuple[Any, ...]:
    return (place.id,) if place.value is None else (place.value, place.id)
