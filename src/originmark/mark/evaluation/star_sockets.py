"""What follows from the decision on an appeal: whoever keeps dossiers plugs in here."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from originmark.origin.parties.access import Actor

Reopen = Callable[..., Any]
_reopens: list[Reopen] = []


def register_reopen(listener: Reopen) -> None:
    """Call ``listener(dossier_number, by=, now=)`` when an appeal orders a new scoring.

    It runs in the transaction of the decision: what it refuses, undoes the decision.
    """
    if listener not in _reopens:
        _reopens.append(listener)


def reopen(dossier_number: str, *, by: Actor, now: datetime) -> None:
    """Tell everybody that a dossier is to be scored again."""
    for listener in _reopens:
        listener(dossier_number, by=by, now=now)
