"""How this room writes its EPCIS events, and gives them to the ledger."""

import base64
import hashlib
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings

from originmark.frame.web.identifiers import own_identifier
from originmark.origin.parties.access import Actor
from originmark.origin.places import selectors as places
from originmark.origin.products.selectors import ProductFacts
from originmark.trace.ledger import services as ledger
from originmark.trace.lots import rules
from originmark.trace.lots.models import Lot, LotRecord
from originmark.trace.lots.record_refusals import RecordedOtherwise, UnknownLot

CONTEXT = [
    "https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld",
    {"om": "urn:originmark:voc:"},
]


@dataclass(frozen=True, slots=True)
class Recording:
    """Who records what happened when; ``event_id`` is the client's, so that twice is once."""

    happened_at: datetime
    by: Actor
    now: datetime
    event_id: str

    @classmethod
    def start(
        cls, *, happened_at: datetime, by: Actor, now: datetime, event_id: str | None
    ) -> "Recording":
        """Return the recording of one event, under a new identifier if the client gave none."""
        rules.check_moment(happened_at, now=now)
        return cls(happened_at, by, now, event_uri(event_id or str(uuid.uuid4())))


def event_uri(event_id: str) -> str:
    """Return the identifier of an event as a URI; a bare UUID gets its prefix."""
    return event_id if ":" in event_id else f"urn:uuid:{event_id}"


def lot_code(recording: Recording, letter: str, season: int, *, part: int = 0) -> str:
    """Return a new code such as ``H26-7K3QFM2``: derived, so that a repeat gives the same.

    The letter says how the lot came to be; no code needs more than 20 characters.
    """
    digest = hashlib.sha256(f"{recording.event_id}#{part}".encode()).digest()
    return f"{letter}{season % 100:02d}-{base64.b32encode(digest).decode()[:7]}"


def lot_epc(product: ProductFacts, code: str) -> str:
    """Return the identifier of a lot: under the GTIN of a trade item, else of our own."""
    rules.check_lot_code(code)
    if product.gtin:
        return f"https://id.gs1.org/01/{product.gtin}/10/{code}"
    return own_identifier("lot", code)


def mass(epc: str, kg: Decimal) -> dict[str, Any]:
    """Return a quantity in kilograms."""
    return {"epcClass": epc, "quantity": float(kg), "uom": "KGM"}


def quantity(epc: str, product: ProductFacts, kg: Decimal) -> dict[str, Any]:
    """Return the quantity of a lot: a count for what is in packs, else kilograms."""
    if product.kind == "trade_item" and product.net_content_g:
        packs = rules.packs_in(kg, product.net_content_g, lot=epc.rsplit("/", 1)[-1])
        return {"epcClass": epc, "quantity": packs}
    return mass(epc, kg)


def fields(**values: Any) -> dict[str, Any]:
    """Return the programme's own fields, less those that are empty."""
    kept = {name: value for name, value in values.items() if value not in (None, "")}
    return {
        f"om:{name}": float(value) if isinstance(value, Decimal) else value
        for name, value in kept.items()
    }


def product_list(pairs: Sequence[tuple[str, ProductFacts]]) -> list[dict[str, str]]:
    """Return which product each output lot is of, for identifiers without a GTIN."""
    return [{"om:lot": epc, "om:product": product.uri} for epc, product in pairs]


def capture(recording: Recording, body: Mapping[str, Any], *, organisation_id: int) -> None:
    """Give one event to the ledger, which applies it to the lots in the same transaction."""
    local = recording.happened_at.astimezone(ZoneInfo(settings.TIME_ZONE))
    offset = local.strftime("%z")
    event = {
        "@context": CONTEXT,
        "eventID": recording.event_id,
        "eventTime": local.isoformat(timespec="milliseconds"),
        "eventTimeZoneOffset": f"{offset[:3]}:{offset[3:5]}",
        **{name: value for name, value in body.items() if value not in (None, {}, [])},
    }
    ledger.capture(
        [event],
        by=recording.by,
        now=recording.now,
        source="lots",
        organisation_id=organisation_id,
    )


def place(uri: str | None) -> dict[str, str] | None:
    """Return a read point or business location."""
    return {"id": uri} if uri else None


def known_lot(code: str) -> Lot:
    """Return a lot by its code; raises UnknownLot. One query."""
    lot = Lot.objects.select_related("product", "organisation", "facility").filter(code=code)
    found = lot.first()
    if found is None:
        raise UnknownLot(lot=code)
    return found


def lots_made_by(event_id: str) -> list[Lot]:
    """Return the lots that an event made, in their order."""
    rows = LotRecord.objects.filter(event_uri=event_id, side=LotRecord.Side.INTO)
    return [row.lot for row in rows.select_related("lot").order_by("pk")]


def is_repeat(recording: Recording, step: str, *named: tuple[str | None, Decimal | None]) -> bool:
    """Return whether this event is recorded already, as when a button was tapped twice.

    ``named`` are the lots and masses that the caller gives; None is not compared. Raises
    RecordedOtherwise where the earlier record is of another step, lot or mass. One query.
    """
    rows = LotRecord.objects.filter(event_uri=recording.event_id).select_related("lot")
    found = [(row.step, row.lot.code, row.kg) for row in rows]
    for code, kg in named:
        same = [
            each
            for each in found
            if each[0] == step and code in (None, each[1]) and kg in (None, each[2])
        ]
        if found and not same:
            raise RecordedOtherwise(event_id=recording.event_id)
    return bool(found)


def facility_uri(lot: Lot) -> str | None:
    """Return the identifier of the facility that a lot is in, if it is in one."""
    return places.facility(lot.facility.code).uri if lot.facility else None
