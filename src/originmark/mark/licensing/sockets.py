"""Where rooms above plug in, from ``apps.py``: what must happen at once when a licence rests."""

from collections.abc import Callable
from datetime import datetime

LapseListener = Callable[[str, str, datetime], None]
_lapse_listeners: list[LapseListener] = []


def register_lapse(listener: LapseListener) -> None:
    """Call ``listener(number, reason, now)`` when a licence is suspended or ended.

    It acts in the same transaction: whatever it raises undoes both.
    """
    if listener not in _lapse_listeners:
        _lapse_listeners.append(listener)


def tell_lapse(number: str, reason: str, now: datetime) -> None:
    """Tell every listener."""
    for listener in _lapse_listeners:
        listener(number, reason, now)
