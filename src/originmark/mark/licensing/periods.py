"""Months, as rules of use count them: pure."""

from calendar import monthrange
from datetime import date, timedelta


def months_later(day: date, months: int) -> date:
    """Return the same day so many months later, or the last day of a shorter month.

    >>> months_later(date(2026, 1, 31), 1)
    datetime.date(2026, 2, 28)
    """
    count = day.year * 12 + day.month - 1 + months
    year, month = divmod(count, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def last_day(first: date, months: int) -> date:
    """Return the last day of a term that begins on ``first``; both count.

    >>> last_day(date(2026, 3, 15), 36)
    datetime.date(2029, 3, 14)
    """
    return months_later(first, months) - timedelta(days=1)
