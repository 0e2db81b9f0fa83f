"""How much of a season's goods a user may put a mark on: pure decisions, in kilograms."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_DOWN, Decimal
from typing import ClassVar, Final

from originmark.frame.web.refusals import RuleViolation, gettext_noop

GRAM: Final = Decimal("0.001")
NEARLY_SPENT_PARTS: Final = 10
"""Of how many parts one is left when the office and the user are told."""

BY_CAP, BY_HARVEST, OUTSIDE, OTHER_CROP = "cap", "harvest", "outside", "other-crop"


@dataclass(frozen=True, slots=True)
class Conversion:
    """One step of processing, with the most that a kilogram may become."""

    input_code: str
    output_code: str
    ratio_high: Decimal


@dataclass(frozen=True, slots=True)
class CappedProduct:
    """A harvest that the rulebook caps, and how much of it may become goods with the mark."""

    code: str
    names: tuple[str, ...]
    cap_kg_per_ha: Decimal
    ratio: Decimal

    def is_named(self, crop: str) -> bool:
        """Return whether what people call the crop of a plot means this product."""
        said = crop.strip().casefold()
        known = [self.code.casefold(), *(name.casefold() for name in self.names)]
        return bool(said) and any(said in name or name in said for name in known if name)


@dataclass(frozen=True, slots=True)
class Plot:
    """A growing area of a user; ``harvested_kg`` is what was recorded so far, by product."""

    code: str
    name: str
    crop: str
    area_ha: Decimal
    is_inside: bool
    harvested_kg: tuple[tuple[str, Decimal], ...] = ()


@dataclass(frozen=True, slots=True)
class Share:
    """What one plot gives to the quota, and why so much."""

    plot: str
    name: str
    area_ha: Decimal
    product: str
    basis: str  # BY_CAP, BY_HARVEST, OUTSIDE or OTHER_CROP
    raw_kg: Decimal
    goods_kg: Decimal


def best_ratio(
    code: str,
    goods: frozenset[str],
    conversions: Iterable[Conversion],
    passed: frozenset[str] = frozenset(),
) -> Decimal | None:
    """Return how much of a kilogram may become goods with the mark, on the best way there.

    None where no way leads from the harvest to the goods.

    >>> ways = [Conversion("leaf", "tea", Decimal("0.25")), Conversion("tea", "bags", Decimal(1))]
    >>> best_ratio("leaf", frozenset({"bags"}), ways)
    Decimal('0.25')
    """
    steps = list(conversions)
    ways = [Decimal(1)] if code in goods else []
    for step in steps:
        if step.input_code == code and step.output_code not in passed | {code}:
            onward = best_ratio(step.output_code, goods, steps, passed | {code})
            if onward is not None:
                ways.append(step.ratio_high * onward)
    return max(ways, default=None)


def ratio_for(
    code: str,
    *,
    goods: frozenset[str],
    licensed: frozenset[str],
    conversions: Iterable[Conversion],
) -> Decimal | None:
    """Return how much of a kilogram of a harvest a user may label, None for nothing.

    The harvest itself counts whole only for who is licensed for it, or where nothing else of the
    brand is made from it: whoever sells millet may not label the weight of its husks.

    >>> ways = [Conversion("grain", "millet", Decimal("0.8"))]
    >>> both = frozenset({"grain", "millet"})
    >>> ratio_for("grain", goods=both, licensed=frozenset({"millet"}), conversions=ways)
    Decimal('0.8')
    >>> ratio_for("grain", goods=both, licensed=both, conversions=ways)
    Decimal('1')
    """
    steps = list(conversions)
    if code in licensed:
        return best_ratio(code, goods, steps)
    processed = best_ratio(code, goods - {code}, steps)
    if processed is None and code in goods:
        return Decimal(1)
    return processed


def shares(plot: Plot, capped: Iterable[CappedProduct]) -> list[Share]:
    """Return what a plot gives to the quota, one share for each product that counts.

    A recorded harvest counts up to the cap; where none is recorded yet, the cap counts for the
    crop that the plot names, or for the only one there is.
    """
    known = list(capped)
    if not plot.is_inside:
        return [_nothing(plot, OUTSIDE)]
    harvests = dict(plot.harvested_kg)
    picked = [each for each in known if harvests.get(each.code)]
    if picked:
        return [_share(plot, each, harvests[each.code]) for each in picked]
    named = [each for each in known if each.is_named(plot.crop)]
    if not named and not plot.crop.strip() and len(known) == 1:
        named = known
    return [_share(plot, named[0], None)] if named else [_nothing(plot, OTHER_CROP)]


def granted_kg(given: Iterable[Share], tolerance_share: Decimal) -> Decimal:
    """Return the quota that the shares add up to, rounded down to the gram."""
    total = sum((each.goods_kg for each in given), Decimal(0))
    return (total * (1 + tolerance_share)).quantize(GRAM, ROUND_DOWN)


def grams(kg: Decimal) -> int:
    """Return whole grams, as quotas are kept; a part of one counts as one.

    >>> grams(Decimal("0.5")), grams(Decimal("0.0001"))
    (500, 1)
    """
    return int((kg * 1000).to_integral_value(ROUND_CEILING))


def kilograms(weight_g: int) -> Decimal:
    """Return grams as kilograms, to the gram."""
    return Decimal(weight_g).scaleb(-3)


def is_spent(*, granted_g: int, used_g: int, fuse_at_g: int) -> bool:
    """Return whether so little is left that the fuse blows."""
    return granted_g - used_g <= fuse_at_g


def _share(plot: Plot, product: CappedProduct, harvested_kg: Decimal | None) -> Share:
    cap_kg = plot.area_ha * product.cap_kg_per_ha
    is_lower = harvested_kg is not None and harvested_kg < cap_kg
    raw_kg = harvested_kg if is_lower and harvested_kg is not None else cap_kg
    return Share(
        plot.code,
        plot.name,
        plot.area_ha,
        product.code,
        BY_HARVEST if is_lower else BY_CAP,
        raw_kg.quantize(GRAM, ROUND_DOWN),
        (raw_kg * product.ratio).quantize(GRAM, ROUND_DOWN),
    )


def _nothing(plot: Plot, why: str) -> Share:
    return Share(plot.code, plot.name, plot.area_ha, "", why, Decimal(0), Decimal(0))


# -- refusals ---------------------------------------------------------------------------------


@dataclass(eq=False)
class QuotaRefused(RuleViolation):
    """The season gives no more: the subclasses say why."""

    organisation: str
    brand: str
    season: int


@dataclass(eq=False)
class QuotaSpent(QuotaRefused):
    """More than is left."""

    code: ClassVar[str] = "quota-spent"
    status: ClassVar[int] = 409
    field: ClassVar[str | None] = "count"
    sentence: ClassVar[str] = gettext_noop(
        "%(organisation)s may put %(brand)s on %(granted_kg)s kg of season %(season)s and has "
        "used %(used_kg)s kg, so %(left_kg)s kg are left and %(asked_kg)s kg cannot carry it. "
        "Ask for less, return labels that are not used, or ask the programme office to raise "
        "the quota."
    )

    granted_kg: Decimal
    used_kg: Decimal
    left_kg: Decimal
    asked_kg: Decimal


@dataclass(eq=False)
class QuotaNotGranted(QuotaRefused):
    """The rules know quotas, and nobody has set this one."""

    code: ClassVar[str] = "quota-not-granted"
    status: ClassVar[int] = 409
    sentence: ClassVar[str] = gettext_noop(
        "The rules of %(brand)s let a user label a quota only, and %(organisation)s has none for "
        "season %(season)s. Ask the programme office to compute the quotas of the season."
    )


@dataclass(eq=False)
class NoQuotaRule(RuleViolation):
    """Nothing to compute."""

    code: ClassVar[str] = "no-quota-rule"
    sentence: ClassVar[str] = gettext_noop(
        "The rules of use of %(brand)s know no quota in season %(season)s. Load rules with a "
        "[quota] section under Rulebooks first."
    )

    brand: str
    season: int


@dataclass(eq=False)
class NoCapForQuota(RuleViolation):
    """No yield cap leads to goods with the mark."""

    code: ClassVar[str] = "no-cap-for-quota"
    sentence: ClassVar[str] = gettext_noop(
        "No rulebook of %(brand)s caps a harvest of season %(season)s that becomes one of its "
        "products. Load a rulebook with a yield cap for the season, and with the conversion to "
        "the labelled product."
    )

    brand: str
    season: int


@dataclass(eq=False)
class UnknownQuota(RuleViolation):
    """No such quota that the asker may read."""

    code: ClassVar[str] = "unknown-quota"
    status: ClassVar[int] = 404
    sentence: ClassVar[str] = gettext_noop(
        "There is no quota %(quota)s. Look for it in the list of quotas."
    )

    quota: str


@dataclass(eq=False)
class QuotaReferenceTaken(RuleViolation):
    """One reference for two different draws."""

    code: ClassVar[str] = "quota-reference-taken"
    status: ClassVar[int] = 409
    sentence: ClassVar[str] = gettext_noop(
        "%(reference)s has drawn %(drawn_kg)s kg already and cannot draw %(asked_kg)s kg. "
        "Use another reference for another draw."
    )

    reference: str
    drawn_kg: Decimal
    asked_kg: Decimal


@dataclass(eq=False)
class ReturnBeyondDraw(RuleViolation):
    """More comes back than went out."""

    code: ClassVar[str] = "quota-return-beyond-draw"
    sentence: ClassVar[str] = gettext_noop(
        "%(reference)s drew %(drawn_kg)s kg and returned %(returned_kg)s kg, so %(asked_kg)s kg "
        "more cannot come back. Return what is still out, or less."
    )

    reference: str
    drawn_kg: Decimal
    returned_kg: Decimal
    asked_kg: Decimal


@dataclass(eq=False)
class QuotaBelowUse(RuleViolation):
    """A quota below what was labelled already."""

    code: ClassVar[str] = "quota-below-use"
    field: ClassVar[str | None] = "granted_kg"
    sentence: ClassVar[str] = gettext_noop(
        "%(used_kg)s kg are used already, so the quota cannot be %(asked_kg)s kg. Give at least "
        "what is used, or have labels returned first."
    )

    used_kg: Decimal
    asked_kg: Decimal


@dataclass(eq=False)
class QuotaReasonMissing(RuleViolation):
    """A hand in the figures without a word about it."""

    code: ClassVar[str] = "quota-reason-missing"
    field: ClassVar[str | None] = "reason"
    sentence: ClassVar[str] = gettext_noop(
        "Say why the quota is changed by hand: its user reads the reason."
    )
