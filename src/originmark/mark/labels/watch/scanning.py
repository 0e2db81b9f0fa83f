"""Write down scans: a batch in one transaction, a bounded number of rows a label."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.utils.timezone import localdate

from originmark.mark.labels.models import LabelSeen, Scan, ScanDay
from originmark.mark.labels.watch import copies, policy
from originmark.mark.labels.watch.copies import Sighting
from originmark.mark.labels.watch.first_scans import record_first
from originmark.mark.labels.watch.rules import LabelKey
from originmark.mark.labels.watch.scan_values import ScanSeen

SHARED_WITHIN = timedelta(minutes=15)
DECIMALS = 2  # of a degree that a shopper shares
QUARTER_S = 900  # no day of any zone begins within a quarter of an hour
COUNTED = ("scans", "viewers", "placed", "barred", "first_at", "first_viewer", "last_at")


@transaction.atomic
def record_scans(seen: Sequence[ScanSeen]) -> list[int | None]:
    """Count scans and keep what the rules need of them; return the ids, None for what is not kept.

    The number of queries grows with the number of runs in the batch, not with its scans, and
    what is read and written of one label is bounded by the policy's ``rows_a_label``.
    """
    by_label: dict[LabelKey, list[int]] = defaultdict(list)
    for n, each in enumerate(seen):
        by_label[each[:2]].append(n)
    first = record_first(seen, by_label)
    written: dict[int, int | None] = {by_label.pop(label)[0]: pk for label, pk in first.items()}
    if by_label:
        written |= _record_more(seen, by_label)
    _count_days(seen)
    return [written[n] for n in range(len(seen))]


def _record_more(
    seen: Sequence[ScanSeen], by_label: dict[LabelKey, list[int]]
) -> dict[int, int | None]:
    """Write scans of labels that have more than one; return the ids by place in ``seen``."""
    # The lock comes first: two batches with one label must not count its viewers from one state.
    totals, earlier = _locked(by_label), _kept_scans(by_label)
    new: dict[int, Scan] = {}
    dropped: list[int] = []
    for label, places in sorted(by_label.items()):
        old, fresh = earlier[label], [_scan(seen[n]) for n in places]
        _count(totals[label], old, fresh)
        both = [*old, *fresh]
        keeps = copies.kept([sighting_of(row) for row in both], policy.in_force().rows_a_label)
        dropped += [row.pk for row, keep in zip(old, keeps, strict=False) if not keep]
        stays = zip(places, fresh, keeps[len(old) :], strict=True)
        new |= {n: row for n, row, keep in stays if keep}
    Scan.objects.filter(pk__in=dropped).delete()
    Scan.objects.bulk_create(new.values())
    _write(totals.values())
    return {n: new[n].pk if n in new else None for places in by_label.values() for n in places}


@transaction.atomic
def share_place(label: LabelKey, placed: Sighting) -> bool:
    """Keep where a viewer scanned a label a moment ago; return whether there is such a scan.

    It is the newest one of the viewer within ``SHARED_WITHIN`` that has no place yet. Degrees are
    kept to hundredths, about a kilometre.
    """
    run_number, index = label
    since = placed.at - SHARED_WITHIN
    own = Scan.objects.filter(run_number=run_number, index=index, viewer=placed.viewer)
    newest = own.filter(latitude=None, at__gte=since, at__lte=placed.at).order_by("-at").first()
    if newest is None or placed.latitude is None or placed.longitude is None:
        return False
    latitude, longitude = round(placed.latitude, DECIMALS), round(placed.longitude, DECIMALS)
    changed = Scan.objects.filter(pk=newest.pk, latitude=None).update(
        latitude=latitude, longitude=longitude
    )
    rows = LabelSeen.objects.filter(run_number=run_number, index=index)
    rows.update(placed=F("placed") + changed)
    return bool(changed)


def sighting_of(row: Scan) -> Sighting:
    """Return a scan as the rules read it."""
    return Sighting(row.at, row.viewer, row.latitude, row.longitude, row.verdict)


def _scan(each: ScanSeen) -> Scan:
    return Scan(
        run_number=each.run_number, index=each.index, at=each.at, viewer=each.viewer,
        verdict=each.verdict, latitude=each.latitude, longitude=each.longitude,
    )  # fmt: skip


def _by_run(labels: Sequence[LabelKey]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for number, index in sorted(labels):
        found[number].append(index)
    return found


def _locked(by_label: dict[LabelKey, list[int]]) -> dict[LabelKey, LabelSeen]:
    """Return the totals of the labels, locked in one order; each has one by now."""
    return {
        (row.run_number, row.index): row
        for number, indexes in _by_run(list(by_label)).items()
        for row in LabelSeen.objects.select_for_update()
        .filter(run_number=number, index__in=indexes)
        .order_by("index")
    }


def _kept_scans(by_label: dict[LabelKey, list[int]]) -> dict[LabelKey, list[Scan]]:
    found: dict[LabelKey, list[Scan]] = defaultdict(list)
    for number, indexes in _by_run(list(by_label)).items():
        for row in Scan.objects.filter(run_number=number, index__in=indexes):
            found[number, row.index].append(row)
    return found


def _count(total: LabelSeen, old: list[Scan], fresh: list[Scan]) -> None:
    """Add fresh scans, in order of time, to the total of their label."""
    fresh = sorted(fresh, key=lambda row: row.at)
    known = {row.viewer for row in old}
    rules = policy.in_force()
    total.scans += len(fresh)
    total.placed += sum(row.latitude is not None for row in fresh)
    total.barred += sum(row.verdict in rules.barred_verdicts for row in fresh)
    total.viewers = min(
        total.viewers + len({row.viewer for row in fresh} - known), rules.viewers_counted
    )
    if total.first_at is None or fresh[0].at < total.first_at:
        total.first_at, total.first_viewer = fresh[0].at, fresh[0].viewer
    total.last_at = max(total.last_at or fresh[-1].at, fresh[-1].at)


def _write(totals: Iterable[LabelSeen]) -> None:
    """Write the counts of all labels in one statement: they are there and locked."""
    for total in totals:
        total.pk = None  # the conflict that makes it an update is that of the label
    LabelSeen.objects.bulk_create(
        totals,
        update_conflicts=True,
        unique_fields=["run_number", "index"],
        update_fields=COUNTED,
    )


def _count_days(seen: Sequence[ScanSeen]) -> None:
    counted: Counter[tuple[date, str, str]] = Counter()
    quarters = Counter((at.timestamp() // QUARTER_S, run, verdict)
                       for run, _index, at, _viewer, verdict, *_place in seen)  # fmt: skip
    for (quarter, run, verdict), scans in quarters.items():
        day = localdate(datetime.fromtimestamp(quarter * QUARTER_S, UTC))
        counted[day, run, str(verdict)] += scans
    keys = sorted(counted)
    ScanDay.objects.bulk_create(
        [ScanDay(day=day, run_number=run, verdict=verdict) for day, run, verdict in keys],
        ignore_conflicts=True,
    )
    for day, run, verdict in keys:
        rows = ScanDay.objects.filter(day=day, run_number=run, verdict=verdict)
        rows.update(scans=F("scans") + counted[day, run, verdict])
