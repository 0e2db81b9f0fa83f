"""Scans on their way into the database: none is lost while it is away, and the list is bounded."""

import threading
from collections.abc import Sequence
from datetime import UTC, datetime

import pytest
from builders.labels import NOON, a_label_run
from django.db import OperationalError

from originmark.mark.labels import selectors as labels
from originmark.mark.labels.models import Scan
from originmark.mark.labels.services import ScanSeen, enter_waiting, hand_in
from originmark.mark.passport import logbook, services
from originmark.mark.passport.logbook import (
    DOORBOOK,
    HANDED_IN,
    LOGBOOK,
    LOST_BOOK,
    Logbook,
    LostScan,
)

pytestmark = pytest.mark.django_db


def a_scan(index: int) -> ScanSeen:
    at = datetime(2026, 10, 15, 12, 0, index % 60, tzinfo=UTC)
    return ScanSeen("R-1", index, at, f"viewer {index}", "genuine-first")


class Shelf:
    """A database that can go away."""

    def __init__(self) -> None:
        self.is_away = False
        self.rows: list[ScanSeen] = []
        self.came = threading.Event()

    def write(self, batch: Sequence[ScanSeen]) -> None:
        if self.is_away:
            raise OperationalError("server closed the connection unexpectedly")
        self.rows += batch
        self.came.set()


def test_what_waits_while_the_database_is_away_is_written_in_order_afterwards() -> None:
    shelf = Shelf()
    book = Logbook(shelf.write)
    book.add(a_scan(0))
    shelf.is_away = True
    assert book.flush() is False
    book.add(a_scan(1))
    assert book.flush() is False
    assert [each.index for each in book.waiting] == [0, 1]

    shelf.is_away = False
    assert book.flush() is True
    assert [each.index for each in shelf.rows] == [0, 1]
    assert book.waiting == []


def test_past_its_bound_the_oldest_make_room_and_are_counted() -> None:
    book = Logbook(Shelf().write, most=3)
    for index in range(5):
        book.add(a_scan(index))
    assert [each.index for each in book.waiting] == [2, 3, 4]
    assert book.dropped == 2


def test_an_open_book_writes_by_itself_and_the_rest_when_it_closes() -> None:
    shelf = Shelf()
    book = Logbook(shelf.write)
    book.open()
    book.open()
    book.add(a_scan(0))
    assert shelf.came.wait(timeout=30)
    book.add(a_scan(1))
    book.close()
    assert [each.index for each in shelf.rows] == [0, 1]
    assert book.is_open is False


def test_a_scan_on_its_way_counts_as_one_that_is_written() -> None:
    run = a_label_run(3)
    LOGBOOK.add(ScanSeen(run.number, 1, NOON, "first", "genuine-first"))
    DOORBOOK.add((run.number, 1, NOON, "192.0.2.1", "a browser", "genuine-first"))
    hand_in([ScanSeen(run.number, 1, NOON, "elsewhere", "genuine-first")])

    def others() -> int:
        return services.sightings_of(run.number, 1).others("me")

    assert others() == 3
    assert LOGBOOK.flush() is True
    assert DOORBOOK.flush() is True
    assert others() == 3
    enter_waiting()
    assert others() == 3
    assert set(Scan.objects.values_list("viewer", flat=True)) == {
        "first", "elsewhere", services.viewer_of("192.0.2.1", "a browser", now=NOON),
    }  # fmt: skip


def test_a_server_keeps_of_what_it_handed_in_only_what_waits() -> None:
    for index in range(3):
        HANDED_IN.hand_in([a_scan(index)])
    assert len(HANDED_IN._scans) == 3
    enter_waiting()
    HANDED_IN.hand_in([a_scan(3)])
    assert list(HANDED_IN._scans.values()) == [[a_scan(3)]]


def test_a_scan_that_only_its_tag_answered_finds_its_run_afterwards() -> None:
    run = a_label_run(3)
    said = labels.opened(labels.serial_of(run, 2))
    assert said is not None
    LOST_BOOK.add(LostScan(said, NOON, "me"))
    assert LOST_BOOK.flush() is True
    enter_waiting()
    scan = Scan.objects.get()
    assert (scan.run_number, scan.index, scan.verdict) == (run.number, 2, logbook.UNANSWERED)
