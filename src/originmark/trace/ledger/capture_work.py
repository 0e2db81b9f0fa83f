"""Large documents, captured by the worker while their job says how far it has come."""

from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any, ClassVar

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from originmark.frame.jobs import selectors as work
from originmark.frame.jobs import services as jobs
from originmark.frame.jobs.sockets import Progress
from originmark.frame.web import clock
from originmark.frame.web.refusals import RuleViolation, gettext_noop
from originmark.origin.parties.access import Actor
from originmark.trace.ledger import capture_jobs, receiving, services
from originmark.trace.ledger.capture_headers import Terms
from originmark.trace.ledger.models import CaptureJob
from originmark.trace.ledger.receiving import Spooled
from originmark.trace.ledger.values import CaptureResult

TASK = "ledger.capture"
SWEEP = "ledger.sweep_spool"
EVERY = timedelta(days=1)


class WorkEnded(RuleViolation):
    """The work on a document ended before the document was captured."""

    code: ClassVar[str] = "work-ended"
    status: ClassVar[int] = 500
    sentence: ClassVar[str] = gettext_noop(
        "The server gave the document up before it was done. Ask the programme office to try the "
        "job again, or send the document again: what is stored is not stored twice."
    )


def later(spooled: Spooled, terms: Terms, *, by: Actor, now: datetime) -> CaptureJob:
    """Make a job for a spooled document and hand it to the worker."""
    job = capture_jobs.new_job(terms, by=by, now=now, size_bytes=spooled.size_bytes)
    job.spool = spooled.name
    with transaction.atomic():
        job.save(force_insert=True)
        jobs.enqueue(
            TASK,
            {"job": str(job.pk), "by": _facts(by), "events": spooled.events},
            title=_("Capture a document"),
            key=_key(job),
            person_id=by.person_id,
        )
    return job


def run(payload: dict[str, Any], progress: Progress) -> None:
    """Capture the document of a job; a second run goes on where the first was interrupted.

    What was stored, and how far that is, are written in one transaction.
    """
    job = CaptureJob.objects.filter(pk=payload["job"]).exclude(spool="").first()
    if job is None:
        return
    capture_jobs.reopen(job)
    path = receiving.path_of(job.spool)
    terms = services.FileTerms(
        by=_actor(payload["by"]),
        now=clock.now(),
        source=f"capture {job.pk}",
        media_type=job.media_type,
        error_behaviour=job.error_behaviour,
        most_events=settings.LEDGER_MOST_FILE_EVENTS,
        skip=job.stored + job.repeated + job.rejected,
    )
    try:
        services.capture_file(path, terms, Following(job, progress, payload["events"]))
    except (RuleViolation, FileNotFoundError) as ended:
        refused = ended if isinstance(ended, RuleViolation) else WorkEnded()
        job.refresh_from_db()
        capture_jobs.fail(job, refused, now=clock.now())
        job.spool = ""
        job.save()
    path.unlink(missing_ok=True)


def sweep(_payload: dict[str, Any], _progress: Progress) -> int:
    """Remove the files that no job waits for."""
    return receiving.sweep(clock.now())


def settle(job: CaptureJob, *, now: datetime) -> CaptureJob:
    """Return the job; one whose work was given up is over, though it may be tried again."""
    if job.is_running and job.spool:
        ended = work.jobs().filter(key=_key(job), state__in=["failed", "cancelled"])
        if ended.exists():
            capture_jobs.fail(job, WorkEnded(), now=now)
            job.save()
    return job


class Following:
    """Writes what becomes of a document into its job, batch by batch."""

    def __init__(self, job: CaptureJob, progress: Progress, events: int) -> None:
        self._job, self._progress, self._events = job, progress, events

    def hear(self, result: CaptureResult) -> None:
        """Add a batch to the job."""
        capture_jobs.add(self._job, result)

    def keep(self, *, is_last: bool) -> None:
        """Write the job, and how far the work has come; the last batch ends it."""
        job = self._job
        done = job.stored + job.repeated + job.rejected
        if is_last:
            job.finished_at, job.is_running, job.spool = clock.now(), False, ""
        job.save()
        self._progress.report(done, max(done, self._events))


def _key(job: CaptureJob) -> str:
    return f"capture {job.pk}"


def _facts(by: Actor) -> dict[str, Any]:
    facts = asdict(by)
    return facts | {"scopes": None if by.scopes is None else sorted(by.scopes)}


def _actor(facts: dict[str, Any]) -> Actor:
    roles = tuple((organisation_id, role) for organisation_id, role in facts["roles"])
    scopes = None if facts["scopes"] is None else frozenset(facts["scopes"])
    return Actor(**{**facts, "roles": roles, "scopes": scopes})
