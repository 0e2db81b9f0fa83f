"""What a procedure for geographical indications is: values out of a rulebook."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from originmark.mark.schemes.star_values import DAYS, MONTHS, Words

PREPARED, SUBMITTED, EXAMINATION = "prepared", "submitted", "examination"
OPPOSITION, DECIDED, REGISTERED = "opposition", "decided", "registered"
REFUSED, WITHDRAWN = "refused", "withdrawn"
ROLES: Final = (PREPARED, SUBMITTED, EXAMINATION, OPPOSITION, DECIDED, REGISTERED)
"""What a stage of a procedure is for; an office names its stages as its law does."""

UNITS: Final = (DAYS, MONTHS)


@dataclass(frozen=True, slots=True)
class Term:
    """How long a stage may last, and the text that says so."""

    amount: int
    unit: str
    """One of UNITS."""
    source: str

    def after(self, day: date) -> date:
        """Return the last day of the term; the day itself does not count.

        >>> Term(2, "months", "").after(date(2026, 12, 31))
        datetime.date(2027, 2, 28)
        """
        if self.unit == DAYS:
            return day + timedelta(days=self.amount)
        year, month = divmod(day.year * 12 + day.month - 1 + self.amount, 12)
        return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage of a procedure."""

    code: str
    name: Words
    role: str
    """One of ROLES."""
    text: Words | None = None
    term: Term | None = None
    source: str = ""
    confidence: str = ""


@dataclass(frozen=True, slots=True)
class Property:
    """What an applicant has to show, and an examiner judges by itself."""

    code: str
    name: Words
    text: Words
    source: str
    confidence: str


@dataclass(frozen=True, slots=True)
class Procedure:
    """One version of how a name is examined, opposed and registered."""

    code: str
    version: int
    title: str
    legal_basis: tuple[str, ...]
    valid_from: date
    valid_until: date | None
    rights: tuple[str, ...]
    """Kinds of right that it leads to."""
    countries: tuple[str, ...]
    """ISO codes of two letters; empty for any country."""
    stages: tuple[Stage, ...]
    properties: tuple[Property, ...]
    grounds: tuple[tuple[str, Words], ...] = ()
    """Codes and names of what an opposition may rest on; empty where no text lists them."""
    to_fill_in: tuple[str, ...] = ()
    """What the text in force leaves to the office, as sentences."""

    @property
    def first(self) -> Stage:
        """Return the stage in which the applicant writes."""
        return self.stages[0]

    def stage(self, code: str) -> Stage | None:
        """Return a stage by its code; None for the two ends that every procedure has."""
        return next((each for each in self.stages if each.code == code), None)

    def following(self, code: str) -> Stage | None:
        """Return the stage after another, None after the last and after an end."""
        codes = [each.code for each in self.stages]
        position = codes.index(code) + 1 if code in codes else len(codes)
        return self.stages[position] if position < len(codes) else None

    def fits(self, kind: str, country: str) -> bool:
        """Return whether it is for a kind of right in a country."""
        return kind in self.rights and (not self.countries or country in self.countries)
