"""Read what can honestly be read off a picture of a label: its size and its codes."""

import io
import math

import zxingcpp
from PIL import Image

from originmark.mark.labels.artwork.picture_rules import Measured, Symbol


def measure(data: bytes) -> Measured:
    """Return the size of a checked picture, and the QR codes that a scanner reads on it."""
    with Image.open(io.BytesIO(data)) as picture:
        width, height = picture.size
        found = zxingcpp.read_barcodes(picture.convert("L"))
    symbols = [
        Symbol(each.text, _side(each.position)) for each in found
        if each.format == zxingcpp.BarcodeFormat.QRCode
    ]  # fmt: skip
    return Measured(width, height, tuple(symbols))


def _side(place: zxingcpp.Position) -> int:
    return round(
        math.hypot(place.top_right.x - place.top_left.x, place.top_right.y - place.top_left.y)
    )
