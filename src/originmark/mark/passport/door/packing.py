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

LEVEL: Final = 6
_HEADER: Final = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"  # RFC 1952: deflate, no time, no name
_TRAILER: Final = Struct("<II")
_ALL: Final = 0xFFFFFFFF


Spellings = tuple[bytes, bytes]
"""What goes into holes of the first kind, and into those of the second."""
Segments = Sequence[Sequence[bytes]]
"""A page cut at the holes of the first kind, and each segment at those of the second."""


@dataclass(frozen=True, slots=True)
class _Kind:
    """Holes of one length: how a stored block begins, and how a filling changes the checksum."""

    stored: bytes
    sample_checksum: int
    tables: tuple[Sequence[int], ...]

    def change(self, filling: bytes) -> int:
        """Return what ``filling``, in place of the sample, changes in the page's checksum."""
        changed = zlib.crc32(filling) ^ self.sample_checksum
        first, second, third, fourth = self.tables
        return (
            first[changed & 255]
            ^ second[changed >> 8 & 255]
            ^ third[changed >> 16 & 255]
            ^ fourth[changed >> 24]
        )


@dataclass(frozen=True, slots=True)
class Packed:
    """The parts of a packed page between its holes."""

    segments: Segments
    kinds: tuple[_Kind, _Kind]
    size: int
    checksum: int

    def filled(self, fillings: Spellings) -> bytes:
        """Return the page with ``fillings``, as long as the samples were, in their holes."""
        outer, inner = self.kinds
        checksum = self.checksum ^ outer.change(fillings[0]) ^ inner.change(fillings[1])
        return joined(
            self.segments, (outer.stored + fillings[0], inner.stored + fillings[1])
        ) + _TRAILER.pack(checksum, self.size)


def cut(page: bytes, samples: Spellings) -> list[list[bytes]]:
    """Return a page cut at each place where one of the samples stands."""
    return [segment.split(samples[1]) for segment in page.split(samples[0])]


def joined(segments: Segments, fillings: Spellings) -> bytes:
    """Return a page with its holes filled."""
    return fillings[0].join([fillings[1].join(segment) for segment in segments])


def pack(segments: Segments, samples: Spellings) -> Packed:
    """Pack a page that was cut at each place where one of the samples stood."""
    page = joined(segments, samples)
    holes = [kind for segment in segments for kind in [0, *[1] * (len(segment) - 1)]][1:]
    parts = [part for segment in segments for part in segment]
    lengths = [len(samples[kind]) for kind in holes]
    packed = iter(_deflated(parts, lengths))
    return Packed(
        segments=tuple(tuple(next(packed) for _ in segment) for segment in segments),
        kinds=(
            _kind(samples[0], _tables(parts, lengths, [kind == 0 for kind in holes])),
            _kind(samples[1], _tables(parts, lengths, [kind == 1 for kind in holes])),
        ),
        size=len(page),
        checksum=zlib.crc32(page),
    )


def _kind(sample: bytes, tables: tuple[Sequence[int], ...]) -> _Kind:
    length = len(sample)
    stored = b"\x00" + length.to_bytes(2, "little") + (length ^ 0xFFFF).to_bytes(2, "little")
    return _Kind(stored, zlib.crc32(sample), tables)


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
    return zlib.crc32(bytes(length), state ^ _ALL) ^ _ALL


def _table(changes: Sequence[int]) -> Sequence[int]:
    found = [0]
    for change in changes:
        found += [each ^ change for each in found]
    return tuple(found)
