"""Which events of a document concern lots at all: most of a partner's do not.

Read from the JSON, before anything is decoded. Two queries for 5000 identifiers, one of them only
where the document makes lots.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from originmark.origin.products import selectors as products
from originmark.standards.epcis import vocabulary
from originmark.standards.gs1.epc_urn import canonical_epc
from originmark.trace.ledger.services import StoredEvent
from originmark.trace.lots.effects import reading
from originmark.trace.lots.models import Lot

CHUNK = 5000
_GTIN = "https://id.gs1.org/01/"
_OBJECTS = (("epcList", None), ("quantityList", "epcClass"))
_INPUTS = (("inputEPCList", None), ("inputQuantityList", "epcClass"))
_OUTPUTS = (("outputEPCList", None), ("outputQuantityList", "epcClass"))
Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Candidate:
    """An event that would concern us if we knew one of these lots, or the product of a new one."""

    stored: StoredEvent
    lots: frozenset[str]
    new: frozenset[str]


def concerning(stored: Sequence[StoredEvent]) -> Iterator[StoredEvent]:
    """Yield the events that take from, move or make lots of ours, in their order.

    A lot that an earlier event of the document made is known to the later ones.
    """
    candidates = [each for each in map(_candidate, stored) if each is not None]
    known = _known_lots(name for each in candidates for name in each.lots)
    gtins = _known_gtins(name for each in candidates for name in each.new)
    for each in candidates:
        made = {name for name in each.new if _is_own(name) or _gtin(name) in gtins}
        is_error = "errorDeclaration" in each.stored.body
        if is_error or made or not known.isdisjoint(each.lots) or any(map(_is_own, each.lots)):
            known |= made
            yield each.stored


def _candidate(stored: StoredEvent) -> Candidate | None:
    body = stored.body
    if body["type"] == "TransformationEvent":
        found = Candidate(stored, _names(body, _INPUTS), _names(body, _OUTPUTS))
    else:
        kind = _kind(body)
        if kind is None:
            return None
        names = _names(body, _OBJECTS)
        is_birth = kind == reading.BIRTH
        nothing: frozenset[str] = frozenset()
        found = Candidate(stored, nothing if is_birth else names, names if is_birth else nothing)
    return found if found.lots or found.new or "errorDeclaration" in body else None


def _kind(body: Json) -> str | None:
    if body["type"] != "ObjectEvent":
        return None
    step = body.get("bizStep")
    return reading.kind_of(body["action"], step and vocabulary.BIZ_STEP.normalise(step))


def _names(body: Json, fields: Iterable[tuple[str, str | None]]) -> frozenset[str]:
    """Return what may be the identifiers of lots, canonical; serial numbers are none."""
    # An escaped link may spell the application identifier for a lot in any way.
    starts = ("urn:epc:class:", settings.IDENTIFIER_BASE)
    return frozenset(
        canonical_epc(name)
        for field, key in fields
        for each in body.get(field, ())
        if "/10/" in (name := each if key is None else each[key])
        or "%" in name
        or name.startswith(starts)
    )


def _is_own(name: str) -> bool:
    return name.startswith(settings.IDENTIFIER_BASE)


def _gtin(name: str) -> str:
    return name.removeprefix(_GTIN).partition("/")[0] if name.startswith(_GTIN) else ""


def _known_lots(names: Iterable[str]) -> set[str]:
    wanted = sorted(set(names))
    found: set[str] = set()
    for start in range(0, len(wanted), CHUNK):
        part = wanted[start : start + CHUNK]
        found.update(Lot.objects.filter(epc__in=part).values_list("epc", flat=True))
    return found


def _known_gtins(names: Iterable[str]) -> set[str]:
    wanted = {_gtin(name) for name in names} - {""}
    return products.known_gtins(wanted) if wanted else set()
