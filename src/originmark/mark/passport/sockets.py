"""Where other rooms and other parts of this room plug into passports, from ``apps.py``."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from originmark.mark.passport.values import Action, Alarm, Panel, Promise
from originmark.standards.gs1.linksets import LinkValue

__all__ = [
    "Action", "Alarm", "Anchor", "Panel", "PassportContext", "Promise", "actions_for",
    "alarm_about", "links_about", "panels_for", "promises_for", "register_action",
    "register_alarm", "register_cold_chain", "register_links", "register_panel",
    "register_promise", "register_quality",
]  # fmt: skip

Find = TypeVar("Find")


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
    _add(_links, find)


def links_about(anchor: Anchor) -> list[LinkValue]:
    """Return the links that all who are plugged in have to offer."""
    return [link for find in _links for link in find(anchor)]


@dataclass(frozen=True, slots=True)
class PassportContext:
    """What a passport is about: a lot of a product, and the brand that the pack carries."""

    lot_id: int
    lot_code: str
    product_id: int
    product_code: str
    organisation_id: int
    brand_code: str
    language: str
    now: datetime


FindPromises = Callable[[PassportContext], Iterable[Promise]]
FindPanel = Callable[[PassportContext], Panel | None]
FindAction = Callable[[PassportContext], Action | None]
FindAlarm = Callable[[str], Alarm | None]
_promises: list[FindPromises] = []
_quality: list[FindPanel] = []
_cold_chain: list[FindPanel] = []
_panels: list[FindPanel] = []
_actions: list[FindAction] = []
_alarms: list[FindAlarm] = []


def register_promise(find: FindPromises) -> None:
    """Let ``find(context)`` promise more about a lot, each with its evidence."""
    _add(_promises, find)


def register_quality(find: FindPanel) -> None:
    """Let ``find(context)`` show what was measured of a lot; None shows nothing."""
    _add(_quality, find)


def register_cold_chain(find: FindPanel) -> None:
    """Let ``find(context)`` show how a lot was kept on its way; None shows nothing."""
    _add(_cold_chain, find)


def register_panel(find: FindPanel) -> None:
    """Let ``find(context)`` add a section of its own; None shows nothing."""
    _add(_panels, find)


def register_action(find: FindAction) -> None:
    """Let ``find(context)`` offer a next step, as "report a problem" or "buy again"."""
    _add(_actions, find)


def register_alarm(find: FindAlarm) -> None:
    """Let ``find(lot_code)`` say that a lot was recalled: the verdict of each pack of it."""
    _add(_alarms, find)


def promises_for(context: PassportContext) -> list[Promise]:
    """Return what all who are plugged in promise."""
    return [promise for find in _promises for promise in find(context)]


def panels_for(context: PassportContext) -> list[Panel]:
    """Return the sections of other rooms: quality, cold chain, then the rest."""
    finders = [*_quality, *_cold_chain, *_panels]
    return [panel for find in finders if (panel := find(context))]


def actions_for(context: PassportContext) -> list[Action]:
    """Return the next steps that other rooms offer."""
    return [action for find in _actions if (action := find(context))]


def alarm_about(lot_code: str) -> Alarm | None:
    """Return the first warning about a lot that anybody has."""
    return next((alarm for find in _alarms if (alarm := find(lot_code))), None)


def _add(finders: list[Find], find: Find) -> None:
    if find not in finders:
        finders.append(find)
