"""Pages for whoever goes out: visits, samples, photos. Made for a phone."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from originmark.frame.web import clock, files
from originmark.frame.web.forms import submit
from originmark.frame.web.tables import table_page
from originmark.mark.evaluation import services
from originmark.mark.evaluation.selectors import star_lists
from originmark.mark.evaluation.star_forms import (
    CheckResultForm,
    PhotoForm,
    PlanCheckForm,
    SampleForm,
)
from originmark.mark.evaluation.work_tables import CHECKS, check_badge, check_url
from originmark.origin.parties import access


@login_required
@require_GET
def check_list(request: HttpRequest) -> HttpResponseBase:
    """List the checks that the person may read."""
    by = access.actor_of(request)
    context = {"may_plan": access.allows(by, "evaluation.plan_checks")}
    rows = star_lists.checks(by)
    template = "evaluation/check_list.html"
    return table_page(request, CHECKS, rows, template=template, context=context)


@login_required
def plan(request: HttpRequest) -> HttpResponse:
    """Plan a visit."""
    by = access.actor_of(request)
    access.require(by, "evaluation.plan_checks")
    initial = {"number": request.GET.get("number", ""), "planned_on": clock.today()}
    form = PlanCheckForm(request.POST or None, initial=initial)

    def act(said: dict[str, Any]) -> Any:
        return services.plan_check(**said, by=by)

    context = {
        "title": _("Plan a field check"),
        "submit": _("Plan"),
        "cancel_url": reverse("evaluation:check_list"),
    }
    done = _("The check is planned.")
    return submit(request, form, act, context=context, success=check_url, done=done)


@login_required
@require_GET
def check(request: HttpRequest, check_id: int) -> HttpResponse:
    """Show a visit with its samples, photos and findings."""
    by = access.actor_of(request)
    row = star_lists.check(check_id, by)
    may_record = row.done_on is None and access.allows(by, "evaluation.record_checks")
    context = {"check": row, "badge": check_badge(row), "may_record": may_record}
    return render(request, "evaluation/check.html", context)


@login_required
def record(request: HttpRequest, check_id: int) -> HttpResponse:
    """Say what a visit found."""
    form = CheckResultForm(request.POST or None, initial={"on": clock.today()})

    def act(said: dict[str, Any], by: access.Actor) -> Any:
        return services.record_check(check_id, **said, by=by, now=clock.now())

    return _step(request, check_id, form, act, _("What the check found"))


@login_required
def sample(request: HttpRequest, check_id: int) -> HttpResponse:
    """Record a sealed sample."""
    form = SampleForm(request.POST or None, initial={"taken_on": clock.today()})

    def act(_said: dict[str, Any], by: access.Actor) -> Any:
        return services.take_sample(check_id, form.draft(), by=by, now=clock.now())

    return _step(request, check_id, form, act, _("Record a sample"))


@login_required
def photo(request: HttpRequest, check_id: int) -> HttpResponse:
    """Add a photo."""
    form = PhotoForm(request.POST or None, request.FILES or None)

    def act(said: dict[str, Any], by: access.Actor) -> Any:
        caption = said["caption"]
        return services.add_photo(check_id, said["photo"], caption=caption, by=by, now=clock.now())

    return _step(request, check_id, form, act, _("Add a photo"))


@login_required
@require_GET
def photo_file(request: HttpRequest, check_id: int, photo_id: int) -> FileResponse:
    """Hand out a photo to whoever may read the check."""
    row = star_lists.check(check_id, access.actor_of(request)).photos.filter(pk=photo_id).first()
    if row is None:
        raise Http404
    response = files.shown(row.photo)
    response["Cache-Control"] = "private, max-age=3600"  # a photo is never another one
    return response


def _step(request: HttpRequest, check_id: int, form: Any, act: Any, title: Any) -> HttpResponse:
    by = access.actor_of(request)
    access.require(by, "evaluation.record_checks")
    row = star_lists.check(check_id, by)
    context = {"title": title, "intro": row.organisation.name, "cancel_url": check_url(row)}
    return submit(
        request,
        form,
        lambda said: act(said, by),
        context=context,
        success=check_url(row),
        done=_("It is recorded."),
    )
