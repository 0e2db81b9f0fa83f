"""EPCIS events as the life-cycle events of UNTP 0.7.0: made, moved, changed.

UNTP 0.6 took EPCIS over; 0.7 tells three stories instead. What came into being (a transformation,
a commissioning) is a MakeEvent. What was shipped, with the receipt that answers it, is one
MoveEvent. All else that happened to a thing (seen, inspected, packed on a pallet, measured) is a
ModifyEvent.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from originmark.standards.credentials.envelopes import moment
from originmark.standards.credentials.untp.values import (
    Classification,
    Link,
    Measure,
    Named,
    Party,
    ProductName,
    each,
    said,
)
from originmark.standards.epcis.events import (
    AggregationEvent,
    AssociationEvent,
    ObjectEvent,
    StandardEvent,
    TransactionEvent,
    TransformationEvent,
)
from originmark.standards.epcis.values import Quantity, SensorElement

CBV_STEP = ("https://ref.gs1.org/cbv/BizStep", "GS1 CBV Business Step")
SENSOR = "https://gs1.org/voc/"
SHIPPING = {"shipping", "departing"}
RECEIVING = {"receiving", "arriving", "accepting"}
LOCATION, POSSESSOR = "location", "possessing_party"


@dataclass(frozen=True, slots=True)
class Names:
    """How things and places are called: by their identifiers, in the words of who knows them.

    ``place`` is asked with what the event says of where, which may be nothing. ``parties`` and
    ``links`` are asked with the event.
    """

    thing: Callable[[str], ProductName]
    place: Callable[[str, StandardEvent], Named]
    parties: Callable[[StandardEvent], tuple[Party, ...]]
    links: Callable[[StandardEvent], tuple[Link, ...]]


def lifecycle(events: Iterable[StandardEvent], names: Names) -> list[dict[str, Any]]:
    """Return the events in their order; a receipt goes into the shipment that it answers."""
    found = list(events)
    receipts = [event for event in found if _step(event) in RECEIVING]
    answered: list[StandardEvent] = []
    told = []
    for event in found:
        if _step(event) in SHIPPING and isinstance(event, ObjectEvent):
            receipt = next((each for each in receipts if _answers(each, event)), None)
            answered += [receipt] if receipt else []
            told.append(_move(event, receipt, names))
        elif event not in answered:
            told.append(_other(event, names))
    return told


def _other(event: StandardEvent, names: Names) -> dict[str, Any]:
    if isinstance(event, TransformationEvent):
        inputs = _products(event.input_epcs, event.input_quantities, names)
        outputs = _products(event.output_epcs, event.output_quantities, names, "new")
        return _make(event, inputs, outputs, names)
    things = _things(event)
    if isinstance(event, ObjectEvent) and event.action == "ADD":
        return _make(event, [], _products(*things, names, "new"), names)
    return {
        **_common(event, "ModifyEvent", names),
        "modifiedProduct": _products(*things, names, _disposition(event)),
        "modifiedAtFacility": names.place(_where(event), event).as_json(),
    }


def _make(
    event: StandardEvent, inputs: list[Any], outputs: list[Any], names: Names
) -> dict[str, Any]:
    return {
        **_common(event, "MakeEvent", names),
        "inputProduct": inputs,
        "outputProduct": outputs,
        "madeAtFacility": names.place(_where(event), event).as_json(),
    }


def _move(event: ObjectEvent, receipt: StandardEvent | None, names: Names) -> dict[str, Any]:
    """Return a shipment; where it goes is where it arrived, else where it was sent."""
    arrived = _where(receipt) if receipt else ""
    sent_to = arrived or _party(event, "destinations", LOCATION, POSSESSOR)
    left = _where(event) or _party(event, "sources", LOCATION, POSSESSOR)
    return {
        **_common(event, "MoveEvent", names),
        "movedProduct": _products(*_things(event), names, "active" if receipt else "inTransit"),
        "fromFacility": names.place(left, event).as_json(),
        "toFacility": names.place(sent_to, receipt or event).as_json(),
    }


def _answers(receipt: StandardEvent, shipment: ObjectEvent) -> bool:
    """Return whether a receipt is of what was shipped: the same things, not earlier."""
    if receipt.event_time < shipment.event_time:
        return False
    return _identifiers(receipt) == _identifiers(shipment)


def _common(event: StandardEvent, kind: str, names: Names) -> dict[str, Any]:
    step = _step(event) or "other"
    words = step.replace("_", " ").capitalize()
    return said(
        type=[kind, "LifecycleEvent"],
        id=event.event_id,
        name=words,
        eventDate=moment(event.event_time),
        sensorData=[reading for element in event.sensor_elements for reading in _sensed(element)],
        relatedDocument=names.links(event),
        activityType=Classification(step, words, *CBV_STEP),
        relatedParty=names.parties(event),
    )


def _sensed(element: SensorElement) -> Iterable[dict[str, Any]]:
    for report in element.reports:
        kind, unit = str(report.get("type", "")), str(report.get("uom", ""))
        values = [
            report[name]
            for name in ("value", "minValue", "maxValue", "meanValue")
            if name in report
        ]
        if kind and values:
            metric = Named("PerformanceMetric", kind if ":" in kind else SENSOR + kind, kind)
            measures = each(Measure(float(value), unit) for value in values)
            yield {"metric": metric.as_json(), "measure": measures}


def _things(event: StandardEvent) -> tuple[tuple[str, ...], tuple[Quantity, ...]]:
    if isinstance(event, ObjectEvent | TransactionEvent):
        return event.epcs or (), event.quantities
    if isinstance(event, AggregationEvent | AssociationEvent):
        parent = (event.parent_id,) if event.parent_id else ()
        return (*parent, *event.child_epcs), event.child_quantities
    return (), ()


def _identifiers(event: StandardEvent) -> set[str]:
    epcs, quantities = _things(event)
    return {*epcs, *(quantity.epc_class for quantity in quantities)}


def _products(
    epcs: Iterable[str], quantities: Iterable[Quantity], names: Names, disposition: str = ""
) -> list[dict[str, Any]]:
    single = [said(product=names.thing(epc), disposition=disposition) for epc in epcs]
    many = [
        said(
            product=names.thing(each.epc_class),
            quantity=None
            if each.quantity is None
            else Measure(float(each.quantity), each.uom or "C62"),
            disposition=disposition,
        )
        for each in quantities
    ]
    return [*single, *many]


def _disposition(event: StandardEvent) -> str:
    """Return the state in UNTP's words; what it has no word for is left out."""
    if isinstance(event, ObjectEvent) and event.action == "DELETE":
        return "consumed" if _step(event) == "consuming" else "disposed"
    words = {
        "active": "active",
        "in_transit": "inTransit",
        "expired": "expired",
        "recalled": "recalled",
    }
    return words.get(event.disposition or "", "")


def _where(event: StandardEvent) -> str:
    place = event.read_point or event.biz_location
    return place.id if place else ""


def _party(event: StandardEvent, side: str, *types: str) -> str:
    found = {party.type: party.party for party in getattr(event, side)}
    return next((found[kind] for kind in types if kind in found), "")


def _step(event: StandardEvent) -> str:
    return event.biz_step or ""
