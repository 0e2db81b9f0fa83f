"""Pages of growing areas."""

import json
from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from originmark.frame.web import clock
from originmark.frame.web.forms import submit
from originmark.frame.web.tables import table_page
from originmark.origin.parties import access
from originmark.origin.places import selectors, services
from originmark.origin.places.forms import GrowingAreaForm, ReasonForm
from originmark.origin.places.models import GrowingArea
from originmark.origin.places.pictures import area_close_up, area_in_its_boundaries
from originmark.origin.places.sentences import remark_words
from originmark.origin.places.tables import AREAS, area_badge, declared
from originmark.origin.places.views.choices import organisations_for

STEPS: dict[str, Callable[..., GrowingArea]] = {
    "suspend": services.suspend_growing_area,
    "resume": services.resume_growing_area,
    "close": services.close_growing_area,
}


@require_GET
@login_required
def area_list(request: HttpRequest) -> HttpResponseBase:
    """List the growing areas that the person may see."""
    by = access.actor_of(request)
    context = {"may_record": bool(organisations_for(by, "places.record_area"))}
    rows = selectors.growing_areas(by)
    return table_page(request, AREAS, rows, template="places/area_list.html", context=context)


@require_GET
@login_required
def area_features(request: HttpRequest) -> HttpResponse:
    """Answer the growing areas that the person may see as a GeoJSON FeatureCollection."""
    rows = selectors.growing_areas(access.actor_of(request)).order_by("pk")
    features = [
        {
            "type": "Feature",
            "geometry": json.loads(row.geometry) if row.geometry else None,
            "properties": {
                "code": row.code,
                "name": row.name,
                "organisation": row.organisation.code,
                "area": f"{row.declared_value.normalize():f} {row.declared_unit}",
                "crop": row.crop,
                "grower": row.grower,
                "place": row.unit.key if row.unit else "",
                "registration_code": row.registration_code,
                "status": row.status,
            },
        }
        for row in rows
    ]
    answer = json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False)
    response = HttpResponse(answer, content_type="application/geo+json")
    response["Content-Disposition"] = 'attachment; filename="growing-areas.geojson"'
    return response


@require_GET
@login_required
def area_page(request: HttpRequest, code: str) -> HttpResponse:
    """Show a growing area: where it lies, how large it is, what is odd, what has happened."""
    by = access.actor_of(request)
    area = selectors.visible_area(code, by)
    outlines = selectors.overlapping_outlines(area)
    today = selectors.todays_unit(area.unit, clock.now().date()) if area.unit else None
    context = {
        "area": area,
        "badge": area_badge(area),
        "declared": declared(area),
        "facts": selectors.growing_area(code),
        "remarks": [remark_words(each) for each in area.warnings],
        "outlines": outlines,
        "close_up": area_close_up(area),
        "overview": area_in_its_boundaries(area, [row for row, _share in outlines]),
        "place": selectors.full_name(area.unit) if area.unit else "",
        "place_today": today if today and today != area.unit else None,
        "steps": _steps(area, by),
    }
    return render(request, "places/area.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def area_new(request: HttpRequest) -> HttpResponse:
    """Register a growing area."""
    by = access.actor_of(request)
    choices = organisations_for(by, "places.record_area")
    if not choices:
        access.require(by, "places.record_area")
    form = GrowingAreaForm(request.POST or None, request.FILES or None, organisations=choices)

    def register(data: dict[str, Any]) -> GrowingArea:
        return services.register_growing_area(
            organisation_id=data["organisation"], code=data["code"], by=by, now=clock.now(),
            **form.details(),
        )  # fmt: skip

    return submit(
        request, form, register, template="places/area_form.html",
        context={"title": _("Register a growing area"), "back": reverse("places:areas")},
        success=_address, done=lambda area: _("Growing area %s is registered.") % area.code,
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@login_required
def area_edit(request: HttpRequest, code: str) -> HttpResponse:
    """Correct a growing area."""
    by = access.actor_of(request)
    area = selectors.visible_area(code, by)
    access.require(by, "places.record_area", organisation_id=area.organisation_id)
    form = GrowingAreaForm(
        request.POST or None,
        request.FILES or None,
        organisations=[(area.organisation_id, area.organisation.name)],
        initial={
            "name": area.name,
            "declared_value": (f"{area.declared_value.normalize():f}", area.declared_unit),
            "unit": area.unit.key if area.unit else "",
            "crop": area.crop,
            "grower": area.grower,
            "geometry": area.geometry,
            "registration_code": area.registration_code,
        },
    )
    del form.fields["code"]

    def change(_data: dict[str, Any]) -> GrowingArea:
        return services.change_growing_area(code, by=by, now=clock.now(), **form.details())

    return submit(
        request, form, change, template="places/area_form.html",
        context={"title": _("Correct %s") % area.name, "back": _address(area)},
        success=_address, done=_("The growing area is corrected."),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@login_required
def area_step(request: HttpRequest, code: str, step: str) -> HttpResponse:
    """Suspend, resume or close a growing area, with a reason."""
    by = access.actor_of(request)
    area = selectors.visible_area(code, by)
    titles = {
        "suspend": _("Suspend %s"),
        "resume": _("Let %s back into the programme"),
        "close": _("Close %s for good"),
    }

    def take(data: dict[str, Any]) -> GrowingArea:
        return STEPS[step](code, reason=data["reason"], by=by, now=clock.now())

    return submit(
        request, ReasonForm(request.POST or None), take,
        context={
            "title": titles[step] % area.name,
            "submit": titles[step] % area.code,
            "danger": step == "close",
            "cancel_url": _address(area),
        },
        success=_address, done=_("Done."),
    )  # fmt: skip


def _address(area: GrowingArea) -> str:
    return reverse("places:area", args=[area.code])


def _steps(area: GrowingArea, by: access.Actor) -> list[str]:
    """Return the steps that this person may take with an area in this state."""
    owner = area.organisation_id
    if area.status == GrowingArea.Status.CLOSED:
        return []
    turn = "suspend" if area.status == GrowingArea.Status.ACTIVE else "resume"
    wanted = {"edit": "record_area", turn: "suspend_area", "close": "close_area"}
    return [
        step
        for step, permission in wanted.items()
        if access.allows(by, f"places.{permission}", organisation_id=owner)
    ]
