"""Where higher rooms plug in, from their ``apps.py``."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Protocol

from originmark.origin.parties.access import Actor
from originmark.trace.ledger.values import StoredEvent


class Listener(Protocol):
    """Hears of each new event inside the transaction; a RuleViolation undoes the whole document."""

    def __call__(self, stored: StoredEvent, *, by: Actor, now: datetime) -> None: ...


class BatchListener(Protocol):
    """Hears of all new events of a document at once, in their order; else like a Listener."""

    def __call__(self, stored: Sequence[StoredEvent], *, by: Actor, now: datetime) -> None: ...


_listeners: list[Listener] = []
_batch_listeners: list[BatchListener] = []


def register_listener(listener: Listener) -> Callable[[], None]:
    """Call ``listener`` for every event that is stored; returns how to stop that (for tests)."""
    if listener not in _listeners:
        _listeners.append(listener)
    return lambda: _listeners.remove(listener)


def register_batch_listener(listener: BatchListener) -> Callable[[], None]:
    """Call ``listener`` once for the events of a document; returns how to stop that (for tests).

    Whoever asks the database does so once for all of them.
    """
    if listener not in _batch_listeners:
        _batch_listeners.append(listener)
    return lambda: _batch_listeners.remove(listener)


def tell_listeners(stored: Sequence[StoredEvent], *, by: Actor, now: datetime) -> None:
    """Tell every listener of new events: those of batches first, in the order they registered."""
    for tell in _batch_listeners:
        tell(stored, by=by, now=now)
    for each in stored if _listeners else ():
        for listener in _listeners:
            listener(each, by=by, now=now)


Publisher = Callable[[int, str], bool]
"""Whether what is behind a public reference (a lot's code) shows the event at a place."""

_publishers: list[Publisher] = []


def register_publisher(publisher: Publisher) -> None:
    """Let ``publisher`` say which events a public page shows, so that anybody may prove them."""
    if publisher not in _publishers:
        _publishers.append(publisher)


def is_published(index: int, reference: str) -> bool:
    """Return whether a public page shows the event at a place of the log."""
    return any(publisher(index, reference) for publisher in _publishers)
