"""What checks and honours refuse, in words."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from originmark.frame.web.refusals import RuleViolation, gettext_noop


@dataclass(eq=False)
class NothingToCheck(RuleViolation):
    """Neither a star nor a dossier has the number."""

    code: ClassVar[str] = "nothing-to-check"
    field: ClassVar[str | None] = "number"
    sentence: ClassVar[str] = gettext_noop(
        "Neither a star nor a dossier has the number %(number)s. Check the number."
    )

    number: str


@dataclass(eq=False)
class UnknownCheck(RuleViolation):
    """No check has this number, or the asker may not know of it."""

    code: ClassVar[str] = "unknown-check"
    status: ClassVar[int] = 404
    sentence: ClassVar[str] = gettext_noop(
        "There is no field check %(check)s. Look in the list of checks."
    )

    check: str


@dataclass(eq=False)
class CheckIsDone(RuleViolation):
    """A check that has its result."""

    code: ClassVar[str] = "check-is-done"
    status: ClassVar[int] = 409
    sentence: ClassVar[str] = gettext_noop(
        "The check of %(number)s was done on %(done_on)s and stays as it is. Plan another one."
    )

    number: str
    done_on: date


@dataclass(eq=False)
class FindingsMissing(RuleViolation):
    """A result without what was found."""

    code: ClassVar[str] = "check-findings-missing"
    field: ClassVar[str | None] = "findings"
    sentence: ClassVar[str] = gettext_noop(
        "The check of %(number)s is not in order, and nobody would know why. Write what was found."
    )

    number: str


@dataclass(eq=False)
class CheckInTheFuture(RuleViolation):
    """A check or a sample that nobody can have made yet."""

    code: ClassVar[str] = "check-in-the-future"
    field: ClassVar[str | None] = "on"
    sentence: ClassVar[str] = gettext_noop(
        "This is dated %(on)s, and today is %(today)s. Give the day on which it happened."
    )

    on: date
    today: date


@dataclass(eq=False)
class SealTaken(RuleViolation):
    """One seal on two samples."""

    code: ClassVar[str] = "seal-taken"
    status: ClassVar[int] = 409
    field: ClassVar[str | None] = "seal_number"
    sentence: ClassVar[str] = gettext_noop(
        "Seal %(seal)s is on another sample already, of %(number)s. Read the number again."
    )

    seal: str
    number: str


@dataclass(eq=False)
class SampleIncomplete(RuleViolation):
    """A sample that could not be told from another."""

    code: ClassVar[str] = "sample-incomplete"
    field: ClassVar[str | None] = "seal_number"
    sentence: ClassVar[str] = gettext_noop(
        "A sample has at least one unit, a seal and somebody to whom it was handed; found "
        "%(units)s units, seal “%(seal)s”, handed to “%(handed_to)s”. Fill in what is missing."
    )

    units: int
    seal: str
    handed_to: str


@dataclass(eq=False)
class NotHonourable(RuleViolation):
    """A star that does not count is not honoured."""

    code: ClassVar[str] = "star-not-honourable"
    status: ClassVar[int] = 409
    sentence: ClassVar[str] = gettext_noop(
        "Star %(number)s did not count on %(on)s, so it is not honoured. Choose one in force."
    )

    number: str
    on: date
