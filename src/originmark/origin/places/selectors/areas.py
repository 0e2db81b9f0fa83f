"""Growing areas, facilities, boundaries; is this area inside that boundary."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, TypeVar

from django.db.models import Q, QuerySet

from originmark.frame.web.identifiers import own_identifier
from originmark.origin.parties import access
from originmark.origin.places import geometry, rules
from originmark.origin.places.models import Boundary, Facility, GrowingArea

Row = TypeVar("Row", GrowingArea, Facility, Boundary)
GS1_PLACE = "https://id.gs1.org/414/"


@dataclass(frozen=True, slots=True)
class AreaFacts:
    """A growing area as other rooms know it; ``area_ha`` is the smaller of the two areas."""

    id: int
    code: str
    name: str
    organisation_id: int
    unit_id: int | None
    crop: str
    area_ha: Decimal
    centroid: tuple[float, float] | None
    geometry: dict[str, Any] | None
    status: str
    registration_code: str
    uri: str


@dataclass(frozen=True, slots=True)
class FacilityFacts:
    """A facility as other rooms know it; ``position`` is longitude and latitude."""

    id: int
    code: str
    name: str
    organisation_id: int
    unit_id: int | None
    kind: str
    position: tuple[float, float] | None
    address: str
    gln: str
    registration_code: str
    is_active: bool
    uri: str


@dataclass(frozen=True, slots=True)
class Containment:
    """How much of a growing area lies inside a boundary."""

    inside: bool
    share_inside: float
    boundary_name: str

    @property
    def percent(self) -> str:
        """Return the share as people read it; never rounded up to all of it."""
        return f"{min(round(self.share_inside * 100, 1), 99.9):g} %" if not self.inside else "100 %"


def area_uri(code: str) -> str:
    """Return the identifier of a growing area in events."""
    return own_identifier("area", code)


def facility_uri(row: Facility) -> str:
    """Return the identifier of a facility in events: its GLN as a link, or one of our own."""
    return f"{GS1_PLACE}{row.gln}" if row.gln else own_identifier("place", row.code)


def growing_area(code: str) -> AreaFacts:
    """Return the growing area with this code, whoever asks; raises UnknownPlace."""
    return _area_facts(_one(GrowingArea.objects.filter(code=code), code))


def growing_area_by_id(area_id: int) -> AreaFacts:
    """Return the growing area of a row in another room."""
    return _area_facts(GrowingArea.objects.get(pk=area_id))


def growing_area_by_uri(uri: str) -> AreaFacts | None:
    """Return the growing area that an event names, if it is one of this programme."""
    code = uri.removeprefix(own_identifier("area", ""))
    row = GrowingArea.objects.filter(code=code).first() if code != uri else None
    return _area_facts(row) if row else None


def growing_areas(by: access.Actor) -> QuerySet[GrowingArea]:
    """Return the growing areas that the actor may read."""
    rows = GrowingArea.objects.select_related("organisation", "unit__parent__parent")
    return access.visible(by, rows)


def visible_area(code: str, by: access.Actor) -> GrowingArea:
    """Return the row of a growing area if the actor may read it; raises UnknownPlace."""
    return _one(growing_areas(by).filter(code=code), code)


def facility(code: str) -> FacilityFacts:
    """Return the facility with this code, whoever asks; raises UnknownPlace."""
    return _facility_facts(_one(Facility.objects.filter(code=code), code))


def facility_by_id(facility_id: int) -> FacilityFacts:
    """Return the facility of a row in another room."""
    return _facility_facts(Facility.objects.get(pk=facility_id))


def facility_by_uri(uri: str) -> FacilityFacts | None:
    """Return the facility that an event names by GLN or by our own identifier."""
    own = own_identifier("place", "")
    if uri.startswith(GS1_PLACE):
        wanted = Q(gln=uri.removeprefix(GS1_PLACE).split("/")[0])
    elif uri.startswith(own):
        wanted = Q(code=uri.removeprefix(own))
    else:
        return None
    row = Facility.objects.filter(wanted).exclude(gln="", code="").first()
    return _facility_facts(row) if row else None


def facilities(by: access.Actor) -> QuerySet[Facility]:
    """Return the facilities that the actor may read."""
    rows = Facility.objects.select_related("organisation", "unit__parent__parent")
    return access.visible(by, rows)


def visible_facility(code: str, by: access.Actor) -> Facility:
    """Return the row of a facility if the actor may read it; raises UnknownPlace."""
    return _one(facilities(by).filter(code=code), code)


def boundaries() -> QuerySet[Boundary]:
    """Return all boundaries; they are public."""
    return Boundary.objects.select_related("unit")


def boundary(code: str) -> Boundary:
    """Return the boundary with this code; raises UnknownPlace."""
    return _one(boundaries().filter(code=code), code)


def containment(area_id: int, boundary_code: str) -> Containment:
    """Return whether a growing area lies inside a boundary, by geometry.

    Inside means 99.9 % of its area; the last thousandth is drawing. Two queries.
    Raises UnknownPlace, or NoShape when the area has no outline.
    """
    return containments([area_id], boundary_code)[area_id]


def containments(area_ids: Iterable[int], boundary_code: str) -> dict[int, Containment]:
    """Return the containment of several growing areas in one boundary; two queries."""
    outline = boundary(boundary_code)
    answers = {}
    for area in GrowingArea.objects.filter(pk__in=list(area_ids)).order_by("pk"):
        if not area.geometry:
            raise rules.NoShape(area=area.code)
        share = geometry.share_inside(area.geometry, outline.geometry)
        answers[area.pk] = Containment(share >= rules.INSIDE_FROM, share, outline.name)
    return answers


def overlapping_outlines(area: GrowingArea) -> list[tuple[Boundary, Containment]]:
    """Return the boundaries that touch a growing area, with the share inside each."""
    if not area.geometry or area.west is None or area.south is None:
        return []
    rows = boundaries().filter(west__lte=area.east, east__gte=area.west)
    rows = rows.filter(south__lte=area.north, north__gte=area.south).order_by("name", "pk")
    shares = [(row, geometry.share_inside(area.geometry, row.geometry)) for row in rows[:20]]
    return [
        (row, Containment(share >= rules.INSIDE_FROM, share, row.name))
        for row, share in shares
        if share > 0
    ]


def _one(rows: QuerySet[Row], code: str) -> Row:
    row = rows.first()
    if row is None:
        raise rules.UnknownPlace(place=code)
    return row


def _area_facts(row: GrowingArea) -> AreaFacts:
    centroid = None
    if row.longitude is not None and row.latitude is not None:
        centroid = (row.longitude, row.latitude)
    return AreaFacts(
        id=row.pk,
        code=row.code,
        name=row.name,
        organisation_id=row.organisation_id,
        unit_id=row.unit_id,
        crop=row.crop,
        area_ha=row.area_ha,
        centroid=centroid,
        geometry=json.loads(row.geometry) if row.geometry else None,
        status=row.status,
        registration_code=row.registration_code,
        uri=area_uri(row.code),
    )


def _facility_facts(row: Facility) -> FacilityFacts:
    position = None
    if row.longitude is not None and row.latitude is not None:
        position = (row.longitude, row.latitude)
    return FacilityFacts(
        id=row.pk,
        code=row.code,
        name=row.name,
        organisation_id=row.organisation_id,
        unit_id=row.unit_id,
        kind=row.kind,
        position=position,
        address=row.address,
        gln=row.gln,
        registration_code=row.registration_code,
        is_active=row.is_active,
        uri=facility_uri(row),
    )
