"""What a reported code is about, what a case keeps of scans, and their clusters: pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from math import floor
from typing import Any

from originmark.mark.labels.watch.copies import Doubt, Sighting

LONGEST_CODE = 60
MOST_PLACES = 200  # of a case
SIDES = (0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 5.0, 10.0, 30.0)  # degrees
CELLS_ACROSS = 12


def code_in(typed: str) -> str:
    """Return the code in what a shopper typed or scanned: the end of an address, without spaces.

    >>> code_in(" https://example.org/own/millet/10/L1/21/abcd efgh?x=1 ")
    'ABCDEFGH'
    >>> code_in("  ")
    ''
    """
    end = typed.strip().split("?")[0].rstrip("/").rsplit("/", 1)[-1]
    return "".join(end.split()).upper()[:LONGEST_CODE]


@dataclass(frozen=True, slots=True)
class ReportDraft:
    """What a shopper says; only ``problem`` is required."""

    problem: str  # one of ConsumerReport.Problem
    code: str = ""
    shop: str = ""
    place: str = ""
    text: str = ""
    email: str = ""


LabelKey = tuple[str, int]  # the number of a run, and which of its labels (from 0)


@dataclass(frozen=True, slots=True)
class Suspect:
    """A label whose scans no single pack explains, and which rules say so."""

    label: LabelKey
    why: tuple[Doubt, ...]
    seen: tuple[Sighting, ...]


def evidence(suspect: Suspect, *, now: datetime) -> dict[str, Any]:
    """Return what a case keeps of the scans: counts, times, and places to about a kilometre.

    >>> when = datetime(2026, 10, 1, 12)
    >>> seen = (Sighting(when, "a", 37.8712, 112.5534), Sighting(when, "b"), Sighting(when, "a"))
    >>> kept = evidence(Suspect(("R", 0), (Doubt("burst"),), seen), now=when)
    >>> kept["scans"], kept["viewers"], kept["places"]
    (3, 2, [['2026-10-01T12:00:00', 37.87, 112.55]])
    """
    in_order = sorted(suspect.seen, key=lambda each: each.at)
    placed = [
        [each.at.isoformat(), round(each.latitude, 2), round(each.longitude, 2)]
        for each in in_order
        if each.latitude is not None and each.longitude is not None
    ]
    return {
        "why": [each.rule for each in suspect.why],
        "facts": {each.rule: dict(each.facts) for each in suspect.why},
        "found": now.isoformat(),
        "scans": len(in_order),
        "viewers": len({each.viewer for each in in_order}),
        "first": in_order[0].at.isoformat(),
        "last": in_order[-1].at.isoformat(),
        "places": placed[-MOST_PLACES:],
    }


@dataclass(frozen=True, slots=True)
class Dot:
    """A place at which a label of a case was scanned, in degrees."""

    case: int
    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class Cluster:
    """Scans in one cell of the grid, whose south-west corner and side are in degrees."""

    south: float
    west: float
    side: float
    dots: tuple[Dot, ...]

    @property
    def cases(self) -> list[int]:
        """Return the cases, each once, oldest first."""
        return sorted({each.case for each in self.dots})

    @property
    def middle(self) -> tuple[float, float]:
        """Return latitude and longitude of the mean of the scans."""
        count = len(self.dots)
        latitude = sum(each.latitude for each in self.dots) / count
        return latitude, sum(each.longitude for each in self.dots) / count


def clusters(dots: Sequence[Dot]) -> list[Cluster]:
    """Return the scans by cells of a grid, the cell with most cases, then most scans, first.

    The grid is the finest of ``SIDES`` with at most ``CELLS_ACROSS`` cells across what is shown.

    >>> near, far = Dot(1, 37.87, 112.55), Dot(2, 31.23, 121.47)
    >>> [(each.cases, len(each.dots), each.side) for each in clusters([near, near, far])]
    [([1], 2, 1.0), ([2], 1, 1.0)]
    >>> clusters([])
    []
    """
    if not dots:
        return []
    latitudes = [each.latitude for each in dots]
    longitudes = [each.longitude for each in dots]
    across = max(max(latitudes) - min(latitudes), max(longitudes) - min(longitudes))
    side = next((each for each in SIDES if across <= each * CELLS_ACROSS), SIDES[-1])
    cells: dict[tuple[int, int], list[Dot]] = {}
    for each in dots:
        cell = floor(each.latitude / side), floor(each.longitude / side)
        cells.setdefault(cell, []).append(each)
    found = [
        Cluster(south * side, west * side, side, tuple(some))
        for (south, west), some in sorted(cells.items())
    ]
    return sorted(found, key=lambda each: (-len(each.cases), -len(each.dots)))
