"""Where rooms above plug in, from ``apps.py``: what must happen at once when a paper lapses."""

from collections.abc import Callable

LapseListener = Callable[[int, str], None]
_listeners: list[LapseListener] = []


def register_lapse(listener: LapseListener) -> None:
    """Call ``listener(certificate_id, reason)`` when a paper is suspended or revoked.

    It acts in the same transaction: whatever it raises undoes both.
    """
    if listener not in _listeners:
        _listeners.append(listener)


def tell_lapse(certificate_id: int, reason: str) -> None:
    """Tell every listener."""
    for listener in _listeners:
        listener(certificate_id, reason)
