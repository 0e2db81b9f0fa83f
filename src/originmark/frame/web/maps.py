"""Maps as SVG, drawn from the shapes alone: no tiles, nothing fetched from elsewhere.

Longitude and latitude are projected onto a plane that is true to scale at the middle of what is
shown (equirectangular, with longitude shortened by the cosine of the latitude), which is right
to a percent for a county and good enough for a province.
"""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

Text = str | Promise
TONES = ("primary", "ok", "warn", "bad", "info", "plain", "outline")
KM_A_DEGREE = 111.32
MARGIN = 24
NICE_STEPS = (1, 2, 5)
GRID_LINES = 5  # at most, across
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Shape:
    """Something on a map: a GeoJSON geometry in degrees, named, coloured and perhaps a link.

    ``tone`` is one of primary, ok, warn, bad, info, plain, and outline for a boundary.
    """

    geometry: dict[str, Any]
    label: Text = ""
    tone: str = "primary"
    url: str = ""
    is_labelled: bool = False


@dataclass(frozen=True, slots=True)
class Frame:
    """The plane: pixels from degrees."""

    west: float
    north: float
    scale: float
    shrink: float
    width: float
    height: float
    left: float
    top: float

    def place(self, point: Sequence[float]) -> Point:
        """Return where a position (longitude, latitude) stands."""
        x = self.left + (point[0] - self.west) * self.shrink * self.scale
        y = self.top + (self.north - point[1]) * self.scale
        return round(x, 1), round(y, 1)


def svg_map(
    shapes: Sequence[Shape],
    width: int = 560,
    *,
    title: Text = "",
    height: int | None = None,
    has_grid: bool = False,
) -> SafeString:
    """Return a map of the shapes, in the order given (the last on top); empty without any.

    Its title and description name what it shows, for whoever cannot see it. A grid of degrees
    says where that is, where no boundary does.
    """
    positions = [point for shape in shapes for point in _positions(shape.geometry)]
    if not positions:
        return SafeString("")
    frame = _frame(positions, width, height)
    drawn = format_html_join("", "{}", ((_draw(shape, frame),) for shape in shapes))
    names = ", ".join(str(shape.label) for shape in shapes if shape.label)
    return format_html(
        '<svg class="map" viewBox="0 0 {w} {h}" role="{role}" aria-label="{title}">'
        "<title>{title}</title><desc>{names}</desc>"
        '<rect class="map-frame" width="{w}" height="{h}" rx="10"/>{grid}{drawn}{scale}</svg>',
        w=round(frame.width), h=round(frame.height), title=title or _("Map"), names=names,
        grid=_grid(frame) if has_grid else "", drawn=drawn, scale=_scale_bar(frame),
        role="group" if any(shape.url for shape in shapes) else "img",
    )  # fmt: skip


def _frame(positions: list[Sequence[float]], width: int, height: int | None) -> Frame:
    west, east = min(p[0] for p in positions), max(p[0] for p in positions)
    south, north = min(p[1] for p in positions), max(p[1] for p in positions)
    shrink = max(0.01, math.cos(math.radians((south + north) / 2)))
    across, down = max((east - west) * shrink, 1e-5), max(north - south, 1e-5)
    if height is None:
        height = round(min(max(width * down / across, width * 0.4), width * 1.1))
    inner_w, inner_h = width - 2 * MARGIN, height - 2 * MARGIN
    scale = min(inner_w / across, inner_h / down)
    if across <= 1e-5 and down <= 1e-5:
        scale = inner_w / 0.02  # a lone point: show about two kilometres around it
    left = (width - (east - west) * shrink * scale) / 2
    top = (height - (north - south) * scale) / 2
    return Frame(west, north, scale, shrink, width, height, left, top)


def _positions(geometry: dict[str, Any]) -> Iterator[Sequence[float]]:
    if geometry.get("type") == "GeometryCollection":
        for part in geometry["geometries"]:
            yield from _positions(part)
    else:
        yield from _flat(geometry.get("coordinates", []))


def _flat(coordinates: Any) -> Iterator[Sequence[float]]:
    if coordinates and isinstance(coordinates[0], int | float):
        yield coordinates
    else:
        for part in coordinates:
            yield from _flat(part)


def _draw(shape: Shape, frame: Frame) -> SafeString:
    tone = shape.tone if shape.tone in TONES else "primary"
    body = format_html(
        "<g><title>{}</title>{}</g>", shape.label, _geometry(shape.geometry, tone, frame)
    )
    if shape.is_labelled and shape.label:
        body = format_html("{}{}", body, _label(shape, frame))
    if shape.url:
        return format_html('<a href="{}" aria-label="{}">{}</a>', shape.url, shape.label, body)
    return body


def _geometry(geometry: dict[str, Any], tone: str, frame: Frame) -> SafeString:
    kind, coordinates = geometry.get("type"), geometry.get("coordinates", [])
    if kind == "GeometryCollection":
        parts = ((_geometry(part, tone, frame),) for part in geometry["geometries"])
        return format_html_join("", "{}", parts)
    if kind in {"Point", "MultiPoint"}:
        points = [coordinates] if kind == "Point" else coordinates
        pins = ((tone, *frame.place(point)) for point in points)
        return format_html_join("", '<circle class="pin tone-{}" cx="{}" cy="{}" r="7"/>', pins)
    polygons = coordinates if kind == "MultiPolygon" else [coordinates]
    name = "outline" if tone == "outline" else f"tone-{tone}"
    return format_html(
        '<path class="shape {}" fill-rule="evenodd" d="{}"/>',
        name,
        " ".join(_ring(ring, frame) for polygon in polygons for ring in polygon),
    )


def _ring(ring: Iterable[Sequence[float]], frame: Frame) -> str:
    places: list[Point] = []
    for point in ring:
        here = frame.place(point)
        if not places or here != places[-1]:  # many corners of a large shape fall on one pixel
            places.append(here)
    return "M" + "L".join(f"{x:g},{y:g}" for x, y in places) + "Z"


def _label(shape: Shape, frame: Frame) -> SafeString:
    places = [frame.place(point) for point in _positions(shape.geometry)]
    x = (min(p[0] for p in places) + max(p[0] for p in places)) / 2
    y = (min(p[1] for p in places) + max(p[1] for p in places)) / 2
    return format_html(
        '<text class="map-label" x="{}" y="{}" text-anchor="middle">{}</text>',
        round(x, 1), round(y + 4, 1), shape.label,
    )  # fmt: skip


def _grid(frame: Frame) -> SafeString:
    """Return meridians and parallels of round degrees, each with its number."""
    across, down = frame.width / (frame.scale * frame.shrink), frame.height / frame.scale
    west = frame.west - frame.left / (frame.scale * frame.shrink)
    south = frame.north + frame.top / frame.scale - down
    power = 10.0 ** math.floor(math.log10(across / GRID_LINES))
    step = next(each * power for each in (*NICE_STEPS, 10) if each * power * GRID_LINES >= across)
    meridians = [(round(at, 6), *frame.place((at, 0))) for at in _rounds(west, across, step)]
    parallels = [(round(at, 6), *frame.place((0, at))) for at in _rounds(south, down, step)]
    lines = " ".join(
        [f"M{x:g},0V{frame.height:g}" for _at, x, _y in meridians]
        + [f"M0,{y:g}H{frame.width:g}" for _at, _x, y in parallels]
    )
    numbers = [(round(x + 4, 1), 14.0, meridian(at)) for at, x, _y in meridians]
    numbers += [(4.0, round(y - 4, 1), parallel(at)) for at, _x, y in parallels if y > MARGIN]
    return format_html(
        '<g class="map-grid" aria-hidden="true"><path d="{}"/>{}</g>',
        lines, format_html_join("", '<text x="{}" y="{}">{}</text>', numbers),
    )  # fmt: skip


def _rounds(start: float, length: float, step: float) -> list[float]:
    first = math.ceil(start / step)
    return [number * step for number in range(first, math.floor((start + length) / step) + 1)]


def parallel(degrees: float) -> str:
    """Return a latitude as people write it."""
    words = _("%(degrees)s° N") if degrees >= 0 else _("%(degrees)s° S")
    return words % {"degrees": f"{abs(degrees):g}"}


def meridian(degrees: float) -> str:
    """Return a longitude as people write it."""
    words = _("%(degrees)s° E") if degrees >= 0 else _("%(degrees)s° W")
    return words % {"degrees": f"{abs(degrees):g}"}


def _scale_bar(frame: Frame) -> SafeString:
    """Return a bar of a round length, at most a quarter of the width."""
    km_a_pixel = KM_A_DEGREE / frame.scale
    longest = frame.width / 4 * km_a_pixel
    power = 10.0 ** math.floor(math.log10(longest))
    km = max(step * power for step in NICE_STEPS if step * power <= longest)
    end, y = round(12 + km / km_a_pixel, 1), frame.height - 12
    words = f"{km:g} km" if km >= 1 else f"{km * 1000:g} m"
    return format_html(
        '<path class="map-scale" d="M12,{a}V{y}H{end}V{a}"/><text x="{tx}" y="{ty}">{words}</text>',
        a=y - 6, y=y, end=end, tx=end + 6, ty=y, words=words,
    )  # fmt: skip
