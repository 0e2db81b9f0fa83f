"""Pages of the scan watch: the shopper's report and its receipt, the cases."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from originmark.frame.web import clock, files
from originmark.frame.web.forms import submit
from originmark.frame.web.limits import Limit
from originmark.frame.web.tables import table_page
from originmark.mark.labels.models import CaseEvent, ConsumerReport, ScanCase
from originmark.mark.labels.watch import pictures, selectors, services
from originmark.mark.labels.watch.forms import ReportForm, WordsForm
from originmark.mark.labels.watch.rules import LONGEST_CODE, Dot, ReportDraft, clusters
from originmark.mark.labels.watch.tables import CASES, about, badge, case_url
from originmark.origin.parties import access
from originmark.origin.parties.access import Actor

REPORTS = Limit("consumer-report", times=6, seconds=600)
RECEIPTS = Limit("report-receipt", times=60, seconds=60)
STEPS = {
    "note": (services.note, gettext_lazy("Note on case %(case)s"), gettext_lazy("Note")),
    "dismiss": (services.dismiss, gettext_lazy("Dismiss case %(case)s"), gettext_lazy("Dismiss")),
    "confirm": (
        services.confirm,
        gettext_lazy("Confirm case %(case)s as a copy"),
        gettext_lazy("Confirm copy"),
    ),
    "withdraw": (
        services.withdraw_label,
        gettext_lazy("Withdraw the label of case %(case)s"),
        gettext_lazy("Withdraw the label"),
    ),
    "reopen": (
        services.reopen,
        gettext_lazy("Open case %(case)s again"),
        gettext_lazy("Open again"),
    ),
}
ICONS = {
    "opened": ("plus", "plain"), "reported": ("message", "warn"), "taken": ("user", "info"),
    "scanned": ("scan", "warn"),
    "note": ("edit", "plain"), "dismissed": ("circle-check", "ok"),
    "confirmed": ("alert-triangle", "bad"), "withdrawn": ("tags", "bad"),
    "reopened": ("arrow-back-up", "info"),
}  # fmt: skip


@require_http_methods(["GET", "POST"])
def report(request: HttpRequest) -> HttpResponse:
    """Take a shopper's report; no account is needed."""
    if request.method == "POST":
        REPORTS.count(request)
    first = {"code": request.GET.get("code", "")[:LONGEST_CODE], "problem": "copy"}
    form = ReportForm(request.POST or None, request.FILES or None, initial=first)

    def act(data: dict[str, Any]) -> str:
        photo, _trap = data.pop("photo"), data.pop("website")
        made = services.report(ReportDraft(**data), photo, now=clock.now())
        return reverse("labels:report_receipt", args=[made.reference])

    return submit(request, form, act, template="labels/watch/report.html")


@require_GET
def receipt(request: HttpRequest, reference: str) -> HttpResponse:
    """Show whoever knows the reference how the report stands, and nothing else of the case."""
    RECEIPTS.count(request)
    found = selectors.report(reference)
    shown = {"report": found, "state": badge(found.case)}
    response = render(request, "labels/watch/receipt.html", shown)
    response["Cache-Control"] = "no-store"
    response["Referrer-Policy"] = "no-referrer"
    return response


@require_GET
@login_required
def case_list(request: HttpRequest) -> HttpResponseBase:
    """Show the cases that the person may read."""
    rows = selectors.cases(access.actor_of(request))
    return table_page(request, CASES, rows, template="labels/watch/cases.html")


@require_GET
@login_required
def case_page(request: HttpRequest, case_id: int) -> HttpResponse:
    """Show a case: what it is about, the evidence, what happened."""
    by = access.actor_of(request)
    return render(request, "labels/watch/case.html", _shown(selectors.case(case_id, by), by))


def _shown(case: ScanCase, by: Actor) -> dict[str, Any]:
    sees_all = selectors.sees_reporters(by)
    events = case.events.all() if sees_all else case.events.exclude(kind=CaseEvent.Kind.NOTE)
    may_judge = access.allows(by, "labels.judge")
    is_dismissed = case.state == ScanCase.State.DISMISSED
    return {
        "case": case,
        "about": about(case),
        "badge": badge(case),
        "reports": case.reports.all()[:100],
        "sees_reporters": sees_all,
        "happened": [(each, *ICONS[each.kind]) for each in events[:200]],
        "seen": pictures.seen(case.evidence),
        "map": pictures.cluster_map(clusters(_dots(case))),
        "label_number": None if case.index is None else case.index + 1,
        "others": _others(case, by),
        "may_judge": may_judge,
        "may_withdraw": may_judge and case.run and not case.withdrawn_at and not is_dismissed,
    }


def _others(case: ScanCase, by: Actor) -> int:
    """Return how many other open cases about the same lot the person may read."""
    if not case.lot_code:
        return 0
    found = selectors.open_cases_of(by, case.lot_code)
    return found if case.closed_at else found - 1


def _dots(case: ScanCase) -> list[Dot]:
    places = case.evidence.get("places", [])
    return [Dot(case.pk, latitude, longitude) for _at, latitude, longitude in places]


@require_GET
@login_required
def case_map(request: HttpRequest) -> HttpResponse:
    """Show where the labels of open cases were scanned, in clusters, with a list beside it."""
    found = clusters(selectors.dots(access.actor_of(request)))
    shown = {"clusters": pictures.numbered(found), "map": pictures.cluster_map(found)}
    return render(request, "labels/watch/map.html", shown)


@require_POST
@login_required
def take_on(request: HttpRequest, case_id: int) -> HttpResponse:
    """Put a case under review by the person."""
    by = access.actor_of(request)
    case = services.take_on(selectors.case(case_id, by).pk, by=by, now=clock.now())
    return HttpResponse(status=302, headers={"Location": case_url(case)})


@require_http_methods(["GET", "POST"])
@login_required
def step(request: HttpRequest, case_id: int, verb: str) -> HttpResponse:
    """Write a note, dismiss, confirm, or withdraw the label."""
    by = access.actor_of(request)
    case = selectors.case(case_id, by)
    access.require(by, "labels.judge")
    act, title, button = STEPS[verb]
    context = {
        "title": title % {"case": case.pk},
        "submit": button,
        "cancel_url": case_url(case),
        "danger": verb == "withdraw",
    }
    if verb == "withdraw":
        context["intro"] = _("Shoppers who scan it read what you write here.")
    if verb == "reopen":
        context["intro"] = _(
            "The decision is taken back, and what shoppers are told with it. A label that was "
            "withdrawn stays withdrawn."
        )
    return submit(
        request,
        WordsForm(request.POST or None),
        lambda data: act(case.pk, data["text"], by=by, now=clock.now()),
        context=context,
        success=case_url,
        done=_("Recorded."),
    )


@require_GET
@login_required
def photo(request: HttpRequest, report_id: int) -> FileResponse:
    """Hand out a shopper's photo to the programme."""
    if not selectors.sees_reporters(access.actor_of(request)):
        raise Http404
    found = get_object_or_404(ConsumerReport.objects.exclude(photo=""), pk=report_id)
    return files.shown(found.photo)
