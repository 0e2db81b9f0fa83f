"""Mother brands and their children: pure decisions."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from originmark.frame.web.refusals import RuleViolation, gettext_noop


@dataclass(eq=False)
class MotherLoop(RuleViolation):
    """A brand would descend from itself."""

    code: ClassVar[str] = "mother-loop"
    field: ClassVar[str | None] = "mother"
    sentence: ClassVar[str] = gettext_noop(
        "%(brand)s cannot have %(mother)s as its mother, because %(mother)s descends from "
        "%(brand)s or is the same brand. Choose another mother, or none."
    )

    brand: str
    mother: str


@dataclass(eq=False)
class NoMother(RuleViolation):
    """A consent to joint use needs two brands."""

    code: ClassVar[str] = "no-mother"
    sentence: ClassVar[str] = gettext_noop(
        "%(brand)s has no mother brand, so nobody can consent to joint use. "
        "Set its mother brand first."
    )

    brand: str


@dataclass(eq=False)
class FoundedLater(RuleViolation):
    """A brand from the future."""

    code: ClassVar[str] = "founded-later"
    field: ClassVar[str | None] = "founded_year"
    sentence: ClassVar[str] = gettext_noop(
        "The brand cannot be founded in %(year)s, which lies after this year, %(this_year)s. "
        "Give the year in which it began."
    )

    year: int
    this_year: int


@dataclass(eq=False)
class UnknownConsent(RuleViolation):
    """No consent has this number."""

    code: ClassVar[str] = "unknown-consent"
    status: ClassVar[int] = 404
    sentence: ClassVar[str] = gettext_noop(
        "There is no consent %(consent)s. Look on the page of the child brand."
    )

    consent: int


def check_mother(brand: str, lineage: Sequence[str]) -> None:
    """Raise MotherLoop when a brand is in the lineage of its mother (the mother herself first).

    >>> check_mother("heshun", ["yangqu", "shanxi"])
    """
    if brand in lineage:
        raise MotherLoop(brand=brand, mother=lineage[0])


def check_founded(year: int | None, this_year: int) -> None:
    """Raise FoundedLater for a year that has not begun."""
    if year is not None and year > this_year:
        raise FoundedLater(year=year, this_year=this_year)


def holds(valid_from: date, valid_until: date | None, on: date) -> bool:
    """Return whether a consent counts on a day; both ends do.

    >>> holds(date(2026, 1, 1), date(2026, 12, 31), date(2026, 12, 31))
    True
    """
    return valid_from <= on and (valid_until is None or on <= valid_until)
