"""Places for programs."""

from datetime import date
from typing import Annotated

from django.http import HttpRequest
from ninja import Query, Router, Status

from originmark.frame.web import clock
from originmark.origin.parties import access
from originmark.origin.parties import selectors as parties
from originmark.origin.places import selectors, services
from originmark.origin.places.models import Boundary
from originmark.origin.places.schemas import (
    AreaIn,
    AreaOut,
    BoundaryOut,
    ContainmentOut,
    FacilityIn,
    FacilityOut,
    UnitOut,
)

router = Router(tags=["places"], auth=access.API_AUTH)
Words = Annotated[str, Query(max_length=100)]
Many = Annotated[int, Query(ge=1, le=500)]
First = Annotated[int, Query(ge=0, le=10**9)]


@router.get("/units", response=list[UnitOut], summary="Search administrative units")
def get_units(
    request: HttpRequest,  # noqa: ARG001 (ninja's signature)
    q: Words,
    on: date | None = None,
    country: Annotated[str, Query(max_length=2)] = "",
) -> list[UnitOut]:
    """Return units by name (accents do not matter), other spelling or code, likeliest first."""
    found = selectors.search_units(q.replace("\x00", ""), scheme=country, on=on)
    return [UnitOut.of(unit) for unit in found]


@router.get("/units/{key}/today", response=list[UnitOut], summary="Find what a unit has become")
def get_unit_today(
    request: HttpRequest,  # noqa: ARG001 (ninja's signature)
    key: str,
    on: date | None = None,
) -> list[UnitOut]:
    """Return the units that a unit has become by a day (default: today)."""
    unit = selectors.unit(key)
    return [UnitOut.of(each) for each in selectors.todays_units(unit, on or clock.now().date())]


@router.get("/growing-areas", response=list[AreaOut], summary="List growing areas")
def get_areas(
    request: HttpRequest, status: Words = "", limit: Many = 100, offset: First = 0
) -> list[AreaOut]:
    """Return the growing areas that the asker may read, by code."""
    rows = selectors.growing_areas(access.actor_of(request)).order_by("code")
    rows = rows.filter(status=status) if status else rows
    return [AreaOut.of(row) for row in rows[offset : offset + limit]]


@router.post("/growing-areas", response={201: AreaOut}, summary="Register a growing area")
def post_area(request: HttpRequest, body: AreaIn) -> Status[AreaOut]:
    """Register a growing area; what is odd comes back as warnings."""
    by = access.actor_of(request)
    organisation = parties.visible_organisation(body.organisation, by)
    facts = body.dict(exclude={"organisation", "unit"})
    facts["unit_id"] = selectors.unit(body.unit).pk if body.unit else None
    area = services.register_growing_area(
        organisation_id=organisation.pk, by=by, now=clock.now(), **facts
    )
    return Status(201, AreaOut.of(area))


@router.get("/growing-areas/{code}", response=AreaOut, summary="Read a growing area")
def get_area(request: HttpRequest, code: str) -> AreaOut:
    """Return one growing area."""
    return AreaOut.of(selectors.visible_area(code, access.actor_of(request)))


@router.get(
    "/growing-areas/{code}/inside/{boundary}",
    response=ContainmentOut,
    summary="Ask whether a growing area lies inside a boundary",
)
def get_containment(request: HttpRequest, code: str, boundary: str) -> selectors.Containment:
    """Return whether 99.9 % of the area lies inside, and the share that does."""
    area = selectors.visible_area(code, access.actor_of(request))
    return selectors.containment(area.pk, boundary)


@router.get("/facilities", response=list[FacilityOut], summary="List facilities")
def get_facilities(request: HttpRequest, limit: Many = 100, offset: First = 0) -> list[FacilityOut]:
    """Return the facilities that the asker may read, by code."""
    rows = selectors.facilities(access.actor_of(request)).order_by("code")
    return [FacilityOut.of(row) for row in rows[offset : offset + limit]]


@router.post("/facilities", response={201: FacilityOut}, summary="Register a facility")
def post_facility(request: HttpRequest, body: FacilityIn) -> Status[FacilityOut]:
    """Register a facility."""
    by = access.actor_of(request)
    organisation = parties.visible_organisation(body.organisation, by)
    facts = body.dict(exclude={"organisation", "unit"})
    facts["unit_id"] = selectors.unit(body.unit).pk if body.unit else None
    facility = services.register_facility(
        organisation_id=organisation.pk, by=by, now=clock.now(), **facts
    )
    return Status(201, FacilityOut.of(facility))


@router.get("/facilities/{code}", response=FacilityOut, summary="Read a facility")
def get_facility(request: HttpRequest, code: str) -> FacilityOut:
    """Return one facility."""
    return FacilityOut.of(selectors.visible_facility(code, access.actor_of(request)))


@router.get("/boundaries", response=list[BoundaryOut], summary="List boundaries")
def get_boundaries(request: HttpRequest) -> list[Boundary]:  # noqa: ARG001 (ninja's signature)
    """Return all boundaries, by code, without their outlines."""
    return list(selectors.boundaries().order_by("code"))
