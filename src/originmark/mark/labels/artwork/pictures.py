"""Read what can honestly be read off a picture of a label: its size and its codes.

A code is laid flat first: a grid of SAMPLES points a module, seen through the four corners that
the scanner found, so that a tilted or slanted code is measured like a straight one. What lies
beyond the edge of the picture is no margin: nobody knows what is printed there.
"""

import io
import math
from typing import Any, Final

import numpy as np
import zxingcpp
from numpy.typing import NDArray
from PIL import Image

from originmark.mark.labels.artwork.picture_rules import Measured, Symbol

SAMPLES: Final = 4  # points a module
SEEN_AROUND: Final = 6  # modules looked at around a code
SPECKS: Final = 2  # dark points in a ring that are dust and no ink
INK: Final = 255
Grid = NDArray[np.uint8]
Corners = list[tuple[float, float]]


def measure(data: bytes) -> Measured:
    """Return the size of a checked picture, and the QR codes that a scanner reads on it."""
    with Image.open(io.BytesIO(data)) as opened:
        picture = _grey(opened)
    symbols = tuple(
        _symbol(picture, each)
        for each in zxingcpp.read_barcodes(picture)
        if each.format == zxingcpp.BarcodeFormat.QRCode
    )
    return Measured(*picture.size, symbols)


def _grey(opened: Image.Image) -> Image.Image:
    """Return a picture in greys; what is transparent shows the paper."""
    if not opened.has_transparency_data:
        return opened.convert("L")
    coloured = opened.convert("RGBA")
    paper = Image.new("RGBA", coloured.size, "white")
    return Image.alpha_composite(paper, coloured).convert("L")


def _symbol(picture: Image.Image, found: zxingcpp.Barcode) -> Symbol:
    place = found.position
    corners = [
        (float(each.x), float(each.y))
        for each in (place.top_left, place.top_right, place.bottom_right, place.bottom_left)
    ]
    side = round(math.dist(corners[0], corners[1]))
    tilt = _tilt(corners)
    version = _version(found.extra)
    if not version.isdigit():
        return Symbol(found.text, side, tilt_degrees=tilt)
    modules = 17 + 4 * int(version)
    flat, is_paper = _laid_flat(picture, corners, modules)
    margin = SEEN_AROUND * SAMPLES
    inner = flat[margin:-margin, margin:-margin]
    dark, light = np.percentile(inner, [2, 98])
    is_dark = flat < (dark + light) / 2
    is_inverted = bool(is_dark[margin : margin + SAMPLES, margin : margin + SAMPLES].mean() < 0.5)
    return Symbol(
        found.text,
        side,
        modules=modules,
        quiet_modules=_quiet((is_dark ^ is_inverted) | ~is_paper),
        contrast_percent=round(100 * (_reflectance(light) - _reflectance(dark))),
        tilt_degrees=tilt,
        is_inverted=is_inverted,
    )


def _version(extra: object) -> str:
    return str(extra.get("Version", "")) if isinstance(extra, dict) else ""


def _laid_flat(picture: Image.Image, corners: Corners, modules: int) -> tuple[Grid, NDArray[Any]]:
    """Return a code with SEEN_AROUND modules around it, and which points the picture holds."""
    size = (modules + 2 * SEEN_AROUND) * SAMPLES
    near, far = SEEN_AROUND * SAMPLES, size - SEEN_AROUND * SAMPLES
    square = [(near, near), (far, near), (far, far), (near, far)]
    through = _perspective(square, corners)
    flat = picture.transform(
        (size, size), Image.Transform.PERSPECTIVE, through, Image.Resampling.BILINEAR
    )
    whole = Image.new("L", picture.size, INK)
    held = whole.transform((size, size), Image.Transform.PERSPECTIVE, through)
    return np.asarray(flat), np.asarray(held) == INK


def _perspective(drawn: list[tuple[int, int]], seen: Corners) -> tuple[float, ...]:
    """Return the eight numbers by which a picture is seen through four corners."""
    rows, answers = [], []
    for (x, y), (u, v) in zip(drawn, seen, strict=True):
        rows.append([x, y, 1, 0, 0, 0, -u * x, -u * y])
        rows.append([0, 0, 0, x, y, 1, -v * x, -v * y])
        answers += [u, v]
    return tuple(float(each) for each in np.linalg.solve(np.array(rows), np.array(answers)))


def _quiet(is_ink: NDArray[Any]) -> float:
    """Return how many modules around the code are free of ink, at most SEEN_AROUND.

    Counted in rings of a quarter module. The first ring is not asked: there the code itself blurs.
    """
    margin, size = SEEN_AROUND * SAMPLES, len(is_ink)
    for ring in range(1, margin):
        first, last = margin - 1 - ring, size - margin + ring
        sides = (
            is_ink[first, first : last + 1], is_ink[last, first : last + 1],
            is_ink[first:last, first], is_ink[first:last, last],
        )  # fmt: skip
        if sum(int(each.sum()) for each in sides) > SPECKS:
            return ring / SAMPLES
    return float(SEEN_AROUND)


def _tilt(corners: Corners) -> float:
    """Return by how many degrees a side is off level or plumb, the worst of the four (0 to 45)."""
    worst = 0.0
    for (x, y), (u, v) in zip(corners, [*corners[1:], corners[0]], strict=True):
        degrees = math.degrees(math.atan2(v - y, u - x)) % 90
        worst = max(worst, min(degrees, 90 - degrees))
    return round(worst, 1)


def _reflectance(grey: float) -> float:
    """Return how much light a grey of a file stands for, 0 to 1 (the transfer curve of sRGB)."""
    share = grey / 255
    if share <= 0.04045:
        return float(share / 12.92)
    return float(((share + 0.055) / 1.055) ** 2.4)
