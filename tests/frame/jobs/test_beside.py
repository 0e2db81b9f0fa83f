"""What a worker does beside its jobs goes on when a turn of it fails."""

from collections.abc import Callable

import pytest
from builders.races import at_once
from django.db import OperationalError

from originmark.frame.jobs import sockets, worker
from originmark.frame.jobs.sockets import Beside
from originmark.frame.jobs.worker import WorkerLoop


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("problem", [ValueError("a bug"), OperationalError("gone")])
def test_a_turn_that_fails_is_not_the_last_one(problem: Exception) -> None:
    loop, turns = WorkerLoop(), 0

    def turn() -> None:
        nonlocal turns
        turns += 1
        if turns == 1:
            raise problem
        loop._stop.set()

    at_once(lambda: loop._do_beside(Beside("test", turn, every_s=0)))
    assert turns == 2


def test_a_room_registers_what_is_done_beside(monkeypatch: pytest.MonkeyPatch) -> None:
    known: dict[str, Beside] = {}
    monkeypatch.setattr(sockets, "_besides", known)
    work: Callable[[], None] = lambda: None  # noqa: E731
    sockets.register_beside("a", work, every_s=2)
    assert sockets.besides() == [Beside("a", work, 2)]


def test_a_worker_outlives_a_database_that_is_away() -> None:
    with worker.unless_away():
        raise OperationalError("server closed the connection unexpectedly")
