"""A packed page with holes: it is packed once, and each pack's serial is put in unpacked.

Deflate may change to a stored block wherever its output ends on a byte (RFC 1951, 3.2.4), and
the checksum of gzip (CRC-32) is linear: what another serial of the same length changes in it can
be looked up. So a page for another pack costs a join and five look-ups, not a packing.
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


@dataclass(frozen=True, slots=True)
class Packed:
    """The parts of a packed page between its holes, and how a filling changes its checksum."""

    parts: tuple[bytes, ...]
    stored: bytes
    size: int
    checksum: int
    sample_checksum: int
    tables: tuple[Sequence[int], ...]

    def filled(self, filling: bytes) -> bytes:
        """Return the page with ``filling``, which is as long as the sample was, in each hole."""
        changed = zlib.crc32(filling) ^ self.sample_checksum
        first, second, third, fourth = self.tables
        checksum = (
            self.checksum
            ^ first[changed & 255]
            ^ second[changed >> 8 & 255]
            ^ third[changed >> 16 & 255]
            ^ fourth[changed >> 24]
        )
        return (self.stored + filling).join(self.parts) + _TRAILER.pack(checksum, self.size)


def pack(parts: Sequence[bytes], sample: bytes) -> Packed:
    """Pack a page that was cut at each place where ``sample`` stood."""
    page = sample.join(parts)
    return Packed(
        parts=tuple(_deflated(parts, len(sample))),
        stored=b"\x00"
        + len(sample).to_bytes(2, "little")
        + (len(sample) ^ 0xFFFF).to_bytes(2, "little"),
        size=len(page),
        checksum=zlib.crc32(page),
        sample_checksum=zlib.crc32(sample),
        tables=_tables(parts, len(sample)),
    )


def _deflated(parts: Sequence[bytes], hole: int) -> list[bytes]:
    """Return each part as whole bytes of one stream.

    What stands in for a hole is fed to the packer too, so that distances are right, and is made
    of a byte that no page has, so that nothing later is said to repeat it.
    """
    packer = zlib.compressobj(LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    found = []
    for place, part in enumerate(parts):
        if place:
            packer.compress(b"\x00" * hole)
            packer.flush(zlib.Z_SYNC_FLUSH)
        is_last = place == len(parts) - 1
        end = zlib.Z_FINISH if is_last else zlib.Z_SYNC_FLUSH
        found.append(packer.compress(part) + packer.flush(end))
    found[0] = _HEADER + found[0]
    return found


def _tables(parts: Sequence[bytes], hole: int) -> tuple[Sequence[int], ...]:
    """Return, for each byte of the change in a hole's checksum, the change in the page's."""
    changes = []
    for bit in range(32):
        change, state = 1 << bit, 0
        for part in parts[1:]:
            # The change of this hole joins those before it, and runs through what follows.
            state = _run_through(state, hole) ^ change
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
