"""Ask for work, cancel it, try it again.

A job and its queue entry (django-tasks-db) are written in the caller's transaction: either both
the change and the work that follows from it exist, or neither does.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from originmark.frame.jobs import queue, sockets
from originmark.frame.jobs.models import Job, Schedule
from originmark.frame.jobs.rules import JobIsOver
from originmark.frame.web import clock

__all__ = ["JobIsOver", "cancel", "enqueue", "retry", "run_due"]


@transaction.atomic
def enqueue(
    task: str,
    payload: dict[str, Any] | None = None,
    *,
    title: str = "",
    key: str | None = None,
    person_id: int | None = None,
    run_after: datetime | None = None,
) -> Job:
    """Write a job into the outbox and return it.

    The same ``key`` again returns the job that is already there, whatever its state.
    Raises UnknownTask.
    """
    name = sockets.task(task).name
    now = clock.now()
    values = {
        "task": name, "title": title or name, "payload": payload or {}, "person_id": person_id,
        "created_at": now, "run_after": run_after or now,
    }  # fmt: skip
    if key is None:
        job = Job.objects.create(**values)
    else:
        job, is_new = Job.objects.get_or_create(key=key, defaults=values)
        if not is_new:
            return job
    queue.add(job)
    return job


@transaction.atomic
def cancel(job_id: UUID | str, *, now: datetime) -> None:
    """Stop a job: at once if it waits, at its next report of progress if it runs."""
    open_states = [Job.State.WAITING, Job.State.RUNNING]
    changed = Job.objects.filter(pk=job_id, state__in=open_states).update(
        state=Job.State.CANCELLED, finished_at=now
    )
    if not changed:
        job = Job.objects.get(pk=job_id)
        raise JobIsOver(title=job.title, state=job.get_state_display())


@transaction.atomic
def retry(job_id: UUID | str, *, now: datetime) -> Job:
    """Give a failed or cancelled job a fresh start."""
    ended = [Job.State.FAILED, Job.State.CANCELLED]
    changed = Job.objects.filter(pk=job_id, state__in=ended).update(
        state=Job.State.WAITING, attempts=0, run_after=now, finished_at=None, error="", note=""
    )
    job = Job.objects.get(pk=job_id)
    if not changed:
        raise JobIsOver(title=job.title, state=job.get_state_display())
    queue.add(job)
    return job


def plan_repeats(now: datetime) -> None:
    """Enqueue each repeating task that is due, once however many workers look."""
    for repeat in sockets.repeats():
        row, _ = Schedule.objects.get_or_create(name=repeat.name, defaults={"next_at": now})
        if row.next_at > now:
            continue
        with transaction.atomic():
            due = Schedule.objects.filter(name=repeat.name, next_at=row.next_at)
            if due.update(next_at=now + repeat.every, last_at=now):
                enqueue(repeat.task, title=repeat.name, run_after=now)


def run_due(now: datetime, *, worker: str = "inline") -> int:
    """Run everything that is due, here and now; return how many jobs ran.

    What ``originmark worker`` does in a loop; tests and the demo call it directly.
    """
    plan_repeats(now)
    queue.revive_orphans(now)
    ran = 0
    while queue.run_one(now, worker=worker):
        ran += 1
    return ran
