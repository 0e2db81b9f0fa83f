"""Places in the search over everything."""

from django.db.models import Q
from django.urls import reverse

from originmark.frame.web.sockets import Hit
from originmark.origin.parties import access
from originmark.origin.places import selectors

MOST = 5


def find_places(by: access.Actor, query: str) -> list[Hit]:
    """Return a few growing areas, facilities and units that match."""
    words = Q(name__icontains=query) | Q(code__icontains=query)
    coded = words | Q(registration_code__icontains=query)
    areas = selectors.growing_areas(by).filter(coded).order_by("name", "pk")[:MOST]
    facilities = selectors.facilities(by).filter(coded | Q(gln=query)).order_by("name", "pk")
    hits = [
        Hit(row.name, row.organisation.name, reverse("places:area", args=[row.code]), "plant-2")
        for row in areas
    ]
    hits += [
        Hit(
            row.name, row.organisation.name, reverse("places:facility", args=[row.code]),
            "building-warehouse",
        )
        for row in facilities[:MOST]
    ]  # fmt: skip
    if by.person_id is None:
        return hits
    return hits + [
        Hit(unit.name, selectors.full_name(unit), reverse("places:unit", args=[unit.key]), "map-2")
        for unit in selectors.search_units(query, most=3)
    ]
