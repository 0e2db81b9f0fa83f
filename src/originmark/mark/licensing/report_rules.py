"""When users report what they used the mark for: pure decisions."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import ClassVar, Final

from originmark.frame.web.refusals import RuleViolation, gettext_noop
from originmark.mark.licensing.periods import last_day, months_later

FILED, WAITING, OVERDUE, SUSPENSION = "filed", "waiting", "overdue", "suspension"
MOST: Final = 2**31 - 1


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch that one report covers; both days count, and ``due_on`` None is no fixed day."""

    first: date
    last: date
    due_on: date | None


def periods(
    *, first: date, last: date, every_months: int, due_days: int | None, until: date
) -> Iterator[Period]:
    """Yield the periods of a licence that were over before the day ``until``, oldest first.

    A licence that ends within a period is reported up to its last day.

    >>> [str(each.last) for each in periods(first=date(2026, 1, 1), last=date(2026, 9, 10),
    ...     every_months=6, due_days=15, until=date(2027, 1, 1))]
    ['2026-06-30', '2026-09-10']
    """
    count = 0
    while (start := months_later(first, count * every_months)) <= last:
        end = min(last_day(first, (count + 1) * every_months), last)
        if end >= until:
            return
        yield Period(start, end, None if due_days is None else end + timedelta(due_days))
        count += 1


def months(first: date, last: date) -> list[date]:
    """Return the first day of each month that a period touches.

    >>> [str(each) for each in months(date(2026, 1, 15), date(2026, 3, 1))]
    ['2026-01-01', '2026-02-01', '2026-03-01']
    """
    month, found = first.replace(day=1), []
    while month <= last:
        found.append(month)
        month = months_later(month, 1)
    return found


def state(*, is_filed: bool, due_on: date | None, suspend_from: date | None, on: date) -> str:
    """Return how a report stands on a day; the day on which it is due is still in time."""
    if is_filed:
        return FILED
    if suspend_from is not None and on >= suspend_from:
        return SUSPENSION
    return OVERDUE if due_on is not None and on > due_on else WAITING


@dataclass(eq=False)
class UnknownReport(RuleViolation):
    """No such report that the asker may read."""

    code: ClassVar[str] = "unknown-use-report"
    status: ClassVar[int] = 404
    sentence: ClassVar[str] = gettext_noop(
        "There is no use report %(report)s. Look for it in the list of reports."
    )

    report: str


@dataclass(eq=False)
class NotOfReport(RuleViolation):
    """A line that the report does not have."""

    code: ClassVar[str] = "not-of-use-report"
    sentence: ClassVar[str] = gettext_noop(
        "The report covers %(first)s to %(last)s of the licensed products; %(product)s in "
        "%(month)s is not among them. Leave the line out."
    )

    first: date
    last: date
    product: str
    month: date


@dataclass(eq=False)
class DifferenceUnexplained(RuleViolation):
    """Another number of labels than is known here, and no word why."""

    code: ClassVar[str] = "use-report-difference"
    field: ClassVar[str | None] = "note"
    sentence: ClassVar[str] = gettext_noop(
        "You say %(said)s labels of %(product)s in %(month)s, and %(known)s are known here. Say "
        "in the note why, or take the number that is known."
    )

    product: str
    month: str
    said: int
    known: int


@dataclass(eq=False)
class NotACount(RuleViolation):
    """A number of packs or labels that cannot be."""

    code: ClassVar[str] = "use-report-count"
    sentence: ClassVar[str] = gettext_noop(
        "%(found)s is no number of packs or labels. Give a whole number, 0 for none."
    )

    found: int
