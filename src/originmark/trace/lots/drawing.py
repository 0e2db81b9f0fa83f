"""Genealogy as SVG, drawn on the server: layers from left to right, and a ladder for phones.

Nodes are links, so the keyboard reaches each; the page lists the same nodes as text.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from originmark.trace.lots.selectors import Edge, Graph, Node

BOX_WIDTH, BOX_HEIGHT, GAP_X, GAP_Y, MARGIN = 168, 58, 26, 18, 8
EVENT_WIDTH, EVENT_HEIGHT = 92, 30
ROW, GUTTER, LADDER_WIDTH = 68, 84, 360
MOST_NODES = 80

UrlOf = Callable[[Node], str]


@dataclass(frozen=True, slots=True)
class Box:
    """Where a node stands."""

    node: Node
    x: float
    y: float
    width: float
    height: float

    @property
    def middle_y(self) -> float:
        """Return the height at which edges meet the box."""
        return self.y + self.height / 2


def layered(graph: Graph, url_of: UrlOf) -> SafeString:
    """Return the graph in columns, from the field on the left to the packs on the right."""
    columns: dict[int, list[Node]] = {}
    for node in graph.nodes:
        columns.setdefault(node.level, []).append(node)
    tallest = max(len(nodes) for nodes in columns.values())
    height = 2 * MARGIN + tallest * (BOX_HEIGHT + GAP_Y)
    boxes: dict[str, Box] = {}
    left: float = MARGIN
    for _level, nodes in sorted(columns.items()):
        nodes.sort(key=lambda node: _wanted_y(node, graph.edges, boxes))
        top = (height - len(nodes) * (BOX_HEIGHT + GAP_Y) + GAP_Y) / 2
        wide = max(_width(node) for node in nodes)
        for index, node in enumerate(nodes):
            boxes[node.key] = _box(node, left, wide, top + index * (BOX_HEIGHT + GAP_Y))
        left += wide + GAP_X
    width = left - GAP_X + MARGIN
    lines = [_across(boxes[edge.source], boxes[edge.target], edge) for edge in graph.edges]
    return _paper(graph, boxes, lines, width, height, url_of, "graph-wide")


def ladder(graph: Graph, url_of: UrlOf) -> SafeString:
    """Return the graph with one node a row, from the field at the top, for narrow screens."""
    boxes = {
        node.key: Box(
            node, GUTTER, MARGIN + index * ROW, LADDER_WIDTH - GUTTER - MARGIN,
            BOX_HEIGHT if node.kind != "event" else EVENT_HEIGHT + 12,
        )
        for index, node in enumerate(graph.nodes)
    }  # fmt: skip
    lines = [_beside(boxes[edge.source], boxes[edge.target], edge) for edge in graph.edges]
    height = 2 * MARGIN + len(boxes) * ROW
    return _paper(graph, boxes, lines, LADDER_WIDTH, height, url_of, "graph-narrow")


def _wanted_y(node: Node, edges: list[Edge], boxes: dict[str, Box]) -> tuple[float, str]:
    """Return where a node would stand so that its edges cross few others."""
    found = [boxes[each.source].middle_y for each in edges
             if each.target == node.key and each.source in boxes]  # fmt: skip
    return (sum(found) / len(found) if found else 0.0, node.key)


def _width(node: Node) -> int:
    return EVENT_WIDTH if node.kind == "event" else BOX_WIDTH


def _box(node: Node, left: float, wide: float, top: float) -> Box:
    width = _width(node)
    height = EVENT_HEIGHT if node.kind == "event" else BOX_HEIGHT
    return Box(node, left + (wide - width) / 2, top + (BOX_HEIGHT - height) / 2, width, height)


def _across(source: Box, target: Box, edge: Edge) -> SafeString:
    start, end = source.x + source.width, target.x
    bend = (end - start) / 2
    path = (
        f"M{start:.0f} {source.middle_y:.0f}C{start + bend:.0f} {source.middle_y:.0f} "
        f"{end - bend:.0f} {target.middle_y:.0f} {end:.0f} {target.middle_y:.0f}"
    )
    return format_html('<path d="{}"><title>{}</title></path>', path, _kg(edge.kg))


def _beside(source: Box, target: Box, edge: Edge) -> SafeString:
    """Return an edge through the gutter; the farther it reaches, the wider it swings."""
    reach = abs(target.y - source.y) / ROW
    out = max(8.0, GUTTER - 16 - reach * 9)
    path = (
        f"M{GUTTER} {source.middle_y:.0f}C{out:.0f} {source.middle_y:.0f} "
        f"{out:.0f} {target.middle_y:.0f} {GUTTER} {target.middle_y:.0f}"
    )
    return format_html('<path d="{}"><title>{}</title></path>', path, _kg(edge.kg))


def _paper(
    graph: Graph,
    boxes: dict[str, Box],
    lines: list[SafeString],
    width: float,
    height: float,
    url_of: UrlOf,
    name: str,
) -> SafeString:
    drawn = format_html_join(
        "",
        "{}",
        ((_drawn(box, url_of, is_start=key == graph.start),) for key, box in boxes.items()),
    )
    return format_html(
        '<svg class="graph {}" viewBox="0 0 {} {}" width="{}" height="{}" role="group" '
        'aria-label="{}"><g class="graph-edges">{}</g>{}</svg>',
        name, round(width), round(height), round(width), round(height),
        _("Genealogy, from the field to the buyer"),
        format_html_join("", "{}", ((line,) for line in lines)), drawn,
    )  # fmt: skip


def _drawn(box: Box, url_of: UrlOf, *, is_start: bool) -> SafeString:
    node, url = box.node, url_of(box.node)
    body = format_html(
        '<rect x="{}" y="{}" width="{}" height="{}" rx="9"/>{}',
        round(box.x), round(box.y), round(box.width), round(box.height), _words(box),
    )  # fmt: skip
    css = f"graph-node graph-{node.kind}" + (" graph-start" if is_start else "")
    if not url:
        return format_html('<g class="{}"><title>{}</title>{}</g>', css, spoken(node), body)
    return format_html(
        '<a class="{}" href="{}" aria-label="{}"{}>{}</a>', css, url, spoken(node),
        SafeString(' aria-current="true"') if is_start else "", body,
    )  # fmt: skip


def _words(box: Box) -> SafeString:
    node, center = box.node, round(box.x + box.width / 2)
    if node.kind == "event":
        return format_html(
            '<text x="{}" y="{}" class="graph-step">{}</text>',
            center, round(box.middle_y + 4), _short(node.title, 14),
        )  # fmt: skip
    detail = node.title if node.kg is None else f"{_kg(node.kg)} · {node.title}"
    fitting = int((box.width - 16) / 6.6)
    return format_html(
        '<text x="{0}" y="{1}" class="graph-code">{2}</text>'
        '<text x="{0}" y="{3}" class="graph-detail">{4}</text>',
        center, round(box.y + 24), _short(node.code, fitting), round(box.y + 43),
        _short(detail, fitting),
    )  # fmt: skip


def spoken(node: Node) -> str:
    """Return a node in words."""
    if node.kind == "area":
        return _("Growing area %(code)s, %(name)s") % {"code": node.code, "name": node.title}
    if node.kind == "event":
        return f"{node.title}, {node.organisation}"
    facts = {"code": node.code, "name": node.title, "kg": _kg(node.kg)}
    return _("Lot %(code)s, %(name)s, %(kg)s") % facts


def _kg(value: object) -> str:
    text = f"{value:f}" if value is not None else "0"
    return (text.rstrip("0").rstrip(".") if "." in text else text) + " kg"


def _short(text: str, length: int) -> str:
    return text if len(text) <= length else text[: max(1, length - 1)] + "…"
