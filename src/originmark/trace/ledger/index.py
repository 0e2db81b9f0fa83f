"""Which identifiers an event names, in which role: read straight from its JSON."""

from collections.abc import Callable, Mapping
from typing import Any

from originmark.standards.gs1.epc_patterns import key
from originmark.trace.ledger.models import EventIdentifier

Role = EventIdentifier.Role
Json = Mapping[str, Any]
Named = tuple[str, str, float | None, str]
"""Identifier, role, quantity, unit."""
Spell = Callable[[str], str]

_SINGLE, _PLAIN, _AMOUNTS = 0, 1, 2
_THINGS = (("epcList", Role.EPC.value, _PLAIN), ("quantityList", Role.CLASS.value, _AMOUNTS))
_PARENT = ("parentID", Role.PARENT.value, _SINGLE)
_CONTENT = (
    _PARENT,
    ("childEPCs", Role.CHILD.value, _PLAIN),
    ("childQuantityList", Role.CHILD_CLASS.value, _AMOUNTS),
)
_WHAT = {
    "ObjectEvent": _THINGS,
    "TransactionEvent": (_PARENT, *_THINGS),
    "AggregationEvent": _CONTENT,
    "AssociationEvent": _CONTENT,
    "TransformationEvent": (
        ("inputEPCList", Role.INPUT.value, _PLAIN),
        ("inputQuantityList", Role.INPUT_CLASS.value, _AMOUNTS),
        ("outputEPCList", Role.OUTPUT.value, _PLAIN),
        ("outputQuantityList", Role.OUTPUT_CLASS.value, _AMOUNTS),
        ("transformationID", Role.TRANSFORMATION.value, _SINGLE),
    ),
}
_PAPERS = (
    ("bizTransactionList", "bizTransaction", Role.TRANSACTION.value),
    ("sourceList", "source", Role.SOURCE.value),
    ("destinationList", "destination", Role.DESTINATION.value),
)
_READ_POINT, _LOCATION = Role.READ_POINT.value, Role.LOCATION.value


def as_sent(body: Json) -> dict[str, str]:
    """Return what a valid event calls each thing that it names, by the name in the index."""
    return {key(text): text for text, *_ in identifiers(body, str)}


def identifiers(body: Json, spelled: Spell = key) -> list[Named]:
    """Return every identifier that a valid event names, in the order of the standard.

    Each stands under the one name that all its spellings have (decision 16), unless ``spelled``
    says otherwise. An extension event names what it likes: nothing of it is known here.
    """
    what = _WHAT.get(body["type"])
    if what is None:
        return []
    named: list[Named] = []
    for field, role, shape in what:
        value = body.get(field)
        if value is not None:
            named += _named(value, role, shape, spelled)
    for field, role in (("readPoint", _READ_POINT), ("bizLocation", _LOCATION)):
        place = body.get(field)
        if place is not None:
            named.append((spelled(place["id"]), role, None, ""))
    for field, member, role in _PAPERS:
        papers = body.get(field)
        if papers:
            named += [(spelled(each[member]), role, None, "") for each in papers]
    return named


def _named(value: Any, role: str, shape: int, spelled: Spell) -> list[Named]:
    if shape == _PLAIN:
        return [(spelled(each), role, None, "") for each in value]
    if shape == _SINGLE:
        return [(spelled(value), role, None, "")]
    return [
        (
            spelled(each["epcClass"]),
            role,
            float(each["quantity"]) if "quantity" in each else None,
            each.get("uom") or "",
        )
        for each in value
    ]
