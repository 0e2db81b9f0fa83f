"""Where rooms above plug in their background work, from ``apps.py``.

A handler gets the job's payload and a Progress, and returns what the page should show (JSON) or
None. Two kinds:

- ``register_task``: runs outside any transaction, may report progress, runs *at least* once;
  write it so that a second run changes nothing.
- ``register_atomic_task``: runs in one transaction together with the mark "done", so that it
  happens exactly once in the database; progress is not visible before it ends.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Protocol

from originmark.frame.jobs.rules import UnknownTask


class Progress(Protocol):
    """What a handler may say while it works."""

    def report(self, done: int, total: int, note: str = "") -> None:
        """Say how far the work has come; raises JobCancelled when somebody cancelled it."""


Handler = Callable[[dict[str, Any], Progress], Any]


@dataclass(frozen=True, slots=True)
class Task:
    """A registered handler."""

    name: str
    run: Handler
    is_atomic: bool


@dataclass(frozen=True, slots=True)
class Repeat:
    """A task that repeats."""

    name: str
    task: str
    every: timedelta


@dataclass(frozen=True, slots=True)
class Beside:
    """A small work that a worker does again and again, whatever job it is busy with."""

    name: str
    run: Callable[[], None]
    every_s: float


_tasks: dict[str, Task] = {}
_besides: dict[str, Beside] = {}
_repeats: dict[str, Repeat] = {}


def register_task(name: str, run: Handler) -> None:
    """Register a handler that runs at least once per job and may report progress."""
    _tasks[name] = Task(name, run, is_atomic=False)


def register_atomic_task(name: str, run: Handler) -> None:
    """Register a handler whose database changes happen exactly once per job."""
    _tasks[name] = Task(name, run, is_atomic=True)


def register_schedule(name: str, task: str, *, every: timedelta) -> None:
    """Run a registered task again and again; a missed turn is made up for once."""
    _repeats[name] = Repeat(name, task, every)


def register_beside(name: str, run: Callable[[], None], *, every_s: float) -> None:
    """Do a small work every so many seconds in each worker, in a thread of its own.

    It has no payload, no page and no retries: what it finds to do has to stand in the database.
    """
    _besides[name] = Beside(name, run, every_s)


def besides() -> list[Beside]:
    """Return all works that are done beside the jobs."""
    return list(_besides.values())


def task(name: str) -> Task:
    """Return a registered task; raises UnknownTask."""
    try:
        return _tasks[name]
    except KeyError:
        raise UnknownTask(task=name, known=sorted(_tasks)) from None


def repeats() -> list[Repeat]:
    """Return all tasks that repeat."""
    return list(_repeats.values())
