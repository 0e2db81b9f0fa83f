"""What the ledger knows of the things in a document: a few queries, whatever their number.

One for births and sightings, two for each level of packing, one for quantities, two for owners.
The identifiers go as one parameter, and times come back without the ORM's conversion of each:
both would cost more than the answer.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import orjson
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import (
    CharField,
    Count,
    Exists,
    ExpressionWrapper,
    F,
    Lookup,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Sum,
    TextField,
)  # fmt: skip

from originmark.origin.parties import selectors as parties
from originmark.origin.parties.selectors import Organisation
from originmark.origin.products import selectors as products
from originmark.trace.ledger.gs1_numbers import Number, number_of
from originmark.trace.ledger.models import Event, EventIdentifier
from originmark.trace.ledger.semantic_values import (
    CLASSES,
    CONTENT,
    INSTANCES,
    Amount,
    Move,
    Times,
)  # fmt: skip

_PACKING = Q(event__type__in=["AggregationEvent", "AssociationEvent"])
_MADE = Q(event__type="ObjectEvent", event__action="ADD", role__in=["epc", "class"]) | Q(
    role__in=["output", "output_class"]
)
_USED = Q(event__type="ObjectEvent", event__action="DELETE", role="class") | Q(role="input_class")
_PLACES = Q(event__type="AssociationEvent", role="parent")
_NO_THINGS = sorted(set(EventIdentifier.Role.values) - INSTANCES - CLASSES)
_MOVING = ("ADD", "DELETE")
_FLOWS = ("made", "made_told", "made_sum", "used", "used_told", "used_sum")
_AT = ExpressionWrapper(F("event__event_time"), output_field=TextField())


@CharField.register_lookup
class Among(Lookup[Any]):
    """One of many texts, given as one JSON list."""

    lookup_name = "among"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: BaseDatabaseWrapper) -> tuple[str, tuple[Any, ...]]:
        """Return the test as SQLite knows it, or PostgreSQL."""
        left, parameters = self.process_lhs(compiler, connection)
        unpacked = "SELECT value FROM json_each(%s)"
        if connection.vendor == "postgresql":
            unpacked = "SELECT jsonb_array_elements_text(%s::jsonb)"
        return f"{left} IN ({unpacked})", (*parameters, self.rhs)


@dataclass
class History:
    """What the ledger knows; withdrawn events do not count.

    Of things that no event names, as ``times`` finds out, nothing further is asked.

    ``own`` are the organisations whose numbers the sender may give; None: anybody's.
    ``withdrawn`` are the eventIDs that the document itself declares wrong.
    """

    own: Collection[int | None] | None = None
    withdrawn: Collection[str] = ()
    _unknown: frozenset[str] = frozenset()

    def times(self, things: Collection[str]) -> dict[str, Times]:
        """Return when these things were born and first seen. One query."""
        # Leaving out a few roles is one search of the index for a thing, asking for many is many.
        rows = self._rows(things).exclude(role__in=_NO_THINGS).values("identifier")
        told = rows.annotate(
            born=Min("event__event_time", filter=_MADE, output_field=TextField()),
            seen=Min("event__event_time", filter=~_MADE & ~_PLACES, output_field=TextField()),
        )
        known = {
            name: Times(born and _moment(born), seen and _moment(seen))
            for name, born, seen in told.values_list("identifier", "born", "seen")
        }
        self._unknown = frozenset(things).difference(known)
        return known

    def moves(self, children: Collection[str]) -> list[Move]:
        """Return how these went in and out, and when their containers were emptied.

        Two queries, the second only where something is in something.
        """
        if not (asked := set(children) - self._unknown):
            return []
        rows = self._rows(asked).filter(_PACKING, role__in=CONTENT, event__action__in=_MOVING)
        told = rows.filter(event__identifiers__role="parent").values_list(
            _AT, "event__identifiers__identifier", "identifier", "event__action"
        )
        found = [
            Move(_moment(at), parent, child, action == "ADD") for at, parent, child, action in told
        ]
        return found + self.emptied({move.parent for move in found}) if found else found

    def filled(self, parents: Collection[str]) -> dict[str, datetime]:
        """Return when something first went into these containers. One query."""
        if not (asked := set(parents) - self._unknown):
            return {}
        rows = self._rows(asked).filter(_PACKING, role="parent", event__action="ADD")
        told = rows.values("identifier").annotate(first=Min("event__event_time"))
        return dict(told.values_list("identifier", "first"))

    def amounts(self, lots: Collection[str]) -> list[Amount]:
        """Return sums of what came into being and was used up of these lots. One query.

        An amount that somebody left out makes the sum an unknown one.
        """
        found: list[Amount] = []
        if not (asked := set(lots) - self._unknown):
            return found
        rows = self._rows(asked).filter(_MADE | _USED, role__in=CLASSES).values("identifier", "uom")
        for name, uom, *flows in rows.annotate(
            made=Count("place", filter=_MADE),
            made_told=Count("quantity", filter=_MADE),
            made_sum=Sum("quantity", filter=_MADE),
            used=Count("place", filter=_USED),
            used_told=Count("quantity", filter=_USED),
            used_sum=Sum("quantity", filter=_USED),
        ).values_list("identifier", "uom", *_FLOWS):
            for is_in, (many, told, total) in ((True, flows[:3]), (False, flows[3:])):
                if many:
                    found.append(Amount(name, is_in, uom, _decimal(total, is_told=told == many)))
        return found

    def foreign(self, things: Collection[str]) -> dict[str, str]:
        """Return for things that bear another organisation's number what it is called.

        Two queries, none without numbers. A product's owner goes before the owner of the prefix.
        """
        if self.own is None:
            return {}
        numbers = {thing: number for thing in things if (number := number_of(thing)) is not None}
        owners = {
            number: owner.name
            for number, owner in _owners(set(numbers.values())).items()
            if owner.pk not in self.own
        }
        if not owners:
            return {}
        return {thing: owners[number] for thing, number in numbers.items() if number in owners}

    def emptied(self, parents: Collection[str]) -> list[Move]:
        """Return when these containers were emptied. One query."""
        content = EventIdentifier.objects.filter(event=OuterRef("event"), role__in=CONTENT)
        rows = self._rows(parents).filter(_PACKING, role="parent", event__action="DELETE")
        return [
            Move(_moment(at), parent, "", is_in=False)
            for at, parent in rows.exclude(Exists(content)).values_list(_AT, "identifier")
        ]

    def _rows(self, identifiers: Collection[str]) -> QuerySet[EventIdentifier]:
        """Return the rows that name these things in events that nobody withdrew."""
        withdrawn = Event.objects.filter(
            event_id=OuterRef("event__event_id"), is_error_declaration=True
        )
        rows = EventIdentifier.objects.filter(identifier__among=_json(identifiers))
        if self.withdrawn:
            rows = rows.exclude(event__event_id__among=_json(self.withdrawn))
        return rows.exclude(Exists(withdrawn))


def _owners(numbers: Collection[Number]) -> dict[Number, Organisation]:
    if not numbers:
        return {}
    by_gtin = products.owners_of_gtins({each.gtin for each in numbers if each.gtin})
    by_prefix = parties.owners_of_prefixes({prefix for each in numbers for prefix in each.prefixes})
    found: dict[Number, Organisation] = {}
    for number in numbers:
        longest_first = (by_prefix[each] for each in number.prefixes[::-1] if each in by_prefix)
        owner = by_gtin.get(number.gtin) or next(longest_first, None)
        if owner is not None:
            found[number] = owner
    return found


def _json(texts: Iterable[str]) -> str:
    return orjson.dumps(list(texts)).decode()


def _moment(value: Any) -> datetime:
    """Return a time as the database gave it: SQLite writes it down, in UTC."""
    if isinstance(value, str):
        return datetime.fromisoformat(value).replace(tzinfo=UTC)
    return value.astimezone(UTC)  # type: ignore[no-any-return]


def _decimal(total: float, *, is_told: bool) -> Decimal | None:
    # Floats were added up: what differs in the tenth decimal place is the sum's own doing.
    return Decimal(str(round(total, 9))) if is_told else None
