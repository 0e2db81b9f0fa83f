"""Write down scans: a batch in one transaction, a bounded number of rows a label."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.timezone import localdate

from originmark.mark.labels.models import LabelSeen, Scan, ScanDay
from originmark.mark.labels.watch import copies, policy
from originmark.mark.labels.watch.bulk import moment, put_rows
from originmark.mark.labels.watch.copies import ScanPolicy, Sighting
from originmark.mark.labels.watch.rules import LabelKey

LABEL = ("run_number", "index")
SIGHTING = ("at", "viewer", "latitude", "longitude", "verdict")
COUNTED = ("scans", "viewers", "placed", "barred", "first_at", "first_viewer", "last_at")


@dataclass(frozen=True, slots=True)
class ScanSeen:
    """A scan of a genuine serial: which label (from 0), when, by whom (a keyed hash), the verdict.

    The place, in degrees (WGS 84), is known only where the shopper shared it.
    """

    run_number: str
    index: int
    at: datetime
    viewer: str
    verdict: str
    latitude: float | None = None
    longitude: float | None = None


@dataclass(slots=True)
class Total:
    """What ``LabelSeen`` counts of a label."""

    scans: int
    viewers: int
    placed: int
    barred: int
    first_at: datetime | None
    first_viewer: str
    last_at: datetime | None

    def add(self, fresh: list[Sighting], known: set[str], rules: ScanPolicy) -> None:
        """Count fresh scans, in order of time, of which ``known`` viewers have a scan kept."""
        self.scans += len(fresh)
        self.placed += sum(each.latitude is not None for each in fresh)
        self.barred += sum(each.verdict in rules.barred_verdicts for each in fresh)
        different = self.viewers + len({each.viewer for each in fresh} - known)
        self.viewers = min(different, rules.viewers_counted)
        if self.first_at is None or fresh[0].at < self.first_at:
            self.first_at, self.first_viewer = fresh[0].at, fresh[0].viewer
        self.last_at = max(self.last_at or fresh[-1].at, fresh[-1].at)


@transaction.atomic
def record_scans(seen: Sequence[ScanSeen]) -> list[int | None]:
    """Count scans and keep what the rules need of them; return the ids, None for what is not kept.

    The number of queries grows with the number of runs in the batch, not with its scans, and
    what is read and written of one label is bounded by the policy's ``rows_a_label``.
    """
    by_label: dict[LabelKey, list[int]] = defaultdict(list)
    for n, each in enumerate(seen):
        by_label[each.run_number, each.index].append(n)
    labels, rules = sorted(by_label), policy.in_force()
    # The lock comes first: two batches with one label must not count its viewers from one state.
    totals, earlier = _locked(labels), _kept_scans(labels)
    stay: list[int] = []
    dropped: list[int] = []
    for label in labels:
        old, places = earlier[label], sorted(by_label[label], key=lambda n: seen[n].at)
        fresh = [_sighting(seen[n]) for n in places]
        totals[label].add(fresh, {each.viewer for _pk, each in old}, rules)
        keeps = copies.kept([*(each for _pk, each in old), *fresh], rules.rows_a_label)
        dropped += [pk for (pk, _each), keep in zip(old, keeps, strict=False) if not keep]
        stay += [n for n, keep in zip(places, keeps[len(old) :], strict=True) if keep]
    Scan.objects.filter(pk__in=dropped).delete()
    stay.sort()
    ids = dict(zip(stay, _insert([seen[n] for n in stay]), strict=True))
    _write(totals)
    _count_days(seen)
    return [ids.get(n) for n in range(len(seen))]


@transaction.atomic
def share_place(scan_id: int, *, viewer: str, latitude: float, longitude: float) -> None:
    """Keep where a scan was made, if it is the viewer's own and has no place yet."""
    own = Scan.objects.filter(pk=scan_id, viewer=viewer, latitude=None)
    label = own.values_list("run_number", "index").first()
    if label and own.update(latitude=latitude, longitude=longitude):
        LabelSeen.objects.filter(run_number=label[0], index=label[1]).update(placed=F("placed") + 1)


def _sighting(each: ScanSeen) -> Sighting:
    return Sighting(each.at, each.viewer, each.latitude, each.longitude, each.verdict)


def _by_run(labels: Sequence[LabelKey]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for number, index in labels:
        found[number].append(index)
    return found


def _locked(labels: Sequence[LabelKey]) -> dict[LabelKey, Total]:
    """Return the totals of the labels, made where there are none, and locked in one order."""
    nothing = [(number, index, 0, 0, 0, 0, "") for number, index in labels]
    columns = (*LABEL, "scans", "viewers", "placed", "barred", "first_viewer")
    put_rows(LabelSeen, columns, nothing, conflict=LABEL)
    rows = LabelSeen.objects.select_for_update().order_by("index").values_list("index", *COUNTED)
    return {
        (number, index): Total(*counted)
        for number, indexes in _by_run(labels).items()
        for index, *counted in rows.filter(run_number=number, index__in=indexes)
    }


def _kept_scans(labels: Sequence[LabelKey]) -> dict[LabelKey, list[tuple[int, Sighting]]]:
    found: dict[LabelKey, list[tuple[int, Sighting]]] = defaultdict(list)
    rows = Scan.objects.values_list("index", "pk", *SIGHTING)
    for number, indexes in _by_run(labels).items():
        for index, pk, *sighting in rows.filter(run_number=number, index__in=indexes):
            found[number, index].append((pk, Sighting(*sighting)))
    return found


def _insert(scans: Sequence[ScanSeen]) -> list[int]:
    rows = [
        (each.run_number, each.index, moment(each.at), each.viewer, each.latitude, each.longitude,
         each.verdict)
        for each in scans
    ]  # fmt: skip
    return put_rows(Scan, (*LABEL, *SIGHTING), rows, returns_ids=True)


def _write(totals: Mapping[LabelKey, Total]) -> None:
    """Write the counts of all labels in one statement: they are there and locked."""
    rows = [
        (*label, each.scans, each.viewers, each.placed, each.barred, moment(each.first_at),
         each.first_viewer, moment(each.last_at))
        for label, each in totals.items()
    ]  # fmt: skip
    put_rows(LabelSeen, (*LABEL, *COUNTED), rows, conflict=LABEL, replace=COUNTED)


def _count_days(seen: Sequence[ScanSeen]) -> None:
    counted = Counter((localdate(each.at), each.run_number, each.verdict) for each in seen)
    keys = sorted(counted)
    ScanDay.objects.bulk_create(
        [ScanDay(day=day, run_number=run, verdict=verdict) for day, run, verdict in keys],
        ignore_conflicts=True,
    )
    for day, run, verdict in keys:
        rows = ScanDay.objects.filter(day=day, run_number=run, verdict=verdict)
        rows.update(scans=F("scans") + counted[day, run, verdict])
