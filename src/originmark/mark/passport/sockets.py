"""Where other rooms and other parts of this room plug into passports, from ``apps.py``."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from originmark.standards.gs1.linksets import LinkValue


@dataclass(frozen=True, slots=True)
class Anchor:
    """One level of what an address is about, and what is known of it.

    ``path`` is its canonical path below the public address. ``product_code`` is set where the
    key names a product of ours, ``lot_code`` where there is such a lot of it, ``serial`` only
    where it is genuine and stands on that lot. ``organisation_id`` is whose thing it is.
    """

    path: str
    key: str
    value: str
    description: str
    product_code: str = ""
    lot_code: str = ""
    serial: str = ""
    organisation_id: int | None = None
    now: datetime | None = None


FindLinks = Callable[[Anchor], Iterable[LinkValue]]
_links: list[FindLinks] = []


def register_links(find: FindLinks) -> None:
    """Let ``find(anchor)`` add links about a thing: for each level of an address, once."""
    if find not in _links:
        _links.append(find)


def links_about(anchor: Anchor) -> list[LinkValue]:
    """Return the links that all who are plugged in have to offer."""
    return [link for find in _links for link in find(anchor)]
