"""QR symbols for a whole run at once.

Making a symbol is linear over GF(2) but for its mask: where two texts of one length differ in
one bit, their symbols differ in a pattern that does not depend on the rest of the text. So segno
makes one symbol for the run and one pattern for each bit that a serial can change; every other
symbol is a sum of those, and thousands come out of one matrix product. segno alone makes about a
hundred symbols a second, this some ten thousand; tests compare the two bit by bit.
"""

from collections.abc import Iterator
from functools import lru_cache

import numpy as np
import segno
from numpy.typing import NDArray

QUIET_ZONE = 4  # modules, ISO/IEC 18004
_BITS = 7  # ASCII
_CHUNK = 2000

Modules = NDArray[np.uint8]


def symbols(prefix: str, endings: NDArray[np.bytes_]) -> Iterator[Modules]:
    """Yield the symbol of ``prefix`` + each ending as a square of 0 and 1, error level M.

    All endings are ASCII and of one length; ``endings`` is an array of bytes.
    """
    if not len(endings):
        return
    length = endings.dtype.itemsize
    first = prefix.encode() + bytes(endings[0])
    drawn = segno.make_qr(first, error="m", boost_error=False, mode="byte")
    mask = int(drawn.mask)
    patterns = _patterns(len(prefix.encode()), length, mask)
    base = _matrix(first, mask)
    letters = endings.view(np.uint8).reshape(-1, length)
    for start in range(0, len(letters), _CHUNK):
        flipped = letters[start : start + _CHUNK] ^ letters[0]
        bits = np.unpackbits(flipped[:, :, None], axis=2)[:, :, 8 - _BITS :]
        sums = bits.reshape(len(flipped), -1).astype(np.float32) @ patterns
        for row in sums.astype(np.int32).astype(np.uint8) & 1:
            yield row.reshape(base.shape) ^ base


def path(modules: Modules) -> str:
    """Return the dark modules as one SVG path of strokes, a module being one unit.

    The path stands inside its quiet zone: the picture is ``size + 2 * QUIET_ZONE`` wide.
    """
    padded = np.pad(modules.astype(np.int8), ((0, 0), (1, 1)))
    turns = np.diff(padded, axis=1)
    rows, starts = np.nonzero(turns == 1)
    _, ends = np.nonzero(turns == -1)
    return "".join(
        f"M{x + QUIET_ZONE} {y + QUIET_ZONE}.5h{end - x}"
        for y, x, end in zip(rows.tolist(), starts.tolist(), ends.tolist(), strict=True)
    )


def svg(modules: Modules) -> str:
    """Return a symbol as an SVG picture with one path."""
    side = len(modules) + 2 * QUIET_ZONE
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}">'
        f'<path stroke="#000" d="{path(modules)}"/></svg>'
    )


@lru_cache(maxsize=8)
def _patterns(before: int, length: int, mask: int) -> NDArray[np.float32]:
    """Return what each bit of the ending flips; the text before it does not matter."""
    plain = bytes(before + length)
    nothing = _matrix(plain, mask)
    flips = []
    for place in range(before, before + length):
        for bit in range(_BITS - 1, -1, -1):
            text = bytearray(plain)
            text[place] = 1 << bit
            flips.append((_matrix(bytes(text), mask) ^ nothing).ravel())
    return np.array(flips, dtype=np.float32)


def _matrix(text: bytes, mask: int) -> Modules:
    drawn = segno.make_qr(text, error="m", boost_error=False, mode="byte", mask=mask)
    return np.array([list(row) for row in drawn.matrix], dtype=np.uint8)
