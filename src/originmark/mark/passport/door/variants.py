"""What a page says of earlier scans, and whether a page of Django's is about what was asked."""

from datetime import date, datetime, timedelta
from typing import Final, NamedTuple

from django.utils.timezone import localdate, localtime

from originmark.mark.labels.selectors import LabelSightings
from originmark.mark.passport.door.known import Run, state_of
from originmark.mark.passport.rules import Verdict
from originmark.mark.passport.services import Look

# These win over a doubt about copies (see Verdict): their pages do not tell of one.
SILENT: Final = frozenset(
    {
        Verdict.RECALLED, Verdict.WITHDRAWN, Verdict.SPOILED, Verdict.NOT_ACTIVATED,
    }
)  # fmt: skip


class Variant(NamedTuple):
    """What a page says of earlier scans of its label."""

    others: int
    first_day: date | None
    looks_copied: bool


NOBODY: Final = Variant(0, None, looks_copied=False)


def variant(seen: LabelSightings, viewer: str, now: datetime) -> Variant:
    """Return what a page says to a viewer of the scans before."""
    return Variant(seen.others(viewer), _day(seen.first_other_at(viewer)),
                   looks_copied=seen.looks_copied(viewer, now))  # fmt: skip


def is_about(look: Look, asked: Variant, *, run: Run | None, index: int) -> bool:
    """Return whether what Django found is what was asked about: it may have changed meanwhile."""
    label = look.label
    if label is None or run is None:
        return label is None and run is None and look.verdict == Verdict.UNKNOWN
    is_same_label = (label.run_number, label.index) == (run.number, index)
    found = (look.others, _day(look.first_seen_at))
    is_copied = asked.looks_copied if look.verdict in SILENT else look.verdict == Verdict.COPIED
    return (
        is_same_label
        and state_of(label) == run.shown_of(index).state
        and (*found, is_copied) == asked
        and look.verdict != Verdict.MISPLACED
    )


def seconds_left(now: datetime) -> float:
    """Return how long the day still lasts where the programme is."""
    local = localtime(now)
    midnight = local.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
    return (midnight - local).total_seconds()


def _day(at: datetime | None) -> date | None:
    return localdate(at) if at else None
