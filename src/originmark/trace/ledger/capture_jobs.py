"""A document taken as a job: what became of it can be asked for later."""

from datetime import datetime

from originmark.frame.web.refusals import RuleViolation
from originmark.origin.parties.access import Actor, NotAllowed
from originmark.trace.ledger import services
from originmark.trace.ledger.door import errors_of
from originmark.trace.ledger.models import CaptureJob
from originmark.trace.ledger.rules import DocumentRefused, TooManyEvents


def capture(data: bytes, *, by: Actor, now: datetime) -> CaptureJob:
    """Capture a document and return the finished job.

    Raises DocumentRefused, TooManyEvents and NotAllowed, which make no job. Whatever else is
    refused makes a job that failed: nothing of the document was stored.
    """
    job = CaptureJob(
        created_at=now,
        finished_at=now,
        is_running=False,
        organisation_id=services.own_organisation(by),
        captured_by_id=by.person_id,
    )
    try:
        result = services.capture(data, by=by, now=now, source=f"capture {job.pk}")
    except (DocumentRefused, TooManyEvents, NotAllowed):
        raise
    except RuleViolation as refused:
        job.is_success, job.errors = False, errors_of(refused)
    else:
        job.stored, job.repeated = len(result.stored), result.repeated
        job.advice = [
            {"pointer": each.pointer, "detail": each.reason} for each in result.advice[:1000]
        ]
    job.save(force_insert=True)
    return job
