"""Scans of a case in words, and clusters of scans on a map."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from originmark.frame.web.maps import Shape, meridian, parallel, svg_map
from originmark.mark.labels.watch.rules import Cluster
from originmark.mark.labels.watch.words import reason

PLACES_SHOWN = 50


@dataclass(frozen=True, slots=True)
class Numbered:
    """A cluster as the list beside the map names it."""

    number: int
    where: str
    words: str
    cases: list[int]


def seen(evidence: dict[str, Any]) -> dict[str, Any]:
    """Return what a case keeps of scans, for its page; nothing where no scans are kept."""
    if not evidence:
        return {}
    places = [
        {"at": datetime.fromisoformat(at), "where": where(latitude, longitude)}
        for at, latitude, longitude in reversed(evidence["places"][-PLACES_SHOWN:])
    ]
    return {
        **evidence,
        "reasons": [reason(each, evidence.get("facts", {}).get(each)) for each in evidence["why"]],
        "first": datetime.fromisoformat(evidence["first"]),
        "last": datetime.fromisoformat(evidence["last"]),
        "places": places,
    }


def where(latitude: float, longitude: float) -> str:
    """Return a place as people write it."""
    return f"{parallel(round(latitude, 2))} {meridian(round(longitude, 2))}"


def numbered(found: Sequence[Cluster]) -> list[Numbered]:
    """Return the clusters in the order of their numbers."""
    return [
        Numbered(number, where(*each.middle), _words(each), each.cases)
        for number, each in enumerate(found, 1)
    ]


def cluster_map(found: Sequence[Cluster], *, width: int = 460) -> SafeString:
    """Return the clusters on a map: a pin at their middle, and the numbered square of the grid."""
    pins = [
        Shape(
            {"type": "Point", "coordinates": [each.middle[1], each.middle[0]]},
            f"{where(*each.middle)}: {_words(each)}",
            "bad" if len(each.cases) > 1 else "warn",
        )
        for each in found
    ]
    squares = [
        Shape(_square(each), str(number), "outline", is_labelled=True)
        for number, each in enumerate(found, 1)
    ]
    title = _("Where the labels were scanned")
    return svg_map([*squares, *pins], width, title=title, has_grid=True)


def _words(cluster: Cluster) -> str:
    facts = {"cases": len(cluster.cases), "scans": len(cluster.dots)}
    return _("Cases: %(cases)s, scans: %(scans)s") % facts


def _square(cluster: Cluster) -> dict[str, Any]:
    west, south = cluster.west, cluster.south
    east, north = west + cluster.side, south + cluster.side
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}
