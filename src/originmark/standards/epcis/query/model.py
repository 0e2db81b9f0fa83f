"""A query: what must hold of an event, in which order, and how many at most."""

import hashlib
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from originmark.standards.epcis.query.conditions import Condition
from originmark.standards.epcis.query.fieldnames import FieldName, at_the_top
from originmark.standards.epcis.query.subject import NO_FACTS, Facts, Subject
from originmark.standards.epcis.query.values import Scalar, limit
from originmark.standards.gs1.epc_patterns import key

Direction = Literal["ASC", "DESC"]
WITH_DESCENDANTS = frozenset({"WD_readPoint", "WD_bizLocation"})


@dataclass(frozen=True, slots=True)
class Order:
    """By what events are put in order: eventTime, recordTime, quantity or an extension field."""

    by: str
    direction: Direction
    field: FieldName | None = None

    @property
    def is_descending(self) -> bool:
        """Return whether the last comes first."""
        return self.direction == "DESC"


@dataclass(frozen=True, slots=True)
class Query:
    """All conditions must hold; of each, one of its values is enough.

    ``event_count_limit`` takes the first so many; with ``max_event_count``, more than that many
    are no answer at all.
    """

    conditions: tuple[Condition, ...]
    order: Order | None = None
    event_count_limit: int | None = None
    max_event_count: int | None = None

    def matches(
        self, body: Mapping[str, Any], context: Any = None, facts: Facts = NO_FACTS
    ) -> bool:
        """Return whether an event is an answer: the reference for every quicker way.

        ``body`` is a valid JSON event, ``context`` that of its document.
        """
        subject = Subject(body, context, facts)
        return all(each.holds(subject) for each in self.conditions)

    def with_descendants(
        self, descendants: Callable[[Collection[str]], Collection[str]]
    ) -> "Query":
        """Return the query with the places below those that it names.

        ``descendants`` takes identifiers and returns those below them in the master data, at any
        depth. Without this step WD_readPoint and WD_bizLocation find the named places alone.
        """
        conditions = tuple(
            _widened(each, descendants) if each.name in WITH_DESCENDANTS else each
            for each in self.conditions
        )
        return replace(self, conditions=conditions)

    def narrowed_by(self, other: "Query") -> "Query":
        """Return the events that answer both queries; order and counts are this one's."""
        return replace(self, conditions=(*self.conditions, *other.conditions))

    @property
    def digest(self) -> str:
        """Return a name of 16 bytes in hexadecimal that no other query has."""
        said = sorted((each.name, sorted(map(repr, each.values))) for each in self.conditions)
        order = None if self.order is None else (self.order.by, self.order.direction)
        text = repr((said, order, self.event_count_limit, self.max_event_count))
        return hashlib.sha256(text.encode()).hexdigest()[:32]

    def sort_value(self, body: Mapping[str, Any], context: Any = None) -> Scalar | None:
        """Return what an event is put in order by: a quantity or an extension field."""
        if self.order is None:
            return None
        subject = Subject(body, context)
        if self.order.field is None:
            first = next(subject.amounts(), None)
            return None if first is None else Scalar(str(first[0]), first[0])
        found = at_the_top(body, self.order.field, subject.namespaces)
        return next((limit(each) for each in found if not isinstance(each, dict)), None)


def _widened(
    condition: Condition, descendants: Callable[[Collection[str]], Collection[str]]
) -> Condition:
    below = {key(each) for each in descendants(condition.values)}
    return replace(condition, values=tuple(sorted({*condition.values, *below})))
