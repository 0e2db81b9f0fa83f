"""Boundaries: the outline inside which a mark may be grown."""

from datetime import date, datetime
from typing import Any, TypedDict, Unpack

from django.db import transaction

from originmark.origin.parties import access
from originmark.origin.places import geometry, rules
from originmark.origin.places.models import Boundary
from originmark.origin.places.services.codes import free_code


class BoundaryDetails(TypedDict, total=False):
    """What a boundary may carry besides its name and outline."""

    unit_id: int | None
    source: str
    valid_from: date | None
    valid_until: date | None


@transaction.atomic
def register_boundary(
    *,
    name: str,
    outline: str | dict[str, Any],
    by: access.Actor,
    now: datetime,
    code: str = "",
    **details: Unpack[BoundaryDetails],
) -> Boundary:
    """Register an outline, which never changes afterwards; a new decision is a new boundary.

    Raises NotAllowed, CodeTaken, or what ``geometry.check`` finds; a point is no outline.
    """
    access.require(by, "places.record_boundary")
    checked = geometry.check(outline, most_vertices=geometry.BOUNDARY_VERTICES)
    if checked.computed_ha is None:
        raise rules.ShapeEmpty
    west, south, east, north = checked.box
    return Boundary.objects.create(
        code=free_code(Boundary.objects.all(), code, "B"),
        name=name.strip(),
        geometry=checked.geojson,
        area_ha=checked.computed_ha,
        west=west,
        south=south,
        east=east,
        north=north,
        created_at=now,
        **details,
    )
