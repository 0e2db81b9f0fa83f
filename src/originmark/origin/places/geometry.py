"""Shapes on the ground: read, check, measure, compare. Pure: GeoJSON in, values out.

Coordinates are WGS 84 longitude and latitude in degrees, as GeoJSON (RFC 7946) has it. Areas are
geodesic, on the ellipsoid; a shape across the 180° meridian is not handled.
"""

import json
import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any, Final

import shapely
from pyproj import Geod
from shapely.geometry import mapping, shape
from shapely.geometry.base import BaseGeometry
from shapely.geometry.polygon import orient
from shapely.validation import explain_validity

from originmark.origin.places import rules

WGS84: Final = Geod(ellps="WGS84")
PLOT_VERTICES: Final = 5_000
BOUNDARY_VERTICES: Final = 100_000
DECIMAL_PLACES: Final = 7  # about a centimetre
_SPOT: Final = re.compile(r"\[(\S+) (\S+)\]")


@dataclass(frozen=True, slots=True)
class Checked:
    """A shape that holds: its GeoJSON text, what it measures, where it lies."""

    geojson: str
    kind: str
    longitude: float
    latitude: float
    box: tuple[float, float, float, float]
    computed_ha: Decimal | None
    vertices: int


def check(source: str | dict[str, Any], *, most_vertices: int = PLOT_VERTICES) -> Checked:
    """Return the point, polygon or multipolygon that a GeoJSON text or object draws.

    A Feature is unwrapped, and a FeatureCollection of one. Heights are dropped.
    Raises ShapeUnreadable, ShapeEmpty, OutsideTheWorld, TooManyVertices or CrossesItself.
    """
    geometry = _read(_unwrapped(source))
    if geometry.is_empty:
        raise rules.ShapeEmpty
    _require_on_the_globe(geometry)
    vertices = int(shapely.count_coordinates(geometry))
    if vertices > most_vertices:
        raise rules.TooManyVertices(vertices=vertices, most=most_vertices)
    geometry = shapely.set_precision(geometry, 0) if geometry.geom_type == "Point" else geometry
    if geometry.geom_type != "Point":
        _require_simple(geometry)
    centre = geometry.representative_point()
    computed_ha = None if geometry.geom_type == "Point" else hectares(geometry)
    return Checked(
        geojson=json.dumps(_rounded(mapping(geometry)), separators=(",", ":")),
        kind=geometry.geom_type,
        longitude=round(centre.x, DECIMAL_PLACES),
        latitude=round(centre.y, DECIMAL_PLACES),
        box=geometry.bounds,
        computed_ha=computed_ha,
        vertices=vertices,
    )


def hectares(geometry: BaseGeometry) -> Decimal:
    """Return the geodesic area in hectares, to the square metre.

    Source: Karney (2013), Algorithms for geodesics, as PROJ has it; holes count as not there.
    """
    parts = [part for part in shapely.get_parts(geometry) if part.geom_type == "Polygon"]
    square_metres = sum(WGS84.geometry_area_perimeter(orient(part))[0] for part in parts)
    return (Decimal(square_metres) / 10_000).quantize(Decimal("0.0001"))


def share_inside(inner: str, outer: str) -> float:
    """Return which share of one shape's area lies inside another, from 0.0 to 1.0.

    A point is inside (1.0) or not (0.0); the edge counts as inside.
    """
    plot, boundary = _loaded(inner), _prepared(outer)
    if boundary.covers(plot):
        return 1.0
    if plot.geom_type == "Point" or not boundary.intersects(plot):
        return 0.0
    whole = hectares(plot)
    return min(float(hectares(boundary.intersection(plot)) / whole), 1.0) if whole else 0.0


def overlap_ha(one: str, other: str) -> Decimal:
    """Return how many hectares two shapes share."""
    first, second = _loaded(one), _loaded(other)
    if not first.intersects(second):
        return Decimal(0)
    return hectares(first.intersection(second))


def _unwrapped(source: str | dict[str, Any]) -> dict[str, Any]:
    try:
        found = json.loads(source) if isinstance(source, str) else source
    except ValueError:
        raise rules.ShapeUnreadable(found=str(source)[:60]) from None
    if isinstance(found, dict) and found.get("type") == "FeatureCollection":
        features = found.get("features")
        if not isinstance(features, list) or len(features) != 1:
            count = len(features) if isinstance(features, list) else 0
            raise rules.NotOneShape(count=count)
        found = features[0]
    if isinstance(found, dict) and found.get("type") == "Feature":
        found = found.get("geometry")
    if not isinstance(found, dict) or found.get("type") not in {"Point", "Polygon", "MultiPolygon"}:
        kind = found.get("type") if isinstance(found, dict) else type(found).__name__
        raise rules.ShapeUnreadable(found=str(kind)[:60])
    if not found.get("coordinates"):
        raise rules.ShapeEmpty
    return found


def _read(found: dict[str, Any]) -> BaseGeometry:
    try:
        geometry = shapely.force_2d(shape(_closed(found)))
    except (ValueError, TypeError, IndexError, AttributeError, shapely.errors.ShapelyError) as bad:
        raise rules.ShapeUnreadable(found=str(bad)[:60]) from None
    if not shapely.is_valid_input(geometry):  # a value that is no geometry at all
        raise rules.ShapeUnreadable(found=str(found)[:60])
    return geometry


def _closed(found: dict[str, Any]) -> dict[str, Any]:
    """Return the shape with each ring ended where it began, as people forget to do."""

    def closed(ring: list[Any]) -> list[Any]:
        return [*ring, ring[0]] if ring and ring[0] != ring[-1] else ring

    coordinates = found["coordinates"]
    if found["type"] == "Polygon":
        coordinates = [closed(ring) for ring in coordinates]
    elif found["type"] == "MultiPolygon":
        coordinates = [[closed(ring) for ring in part] for part in coordinates]
    return {"type": found["type"], "coordinates": coordinates}


def _require_on_the_globe(geometry: BaseGeometry) -> None:
    for longitude, latitude in shapely.get_coordinates(geometry):
        if abs(longitude) <= 180 and abs(latitude) <= 90:
            continue
        spot = {"longitude": float(longitude), "latitude": float(latitude)}
        if abs(longitude) <= 90 and abs(latitude) <= 180:
            raise rules.LatitudeFirst(**spot)
        raise rules.OutsideTheWorld(**spot)


def _require_simple(geometry: BaseGeometry) -> None:
    if geometry.convex_hull.area == 0 or (geometry.is_valid and hectares(geometry) <= 0):
        raise rules.ShapeEmpty
    if geometry.is_valid:
        return
    reason = explain_validity(geometry)
    spot = _SPOT.search(reason)
    if spot is None:
        raise rules.ShapeUnreadable(found=reason[:60])
    longitude, latitude = (round(float(value), 6) for value in spot.groups())
    raise rules.CrossesItself(longitude=longitude, latitude=latitude)


def _rounded(found: Any) -> Any:
    if isinstance(found, dict):
        return {"type": found["type"], "coordinates": _rounded(found["coordinates"])}
    if isinstance(found, list | tuple):
        return [_rounded(each) for each in found]
    return round(float(found), DECIMAL_PLACES)


def _loaded(geojson: str) -> BaseGeometry:
    geometry: BaseGeometry = shapely.from_geojson(geojson)
    return geometry


@lru_cache(maxsize=32)
def _prepared(geojson: str) -> BaseGeometry:
    geometry = _loaded(geojson)
    shapely.prepare(geometry)
    return geometry
