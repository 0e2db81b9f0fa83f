"""Shapes on the ground: measured on the ellipsoid, refused where nobody knows what is inside."""

import json
import math
from decimal import Decimal

import pytest
from builders.places import a_square
from hypothesis import given
from hypothesis import strategies as st

from originmark.origin.places import geometry, rules

longitudes = st.floats(min_value=-170, max_value=170)
latitudes = st.floats(min_value=-70, max_value=70)


def a_polygon(*corners: tuple[float, float]) -> dict[str, object]:
    return {"type": "Polygon", "coordinates": [[list(corner) for corner in corners]]}


def test_the_area_of_a_square_is_geodesic() -> None:
    """One hundredth of a degree at 38° N: 1,109.9 m by 877.6 m on the ellipsoid."""
    checked = geometry.check(a_square(112.67, 38.0, 0.01))

    assert checked.computed_ha is not None
    assert abs(checked.computed_ha - Decimal("97.45")) < Decimal("0.05")
    assert checked.kind == "Polygon"
    assert checked.vertices == 5


def test_a_ring_that_was_left_open_is_closed_and_clockwise_is_as_good() -> None:
    corners = ((112.0, 38.0), (112.0, 38.01), (112.01, 38.01), (112.01, 38.0))
    clockwise = geometry.check(a_polygon(*corners))
    other_way = geometry.check(a_polygon(*reversed(corners)))

    assert clockwise.computed_ha == other_way.computed_ha


def test_a_hole_counts_as_not_there() -> None:
    outer, hole = a_square(112, 38, 0.01), a_square(112.002, 38.002, 0.005)
    rings = [outer["coordinates"][0], hole["coordinates"][0]]
    with_hole = geometry.check({"type": "Polygon", "coordinates": rings})

    without, missing = geometry.check(outer), geometry.check(hole)
    assert with_hole.computed_ha is not None
    assert without.computed_ha is not None
    assert missing.computed_ha is not None
    assert abs(with_hole.computed_ha - without.computed_ha + missing.computed_ha) < Decimal("0.001")


def test_a_polygon_that_crosses_itself_is_refused_with_the_spot() -> None:
    bow_tie = a_polygon((112, 38), (112.01, 38.01), (112.01, 38), (112, 38.01), (112, 38))
    with pytest.raises(rules.CrossesItself) as refused:
        geometry.check(bow_tie)

    assert refused.value.facts == {"longitude": 112.005, "latitude": 38.005}
    assert "crosses itself near longitude 112.005, latitude 38.005" in str(refused.value)


@pytest.mark.parametrize(
    "source",
    [
        {"type": "Polygon", "coordinates": []},
        a_polygon((112, 38), (112, 38.01), (112, 38.02), (112, 38)),
        {"type": "Point", "coordinates": []},
    ],
)
def test_a_shape_without_land_is_refused(source: dict[str, object]) -> None:
    with pytest.raises((rules.ShapeEmpty, rules.ShapeUnreadable)):
        geometry.check(source)


def test_latitude_before_longitude_gets_a_hint() -> None:
    with pytest.raises(rules.LatitudeFirst) as refused:
        geometry.check(a_polygon((21.1, 107.3), (21.2, 107.3), (21.2, 107.4), (21.1, 107.3)))

    assert "swap them" in str(refused.value)


def test_metres_are_no_degrees() -> None:
    with pytest.raises(rules.OutsideTheWorld) as refused:
        geometry.check({"type": "Point", "coordinates": [585000.0, 2330000.0]})

    assert refused.value.code == "coordinate-out-of-range"


def test_too_many_corners_are_refused_with_both_numbers() -> None:
    ring = [
        (112 + math.cos(turn / 3000 * math.tau) / 100, 38 + math.sin(turn / 3000 * math.tau) / 100)
        for turn in range(6000)
    ]
    with pytest.raises(rules.TooManyVertices) as refused:
        geometry.check(a_polygon(*ring[:3000], *ring[:3000]))

    assert refused.value.most == 5000


@pytest.mark.parametrize(
    "source",
    [
        "",
        "POLYGON((1 2))",
        "[]",
        '{"type":"LineString","coordinates":[[1,2],[3,4]]}',
        '{"type":"Polygon","coordinates":[[1,2],[3,4]]}',
        '{"type":"Polygon","coordinates":["a","b"]}',
        '{"type":"Polygon","coordinates":5}',
        '{"type":"Point","coordinates":[null,3]}',
        '{"type":"Point","coordinates":[NaN,3]}',
        '{"type":"Feature","geometry":null}',
    ],
)
def test_what_is_no_shape_is_refused(source: str) -> None:
    with pytest.raises(rules.RuleViolation):
        geometry.check(source)


def test_a_feature_is_unwrapped_and_a_collection_of_two_refused() -> None:
    feature = {"type": "Feature", "properties": {}, "geometry": a_square()}
    assert geometry.check({"type": "FeatureCollection", "features": [feature]}).kind == "Polygon"
    assert geometry.check(json.dumps(feature)).kind == "Polygon"

    with pytest.raises(rules.NotOneShape) as refused:
        geometry.check({"type": "FeatureCollection", "features": [feature, feature]})
    assert refused.value.count == 2


def test_the_share_inside_a_boundary_is_by_area() -> None:
    plot = geometry.check(a_square(112.0, 38.0, 0.01)).geojson
    half = geometry.check(a_square(112.005, 37.9, 0.2)).geojson
    whole = geometry.check(a_square(111.9, 37.9, 0.2)).geojson
    apart = geometry.check(a_square(100.0, 30.0, 0.2)).geojson

    assert geometry.share_inside(plot, half) == pytest.approx(0.5, abs=1e-3)
    assert geometry.share_inside(plot, whole) == 1.0
    assert geometry.share_inside(plot, apart) == 0.0
    assert geometry.share_inside(plot, plot) == 1.0


def test_a_point_is_inside_or_not() -> None:
    boundary = geometry.check(a_square(112, 38, 0.1)).geojson
    inside = geometry.check({"type": "Point", "coordinates": [112.05, 38.05]}).geojson
    outside = geometry.check({"type": "Point", "coordinates": [112.5, 38.05]}).geojson

    assert geometry.share_inside(inside, boundary) == 1.0
    assert geometry.share_inside(outside, boundary) == 0.0


@given(longitude=longitudes, latitude=latitudes, side=st.floats(min_value=0.001, max_value=0.5))
def test_halves_of_a_square_add_up_to_it(longitude: float, latitude: float, side: float) -> None:
    whole = geometry.check(a_square(longitude, latitude, side)).geojson
    west = a_polygon(
        (longitude, latitude),
        (longitude + side / 2, latitude),
        (longitude + side / 2, latitude + side),
        (longitude, latitude + side),
    )
    share = geometry.share_inside(whole, geometry.check(west).geojson)
    assert share == pytest.approx(0.5, abs=0.01)


@given(st.recursive(st.none() | st.floats() | st.text(max_size=5), st.lists, max_leaves=10))
def test_any_coordinates_are_read_or_refused(coordinates: object) -> None:
    for kind in ("Point", "Polygon", "MultiPolygon"):
        try:
            checked = geometry.check({"type": kind, "coordinates": coordinates})
        except rules.RuleViolation:
            continue
        assert checked.geojson
