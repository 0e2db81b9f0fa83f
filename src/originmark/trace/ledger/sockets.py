"""Where higher rooms plug in, from their ``apps.py``."""

from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from originmark.origin.parties.access import Actor
from originmark.trace.ledger.values import StoredEvent


class Listener(Protocol):
    """Hears of each new event inside the transaction; a RuleViolation undoes the whole document."""

    def __call__(self, stored: StoredEvent, *, by: Actor, now: datetime) -> None: ...


_listeners: list[Listener] = []


def register_listener(listener: Listener) -> Callable[[], None]:
    """Call ``listener`` for every event that is stored; returns how to stop that (for tests)."""
    if listener not in _listeners:
        _listeners.append(listener)
    return lambda: _listeners.remove(listener)


def tell_listeners(stored: StoredEvent, *, by: Actor, now: datetime) -> None:
    """Tell every listener, in the order in which they registered."""
    for listener in _listeners:
        listener(stored, by=by, now=now)
