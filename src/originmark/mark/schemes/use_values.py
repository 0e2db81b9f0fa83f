"""What the rules of use of a mark are, as other rooms see them: values out of a rulebook."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from originmark.mark.schemes.star_values import Words

PRODUCT_OF_BRAND, RIGHT_IN_FORCE = "product-of-brand", "right-in-force"
AREA_INSIDE, CERTIFICATE_IN_FORCE = "area-inside-boundary", "certificate-in-force"
STAR_IN_FORCE, NO_NONCONFORMITY = "star-in-force", "no-open-nonconformity"
CREDIT_CODE = "credit-code"
CONDITIONS: Final = (
    PRODUCT_OF_BRAND,
    RIGHT_IN_FORCE,
    AREA_INSIDE,
    CERTIFICATE_IN_FORCE,
    STAR_IN_FORCE,
    NO_NONCONFORMITY,
    CREDIT_CODE,
)
"""What a programme can check by itself before it lets somebody use the mark."""

NEEDS_CONSENT, FREE, FORBIDDEN = "needs-consent", "free", "forbidden"
CHILD_BRANDS: Final = (NEEDS_CONSENT, FREE, FORBIDDEN)
"""Whether a producer's own brand may stand beside the mark."""

WARNING, REFUSAL = "warning", "refusal"
UNCHECKED_ARTWORK: Final = (WARNING, REFUSAL)
"""What becomes of labels that are asked for while no artwork passed the rules of the day."""

BY_OUTPUT, AREA_TIMES_CAP = "output", "area-times-cap"

CHAPTERS: Final = (
    "scope",
    "applicant",
    "application",
    "licence",
    "labels",
    "co-use",
    "control",
    "supervision",
    "exit",
)
"""The chapters of rules of use, in the order in which they are read."""


@dataclass(frozen=True, slots=True)
class UseCondition:
    """What must hold before somebody may use the mark, and for as long as they do."""

    key: str
    """One of CONDITIONS."""
    text: Words
    source: str = ""
    confidence: str = ""
    certificate_type: str = ""
    """Which certificate, where the key is CERTIFICATE_IN_FORCE; empty for any."""


@dataclass(frozen=True, slots=True)
class QuotaRule:
    """How much of a season's goods a user may put the mark on."""

    by: str
    """BY_OUTPUT: for so much as the user's land can have given."""
    basis: str
    """AREA_TIMES_CAP: the area in use times the yield cap of the season."""
    tolerance_share: Decimal = Decimal(0)
    """How far beyond is still allowed: 0.05 is five in a hundred."""


@dataclass(frozen=True, slots=True)
class UseClause:
    """A rule that people read and follow; no program checks it."""

    chapter: str
    """One of CHAPTERS."""
    text: Words
    source: str = ""
    confidence: str = ""


@dataclass(frozen=True, slots=True)
class UseRules:
    """One version of the rules of use of a mark. A figure that no text gives is None."""

    code: str
    version: int
    title: str
    brand_code: str
    """Empty for a frame that belongs to no brand yet."""
    legal_basis: tuple[str, ...]
    valid_from: date
    valid_until: date | None
    conditions: tuple[UseCondition, ...]
    term_months: int | None = None
    """How long a licence lasts."""
    report_every_months: int | None = None
    """How often a user reports what the mark was used for."""
    report_due_days: int | None = None
    """How many days after the end of a period its report is due."""
    report_suspend_after_days: int | None = None
    """How many days after that its absence is a reason to propose a suspension."""
    sell_off_days: int | None = None
    """How many days after the last use goods that carry the mark already may be sold."""
    child_brand: str = NEEDS_CONSENT
    """One of CHILD_BRANDS."""
    unchecked_artwork: str = WARNING
    """One of UNCHECKED_ARTWORK."""
    label_placement: Words | None = None
    quota: QuotaRule | None = None
    clauses: tuple[UseClause, ...] = ()
    to_fill_in: tuple[str, ...] = ()
    """What the text in force leaves to the office, as sentences."""

    def condition(self, key: str) -> UseCondition | None:
        """Return the first condition with a key, if the rules set it."""
        return next((each for each in self.conditions if each.key == key), None)
