"""Two who append at once: PostgreSQL only, for SQLite lets one writer in at a time.

With the lock, the log is whole. The control takes the lock away and shows that both writers
then want the same place, so the first test proves something.
"""

from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from threading import Barrier, BrokenBarrierError, Thread

import pytest
from builders.ledger import an_object_event
from django.db import DatabaseError, connection, connections

from originmark.origin.parties.access import SYSTEM
from originmark.standards.transparency.tree import EMPTY_ROOT
from originmark.trace.ledger import log, selectors, services
from originmark.trace.ledger.models import Event, LogState

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="needs PostgreSQL"),
    pytest.mark.django_db(transaction=True),
]
NOW = datetime(2026, 10, 1, 8, tzinfo=UTC)
WRITERS, EACH = 4, 5


def together(write: Callable[[int], None]) -> list[Exception]:
    """Run the writers in threads of their own; return what went wrong."""
    failures: list[Exception] = []

    def run(number: int) -> None:
        try:
            write(number)
        except (DatabaseError, KeyError) as failure:
            failures.append(failure)
        finally:
            connections.close_all()

    threads = [Thread(target=run, args=(number,)) for number in range(WRITERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return failures


def capture_some(number: int) -> None:
    for turn in range(EACH):
        named = f"urn:lot:{number}-{turn}"
        services.capture([an_object_event(epcList=[named])], by=SYSTEM, now=NOW)


def test_writers_queue_and_the_log_is_whole() -> None:
    assert together(capture_some) == []

    assert selectors.checkpoint().size == Event.objects.count() == WRITERS * EACH
    assert services.check_log() == []


def test_the_same_event_from_many_writers_is_stored_once() -> None:
    assert together(lambda _: services.capture([an_object_event()], by=SYSTEM, now=NOW)) == []
    assert Event.objects.count() == 1


def test_without_the_lock_they_would_collide(monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: if this fails, the test that the lock works proves nothing."""
    barrier = Barrier(WRITERS, timeout=10)
    LogState.objects.create(id=1, root=EMPTY_ROOT)

    def unlocked() -> LogState:
        state = LogState.objects.get(pk=1)
        with suppress(BrokenBarrierError):
            barrier.wait()
        return state

    monkeypatch.setattr(log, "lock", unlocked)
    failures = together(
        lambda number: services.capture(
            [an_object_event(epcList=[f"urn:lot:{number}"])], by=SYSTEM, now=NOW
        )
    )

    assert len(failures) == WRITERS - 1
