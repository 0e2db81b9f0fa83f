"""The only reader of the clock."""

from datetime import UTC, date, datetime

from django.utils import timezone


def now() -> datetime:
    """Return the present moment as an aware time in UTC."""
    return datetime.now(UTC)  # noqa: TID251 (this is the one place)


def today() -> date:
    """Return the day that it is in this installation's time zone."""
    return timezone.localdate(now())
