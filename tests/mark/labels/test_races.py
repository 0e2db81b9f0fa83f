"""Two runs for one lot at the same moment: only on PostgreSQL is there such a thing.

On SQLite writers queue (``transaction_mode=IMMEDIATE``), so the race cannot happen.
"""

import threading
from contextlib import suppress
from typing import Any

import pytest
from builders.labels import Labelled, a_labelled_lot
from django.db import connection, connections
from django.db.models import QuerySet

from originmark.frame.web.refusals import RuleViolation
from originmark.mark.labels import facts, selectors, services
from originmark.mark.labels.models import LabelRun, LotLabels

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif("sqlite" in connection.vendor, reason="writers queue on SQLite"),
]


def race(ready: Labelled, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Issue 60 labels twice for a lot of 100 packs; both look at the balance before either writes.

    With the lock one thread waits for the other, so the meeting point is left after a while.
    """
    meeting, seen, outcomes = threading.Barrier(2), facts.gather, []

    def gather_and_wait(*args: Any, **more: Any) -> facts.Gathered:
        found = seen(*args, **more)
        with suppress(threading.BrokenBarrierError):
            meeting.wait(timeout=1)
        return found

    def issue() -> None:
        try:
            ready.issue(60)
            outcomes.append("issued")
        except RuleViolation as refusal:
            outcomes.append(refusal.code)
        finally:
            connections.close_all()

    monkeypatch.setattr(services.facts, "gather", gather_and_wait)
    LotLabels.objects.create(lot_id=ready.lot.pk)
    threads = [threading.Thread(target=issue) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(outcomes)


def test_two_runs_at_once_never_exceed_the_packs(monkeypatch: pytest.MonkeyPatch) -> None:
    ready = a_labelled_lot(packs=100)
    assert race(ready, monkeypatch) == ["issued", "labels-refused"]
    assert selectors.labels_left(ready.lot.code).left == 40
    assert LabelRun.objects.count() == 1


def test_the_guard_alone_holds_where_the_lock_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    ready = a_labelled_lot(packs=100)
    monkeypatch.setattr(QuerySet, "select_for_update", lambda self, **_: self)
    assert race(ready, monkeypatch) == ["issued", "labels-refused"]
    assert selectors.labels_left(ready.lot.code).left == 40


def test_without_lock_and_guard_the_race_happens(monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: if this fails, the tests above prove nothing."""
    ready = a_labelled_lot(packs=100)
    numbers = iter(range(8))

    def unlocked(lot_id: int) -> LotLabels:
        balance = LotLabels.objects.get(lot_id=lot_id)
        balance.runs = next(numbers)
        return balance

    monkeypatch.setattr(services, "_locked_balance", unlocked)
    monkeypatch.setattr(services, "_take", lambda *_: None)
    assert race(ready, monkeypatch) == ["issued", "issued"]
    assert sum(LabelRun.objects.values_list("count", flat=True)) == 120
