"""Checking a rulebook: does it add up? Pure: what is known elsewhere comes in as functions."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final

from originmark.frame.web.refusals import gettext_noop
from originmark.mark.schemes.rulebook_shape import misshapen
from originmark.mark.schemes.rulebook_text import Finding, RulebookFile, Table, read
from originmark.standards.units import UNITS

CONFIDENCES: Final = ("official", "published", "derived", "unverified")
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
class Edition:
    """A version that is loaded already; ``ends_on`` None is an open end."""

    version: int
    begins_on: date
    ends_on: date | None


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the checker asks the rest of the programme."""

    is_brand: Callable[[str], bool]
    is_product: Callable[[str], bool]
    editions: Callable[[str], tuple[Edition, ...]]


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


@dataclass(frozen=True, slots=True)
class Rules:
    """A rulebook that adds up."""

    code: str
    version: int
    title: str
    brand: str
    legal_basis: tuple[str, ...]
    valid_from: date
    valid_until: date | None
    supersedes: int | None
    caps: tuple[Cap, ...]
    conversions: tuple[Conversion, ...]


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


def check(text: str, around: Surroundings) -> tuple[Rules | None, list[Finding]]:
    """Return the rules of a file, or None and every finding in the order of the lines."""
    file, findings = read(text)
    if file is None:
        return None, findings
    findings += misshapen(file)
    if not findings:  # values of the wrong type cannot be weighed
        for judge in (_head, _caps, _conversions):
            findings += judge(file, around)
    if findings:
        return None, sorted(findings, key=lambda each: each.line)
    return _rules(file), []


# -- the head ---------------------------------------------------------------------------------


def _head(file: RulebookFile, around: Surroundings) -> Iterator[Finding]:
    head = file.head
    begins, ends = head.values["valid_from"], head.values.get("valid_until")
    if not _is_slug(head.values["code"]):
        yield head.at("code", NOT_A_CODE, found=head.values["code"])
    if not around.is_brand(head.values["brand"]):
        yield head.at("brand", UNKNOWN_BRAND, found=head.values["brand"])
    if ends is not None and ends < begins:
        yield head.at("valid_until", ENDS_FIRST, begins=begins, ends=ends)
    if not (file.yield_caps or file.conversions):
        yield head.at("", NOTHING_RULED)
    yield from _succession(head, around.editions(head.values["code"]))


def _succession(head: Table, editions: tuple[Edition, ...]) -> Iterator[Finding]:
    version, begins = head.values["version"], head.values["valid_from"]
    ends, supersedes = head.values.get("valid_until"), head.values.get("supersedes")
    known = {each.version: each for each in editions}
    newest = max(known, default=0)
    if version <= newest:
        yield head.at("version", NOT_NEWER, found=version, newest=newest)
        return
    if supersedes is not None and supersedes not in known:
        yield head.at("supersedes", SUPERSEDES_NONE, found=supersedes)
    for each in editions:
        if each.version == supersedes:
            if each.begins_on >= begins:
                yield head.at("valid_from", BEGINS_BEFORE, earlier=each.version, day=each.begins_on)
        elif _overlap(begins, ends, each.begins_on, each.ends_on):
            until = each.ends_on.isoformat() if each.ends_on else "…"
            yield head.at(
                "valid_from", OVERLAPS, earlier=each.version, begins=each.begins_on, until=until
            )


def _overlap(begins: date, ends: date | None, other: date, other_ends: date | None) -> bool:
    return (ends is None or other <= ends) and (other_ends is None or begins <= other_ends)


# -- caps and conversions ---------------------------------------------------------------------


def _caps(file: RulebookFile, around: Surroundings) -> Iterator[Finding]:
    seen: dict[tuple[str, int], Table] = {}
    for table in file.yield_caps:
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
    for table in file.conversions:
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
    if not _is_slug(process):
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
    if table.values["confidence"] not in CONFIDENCES:
        found = table.values["confidence"]
        yield table.at("confidence", UNKNOWN_CONFIDENCE, found=found, known=", ".join(CONFIDENCES))


def _is_slug(text: str) -> bool:
    return text.isascii() and text.replace("-", "").replace("_", "").isalnum() and len(text) <= 60


# -- the outcome ------------------------------------------------------------------------------


def _rules(file: RulebookFile) -> Rules:
    head = file.head.values
    return Rules(
        code=head["code"],
        version=head["version"],
        title=head["title"],
        brand=head["brand"],
        legal_basis=tuple(head["legal_basis"]),
        valid_from=head["valid_from"],
        valid_until=head.get("valid_until"),
        supersedes=head.get("supersedes"),
        caps=tuple(_cap(table.values) for table in file.yield_caps),
        conversions=tuple(_conversion(table.values) for table in file.conversions),
    )


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


NOT_A_CODE = gettext_noop(
    "%(found)s is no code. Use up to 60 letters, digits and hyphens, without blanks."
)
NOT_POSITIVE = gettext_noop("The cap is %(found)s. It must be above zero.")
UNKNOWN_BRAND = gettext_noop("There is no brand %(found)s. Record the brand first.")
UNKNOWN_PRODUCT = gettext_noop("There is no product %(found)s. Register the product first.")
ENDS_FIRST = gettext_noop("It ends on %(ends)s, before it begins on %(begins)s.")
NOTHING_RULED = gettext_noop("It rules nothing. Add a [[yield_cap]] or a [[conversion]].")
NOT_NEWER = gettext_noop(
    "Version %(found)s is not newer than version %(newest)s, which is loaded. A loaded version "
    "never changes: give this one the next number."
)
SUPERSEDES_NONE = gettext_noop("Version %(found)s, which it supersedes, is not loaded.")
BEGINS_BEFORE = gettext_noop(
    "It supersedes version %(earlier)s, which begins on %(day)s, so it must begin later."
)
OVERLAPS = gettext_noop(
    "It overlaps version %(earlier)s (%(begins)s to %(until)s). Begin after its end, or write "
    "supersedes = %(earlier)s to end that version the day before."
)
SAID_TWICE = gettext_noop("Line %(line)s rules the same already. Keep one of the two.")
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
UNKNOWN_CONFIDENCE = gettext_noop("There is no confidence mark %(found)s. Known are %(known)s.")
