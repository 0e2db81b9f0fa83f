"""Questions about background work."""

from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet

from originmark.frame.jobs.models import Job, WorkerBeat

__all__ = ["Job", "is_worker_alive", "job", "jobs", "jobs_of", "longest_wait"]


def job(job_id: UUID | str) -> Job | None:
    """Return a job by its id. One query."""
    return Job.objects.filter(pk=job_id).first()


def jobs() -> QuerySet[Job]:
    """Return all jobs, newest first."""
    return Job.objects.all()


def jobs_of(person_id: int) -> QuerySet[Job]:
    """Return the jobs that a person asked for, newest first."""
    return Job.objects.filter(person_id=person_id)


def is_worker_alive(now: datetime) -> bool:
    """Return whether any worker gave a sign of life lately. One query."""
    since = now - timedelta(seconds=settings.JOBS_STALE_S)
    return WorkerBeat.objects.filter(beat_at__gte=since).exists()


def longest_wait(now: datetime) -> timedelta:
    """Return for how long the oldest due job has been waiting. One query."""
    due = Job.objects.filter(state=Job.State.WAITING, run_after__lte=now)
    oldest = due.order_by("run_after").values_list("run_after", flat=True).first()
    return now - oldest if oldest else timedelta(0)
