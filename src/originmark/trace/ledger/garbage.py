"""Batches without the pauses of Python's collector of cyclic garbage.

A batch of events is some hundred thousand small objects that live until it is stored. None of
them are cycles, so reference counting frees them all; yet their number makes the collector look
through every object of the process again and again, in the midst of capture.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

MOST_UNSEEN = 2_000_000
"""Objects that may be made while batches overlap before the collector is called after all."""


class _Pause:
    """How many batches are at work in this process; the last one out wakes the collector."""

    def __init__(self) -> None:
        self._lock, self._batches, self._was_on = Lock(), 0, False

    def begin(self) -> None:
        with self._lock:
            if self._batches == 0:
                self._was_on = gc.isenabled()
                gc.disable()
            self._batches += 1

    def end(self) -> None:
        with self._lock:
            self._batches -= 1
            if self._batches == 0 and self._was_on:
                gc.enable()
            is_due = self._was_on and gc.get_count()[0] > MOST_UNSEEN
        if is_due:
            gc.collect()


_pause = _Pause()


@contextmanager
def left_alone() -> Iterator[None]:
    """Keep the collector away from a bounded batch, also as a decorator.

    May be nested, and entered by several threads: the collector is back when the last of them
    leaves, however it leaves. Where it was off before, it stays off.
    """
    _pause.begin()
    try:
        yield
    finally:
        _pause.end()
