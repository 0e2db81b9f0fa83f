"""Where rooms above plug in: what is asked before labels are issued."""

from collections.abc import Callable
from datetime import date

from originmark.frame.web.refusals import RuleViolation
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
