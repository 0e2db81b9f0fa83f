"""The worker: a loop around what is due, with a heartbeat beside it."""

import os
import signal
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from types import FrameType

import structlog
from django.conf import settings
from django.db import InterfaceError, OperationalError, close_old_connections, connections

from originmark.frame.jobs import services, sockets
from originmark.frame.jobs.models import Job, WorkerBeat
from originmark.frame.jobs.sockets import Beside
from originmark.frame.web import clock
from originmark.frame.web.busy import is_busy

LOOK_EVERY_S = 1.0

log = structlog.get_logger(__name__)


class WorkerLoop:
    """Runs due jobs until told to stop; a second stop signal ends it at once."""

    def __init__(self, *, parent_pid: int | None = None) -> None:
        self.name = f"{socket.gethostname()}-{os.getpid()}"[:64]
        self._parent_pid = parent_pid
        self._stop = threading.Event()

    def run(self) -> None:
        """Block until stopped."""
        signal.signal(signal.SIGTERM, self._on_signal)
        signal.signal(signal.SIGINT, self._on_signal)
        threading.Thread(target=self._beat, daemon=True).start()
        for beside in sockets.besides():
            threading.Thread(target=self._do_beside, args=[beside], daemon=True).start()
        while not self._should_stop():
            close_old_connections()
            with unless_away():
                services.run_due(clock.now(), worker=self.name)
            self._stop.wait(LOOK_EVERY_S)

    def _do_beside(self, beside: Beside) -> None:
        while not self._stop.is_set():
            close_old_connections()
            try:
                with unless_away():
                    beside.run()
            except Exception:  # the work of other rooms: the next turn may find what it can do
                log.exception("work beside the jobs failed", work=beside.name)
            self._stop.wait(beside.every_s)

    def _should_stop(self) -> bool:
        orphaned = self._parent_pid is not None and os.getppid() != self._parent_pid
        return orphaned or self._stop.is_set()

    def _on_signal(self, _number: int, _frame: FrameType | None) -> None:
        if self._stop.is_set():
            raise SystemExit(1)
        self._stop.set()

    def _beat(self) -> None:
        """Show signs of life while a handler is busy, however long it takes."""
        while not self._stop.is_set():
            with unless_away():
                beat(self.name)
                day_ago = clock.now() - timedelta(days=1)
                WorkerBeat.objects.filter(beat_at__lt=day_ago).delete()
            connections.close_all()
            self._stop.wait(settings.JOBS_STALE_S / 4)


@contextmanager
def unless_away() -> Iterator[None]:
    """Let a turn pass while the database is away, or SQLite's one lock is in other hands for long.

    A worker that ended then would leave all work undone until somebody looks.
    """
    try:
        yield
    except (OperationalError, InterfaceError) as problem:
        if not is_busy(problem):
            log.warning("the worker waits: the database is away", why=str(problem))
            connections.close_all()


def beat(worker: str) -> None:
    """Write the worker's sign of life, and that of the job in its hands."""
    now = clock.now()
    WorkerBeat.objects.update_or_create(worker=worker, defaults={"beat_at": now})
    Job.objects.filter(state=Job.State.RUNNING, worker=worker).update(beat_at=now)
