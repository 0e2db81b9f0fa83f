"""JSON documents of any size, read in pieces: first what stands around the events, then these.

A document is walked through more than once, so whoever calls gives its pieces again each time.
Memory: a piece, the event that a piece breaks off in, and what stands around the list.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import orjson

from originmark.standards.epcis.documents import (
    BYTE_ORDER_MARK,
    DEEPEST,
    EVENTS_STAND_HERE,
    DocumentInvalid,
    list_holder,
)
from originmark.standards.epcis.problems import Problem
from originmark.standards.epcis.splitting import Brackets, brackets, first_list, spans_in

MOST_AROUND: Final = 16 * 2**20
"""Bytes before the list of events, behind it, or in one event."""


@dataclass(frozen=True, slots=True)
class Shell:
    """A document without its events, and where these stand: the bytes inside their list."""

    document: dict[str, Any]
    start: int
    end: int


def read_shell(pieces: Iterable[bytes]) -> Shell | None:
    """Return a document without its events; None where it has no list of events to stream.

    Raises DocumentInvalid for what is no JSON around the list, and for what is nested too deeply
    or too large there.
    """
    walk = _Walk()
    for piece in pieces:
        walk.take(piece)
    return walk.shell()


def read_events(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Yield the bytes of each event from the inside of the list.

    Raises DocumentInvalid for anything but objects with commas between them.
    """
    rest, count = b"", 0
    for piece in pieces:
        data = rest + piece
        found = brackets(data)
        if found.deepest > DEEPEST:
            raise _refused(f"this is nested deeper than {DEEPEST} levels", count)
        starts, ends = spans_in(found.at, found.depth, 0)
        at = 0
        for start, end in zip(starts, ends, strict=False):
            gap = data[at:start].strip()
            if gap != (b"," if count else b"") or data[start] != ord("{"):
                raise _refused("expected events with commas between them", count)
            yield data[start:end]
            at, count = end, count + 1
        rest = data[at:]
        if len(rest) > MOST_AROUND:
            raise _refused(f"this event has more than {MOST_AROUND} bytes", count)
    if rest.strip():
        raise _refused("expected events with commas between them", count)


class _Walk:
    """Follows the brackets of a document through its pieces, up to the list and behind it."""

    def __init__(self) -> None:
        self.before, self.after = b"", b""
        self.offset = 0  # bytes taken
        self.start = self.end = -1
        self.depth = 0  # of the list
        self.carry = b""  # an open text, an escape that a piece breaks off in
        self.level = 0
        self.is_open_text = False

    def take(self, piece: bytes) -> None:
        """Go on by one piece."""
        if self.start < 0:
            self._look_for_list(piece)
        elif self.end < 0:
            self._look_for_end(piece)
        else:
            self.after += piece
        if len(self.before) > MOST_AROUND or len(self.after) > MOST_AROUND:
            raise _refused(f"what stands around the events has more than {MOST_AROUND} bytes")

    def shell(self) -> Shell | None:
        """Return what was found, once all pieces are taken."""
        if self.end < 0:
            return None
        mark = orjson.dumps(EVENTS_STAND_HERE)
        try:
            document = orjson.loads(b"%b%b%b" % (self.before, mark, self.after))
        except orjson.JSONDecodeError as reason:
            raise _refused(f"this is no JSON: {reason}") from reason
        holder = list_holder(document)
        if holder is None or holder["eventList"] != [EVENTS_STAND_HERE]:
            return None
        holder["eventList"] = []
        return Shell(document, self.start, self.end)

    def _look_for_list(self, piece: bytes) -> None:
        self.before += piece if self.before else piece.removeprefix(BYTE_ORDER_MARK)
        self.offset += len(piece)
        found = brackets(self.before)
        opening = first_list(self.before, found)
        if opening is None:
            return
        cut = int(found.at[opening]) + 1
        rest = self.before[cut:]
        self.before, self.start = self.before[:cut], self.offset - len(rest)
        self.offset = self.start
        self._look_for_end(rest)

    def _look_for_end(self, piece: bytes) -> None:
        """Find the bracket that closes the list; texts and escapes may go on in the next piece."""
        data = self.carry + piece
        slashes = len(data) - len(data.rstrip(b"\\"))
        kept = len(data) - slashes % 2
        data, self.carry = data[:kept], data[kept:]
        opened = b'"' if self.is_open_text else b""
        found: Brackets = brackets(opened + data)
        self.is_open_text = found.is_open_text
        depth = found.depth + self.level
        closing = np.flatnonzero(depth < 0)
        if len(closing):
            place = int(found.at[closing[0]]) - len(opened)
            self.end = self.offset + place
            self.after = data[place:] + self.carry
        elif len(depth):
            self.level = int(depth[-1])
        self.offset += len(data)


def _refused(reason: str, place: int | None = None) -> DocumentInvalid:
    pointer = "" if place is None else f"/epcisBody/eventList/{place}"
    return DocumentInvalid([Problem(pointer, reason)])
