"""``/epcis/capture`` and ``POST /epcis/events``: the way in for programs."""

import uuid
from contextlib import suppress
from functools import wraps
from typing import Any, ParamSpec

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from originmark.frame.web import clock
from originmark.origin.parties import access
from originmark.origin.parties.access import Actor
from originmark.standards.epcis.documents import DocumentInvalid, is_single_event
from originmark.standards.epcis.xml_writer import job_to_xml
from originmark.trace.ledger import capture_jobs, capture_work, paging, receiving, services
from originmark.trace.ledger.capture_headers import announce, refuse_unsatisfiable, terms
from originmark.trace.ledger.door import (
    XML,
    EpcisProblem,
    View,
    json_response,
    resource,
    wants_xml,
)
from originmark.trace.ledger.models import CaptureJob
from originmark.trace.ledger.query_views import event_address, readable
from originmark.trace.ledger.reading import JSON_TYPES
from originmark.trace.ledger.receiving import Spooled
from originmark.trace.ledger.values import CaptureResult, tally_of

P = ParamSpec("P")
MOST_JOBS_ON_A_PAGE = 100


def post_capture(request: HttpRequest, by: Actor) -> HttpResponse:
    """Take a document; the job at ``Location`` says what became of it (202).

    What is small is captured while the caller waits: if it is no EPCIS it is refused at once
    (400) and makes no job. What is large is captured by the worker; its job runs until then.
    """
    asked = terms(request)
    access.require(by, "ledger.capture", organisation_id=services.own_organisation(by))
    body = receiving.receive(request)
    if isinstance(body, Spooled):
        job = capture_work.later(body, asked, by=by, now=clock.now())
    else:
        job = capture_jobs.capture(body, asked, by=by, now=clock.now())
    address = request.build_absolute_uri(reverse("epcis:capture-job", args=[job.pk]))
    return _job_response(request, job, 202, Location=address)


def post_validate(request: HttpRequest, by: Actor) -> HttpResponse:
    """Say what would become of each event of a document, and store nothing (200)."""
    asked = terms(request)
    result = services.capture(
        receiving.read(request),
        by=by,
        now=clock.now(),
        media_type=asked.media_type,
        error_behaviour=services.PROCEED,
        dry_run=True,
    )
    return json_response(_verdicts(result))


def get_jobs(request: HttpRequest, by: Actor) -> HttpResponse:
    """List the caller's jobs, newest first; the next page is in the ``Link`` header."""
    refuse_unsatisfiable(request)
    size = min(paging.per_page(request), MOST_JOBS_ON_A_PAGE)
    jobs, following = paging.newest_first(request, capture_jobs.own(by), size)
    listed = json_response([capture_jobs.document(job) for job in jobs])
    return paging.lead_on(request, listed, following)


def get_job(request: HttpRequest, by: Actor, capture_id: uuid.UUID) -> HttpResponse:
    """Say what became of a document, in JSON or XML."""
    refuse_unsatisfiable(request)
    job = capture_jobs.own(by).filter(pk=capture_id).first()
    if job is None:
        raise EpcisProblem(404, _("There is no such capture job."))
    return _job_response(request, capture_work.settle(job, now=clock.now()), 200)


def post_event(request: HttpRequest, by: Actor) -> HttpResponse:
    """Take a single event (201); one that is there already is a conflict (409)."""
    data = _single_event(request)
    result = services.capture(data, by=by, now=clock.now())
    [event] = result.events
    location = event_address(request, event.event_id)
    if not result.stored:
        detail = _("Event %(id)s is already recorded.") % {"id": event.event_id}
        raise EpcisProblem(409, detail, location=location)
    return json_response(readable(event), 201, Location=location)


def post_event_validate(request: HttpRequest, by: Actor) -> HttpResponse:
    """Say what would become of a single event, and store nothing (200)."""
    data = _single_event(request)
    result = services.capture(
        data, by=by, now=clock.now(), error_behaviour=services.PROCEED, dry_run=True
    )
    return json_response(_verdicts(result))


def _single_event(request: HttpRequest) -> bytes:
    terms(request, takes=JSON_TYPES)
    data = receiving.read(request)
    with suppress(DocumentInvalid):  # capture says where it is wrong
        if not is_single_event(data):
            raise EpcisProblem(400, _("This resource takes one event; send documents to /capture."))
    return data


def _verdicts(result: CaptureResult) -> dict[str, Any]:
    tally = tally_of(result)
    return {
        "valid": not tally.rejected,
        "totalCount": tally.total,
        "acceptedCount": tally.stored,
        "rejectedCount": tally.rejected,
        "duplicateCount": tally.repeated,
        "warningCount": tally.warnings,
        "results": list(map(capture_jobs.outcome_document, tally.outcomes)),
        "resultsTruncated": len(tally.outcomes) < tally.total,
        "advice": list(map(capture_jobs.advice_document, tally.advice)),
    }


def _job_response(
    request: HttpRequest, job: CaptureJob, status: int, **headers: str
) -> HttpResponse:
    told = capture_jobs.document(job)
    if wants_xml(request):
        return HttpResponse(job_to_xml(told), status=status, content_type=XML, headers=headers)
    return json_response(told, status, **headers)


def announced(view: View[P]) -> View[P]:
    """Return a view whose answers announce what capture takes."""

    @wraps(view)
    def answered(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        response = view(request, *args, **kwargs)
        announce(request, response)
        return response

    return csrf_exempt(answered)


capture = announced(resource(GET=get_jobs, POST=post_capture))
capture_validate = announced(resource(POST=post_validate))
capture_job = announced(resource(GET=get_job))
event_validate = announced(resource(POST=post_event_validate))
