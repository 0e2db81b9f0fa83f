"""What packing tells the ledger: aggregation events, ADD when closed and DELETE when undone."""

import uuid
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings

from originmark.frame.web.identifiers import own_identifier
from originmark.mark.labels import selectors
from originmark.mark.labels.box_models import Box
from originmark.mark.labels.models import LabelRun
from originmark.origin.parties.access import Actor
from originmark.standards.gs1.digital_link import CANONICAL_ROOT
from originmark.trace.ledger import services as ledger

CONTEXT = "https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld"


def unit_epc(run: LabelRun, index: int) -> str:
    """Return the identifier of a labelled pack: GTIN and serial, else one of our own."""
    serial = selectors.serial_of(run, index)
    if run.gtin:
        return f"{CANONICAL_ROOT}/01/{run.gtin}/21/{serial}"
    return own_identifier("unit", serial)


def inside(box: Box) -> list[str]:
    """Return the identifiers of what is in a box or on a pallet. One query."""
    if box.kind == Box.Kind.PALLET:
        return list(box.boxes.order_by("pk").values_list("epc", flat=True))
    return [unit_epc(each.run, each.index) for each in box.units.select_related("run")]


def packed(box: Box, children: list[str], *, by: Actor, now: datetime) -> None:
    """Tell that these went into a box or onto a pallet."""
    _capture(box, "ADD", "packing", children, by=by, now=now)


def unpacked(box: Box, children: list[str], *, by: Actor, now: datetime) -> None:
    """Tell that these were taken out."""
    _capture(box, "DELETE", "unpacking", children, by=by, now=now)


def _capture(
    box: Box, action: str, step: str, children: list[str], *, by: Actor, now: datetime
) -> None:
    local = now.astimezone(ZoneInfo(settings.TIME_ZONE))
    offset = local.strftime("%z")
    event: dict[str, Any] = {
        "@context": [CONTEXT],
        "type": "AggregationEvent",
        "eventID": f"urn:uuid:{uuid.uuid4()}",
        "eventTime": local.isoformat(timespec="milliseconds"),
        "eventTimeZoneOffset": f"{offset[:3]}:{offset[3:5]}",
        "action": action,
        "parentID": box.epc,
        "childEPCs": children,
        "bizStep": step,
        "disposition": "in_progress",
    }
    ledger.capture([event], by=by, now=now, source="labels", organisation_id=box.organisation_id)
