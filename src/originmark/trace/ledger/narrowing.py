"""What the database can tell of a query by itself: by columns and by the index of identifiers."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace

from django.db.models import Exists, OuterRef, Q, QuerySet

from originmark.standards.epcis import vocabulary
from originmark.standards.epcis.decode import STANDARD_FIELDS
from originmark.standards.epcis.query import Query
from originmark.standards.epcis.query.conditions import Condition
from originmark.standards.gs1.epc_patterns import key
from originmark.trace.ledger.models import Event, EventIdentifier

Role = EventIdentifier.Role


@dataclass(frozen=True, slots=True)
class Search:
    """One condition over the index of identifiers: any of these texts in any of these roles.

    ``exact`` are whole identifiers, ``starts`` beginnings of them.
    """

    roles: tuple[str, ...]
    exact: tuple[str, ...]
    starts: tuple[str, ...] = ()

    def rows(self) -> QuerySet[EventIdentifier]:
        """Return the rows of the index that are meant."""
        named = Q(identifier__in=self.exact)
        for start in self.starts:
            named |= Q(identifier__gte=start, identifier__lt=after(start))
        return EventIdentifier.objects.filter(named, role__in=self.roles)

    def among(self, rows: QuerySet[Event]) -> QuerySet[Event]:
        """Return those events that the search finds."""
        return rows.filter(Exists(self.rows().filter(event=OuterRef("pk"))))


@dataclass(frozen=True, slots=True)
class Narrowed:
    """A query as the database sees it, and what is left to be asked of each event.

    Whatever answers the query is found by ``columns`` and ``searches``; of what they find, only
    that answers for which ``rest`` holds.
    """

    columns: Q
    searches: tuple[Search, ...]
    rest: tuple[Condition, ...]
    ranges: dict[str, Q] = field(default_factory=dict)
    """What ``columns`` asks of each column that has an index."""
    names: tuple[str, ...] | None = None
    """The eventIDs that ``columns`` asks for, if it does."""

    def without(self, search: Search | None) -> "Narrowed":
        """Return what is still to be asked where a search was made already."""
        searches = tuple(each for each in self.searches if each is not search)
        return replace(self, searches=searches)

    def only_rest(self) -> "Narrowed":
        """Return what is still to be asked where the database was asked everything."""
        return Narrowed(Q(), (), self.rest)

    def among(self, rows: QuerySet[Event]) -> QuerySet[Event]:
        """Return those events that the database finds."""
        if self.columns:
            rows = rows.filter(self.columns)
        for search in self.searches:
            rows = search.among(rows)
        return rows


def after(start: str) -> str:
    """Return the first text behind all that begin with ``start``, by code points.

    >>> after("urn:epc:id:sgtin:0614141.")
    'urn:epc:id:sgtin:0614141/'
    """
    return start[:-1] + chr(ord(start[-1]) + 1)


def narrowed(query: Query) -> Narrowed:
    """Return a query split into what the database tells and what Python must."""
    columns, searches, rest = Q(), [], []
    ranges: dict[str, Q] = {}
    names = None
    for condition in query.conditions:
        part, is_whole = _narrow(condition)
        if isinstance(part, Search):
            searches.append(part)
        elif part is not None:
            columns &= part
            column = _INDEXED.get(condition.name)
            if column is not None and is_whole:
                ranges[column] = ranges.get(column, Q()) & part
        if not is_whole:
            rest.append(condition)
        if condition.name == "EQ_eventID":
            names = condition.values
    return Narrowed(columns, tuple(searches), tuple(rest), ranges, names)


Part = tuple[Q | Search | None, bool]
"""What the database can ask, and whether that is all there is to the condition."""


def _narrow(condition: Condition) -> Part:
    narrow = _BY_NAME.get(condition.name)
    if narrow is not None:
        return narrow(condition)
    for start, role in _TYPED.items():
        if condition.name.startswith(start):
            return Search((role,), _keys(condition.values)), False
    if "_ERROR_DECLARATION_" in condition.name and condition.values != (False,):
        return Q(is_error_declaration=True), False
    return None, False


def _column(name: str) -> Callable[[Condition], Part]:
    return lambda condition: (Q(**{f"{name}__in": condition.values}), True)


def _time(name: str, comparison: str) -> Callable[[Condition], Part]:
    return lambda condition: (Q(**{f"{name}__{comparison}": condition.values[0]}), True)


def _word(name: str, standard: Iterable[str]) -> Callable[[Condition], Part]:
    """Narrow by a column that keeps standard words bare and others as they were written."""
    words = frozenset(standard)

    def narrow(condition: Condition) -> Part:
        same = Q(**{f"{name}__in": condition.values})
        if words.issuperset(condition.values):
            return same, True
        # What is written with a prefix is told by the context of its document alone.
        shortened = Q(**{f"{name}__contains": ":"})
        for start in ("http:", "https:", "urn:"):
            shortened &= ~Q(**{f"{name}__startswith": start})
        return same | shortened, False

    return narrow


def _identifiers(*roles: str) -> Callable[[Condition], Part]:
    return lambda condition: (Search(roles, _keys(condition.values)), True)


def _patterns(*roles: str) -> Callable[[Condition], Part]:
    def narrow(condition: Condition) -> Part:
        exact = dict.fromkeys(each.exact for each in condition.values if each.exact)
        starts = dict.fromkeys(start for each in condition.values for start in each.starts)
        return Search(roles, tuple(exact), tuple(starts)), True

    return narrow


def _keys(identifiers: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(map(key, identifiers)))


def _declares(condition: Condition) -> Part:
    return (Q(is_error_declaration=True) if condition.values[0] else None), True


def _of_declaration(_condition: Condition) -> Part:
    return Q(is_error_declaration=True), False


_TIMES = {
    "GE_eventTime": ("event_time", "gte"),
    "LT_eventTime": ("event_time", "lt"),
    "GE_recordTime": ("record_time", "gte"),
    "LT_recordTime": ("record_time", "lt"),
}
_INDEXED = {
    **{name: column for name, (column, _comparison) in _TIMES.items()},
    "EQ_bizStep": "biz_step",
    "EQ_disposition": "disposition",
}
_TYPED = {
    "EQ_bizTransaction_": Role.TRANSACTION.value,
    "EQ_source_": Role.SOURCE.value,
    "EQ_destination_": Role.DESTINATION.value,
}
_EPCS = (Role.EPC.value, Role.CHILD.value)
_CLASSES = (Role.CLASS.value, Role.CHILD_CLASS.value)
_BY_NAME: dict[str, Callable[[Condition], Part]] = {
    "eventType": _word("type", STANDARD_FIELDS),
    **{name: _time(*column) for name, column in _TIMES.items()},
    "EQ_action": _column("action"),
    "EQ_bizStep": _word("biz_step", vocabulary.BIZ_STEP.words),
    "EQ_disposition": _word("disposition", vocabulary.DISPOSITION.words),
    "EQ_eventID": _column("event_id"),
    "EQ_readPoint": _identifiers(Role.READ_POINT.value),
    "WD_readPoint": _identifiers(Role.READ_POINT.value),
    "EQ_bizLocation": _identifiers(Role.LOCATION.value),
    "WD_bizLocation": _identifiers(Role.LOCATION.value),
    "EQ_transformationID": _identifiers(Role.TRANSFORMATION.value),
    "MATCH_epc": _patterns(*_EPCS),
    "MATCH_parentID": _patterns(Role.PARENT.value),
    "MATCH_inputEPC": _patterns(Role.INPUT.value),
    "MATCH_outputEPC": _patterns(Role.OUTPUT.value),
    "MATCH_anyEPC": _patterns(*_EPCS, Role.PARENT.value, Role.INPUT.value, Role.OUTPUT.value),
    "MATCH_epcClass": _patterns(*_CLASSES),
    "MATCH_inputEPCClass": _patterns(Role.INPUT_CLASS.value),
    "MATCH_outputEPCClass": _patterns(Role.OUTPUT_CLASS.value),
    "MATCH_anyEPCClass": _patterns(*_CLASSES, Role.INPUT_CLASS.value, Role.OUTPUT_CLASS.value),
    "EXISTS_errorDeclaration": _declares,
    "GE_errorDeclarationTime": _of_declaration,
    "LT_errorDeclarationTime": _of_declaration,
    "EQ_errorReason": _of_declaration,
    "EQ_correctiveEventID": _of_declaration,
}
