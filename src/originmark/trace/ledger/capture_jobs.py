"""A document taken as a job: what became of it can be asked for later."""

from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from originmark.frame.web.refusals import RuleViolation
from originmark.origin.parties.access import Actor, NotAllowed
from originmark.standards.epcis.problems import Problem
from originmark.standards.epcis.times import write_moment
from originmark.trace.ledger import services
from originmark.trace.ledger.capture_headers import Terms
from originmark.trace.ledger.door import errors_of
from originmark.trace.ledger.models import CaptureJob
from originmark.trace.ledger.rules import DocumentRefused, TooManyEvents
from originmark.trace.ledger.values import MOST_LISTED, CaptureResult, Outcome, tally_of


def capture(data: bytes, terms: Terms, *, by: Actor, now: datetime) -> CaptureJob:
    """Capture a document while the caller waits, and return the finished job.

    Raises DocumentRefused, TooManyEvents and NotAllowed, which make no job. Whatever else is
    refused makes a job that failed: under rollback nothing of the document was stored.
    """
    job = new_job(terms, by=by, now=now, size_bytes=len(data))
    try:
        result = services.capture(
            data,
            by=by,
            now=now,
            source=f"capture {job.pk}",
            media_type=terms.media_type,
            error_behaviour=terms.error_behaviour,
        )
    except (DocumentRefused, TooManyEvents, NotAllowed):
        raise
    except RuleViolation as refused:
        fail(job, refused, now=now)
    else:
        add(job, result)
        job.finished_at, job.is_running = now, False
    job.save(force_insert=True)
    return job


def new_job(terms: Terms, *, by: Actor, now: datetime, size_bytes: int) -> CaptureJob:
    """Return a job that has begun; nothing is written yet."""
    return CaptureJob(
        created_at=now,
        error_behaviour=terms.error_behaviour,
        media_type=terms.media_type,
        size_bytes=size_bytes,
        organisation_id=services.own_organisation(by),
        captured_by_id=by.person_id,
    )


def fail(job: CaptureJob, refused: RuleViolation, *, now: datetime) -> None:
    """Note that a document was refused as a whole."""
    job.finished_at, job.is_running, job.is_success = now, False, False
    job.errors = [*job.errors, *errors_of(refused)][:MOST_LISTED]


def reopen(job: CaptureJob) -> None:
    """Let a job whose work was given up go on: what was told of single events still holds."""
    job.finished_at, job.is_running, job.is_success = None, True, not job.rejected
    job.errors = [error for error in job.errors if "index" in error]


def add(job: CaptureJob, result: CaptureResult) -> None:
    """Note what became of a part of a document; it succeeded when all its events are stored.

    The counts are exact; of each list the first ``MOST_LISTED`` are kept.
    """
    tally = tally_of(result)
    job.is_success = job.is_success and not tally.rejected
    job.stored += tally.stored
    job.repeated += tally.repeated
    job.rejected += tally.rejected
    job.warnings += tally.warnings
    job.outcomes = [*job.outcomes, *map(outcome_document, tally.outcomes)][:MOST_LISTED]
    job.advice = [*job.advice, *map(advice_document, tally.advice)][:MOST_LISTED]
    errors = [
        {**error, "eventID": each.event_id, "index": each.place}
        for each in tally.failures
        for error in errors_of(each.refusal)
    ]
    job.errors = [*job.errors, *errors][:MOST_LISTED]


def own(by: Actor) -> QuerySet[CaptureJob]:
    """Return the jobs of the caller: of the organisations for which it acts, newest first."""
    if by.is_system:
        return CaptureJob.objects.all()
    theirs = Q(organisation__in=by.organisation_ids)
    if by.person_id is not None:
        theirs |= Q(captured_by=by.person_id)
    return CaptureJob.objects.filter(theirs)


def document(job: CaptureJob) -> dict[str, Any]:
    """Return a job as EPCIS shows it, with counts and outcomes beside the standard's fields."""
    listed, total = len(job.outcomes), job.stored + job.repeated + job.rejected
    return {
        "captureID": str(job.pk),
        "createdAt": write_moment(job.created_at),
        "finishedAt": write_moment(job.finished_at) if job.finished_at else None,
        "running": job.is_running,
        "success": job.is_success,
        "captureErrorBehaviour": job.error_behaviour,
        "errors": job.errors,
        "advice": job.advice,
        "totalCount": total,
        "acceptedCount": job.stored,
        "rejectedCount": job.rejected,
        "duplicateCount": job.repeated,
        "warningCount": job.warnings,
        "results": job.outcomes,
        "resultsTruncated": listed < total,
    }


def outcome_document(outcome: Outcome) -> dict[str, Any]:
    """Return what became of one event."""
    told: dict[str, Any] = {
        "index": outcome.place,
        "eventID": outcome.event_id,
        "status": outcome.verdict.value,
    }
    if outcome.refusal is not None:
        told["errors"] = errors_of(outcome.refusal)
    return told


def advice_document(problem: Problem) -> dict[str, str]:
    """Return a piece of advice."""
    return {"pointer": problem.pointer, "detail": problem.reason}
