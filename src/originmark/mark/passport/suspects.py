"""Labels whose scans look copied, for the scan watch of the room below."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from django.db.models import Count, Q

from originmark.mark.labels.selectors import LabelKey, Seen, Suspect
from originmark.mark.passport import policy, rules
from originmark.mark.passport.models import Scan
from originmark.mark.passport.rules import ScanPolicy, Sighting

MOST_SCANS: Final = 2000  # of one label, the newest: enough to tell, however often it is scanned


def suspects(cleared: Mapping[LabelKey, datetime], now: datetime) -> Iterator[Suspect]:
    """Yield the labels that ``rules.looks_copied`` doubts within the policy's days.

    One query over the scans of those days, and one for each label that could be a copy.
    """
    scan_policy = policy.in_force()
    since = now - timedelta(days=scan_policy.within_days)
    rows = Scan.objects.filter(at__gte=since).order_by().values_list("run_number", "index")
    counted = rows.annotate(viewers=Count("viewer", distinct=True), placed=Count("latitude"))
    possible = Q(viewers__gt=scan_policy.viewers_at_most) | Q(placed__gt=1)
    for run_number, index, *_counts in counted.filter(possible):
        label = (run_number, index)
        sightings = _sightings(label, max(since, cleared.get(label, since)))
        if why := _why(sightings, scan_policy):
            seen = (Seen(each.at, each.viewer, each.latitude, each.longitude) for each in sightings)
            yield Suspect(label, why, tuple(seen))


def _sightings(label: LabelKey, after: datetime) -> list[Sighting]:
    rows = Scan.objects.filter(run_number=label[0], index=label[1], at__gt=after)
    newest = list(rows.order_by("-at", "-pk")[:MOST_SCANS])
    return [
        Sighting(each.at, each.viewer, each.latitude, each.longitude) for each in reversed(newest)
    ]


def _why(sightings: list[Sighting], scan_policy: ScanPolicy) -> tuple[str, ...]:
    """Return which doubts hold: asked once without places, and once without a limit of viewers."""
    placeless = [Sighting(each.at, each.viewer) for each in sightings]
    unlimited = replace(scan_policy, viewers_at_most=len(sightings))
    doubts = {
        "viewers": rules.looks_copied(placeless, scan_policy),
        "places": rules.looks_copied(sightings, unlimited),
    }
    return tuple(name for name, holds in doubts.items() if holds)
