"""What a program may send and what it gets."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any

from ninja import Schema
from pydantic import AwareDatetime, Field

from originmark.trace.lots.models import Lot
from originmark.trace.lots.selectors import TimelineEntry

Code = Annotated[str, Field(max_length=60)]
LotCode = Annotated[str, Field(max_length=20, examples=["H26-7K3QFM2"])]
Kg = Annotated[Decimal, Field(gt=0, le=10**8, decimal_places=3, description="Net mass, kg")]
EventId = Annotated[
    str,
    Field(max_length=300, description="A UUID or URI that the client makes; twice is once"),
]


class RecordIn(Schema):
    """What every record says."""

    event_id: EventId
    happened_at: AwareDatetime


class HarvestIn(RecordIn):
    """A harvest on a registered growing area."""

    area: Code
    product: Code
    kg: Kg
    season: int
    lot_code: LotCode | None = None
    facility: Code = ""


class BuyInIn(RecordIn):
    """A purchase from a registered growing area, or from a supplier outside."""

    organisation: Code
    product: Code
    kg: Kg
    season: int
    area: Code = ""
    supplier: Annotated[str, Field(max_length=200)] = ""
    price_per_kg: Annotated[Decimal, Field(ge=0, le=10**8, decimal_places=4)] | None = None
    currency: Annotated[str, Field(max_length=3)] = ""
    lot_code: LotCode | None = None
    facility: Code = ""


class DryIn(RecordIn):
    """A drying; with both moistures the dry matter must balance."""

    lot: LotCode
    kg: Kg | None = None
    out_kg: Kg
    moisture_in_percent: Annotated[Decimal, Field(ge=0, lt=100)] | None = None
    moisture_out_percent: Annotated[Decimal, Field(ge=0, lt=100)] | None = None
    product: Code | None = None
    new_lot_code: LotCode | None = None


class OutputIn(Schema):
    """A product that comes out."""

    product: Code
    kg: Kg
    lot_code: LotCode | None = None


class MillIn(RecordIn):
    """A milling with its by-products."""

    lot: LotCode
    kg: Kg | None = None
    product: Code
    out_kg: Kg
    by_products: Annotated[list[OutputIn], Field(max_length=10)] = []
    new_lot_code: LotCode | None = None


class PartIn(Schema):
    """So much of a lot; no mass is all of it."""

    lot: LotCode
    kg: Kg | None = None


class BlendIn(RecordIn):
    """Several lots that become one."""

    parts: Annotated[list[PartIn], Field(min_length=2, max_length=100)]
    product: Code
    out_kg: Kg | None = None
    new_lot_code: LotCode | None = None


class SplitIn(RecordIn):
    """Parts of a lot that become lots of their own."""

    lot: LotCode
    parts_kg: Annotated[list[Kg], Field(min_length=1, max_length=50)]


class PackIn(RecordIn):
    """Packs of a trade item."""

    lot: LotCode
    product: Code
    count: Annotated[int, Field(gt=0, le=10**8)]
    giveaway_kg: Annotated[Decimal, Field(ge=0, le=10**8, decimal_places=3)] = Decimal(0)
    best_before: date | None = None
    new_lot_code: LotCode | None = None


class StoreIn(RecordIn):
    """A lot is put into a facility."""

    lot: LotCode
    facility: Code


class ShipIn(RecordIn):
    """A whole lot leaves for another organisation."""

    lot: LotCode
    organisation: Code
    facility: Code = ""


class ReceiveIn(RecordIn):
    """A lot arrives; less than was sent is a loss."""

    lot: LotCode
    kg: Kg | None = None
    facility: Code = ""


class DisposeIn(RecordIn):
    """A lot, or part of it, is thrown away."""

    lot: LotCode
    kg: Kg | None = None
    reason: Annotated[str, Field(min_length=1, max_length=300)]


class WithdrawIn(Schema):
    """A record that was a mistake."""

    event_id: EventId


class LotOut(Schema):
    """A lot as it stands."""

    code: str
    epc: str
    product: str
    organisation: str
    season: int
    received_kg: Decimal
    remaining_kg: Decimal
    pack_count: int | None
    remaining_packs: int | None
    facility: str | None
    in_transit_to: str | None
    origin_complete: bool
    status: str
    best_before: date | None
    born_at: datetime

    @staticmethod
    def of(row: Lot) -> "LotOut":
        """Return the answer for a row."""
        left = None if row.pack_count is None else row.pack_count - row.packs_released
        return LotOut(
            code=row.code,
            epc=row.epc,
            product=row.product.code,
            organisation=row.organisation.code,
            season=row.season,
            received_kg=row.received_kg,
            remaining_kg=row.received_kg - row.released_kg,
            pack_count=row.pack_count,
            remaining_packs=left,
            facility=row.facility.code if row.facility else None,
            in_transit_to=row.in_transit_to.code if row.in_transit_to else None,
            origin_complete=row.origin_complete,
            status=row.status,
            best_before=row.best_before,
            born_at=row.born_at,
        )


class StepOut(Schema):
    """A step on the way of a lot."""

    at: datetime
    step: str
    place: str
    organisation: str
    kg: Decimal
    lot: str
    event: int

    @staticmethod
    def of(entry: TimelineEntry) -> "StepOut":
        """Return the answer for an entry of the timeline."""
        return StepOut(
            at=entry.at,
            step=entry.step,
            place=entry.place,
            organisation=entry.organisation,
            kg=entry.kg,
            lot=entry.lot_code,
            event=entry.event_id,
        )


class TraceOut(Schema):
    """Genealogy: nodes by key and the masses between them; ``level`` counts from the field."""

    start: str
    nodes: list[dict[str, Any]]
    edges: list[dict[str, str]]
