"""Pages of boundaries, and the layers under the drawing map."""

import json
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from originmark.frame.web import clock
from originmark.frame.web.forms import submit
from originmark.frame.web.tables import table_page
from originmark.origin.parties import access
from originmark.origin.places import selectors, services
from originmark.origin.places.forms import BoundaryForm
from originmark.origin.places.models import Boundary
from originmark.origin.places.pictures import boundary_with_areas
from originmark.origin.places.tables import BOUNDARIES

LAYERS = 200


@require_GET
@login_required
def boundary_list(request: HttpRequest) -> HttpResponseBase:
    """List the boundaries; everybody who is signed in may see them."""
    may_record = access.allows(access.actor_of(request), "places.record_boundary")
    rows, template = selectors.boundaries(), "places/boundary_list.html"
    context = {"may_record": may_record}
    return table_page(request, BOUNDARIES, rows, template=template, context=context)


@require_GET
@login_required
def boundary_page(request: HttpRequest, code: str) -> HttpResponse:
    """Show a boundary with the growing areas in it that the person may see."""
    boundary = selectors.boundary(code)
    areas = selectors.growing_areas(access.actor_of(request)).exclude(status="closed")
    near = areas.filter(west__lte=boundary.east, east__gte=boundary.west)
    near = near.filter(south__lte=boundary.north, north__gte=boundary.south).order_by("name", "pk")
    shown = list(near[:LAYERS])
    shares = selectors.containments([area.pk for area in shown], code)
    context = {
        "boundary": boundary,
        "map": boundary_with_areas(boundary, shown),
        "areas": [(area, shares[area.pk]) for area in shown if shares[area.pk].share_inside > 0],
    }
    return render(request, "places/boundary.html", context)


@require_GET
@login_required
def boundary_outline(request: HttpRequest, code: str) -> HttpResponse:  # noqa: ARG001 (a view)
    """Answer a boundary as a GeoJSON feature."""
    boundary = selectors.boundary(code)
    feature = {
        "type": "Feature",
        "geometry": json.loads(boundary.geometry),
        "properties": {"code": code, "name": boundary.name, "source": boundary.source},
    }
    response = JsonResponse(feature, content_type="application/geo+json")
    response["Content-Disposition"] = f'attachment; filename="{code}.geojson"'
    return response


@require_http_methods(["GET", "POST"])
@login_required
def boundary_new(request: HttpRequest) -> HttpResponse:
    """Register a boundary."""
    by = access.actor_of(request)
    access.require(by, "places.record_boundary")
    form = BoundaryForm(request.POST or None, request.FILES or None)

    def register(data: dict[str, Any]) -> Boundary:
        return services.register_boundary(
            name=data["name"], outline=data["geometry"] or "", code=data["code"],
            by=by, now=clock.now(), source=data["source"], valid_from=data["valid_from"],
            unit_id=data["unit"].pk if data["unit"] else None,
        )  # fmt: skip

    return submit(
        request, form, register, template="places/boundary_form.html",
        context={"title": _("Register a boundary"), "back": reverse("places:boundaries")},
        success=lambda row: reverse("places:boundary", args=[row.code]),
        done=lambda row: _("Boundary %s is registered.") % row.code,
    )  # fmt: skip


@require_GET
@login_required
def map_layers(request: HttpRequest) -> JsonResponse:
    """Answer what lies under the map on which land is drawn: boundaries, and the own areas."""
    areas = selectors.growing_areas(access.actor_of(request)).exclude(geometry="")
    areas = areas.exclude(status="closed").order_by("-pk")
    rows: list[tuple[str, Any]] = [
        ("boundary", row) for row in selectors.boundaries().order_by("pk")[:20]
    ]
    rows += [("area", row) for row in areas[:LAYERS]]
    features = [
        {
            "type": "Feature",
            "geometry": json.loads(row.geometry),
            "properties": {"kind": kind, "name": row.name, "code": row.code},
        }
        for kind, row in rows
    ]
    return JsonResponse({"type": "FeatureCollection", "features": features})
