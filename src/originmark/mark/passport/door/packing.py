"""A packed page with holes: it is packed once, and each pack's serial is put in unpacked.

Deflate may change to a stored block wherever its output ends on a byte (RFC 1951, 3.2.4), and
the checksum of gzip (CRC-32) is linear: what another serial of the same length changes in it can
be looked up. So a page for another pack costs a few joins and look-ups, not a packing. A serial
stands in a page in two spellings, so there are holes of two lengths.
"""

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from struct import Struct
from typing import Final
from zlib import crc32

LEVEL: Final = 6
_HEADER: Final = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"  # RFC 1952: deflate, no time, no name
_TRAILER: Final = Struct("<II")
_ALL: Final = 0xFFFFFFFF


Spellings = tuple[bytes, bytes]
"""What goes into holes of the first kind, and into those of the second."""


@dataclass(frozen=True, slots=True)
class Pieces:
    """A page cut at its holes; ``holes`` says of which kind each is."""

    parts: Sequence[bytes]
    holes: Sequence[int]

    def filled(self, fillings: Spellings) -> bytes:
        """Return the page with its holes filled."""
        whole = [b""] * (len(self.parts) + len(self.holes))
        whole[::2] = self.parts
        whole[1::2] = [fillings[kind] for kind in self.holes]
        return b"".join(whole)


@dataclass(frozen=True, slots=True)
class Packed:
    """A packed page, in pieces, with what its holes change in the checksum.

    ``whole`` has room for the fillings at the ``places`` of either kind, and for the trailer at
    its end. This runs for each scan, so it is written for speed.
    """

    whole: Sequence[bytes]
    places: tuple[Sequence[int], Sequence[int]]
    samples: tuple[int, int]
    tables: tuple[Sequence[int], ...]
    checksum: int
    size: int

    def filled(self, fillings: Spellings) -> bytes:
        """Return the page with ``fillings``, as long as the samples were, in their holes."""
        outer, inner = fillings
        whole = [*self.whole]
        for place in self.places[0]:
            whole[place] = outer
        for place in self.places[1]:
            whole[place] = inner
        a0, a1, a2, a3, b0, b1, b2, b3 = self.tables
        one, two = crc32(outer) ^ self.samples[0], crc32(inner) ^ self.samples[1]
        checksum = (
            self.checksum
            ^ a0[one & 255] ^ a1[one >> 8 & 255] ^ a2[one >> 16 & 255] ^ a3[one >> 24]
            ^ b0[two & 255] ^ b1[two >> 8 & 255] ^ b2[two >> 16 & 255] ^ b3[two >> 24]
        )  # fmt: skip
        whole[-1] = _TRAILER.pack(checksum, self.size)
        return b"".join(whole)


def cut(page: bytes, samples: Spellings) -> Pieces:
    """Return a page cut at each place where one of the samples stands."""
    parts: list[bytes] = []
    holes: list[int] = []
    for segment in page.split(samples[0]):
        between = segment.split(samples[1])
        parts += between
        holes += [0, *[1] * (len(between) - 1)]
    return Pieces(parts, holes[1:])


def pack(page: Pieces, samples: Spellings) -> Packed:
    """Pack a page that was cut at each place where one of the samples stood."""
    lengths = [len(samples[kind]) for kind in page.holes]
    whole = [b""] * (2 * len(page.parts))
    whole[::2] = _deflated(page.parts, lengths)
    for place, length in enumerate(lengths):
        whole[2 * place] += _stored(length)
    return Packed(
        whole=whole,
        places=(_places(page.holes, 0), _places(page.holes, 1)),
        samples=(crc32(samples[0]), crc32(samples[1])),
        tables=(
            *_tables(page.parts, lengths, [kind == 0 for kind in page.holes]),
            *_tables(page.parts, lengths, [kind == 1 for kind in page.holes]),
        ),
        checksum=crc32(page.filled(samples)),
        size=len(page.filled(samples)),
    )


def _places(holes: Sequence[int], meant: int) -> Sequence[int]:
    return [2 * place + 1 for place, kind in enumerate(holes) if kind == meant]


def _stored(length: int) -> bytes:
    """Return how a stored block of so many bytes begins."""
    return b"\x00" + length.to_bytes(2, "little") + (length ^ 0xFFFF).to_bytes(2, "little")


def _deflated(parts: Sequence[bytes], lengths: Sequence[int]) -> list[bytes]:
    """Return each part as whole bytes of one stream; ``lengths`` are those of the holes.

    What stands in for a hole is fed to the packer too, so that distances are right, and is made
    of a byte that no page has, so that nothing later is said to repeat it.
    """
    packer = zlib.compressobj(LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    found = []
    for place, part in enumerate(parts):
        if place:
            packer.compress(b"\x00" * lengths[place - 1])
            packer.flush(zlib.Z_SYNC_FLUSH)
        is_last = place == len(parts) - 1
        end = zlib.Z_FINISH if is_last else zlib.Z_SYNC_FLUSH
        found.append(packer.compress(part) + packer.flush(end))
    found[0] = _HEADER + found[0]
    return found


def _tables(
    parts: Sequence[bytes], lengths: Sequence[int], are_meant: Sequence[bool]
) -> tuple[Sequence[int], ...]:
    """Return, for each byte of the change in the checksum of the holes meant, the page's change."""
    changes = []
    for bit in range(32):
        change, state = 1 << bit, 0
        for part, length, is_meant in zip(parts[1:], lengths, are_meant, strict=True):
            # The change of this hole joins those before it, and runs through what follows.
            state = _run_through(state, length) ^ (change if is_meant else 0)
            state = _run_through(state, len(part))
        changes.append(state)
    return tuple(_table(changes[start : start + 8]) for start in range(0, 32, 8))


def _run_through(state: int, length: int) -> int:
    """Return what a difference in the checksum becomes after ``length`` equal bytes."""
    return crc32(bytes(length), state ^ _ALL) ^ _ALL


def _table(changes: Sequence[int]) -> Sequence[int]:
    found = [0]
    for change in changes:
        found += [each ^ change for each in found]
    return tuple(found)
