"""Where the events of a JSON document begin and end, found without parsing them.

Each event is then parsed once, from its own bytes, and these bytes are what is kept. Brackets
are found by numpy over the whole text at once: about 4 ns a byte.
"""

import re
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

LIST = re.compile(rb'"eventList"[ \t\r\n]*:[ \t\r\n]*\[')
_ESCAPE = re.compile(rb"\\.", re.DOTALL)
_QUOTE = 2
_STEPS = np.zeros(256, np.int8)
_STEPS[list(b"{[")] = 1
_STEPS[list(b"}]")] = -1
_STEPS[ord('"')] = _QUOTE
Positions = NDArray[np.int64]
Depths = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Brackets:
    """Every bracket outside of texts: where it stands, and how deep it is nested behind it.

    ``is_open_text``: the data ends inside a text.
    """

    at: Positions
    depth: Depths
    is_open_text: bool

    @property
    def deepest(self) -> int:
        """Return how many brackets are open at once, at most."""
        return int(self.depth.max(initial=0))


def brackets(data: bytes) -> Brackets:
    """Return the brackets of a JSON text.

    >>> found = brackets(b'{"a{": [1, "]"]}')
    >>> found.at.tolist(), found.depth.tolist()
    ([0, 7, 14, 15], [1, 2, 1, 0])
    """
    plain = _ESCAPE.sub(b"  ", data) if b"\\" in data else data
    step = _STEPS[np.frombuffer(plain, np.uint8)]
    at = np.flatnonzero(step)
    step = step[at]
    is_quote = step == _QUOTE
    quotes = np.cumsum(is_quote, dtype=np.int32)
    keep = ~is_quote & (quotes & 1 == 0)
    depth = np.cumsum(step[keep], dtype=np.int32)
    return Brackets(at[keep], depth, bool(len(quotes) and quotes[-1] & 1))


@dataclass(frozen=True, slots=True)
class Split:
    """A document cut into what stands around its events, and the bytes of each event."""

    before: bytes
    events: list[bytes]
    after: bytes


def split(data: bytes, found: Brackets) -> Split | None:
    """Return the document cut at its first list of events; None where it is irregular.

    Whoever calls parses what comes out: a cut in the wrong place shows there.

    >>> data = b'{"epcisBody": {"eventList": [ {"a": 1.00},{"b":[]} ]}}'
    >>> split(data, brackets(data)).events
    [b'{"a": 1.00}', b'{"b":[]}']
    """
    opening = first_list(data, found)
    if opening is None:
        return None
    depth = int(found.depth[opening])
    closing = _first(found.depth, opening + 1, depth - 1)
    if closing is None:
        return None
    start, end = int(found.at[opening]), int(found.at[closing])
    events = items(data, found, range(opening + 1, closing), start + 1, end)
    return None if events is None else Split(data[: start + 1], events, data[end:])


def items(data: bytes, found: Brackets, among: range, start: int, end: int) -> list[bytes] | None:
    """Return the objects of a list; None where anything but objects and commas stands in it.

    ``among`` are the brackets between those of the list; ``start`` and ``end`` its inside.
    """
    starts, ends = spans(found, among)
    if len(starts) != len(ends) or any(data[at] != ord("{") for at in starts):
        return None
    gaps = [data[one:two].strip() for one, two in zip(ends, starts[1:], strict=False)]
    edges = data[start : starts[0]] + data[ends[-1] : end] if starts else data[start:end]
    if edges.strip() or any(gap != b"," for gap in gaps):
        return None
    return [data[one:two] for one, two in zip(starts, ends, strict=True)]


def spans(found: Brackets, among: range) -> tuple[list[int], list[int]]:
    """Return where the members of a list begin and end, by their brackets."""
    if not among:
        return [], []
    inside = slice(among.start, among.stop)
    outer = int(found.depth[among.start - 1])
    return spans_in(found.at[inside], found.depth[inside], outer)


def spans_in(at: Positions, depth: Depths, outer: int) -> tuple[list[int], list[int]]:
    """Return where the members of a list of depth ``outer`` begin and end.

    The last one may be open: then there is one beginning more.
    """
    before = np.concatenate(([outer], depth[:-1]))
    starts = at[(depth == outer + 1) & (before == outer)]
    ends = at[(depth == outer) & (before == outer + 1)] + 1
    return starts.tolist(), ends.tolist()


def first_list(data: bytes, found: Brackets) -> int | None:
    """Return which of the brackets opens the first list of events."""
    for match in LIST.finditer(data):
        place = match.end() - 1
        index = int(np.searchsorted(found.at, place))
        if index < len(found.at) and found.at[index] == place:
            return index
    return None


def _first(depth: Depths, start: int, wanted: int) -> int | None:
    hits = np.flatnonzero(depth[start:] == wanted)
    return start + int(hits[0]) if len(hits) else None
