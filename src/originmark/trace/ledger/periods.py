"""Periods that a list of events can be narrowed to."""

from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

PERIODS = [
    ("1", _("the last day")),
    ("7", _("the last week")),
    ("31", _("the last month")),
    ("366", _("the last year")),
]


def since(period: str, *, now: datetime) -> datetime:
    """Return when a period began; ``period`` is one of PERIODS, in days."""
    return now - timedelta(days=int(period))
