"""Charts as SVG, without a script: bars, lines and shares of a whole.

Each has a title and a description that reads the figures out, so that it says the same to
whoever cannot see it.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import accumulate

from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from originmark.frame.web.cells import number

Text = str | Promise
Figure = Decimal | float
TONES = ("primary", "ok", "warn", "bad", "info", "plain")
LEFT, RIGHT, TOP, BOTTOM = 56, 16, 14, 30
MOST_TICKS = 5


@dataclass(frozen=True, slots=True)
class Bar:
    """A figure with its name."""

    label: Text
    value: Figure
    tone: str = "primary"


@dataclass(frozen=True, slots=True)
class Plane:
    """Where figures stand on the paper."""

    width: int
    height: int
    top_value: float
    step: float

    def y(self, value: Figure) -> float:
        """Return the height of a figure."""
        share = float(value) / self.top_value
        return round(self.height - BOTTOM - share * (self.height - BOTTOM - TOP), 1)

    def x(self, index: int, count: int) -> float:
        """Return the middle of the place of one of ``count`` figures."""
        return round(LEFT + (self.width - LEFT - RIGHT) * (index + 0.5) / count, 1)


def bar_chart(
    bars: Sequence[Bar], *, title: Text, unit: str = "", width: int = 460, height: int = 240
) -> SafeString:
    """Return upright bars from zero; a negative figure is a bug of the caller."""
    plane = _plane([bar.value for bar in bars], width, height)
    room = (width - LEFT - RIGHT) / max(1, len(bars))
    thick = round(min(64.0, room * 0.62), 1)
    drawn = format_html_join(
        "",
        '<g><title>{}</title><rect class="chart-bar tone-{}" x="{}" y="{}" width="{}" '
        'height="{}" rx="3"/></g>{}',
        (
            (
                _read_out(bar, unit),
                bar.tone if bar.tone in TONES else "primary",
                round(plane.x(index, len(bars)) - thick / 2, 1),
                plane.y(bar.value),
                thick,
                round(height - BOTTOM - plane.y(bar.value), 1),
                _name_below(bar.label, plane, index, len(bars)),
            )
            for index, bar in enumerate(bars)
        ),
    )
    return _paper(plane, title, [_read_out(bar, unit) for bar in bars], drawn, unit)


def stack_chart(
    columns: Sequence[tuple[Text, Sequence[Bar]]],
    *,
    title: Text,
    unit: str = "",
    width: int = 720,
    height: int = 240,
) -> SafeString:
    """Return upright bars, each of parts that stand on one another, with a legend of the parts.

    Every column names the same parts in the same order, from the foot up.
    """
    sums = [sum(float(part.value) for part in parts) for _label, parts in columns]
    plane = _plane(
        [*sums, *(part.value for _label, parts in columns for part in parts)], width, height
    )
    thick = round(min(48.0, (width - LEFT - RIGHT) / max(1, len(columns)) * 0.62), 1)
    drawn = format_html_join(
        "",
        "<g><title>{}</title>{}</g>{}",
        (
            (
                _read_column(label, parts, unit),
                _stacked(parts, plane, round(plane.x(index, len(columns)) - thick / 2, 1), thick),
                _name_below(label, plane, index, len(columns)),
            )
            for index, (label, parts) in enumerate(columns)
        ),
    )
    read = [_read_column(label, parts, unit) for label, parts in columns]
    legend = _legend((part.tone, part.label) for part in (columns[0][1] if columns else ()))
    return format_html("<figure>{}{}</figure>", _paper(plane, title, read, drawn, unit), legend)


def line_chart(
    points: Sequence[tuple[Text, Figure]],
    *,
    title: Text,
    unit: str = "",
    limit: Figure | None = None,
    width: int = 460,
    height: int = 240,
) -> SafeString:
    """Return a line over the points in their order; ``limit`` draws a line to compare with."""
    bars = [Bar(label, value) for label, value in points]
    plane = _plane(
        [bar.value for bar in bars] + ([limit] if limit is not None else []), width, height
    )
    places = [(plane.x(index, len(bars)), plane.y(bar.value)) for index, bar in enumerate(bars)]
    line = "M" + "L".join(f"{x:g},{y:g}" for x, y in places)
    area = f"{line}V{height - BOTTOM}H{places[0][0]:g}Z" if places else ""
    dots = format_html_join(
        "",
        '<circle class="chart-dot" cx="{}" cy="{}" r="3.5"><title>{}</title></circle>{}',
        (
            (x, y, _read_out(bar, unit), _name_below(bar.label, plane, index, len(bars)))
            for index, (bar, (x, y)) in enumerate(zip(bars, places, strict=True))
        ),
    )
    drawn = format_html(
        '<path class="chart-area" d="{}"/><path class="chart-line" d="{}"/>{}{}',
        area, line if places else "", _limit(limit, plane), dots,
    )  # fmt: skip
    return _paper(plane, title, [_read_out(bar, unit) for bar in bars], drawn, unit)


def share_bar(parts: Sequence[Bar], *, title: Text, unit: str = "", width: int = 460) -> SafeString:
    """Return one bar divided into its parts, with a legend that names each figure."""
    whole = sum(float(part.value) for part in parts) or 1.0
    edges = [0.0]
    for part in parts:
        edges.append(edges[-1] + float(part.value) / whole * width)
    pieces = format_html_join(
        "",
        '<g><title>{}</title><rect class="tone-{}" x="{}" y="0" width="{}" height="26"/></g>',
        (
            (
                _read_out(part, unit),
                part.tone,
                round(left, 1),
                round(max(0.0, right - left - 1.5), 1),
            )
            for part, left, right in zip(parts, edges, edges[1:], strict=False)
        ),
    )
    legend = _legend((part.tone, _read_out(part, unit)) for part in parts)
    return format_html(
        '<figure><svg class="chart" viewBox="0 0 {} 26" role="img" aria-label="{}">'
        '<title>{}</title><desc>{}</desc>{}</svg>{}</figure>',
        width, title, title, "; ".join(_read_out(part, unit) for part in parts), pieces, legend,
    )  # fmt: skip


def _legend(parts: Iterable[tuple[str, Text]]) -> SafeString:
    keys = format_html_join(
        "",
        '<li><svg viewBox="0 0 12 12" width="12" height="12" aria-hidden="true">'
        '<rect class="tone-{}" width="12" height="12" rx="3"/></svg>{}</li>',
        parts,
    )
    return format_html('<ul class="legend">{}</ul>', keys)


def _stacked(parts: Sequence[Bar], plane: Plane, left: float, thick: float) -> SafeString:
    feet = list(accumulate((float(part.value) for part in parts), initial=0.0))
    return format_html_join(
        "",
        '<rect class="tone-{}" x="{}" y="{}" width="{}" height="{}"/>',
        (
            (part.tone, left, plane.y(top), thick, round(plane.y(foot) - plane.y(top), 1))
            for part, foot, top in zip(parts, feet, feet[1:], strict=False)
            if part.value
        ),
    )


def _read_column(label: Text, parts: Sequence[Bar], unit: str) -> str:
    return f"{label}: " + (", ".join(_read_out(part, unit) for part in parts if part.value) or "0")


def _plane(values: Sequence[Figure], width: int, height: int) -> Plane:
    most = max((float(value) for value in values), default=0.0)
    if any(float(value) < 0 for value in values):
        raise ValueError("a chart from zero takes no negative figure")
    step = _nice_step(most)
    if all(value == int(value) for value in values):
        step = max(1.0, step)  # half a pack is not counted
    return Plane(width, height, step * max(1, math.ceil(most / step - 1e-9)), step)


def _nice_step(most: float) -> float:
    """Return a round distance between lines: 1, 2, 2.5 or 5 times a power of ten."""
    if most <= 0:
        return 1.0
    rough = most / MOST_TICKS
    power = 10.0 ** math.floor(math.log10(rough))
    return power * next(step for step in (1, 2, 2.5, 5, 10) if step * power >= rough - 1e-12)


def _paper(plane: Plane, title: Text, read: list[str], drawn: SafeString, unit: str) -> SafeString:
    ticks = range(round(plane.top_value / plane.step) + 1)
    lines = format_html_join(
        "",
        '<line class="{}" x1="{}" x2="{}" y1="{}" y2="{}"/>'
        '<text x="{}" y="{}" text-anchor="end">{}</text>',
        (
            (
                "chart-grid" if tick else "chart-axis",
                LEFT, plane.width - RIGHT, plane.y(tick * plane.step), plane.y(tick * plane.step),
                LEFT - 8, plane.y(tick * plane.step) + 4, number(round(tick * plane.step, 6)),
            )
            for tick in ticks
        ),
    )  # fmt: skip
    described = "; ".join(read) or _("no figures yet")
    return format_html(
        '<svg class="chart" viewBox="0 0 {} {}" role="img" aria-label="{}">'
        "<title>{}</title><desc>{}</desc>{}{}</svg>",
        plane.width, plane.height, f"{title}{f' ({unit})' if unit else ''}",
        title, described, lines, drawn,
    )  # fmt: skip


def _read_out(bar: Bar, unit: str) -> str:
    return f"{bar.label}: {number(bar.value)}{f' {unit}' if unit else ''}"


def _name_below(label: Text, plane: Plane, index: int, count: int) -> SafeString:
    """Return the name under a figure; where they would run together, only every n-th."""
    longest_px = max(40, len(str(label)) * 7 + 10)
    fitting = max(1, int((plane.width - LEFT - RIGHT) / longest_px))
    if index % max(1, math.ceil(count / fitting)):
        return SafeString("")
    return format_html(
        '<text x="{}" y="{}" text-anchor="middle">{}</text>',
        plane.x(index, count), plane.height - BOTTOM + 18, label,
    )  # fmt: skip


def _limit(limit: Figure | None, plane: Plane) -> SafeString:
    if limit is None:
        return SafeString("")
    y = plane.y(limit)
    return format_html(
        '<line class="chart-limit" x1="{}" x2="{}" y1="{}" y2="{}"/>',
        LEFT, plane.width - RIGHT, y, y,
    )  # fmt: skip
