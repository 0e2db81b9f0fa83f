"""Scans that servers hand in are entered once each, by whom it may be."""

from datetime import timedelta

import pytest
from builders.labels import NOON
from builders.races import at_once, meet
from django.db import connection

from originmark.frame.web import clock
from originmark.mark.labels import selectors as labels
from originmark.mark.labels.models import LabelSeen, Scan, ScanBatch
from originmark.mark.labels.services import (
    ScanSeen,
    enter_waiting,
    hand_in,
    help_if_late,
    record_at_once,
)
from originmark.mark.labels.watch import batches

pytestmark = pytest.mark.django_db


def a_scan(index: int = 0, verdict: str = "genuine-first") -> ScanSeen:
    return ScanSeen("R", index, NOON + timedelta(microseconds=index), "me", verdict)


def counted() -> int:
    return sum(LabelSeen.objects.values_list("scans", flat=True))


def test_what_is_handed_in_is_read_as_it_was() -> None:
    scans = [a_scan(1), ScanSeen("R", 2, NOON, "you", "genuine-seen", 37.87, 112.55)]
    number = hand_in(scans, door="here")
    assert dict(labels.scans_of([number])) == {number: scans}
    assert labels.batches() == [(number, "here")]
    assert labels.waiting_batches() == {number}


def test_what_is_handed_in_is_entered_once_in_its_order() -> None:
    hand_in([a_scan(1), a_scan(2)])
    hand_in([a_scan(3)])
    enter_waiting()
    enter_waiting()
    assert list(Scan.objects.order_by("pk").values_list("index", flat=True)) == [1, 2, 3]
    assert counted() == 3
    assert labels.waiting_batches() == set()


def test_a_batch_that_the_database_refuses_holds_up_no_other() -> None:
    hand_in([a_scan(1), a_scan(-1)])
    hand_in([a_scan(2)])
    enter_waiting()
    assert list(Scan.objects.values_list("index", flat=True)) == [2]
    assert labels.waiting_batches() == set()


def test_batches_go_when_all_have_heard_of_them_but_for_the_newest(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    first, newest = hand_in([a_scan(1)]), hand_in([a_scan(2)])
    enter_waiting()
    assert [number for number, _door in labels.batches()] == [first, newest]
    later = clock.now() + timedelta(hours=1)
    monkeypatch.setattr(clock, "now", lambda: later)
    enter_waiting()
    assert [number for number, _door in labels.batches()] == [newest]
    waiting = hand_in([a_scan(3)])
    assert labels.waiting_batches() == {waiting}


def test_without_a_worker_a_server_enters_what_waits_for_long() -> None:
    hand_in([a_scan(1)])
    help_if_late(clock.now() + timedelta(seconds=29))
    assert counted() == 0
    help_if_late(clock.now() + timedelta(seconds=31))
    assert counted() == 1
    help_if_late(clock.now() + timedelta(seconds=31))


def test_a_server_helps_with_very_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batches, "MOST_WAITING", 2)
    hand_in([a_scan(1), a_scan(2)])
    help_if_late(clock.now())
    assert counted() == 0
    hand_in([a_scan(3)])
    help_if_late(clock.now())
    assert counted() == 2


def test_a_scan_recorded_at_once_is_one_to_hear_of() -> None:
    (scan_id,) = record_at_once([a_scan(4)])
    assert Scan.objects.get().pk == scan_id
    assert labels.waiting_batches() == set()
    ((number, door),) = labels.batches()
    assert (door, dict(labels.scans_of([number]))) == ("", {number: [a_scan(4)]})


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("sqlite" in connection.vendor, reason="writers queue on SQLite")
class TestTwoWorkers:
    """Two workers that enter the one batch at the same moment."""

    def both(self, monkeypatch: pytest.MonkeyPatch) -> int:
        hand_in([a_scan(1)])
        meet(monkeypatch, batches, "_read")
        at_once(batches.enter_next, batches.enter_next)
        return counted()

    def test_it_counts_once(self, monkeypatch: pytest.MonkeyPatch) -> None:
        assert self.both(monkeypatch) == 1

    def test_without_the_lock_it_counts_twice(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """The control: if this fails, the test above proves nothing."""
        rows = type(ScanBatch.objects.all())
        monkeypatch.setattr(rows, "select_for_update", lambda self, **_: self)
        assert self.both(monkeypatch) == 2
