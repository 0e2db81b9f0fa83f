"""What is inside what, at any moment of a story."""

from collections import defaultdict
from datetime import datetime

from originmark.trace.ledger.semantic_values import Move

Key = tuple[datetime, int]
"""A moment, and the place in the document of an event of that moment."""


class Containers:
    """Moves into containers and out of them, in whatever order they are told."""

    def __init__(self) -> None:
        """Begin with nothing known."""
        self._moves: dict[str, list[Move]] = defaultdict(list)
        self._emptied: dict[str, list[Move]] = defaultdict(list)
        self._first_in: dict[str, datetime] = {}

    def add(self, move: Move) -> None:
        """Note a move."""
        if not move.child:
            self._emptied[move.parent].append(move)
            return
        self._moves[move.child].append(move)
        if move.is_in:
            first = self._first_in.get(move.parent, move.at)
            self._first_in[move.parent] = min(first, move.at)

    def holds(self, parent: str, child: str, before: Key) -> bool:
        """Return whether something was inside just before a moment."""
        return parent in self._parents(child, before)

    def around(self, thing: str, before: Key) -> set[str]:
        """Return every container that a thing was in, directly or not, just before a moment."""
        found: set[str] = set()
        frontier = {thing}
        while frontier:
            frontier = {outer for each in frontier for outer in self._parents(each, before)} - found
            found |= frontier
        return found

    def next_in(self, parent: str, child: str, *, after: datetime) -> datetime | None:
        """Return when something went in for the first time after a moment."""
        times = [
            move.at
            for move in self._moves.get(child, ())
            if move.is_in and move.parent == parent and move.at > after
        ]
        return min(times, default=None)

    def first_in(self, parent: str) -> datetime | None:
        """Return when anything first went into a container, as far as was told."""
        return self._first_in.get(parent)

    def _parents(self, child: str, before: Key) -> set[str]:
        since: dict[str, Key] = {}
        for move in sorted(self._moves.get(child, ()), key=lambda each: each.key):
            if move.key >= before:
                break
            if move.is_in:
                since[move.parent] = move.key
            else:
                since.pop(move.parent, None)
        return {
            parent for parent, key in since.items() if not self._emptied_in(parent, key, before)
        }

    def _emptied_in(self, parent: str, since: Key, before: Key) -> bool:
        return any(since < move.key < before for move in self._emptied.get(parent, ()))
