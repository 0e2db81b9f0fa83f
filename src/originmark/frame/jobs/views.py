"""Pages of background work: what waits, what runs, what failed and why."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST
from django.views.decorators.vary import vary_on_headers

from originmark.frame.jobs import selectors, services
from originmark.frame.jobs.models import Job
from originmark.frame.web import clock
from originmark.frame.web.sockets import allowed
from originmark.frame.web.tables import Badge, Column, EmptyState, Filter, Table, table_page

SEE_ALL = "jobs.see"
TONES = {"done": "ok", "failed": "bad", "running": "info", "cancelled": "plain", "waiting": "plain"}
TABLE = Table(
    name="jobs",
    columns=[
        Column("title", _("Work"), link=lambda job: f"/work/{job.pk}/", sort="title"),
        Column(
            "state",
            _("State"),
            value=lambda job: Badge(job.get_state_display(), TONES[job.state]),
            sort="state",
        ),
        Column("percent", _("Percent"), align="end"),
        Column("attempts", _("Attempts"), align="end", is_wide_only=True),
        Column("note", _("Note"), is_wide_only=True),
        Column("created_at", _("Asked for"), sort="created_at"),
    ],
    filters=[
        Filter(
            "state", _("State"), Job.State.choices, lambda rows, value: rows.filter(state=value)
        ),
    ],
    search=["title__icontains", "note__icontains"],
    default_sort="-created_at",
    empty=EmptyState(
        _("No background work yet"),
        _("Print files, imports and notices that take longer appear here with their progress."),
    ),
)


@login_required
@require_GET
def job_list(request: HttpRequest) -> HttpResponseBase:
    """List work: all of it for whoever runs the programme, else one's own."""
    person_id = request.user.pk or 0
    rows = selectors.jobs() if allowed(request, SEE_ALL) else selectors.jobs_of(person_id)
    alive = selectors.is_worker_alive(clock.now())
    return table_page(request, TABLE, rows, template="jobs/job_list.html", context={"alive": alive})


@login_required
@require_GET
@vary_on_headers("HX-Request")
def job_page(request: HttpRequest, job_id: UUID) -> HttpResponse:
    """Show one job; answer htmx with its progress alone."""
    template = "jobs/_progress.html" if request.headers.get("HX-Request") else "jobs/job_page.html"
    return render(request, template, {"job": _job_for(request, job_id)})


@login_required
@require_POST
def cancel(request: HttpRequest, job_id: UUID) -> HttpResponse:
    """Stop a job."""
    services.cancel(_job_for(request, job_id).pk, now=clock.now())
    return redirect("jobs:job", job_id=job_id)


@login_required
@require_POST
def retry(request: HttpRequest, job_id: UUID) -> HttpResponse:
    """Start a failed job again."""
    services.retry(_job_for(request, job_id).pk, now=clock.now())
    return redirect("jobs:job", job_id=job_id)


def _job_for(request: HttpRequest, job_id: UUID) -> Job:
    job = selectors.job(job_id)
    is_own = job is not None and job.person_id == request.user.pk
    if job is None or not (is_own or allowed(request, SEE_ALL)):
        raise Http404
    return job
