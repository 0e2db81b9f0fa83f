"""Labels whose scans look copied, for the job that makes cases of them."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import F, Q

from originmark.mark.labels.models import LabelSeen
from originmark.mark.labels.watch import copies, policy
from originmark.mark.labels.watch.rules import Suspect
from originmark.mark.labels.watch.sightings import seen_label


def suspects(now: datetime) -> Iterator[Suspect]:
    """Yield the labels that the rules doubt, of those scanned within the policy's days.

    Scans up to the day on which a case of the label was closed do not count again. One query over
    the totals, and two for each label that could be a copy.
    """
    rules = policy.in_force()
    since = now - timedelta(days=rules.within_days)
    rows = LabelSeen.objects.filter(last_at__gte=since)
    possible = (
        Q(viewers__gt=rules.viewers_at_most)
        | Q(placed__gt=1)
        | Q(scans__gt=rules.burst_scans_at_most)
        | Q(barred__gt=rules.barred_viewers_at_most)
    )
    unjudged = Q(cleared_at=None) | Q(last_at__gt=F("cleared_at"))
    for row in rows.filter(possible & unjudged).order_by("pk").iterator():
        label = row.run_number, row.index
        after = max(since, row.cleared_at or since)
        sightings = tuple(each for each in seen_label(*label).kept if each.at > after)
        if why := copies.doubts(sightings, rules):
            yield Suspect(label, why, sightings)
