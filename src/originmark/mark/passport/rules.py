"""The verdict on a scanned code: pure decisions over what is known and how often it was seen."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from itertools import pairwise
from math import asin, cos, radians, sin, sqrt

EARTH_RADIUS_KM = 6371.0088  # mean radius, IUGG


class Verdict(StrEnum):
    """The closed set of answers, in the order in which they win."""

    UNKNOWN = "unknown"
    MISPLACED = "misplaced"
    RECALLED = "recalled"
    WITHDRAWN = "withdrawn"
    SPOILED = "spoiled"
    NOT_ACTIVATED = "not-activated"
    COPIED = "copied"
    LICENCE_LAPSED = "licence-lapsed"
    EXPIRED = "expired"
    STAR_EXPIRED = "star-expired"
    GENUINE_SEEN = "genuine-seen"
    GENUINE_FIRST = "genuine-first"

    @property
    def tone(self) -> str:
        """Return how the page shows it: ok, warn or bad."""
        if self in {Verdict.GENUINE_FIRST, Verdict.GENUINE_SEEN}:
            return "ok"
        if self in WARNINGS:
            return "warn"
        return "bad"

    @property
    def is_genuine(self) -> bool:
        """Return whether the page may say "genuine"."""
        return self.tone == "ok"


WARNINGS = frozenset(
    {Verdict.EXPIRED, Verdict.STAR_EXPIRED, Verdict.NOT_ACTIVATED, Verdict.LICENCE_LAPSED}
)


@dataclass(frozen=True, slots=True)
class Sighting:
    """One scan: when, by which viewer (a keyed hash), and where, if the place is known."""

    at: datetime
    viewer: str
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True, slots=True)
class ScanPolicy:
    """When scans of one code look like copies; data of the programme, see ``scan_policy.toml``."""

    viewers_at_most: int
    within_days: int
    speed_kmh_at_most: float
    distance_km_at_least: float


@dataclass(frozen=True, slots=True)
class CodeFacts:
    """What the rooms below know about a code that carries a true tag.

    ``state`` is issued, activated, spoiled, withdrawn, returned or destroyed.
    ``is_in_its_place`` is false when the product or lot in the address is not the one that the
    label was issued for.
    ``has_lapsed_stars`` is true for a product whose newest stars no longer count.
    """

    state: str
    is_in_its_place: bool
    has_licence: bool
    best_before: date | None
    is_recalled: bool = False
    has_lapsed_stars: bool = False


def verdict(
    facts: CodeFacts | None,
    seen: Iterable[Sighting],
    *,
    viewer: str,
    today: date,
    policy: ScanPolicy,
) -> Verdict:
    """Return the one answer a shopper gets first.

    ``facts`` is None for a code that nobody issued. ``seen`` are the earlier scans; those of the
    same viewer do not count against the code.
    """
    if facts is None:
        return Verdict.UNKNOWN
    sightings = sorted(seen, key=lambda each: each.at)
    doubts = {
        Verdict.MISPLACED: not facts.is_in_its_place,
        Verdict.RECALLED: facts.is_recalled,
        Verdict.WITHDRAWN: facts.state == "withdrawn",
        Verdict.SPOILED: facts.state in {"spoiled", "returned", "destroyed"},
        Verdict.NOT_ACTIVATED: facts.state != "activated",
        Verdict.COPIED: looks_copied(sightings, policy),
        Verdict.LICENCE_LAPSED: not facts.has_licence,
        Verdict.EXPIRED: facts.best_before is not None and facts.best_before < today,
        Verdict.STAR_EXPIRED: facts.has_lapsed_stars,
        Verdict.GENUINE_SEEN: any(each.viewer != viewer for each in sightings),
    }
    return next((answer for answer, applies in doubts.items() if applies), Verdict.GENUINE_FIRST)


def looks_copied(sightings: list[Sighting], policy: ScanPolicy) -> bool:
    """Return whether too many people, or people too far apart, scanned one code.

    ``sightings`` in order of time. A pack is in one place: two scans further apart than anything
    travels between them mean two packs with one code.
    """
    return _too_many(sightings, policy) or _too_far_apart(sightings, policy)


def _too_many(sightings: list[Sighting], policy: ScanPolicy) -> bool:
    if not sightings:
        return False
    since = sightings[-1].at - timedelta(days=policy.within_days)
    return len({each.viewer for each in sightings if each.at >= since}) > policy.viewers_at_most


def _too_far_apart(sightings: list[Sighting], policy: ScanPolicy) -> bool:
    placed = [each for each in sightings if each.latitude is not None]
    return any(_impossible(before, after, policy) for before, after in pairwise(placed))


def _impossible(before: Sighting, after: Sighting, policy: ScanPolicy) -> bool:
    km = distance_km(before, after)
    hours = (after.at - before.at) / timedelta(hours=1)
    return km >= policy.distance_km_at_least and km > policy.speed_kmh_at_most * hours


def distance_km(one: Sighting, other: Sighting) -> float:
    """Return the great-circle distance (haversine; within 0.6 % of the ellipsoid's).

    >>> taiyuan = Sighting(datetime(2026, 10, 1), "a", 37.87, 112.55)
    >>> shanghai = Sighting(datetime(2026, 10, 1), "b", 31.23, 121.47)
    >>> round(distance_km(taiyuan, shanghai))
    1101
    """
    if None in (one.latitude, one.longitude, other.latitude, other.longitude):
        raise ValueError("a distance needs two places")
    lat1, lon1 = radians(one.latitude or 0), radians(one.longitude or 0)
    lat2, lon2 = radians(other.latitude or 0), radians(other.longitude or 0)
    half = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
    return 2 * EARTH_RADIUS_KM * asin(sqrt(half))
