"""When scans of one code look like copies, and which of many scans are kept: pure."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise
from math import asin, cos, inf, radians, sin, sqrt
from typing import Any

EARTH_RADIUS_KM = 6371.0088  # mean radius, IUGG
FORGED_MARKS = 100  # so many codes and viewers of a lot are told apart on a day
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


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
    """When scans look like copies, and how long they are kept; see ``scan_policy.toml``."""

    viewers_at_most: int
    within_days: int
    speed_kmh_at_most: float
    distance_km_at_least: float
    burst_scans_at_most: int = 30
    burst_minutes: int = 10
    barred_viewers_at_most: int = 2
    barred_verdicts: frozenset[str] = frozenset()
    forged_serials_at_most: int = 20
    forged_days: int = 7
    rows_a_label: int = 200
    days_kept: int = 180

    @property
    def viewers_counted(self) -> int:
        """Return up to how many viewers of a label are told apart: each surely has a scan kept."""
        return self.rows_a_label // 2


@dataclass(frozen=True, slots=True)
class Doubt:
    """A rule that the scans of a label break, with the figures that show it."""

    rule: str  # viewers, places, burst, barred, forged
    facts: Mapping[str, Any] = field(default_factory=dict)


def doubts(sightings: Sequence[Sighting], policy: ScanPolicy) -> tuple[Doubt, ...]:
    """Return every doubt that one pack explains these scans, given in order of time."""
    found = (
        too_many(sightings, policy),
        too_far_apart(sightings, policy),
        burst(sightings, policy),
        barred(sightings, policy),
    )
    return tuple(each for each in found if each)


def looks_copied(sightings: Sequence[Sighting], policy: ScanPolicy) -> bool:
    """Return whether shoppers are warned: too many people, or people too far apart, scanned it.

    ``sightings`` in order of time. A burst, or scans of what may not be in a shop, are for the
    programme to look into; they say nothing yet about the pack in a shopper's hand.
    """
    return bool(too_many(sightings, policy) or too_far_apart(sightings, policy))


def too_many(sightings: Sequence[Sighting], policy: ScanPolicy) -> Doubt | None:
    """Return the doubt where more viewers than one pack meets scanned it within the days."""
    viewers = _viewers_lately(sightings, policy)
    if viewers <= policy.viewers_at_most:
        return None
    facts = {"viewers": viewers, "at_most": policy.viewers_at_most, "days": policy.within_days}
    return Doubt("viewers", facts)


def too_far_apart(sightings: Sequence[Sighting], policy: ScanPolicy) -> Doubt | None:
    """Return the doubt where two scans in a row are further apart than anything travels.

    A pack is in one place: such scans mean two packs with one code. The fastest pair is told.
    """
    placed = [each for each in sightings if each.latitude is not None]
    pairs = [(_speed_kmh(*pair), pair) for pair in pairwise(placed)]
    fast = [
        (speed, pair)
        for speed, pair in pairs
        if speed > policy.speed_kmh_at_most and distance_km(*pair) >= policy.distance_km_at_least
    ]
    if not fast:
        return None
    before, after = max(fast, key=lambda each: each[0])[1]
    return Doubt("places", {
        "km": round(distance_km(before, after)),
        "minutes": round((after.at - before.at) / MINUTE),
        "at_most": round(policy.speed_kmh_at_most),
    })  # fmt: skip


def burst(sightings: Sequence[Sighting], policy: ScanPolicy) -> Doubt | None:
    """Return the doubt where more scans than one pack meets fall within some minutes.

    Scans are counted, not viewers: behind one address of a mobile network stand many phones.
    """
    window, most, start = policy.burst_minutes * MINUTE, 0, 0
    for end, last in enumerate(sightings):
        while last.at - sightings[start].at >= window:
            start += 1
        most = max(most, end - start + 1)
    if most <= policy.burst_scans_at_most:
        return None
    facts = {"scans": most, "at_most": policy.burst_scans_at_most, "minutes": policy.burst_minutes}
    return Doubt("burst", facts)


def barred(sightings: Sequence[Sighting], policy: ScanPolicy) -> Doubt | None:
    """Return the doubt where several viewers scanned what may not be in a shop at all.

    One or two may be the packer's own trial, or the buyer of a recalled pack who looks it up.
    """
    found = [each for each in sightings if each.verdict in policy.barred_verdicts]
    viewers = _viewers_lately(found, policy)
    if viewers <= policy.barred_viewers_at_most:
        return None
    verdicts = sorted({each.verdict for each in found})
    facts = {"viewers": viewers, "at_most": policy.barred_viewers_at_most, "verdicts": verdicts}
    return Doubt("barred", facts)


@dataclass(frozen=True, slots=True)
class ForgedOfDay:
    """Made-up codes of one lot on one day: how many scans, and marks that tell them apart."""

    scans: int
    serials: frozenset[str]
    viewers: frozenset[str]


def forged_series(days: Iterable[ForgedOfDay], policy: ScanPolicy) -> Doubt | None:
    """Return the doubt where more different made-up codes than misreadings explain name one lot.

    ``days`` are those of the policy's window. Whoever prints packs with invented serials gives
    each its own; a code that is misread again and again is one.
    """
    found = list(days)
    serials = frozenset[str]().union(*(each.serials for each in found))
    if len(serials) <= policy.forged_serials_at_most:
        return None
    viewers = frozenset[str]().union(*(each.viewers for each in found))
    return Doubt("forged", {
        "serials": len(serials),
        "scans": sum(each.scans for each in found),
        "viewers": len(viewers),
        "at_most": policy.forged_serials_at_most,
        "days": policy.forged_days,
    })  # fmt: skip


def kept(sightings: Iterable[Sighting], most: int) -> list[bool]:
    """Return which scans of one label to keep, when more than ``most`` are there: about half.

    Each viewer's newest scan goes before any viewer's second one, so that one phone that scans a
    thousand times drives no other out; then those with a place, then the newest. So the rules
    answer as before: ``most / 2`` is far above their limits.

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
    newest_first = sorted(range(len(scans)), key=lambda n: (scans[n].at, n), reverse=True)
    of_viewer: dict[str, list[int]] = defaultdict(list)
    for n in newest_first:
        of_viewer[scans[n].viewer].append(n)
    ranked: list[tuple[int, float, int]] = []
    for newest, *older in of_viewer.values():
        placed_first = sorted(older, key=lambda n: scans[n].latitude is None)
        for turn, n in enumerate([newest, *placed_first]):
            ranked.append((turn, -scans[n].at.timestamp(), n))
    chosen = {n for _turn, _age, n in sorted(ranked)[: most // 2]}
    return [n in chosen for n in range(len(scans))]


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


def _viewers_lately(sightings: Sequence[Sighting], policy: ScanPolicy) -> int:
    if not sightings:
        return 0
    since = sightings[-1].at - timedelta(days=policy.within_days)
    return len({each.viewer for each in sightings if each.at >= since})


def _speed_kmh(before: Sighting, after: Sighting) -> float:
    hours = (after.at - before.at) / HOUR
    km = distance_km(before, after)
    return km / hours if hours else (inf if km else 0.0)
