"""What became of the labels of a run, as spans that cover it without a gap or an overlap.

Labels count from 0 inside and from 1 for people. The life of a label:

    issued ──> activated ──> withdrawn
       │           └───────> spoiled
       ├──> spoiled      (never went to market: its place in the balance returns)
       ├──> withdrawn    (called back: its place does not return)
       └──> returned ──> destroyed   (void; its place returns once it is proved destroyed)
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from originmark.frame.web.refusals import gettext_noop
from originmark.mark.labels.refusals import NotInRun, WrongState

ISSUED, ACTIVATED, SPOILED, WITHDRAWN = "issued", "activated", "spoiled", "withdrawn"
RETURNED, DESTROYED = "returned", "destroyed"
STATES: Final = (ISSUED, ACTIVATED, SPOILED, WITHDRAWN, RETURNED, DESTROYED)
COUNTED: Final = STATES[1:]  # a run counts its labels in each of them; the rest is merely issued
STATE_NAMES: Final = {
    ISSUED: gettext_noop("issued"),
    ACTIVATED: gettext_noop("activated"),
    SPOILED: gettext_noop("spoiled"),
    WITHDRAWN: gettext_noop("withdrawn"),
    RETURNED: gettext_noop("returned"),
    DESTROYED: gettext_noop("destroyed"),
}
GIVEN_BACK: Final = (SPOILED, DESTROYED)  # never on a pack, and never again
_FROM: Final = {
    ACTIVATED: {ISSUED},
    SPOILED: {ISSUED, ACTIVATED},
    WITHDRAWN: {ISSUED, ACTIVATED},
    RETURNED: {ISSUED},
    DESTROYED: {RETURNED},
}


@dataclass(frozen=True, slots=True)
class Span:
    """Labels ``first`` to ``last`` of a run, both included, in one state."""

    first: int
    last: int
    state: str
    reason: str = ""
    since: datetime | None = None

    @property
    def count(self) -> int:
        """Return how many labels it has."""
        return self.last - self.first + 1

    def __str__(self) -> str:
        return str(self.first + 1) if self.count == 1 else f"{self.first + 1}–{self.last + 1}"


def whole(count: int, since: datetime | None = None) -> list[Span]:
    """Return the spans of a fresh run."""
    return [Span(0, count - 1, ISSUED, since=since)]


def paint(run: str, spans: Sequence[Span], change: Span) -> list[Span]:
    """Return the spans after a change; labels that are in the asked state already stay as they are.

    >>> [str(span) for span in paint("R", whole(10), Span(2, 4, SPOILED))]
    ['1–2', '3–5', '6–10']

    Raises NotInRun for a range beyond the run, WrongState when a label in it cannot become that.
    """
    count = spans[-1].last + 1
    if not 0 <= change.first <= change.last < count:
        raise NotInRun(run, count, change.first + 1, change.last + 1)
    stuck = [
        each for each in _inside(spans, change)
        if each.state not in _FROM[change.state] and each.state != change.state
    ]  # fmt: skip
    if stuck:
        names = STATE_NAMES[stuck[0].state], STATE_NAMES[change.state]
        raise WrongState(run, tuple(map(str, stuck)), *names)
    return _merged(
        sorted([*_outside(spans, change), *_changed(spans, change)], key=lambda each: each.first)
    )


def paint_rest(spans: Sequence[Span], state: str, since: datetime | None = None) -> list[Span]:
    """Return the spans after all labels that are still merely issued go into a state.

    >>> [str(span) for span in paint_rest(paint("R", whole(9), Span(0, 3, SPOILED)), ACTIVATED)]
    ['1–4', '5–9']
    """
    return _merged(
        [
            replace(each, state=state, since=since) if each.state == ISSUED else each
            for each in spans
        ]
    )


def counts(spans: Sequence[Span]) -> dict[str, int]:
    """Return how many labels are in each state."""
    return {state: sum(each.count for each in spans if each.state == state) for state in STATES}


def in_force(spans: Sequence[Span]) -> int:
    """Return how many labels count against the packs of the lot: all but those given back."""
    return sum(each.count for each in spans if each.state not in GIVEN_BACK)


def part(spans: Sequence[Span], first: int, last: int) -> list[Span]:
    """Return the spans of labels ``first`` to ``last``.

    >>> [str(span) for span in part(paint("R", whole(9), Span(0, 3, SPOILED)), 2, 5)]
    ['3–4', '5–6']
    """
    return list(_inside(spans, Span(first, last, ISSUED)))


def activated(withdrawn: Span, activations: Iterable[Span]) -> Iterator[Span]:
    """Yield what had been activated of a withdrawn span; ``activations`` are oldest first.

    >>> run = [Span(0, 5, ACTIVATED), Span(4, 9, ACTIVATED)]
    >>> [str(span) for span in activated(Span(2, 20, WITHDRAWN), run)]
    ['3–6', '7–10']
    """
    rest = [withdrawn]
    for each in activations:
        if each.since and withdrawn.since and each.since > withdrawn.since:
            return  # of what was merely issued then; this was none of it
        for span in rest:
            yield from (replace(part, since=each.since) for part in _inside([span], each))
        rest = list(_outside(rest, each))


def at(spans: Sequence[Span], index: int) -> Span | None:
    """Return the span that holds a label, or None beyond the run."""
    return next((each for each in spans if each.first <= index <= each.last), None)


def _inside(spans: Sequence[Span], change: Span) -> Iterator[Span]:
    for each in spans:
        first, last = max(each.first, change.first), min(each.last, change.last)
        if first <= last:
            yield replace(each, first=first, last=last)


def _outside(spans: Sequence[Span], change: Span) -> Iterator[Span]:
    for each in spans:
        if each.first < change.first:
            yield replace(each, last=min(each.last, change.first - 1))
        if each.last > change.last:
            yield replace(each, first=max(each.first, change.last + 1))


def _changed(spans: Sequence[Span], change: Span) -> Iterator[Span]:
    for each in _inside(spans, change):
        if each.state == change.state:
            yield each
        else:
            yield replace(each, state=change.state, reason=change.reason, since=change.since)


def _merged(spans: Sequence[Span]) -> list[Span]:
    merged: list[Span] = []
    for each in spans:
        before = merged[-1] if merged else None
        if before and replace(before, last=each.last) == replace(each, first=before.first):
            merged[-1] = replace(before, last=each.last)
        else:
            merged.append(each)
    return merged
