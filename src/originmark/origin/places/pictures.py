"""Maps of places, drawn from their own shapes."""

import json
from collections.abc import Iterable

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from originmark.frame.web.maps import Shape, svg_map
from originmark.origin.places.models import Boundary, Facility, GrowingArea

TONES = {"active": "primary", "suspended": "warn", "closed": "plain"}


def area_shape(area: GrowingArea, *, url: str = "") -> Shape:
    """Return a growing area as it is drawn; its state gives the colour."""
    return Shape(json.loads(area.geometry), area.name, TONES[area.status], url)


def area_close_up(area: GrowingArea) -> SafeString:
    """Return a map of the growing area alone; empty without an outline."""
    if not area.geometry:
        return SafeString("")
    return svg_map([area_shape(area)], 720, title=_("Outline of %s") % area.name)


def area_in_its_boundaries(area: GrowingArea, boundaries: list[Boundary]) -> SafeString:
    """Return a map of the boundaries around a growing area, with a pin where it lies."""
    if not boundaries or area.longitude is None:
        return SafeString("")
    pin = {"type": "Point", "coordinates": [area.longitude, area.latitude]}
    shapes = [Shape(json.loads(row.geometry), row.name, "outline") for row in boundaries]
    return svg_map([*shapes, Shape(pin, area.name)], 720, title=_("Where %s lies") % area.name)


def boundary_with_areas(boundary: Boundary, areas: Iterable[GrowingArea]) -> SafeString:
    """Return a map of a boundary and of the growing areas that the reader may see in it."""
    shapes = [Shape(json.loads(boundary.geometry), boundary.name, "outline")]
    for area in areas:
        pin = {"type": "Point", "coordinates": [area.longitude, area.latitude]}
        url = reverse("places:area", args=[area.code])
        shapes.append(Shape(pin, area.name, TONES[area.status], url))
    return svg_map(shapes, 720, title=_("Map of %s") % boundary.name)


def facility_map(facility: Facility) -> SafeString:
    """Return a map with the facility on it; empty without a position."""
    if facility.longitude is None:
        return SafeString("")
    pin = {"type": "Point", "coordinates": [facility.longitude, facility.latitude]}
    return svg_map([Shape(pin, facility.name)], 720, height=260, title=facility.name)
