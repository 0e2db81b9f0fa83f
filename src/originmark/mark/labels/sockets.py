"""Where rooms above plug in: what is asked before labels are issued."""

from collections.abc import Callable
from datetime import date, datetime

from originmark.frame.web.refusals import RuleViolation
from originmark.mark.labels.models import LabelRun
from originmark.mark.labels.rules import ReleaseFact

Release = Callable[[str, date], RuleViolation | None]

_releases: list[Release] = []


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


VoidListener = Callable[[LabelRun, int, int, datetime], None]
_void_listeners: list[VoidListener] = []


def register_void(listener: VoidListener) -> None:
    """Call ``listener(run, first, last, now)`` when labels from first to last count no more.

    They were spoiled, withdrawn, returned or destroyed. It acts in the same transaction:
    whatever it raises undoes both.
    """
    if listener not in _void_listeners:
        _void_listeners.append(listener)


def tell_void(run: LabelRun, first: int, last: int, now: datetime) -> None:
    """Tell every listener."""
    for listener in _void_listeners:
        listener(run, first, last, now)
