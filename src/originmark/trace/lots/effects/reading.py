"""What an EPCIS event says about lots. Pure: no database, no clock.

The programme's own fields stand in the namespace ``urn:originmark:voc:``, for which events of
ours write ``om:``; a partner may bind another prefix to it, or write it in full.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from originmark.standards.epcis.events import EpcisEvent, ObjectEvent, TransformationEvent
from originmark.trace.lots.record_refusals import UnreadableQuantity
from originmark.trace.lots.rules import GRAM, kg_of_packs

BIRTH, TRANSFORMATION, SHIPPING = "birth", "transformation", "shipping"
RECEIVING, STORING, DISPOSAL = "receiving", "storing", "disposal"
_SEEN = {"shipping": SHIPPING, "receiving": RECEIVING, "accepting": RECEIVING, "storing": STORING}
_BIRTHS = {"commissioning", "creating_class_instance"}
NAMESPACE = "urn:originmark:voc:"
KG_PER_UNIT = {
    "KGM": Decimal(1),
    "GRM": Decimal("0.001"),
    "TNE": Decimal(1000),
    "LBR": Decimal("0.45359237"),
}


@dataclass(frozen=True, slots=True)
class Named:
    """A lot as an event names it; without a quantity all that it holds is meant."""

    epc: str
    quantity: Decimal | None = None
    uom: str | None = None

    def kg(self, net_content_g: int | None) -> Decimal | None:
        """Return the mass, from a unit of mass or by counting packs; None when all is meant."""
        if self.quantity is None:
            return None
        if self.uom in KG_PER_UNIT:
            return (self.quantity * KG_PER_UNIT[self.uom]).quantize(GRAM)
        count = self.quantity
        if self.uom in {None, "EA", "H87"} and net_content_g and count == int(count) and count > 0:
            return kg_of_packs(int(count), net_content_g, product=self.epc)
        raise UnreadableQuantity(lot=self.epc, quantity=str(self.quantity), uom=self.uom or "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What an event says, in the words of this room."""

    kind: str
    happened_at: datetime
    event_uri: str
    inputs: tuple[Named, ...] = ()
    outputs: tuple[Named, ...] = ()
    lots: tuple[Named, ...] = ()
    ilmd: Mapping[str, Any] = field(default_factory=dict)
    extensions: Mapping[str, Any] = field(default_factory=dict)
    biz_step: str | None = None
    place: str | None = None
    area: str | None = None
    sender: str | None = None
    receiver: str | None = None
    destination: str | None = None
    is_error: bool = False
    prefixes: tuple[str, ...] = ("om:", NAMESPACE)

    def own(self, name: str) -> Any:
        """Return one of the programme's own fields, from the event or from its lot data."""
        for fields in (self.extensions, self.ilmd):
            found = self._own_in(fields, name)
            if found is not None:
                return found
        return None

    def _own_in(self, fields: Mapping[str, Any], name: str) -> Any:
        keys = (prefix + name for prefix in self.prefixes)
        return next((fields[key] for key in keys if key in fields), None)

    def text(self, name: str) -> str:
        """Return a field of the programme's own as a text; empty when it is missing."""
        value = self.own(name)
        return "" if value is None else str(value)

    def number(self, name: str) -> Decimal | None:
        """Return a field of the programme's own as a number; None when it is none."""
        try:
            return None if self.own(name) is None else Decimal(str(self.own(name)))
        except InvalidOperation:
            return None

    def day(self, name: str) -> date | None:
        """Return a field of the programme's own as a date; None when it is none."""
        try:
            return date.fromisoformat(self.text(name)) if self.own(name) else None
        except ValueError:
            return None

    def product_of(self, epc: str) -> str | None:
        """Return the identifier of the product of an output, where the event states it."""
        for each in _listed(self.own("lots")):
            if isinstance(each, Mapping) and self._own_in(each, "lot") == epc:
                return _optional_text(self._own_in(each, "product"))
        return _optional_text(self.own("product"))


def read(event: EpcisEvent) -> Step | None:
    """Return what the event says about lots, or None when it says nothing about any."""
    if isinstance(event, TransformationEvent):
        return _transformation(event)
    if isinstance(event, ObjectEvent):
        return _object(event)
    return None


def kind_of(action: str, biz_step: str | None) -> str | None:
    """Return what an object event does to lots; None when it does nothing."""
    if action == "DELETE":
        return DISPOSAL
    if action == "ADD":
        return BIRTH if biz_step in _BIRTHS else None
    return _SEEN.get(biz_step or "")


def _transformation(event: TransformationEvent) -> Step:
    return Step(
        kind=TRANSFORMATION,
        inputs=_named(event.input_epcs, event.input_quantities),
        outputs=_named(event.output_epcs, event.output_quantities),
        **_shared(event),
    )


def _object(event: ObjectEvent) -> Step | None:
    kind = kind_of(event.action, event.biz_step)
    if kind is None:
        return None
    lots = _named(event.epcs or (), event.quantities)
    return Step(kind=kind, lots=lots, **_shared(event))


def _shared(event: ObjectEvent | TransformationEvent) -> dict[str, Any]:
    sources = {each.type: each.party for each in event.sources}
    destinations = {each.type: each.party for each in event.destinations}
    place = event.biz_location or event.read_point
    return {
        "happened_at": event.event_time,
        "event_uri": event.event_id or "",
        "ilmd": event.ilmd or {},
        "extensions": event.extensions,
        "biz_step": event.biz_step,
        "place": place.id if place else None,
        "area": event.read_point.id if event.read_point else None,
        "sender": sources.get("owning_party") or sources.get("possessing_party"),
        "receiver": destinations.get("owning_party") or destinations.get("possessing_party"),
        "destination": destinations.get("location"),
        "is_error": event.error_declaration is not None,
    }


def _named(epcs: tuple[str, ...], quantities: tuple[Any, ...]) -> tuple[Named, ...]:
    whole = [Named(epc) for epc in epcs]
    parts = [Named(each.epc_class, each.quantity, each.uom) for each in quantities]
    return tuple(whole + parts)


def _listed(value: Any) -> list[Any]:
    if value is None:
        return []
    return list(value) if isinstance(value, list | tuple) else [value]


def _optional_text(value: Any) -> str | None:
    return None if value is None else str(value)
