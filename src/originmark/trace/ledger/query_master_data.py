"""What queries ask of master data: places below places, and attributes."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from typing import Any

from originmark.origin.parties.access import Actor
from originmark.standards.epcis.query.subject import Attributes
from originmark.standards.gs1 import epc_patterns
from originmark.trace.ledger import master_data
from originmark.trace.ledger.models import MasterDataElement
from originmark.trace.ledger.query_rules import QueryTooComplex

CHUNK = 500
MOST_DESCENDANTS = 10_000


class KnownMasterData:
    """The master data that somebody may read, looked up when a query asks for it."""

    def __init__(self, by: Actor) -> None:
        self.by = by
        self._known: dict[str, Attributes] = {}

    def descendants(self, identifiers: Collection[str]) -> set[str]:
        """Return the keys of what lies below these identifiers, at any depth.

        One query for each level. Raises QueryTooComplex for a tree that is too large.
        """
        found: set[str] = set()
        level = set(identifiers)
        while level:
            children = {epc_patterns.key(each) for each in self._children(level)}
            level = children - found
            found |= level
            if len(found) > MOST_DESCENDANTS:
                raise QueryTooComplex("WD_", MOST_DESCENDANTS)
        return found

    def attributes(self, identifier: str) -> Attributes:
        """Return the attributes of a thing, name -> values (one query, the first time)."""
        key = epc_patterns.key(identifier)
        if key not in self._known:
            self._known[key] = _attributes(self._rows([key]))
        return self._known[key]

    def _children(self, identifiers: Iterable[str]) -> Iterator[str]:
        for row in self._rows(identifiers):
            for child in row.children:
                if isinstance(child, str):
                    yield child

    def _rows(self, identifiers: Iterable[str]) -> Iterator[MasterDataElement]:
        texts = [text for each in identifiers for text in epc_patterns.spellings(each)]
        for start in range(0, len(texts), CHUNK):
            yield from master_data.latest(self.by).filter(
                element_id__in=texts[start : start + CHUNK]
            )


def _attributes(rows: Iterable[MasterDataElement]) -> Attributes:
    found: dict[str, list[Any]] = defaultdict(list)
    for row in rows:
        for each in row.attributes:
            if isinstance(each, dict) and isinstance(each.get("id"), str):
                value = each.get("attribute")
                found[each["id"]] += value if isinstance(value, list) else [value]
    return found
