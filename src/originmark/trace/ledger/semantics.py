"""Whether events that arrive can be true, given all that is known: by policy a warning or no.

``review`` costs a few queries for a document, whatever the number of its events: two for what
comes into being or is seen, up to three for each level of packing, one for quantities, two for
owners; 500 identifiers go into one query.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any, TypeVar

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet, Sum

from originmark.origin.parties import selectors as parties
from originmark.origin.parties.access import Actor
from originmark.origin.parties.selectors import Organisation
from originmark.origin.products import selectors as products
from originmark.trace.ledger import semantic_rules
from originmark.trace.ledger.drafts import Draft
from originmark.trace.ledger.gs1_numbers import Number, number_of
from originmark.trace.ledger.models import Event, EventIdentifier
from originmark.trace.ledger.semantic_values import (
    CLASSES,
    CONTENT,
    INSTANCES,
    Amount,
    Happening,
    Move,
    Policy,
    SemanticFinding,
    Times,
    read_policy,
)  # fmt: skip

__all__ = ["History", "Policy", "SemanticFinding", "findings", "policy", "review"]
Key = TypeVar("Key", int, str)
CHUNK = 500
_PACKING = Q(event__type__in=["AggregationEvent", "AssociationEvent"])
_MADE = Q(event__type="ObjectEvent", event__action="ADD", role__in=["epc", "class"]) | Q(
    role__in=["output", "output_class"]
)
_USED = Q(event__type="ObjectEvent", event__action="DELETE", role="class") | Q(role="input_class")
_MOVING = ("ADD", "DELETE")
_MOVE = ("event__event_time", "event__action")
_FLOWS = ("made", "made_told", "made_sum", "used", "used_told", "used_sum")
_PLACES = Q(event__type="AssociationEvent", role="parent")


def policy() -> Policy:
    """Return what the setting ``LEDGER_SEMANTICS`` says. Raises ImproperlyConfigured."""
    try:
        return _read_policy(tuple(settings.LEDGER_SEMANTICS))
    except ValueError as wrong:
        raise ImproperlyConfigured(f"ORIGINMARK_LEDGER_SEMANTICS: {wrong}") from wrong


@lru_cache(8)
def _read_policy(words: tuple[str, ...]) -> Policy:
    return read_policy(words)


def review(drafts: Sequence[Draft], *, by: Actor, now: datetime) -> list[SemanticFinding]:  # noqa: ARG001 (told to every step of capture)
    """Return what in these events cannot be true, as far as is known; first event first.

    The events are new: none of them is in the ledger. Error declarations, and what they
    withdraw, are not looked at. Numbers of others are no matter for a programme office.
    """
    own = None if by.sees_everything else set(by.organisation_ids)
    return findings(drafts, history=History(own, _withdrawn(drafts)), policy=policy())


def findings(
    arrivals: Sequence[Draft], *, history: semantic_rules.History, policy: Policy
) -> list[SemanticFinding]:
    """Return the findings of the rules that the policy does not turn off."""
    withdrawn = _withdrawn(arrivals)
    looked_at = [each for each in arrivals if each.event_id not in withdrawn]
    bodies = {each.place: each.body for each in looked_at}
    happenings = [_happening(each) for each in looked_at]
    return [
        SemanticFinding(
            rule,
            place,
            _pointer(bodies[place], identifier),
            sentence,
            is_refusal=policy.of(rule) == "refuse",
        )
        for rule, place, identifier, sentence in semantic_rules.findings(
            happenings, history=history, policy=policy
        )
    ]


def _withdrawn(drafts: Sequence[Draft]) -> set[str]:
    return {each.event_id for each in drafts if each.facts[-1]}


def _happening(draft: Draft) -> Happening:
    kind, at, action, step, *_ = draft.facts
    return Happening(draft.place, kind, action, step, at, draft.named)


def _pointer(body: Mapping[str, Any], identifier: str) -> str:
    """Return where an event names a thing first."""
    for field, value in body.items():
        if value == identifier and field == "parentID":
            return "/parentID"
        for index, each in enumerate(value if isinstance(value, list) else ()):
            if each == identifier or (
                isinstance(each, Mapping) and each.get("epcClass") == identifier
            ):
                return f"/{field}/{index}"
    return ""


@dataclass(frozen=True)
class History:
    """What the ledger knows; withdrawn events do not count.

    ``own`` are the organisations whose numbers the sender may give; None: anybody's.
    ``withdrawn`` are the eventIDs that the document itself declares wrong.
    """

    own: Collection[int] | None = None
    withdrawn: Collection[str] = ()

    def times(self, things: Collection[str]) -> dict[str, Times]:
        """Return when these things were born and first seen. One query for 500."""
        return {
            name: Times(born, seen)
            for part in _parts(things)
            for name, born, seen in self._rows(part)
            .filter(role__in=INSTANCES | CLASSES)
            .values("identifier")
            .annotate(
                born=Min("event__event_time", filter=_MADE),
                seen=Min("event__event_time", filter=~_MADE & ~_PLACES),
            )
            .values_list("identifier", "born", "seen")
        }

    def moves(self, children: Collection[str]) -> list[Move]:
        """Return how these went in and out, and when their containers were emptied.

        Three queries for 500.
        """
        found: list[Move] = []
        for part in _parts(children):
            rows = self._rows(part).filter(_PACKING, role__in=CONTENT, event__action__in=_MOVING)
            told = list(rows.values_list("event_id", "identifier", *_MOVE))
            parents = _parents_of([event for event, *_ in told])
            found += [
                Move(at, parents[event], child, action == "ADD")
                for event, child, at, action in told
                if event in parents
            ]
            found += self._emptied(set(parents.values()))
        return found

    def filled(self, parents: Collection[str]) -> dict[str, datetime]:
        """Return when something first went into these containers. One query for 500."""
        return {
            name: first
            for part in _parts(parents)
            for name, first in self._rows(part)
            .filter(_PACKING, role="parent", event__action="ADD")
            .values("identifier")
            .annotate(first=Min("event__event_time"))
            .values_list("identifier", "first")
        }

    def amounts(self, lots: Collection[str]) -> list[Amount]:
        """Return sums of what came into being and was used up of these lots. One query for 500.

        An amount that somebody left out makes the sum an unknown one.
        """
        found: list[Amount] = []
        for part in _parts(lots):
            sums = (
                self._rows(part).filter(_MADE | _USED, role__in=CLASSES).values("identifier", "uom")
            )
            for name, uom, *flows in sums.annotate(
                made=Count("pk", filter=_MADE),
                made_told=Count("quantity", filter=_MADE),
                made_sum=Sum("quantity", filter=_MADE),
                used=Count("pk", filter=_USED),
                used_told=Count("quantity", filter=_USED),
                used_sum=Sum("quantity", filter=_USED),
            ).values_list("identifier", "uom", *_FLOWS):
                for is_in, (many, told, total) in ((True, flows[:3]), (False, flows[3:])):
                    if many:
                        known = _decimal(total) if told == many else None
                        found.append(Amount(name, is_in, uom, known))
        return found

    def foreign(self, things: Collection[str]) -> dict[str, str]:
        """Return for things that bear another organisation's number what it is called.

        Two queries for 500 numbers. A product's owner goes before the owner of the prefix.
        """
        if self.own is None:
            return {}
        numbers = {thing: number for thing in things if (number := number_of(thing)) is not None}
        by_gtin = _asked(
            products.owners_of_gtins, {each.gtin for each in numbers.values() if each.gtin}
        )
        by_prefix = _asked(
            parties.owners_of_prefixes,
            {prefix for each in numbers.values() for prefix in each.prefixes},
        )
        owners = {thing: _owner(each, by_gtin, by_prefix) for thing, each in numbers.items()}
        return {
            thing: owner.name
            for thing, owner in owners.items()
            if owner is not None and owner.id not in self.own
        }

    def _emptied(self, parents: Collection[str]) -> list[Move]:
        content = EventIdentifier.objects.filter(event=OuterRef("event"), role__in=CONTENT)
        rows = self._rows(parents).filter(_PACKING, role="parent", event__action="DELETE")
        return [
            Move(at, parent, "", is_in=False)
            for parent, at in rows.exclude(Exists(content)).values_list(
                "identifier", "event__event_time"
            )
        ]

    def _rows(self, identifiers: Collection[str]) -> QuerySet[EventIdentifier]:
        """Return the rows that name these things in events that nobody withdrew."""
        withdrawn = Event.objects.filter(
            event_id=OuterRef("event__event_id"), is_error_declaration=True
        )
        rows = EventIdentifier.objects.filter(identifier__in=identifiers)
        if self.withdrawn:
            rows = rows.exclude(event__event_id__in=self.withdrawn)
        return rows.exclude(Exists(withdrawn))


def _parents_of(events: Sequence[int]) -> dict[int, str]:
    found: dict[int, str] = {}
    for part in _parts(events):
        rows = EventIdentifier.objects.filter(event__in=part, role="parent")
        found.update(rows.values_list("event_id", "identifier"))
    return found


def _parts(every: Collection[Key]) -> Iterator[list[Key]]:
    listed = sorted(set(every))
    for start in range(0, len(listed), CHUNK):
        yield listed[start : start + CHUNK]


def _asked(
    question: Callable[[Collection[str]], Mapping[str, Organisation]], every: Collection[str]
) -> dict[str, Organisation]:
    return {key: owner for part in _parts(every) for key, owner in question(part).items()}


def _owner(
    number: Number, by_gtin: Mapping[str, Organisation], by_prefix: Mapping[str, Organisation]
) -> Organisation | None:
    if number.gtin in by_gtin:
        return by_gtin[number.gtin]
    return next((by_prefix[each] for each in number.prefixes[::-1] if each in by_prefix), None)


def _decimal(total: float | None) -> Decimal | None:
    # Floats were added up: what differs in the tenth decimal place is the sum's own doing.
    return None if total is None else Decimal(str(round(total, 9)))
