"""What people draw, paste or upload, turned into GeoJSON: GeoJSON, KML, WKT, lists of points.

Pure: text in, a GeoJSON geometry out. Whether the shape holds is for ``geometry.check``.
"""

import csv
import json
import re
from typing import Any, Final
from xml.etree import ElementTree

import shapely

from originmark.origin.places import rules

LONGITUDE: Final = {"lon", "lng", "long", "longitude", "x", "kinh độ", "经度"}
LATITUDE: Final = {"lat", "latitude", "y", "vĩ độ", "纬度"}
WKT: Final = re.compile(r"\s*(SRID=4326;)?\s*(POINT|POLYGON|MULTIPOLYGON)\b", re.IGNORECASE)
KML_PARTS: Final = {"Point", "Polygon"}


def read_drawing(text: str) -> dict[str, Any]:
    r"""Return the geometry that a text describes, whichever of the four ways it is written.

    Raises ShapeUnreadable, ShapeEmpty or NotOneShape.

    >>> read_drawing("112.5 38.1")
    {'type': 'Point', 'coordinates': [112.5, 38.1]}
    >>> read_drawing("lat,lon\n38,112\n38,112.1\n38.1,112.1")["coordinates"][0][0]
    [112.0, 38.0]
    """
    text = text.lstrip("\ufeff").strip()
    if not text:
        raise rules.ShapeEmpty
    if text.startswith(("{", "[")):
        return _json(text)
    if text.startswith("<"):
        return _kml(text)
    if match := WKT.match(text):
        return _wkt(text[match.start(2) :])
    return _points(text)


def _json(text: str) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        raise rules.ShapeUnreadable(found=text[:60]) from None
    if not isinstance(found, dict):
        raise rules.ShapeUnreadable(found=text[:60])
    return found


def _wkt(text: str) -> dict[str, Any]:
    try:
        found: dict[str, Any] = json.loads(shapely.to_geojson(shapely.from_wkt(text)))
    except (ValueError, shapely.errors.ShapelyError):
        raise rules.ShapeUnreadable(found=text[:60]) from None
    return found


def _kml(text: str) -> dict[str, Any]:
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise rules.ShapeUnreadable(found="<!DOCTYPE")
    try:
        root = ElementTree.fromstring(text)  # noqa: S314 (no entities: refused above)
    except ElementTree.ParseError:
        raise rules.ShapeUnreadable(found=text[:60]) from None
    parts = [each for each in root.iter() if _tag(each) in KML_PARTS]
    polygons = [_kml_rings(each) for each in parts if _tag(each) == "Polygon"]
    if len(polygons) == 1:
        return {"type": "Polygon", "coordinates": polygons[0]}
    if polygons:
        return {"type": "MultiPolygon", "coordinates": polygons}
    if len(parts) == 1:
        return {"type": "Point", "coordinates": _kml_positions(parts[0])[0]}
    if not parts:
        raise rules.ShapeUnreadable(found=_tag(root))
    raise rules.NotOneShape(count=len(parts))


def _kml_rings(polygon: ElementTree.Element) -> list[list[list[float]]]:
    outer = [_kml_positions(each) for each in polygon.iter() if _tag(each) == "outerBoundaryIs"]
    inner = [_kml_positions(each) for each in polygon.iter() if _tag(each) == "innerBoundaryIs"]
    return outer[:1] + inner


def _kml_positions(element: ElementTree.Element) -> list[list[float]]:
    texts = [each.text or "" for each in element.iter() if _tag(each) == "coordinates"]
    try:
        positions = [
            [float(value) for value in triple.split(",")[:2]]
            for triple in (texts[0] if texts else "").split()
        ]
    except ValueError:
        raise rules.ShapeUnreadable(found=texts[0][:60]) from None
    if not positions or any(len(each) != 2 for each in positions):
        raise rules.ShapeUnreadable(found="coordinates")
    return positions


def _tag(element: ElementTree.Element) -> str:
    return element.tag.rpartition("}")[2]


def _points(text: str) -> dict[str, Any]:
    """Return the point or polygon that lines of two numbers give, longitude first or as named."""
    lines = [line for line in text.splitlines() if line.strip()]
    separator = ";" if ";" in lines[0] else "\t" if "\t" in lines[0] else ","
    separator = separator if separator in lines[0] else " "
    rows = [
        [cell.strip() for cell in row if cell.strip()]
        for row in csv.reader(lines, delimiter=separator, skipinitialspace=True)
    ]
    head = [cell.casefold() for cell in rows[0]]
    x = next((place for place, name in enumerate(head) if name in LONGITUDE), None)
    y = next((place for place, name in enumerate(head) if name in LATITUDE), None)
    if x is not None and y is not None:
        rows = rows[1:]
    else:
        x, y = 0, 1
    try:
        positions = [[float(row[x]), float(row[y])] for row in rows]
    except (ValueError, IndexError):
        raise rules.ShapeUnreadable(found=text[:60]) from None
    if len(positions) == 1:
        return {"type": "Point", "coordinates": positions[0]}
    if len(positions) < 3:
        raise rules.ShapeEmpty
    return {"type": "Polygon", "coordinates": [positions]}
