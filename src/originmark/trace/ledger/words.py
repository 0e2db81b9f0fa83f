"""Events in a person's words."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from originmark.standards.epcis.encode import encode_event
from originmark.standards.epcis.events import EpcisEvent, TransformationEvent
from originmark.standards.epcis.values import Quantity
from originmark.trace.ledger.index import identifiers
from originmark.trace.ledger.models import EventIdentifier

STEPS: dict[str, str | Promise] = {
    "accepting": gettext_lazy("Accepted"),
    "collecting": gettext_lazy("Collected"),
    "commissioning": gettext_lazy("Came into being"),
    "decommissioning": gettext_lazy("Taken out of use"),
    "departing": gettext_lazy("Departed"),
    "arriving": gettext_lazy("Arrived"),
    "destroying": gettext_lazy("Destroyed"),
    "holding": gettext_lazy("Put on hold"),
    "inspecting": gettext_lazy("Inspected"),
    "loading": gettext_lazy("Loaded"),
    "packing": gettext_lazy("Packed"),
    "receiving": gettext_lazy("Received"),
    "repackaging": gettext_lazy("Repacked"),
    "retail_selling": gettext_lazy("Sold"),
    "sampling": gettext_lazy("Sampled"),
    "sensor_reporting": gettext_lazy("Measured"),
    "shipping": gettext_lazy("Shipped"),
    "storing": gettext_lazy("Stored"),
    "transporting": gettext_lazy("Transported"),
    "unloading": gettext_lazy("Unloaded"),
    "unpacking": gettext_lazy("Unpacked"),
}
TYPES: dict[str, str | Promise] = {
    "ObjectEvent": gettext_lazy("About things"),
    "AggregationEvent": gettext_lazy("Contents"),
    "AssociationEvent": gettext_lazy("Attachment"),
    "TransactionEvent": gettext_lazy("Papers"),
    "TransformationEvent": gettext_lazy("Transformation"),
}
ICONS = {
    "commissioning": "plant-2",
    "shipping": "truck",
    "receiving": "home",
    "packing": "package",
    "storing": "building-warehouse",
    "inspecting": "search",
}
MOST_AMOUNTS = 3
UNITS = {"KGM": "kg", "GRM": "g", "TNE": "t", "LTR": "l", "H87": "×"}


@dataclass(frozen=True, slots=True)
class Named:
    """Something that an event names, in words."""

    role: str
    identifier: str
    amount: str


def step_word(biz_step: str, type_: str) -> str:
    """Return what happened: the business step, else the kind of event."""
    if biz_step in STEPS:
        return str(STEPS[biz_step])
    if biz_step:
        return biz_step.rsplit("/", 1)[-1].rsplit(":", 1)[-1].replace("_", " ").capitalize()
    return type_word(type_)


def type_word(type_: str) -> str:
    """Return the kind of an event."""
    return str(TYPES.get(type_, type_))


def icon_of(event: EpcisEvent) -> str:
    """Return the icon that stands for what happened."""
    return ICONS.get(getattr(event, "biz_step", None) or "", "circle-dot")


def named(event: EpcisEvent) -> list[Named]:
    """Return everything that an event names, with its role and amount in words."""
    return [
        Named(str(EventIdentifier.Role(role).label), identifier, amount(quantity, uom))
        for identifier, role, quantity, uom in identifiers(encode_event(event))
    ]


def amount(quantity: float | None, uom: str) -> str:
    """Return an amount with its unit; nothing where none is said."""
    if quantity is None:
        return ""
    number = format(Decimal(str(quantity)).normalize(), "f")
    return f"{number} {UNITS.get(uom, uom)}".strip()


def sentence(event: EpcisEvent) -> str:
    """Return an event as one sentence.

    Only what the event itself says: an event without a place gets none.
    """
    step = step_word(getattr(event, "biz_step", None) or "", event.type)
    if isinstance(event, TransformationEvent):
        inputs = _amounts(event.input_epcs, event.input_quantities)
        outputs = _amounts(event.output_epcs, event.output_quantities)
        words = {"step": step, "inputs": inputs, "outputs": outputs}
        return _("%(step)s: %(inputs)s went in, %(outputs)s came out.") % words
    listed = ", ".join([each.amount for each in named(event) if each.amount][:MOST_AMOUNTS])
    return f"{step}: {listed}." if listed else f"{step}."


def _amounts(epcs: tuple[str, ...], quantities: tuple[Quantity, ...]) -> str:
    """Return the amounts; how many things there are where no amount is said."""
    said = [amount(float(each.quantity), each.uom or "") for each in quantities if each.quantity]
    if not said:
        return str(len(epcs) + len(quantities))
    return " + ".join(said[:MOST_AMOUNTS]) + (" …" if len(said) > MOST_AMOUNTS else "")
