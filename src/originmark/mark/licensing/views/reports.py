"""Pages about use reports: the list, one report, filing it."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from originmark.frame.web import clock
from originmark.frame.web.forms import submit
from originmark.frame.web.tables import table_page
from originmark.mark.licensing import report_rules as rules
from originmark.mark.licensing import selectors, services
from originmark.mark.licensing.lists import names_of_products
from originmark.mark.licensing.models import UseReport
from originmark.mark.licensing.report_forms import ReportForm
from originmark.mark.licensing.report_tables import report_badge, report_table, report_url
from originmark.origin.parties import access

KNOWN = _("Known here are the labels that were activated in the month and not spoiled since.")


@login_required
@require_GET
def report_list(request: HttpRequest) -> HttpResponseBase:
    """List the use reports that the person may read."""
    rows = selectors.reports(access.actor_of(request))
    return table_page(
        request, report_table(clock.today()), rows, template="licensing/report_list.html"
    )


@login_required
@require_GET
def report(request: HttpRequest, report_id: int) -> HttpResponse:
    """Show a report with its lines."""
    by = access.actor_of(request)
    row = selectors.report(report_id, by)
    names = names_of_products()
    holder = row.licence.organisation_id
    context = {
        "report": row,
        "badge": report_badge(row, clock.today()),
        "is_proposed": selectors.report_state(row, clock.today()) == rules.SUSPENSION,
        "lines": [(each, names.get(each.product_code, "")) for each in row.lines.all()],
        "known": KNOWN if any(each.labels_known is not None for each in row.lines.all()) else "",
        "may_file": access.allows(by, "licensing.report", organisation_id=holder),
        "may_suspend": access.allows(by, "licensing.suspend", organisation_id=holder),
    }
    return render(request, "licensing/report.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def report_file(request: HttpRequest, report_id: int) -> HttpResponse:
    """File a report."""
    by = access.actor_of(request)
    row = selectors.report(report_id, by)
    access.require(by, "licensing.report", organisation_id=row.licence.organisation_id)
    form = ReportForm(request.POST or None, report=row)

    def act(data: dict[str, Any]) -> UseReport:
        lines = list(form.lines(data))
        return services.file_report(report_id, lines, note=data["note"], by=by, now=clock.now())

    context = {
        "title": _("Use report for %(brand)s") % {"brand": row.licence.brand.name},
        "intro": " ".join(
            [f"{row.licence.organisation.name} · {row}.", *([str(KNOWN)] if form.is_known else [])]
        ),
        "submit": _("File the report"),
        "cancel_url": report_url(row),
    }
    done = _("The report is filed.")
    return submit(request, form, act, context=context, success=report_url, done=done)
