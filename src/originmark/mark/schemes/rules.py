"""Brands and rights: pure decisions."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Final

from originmark.frame.web.refusals import RuleViolation, gettext_noop

APPLIED, PUBLISHED, REGISTERED = "applied", "published", "registered"
REJECTED, CANCELLED = "rejected", "cancelled"
STATUSES: Final = (APPLIED, PUBLISHED, REGISTERED, REJECTED, CANCELLED)


def in_force(
    *, status: str, registered_on: date | None, valid_until: date | None, on: date
) -> bool:
    """Return whether a right protects the name on a day.

    Only a registered right does, from the day of registration to its last day, both included.
    A missing date is an open end: many registers print none.

    >>> in_force(status="registered", registered_on=date(2011, 12, 20), valid_until=None,
    ...          on=date(2026, 11, 1))
    True
    >>> in_force(status="applied", registered_on=None, valid_until=None, on=date(2026, 11, 1))
    False
    """
    if status != REGISTERED:
        return False
    if registered_on is not None and on < registered_on:
        return False
    return valid_until is None or on <= valid_until


IN_FORCE, COMING, SUPERSEDED, ENDED = "in-force", "coming", "superseded", "ended"


def rulebook_state(
    *, valid_from: date, valid_until: date | None, superseded_by: int | None, on: date
) -> str:
    """Return whether a version rules on a day, will rule, or has ruled; both ends count.

    >>> rulebook_state(valid_from=date(2023, 2, 24), valid_until=date(2025, 7, 5),
    ...                superseded_by=3, on=date(2025, 7, 5))
    'in-force'
    """
    if on < valid_from:
        return COMING
    if valid_until is None or on <= valid_until:
        return IN_FORCE
    return ENDED if superseded_by is None else SUPERSEDED


@dataclass(eq=False)
class UnknownBrand(RuleViolation):
    """No brand has this code."""

    code: ClassVar[str] = "unknown-brand"
    status: ClassVar[int] = 404
    sentence: ClassVar[str] = gettext_noop(
        "There is no brand %(brand)s. Check the code in the list of brands."
    )

    brand: str


@dataclass(eq=False)
class BrandCodeTaken(RuleViolation):
    """Two brands under one code."""

    code: ClassVar[str] = "brand-code-taken"
    field: ClassVar[str | None] = "code"
    sentence: ClassVar[str] = gettext_noop(
        "The code %(brand)s belongs to another brand already. Choose another code."
    )

    brand: str


@dataclass(eq=False)
class UnknownBoundary(RuleViolation):
    """The brand names a boundary that nobody registered."""

    code: ClassVar[str] = "unknown-boundary"
    field: ClassVar[str | None] = "boundary_code"
    sentence: ClassVar[str] = gettext_noop(
        "There is no boundary %(boundary)s. Register the boundary under Places first, "
        "or leave the field empty."
    )

    boundary: str


@dataclass(eq=False)
class UnknownProducts(RuleViolation):
    """Products that nobody registered."""

    code: ClassVar[str] = "unknown-products"
    field: ClassVar[str | None] = "products"
    sentence: ClassVar[str] = gettext_noop(
        "There is no product %(products)s. Register it under Products first, "
        "or check the spelling of its code."
    )

    products: tuple[str, ...]


@dataclass(eq=False)
class RightTaken(RuleViolation):
    """One number twice in one register."""

    code: ClassVar[str] = "right-taken"
    field: ClassVar[str | None] = "number"
    sentence: ClassVar[str] = gettext_noop(
        "The register %(register)s has the number %(number)s already. "
        "Change the existing right instead of recording it again."
    )

    register: str
    number: str


@dataclass(eq=False)
class DatesReversed(RuleViolation):
    """A period that ends before it begins."""

    code: ClassVar[str] = "dates-reversed"
    field: ClassVar[str | None] = "valid_until"
    sentence: ClassVar[str] = gettext_noop(
        "It would end on %(ends)s, before it begins on %(begins)s. "
        "Give an end on or after the beginning."
    )

    begins: date
    ends: date


@dataclass(eq=False)
class RegisteredWithoutDate(RuleViolation):
    """A right is called registered, and nobody says since when."""

    code: ClassVar[str] = "registered-without-date"
    field: ClassVar[str | None] = "registered_on"
    sentence: ClassVar[str] = gettext_noop(
        "The right %(number)s is registered, so it needs the day of its registration. "
        "Give the day, or record it as applied."
    )

    number: str


@dataclass(eq=False)
class UnknownRight(RuleViolation):
    """No right has this number in this register."""

    code: ClassVar[str] = "unknown-right"
    status: ClassVar[int] = 404
    sentence: ClassVar[str] = gettext_noop(
        "The register %(register)s has no right numbered %(number)s."
    )

    register: str
    number: str


@dataclass(eq=False)
class UnknownRulebook(RuleViolation):
    """No rulebook has this code, or no such version."""

    code: ClassVar[str] = "unknown-rulebook"
    status: ClassVar[int] = 404
    sentence: ClassVar[str] = gettext_noop(
        "There is no rulebook %(rulebook)s in that version. Check the list of rulebooks."
    )

    rulebook: str


@dataclass(eq=False)
class UnknownProductSet(RuleViolation):
    """The version of the star scheme has no criteria under this code."""

    code: ClassVar[str] = "unknown-product-set"
    status: ClassVar[int] = 404
    sentence: ClassVar[str] = gettext_noop(
        "%(rulebook)s has no product set %(product_set)s. Choose one of its list, or load the "
        "criteria first."
    )

    rulebook: str
    product_set: str


@dataclass(eq=False)
class ProductSetTaken(RuleViolation):
    """A loaded product set never changes."""

    code: ClassVar[str] = "product-set-taken"
    field: ClassVar[str | None] = "code"
    sentence: ClassVar[str] = gettext_noop(
        "%(rulebook)s has other criteria under the code %(product_set)s already, and sheets may "
        "have been scored by them. Load yours under another code, such as %(product_set)s-2."
    )

    rulebook: str
    product_set: str


@dataclass(eq=False)
class RulebookDoesNotAddUp(RuleViolation):
    """A rulebook with findings is not loaded."""

    code: ClassVar[str] = "rulebook-does-not-add-up"
    field: ClassVar[str | None] = "file"
    sentence: ClassVar[str] = gettext_noop(
        "The rulebook has %(count)s finding(s), so nothing was loaded: %(findings)s "
        "Correct the file and load it again."
    )

    count: int
    findings: tuple[str, ...]


@dataclass(eq=False)
class UnknownColumns(RuleViolation):
    """No profile knows a table with these columns."""

    code: ClassVar[str] = "unknown-columns"
    field: ClassVar[str | None] = "file"
    sentence: ClassVar[str] = gettext_noop(
        "The columns of this file are those of no register that can be read. Missing is "
        "%(missing)s. Take the template and fill it, or name the columns as it does."
    )

    missing: tuple[str, ...]


def check_period(begins: date | None, ends: date | None) -> None:
    """Raise DatesReversed when a period ends before it begins; open ends are fine."""
    if begins is not None and ends is not None and ends < begins:
        raise DatesReversed(begins=begins, ends=ends)


def check_registration(*, status: str, number: str, registered_on: date | None) -> None:
    """Raise RegisteredWithoutDate when a person records a registered right without its day."""
    if status == REGISTERED and registered_on is None:
        raise RegisteredWithoutDate(number=number)
