"""Where the room for places, which stands above, plugs in.

An organisation stands in an administrative unit; this room keeps the reference and cannot look
it up by itself.
"""

from collections.abc import Callable
from typing import Protocol

from originmark.origin.parties.refusals import NoPlacesYet


class Unit(Protocol):
    """What this room needs to know of an administrative unit."""

    pk: int


_readers: list[Callable[[str], Unit]] = []


def register_unit_reader(read: Callable[[str], Unit]) -> None:
    """Let ``read(key)`` return the unit with this key, or raise a refusal."""
    _readers[:] = [read]


def unit_id(key: str) -> int | None:
    """Return the id of the unit with this key; None where no key is given."""
    if not key.strip():
        return None
    if not _readers:
        raise NoPlacesYet(unit=key)
    return _readers[0](key.strip()).pk
