"""The collector of cyclic garbage stands aside for a batch, and always comes back."""

import gc
from collections.abc import Iterator
from threading import Event, Thread

import pytest

from originmark.trace.ledger import garbage
from originmark.trace.ledger.garbage import left_alone


@pytest.fixture(autouse=True)
def collector() -> Iterator[None]:
    was_on = gc.isenabled()
    gc.enable()
    yield
    (gc.enable if was_on else gc.disable)()


def test_the_collector_is_back_after_the_outermost_batch() -> None:
    with left_alone():
        with left_alone():
            assert gc.isenabled() is False
        assert gc.isenabled() is False
    assert gc.isenabled() is True


def test_the_collector_is_back_after_a_refusal() -> None:
    @left_alone()
    def refuse() -> None:
        raise ValueError("refused")

    with pytest.raises(ValueError, match="refused"):
        refuse()
    assert gc.isenabled() is True


def test_a_collector_that_was_off_stays_off() -> None:
    gc.disable()
    with left_alone():
        pass
    assert gc.isenabled() is False


def test_the_collector_is_back_when_the_last_of_several_threads_leaves() -> None:
    may_leave, is_inside = Event(), Event()

    def batch() -> None:
        with left_alone():
            is_inside.set()
            may_leave.wait(10)

    other = Thread(target=batch)
    other.start()
    is_inside.wait(10)
    with left_alone():
        pass
    assert gc.isenabled() is False
    may_leave.set()
    other.join(10)
    assert gc.isenabled() is True


def test_garbage_does_not_pile_up_while_batches_overlap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(garbage, "MOST_UNSEEN", 1000)
    with left_alone():
        with left_alone():
            kept = [[each] for each in range(2000)]
        assert gc.get_count()[0] < 1000
    assert len(kept) == 2000
