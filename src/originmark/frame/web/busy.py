"""Whether the database is in other hands for longer than we wait: SQLite has one writer."""

from django.db import OperationalError

TRY_AGAIN_S = 60


def is_busy(error: BaseException) -> bool:
    """Return whether an error says that somebody else kept SQLite's one lock for too long."""
    return isinstance(error, OperationalError) and "is locked" in str(error)
