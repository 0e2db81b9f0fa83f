"""When scans of one code look like copies, and which of many scans are kept: pure."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from math import asin, cos, radians, sin, sqrt

EARTH_RADIUS_KM = 6371.0088  # mean radius, IUGG


@dataclass(frozen=True, slots=True)
class Sighting:
    """One scan: when, by which viewer (a keyed hash), where if the place is known, its verdict."""

    at: datetime
    viewer: str
    latitude: float | None = None
    longitude: float | None = None
    verdict: str = ""


@dataclass(frozen=True, slots=True)
class ScanPolicy:
    """When scans of one code look like copies; data of the programme, see ``scan_policy.toml``."""

    viewers_at_most: int
    within_days: int
    speed_kmh_at_most: float
    distance_km_at_least: float
    rows_a_label: int = 200


def looks_copied(sightings: Sequence[Sighting], policy: ScanPolicy) -> bool:
    """Return whether too many people, or people too far apart, scanned one code.

    ``sightings`` in order of time. A pack is in one place: two scans further apart than anything
    travels between them mean two packs with one code.
    """
    return too_many(sightings, policy) or too_far_apart(sightings, policy)


def too_many(sightings: Sequence[Sighting], policy: ScanPolicy) -> bool:
    """Return whether more viewers than one pack meets scanned it within the policy's days."""
    if not sightings:
        return False
    since = sightings[-1].at - timedelta(days=policy.within_days)
    return len({each.viewer for each in sightings if each.at >= since}) > policy.viewers_at_most


def too_far_apart(sightings: Sequence[Sighting], policy: ScanPolicy) -> bool:
    """Return whether two scans in a row were further apart than anything travels meanwhile."""
    placed = [each for each in sightings if each.latitude is not None]
    return any(_impossible(before, after, policy) for before, after in pairwise(placed))


def doubts(sightings: Sequence[Sighting], policy: ScanPolicy) -> tuple[str, ...]:
    """Return which rules doubt that one pack explains these scans, in order of time."""
    found = {
        "viewers": too_many(sightings, policy),
        "places": too_far_apart(sightings, policy),
    }
    return tuple(name for name, holds in found.items() if holds)


def kept(sightings: Iterable[Sighting], most: int) -> list[bool]:
    """Return which scans of one label to keep, when more than ``most`` are there: about half.

    Each viewer's newest scan goes before any viewer's second one (a scan with a place before one
    without), so that one phone that scans a thousand times drives no other out; the newest go
    before older ones. So the rules answer as before: ``most / 2`` is far above their limits.

    >>> noon = datetime(2026, 10, 1, 12)
    >>> mine = [Sighting(noon + timedelta(minutes=n), "me") for n in range(5)]
    >>> kept([Sighting(noon, "you"), *mine], most=6)
    [True, True, True, True, True, True]
    >>> kept([Sighting(noon, "you"), *mine], most=5)
    [True, False, False, False, False, True]
    """
    scans = list(sightings)
    if len(scans) <= most:
        return [True] * len(scans)
    newest_first = sorted(
        range(len(scans)),
        key=lambda n: (scans[n].latitude is not None, scans[n].at, n),
        reverse=True,
    )
    turns: dict[str, int] = defaultdict(int)
    ranked: list[tuple[int, float, int]] = []
    for n in newest_first:
        ranked.append((turns[scans[n].viewer], -scans[n].at.timestamp(), n))
        turns[scans[n].viewer] += 1
    chosen = {n for _turn, _age, n in sorted(ranked)[: most // 2]}
    return [n in chosen for n in range(len(scans))]


def _impossible(before: Sighting, after: Sighting, policy: ScanPolicy) -> bool:
    km = distance_km(before, after)
    hours = (after.at - before.at) / timedelta(hours=1)
    return km >= policy.distance_km_at_least and km > policy.speed_kmh_at_most * hours


def distance_km(one: Sighting, other: Sighting) -> float:
    """Return the great-circle distance (haversine; within 0.6 % of the ellipsoid's).

    >>> taiyuan = Sighting(datetime(2026, 10, 1), "a", 37.87, 112.55)
    >>> shanghai = Sighting(datetime(2026, 10, 1), "b", 31.23, 121.47)
    >>> round(distance_km(taiyuan, shanghai))
    1100
    """
    if None in (one.latitude, one.longitude, other.latitude, other.longitude):
        raise ValueError("a distance needs two places")
    lat1, lon1 = radians(one.latitude or 0), radians(one.longitude or 0)
    lat2, lon2 = radians(other.latitude or 0), radians(other.longitude or 0)
    half = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
    return 2 * EARTH_RADIUS_KM * asin(sqrt(half))
