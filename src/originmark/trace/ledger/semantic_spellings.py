"""One thing under all its spellings: an EPC URN and the Digital Links of the same thing.

The index keeps URNs as they came, and a link does not say where the company prefix ends; so a
thing is looked for under the spellings that a query by identifier looks for, and whatever is
found counts for the one name that the thing has in the document.
"""

from collections.abc import Collection, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from typing import Final

from originmark.standards.gs1.epc_patterns import key, spellings
from originmark.trace.ledger.drafts import Draft
from originmark.trace.ledger.models import EventIdentifier
from originmark.trace.ledger.semantic_history import History
from originmark.trace.ledger.semantic_values import Amount, Move, Times

_URN: Final = "urn:epc:"
_AFTER_URNS: Final = "urn:epc;"


def in_any_spelling(
    drafts: Sequence[Draft], history: History
) -> tuple[Sequence[Draft], "SpelledHistory"]:
    """Return events that name each thing alike, and a history that knows it by these names."""
    urns: dict[str, str] = {}
    for each in drafts:
        for name, *_ in each.named:
            if name.startswith(_URN):
                urns.setdefault(key(name), name)
    names = Names(urns)
    named = [names.given_to(each) for each in drafts] if urns else drafts
    return named, SpelledHistory(history, names)


@dataclass(frozen=True, slots=True)
class Names:
    """The name of each thing in a document: its first URN there, else its link.

    >>> names = Names({"https://id.gs1.org/01/80614141123458/21/7":
    ...     "urn:epc:id:sgtin:0614141.812345.7"})
    >>> names.of("https://id.gs1.org/01/80614141123458/21/7")
    'urn:epc:id:sgtin:0614141.812345.7'
    """

    urns: Mapping[str, str]

    def of(self, text: str) -> str:
        """Return the name of what an identifier, as the index keeps it, stands for."""
        link = key(text) if text.startswith(_URN) else text
        return self.urns.get(link, link)

    def given_to(self, draft: Draft) -> Draft:
        """Return an event that calls things by these names."""
        return replace(draft, named=[(self.of(each[0]), *each[1:]) for each in draft.named])


@dataclass(frozen=True)
class SpelledHistory:
    """What the ledger knows of things under any spelling, told under their names.

    One query more: whether there are URNs at all. Where there are none, links stand for
    themselves.
    """

    history: History
    names: Names

    def times(self, things: Collection[str]) -> dict[str, Times]:
        """Return when these things were born and first seen."""
        found: dict[str, Times] = {}
        for text, times in self.history.times(self._spellings(things)).items():
            name = self.names.of(text)
            known = found.get(name, Times())
            found[name] = Times(_earlier(known.born, times.born), _earlier(known.seen, times.seen))
        return found

    def moves(self, children: Collection[str]) -> list[Move]:
        """Return how these went in and out, and when their containers were emptied."""
        found = self.history.moves(self._spellings(children))
        parents = {move.parent for move in found}
        if others := self._spellings(parents) - parents:
            found += self.history.emptied(others)
        return [
            move._replace(parent=self.names.of(move.parent), child=self.names.of(move.child))
            for move in found
        ]

    def filled(self, parents: Collection[str]) -> dict[str, datetime]:
        """Return when something first went into these containers."""
        found: dict[str, datetime] = {}
        for text, first in self.history.filled(self._spellings(parents)).items():
            name = self.names.of(text)
            found[name] = min(found.get(name, first), first)
        return found

    def amounts(self, lots: Collection[str]) -> list[Amount]:
        """Return sums of what came into being and was used up of these lots, by unit."""
        found = self.history.amounts(self._spellings(lots))
        return [amount._replace(lot=self.names.of(amount.lot)) for amount in found]

    def foreign(self, things: Collection[str]) -> dict[str, str]:
        """Return for things that bear another organisation's number what it is called."""
        return self.history.foreign(things)

    def _spellings(self, things: Collection[str]) -> Set[str]:
        if not (self.names.urns or self._has_urns):
            return {*things}
        return {text for thing in things for text in spellings(thing)}

    @cached_property
    def _has_urns(self) -> bool:
        named = EventIdentifier.objects.filter(identifier__gte=_URN, identifier__lt=_AFTER_URNS)
        return named.exists()


def _earlier(one: datetime | None, other: datetime | None) -> datetime | None:
    return min(filter(None, (one, other)), default=None)
