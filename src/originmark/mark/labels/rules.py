"""Law 3 as a pure decision: the mark follows the balance."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from originmark.frame.web.refusals import RuleViolation, gettext_noop
from originmark.mark.labels.condition_refusals import (
    QuotaNotSet,
    QuotaTooSmall,
    StarExpired,
    StarMissing,
    StarRevoked,
)
from originmark.mark.labels.refusals import (
    AreasOutsideBoundary,
    BrandInactive,
    IssueRefused,
    LabelsExceedPacks,
    LotClosed,
    LotInTransit,
    LotNotPacked,
    LotPastBestBefore,
    LotWithdrawn,
    NoRightInForce,
    NotALabelCount,
    OrganisationInactive,
    OriginIncomplete,
    OriginUnknown,
    PacksOfAnotherLot,
    ProductNotOfBrand,
)

MOST_PER_RUN: Final = 1 << 24  # what the index of a serial can count

ACTIVE, CLOSED, IN_TRANSIT, WITHDRAWN = "active", "closed", "in_transit", "withdrawn"
_NOT_AT_HAND: Final = {CLOSED: LotClosed, IN_TRANSIT: LotInTransit, WITHDRAWN: LotWithdrawn}


@dataclass(frozen=True, slots=True)
class AreaFact:
    """One growing area behind the lot, and how much of it lies inside the boundary (0 to 1)."""

    code: str
    name: str
    is_inside: bool
    share_inside: float

    def __str__(self) -> str:
        return f"{self.name} ({self.code}, {self.share_inside:.0%} inside)"


@dataclass(frozen=True, slots=True)
class LotFact:
    """What matters of the lot."""

    code: str
    pack_count: int | None
    status: str  # one of ACTIVE, CLOSED, IN_TRANSIT, WITHDRAWN
    is_origin_complete: bool
    best_before: date | None
    packed_from: tuple[str, ...] = ()  # lots in packs that it came out of, as by splitting


@dataclass(frozen=True, slots=True)
class StarFact:
    """The star of the product on the day, where the mark asks for one."""

    is_valid: bool
    number: str = ""  # empty: the product never had a star
    until: date | None = None
    revoked_from: date | None = None
    is_right: bool = True  # the star is all that protects the mark: no other right is asked for


@dataclass(frozen=True, slots=True)
class QuotaFact:
    """What the user may still label of the season, where the rules of the mark know a quota."""

    season: int
    granted_kg: Decimal
    used_kg: Decimal
    left_kg: Decimal
    is_spent: bool  # the fuse is blown, whatever is left
    is_set: bool
    label_kg: Decimal  # what one label is for

    def labels_left(self) -> int:
        """Return how many labels the rest is enough for."""
        return 0 if self.is_spent or not self.label_kg else int(self.left_kg // self.label_kg)


@dataclass(frozen=True, slots=True)
class ReleaseFact:
    """What quality control says of the lot, where it is asked."""

    refusal: RuleViolation | None


@dataclass(frozen=True, slots=True)
class ArtworkFact:
    """Whether the design of the label passed the rules of the day, where artwork is checked."""

    refusal: RuleViolation | None
    is_required: bool  # else it is only said


@dataclass(frozen=True, slots=True)
class IssueFacts:
    """All that law 3 looks at, as it stands on the day."""

    on: date
    count: int
    lot: LotFact
    organisation: str
    is_organisation_active: bool
    product: str
    brand: str
    is_brand_active: bool
    boundary: str  # empty: the mark knows no boundary
    is_product_of_brand: bool
    licence_refusal: RuleViolation | None  # what licensing says against it, None if it is valid
    rights: tuple[str, ...]  # those in force on the day, as a person names them
    areas: tuple[AreaFact, ...]
    in_force: int  # labels issued for the lot before, without the spoiled ones
    star: StarFact | None = None  # None: the mark asks for no star
    quota: QuotaFact | None = None  # None: the rules know no quota
    release: ReleaseFact | None = None  # None: quality control is not asked
    artwork: ArtworkFact | None = None  # None: the programme checks no artwork

    @property
    def left(self) -> int:
        """Return how many labels the lot may still have."""
        return max((self.lot.pack_count or 0) - self.in_force, 0)


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition of law 3: met, or refused with what to do."""

    key: str
    title: str
    refusal: RuleViolation | None
    is_advice: bool = False  # it is said, and the labels are issued all the same

    @property
    def is_met(self) -> bool:
        """Return whether nothing speaks against it."""
        return self.refusal is None

    @property
    def is_in_the_way(self) -> bool:
        """Return whether no label is issued because of it."""
        return self.refusal is not None and not self.is_advice


def conditions(facts: IssueFacts) -> list[Condition]:
    """Return each condition of law 3 with its answer, in the order a person reads them.

    Star, quota, release and artwork are conditions only where the mark or its programme asks for
    them; artwork is advice unless the rules of use ask for more.
    """
    absent = {name for name in _ONLY_IF_ASKED if getattr(facts, name) is None}
    advice = {"artwork"} if facts.artwork and not facts.artwork.is_required else set()
    return [
        Condition(key, title, check(facts), key in advice)
        for key, title, check in _CHECKS
        if key not in absent
    ]


def check_issue(facts: IssueFacts) -> list[RuleViolation]:
    """Return every reason why these labels may not be issued; none means they may."""
    return [
        each.refusal
        for each in conditions(facts)
        if each.refusal is not None and not each.is_advice
    ]


def advice(facts: IssueFacts) -> list[RuleViolation]:
    """Return what is said to whoever issues these labels, though it is not in the way."""
    return [each.refusal for each in conditions(facts) if each.is_advice and each.refusal]


def require_issue(facts: IssueFacts) -> None:
    """Raise IssueRefused with every reason, if there is any."""
    if refusals := check_issue(facts):
        raise IssueRefused(tuple(refusals))


def _organisation(facts: IssueFacts) -> RuleViolation | None:
    return None if facts.is_organisation_active else OrganisationInactive(facts.organisation)


def _licence(facts: IssueFacts) -> RuleViolation | None:
    return facts.licence_refusal


def _right(facts: IssueFacts) -> RuleViolation | None:
    if not facts.is_brand_active:
        return BrandInactive(facts.brand)
    if not facts.is_product_of_brand:
        return ProductNotOfBrand(facts.brand, facts.product)
    if facts.star is not None and facts.star.is_right:
        return None
    return None if facts.rights else NoRightInForce(facts.brand, facts.on)


def _star(facts: IssueFacts) -> RuleViolation | None:
    star = facts.star
    if star is None or star.is_valid:
        return None
    if star.revoked_from is not None:
        return StarRevoked(star.number, facts.product, star.revoked_from)
    if star.until is not None:
        return StarExpired(star.number, facts.product, star.until)
    return StarMissing(facts.brand, facts.product, facts.on)


def _land(facts: IssueFacts) -> RuleViolation | None:
    if not facts.areas:
        return OriginUnknown(facts.lot.code)
    outside = tuple(str(area) for area in facts.areas if not area.is_inside)
    if facts.boundary and outside:
        return AreasOutsideBoundary(facts.boundary, outside)
    return None


def _origin(facts: IssueFacts) -> RuleViolation | None:
    return None if facts.lot.is_origin_complete else OriginIncomplete(facts.lot.code)


def _lot(facts: IssueFacts) -> RuleViolation | None:
    lot = facts.lot
    if lot.status != ACTIVE:
        return _NOT_AT_HAND[lot.status](lot.code)
    if lot.pack_count is None:
        return LotNotPacked(lot.code)
    return PacksOfAnotherLot(lot.code, lot.packed_from) if lot.packed_from else None


def _freshness(facts: IssueFacts) -> RuleViolation | None:
    day = facts.lot.best_before
    return LotPastBestBefore(facts.lot.code, day) if day is not None and facts.on > day else None


def _balance(facts: IssueFacts) -> RuleViolation | None:
    if not 1 <= facts.count <= MOST_PER_RUN:
        return NotALabelCount(facts.count, MOST_PER_RUN)
    if facts.lot.pack_count is not None and facts.count > facts.left:
        return LabelsExceedPacks(
            facts.lot.code, facts.lot.pack_count, facts.in_force, facts.left, facts.count
        )
    return None


def _quota(facts: IssueFacts) -> RuleViolation | None:
    quota = facts.quota
    if quota is None:
        return None
    if not quota.is_set:
        return QuotaNotSet(facts.brand, facts.organisation, quota.season)
    asked_kg = quota.label_kg * facts.count
    if asked_kg <= quota.left_kg and not quota.is_spent:
        return None
    return QuotaTooSmall(
        facts.organisation,
        facts.brand,
        quota.season,
        quota.granted_kg,
        quota.used_kg,
        quota.left_kg,
        asked_kg,
        quota.labels_left(),
    )


def _release(facts: IssueFacts) -> RuleViolation | None:
    return facts.release.refusal if facts.release else None


def _artwork(facts: IssueFacts) -> RuleViolation | None:
    return facts.artwork.refusal if facts.artwork else None


_ONLY_IF_ASKED: Final = ("star", "quota", "release", "artwork")
_CHECKS: Final[tuple[tuple[str, str, Callable[[IssueFacts], RuleViolation | None]], ...]] = (
    ("organisation", gettext_noop("The user of the mark is active"), _organisation),
    ("licence", gettext_noop("A licence covers the product today"), _licence),
    ("right", gettext_noop("The mark is protected today"), _right),
    ("star", gettext_noop("The product’s star is valid today"), _star),
    ("land", gettext_noop("All land lies inside the mark’s boundary"), _land),
    ("origin", gettext_noop("The whole lot comes from registered land"), _origin),
    ("lot", gettext_noop("The lot is packed and at hand"), _lot),
    ("freshness", gettext_noop("The lot is within its best-before date"), _freshness),
    ("release", gettext_noop("Quality control has released the lot"), _release),
    ("balance", gettext_noop("The lot has packs without a label"), _balance),
    ("quota", gettext_noop("The season’s quota is not used up"), _quota),
    ("artwork", gettext_noop("The design of the label passed the rules of today"), _artwork),
)
