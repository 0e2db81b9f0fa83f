"""The life of a star: pure decisions."""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from originmark.mark.evaluation.stars_refusals import (
    DecidedInTheFuture,
    StarNumberMalformed,
    StarsOutOfRange,
)

IN_FORCE, EXPIRED, IN_RE_EVALUATION = "in-force", "expired", "in-re-evaluation"
REVOKED, SUPERSEDED = "revoked", "superseded"
STATES: Final = (IN_FORCE, EXPIRED, IN_RE_EVALUATION, REVOKED, SUPERSEDED)
RE_AWARDED, LAPSED = "re-awarded", "lapsed"
FATES: Final = (IN_RE_EVALUATION, RE_AWARDED, LAPSED)
"""What became of a star whose term ended. The three add up to ``expired``."""
EXPIRED_NOT_REEVALUATED: Final = "EXPIRED_NOT_REEVALUATED"
MOST_POINTS: Final = Decimal(100)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days from the first on; ``until`` is the first day after, None while it lasts."""

    since: date
    until: date | None = None

    def holds(self, day: date) -> bool:
        """Return whether a day is inside."""
        return self.since <= day and (self.until is None or day < self.until)


@dataclass(frozen=True, slots=True)
class StarTerms:
    """What decides the state of a star: its days, and what happened to it from which day on."""

    valid_from: date
    valid_until: date
    revoked_from: date | None = None
    superseded_from: date | None = None
    re_evaluations: tuple[Stretch, ...] = ()


def last_day(first: date, months: int) -> date:
    """Return the last day of a term of whole months whose first day counts.

    The term ends on the day before the one that bears the same number; where that month is too
    short for it, on the last day of the month.

    >>> last_day(date(2026, 3, 15), 36)
    datetime.date(2029, 3, 14)
    >>> last_day(date(2026, 8, 31), 6), last_day(date(2026, 9, 1), 6)
    (datetime.date(2027, 2, 28), datetime.date(2027, 2, 28))
    """
    if months < 1:
        raise ValueError(f"a term needs a month at least, got {months}")
    year, month = divmod(first.year * 12 + first.month - 1 + months, 12)
    if first.day == 1:
        return date(year, month + 1, 1) - timedelta(1)
    return date(year, month + 1, min(first.day - 1, monthrange(year, month + 1)[1]))


def state_on(terms: StarTerms, on: date) -> str:
    """Return the state of a star on a day that is not before its first.

    >>> terms = StarTerms(date(2026, 3, 15), date(2029, 3, 14))
    >>> state_on(terms, date(2029, 3, 14)), state_on(terms, date(2029, 3, 15))
    ('in-force', 'expired')
    """
    if on < terms.valid_from:
        raise ValueError(f"the star begins on {terms.valid_from}, after {on}")
    if terms.revoked_from and on >= terms.revoked_from:
        return REVOKED
    if terms.superseded_from and on >= terms.superseded_from:
        return SUPERSEDED
    if any(each.holds(on) for each in terms.re_evaluations):
        return IN_RE_EVALUATION
    return EXPIRED if on > terms.valid_until else IN_FORCE


def is_valid(terms: StarTerms, on: date) -> bool:
    """Return whether the star counts on a day: in its days, not revoked, not superseded."""
    if not terms.valid_from <= on <= terms.valid_until:
        return False
    return state_on(terms, on) in {IN_FORCE, IN_RE_EVALUATION}


def superseded_from(mine: date, others: Iterable[date]) -> date | None:
    """Return from which day a star decided on ``mine`` gives way to a later one of its chain.

    Whatever the order in which decisions reach the system, the next one in time counts.

    >>> superseded_from(date(2026, 1, 1), [date(2029, 2, 1), date(2023, 1, 5)])
    datetime.date(2029, 2, 1)
    """
    return min((each for each in others if each > mine), default=None)


def check_recognition(
    *, number: str, stars: int, points: Decimal, recognised_from: int, decided_on: date, today: date
) -> None:
    """Raise StarNumberMalformed, StarsOutOfRange or DecidedInTheFuture."""
    if not number.replace("-", "").replace(".", "").replace("_", "").isalnum():
        raise StarNumberMalformed(number=number)
    if not recognised_from <= stars <= 5 or not 0 <= points <= MOST_POINTS:
        raise StarsOutOfRange(
            number=number, stars=stars, points=points, recognised_from=recognised_from
        )
    if decided_on > today:
        raise DecidedInTheFuture(number=number, decided_on=decided_on, today=today)
