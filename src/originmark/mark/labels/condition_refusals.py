"""What star, quota and release refuse when labels are asked for."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import ClassVar

from originmark.frame.web.refusals import RuleViolation, gettext_noop


@dataclass(eq=False)
class StarMissing(RuleViolation):
    """A mark for products with a star, and the product never had one."""

    code: ClassVar[str] = "star-missing"
    sentence: ClassVar[str] = gettext_noop(
        "%(brand)s is for products with a star, and %(product)s has none on %(on)s. "
        "Enter the product in an evaluation round; labels follow the council’s decision."
    )

    brand: str
    product: str
    on: date


@dataclass(eq=False)
class StarExpired(RuleViolation):
    """The star has run out."""

    code: ClassVar[str] = "star-expired"
    sentence: ClassVar[str] = gettext_noop(
        "Star %(star)s of %(product)s was valid until %(until)s. "
        "Hand in a dossier for re-evaluation; labels follow when a new star is awarded."
    )

    star: str
    product: str
    until: date


@dataclass(eq=False)
class StarRevoked(RuleViolation):
    """The star was taken away."""

    code: ClassVar[str] = "star-revoked"
    sentence: ClassVar[str] = gettext_noop(
        "Star %(star)s of %(product)s was revoked from %(since)s on. Read the reason on the page "
        "of the star; mend it and hand in a new dossier, or lodge an appeal."
    )

    star: str
    product: str
    since: date


@dataclass(eq=False)
class QuotaNotSet(RuleViolation):
    """The rules know quotas, and the user has none for the season."""

    code: ClassVar[str] = "quota-not-set"
    sentence: ClassVar[str] = gettext_noop(
        "The rules of %(brand)s let a user label a quota only, and %(organisation)s has none for "
        "season %(season)s. Ask the programme office to compute the quotas of the season."
    )

    brand: str
    organisation: str
    season: int


@dataclass(eq=False)
class QuotaTooSmall(RuleViolation):
    """The season gives no more."""

    code: ClassVar[str] = "quota-too-small"
    field: ClassVar[str | None] = "count"
    sentence: ClassVar[str] = gettext_noop(
        "%(organisation)s may put %(brand)s on %(left_kg)s kg more of season %(season)s "
        "(%(used_kg)s of %(granted_kg)s kg are used), and these labels are for %(asked_kg)s kg. "
        "Ask for %(labels_left)s labels or fewer, or return labels that are not needed."
    )

    organisation: str
    brand: str
    season: int
    granted_kg: Decimal
    used_kg: Decimal
    left_kg: Decimal
    asked_kg: Decimal
    labels_left: int
