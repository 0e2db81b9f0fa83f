"""The land of the demonstration region: a GI area, growing areas, facilities.

The box is the one published for Yangqu millet (112°12′–113°09′ E, 37°56′–38°09′ N). The growing
areas inside it are made up.
"""

from dataclasses import dataclass
from datetime import date, datetime
from math import cos, pi, radians, sin, sqrt
from typing import Any

from originmark.demo import people
from originmark.origin.parties import access
from originmark.origin.places import services as places

BOUNDARY = "yangqu-gi"
WEST, EAST, SOUTH, NORTH = 112.20, 113.15, 37.0 + 56 / 60, 38.0 + 9 / 60
M2_A_MU = 2000 / 3
METRES_A_DEGREE = 111_320.0


@dataclass(frozen=True, slots=True)
class DemoArea:
    """A made-up growing area: whose, where its middle is, how many mu."""

    code: str
    owner: str
    grower: str
    longitude: float
    latitude: float
    mu: int
    declared_mu: int


AREAS = [
    DemoArea("E-01", people.EAST, "Household Guo (demo)", 112.736, 38.05, 46, 46),
    DemoArea("E-02", people.EAST, "Household Ren (demo)", 112.7408, 38.0522, 38, 38),
    DemoArea("E-03", people.EAST, "Household Hao (demo)", 112.7458, 38.0496, 52, 52),
    DemoArea("E-04", people.EAST, "Household Jia (demo)", 112.7502, 38.052, 33, 33),
    DemoArea("E-05", people.EAST, "Household Wen (demo)", 112.7412, 38.0466, 41, 44),
    DemoArea("E-06", people.EAST, "Cooperative field (demo)", 112.7508, 38.0472, 60, 60),
    DemoArea("W-01", people.WEST, "Household Niu (demo)", 112.441, 38.06, 49, 49),
    DemoArea("W-02", people.WEST, "Household Pei (demo)", 112.4458, 38.0618, 36, 36),
    DemoArea("W-03", people.WEST, "Household Fan (demo)", 112.4506, 38.0594, 55, 55),
    DemoArea("W-04", people.WEST, "Household Bai (demo)", 112.444, 38.056, 40, 40),
    DemoArea("W-05", people.WEST, "Cooperative field (demo)", 112.45, 38.0552, 58, 58),
    DemoArea(
        "W-09", people.WEST, "Household Kang (demo), north of the line", 112.46, 38.21, 45, 45
    ),
]
OUTSIDE = "W-09"

FACILITIES = {
    "east-store": (people.EAST, "East Hill store (demo)", "store", 112.75, 38.055, ""),
    "east-pack": (people.EAST, "East Hill packing room (demo)", "packing", 112.752, 38.056, ""),
    "west-store": (people.WEST, "West Hill store (demo)", "store", 112.455, 38.06, ""),
    "mill": (people.MILL, "County mill (demo)", "mill", 112.67, 38.06, "9520000000042"),
    "shop": (people.SHOP, "City shop (demo)", "shop", 112.55, 37.87, ""),
}


def survey(ids: dict[str, int], *, unit_id: int | None, now: datetime) -> None:
    """Register the boundary, the growing areas and the facilities."""
    places.register_boundary(
        code=BOUNDARY,
        name="Yangqu millet GI area (box as published)",
        outline=_box(),
        source="Published extent 112°12′–113°09′ E, 37°56′–38°09′ N; drawn as a box for the "
        "demonstration, not a survey",
        unit_id=unit_id,
        valid_from=date(2011, 12, 20),
        by=access.SYSTEM,
        now=now,
    )
    for area in AREAS:
        places.register_growing_area(
            code=area.code,
            organisation_id=ids[area.owner],
            name=f"{area.code} {area.grower}",
            grower=area.grower,
            declared=f"{area.declared_mu} mu",
            geometry=outline(area),
            unit_id=unit_id,
            crop="foxtail millet",
            by=access.SYSTEM,
            now=now,
        )
    for code, (owner, name, kind, longitude, latitude, gln) in FACILITIES.items():
        places.register_facility(
            code=code,
            organisation_id=ids[owner],
            name=name,
            kind=kind,
            longitude=longitude,
            latitude=latitude,
            gln=gln,
            by=access.SYSTEM,
            now=now,
        )


def _box() -> dict[str, Any]:
    ring = [[WEST, SOUTH], [EAST, SOUTH], [EAST, NORTH], [WEST, NORTH], [WEST, SOUTH]]
    return {"type": "Polygon", "coordinates": [ring]}


def outline(area: DemoArea) -> dict[str, Any]:
    """Return a seven-cornered field of the area's size around its middle."""
    corners = 7
    wobble = [1 + 0.18 * sin(3 * n + area.mu) for n in range(corners)]
    step = 2 * pi / corners
    unit = sum(
        0.5 * wobble[n] * wobble[(n + 1) % corners] * sin(step) for n in range(corners)
    )  # the area of the shape for a radius of one
    radius_m = sqrt(area.mu * M2_A_MU / unit)
    shrink = cos(radians(area.latitude))
    ring = [
        [
            round(
                area.longitude + radius_m * wobble[n] * cos(n * step) / METRES_A_DEGREE / shrink, 6
            ),
            round(area.latitude + radius_m * wobble[n] * sin(n * step) / METRES_A_DEGREE, 6),
        ]
        for n in range(corners)
    ]
    return {"type": "Polygon", "coordinates": [[*ring, ring[0]]]}
