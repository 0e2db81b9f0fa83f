"""Scans on their way into the database: nobody who scans waits for a write.

A scan is put on a list, and a thread writes the list down twice a second, in one transaction.
While the database is away the list waits, and past its bound the oldest scans are let go and
counted. What a crash can lose is what was scanned since the last write.
"""

import threading
from collections import deque
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Final, Generic, NamedTuple, TypeVar

import structlog
from django.db import DatabaseError, DataError, IntegrityError, close_old_connections

from originmark.mark.labels import services as labels
from originmark.mark.labels.selectors import Opened, batch_facts
from originmark.mark.labels.services import ForgedSeen, ScanSeen

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


def _record_lost(lost: Sequence[LostScan]) -> None:
    """Write down scans that only their tag answered, now that their runs can be asked for."""
    runs = {said: batch_facts(said) for said in {each.said._replace(index=0) for each in lost}}
    labels.record_scans(
        [
            ScanSeen(run.run_number, each.said.index, each.at, each.viewer, UNANSWERED)
            for each in lost
            if (run := runs[each.said._replace(index=0)])
        ]
    )


LOGBOOK: Final[Logbook[ScanSeen]] = Logbook(labels.record_scans)
FORGED_BOOK: Final[Logbook[ForgedSeen]] = Logbook(labels.record_forged)
LOST_BOOK: Final[Logbook[LostScan]] = Logbook(_record_lost)
BOOKS: Final = (LOGBOOK, FORGED_BOOK, LOST_BOOK)


def on_their_way(run_number: str, index: int) -> list[ScanSeen]:
    """Return the scans of a label that are not in the database yet, the oldest first."""
    waiting = LOGBOOK.waiting
    return [each for each in waiting if each.index == index and each.run_number == run_number]
