"""Working days and deadlines. Pure decisions.

>>> monday = date(2026, 3, 16)
>>> latest_day(Deadline("electronic-dossier", 1, WORKING_DAYS), monday, frozenset())
datetime.date(2026, 3, 13)
"""

from calendar import monthrange
from collections.abc import Collection
from datetime import date, timedelta

from originmark.mark.schemes.star_values import DAYS, MONTHS, WORKING_DAYS, Deadline

SATURDAY = 5


def is_working_day(day: date, holidays: Collection[date]) -> bool:
    """Return whether offices work: no Saturday, no Sunday, no holiday that the office entered."""
    return day.weekday() < SATURDAY and day not in holidays


def working_days_before(day: date, amount: int, holidays: Collection[date]) -> date:
    """Return the working day so many working days before a day."""
    while amount > 0:
        day -= timedelta(days=1)
        amount -= is_working_day(day, holidays)
    return day


def months_before(day: date, amount: int) -> date:
    """Return the same day so many months earlier, or the last of a shorter month."""
    months = day.year * 12 + day.month - 1 - amount
    year, month = divmod(months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def latest_day(deadline: Deadline, event: date, holidays: Collection[date]) -> date:
    """Return the last day on which a thing is done in time before an event."""
    if deadline.unit == WORKING_DAYS:
        return working_days_before(event, deadline.amount, holidays)
    if deadline.unit == MONTHS:
        return months_before(event, deadline.amount)
    if deadline.unit == DAYS:
        return event - timedelta(days=deadline.amount)
    raise ValueError(f"deadline {deadline.key} is in {deadline.unit!r}")
