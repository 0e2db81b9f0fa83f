"""Real outlines of counties and provinces, where the reference data is at hand."""

import json
import os
from pathlib import Path
from typing import Any

import pytest
from builders.places import a_square

from originmark.origin.places import geometry, rules

SHARED = Path(os.environ.get("ORIGINMARK_SHARED", Path(__file__).parents[4] / "shared")) / "data"
COUNTIES = SHARED / "cn_counties_shanxi_dandong_simplified.geojson"
PROVINCES = SHARED / "vn_provinces_34_simplified.geojson"


def features(path: Path) -> list[dict[str, Any]]:
    if not path.exists():
        pytest.skip("the reference data is not here")
    found: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))["features"]
    return found


def test_the_registered_box_of_yangqu_is_not_its_county() -> None:
    """The register says 37°56′–38°09′ N; the county reaches 38°25′: the code is no boundary."""
    county = next(each for each in features(COUNTIES) if "阳曲县" in each["properties"].values())
    outline = geometry.check(county, most_vertices=geometry.BOUNDARY_VERTICES)
    assert outline.computed_ha is not None
    assert 190_000 < outline.computed_ha < 220_000  # the county has about 2,070 km²

    north = geometry.check(a_square(113.11, 38.39, 0.004)).geojson
    box = {"type": "Polygon", "coordinates": [[[112.2, 37.93333], [113.15, 37.93333],
                                               [113.15, 38.15], [112.2, 38.15]]]}  # fmt: skip
    assert geometry.share_inside(north, outline.geojson) >= rules.INSIDE_FROM
    assert geometry.share_inside(north, geometry.check(box).geojson) == 0.0


def test_every_province_of_vietnam_holds_as_a_boundary() -> None:
    checked = [
        geometry.check(each["geometry"], most_vertices=geometry.BOUNDARY_VERTICES)
        for each in features(PROVINCES)
    ]
    assert len(checked) == 34
    assert all(each.computed_ha and each.computed_ha > 100_000 for each in checked)
