"""``/epcis/capture`` and ``POST /epcis/events``: the way in for programs."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from originmark.frame.web import clock
from originmark.origin.parties.access import Actor
from originmark.standards.epcis.documents import is_single_event
from originmark.standards.epcis.times import write_moment
from originmark.trace.ledger import capture_jobs, selectors, services
from originmark.trace.ledger.door import EpcisProblem, json_response, read_body, resource
from originmark.trace.ledger.models import CaptureJob
from originmark.trace.ledger.query_views import event_address, readable

BEHAVIOURS = {"rollback"}


def post_capture(request: HttpRequest, by: Actor) -> HttpResponse:
    """Take a document; the job at ``Location`` says what became of it (202).

    A document that is no EPCIS is refused at once (400) and makes no job.
    """
    behaviour = request.headers.get("GS1-Capture-Error-Behaviour", "rollback")
    if behaviour not in BEHAVIOURS:
        raise EpcisProblem(
            400,
            _("Found GS1-Capture-Error-Behaviour: %(found)s; this repository takes rollback.")
            % {"found": behaviour},
        )
    data = read_body(request)
    job = capture_jobs.capture(data, by=by, now=clock.now())
    address = reverse("epcis:capture-job", args=[job.pk])
    return json_response(job_document(job), 202, Location=request.build_absolute_uri(address))


def get_jobs(_request: HttpRequest, by: Actor) -> HttpResponse:
    """List the newest hundred jobs of the caller's organisations."""
    return json_response([job_document(job) for job in selectors.jobs(by)[:100]])


def get_job(_request: HttpRequest, by: Actor, capture_id: uuid.UUID) -> HttpResponse:
    """Say what became of a document."""
    job = selectors.jobs(by).filter(pk=capture_id).first()
    if job is None:
        raise EpcisProblem(404, _("There is no such capture job."))
    return json_response(job_document(job))


def post_event(request: HttpRequest, by: Actor) -> HttpResponse:
    """Take a single event (201); one that is there already is a conflict (409)."""
    data = read_body(request)
    if not is_single_event(data):
        raise EpcisProblem(400, _("This resource takes one event; send documents to /capture."))
    result = services.capture(data, by=by, now=clock.now())
    [event] = result.events
    location = event_address(request, event.event_id)
    if not result.stored:
        detail = _("Event %(id)s is already recorded.") % {"id": event.event_id}
        raise EpcisProblem(409, detail, location=location)
    return json_response(readable(event), 201, Location=location)


def job_document(job: CaptureJob) -> dict[str, object]:
    """Return a job as EPCIS shows it, with counts beside the standard's fields."""
    return {
        "captureID": str(job.pk),
        "createdAt": write_moment(job.created_at),
        "finishedAt": write_moment(job.finished_at) if job.finished_at else None,
        "running": job.is_running,
        "success": job.is_success,
        "captureErrorBehaviour": job.error_behaviour,
        "errors": job.errors,
        "advice": job.advice,
        "storedCount": job.stored,
        "duplicateCount": job.repeated,
    }


capture = resource(GET=get_jobs, POST=post_capture)
capture_job = resource(GET=get_job)
