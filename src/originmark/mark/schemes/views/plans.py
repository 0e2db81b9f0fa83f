"""Pages about cultivation plans, and the list of rights that near their end."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from originmark.frame.web import clock, files
from originmark.frame.web.forms import submit
from originmark.frame.web.tables import table_page
from originmark.mark.schemes import plan_rules as rules
from originmark.mark.schemes import plan_selectors as selectors
from originmark.mark.schemes.plan_forms import MeasureForm, PlanForm, ReportForm
from originmark.mark.schemes.plan_models import CultivationPlan, PlanMeasure
from originmark.mark.schemes.plan_tables import PLANS, days_left, measure_badge, plan_url
from originmark.mark.schemes.services import plans as services
from originmark.origin.parties import access


@login_required
@require_GET
def plan_list(request: HttpRequest) -> HttpResponseBase:
    """List the plans that the person may read."""
    by = access.actor_of(request)
    context = {"may_plan": access.allows(by, services.PLAN)}
    template = "schemes/plan_list.html"
    return table_page(request, PLANS, selectors.plans(by), template=template, context=context)


@login_required
@require_GET
def plan(request: HttpRequest, code: str) -> HttpResponse:
    """Show a plan with its measures, stage by stage."""
    by = access.actor_of(request)
    row = selectors.plan(code, by)
    measures = list(row.measures.select_related("owner"))
    on = clock.today()
    stages: dict[str, list[tuple[PlanMeasure, Any, bool]]] = {}
    for each in measures:
        may_report = access.allows(by, services.PROGRESS, organisation_id=each.owner_id)
        stages.setdefault(each.stage, []).append((each, measure_badge(each), may_report))
    context = {
        "plan": row,
        "stages": stages,
        "progress": rules.progress([(m.state, m.due_on, m.budget) for m in measures], on),
        "may_plan": access.allows(by, services.PLAN),
    }
    return render(request, "schemes/plan.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def plan_new(request: HttpRequest) -> HttpResponse:
    """Record a plan."""
    by = access.actor_of(request)
    access.require(by, services.PLAN)

    def act(data: dict[str, Any]) -> CultivationPlan:
        return services.record_plan(services.PlanDraft(**data), by=by, now=clock.now())

    context = {"title": _("Record a plan"), "cancel_url": reverse("schemes:plan_list")}
    form = PlanForm(request.POST or None)
    done = _("The plan is recorded.")
    return submit(request, form, act, context=context, success=plan_url, done=done)


@login_required
@require_http_methods(["GET", "POST"])
def measure_new(request: HttpRequest, code: str) -> HttpResponse:
    """Add a measure to a plan."""
    by = access.actor_of(request)
    row = selectors.plan(code, by)
    access.require(by, services.PLAN)

    def act(data: dict[str, Any]) -> str:
        services.add_measure(code, services.MeasureDraft(**data), by=by, now=clock.now())
        return plan_url(row)

    context = {"title": _("Add a measure"), "intro": row.title, "cancel_url": plan_url(row)}
    form = MeasureForm(request.POST or None, by=by)
    return submit(request, form, act, context=context, done=_("The measure is added."))


@login_required
@require_http_methods(["GET", "POST"])
def measure_report(request: HttpRequest, measure_id: int) -> HttpResponse:
    """Say how a measure stands."""
    by = access.actor_of(request)
    row = selectors.measure(measure_id, by)
    access.require(by, services.PROGRESS, organisation_id=row.owner_id)

    def act(data: dict[str, Any]) -> str:
        services.report_measure(measure_id, by=by, now=clock.now(), **data)
        return plan_url(row.plan)

    initial = {"state": row.state, "evidence": row.evidence}
    form = ReportForm(request.POST or None, request.FILES or None, initial=initial)
    context = {"title": row.title, "intro": row.plan.title, "cancel_url": plan_url(row.plan)}
    return submit(request, form, act, context=context, done=_("It is noted."))


@login_required
@require_GET
def measure_file(request: HttpRequest, measure_id: int) -> HttpResponseBase:
    """Hand out the paper of a measure to whoever may read its plan."""
    row = selectors.measure(measure_id, access.actor_of(request))
    if not row.file:
        raise Http404
    return files.downloaded(row.file, row.file_name)


@login_required
@require_GET
def right_watch(request: HttpRequest) -> HttpResponse:
    """List the rights of the programme that end within half a year."""
    on = clock.today()
    rows = selectors.rights_ending(on).prefetch_related("notices")
    rights = [(each, days_left(each), _notice(each)) for each in rows]
    context = {"rights": rights, "days": selectors.WATCHED_DAYS}
    return render(request, "schemes/right_watch.html", context)


def _notice(right: Any) -> Any:
    return next(
        (each for each in right.notices.all() if each.valid_until == right.valid_until), None
    )
