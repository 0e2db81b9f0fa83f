"""Law 2 as pure decisions: masses in, masses or a refusal out. Kilograms to the gram."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import ROUND_FLOOR, Decimal

from originmark.trace.lots.record_refusals import BadLotCode, HappensInFuture, NotASeason
from originmark.trace.lots.refusals import (
    DryMatterExceeded,
    HarvestBeyondCap,
    MassBalanceExceeded,
    NoNetContent,
    NotACount,
    NotAMass,
    NotAMoisture,
    NotWholePacks,
    OutputExceedsBound,
    OutputExceedsInput,
    PackExceedsLot,
    ReceivedTooMuch,
)

GRAM = Decimal("0.001")
MOST_KG = Decimal(10**8)  # 100,000 t: more is a slip of the finger, not a lot
MOST_PACKS = 10**8
SCALE_TOLERANCE_SHARE = Decimal("0.005")  # by which a receiver's scale may show more
CLOCK_TOLERANCE = timedelta(minutes=5)  # by which a phone's clock may run ahead
_LOT_CODE = re.compile(r"[A-Za-z0-9._-]{1,20}", re.ASCII)


@dataclass(frozen=True, slots=True)
class LotBalance:
    """What a lot has received and released; 0 <= released_kg <= received_kg."""

    lot: str
    received_kg: Decimal
    released_kg: Decimal = Decimal(0)

    @property
    def remaining_kg(self) -> Decimal:
        """Return what the lot holds now."""
        return self.received_kg - self.released_kg


@dataclass(frozen=True, slots=True)
class AreaBalance:
    """What an area has given in a season, and what the rulebook lets it give (None: no rule)."""

    area: str
    season: int
    harvested_kg: Decimal
    cap_kg: Decimal | None = None
    source: str = ""

    @property
    def left_kg(self) -> Decimal | None:
        """Return what may still be harvested, or None without a cap."""
        return None if self.cap_kg is None else max(self.cap_kg - self.harvested_kg, Decimal(0))


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a rulebook allows: kg per hectare of land, and kg out per kg in of a process."""

    yield_cap_kg_per_ha: Decimal | None = None
    ratio_low: Decimal | None = None
    ratio_high: Decimal | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class Output:
    """One product that comes out of a transformation."""

    product: str
    kg: Decimal
    bounds: Bounds | None = None


def mass(given: Decimal | str | int) -> Decimal:
    """Return a mass in kg, to the gram.

    >>> mass("12.5")
    Decimal('12.500')

    Raises NotAMass for what is not finite, not positive (a mass under half a gram rounds to
    nothing) or beyond 100,000 t.
    """
    try:
        kg = Decimal(given)
    except ArithmeticError:
        raise NotAMass(given=str(given), most_kg=MOST_KG) from None
    if not kg.is_finite() or kg > MOST_KG or kg.quantize(GRAM) <= 0:
        raise NotAMass(given=str(given), most_kg=MOST_KG)
    return kg.quantize(GRAM)


def release(balance: LotBalance, kg: Decimal) -> LotBalance:
    """Return the balance after ``kg`` has left the lot.

    >>> release(LotBalance("L1", Decimal(100)), Decimal(60)).remaining_kg
    Decimal('40.000')

    Raises MassBalanceExceeded when the lot does not hold that much.
    """
    kg = mass(kg)
    if kg > balance.remaining_kg:
        raise MassBalanceExceeded(lot=balance.lot, remaining_kg=balance.remaining_kg, asked_kg=kg)
    return replace(balance, released_kg=balance.released_kg + kg)


def restore(balance: LotBalance, kg: Decimal) -> LotBalance:
    """Return the balance after a release of ``kg`` was withdrawn as a mistake."""
    if kg > balance.released_kg:
        raise ValueError(f"{kg} kg cannot return to lot {balance.lot}: it never left")
    return replace(balance, released_kg=balance.released_kg - kg)


def harvest_cap(area_ha: Decimal, bounds: Bounds | None) -> Decimal | None:
    """Return what an area may give in a season, rounded down to the gram; None without a rule.

    >>> harvest_cap(Decimal("2.5"), Bounds(yield_cap_kg_per_ha=Decimal(4500)))
    Decimal('11250.000')
    """
    if bounds is None or bounds.yield_cap_kg_per_ha is None:
        return None
    return (area_ha * bounds.yield_cap_kg_per_ha).quantize(GRAM, rounding=ROUND_FLOOR)


def harvest(area: AreaBalance, kg: Decimal) -> AreaBalance:
    """Return the area's balance after a harvest.

    Raises HarvestBeyondCap when the season's total would pass the cap.
    """
    kg = mass(kg)
    if area.cap_kg is not None and area.harvested_kg + kg > area.cap_kg:
        raise HarvestBeyondCap(
            area=area.area, season=area.season, cap_kg=area.cap_kg,
            harvested_kg=area.harvested_kg, left_kg=area.left_kg or Decimal(0), asked_kg=kg,
            source=area.source,
        )  # fmt: skip
    return replace(area, harvested_kg=area.harvested_kg + kg)


def transform(in_kg: Decimal, outputs: Sequence[Output]) -> Decimal:
    """Return the mass that was lost between input and outputs, in kg, never below zero.

    All outputs together never exceed the input; each output obeys the rulebook's ratio. Only a
    rulebook that says so (a ratio above 1, as where sugar or water is taken up) lets more come
    out than went in, and then the loss is 0.

    >>> grits = Output("millet", Decimal(75), Bounds(ratio_high=Decimal("0.80")))
    >>> transform(Decimal(100), [grits, Output("bran", Decimal(20))])
    Decimal('5')
    """
    for output in outputs:
        _check_ratio(in_kg, output)
    out_kg = sum((output.kg for output in outputs), Decimal(0))
    most_kg = (in_kg * _largest_ratio(outputs)).quantize(GRAM, rounding=ROUND_FLOOR)
    if out_kg > most_kg:
        raise OutputExceedsInput(in_kg=in_kg, out_kg=out_kg, most_kg=most_kg)
    return max(in_kg - out_kg, Decimal(0))


def _check_ratio(in_kg: Decimal, output: Output) -> None:
    if output.bounds is None or output.bounds.ratio_high is None:
        return
    most_kg = (in_kg * output.bounds.ratio_high).quantize(GRAM, rounding=ROUND_FLOOR)
    if output.kg > most_kg:
        raise OutputExceedsBound(
            product=output.product, in_kg=in_kg, out_kg=output.kg,
            ratio_high=output.bounds.ratio_high, most_kg=most_kg, source=output.bounds.source,
        )  # fmt: skip


def _largest_ratio(outputs: Sequence[Output]) -> Decimal:
    ratios = [each.bounds.ratio_high for each in outputs if each.bounds and each.bounds.ratio_high]
    return max([Decimal(1), *ratios])


def is_below_usual(in_kg: Decimal, output: Output) -> bool:
    """Return whether less came out than the rulebook expects: worth a look, never a refusal."""
    low = output.bounds.ratio_low if output.bounds else None
    return low is not None and output.kg < in_kg * low


def dried_kg(
    in_kg: Decimal, moisture_in_percent: Decimal, moisture_out_percent: Decimal
) -> Decimal:
    """Return what ``in_kg`` weighs after drying, by the balance of its dry matter.

    Exact: the dry matter m·(1 − M) is the same before and after, with M the moisture on wet
    basis. Units: kg and percent in, kg out, rounded down to the gram.

    >>> dried_kg(Decimal(1000), Decimal(18), Decimal(13))
    Decimal('942.528')
    """
    for percent in (moisture_in_percent, moisture_out_percent):
        if not percent.is_finite() or not 0 <= percent < 100:
            raise NotAMoisture(given=str(percent))
    kept = in_kg * (100 - moisture_in_percent) / (100 - moisture_out_percent)
    return kept.quantize(GRAM, rounding=ROUND_FLOOR)


def dry(
    in_kg: Decimal, out_kg: Decimal, moistures_percent: tuple[Decimal, Decimal] | None
) -> Decimal:
    """Return the water that was driven off, in kg.

    Raises DryMatterExceeded when more dry matter would come out than went in.
    """
    if moistures_percent is not None:
        most_kg = dried_kg(in_kg, *moistures_percent)
        if out_kg > most_kg:
            raise DryMatterExceeded(
                in_kg=in_kg, out_kg=out_kg, moisture_in_percent=moistures_percent[0],
                moisture_out_percent=moistures_percent[1], most_kg=most_kg,
            )  # fmt: skip
    return transform(in_kg, [Output("dried", out_kg)])


def kg_of_packs(count: int, net_content_g: int | None, *, product: str) -> Decimal:
    """Return what ``count`` packs hold.

    >>> kg_of_packs(20, 500, product="millet-500g")
    Decimal('10.000')
    """
    if not net_content_g:
        raise NoNetContent(product=product)
    if not 0 < count <= MOST_PACKS:
        raise NotACount(given=str(count), most=MOST_PACKS)
    return (Decimal(count) * net_content_g / 1000).quantize(GRAM)


def packs_in(kg: Decimal, net_content_g: int, *, lot: str) -> int:
    """Return how many whole packs ``kg`` are; NotWholePacks when they are not whole."""
    packs = kg * 1000 / net_content_g
    if packs != packs.to_integral_value():
        raise NotWholePacks(lot=lot, net_content_g=net_content_g, asked_kg=kg)
    return int(packs)


def pack(
    balance: LotBalance, count: int, net_content_g: int, giveaway_kg: Decimal = Decimal(0)
) -> LotBalance:
    """Return the balance after ``count`` packs were filled, with what was given away or lost.

    Raises PackExceedsLot with the number of packs that can be filled.
    """
    needed_kg = kg_of_packs(count, net_content_g, product=balance.lot) + giveaway_kg
    if needed_kg > balance.remaining_kg:
        for_packs = max(balance.remaining_kg - giveaway_kg, Decimal(0))
        raise PackExceedsLot(
            lot=balance.lot, count=count, net_content_g=net_content_g, needed_kg=needed_kg,
            remaining_kg=balance.remaining_kg, most_packs=int(for_packs * 1000 // net_content_g),
        )  # fmt: skip
    return release(balance, needed_kg)


def loss_on_receipt(lot: str, sent_kg: Decimal, weighed_kg: Decimal) -> Decimal:
    """Return what was lost on the way: less is loss, a little more is the scale, 0 lost.

    >>> loss_on_receipt("L1", Decimal(100), Decimal("98.5"))
    Decimal('1.500')
    >>> loss_on_receipt("L1", Decimal(100), Decimal("100.4"))
    Decimal('0')

    Raises ReceivedTooMuch beyond the tolerance of a scale.
    """
    weighed_kg = mass(weighed_kg)
    if weighed_kg > sent_kg * (1 + SCALE_TOLERANCE_SHARE):
        raise ReceivedTooMuch(
            lot=lot, sent_kg=sent_kg, weighed_kg=weighed_kg,
            tolerance_percent=(SCALE_TOLERANCE_SHARE * 100).normalize(),
        )  # fmt: skip
    return max(sent_kg - weighed_kg, Decimal(0))


def check_lot_code(code: str) -> str:
    """Return the code, or raise BadLotCode: it must fit GS1 application identifier 10."""
    if not _LOT_CODE.fullmatch(code):
        raise BadLotCode(given=code[:60])
    return code


def check_moment(happened_at: datetime, *, now: datetime) -> None:
    """Raise HappensInFuture for what has not happened yet (a clock may run 5 minutes ahead)."""
    if happened_at > now + CLOCK_TOLERANCE:
        raise HappensInFuture(happened_at=happened_at, now=now)


def check_season(season: int, *, now: datetime) -> int:
    """Return the season, a year; next year's too, for what is sown in autumn."""
    if not 1990 <= season <= now.year + 1:
        raise NotASeason(given=season, earliest=1990, latest=now.year + 1)
    return season
