"""Lots are used up and others come of them: dried, milled, blended, split, packed."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from originmark.origin.parties import access
from originmark.origin.products.selectors import ProductFacts
from originmark.trace.lots import rules, sockets
from originmark.trace.lots.effects import registers
from originmark.trace.lots.effects.births import NewLot, mass_of, open_lot, packs_of
from originmark.trace.lots.effects.reading import Named
from originmark.trace.lots.effects.stock import (
    RECORD,
    Happening,
    balance_of,
    check_once,
    check_usable,
    locked,
    record,
    snapshot,
    take,
)
from originmark.trace.lots.models import Lot, LotRecord, Step
from originmark.trace.lots.record_refusals import UnknownPlace
from originmark.trace.lots.rules import Output


@dataclass(frozen=True, slots=True)
class Inputs:
    """What went in: lots of ours with their masses, and whether a stranger's lot went in too."""

    ours: list[tuple[Lot, Decimal]]
    foreign_kg: Decimal
    has_foreign: bool

    @property
    def kg(self) -> Decimal:
        """Return all that went in."""
        return sum((kg for _, kg in self.ours), self.foreign_kg)


def apply_transformation(happening: Happening) -> None:
    """Take the inputs out of their lots and open the outputs, within the rulebook's bounds.

    Lots that the register does not know may go in, but then the origin is not complete.
    """
    step = happening.step
    check_once(named.epc for named in (*step.inputs, *step.outputs))
    lots = locked(named.epc for named in step.inputs)
    outputs = _known_outputs(happening)
    if not lots and not outputs:
        return
    check_usable(lots.values(), happening)
    inputs = _weighed(step.inputs, lots)
    holder_id = _holder_id(happening, lots)
    access.require(happening.by, RECORD, organisation_id=holder_id)
    season = min((lot.season for lot in lots.values()), default=step.happened_at.year)
    note = _check_bounds(inputs, outputs, season, happening)
    for lot, kg in inputs.ours:
        _take_input(lot, kg, happening, note)
    is_complete = not inputs.has_foreign and all(lot.origin_complete for lot in lots.values())
    place = _place_id(happening, lots)
    for named, product, kg in outputs:
        new = NewLot(
            named.epc, registers.lot_code(named.epc) or "", product, kg, packs_of(product, kg),
            holder_id, season, is_complete, place,
        )  # fmt: skip
        lot = open_lot(new, happening)
        record(lot, happening, step=_step(happening), side=LotRecord.Side.INTO, kg=kg, note=note)


def _known_outputs(happening: Happening) -> list[tuple[Named, ProductFacts, Decimal]]:
    found = []
    for named in happening.step.outputs:
        if registers.lot_code(named.epc) is None:
            continue
        product = registers.product(named.epc, happening.step.product_of(named.epc))
        if product is not None:
            found.append((named, product, mass_of(named, product)))
    return found


def _weighed(names: tuple[Named, ...], lots: dict[str, Lot]) -> Inputs:
    ours, foreign_kg, has_foreign = [], Decimal(0), False
    for named in names:
        lot = lots.get(named.epc)
        if lot is None:
            has_foreign = True
            foreign_kg += _foreign_kg(named)
        else:
            stated = named.kg(lot.product.net_content_g)
            kg = balance_of(lot).remaining_kg if stated is None else rules.mass(stated)
            ours.append((lot, kg))
    return Inputs(ours, foreign_kg, has_foreign)


def _foreign_kg(named: Named) -> Decimal:
    """Return the mass of a lot that is none of ours; what states no unit of mass counts nothing."""
    return Decimal(0) if named.uom is None else named.kg(None) or Decimal(0)


def _holder_id(happening: Happening, lots: dict[str, Lot]) -> int:
    if lots:
        return next(iter(lots.values())).organisation_id
    stated = happening.step.text("holder")
    if found := registers.organisation(stated):
        return found.pk
    if len(happening.by.organisation_ids) != 1:
        raise UnknownPlace(kind="organisation (om:holder)", given=stated or "—")
    return happening.by.organisation_ids[0]


def _place_id(happening: Happening, lots: dict[str, Lot]) -> int | None:
    if facility := registers.facility(happening.step.place):
        return facility.id
    return next((lot.facility_id for lot in lots.values() if lot.facility_id), None)


def _check_bounds(
    inputs: Inputs,
    outputs: list[tuple[Named, ProductFacts, Decimal]],
    season: int,
    happening: Happening,
) -> str:
    """Hold the outputs against the rulebook and against the balance of dry matter.

    Returns a note when less came out than the rulebook expects.
    """
    bounded = [
        Output(product.code, kg, sockets.bounds(product.code, None, season, happening.process))
        for _named, product, kg in outputs
    ]
    moistures = (
        happening.step.number("moistureInPercent"), happening.step.number("moistureOutPercent")
    )  # fmt: skip
    if moistures[0] is not None and moistures[1] is not None and bounded:
        out_kg = sum((each.kg for each in bounded), Decimal(0))
        rules.dry(inputs.kg, out_kg, (moistures[0], moistures[1]))
    rules.transform(inputs.kg, bounded)
    low = [each.product for each in bounded if rules.is_below_usual(inputs.kg, each)]
    if not low:
        return ""
    return (_("less than the rulebook expects: %(products)s") % {"products": ", ".join(low)})[:300]


def _take_input(lot: Lot, kg: Decimal, happening: Happening, note: str) -> None:
    before = snapshot(lot)
    packs = take(lot, kg, happening)
    record(
        lot, happening, step=_step(happening), side=LotRecord.Side.OUT_OF, kg=kg, released_kg=kg,
        released_packs=packs, before=before, note=note,
    )  # fmt: skip


def _step(happening: Happening) -> str:
    return happening.process if happening.process in Step.values else Step.PROCESSING
