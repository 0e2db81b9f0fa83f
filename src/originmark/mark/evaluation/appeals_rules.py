"""Appeals: pure decisions."""

from calendar import monthrange
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import ClassVar, Final

from originmark.frame.web.refusals import RuleViolation, gettext_noop
from originmark.mark.evaluation.deadlines import is_working_day
from originmark.mark.schemes.star_values import MONTHS, WORKING_DAYS, Deadline

UPHELD, RE_SCORE, REJECTED = "upheld", "re-score", "rejected"
AGAINST_DECISION, AGAINST_REVOCATION = "decision", "revocation"
OUTCOMES: Final = {
    AGAINST_DECISION: (RE_SCORE, REJECTED),
    AGAINST_REVOCATION: (UPHELD, REJECTED),
}


def last_day_to_appeal(
    decided_on: date, period: Deadline | None, holidays: Collection[date]
) -> date | None:
    """Return the last day on which an appeal is in time; None where the office set no period.

    The day of the decision does not count.

    >>> last_day_to_appeal(date(2026, 3, 13), Deadline("appeal", 2, "working-days"), frozenset())
    datetime.date(2026, 3, 17)
    >>> last_day_to_appeal(date(2026, 1, 31), Deadline("appeal", 1, "months"), frozenset())
    datetime.date(2026, 2, 28)
    """
    if period is None:
        return None
    if period.unit == MONTHS:
        year, month = divmod(decided_on.year * 12 + decided_on.month - 1 + period.amount, 12)
        return date(year, month + 1, min(decided_on.day, monthrange(year, month + 1)[1]))
    if period.unit != WORKING_DAYS:
        return decided_on + timedelta(days=period.amount)
    day, left = decided_on, period.amount
    while left > 0:
        day += timedelta(days=1)
        left -= is_working_day(day, holidays)
    return day


def check_outcome(number: str, against: str, outcome: str, reasons: str) -> None:
    """Raise OutcomeDoesNotFit or ReasonsMissing."""
    if outcome not in OUTCOMES[against]:
        raise OutcomeDoesNotFit(number=number, outcome=outcome, possible=OUTCOMES[against])
    if not reasons.strip():
        raise ReasonsMissing(number=number)


@dataclass(eq=False)
class NothingToAppeal(RuleViolation):
    """No decision stands under the number."""

    code: ClassVar[str] = "nothing-to-appeal"
    status: ClassVar[int] = 404
    sentence: ClassVar[str] = gettext_noop(
        "There is no %(against)s on %(number)s that stands. Check the number: a dossier for a "
        "decision, a star for a revocation."
    )

    number: str
    against: str


@dataclass(eq=False)
class AppealTooLate(RuleViolation):
    """The period is over."""

    code: ClassVar[str] = "appeal-too-late"
    sentence: ClassVar[str] = gettext_noop(
        "The decision on %(number)s is of %(decided_on)s and could be appealed until "
        "%(until)s; today is %(today)s. Ask the programme office what else is open to you."
    )

    number: str
    decided_on: date
    until: date
    today: date


@dataclass(eq=False)
class GroundsMissing(RuleViolation):
    """An appeal that says nothing."""

    code: ClassVar[str] = "appeal-grounds-missing"
    field: ClassVar[str | None] = "grounds"
    sentence: ClassVar[str] = gettext_noop(
        "Say why the decision on %(number)s is wrong: the reviewer has only your words to go by."
    )

    number: str


@dataclass(eq=False)
class AppealIsOpen(RuleViolation):
    """Two appeals against one thing."""

    code: ClassVar[str] = "appeal-is-open"
    status: ClassVar[int] = 409
    sentence: ClassVar[str] = gettext_noop(
        "Appeal %(appeal)s against this is open already. Wait for its decision."
    )

    appeal: str


@dataclass(eq=False)
class UnknownAppeal(RuleViolation):
    """No appeal has this number, or the asker may not know of it."""

    code: ClassVar[str] = "unknown-appeal"
    status: ClassVar[int] = 404
    sentence: ClassVar[str] = gettext_noop(
        "There is no appeal %(number)s. Check the number in the list of appeals."
    )

    number: str


@dataclass(eq=False)
class ReviewerNotFree(RuleViolation):
    """Somebody who had a hand in what is appealed."""

    code: ClassVar[str] = "reviewer-not-free"
    field: ClassVar[str | None] = "reviewer"
    sentence: ClassVar[str] = gettext_noop(
        "%(person)s cannot review appeal %(number)s: %(why)s Choose somebody of the office who "
        "had no part in it."
    )

    number: str
    person: str
    why: str


@dataclass(eq=False)
class AppealIsDecided(RuleViolation):
    """A step after the end."""

    code: ClassVar[str] = "appeal-is-decided"
    status: ClassVar[int] = 409
    sentence: ClassVar[str] = gettext_noop(
        "Appeal %(number)s is decided (%(outcome)s) and stays as it is. Lodge a new one against a "
        "new decision."
    )

    number: str
    outcome: str


@dataclass(eq=False)
class NotTheReviewer(RuleViolation):
    """Somebody else decides."""

    code: ClassVar[str] = "not-the-reviewer"
    status: ClassVar[int] = 403
    sentence: ClassVar[str] = gettext_noop(
        "Appeal %(number)s is decided by %(reviewer)s and not by %(person)s. Assign it first."
    )

    number: str
    reviewer: str
    person: str


@dataclass(eq=False)
class OutcomeDoesNotFit(RuleViolation):
    """An outcome that this kind of appeal does not know."""

    code: ClassVar[str] = "appeal-outcome-does-not-fit"
    field: ClassVar[str | None] = "outcome"
    sentence: ClassVar[str] = gettext_noop(
        "Appeal %(number)s cannot end with “%(outcome)s”. Choose one of: %(possible)s."
    )

    number: str
    outcome: str
    possible: tuple[str, ...]


@dataclass(eq=False)
class ReasonsMissing(RuleViolation):
    """A decision that explains nothing."""

    code: ClassVar[str] = "appeal-reasons-missing"
    field: ClassVar[str | None] = "reasons"
    sentence: ClassVar[str] = gettext_noop(
        "Say why appeal %(number)s is decided so: the producer reads the reasons."
    )

    number: str
