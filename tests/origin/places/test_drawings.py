"""Outlines as people have them: GeoJSON, KML, WKT, a list of points."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from originmark.origin.places import geometry, rules
from originmark.origin.places.drawings import read_drawing

RING = [[112.0, 38.0], [112.01, 38.0], [112.01, 38.01], [112.0, 38.0]]
KML = """<?xml version="1.0" encoding="UTF-8"?>
<kml xmlns="http://www.opengis.net/kml/2.2"><Document><Placemark><name>Plot</name>
<Polygon><outerBoundaryIs><LinearRing><coordinates>
112.0,38.0,0 112.01,38.0,0 112.01,38.01,0 112.0,38.0,0
</coordinates></LinearRing></outerBoundaryIs></Polygon></Placemark></Document></kml>"""


@pytest.mark.parametrize(
    "text",
    [
        '{"type":"Polygon","coordinates":[[[112.0,38.0],[112.01,38.0],[112.01,38.01],[112.0,38.0]]]}',
        "POLYGON ((112.0 38.0, 112.01 38.0, 112.01 38.01, 112.0 38.0))",
        "SRID=4326;POLYGON ((112.0 38.0, 112.01 38.0, 112.01 38.01, 112.0 38.0))",
        KML,
        "112.0,38.0\n112.01,38.0\n112.01,38.01\n112.0,38.0",
        "112.0 38.0\n112.01 38.0\n112.01 38.01\n112.0 38.0\n",
        "\ufefflat;lon\r\n38.0;112.0\r\n38.0;112.01\r\n38.01;112.01\r\n38.0;112.0",
        "no,纬度,经度\n1,38.0,112.0\n2,38.0,112.01\n3,38.01,112.01\n4,38.0,112.0",
    ],
)
def test_the_same_plot_is_read_from_each_form(text: str) -> None:
    assert read_drawing(text) == {"type": "Polygon", "coordinates": [RING]}


def test_two_polygons_of_a_kml_file_are_one_plot_in_two_parts() -> None:
    twice = KML.replace("</Placemark>", KML[KML.index("<Polygon>") : KML.index("</Placemark>")]
                        + "</Placemark>")  # fmt: skip
    assert read_drawing(twice)["type"] == "MultiPolygon"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "112 38\n113 39",
        "{",
        "[1, 2]",
        "<kml",
        "<kml/>",
        "<kml><Polygon/></kml>",
        '<!DOCTYPE kml [<!ENTITY a "b">]><kml>&a;</kml>',
        "POLYGON ((1 2, 3",
        "here, there",
        "1",
    ],
)
def test_what_is_no_outline_is_refused(text: str) -> None:
    with pytest.raises(rules.RuleViolation):
        geometry.check(read_drawing(text))


@given(st.text(max_size=80))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        geometry.check(read_drawing(text))
    except rules.RuleViolation as refused:
        assert str(refused)  # noqa: PT017 (a refusal can always be said)
