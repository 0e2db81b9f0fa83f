"""What the door knows of runs of labels and of scans, and how it hears of changes.

All of it is read from the database, is old after a few seconds, and is no more believed once it
is past ``good_until`` (monotonic seconds). Nothing here decides anything.
"""

from bisect import bisect_right
from collections.abc import Hashable
from dataclasses import dataclass, field
from itertools import chain
from typing import Final

from originmark.mark.labels import selectors as labels
from originmark.mark.labels.selectors import LabelKey, LabelSightings, Sighting
from originmark.mark.passport import services
from originmark.mark.passport.door.molds import Mold
from originmark.mark.passport.logbook import DOOR, Passing, as_seen, on_their_way

MOST_LABELS: Final = 64_000_000  # one byte each
MOST_SIGHTED: Final = 50_000  # labels whose scans are kept in memory
# Who has not listened for longer may have missed batches of scans that are gone again.
LISTENS_S: Final = labels.BATCH_STAYS.total_seconds() / 2
Batch = tuple[int, int]


@dataclass(slots=True)
class Shown:
    """What a page says of a label besides its serial, and the pages that were made of it."""

    state: Hashable
    molds: dict[Hashable, Mold] = field(default_factory=dict)


@dataclass(slots=True)
class Run:
    """A run of labels: which were ever scanned, and what became of each.

    ``spans`` are the first labels of its spans, and what is shown of each span.
    """

    number: str
    head: str
    scanned: bytearray
    spans: tuple[list[int], list[Shown]] = ([], [])
    good_until: float = 0.0

    def shown_of(self, index: int) -> Shown:
        """Return what a page shows of one label."""
        firsts, shown = self.spans
        return shown[bisect_right(firsts, index) - 1]

    def take(self, spans: list[labels.Span], *, good_until: float) -> None:
        """Take in what became of the labels; pages of what stays as it was are kept."""
        kept = {each.state: each for each in self.spans[1]}
        shown = [kept.setdefault(state, Shown(state)) for state in map(state_of, spans)]
        self.spans = ([span.first for span in spans], shown)
        self.good_until = good_until


@dataclass(slots=True)
class Sighted:
    """The scans of a label as they were known a moment ago."""

    seen: LabelSightings
    good_until: float


def state_of(label: labels.Span | labels.SerialFacts) -> Hashable:
    """Return what a page shows of the state of a label; a withdrawn one says why and since when."""
    if label.state == "withdrawn":
        return (label.state, label.reason, label.since)
    return label.state


def head_of(facts: labels.BatchFacts) -> str:
    """Return the path of a run's labels up to the serial."""
    return "/" + facts.url_prefix.split("://", 1)[1].split("/", 1)[1]


def _coming(run_number: str) -> list[int]:
    """Return the labels of a run whose scans are not entered yet."""
    return [each.index for each in on_their_way(run_number)]


class Known:
    """Runs by their batch, the places their addresses begin with, and labels that were scanned."""

    def __init__(self, *, keeps_s: float) -> None:
        self.runs: dict[Batch, Run] = {}
        self.forged: dict[str, Shown] = {}
        self.sighted: dict[LabelKey, Sighted] = {}
        self._keeps_s = keeps_s
        self._heard: set[int] | None = None
        self._heard_at_s = 0.0

    def load(self, said: labels.Opened, *, now_s: float) -> None:
        """Read a run in, if there is one: six queries at most."""
        facts = labels.batch_facts(said)
        if facts is None:
            return
        if self._heard is None:
            self._heard, self._heard_at_s = {number for number, _door in labels.batches()}, now_s
        run = Run(facts.run_number, head_of(facts), bytearray(facts.count))
        spans = labels.spans_of_runs([run.number])[run.number]
        run.take(spans, good_until=now_s + self._keeps_s)
        for index in chain(_coming(run.number), labels.scanned_labels(run.number)):
            run.scanned[index] = 1
        self._make_room(facts.count)
        self.forged.setdefault(run.head, Shown("forged"))
        self.runs[said.batch, said.key_version] = run

    def refresh(self, *, now_s: float) -> None:
        """Hear what became of the labels, and which were scanned elsewhere: three queries."""
        self._drop_old(now_s)
        runs = {run.number: run for run in list(self.runs.values())}
        if not self._hear(runs, now_s):
            self.forget()
            return
        spans = labels.spans_of_runs(runs)
        for number, run in runs.items():
            run.take(spans[number], good_until=now_s + self._keeps_s)

    def forget(self) -> None:
        """Forget all; what happens while the database is away is not heard of."""
        self.runs, self.forged, self.sighted, self._heard = {}, {}, {}, None

    def look_up(self, run: Run, index: int, *, now_s: float) -> None:
        """Read the scans of a label: two queries."""
        seen = services.sightings_of(run.number, index)
        if len(self.sighted) >= MOST_SIGHTED:
            self.sighted.pop(next(iter(self.sighted)), None)
        self.sighted[run.number, index] = Sighted(seen, now_s + self._keeps_s)

    def sighted_of(self, run: Run, index: int, now_s: float) -> LabelSightings | None:
        """Return the scans of a label that was scanned, None where they have to be looked up."""
        sighted = self.sighted.get((run.number, index))
        return sighted.seen if sighted is not None and sighted.good_until > now_s else None

    def note(self, run: Run, passing: Passing) -> None:
        """Remember a scan that was answered here; a first one is looked up if another comes."""
        index = passing[1]
        if not run.scanned[index]:
            run.scanned[index] = 1
        elif sighted := self.sighted.get((run.number, index)):
            scan = as_seen(passing)
            sighted.seen = sighted.seen.plus(Sighting(scan.at, scan.viewer, verdict=scan.verdict))

    def doubt(self, run: Run, index: int) -> None:
        """Forget what is known of a label: it is looked up before it is answered for again."""
        run.scanned[index] = 1
        self.sighted.pop((run.number, index), None)

    def _hear(self, runs: dict[str, Run], now_s: float) -> bool:
        """Doubt what was scanned elsewhere; return False where some of it was missed."""
        there, heard = labels.batches(), self._heard or set()
        is_long_ago = now_s - self._heard_at_s > LISTENS_S
        self._heard, self._heard_at_s = {number for number, _door in there}, now_s
        if is_long_ago and there and heard.isdisjoint(self._heard):
            return False
        unheard = [number for number, door in there if number not in heard and door != DOOR]
        for _number, scans in labels.scans_of(unheard):
            for scan in scans:
                if run := runs.get(scan.run_number):
                    self.doubt(run, scan.index)
        return True

    def _make_room(self, count: int) -> None:
        held = sum(len(run.scanned) for run in self.runs.values())
        while self.runs and held + count > MOST_LABELS:
            held -= len(self.runs.pop(next(iter(self.runs))).scanned)

    def _drop_old(self, now_s: float) -> None:
        every = [shown for run in list(self.runs.values()) for shown in run.spans[1]]
        for shown in [*every, *list(self.forged.values())]:
            for key, mold in list(shown.molds.items()):
                if mold.good_until < now_s:
                    shown.molds.pop(key, None)
