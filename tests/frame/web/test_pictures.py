import xml.etree.ElementTree as ET
from decimal import Decimal

import pytest

from originmark.frame.web.charts import Bar, bar_chart, line_chart, share_bar, stack_chart
from originmark.frame.web.maps import Shape, svg_map

SQUARE = {
    "type": "Polygon",
    "coordinates": [[[112.5, 38.0], [112.6, 38.0], [112.6, 38.1], [112.5, 38.1], [112.5, 38.0]]],
}
POINT = {"type": "Point", "coordinates": [112.55, 38.05]}
MANY = {"type": "MultiPolygon", "coordinates": [SQUARE["coordinates"]]}


def parts(svg: str, name: str) -> list[ET.Element]:
    return list(ET.fromstring(svg).iter(name))  # noqa: S314 (our own markup)


def test_a_map_says_what_it_shows() -> None:
    svg = svg_map([Shape(SQUARE, "Plot <1>"), Shape(POINT, "Mill")], title="Where it grew")

    assert parts(svg, "title")[0].text == "Where it grew"
    assert parts(svg, "desc")[0].text == "Plot <1>, Mill"
    assert len(parts(svg, "circle")) == 1


def test_a_map_is_true_to_scale_at_its_latitude() -> None:
    [path] = [
        each for each in parts(svg_map([Shape(SQUARE)]), "path") if "shape" in each.get("class", "")
    ]
    corners = [tuple(map(float, at.split(","))) for at in path.get("d", "").strip("MZ").split("L")]
    width = max(x for x, _ in corners) - min(x for x, _ in corners)
    height = max(y for _, y in corners) - min(y for _, y in corners)

    assert width / height == pytest.approx(0.788, abs=0.005)  # cos 38.05°


@pytest.mark.parametrize(
    "geometry", [SQUARE, POINT, MANY, {"type": "GeometryCollection", "geometries": [SQUARE, POINT]}]
)
def test_every_geometry_is_drawn(geometry: dict[str, object]) -> None:
    assert svg_map([Shape(geometry, "x")]).startswith("<svg")


def test_a_map_of_nothing_is_nothing() -> None:
    assert svg_map([]) == ""


def test_a_map_with_links_is_a_group_and_without_a_picture() -> None:
    assert ET.fromstring(svg_map([Shape(SQUARE, "a", url="/a/")])).get("role") == "group"  # noqa: S314
    assert ET.fromstring(svg_map([Shape(SQUARE, "a")])).get("role") == "img"  # noqa: S314


def test_the_scale_bar_has_a_round_length() -> None:
    texts = [each.text for each in parts(svg_map([Shape(SQUARE, "a")]), "text")]

    assert texts == ["2 km"]


def test_a_grid_of_degrees_says_where_it_is() -> None:
    far = {"type": "MultiPoint", "coordinates": [[-3.0, -4.0], [7.5, 5.0]]}
    texts = [each.text for each in parts(svg_map([Shape(far)], has_grid=True), "text")]
    assert texts[:-1] == ["0° E", "5° E", "0° N"]
    assert len(parts(svg_map([Shape(far)]), "text")) == 1  # the scale


def test_bars_stand_on_zero_and_are_read_out() -> None:
    svg = bar_chart([Bar("May", Decimal("10.50")), Bar("June", 21)], title="Milled", unit="t")
    first, second = (float(each.get("height", "0")) for each in parts(svg, "rect"))

    assert second / first == pytest.approx(2, rel=0.01)
    assert parts(svg, "desc")[0].text == "May: 10.5 t; June: 21 t"


def test_the_scale_of_counts_knows_no_halves() -> None:
    assert ">0.5<" not in bar_chart([Bar("Mon", 2), Bar("Tue", 1)], title="Scans")
    assert ">0.5<" in bar_chart([Bar("Mon", 1.9)], title="Tonnes")


def test_a_line_has_a_dot_for_each_point_and_its_limit() -> None:
    svg = line_chart([("1", 3), ("2", 5), ("3", 4)], title="Moisture", unit="%", limit=6)

    assert len(parts(svg, "circle")) == 3
    assert len([each for each in parts(svg, "line") if each.get("class") == "chart-limit"]) == 1


def test_shares_fill_the_whole() -> None:
    svg = share_bar([Bar("sold", 75, "ok"), Bar("left", 25, "plain")], title="Lot", width=400)
    widths = [float(each.get("width", "0")) for each in parts(svg, "rect")][:2]

    assert widths == [298.5, 98.5]


def test_parts_stand_on_one_another_and_are_read_out() -> None:
    monday = [Bar("good", 30, "ok"), Bar("bad", 10, "bad")]
    tuesday = [Bar("good", 0, "ok"), Bar("bad", 0, "bad")]
    svg = stack_chart([("Mon", monday), ("Tue", tuesday)], title="Scans")
    good, bad = [each for each in parts(svg, "rect") if each.get("x")]
    figures = {name: (float(good.get(name, "0")), float(bad.get(name, "0"))) for name in
               ("x", "y", "height")}  # fmt: skip
    assert figures["x"][0] == figures["x"][1]
    assert figures["height"][0] / figures["height"][1] == pytest.approx(3, rel=0.01)
    assert figures["y"][1] + figures["height"][1] == pytest.approx(figures["y"][0], abs=0.2)
    assert parts(svg, "desc")[0].text == "Mon: good: 30, bad: 10; Tue: 0"


@pytest.mark.parametrize("values", [[], [0], [0, 0.0]])
def test_charts_of_nothing_still_stand(values: list[float]) -> None:
    assert bar_chart([Bar("x", value) for value in values], title="t").endswith("</svg>")
    assert line_chart([("x", value) for value in values], title="t").endswith("</svg>")
    assert share_bar([Bar("x", value) for value in values], title="t").endswith("</figure>")
    columns = [("x", [Bar("y", value)]) for value in values]
    assert stack_chart(columns, title="t").endswith("</figure>")


def test_a_negative_figure_is_a_bug() -> None:
    with pytest.raises(ValueError, match="negative"):
        bar_chart([Bar("x", -1)], title="t")
