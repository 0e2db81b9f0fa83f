"""Pages about what checks found."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from originmark.frame.web import clock
from originmark.frame.web.forms import submit
from originmark.frame.web.tables import table_page
from originmark.mark.licensing import selectors, services
from originmark.mark.licensing.application_forms import FindingForm, NoteForm
from originmark.mark.licensing.application_tables import FINDINGS, finding_badge, finding_url
from originmark.mark.licensing.models import NonConformity
from originmark.origin.parties import access


@login_required
@require_GET
def finding_list(request: HttpRequest) -> HttpResponseBase:
    """List the findings that the person may read."""
    by = access.actor_of(request)
    context = {"may_record": access.allows(by, "licensing.inspect")}
    template = "licensing/finding_list.html"
    return table_page(request, FINDINGS, selectors.findings(by), template=template, context=context)


@login_required
@require_http_methods(["GET", "POST"])
def finding_new(request: HttpRequest) -> HttpResponse:
    """Record a finding."""
    by = access.actor_of(request)
    access.require(by, "licensing.inspect")

    def act(data: dict[str, Any]) -> NonConformity:
        return services.record_finding(FindingForm.draft(data), by=by, now=clock.now())

    form = FindingForm(request.POST or None, by=by, initial={"found_on": clock.today()})
    context = {
        "title": _("Record a finding"),
        "submit": _("Record"),
        "cancel_url": reverse("licensing:finding_list"),
    }
    done = _("The finding is recorded.")
    return submit(request, form, act, context=context, success=finding_url, done=done)


@login_required
@require_http_methods(["GET", "POST"])
def finding(request: HttpRequest, finding_id: int) -> HttpResponse:
    """Show a finding, and close it."""
    by = access.actor_of(request)
    row = selectors.finding(finding_id, by)
    may_close = not row.closed_on and access.allows(
        by, "licensing.inspect", organisation_id=row.organisation_id
    )
    context = {"finding": row, "badge": finding_badge(row), "may_close": may_close}
    if request.method == "GET" and not may_close:
        return render(request, "licensing/finding.html", context)

    def act(data: dict[str, Any]) -> NonConformity:
        return services.close_finding(finding_id, note=data["note"], by=by, now=clock.now())

    form = NoteForm(request.POST or None)
    form.fields["note"].label = _("How it was mended")
    context["submit"] = _("Close the finding")
    done = _("The finding is closed.")
    template = "licensing/finding.html"
    return submit(
        request, form, act, template=template, context=context, success=finding_url, done=done
    )
