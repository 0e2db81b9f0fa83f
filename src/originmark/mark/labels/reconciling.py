"""Reconcile a roll: what the records say of its labels against what somebody counted."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from originmark.frame.web.refusals import gettext_noop
from originmark.mark.labels import spans

USED, SPOILED, LEFT = "used", "spoiled", "left"
NAMES: Final = {
    USED: gettext_noop("Used"),
    SPOILED: gettext_noop("Spoiled"),
    LEFT: gettext_noop("Left on the roll"),
}
_STATES: Final = {
    USED: (spans.ACTIVATED, spans.WITHDRAWN),
    SPOILED: (spans.SPOILED,),
    LEFT: (spans.ISSUED,),
}
_SENT_BACK: Final = (spans.RETURNED, spans.DESTROYED)


@dataclass(frozen=True, slots=True)
class Counted:
    """What somebody counted on a roll, since it was cut."""

    used: int
    spoiled: int
    left: int


@dataclass(frozen=True, slots=True)
class Line:
    """One kind of labels: in the records, on the roll, and the difference (counted − recorded)."""

    key: str
    recorded: int
    counted: int | None

    @property
    def name(self) -> str:
        """Return what the labels are, in English."""
        return NAMES[self.key]

    @property
    def difference(self) -> int:
        """Return how many more were counted than are on record; 0 before a count."""
        return 0 if self.counted is None else self.counted - self.recorded


@dataclass(frozen=True, slots=True)
class Reconciled:
    """A roll, line by line: issued = used + spoiled + left + sent back, or labels are missing."""

    count: int
    sent_back: int
    lines: tuple[Line, ...]

    @property
    def missing(self) -> int:
        """Return how many labels nobody can account for; below zero: more than there can be."""
        counted = [each.counted for each in self.lines if each.counted is not None]
        return self.count - self.sent_back - sum(counted) if counted else 0

    @property
    def agrees(self) -> bool:
        """Return whether records and count say the same."""
        return not self.missing and not any(each.difference for each in self.lines)


def reconcile(recorded: Mapping[str, int], counted: Counted | None) -> Reconciled:
    """Return the records of a roll (labels by state) beside what was counted.

    >>> found = reconcile({"activated": 480, "spoiled": 10, "issued": 510}, Counted(485, 10, 500))
    >>> [line.difference for line in found.lines], found.missing, found.agrees
    ([5, 0, -10], 5, False)
    """
    lines = tuple(
        Line(
            key,
            sum(recorded.get(state, 0) for state in states),
            getattr(counted, key) if counted else None,
        )
        for key, states in _STATES.items()
    )
    sent_back = sum(recorded.get(state, 0) for state in _SENT_BACK)
    return Reconciled(sum(recorded.values()), sent_back, lines)
