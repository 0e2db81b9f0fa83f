"""A lot comes into being: from land, or from outside the programme."""

from dataclasses import dataclass
from decimal import Decimal

from originmark.origin.parties import access
from originmark.origin.parties.selectors import Organisation
from originmark.origin.places.selectors import AreaFacts
from originmark.origin.products.selectors import ProductFacts
from originmark.trace.lots import rules, sockets
from originmark.trace.lots.effects import registers
from originmark.trace.lots.effects.reading import Named
from originmark.trace.lots.effects.stock import RECORD, Happening, record
from originmark.trace.lots.models import AreaInput, AreaSeason, Lot, LotOutput, LotRecord
from originmark.trace.lots.record_refusals import (
    AreaNotActive,
    LotCodeTaken,
    UnknownPlace,
    UnreadableQuantity,
)
from originmark.trace.lots.rules import AreaBalance


@dataclass(frozen=True, slots=True)
class NewLot:
    """What a new lot starts with."""

    epc: str
    code: str
    product: ProductFacts
    kg: Decimal
    packs: int | None
    organisation_id: int
    season: int
    origin_complete: bool
    facility_id: int | None


def apply_birth(happening: Happening) -> None:
    """Open each lot that the event commissions, if the register knows its product.

    A harvest counts against the cap of its area; what comes from outside has no full origin.
    """
    known = [
        (named, product)
        for named in happening.step.lots
        if registers.lot_code(named.epc)
        and (product := registers.product(named.epc, happening.step.product_of(named.epc)))
    ]
    if not known:
        return
    area = _area(happening)
    holder_id = _holder(happening, area).pk
    access.require(happening.by, RECORD, organisation_id=holder_id)
    season = rules.check_season(
        int(happening.step.number("season") or happening.step.happened_at.year), now=happening.now
    )
    facility = registers.facility(happening.step.place)
    for named, product in known:
        kg = mass_of(named, product)
        is_complete = area is not None and _harvest(area, product, kg, season, happening)
        new = NewLot(
            named.epc, registers.lot_code(named.epc) or "", product, kg, packs_of(product, kg),
            holder_id, season, is_complete, facility.id if facility else None,
        )  # fmt: skip
        lot = open_lot(new, happening)
        _record_birth(lot, area, happening)


def _record_birth(lot: Lot, area: AreaFacts | None, happening: Happening) -> None:
    step, sender = happening.step, registers.organisation(happening.step.sender)
    bought = step.text("process") == "buy-in" or area is None
    record(
        lot,
        happening,
        step="buy-in" if bought else "harvest",
        side=LotRecord.Side.INTO,
        kg=lot.received_kg,
        area_id=area.id if area else None,
        partner_id=sender.pk if sender else None,
        note=step.text("supplier")[:300],
    )


def _area(happening: Happening) -> AreaFacts | None:
    """Return the land that the event names, in the lot data or as its read point."""
    stated = happening.step.text("growingArea")
    if stated:
        return registers.must(registers.area(stated), "growing area", stated)
    return registers.area(happening.step.area)


def _holder(happening: Happening, area: AreaFacts | None) -> Organisation:
    stated = happening.step.text("holder") or happening.step.receiver
    if stated:
        return registers.must(registers.organisation(stated), "organisation", stated)
    if area is not None:
        return registers.organisation_by_id(area.organisation_id)
    owners = happening.by.organisation_ids
    if len(owners) != 1:
        raise UnknownPlace(kind="organisation (om:holder)", given="—")
    return registers.organisation_by_id(owners[0])


def _harvest(
    area: AreaFacts, product: ProductFacts, kg: Decimal, season: int, happening: Happening
) -> bool:
    """Count a harvest against the area's cap; return whether there was a cap to count against."""
    if area.status != "active":
        raise AreaNotActive(area=area.code, state=area.status)
    bounds = sockets.bounds(product.code, area.id, season, "harvest")
    cap_kg = rules.harvest_cap(Decimal(area.area_ha or 0), bounds)
    row = locked_season(area.id, product.id, season)
    source = bounds.source if bounds and cap_kg is not None else ""
    balance = AreaBalance(area.code, season, row.harvested_kg, cap_kg, source)
    row.harvested_kg = rules.harvest(balance, kg).harvested_kg
    row.cap_kg, row.cap_source = cap_kg, source[:500]
    row.save(update_fields=["harvested_kg", "cap_kg", "cap_source"])
    land, is_first = AreaInput.objects.get_or_create(
        event_id=happening.leaf, defaults={"area_id": area.id, "kg": kg}
    )
    if not is_first:
        land.kg += kg
        land.save(update_fields=["kg"])
    return cap_kg is not None


def locked_season(area_id: int, product_id: int, season: int) -> AreaSeason:
    """Return the season's row of an area and product, made if need be, and locked."""
    row, _is_new = AreaSeason.objects.get_or_create(
        area_id=area_id, product_id=product_id, season=season
    )
    return AreaSeason.objects.select_for_update().get(pk=row.pk)


def mass_of(named: Named, product: ProductFacts) -> Decimal:
    """Return the mass of a new lot; an event that states none cannot make one."""
    kg = named.kg(product.net_content_g)
    if kg is None:
        raise UnreadableQuantity(lot=named.epc, quantity="—", uom="")
    return rules.mass(kg)


def packs_of(product: ProductFacts, kg: Decimal) -> int | None:
    """Return the packs that a mass of a trade item is; None for what is not packed."""
    if product.kind != "trade_item" or not product.net_content_g:
        return None
    return rules.packs_in(kg, product.net_content_g, lot=product.code)


def open_lot(new: NewLot, happening: Happening) -> Lot:
    """Write the row of a new lot and link it to the event that made it.

    Raises LotCodeTaken where the code or the identifier names a lot already.
    """
    if Lot.objects.filter(code=new.code).exists() or Lot.objects.filter(epc=new.epc).exists():
        raise LotCodeTaken(lot=new.code)
    lot = Lot.objects.create(
        code=new.code,
        epc=new.epc,
        product_id=new.product.id,
        organisation_id=new.organisation_id,
        season=new.season,
        received_kg=new.kg,
        pack_count=new.packs,
        facility_id=new.facility_id,
        origin_complete=new.origin_complete,
        best_before=happening.step.day("bestBefore"),
        born_at=happening.step.happened_at,
        created_at=happening.now,
    )
    LotOutput.objects.create(lot=lot, event_id=happening.leaf, kg=new.kg)
    return lot
