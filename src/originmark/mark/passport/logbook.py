"""Scans on their way into the database: nobody who scans waits for a write.

A scan is put on a list, and a thread hands the list in twice a second, as one row; the worker
enters it. While the database is away the list waits, and past its bound the oldest scans are let
go and counted. What a crash can lose is what was scanned since the last write.
"""

import secrets
import threading
from collections import deque
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Final, Generic, NamedTuple, TypeVar

import structlog
from django.db import DatabaseError, DataError, IntegrityError, close_old_connections

from originmark.frame.web import clock
from originmark.mark.labels import selectors
from originmark.mark.labels import services as labels
from originmark.mark.labels.selectors import Opened, batch_facts
from originmark.mark.labels.services import ForgedSeen, ScanSeen
from originmark.mark.passport.viewers import viewer_of

EVERY_S: Final = 0.5
AT_ONCE: Final = 5000  # scans in one transaction, and how many end the wait for the next one
UNANSWERED: Final = "unanswered"  # in the place of a verdict
MOST_WAITING: Final = 200_000  # some 60 MB

log = structlog.get_logger(__name__)
Seen = TypeVar("Seen")


class LostScan(NamedTuple):
    """A scan of a serial with a good tag, made while nobody could say which run it belongs to."""

    said: Opened
    at: datetime
    viewer: str


class Logbook(Generic[Seen]):
    """Takes scans at once and writes them soon, from ``open`` to ``close``."""

    def __init__(
        self, write: Callable[[Sequence[Seen]], object], *, most: int = MOST_WAITING
    ) -> None:
        self.dropped = 0
        self._write, self._most = write, most
        self._waiting: deque[Seen] = deque()
        self._in_hand: list[Seen] = []
        self._wake = threading.Event()
        self._closing = threading.Event()
        self._thread: threading.Thread | None = None

    @property
    def is_open(self) -> bool:
        """Return whether somebody writes down what is added."""
        return self._thread is not None

    def open(self) -> None:
        """Begin to write; doing it twice is no harm."""
        if self._thread is None:
            self._closing.clear()
            self._thread = threading.Thread(target=self._keep, name="logbook", daemon=True)
            self._thread.start()

    def close(self) -> None:
        """Write what still waits, and end."""
        thread, self._thread = self._thread, None
        if thread is not None:
            self._closing.set()
            self._wake.set()
            thread.join()

    def add(self, scan: Seen) -> None:
        """Take a scan; past the bound the oldest makes room."""
        waiting = self._waiting
        waiting.append(scan)
        if len(waiting) == AT_ONCE:
            self._wake.set()
        elif len(waiting) > self._most:
            waiting.popleft()
            self.dropped += 1

    @property
    def waiting(self) -> list[Seen]:
        """What is not in the database yet, the oldest first."""
        return [*self._in_hand, *self._waiting.copy()]

    def flush(self) -> bool:
        """Write what waits; return whether the database took it."""
        try:
            while batch := self._next():
                self._write(batch)
                self._in_hand = []
        except (DataError, IntegrityError):
            log.exception("scans not written: the database refuses them", scans=len(self._in_hand))
            self._in_hand = []
        except DatabaseError as error:
            lost, self.dropped = self.dropped, 0
            log.warning(
                "scans wait: the database is away",
                waiting=len(self._waiting) + len(self._in_hand), dropped=lost, why=str(error),
            )  # fmt: skip
            return False
        return True

    def _next(self) -> list[Seen]:
        """Take the next scans in hand; those of a write that failed come first."""
        if not self._in_hand:
            count = min(len(self._waiting), AT_ONCE)
            self._in_hand = [self._waiting.popleft() for _ in range(count)]
        return self._in_hand

    def _keep(self) -> None:
        while not self._closing.is_set():
            self._wake.wait(EVERY_S)
            self._wake.clear()
            if not self._flushed():
                self._closing.wait(2 * EVERY_S)
        self._flushed()

    def _flushed(self) -> bool:
        """Write what waits, in the book's own thread, and keep no connection that is broken."""
        try:
            return self.flush()
        finally:
            close_old_connections()


class HandedIn:
    """Scans that servers handed in and that are not entered yet, kept so as not to read them."""

    def __init__(self) -> None:
        self._scans: dict[int, Sequence[ScanSeen]] = {}

    def hand_in(self, seen: Sequence[ScanSeen], *, door: str = "") -> None:
        """Hand scans in, as the last thing that can fail. Three queries.

        ``door`` is as in ``labels.hand_in``.
        """
        labels.help_if_late(clock.now())
        self._drop_entered(selectors.waiting_batches())
        self._scans[labels.hand_in(seen, door=door)] = seen

    def waiting(self) -> list[ScanSeen]:
        """Return all that is not entered, whoever handed it in, the oldest batch first.

        One query, and one more where another server handed something in.
        """
        there = selectors.waiting_batches()
        self._drop_entered(there)
        if unread := there - self._scans.keys():
            self._scans |= dict(selectors.scans_of(unread))
        return [each for number in sorted(there) for each in self._scans.get(number, ())]

    def _drop_entered(self, waiting: set[int]) -> None:
        for entered in self._scans.keys() - waiting:
            self._scans.pop(entered, None)


Passing = tuple[str, int, datetime, str, str, str]
"""A scan as the door sees it pass: run, label, when, address, browser, verdict. It is made for
each scan, so it is a plain tuple, and the viewer is worked out when it is handed in; nothing but
the server's memory ever holds the address."""


def as_seen(passing: Passing) -> ScanSeen:
    """Return a scan that passed the door as it is handed in."""
    run_number, index, at, address, browser, verdict = passing
    return ScanSeen(run_number, index, at, viewer_of(address, browser, now=at), verdict)


def _hand_in_of_door(passing: Sequence[Passing]) -> None:
    HANDED_IN.hand_in([as_seen(each) for each in passing], door=DOOR)


def _hand_in_lost(lost: Sequence[LostScan]) -> None:
    """Hand in scans that only their tag answered, now that their runs can be asked for."""
    runs = {said: batch_facts(said) for said in {each.said._replace(index=0) for each in lost}}
    HANDED_IN.hand_in(
        [
            ScanSeen(run.run_number, each.said.index, each.at, each.viewer, UNANSWERED)
            for each in lost
            if (run := runs[each.said._replace(index=0)])
        ]
    )


DOOR: Final = secrets.token_hex(16)  # of this process
HANDED_IN: Final = HandedIn()
LOGBOOK: Final[Logbook[ScanSeen]] = Logbook(HANDED_IN.hand_in)
DOORBOOK: Final[Logbook[Passing]] = Logbook(_hand_in_of_door)
FORGED_BOOK: Final[Logbook[ForgedSeen]] = Logbook(labels.record_forged)
LOST_BOOK: Final[Logbook[LostScan]] = Logbook(_hand_in_lost)
BOOKS: Final = (LOGBOOK, DOORBOOK, FORGED_BOOK, LOST_BOOK)


def on_their_way(run_number: str, index: int | None = None) -> list[ScanSeen]:
    """Return the scans of a run, or of one label of it, that are not entered yet.

    Two queries at most. What is handed in meanwhile is in two places for a moment, so the books
    are looked at first.
    """
    passing = [as_seen(each) for each in DOORBOOK.waiting if _is_of(each, run_number, index)]
    written = [each for each in LOGBOOK.waiting if _is_of(each, run_number, index)]
    handed_in = [each for each in HANDED_IN.waiting() if _is_of(each, run_number, index)]
    return list(dict.fromkeys([*handed_in, *written, *passing]))


def _is_of(scan: ScanSeen | Passing, run_number: str, index: int | None) -> bool:
    return scan[0] == run_number and index in (None, scan[1])
