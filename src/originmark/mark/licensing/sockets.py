"""Where rooms above plug in: what must happen at once when a quota is spent."""

from datetime import datetime
from typing import Protocol


class FuseListener(Protocol):
    """Whoever stops (or may go on) when the fuse of a user's season blows (or is reset)."""

    def __call__(
        self, organisation_id: int, brand_code: str, season: int, *, is_spent: bool, now: datetime
    ) -> None:
        """Act, in the transaction of what blew the fuse; whatever is raised undoes both."""


_listeners: list[FuseListener] = []


def register_fuse(listener: FuseListener) -> None:
    """Tell ``listener`` whenever a fuse blows or is reset; called from ``apps.py``."""
    if listener not in _listeners:
        _listeners.append(listener)


def tell_fuse(
    organisation_id: int, brand_code: str, season: int, *, is_spent: bool, now: datetime
) -> None:
    """Tell every listener."""
    for listener in _listeners:
        listener(organisation_id, brand_code, season, is_spent=is_spent, now=now)
