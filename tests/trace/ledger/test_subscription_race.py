"""Capture and delivery at once: PostgreSQL only, for SQLite lets one writer in at a time.

With the marks as they are, everything is told once, in order. The control marks a subscription
only where it is not marked already, which reads well and loses an event.
"""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from threading import Event as Signal
from threading import Thread
from typing import Any

import pytest
from builders.ledger import an_object_event
from builders.receivers import Receiver, a_receiver
from builders.subscriptions import Silent
from django.conf import LazySettings
from django.db import connection, connections, transaction
from django.db.models import F

from originmark.frame.jobs import services as jobs
from originmark.frame.web import clock
from originmark.origin.parties.access import SYSTEM
from originmark.trace.ledger import services, sockets
from originmark.trace.ledger.models import Event, Subscription
from originmark.trace.ledger.subscriptions import delivering, subscribing, waking

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="needs PostgreSQL"),
    pytest.mark.django_db(transaction=True),
]
NOW = datetime(2026, 10, 1, 8, tzinfo=UTC)
WRITERS, EACH = 3, 8


@pytest.fixture(autouse=True)
def _here(settings: LazySettings) -> None:
    settings.LEDGER_WEBHOOKS_TO_PRIVATE = True
    settings.LEDGER_WEBHOOK_EVENTS = 4


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with a_receiver() as listening:
        body = {"dest": listening.url, "stream": True}
        subscribing.subscribe("SimpleEventQuery", body, by=SYSTEM, now=NOW)
        yield listening


def in_thread(work: Callable[[], object]) -> Thread:
    def run() -> None:
        try:
            work()
        finally:
            connections.close_all()

    thread = Thread(target=run)
    thread.start()
    return thread


def capture(name: str) -> None:
    services.capture([an_object_event(epcList=[f"urn:lot:{name}"])], by=SYSTEM, now=NOW)


@pytest.mark.conforms("S-watermark", "S-stream")
def test_everything_is_told_once_and_in_order_while_others_capture(receiver: Receiver) -> None:
    """Each writer's record time goes backwards, so that a watermark of times would lose most."""

    def write(number: int) -> None:
        for turn in range(EACH):
            event = an_object_event(epcList=[f"urn:lot:{number}-{turn}"])
            services.capture([event], by=SYSTEM, now=NOW - timedelta(seconds=turn))

    def deliver() -> None:
        while not over.is_set():
            delivering.deliver_due({}, Silent())

    over = Signal()
    deliverers = [in_thread(deliver) for _ in range(2)]
    writers = [in_thread(lambda number=number: write(number)) for number in range(WRITERS)]
    for thread in writers:
        thread.join(timeout=60)
    over.set()
    for thread in deliverers:
        thread.join(timeout=60)
    jobs.run_due(clock.now())

    expected = list(Event.objects.order_by("pk").values_list("event_id", flat=True))
    assert len(expected) == WRITERS * EACH
    assert receiver.event_ids() == expected
    assert Subscription.objects.get().next_place == len(expected)


def capture_while_the_one_before_is_delivered() -> None:
    """One document is due; the next is captured, and committed only after the delivery began."""
    capture("1")
    is_captured, may_commit = Signal(), Signal()

    def second() -> None:
        with transaction.atomic():
            capture("2")
            is_captured.set()
            may_commit.wait(timeout=10)

    writer = in_thread(second)
    is_captured.wait(timeout=10)
    deliverer = in_thread(lambda: delivering.deliver_due({}, Silent()))
    deliverer.join(timeout=1)
    may_commit.set()
    for thread in (writer, deliverer):
        thread.join(timeout=30)
    jobs.run_due(clock.now())


@pytest.mark.conforms("S-watermark")
def test_a_document_committed_during_a_delivery_is_told(receiver: Receiver) -> None:
    capture_while_the_one_before_is_delivered()

    assert len(receiver.event_ids()) == 2


def test_a_mark_that_is_set_only_once_would_lose_it(
    receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: if this fails, the test that the marks work proves nothing."""

    def hear_once(*_args: Any, now: datetime, **_more: Any) -> None:
        unmarked = Subscription.objects.filter(is_live=True, signals=F("heard"))
        if unmarked.update(signals=F("signals") + 1):
            waking.wake(now)

    others = [each for each in sockets._batch_listeners if each is not waking.hear]
    monkeypatch.setattr(sockets, "_batch_listeners", [*others, hear_once])
    capture_while_the_one_before_is_delivered()

    assert len(receiver.event_ids()) == 1
    assert Event.objects.count() == 2
