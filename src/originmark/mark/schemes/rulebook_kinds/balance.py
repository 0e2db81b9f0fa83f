"""Rulebooks of balance: what land may yield and what a process may give. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final

from originmark.frame.web.refusals import gettext_noop
from originmark.mark.schemes.rulebook_kinds import (
    HEAD,
    NOT_A_CODE,
    SAID_TWICE,
    Surroundings,
    known_confidence,
)
from originmark.mark.schemes.rulebook_shape import Shape, Type, is_code
from originmark.mark.schemes.rulebook_text import Finding, RulebookFile, Table
from originmark.standards.units import UNITS

SHAPES: Final[Mapping[str, Shape]] = {
    "rulebook": Shape({**HEAD.required, "brand": Type.TEXT}, HEAD.optional, is_single=True),
    "yield_cap": Shape(
        {
            "product": Type.TEXT,
            "season": Type.WHOLE,
            "cap": Type.NUMBER,
            "unit": Type.TEXT,
            "source": Type.TEXT,
            "confidence": Type.TEXT,
        }
    ),
    "conversion": Shape(
        {
            "process": Type.TEXT,
            "input": Type.TEXT,
            "output": Type.TEXT,
            "ratio_low": Type.NUMBER,
            "ratio_high": Type.NUMBER,
            "source": Type.TEXT,
            "confidence": Type.TEXT,
        },
        {"gains_mass": Type.YES_NO},
    ),
}
LOSS_ONLY: Final = frozenset(
    {
        "cleaning",
        "drying",
        "milling",
        "packing",
        "peeling",
        "pressing",
        "roasting",
        "sorting",
        "splitting",
    }
)
"""Processes that add nothing: no more can come out than went in."""

HIGHEST_CAP_KG_PER_HA: Final = Decimal(1_000_000)
"""100 kg on each square metre: more is a slip of the unit, whatever the crop."""

LOWEST_RATIO: Final = Decimal("0.00001")
HIGHEST_RATIO: Final = Decimal(100)


@dataclass(frozen=True, slots=True)
class Cap:
    """A yield cap as the file states it and as the programme counts it."""

    product: str
    season: int
    kg_per_ha: Decimal
    declared: str
    source: str
    confidence: str


@dataclass(frozen=True, slots=True)
class Conversion:
    """Bounds of one process between two products."""

    process: str
    input: str
    output: str
    ratio_low: Decimal
    ratio_high: Decimal
    gains_mass: bool
    source: str
    confidence: str


def kg_per_ha(figure: Decimal, unit: str) -> Decimal | None:
    """Return a yield in kg/ha to the gram, or None when the unit is no mass by an area.

    >>> kg_per_ha(Decimal(300), "kg/mu")
    Decimal('4500.000')
    """
    mass, area = (UNITS.get(part.strip()) for part in unit.partition("/")[::2])
    if mass is None or area is None or (mass.kind, area.kind) != ("mass", "area"):
        return None
    if abs(figure) > HIGHEST_CAP_KG_PER_HA * 1000:
        return HIGHEST_CAP_KG_PER_HA * 1000
    exact = Fraction(figure) * mass.ratio * UNITS["ha"].ratio / area.ratio
    return (Decimal(round(exact * 1000)) / 1000).quantize(Decimal("0.001"))


def judge(file: RulebookFile, around: Surroundings) -> Iterator[Finding]:
    """Yield whatever does not add up in caps and conversions."""
    if not (file.all("yield_cap") or file.all("conversion")):
        yield file.head.at("", NOTHING_RULED)
    yield from _caps(file, around)
    yield from _conversions(file, around)


def caps(file: RulebookFile) -> tuple[Cap, ...]:
    """Return the caps of a file that adds up."""
    return tuple(_cap(table.values) for table in file.all("yield_cap"))


def conversions(file: RulebookFile) -> tuple[Conversion, ...]:
    """Return the conversions of a file that adds up."""
    return tuple(_conversion(table.values) for table in file.all("conversion"))


def _caps(file: RulebookFile, around: Surroundings) -> Iterator[Finding]:
    seen: dict[tuple[str, int], Table] = {}
    for table in file.all("yield_cap"):
        product, season = table.values["product"], table.values["season"]
        yield from _common(table, ("product",), around)
        yield from _cap_figure(table)
        yield from _season(table, file.head)
        if twin := seen.get((product, season)):
            yield table.at("product", SAID_TWICE, line=twin.line)
        seen.setdefault((product, season), table)


def _cap_figure(table: Table) -> Iterator[Finding]:
    cap, unit = Decimal(table.values["cap"]), table.values["unit"]
    per_ha = kg_per_ha(cap, unit)
    if per_ha is None:
        yield table.at("unit", UNKNOWN_UNIT, found=unit)
    elif per_ha < Decimal("0.001"):
        yield table.at("cap", NOT_POSITIVE, found=cap)
    elif per_ha > HIGHEST_CAP_KG_PER_HA:
        yield table.at("cap", NOT_BELIEVABLE, found=cap, unit=unit, highest=HIGHEST_CAP_KG_PER_HA)


def _season(table: Table, head: Table) -> Iterator[Finding]:
    season = table.values["season"]
    first = head.values["valid_from"].year
    last = head.values["valid_until"].year if head.values.get("valid_until") else None
    if season < first or (last is not None and season > last):
        yield table.at("season", SEASON_OUTSIDE, season=season, first=first, last=last or "…")


def _conversions(file: RulebookFile, around: Surroundings) -> Iterator[Finding]:
    seen: dict[tuple[str, str, str], Table] = {}
    for table in file.all("conversion"):
        values = table.values
        yield from _common(table, ("input", "output"), around)
        yield from _ratios(table)
        key = (values["process"], values["input"], values["output"])
        if twin := seen.get(key):
            yield table.at("process", SAID_TWICE, line=twin.line)
        seen.setdefault(key, table)


def _ratios(table: Table) -> Iterator[Finding]:
    low, high = Decimal(table.values["ratio_low"]), Decimal(table.values["ratio_high"])
    process, gains = table.values["process"], table.values.get("gains_mass", False)
    if not is_code(process):
        yield table.at("process", NOT_A_CODE, found=process)
    for key, ratio in (("ratio_low", low), ("ratio_high", high)):
        if not LOWEST_RATIO <= ratio <= HIGHEST_RATIO:
            yield table.at(key, NOT_A_RATIO, found=ratio, low=LOWEST_RATIO, high=HIGHEST_RATIO)
    if low > high:
        yield table.at("ratio_low", LOW_ABOVE_HIGH, low=low, high=high)
    if gains and process in LOSS_ONLY:
        yield table.at("gains_mass", CANNOT_GAIN, process=process)
    elif high > 1 and not gains:
        yield table.at("ratio_high", MORE_THAN_WENT_IN, high=high, process=process)


def _common(table: Table, products: tuple[str, ...], around: Surroundings) -> Iterator[Finding]:
    for key in products:
        if not around.is_product(table.values[key]):
            yield table.at(key, UNKNOWN_PRODUCT, found=table.values[key])
    yield from known_confidence(table)


def _cap(values: dict[str, Any]) -> Cap:
    figure, unit = Decimal(values["cap"]), values["unit"]
    return Cap(
        product=values["product"],
        season=values["season"],
        kg_per_ha=kg_per_ha(figure, unit) or Decimal(0),
        declared=f"{figure} {unit}",
        source=values["source"],
        confidence=values["confidence"],
    )


def _conversion(values: dict[str, Any]) -> Conversion:
    return Conversion(
        process=values["process"],
        input=values["input"],
        output=values["output"],
        ratio_low=Decimal(values["ratio_low"]).quantize(LOWEST_RATIO),
        ratio_high=Decimal(values["ratio_high"]).quantize(LOWEST_RATIO),
        gains_mass=values.get("gains_mass", False),
        source=values["source"],
        confidence=values["confidence"],
    )


NOT_POSITIVE = gettext_noop("The cap is %(found)s. It must be above zero.")
UNKNOWN_PRODUCT = gettext_noop("There is no product %(found)s. Register the product first.")
NOTHING_RULED = gettext_noop("It rules nothing. Add a [[yield_cap]] or a [[conversion]].")
UNKNOWN_UNIT = gettext_noop(
    "There is no unit %(found)s for a yield. Write a mass by an area: kg/ha, kg/mu, t/ha, "
    "ta/sao-bac-bo."
)
NOT_BELIEVABLE = gettext_noop(
    "%(found)s %(unit)s is more than %(highest)s kg/ha, which nothing grows. Check the unit."
)
SEASON_OUTSIDE = gettext_noop(
    "The season %(season)s is outside the rulebook's validity (%(first)s to %(last)s)."
)
NOT_A_RATIO = gettext_noop("%(found)s is no ratio: it must lie between %(low)s and %(high)s.")
LOW_ABOVE_HIGH = gettext_noop("The lowest ratio %(low)s is above the highest %(high)s.")
MORE_THAN_WENT_IN = gettext_noop(
    "A ratio of %(high)s says that more comes out of %(process)s than went in. Correct it; "
    "only a process that adds something may say gains_mass = true."
)
CANNOT_GAIN = gettext_noop("%(process)s adds nothing, so it cannot gain mass.")
