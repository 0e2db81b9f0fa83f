"""The only reader of the clock."""

from datetime import UTC, datetime


def now() -> datetime:
    """Return the present moment as an aware time in UTC."""
    return datetime.now(UTC)  # noqa: TID251 (this is the one place)
