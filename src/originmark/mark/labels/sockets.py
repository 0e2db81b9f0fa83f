"""Where rooms above plug in: what is asked before labels are issued, and who saw them."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime

from originmark.frame.web.refusals import RuleViolation
from originmark.mark.labels.rules import ReleaseFact
from originmark.mark.labels.watch.rules import LabelKey, Suspect

Release = Callable[[str, date], RuleViolation | None]
ScanSource = Callable[[Mapping[LabelKey, datetime], datetime], Iterator[Suspect]]

_releases: list[Release] = []
_scan_sources: list[ScanSource] = []


def register_release(check: Release) -> None:
    """Let ``check(lot_code, on)`` say why quality control has not released a lot, None if it has.

    Called from ``apps.py``. Without any check, release is no condition of law 3.
    """
    if check not in _releases:
        _releases.append(check)


def release(lot_code: str, on: date) -> ReleaseFact | None:
    """Return what quality control says of a lot; None where nobody was asked."""
    if not _releases:
        return None
    told = (check(lot_code, on) for check in _releases)
    return ReleaseFact(next((refusal for refusal in told if refusal), None))


def register_scan_source(find: ScanSource) -> None:
    """Let ``find(cleared, now)`` yield labels whose scans look copied.

    ``cleared`` says until when a label's scans were judged: those up to then do not count again.
    """
    if find not in _scan_sources:
        _scan_sources.append(find)


def suspects(cleared: Mapping[LabelKey, datetime], now: datetime) -> Iterator[Suspect]:
    """Yield what every source suspects."""
    for find in _scan_sources:
        yield from find(cleared, now)
