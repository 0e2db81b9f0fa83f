"""The queue itself: django-tasks-db stores and hands out; here are retry, rescue and schedule."""

import traceback
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import OperationalError, transaction
from django.db.models import Q
from django_tasks import TaskContext
from django_tasks import task as queued
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult, get_date_max
from django_tasks_db.utils import exclusive_transaction, is_locked_database_exception

from originmark.frame.jobs import rules, sockets
from originmark.frame.jobs.models import Job
from originmark.frame.web import clock


class JobCancelled(Exception):
    """Somebody cancelled the job while it ran."""


class JobTakenOver(Exception):
    """Another worker runs this job by now, so this run must leave no trace."""


class Reporter:
    """Writes a running job's progress where a page can read it."""

    def __init__(self, job: Job) -> None:
        self._job = job

    def report(self, done: int, total: int, note: str = "") -> None:
        """Store progress and a sign of life; raises JobCancelled or JobTakenOver."""
        changed = _still_mine(self._job).update(
            steps_done=done, steps_total=total, note=note, beat_at=clock.now()
        )
        if not changed:
            _raise_why_lost(self._job)


def _still_mine(job: Job) -> Any:
    return Job.objects.filter(pk=job.pk, state=Job.State.RUNNING, attempts=job.attempts)


def _raise_why_lost(job: Job) -> None:
    if Job.objects.filter(pk=job.pk, state=Job.State.CANCELLED).exists():
        raise JobCancelled
    raise JobTakenOver


def add(job: Job) -> None:
    """Put a job into the queue."""
    perform.using(run_after=job.run_after).enqueue(str(job.pk))


@queued(takes_context=True)
def perform(context: TaskContext, job_id: str) -> None:
    """Run one job to its end, or plan its next attempt."""
    now = clock.now()
    with transaction.atomic():
        job = Job.objects.select_for_update().filter(pk=job_id, state=Job.State.WAITING).first()
        if job is None:  # cancelled, done or taken over: a leftover entry of the queue
            return
        job.state, job.attempts, job.beat_at = Job.State.RUNNING, job.attempts + 1, now
        job.worker = context.task_result.worker_ids[-1]
        job.save(update_fields=["state", "attempts", "beat_at", "worker"])
    try:
        _run(job)
    except (JobCancelled, JobTakenOver):
        return
    except Exception as problem:  # noqa: BLE001 (the one place that must outlive any handler)
        _plan_next_attempt(job, problem)


def _run(job: Job) -> None:
    handler = sockets.task(job.task)
    if handler.is_atomic:
        with transaction.atomic():
            _finish(job, handler.run(job.payload, Silent()))
    else:
        _finish(job, handler.run(job.payload, Reporter(job)))


class Silent:
    """Progress of an atomic task: nobody could read it before the end."""

    def report(self, done: int, total: int, note: str = "") -> None:
        """Do nothing."""


def _finish(job: Job, result: object) -> None:
    changed = _still_mine(job).update(
        state=Job.State.DONE, result=result, error="", finished_at=clock.now()
    )
    if not changed:
        _raise_why_lost(job)


def _plan_next_attempt(job: Job, problem: Exception) -> None:
    now = clock.now()
    wait = rules.wait_before_retry(job.attempts)
    note = {"error": "".join(traceback.format_exception(problem)), "note": str(problem)[:300]}
    with transaction.atomic():
        if wait is None:
            _still_mine(job).update(state=Job.State.FAILED, finished_at=now, **note)
        elif _still_mine(job).update(state=Job.State.WAITING, run_after=now + wait, **note):
            job.run_after = now + wait
            add(job)


def revive_orphans(now: datetime) -> int:
    """Put jobs back whose worker gave no sign of life; return how many."""
    silent_since = now - timedelta(seconds=settings.JOBS_STALE_S)
    revived = 0
    for job in Job.objects.filter(state=Job.State.RUNNING, beat_at__lt=silent_since):
        with transaction.atomic():
            if (
                _still_mine(job)
                .filter(beat_at=job.beat_at)
                .update(state=Job.State.WAITING, run_after=now)
            ):
                job.run_after = now
                add(job)
                revived += 1
    return revived + _ask_again(silent_since)


def _ask_again(silent_since: datetime) -> int:
    """Queue jobs whose worker took their entry out and died before it began; return how many.

    Should it live after all, the second entry finds its job begun, and is passed over.
    """
    overdue = list(Job.objects.filter(state=Job.State.WAITING, run_after__lt=silent_since))
    if not overdue:
        return 0
    entries = DBTaskResult.objects.filter(status="READY").values_list("args_kwargs", flat=True)
    waiting = {entry["args"][0] for entry in entries}
    lost = [job for job in overdue if str(job.pk) not in waiting]
    for job in lost:
        add(job)
    return len(lost)


def run_one(now: datetime, *, worker: str) -> bool:
    """Take the next due entry of the queue and run it; return whether there was one."""
    entry = _claim(now, worker)
    if entry is None:
        return False
    _runner(worker).run_task(entry)
    return True


def _claim(now: datetime, worker: str) -> DBTaskResult[Any, Any] | None:
    waiting = DBTaskResult.objects.filter(status="READY").filter(
        Q(run_after=get_date_max()) | Q(run_after__lte=now)
    )
    try:
        with exclusive_transaction():
            entry: DBTaskResult[Any, Any] | None = waiting.get_locked()
            if entry is not None:
                entry.claim(worker)
            return entry
    except OperationalError as problem:
        if is_locked_database_exception(problem):
            return None  # somebody else writes: the next turn comes soon
        raise


def _runner(worker: str) -> Worker:
    return Worker(
        queue_names=["*"], interval=1, batch=True, backend_name="default", startup_delay=False,
        max_tasks=None, worker_id=worker, excluded_queue_names=[],
    )  # fmt: skip
