"""Count codes that nobody issued, for each lot and day; a series of them is a doubt."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import blake2b

from django.db import transaction
from django.db.models import Max
from django.utils.timezone import localdate

from originmark.mark.labels import serials
from originmark.mark.labels.models import ForgedDay, LabelRun, ScanCase
from originmark.mark.labels.watch import copies, policy
from originmark.mark.labels.watch.copies import Doubt, ForgedOfDay


@dataclass(frozen=True, slots=True)
class ForgedSeen:
    """A scan of a code that nobody issued, in the address of a lot."""

    serial: str
    lot_code: str
    at: datetime
    viewer: str


@dataclass(frozen=True, slots=True)
class ForgedSeries:
    """A lot that made-up codes name, the doubt, and when they were scanned."""

    lot_code: str
    doubt: Doubt
    first_at: datetime
    last_at: datetime


@transaction.atomic
def record_forged(seen: Sequence[ForgedSeen]) -> None:
    """Count scans of codes that nobody issued; what cannot be a code at all was misread.

    Lots without labels are counted together, so that whoever invents lots as well fills no table.
    """
    known = _lots_with_labels({each.lot_code for each in seen})
    by_day: dict[tuple[date, str], list[ForgedSeen]] = defaultdict(list)
    for each in seen:
        if serials.canonical(each.serial):
            lot_code = each.lot_code if each.lot_code in known else ""
            by_day[localdate(each.at), lot_code].append(each)
    keys = sorted(by_day)
    ForgedDay.objects.bulk_create(
        [ForgedDay(day=day, lot_code=lot_code) for day, lot_code in keys], ignore_conflicts=True
    )
    for day, lot_code in keys:
        # The lock comes first: two batches must not add to one state of the marks.
        row = ForgedDay.objects.select_for_update().get(day=day, lot_code=lot_code)
        _add(row, by_day[day, lot_code])


def series(now: datetime) -> Iterator[ForgedSeries]:
    """Yield the lots that a series of made-up codes names within the policy's days.

    Days up to the one on which a case about the lot was closed do not count again. Two queries.
    """
    rules, today = policy.in_force(), localdate(now)
    since = today - timedelta(days=rules.forged_days - 1)
    judged = _judged()
    by_lot: dict[str, list[ForgedDay]] = defaultdict(list)
    for row in ForgedDay.objects.filter(day__gte=since).exclude(lot_code="").order_by("day"):
        if row.lot_code not in judged or row.day > localdate(judged[row.lot_code]):
            by_lot[row.lot_code].append(row)
    for lot_code, rows in sorted(by_lot.items()):
        days = [
            ForgedOfDay(row.scans, frozenset(row.serials), frozenset(row.viewers)) for row in rows
        ]
        doubt = copies.forged_series(days, rules)
        first, last = rows[0].first_at, rows[-1].last_at
        if doubt and first and last:
            yield ForgedSeries(lot_code, doubt, first, last)


def _lots_with_labels(codes: set[str]) -> set[str]:
    rows = LabelRun.objects.filter(lot_code__in=codes)
    return set(rows.order_by().values_list("lot_code", flat=True).distinct())


def _judged() -> dict[str, datetime]:
    rows = ScanCase.objects.filter(origin=ScanCase.Origin.FORGED).exclude(closed_at=None)
    last = rows.order_by().values_list("lot_code").annotate(until=Max("closed_at"))
    return dict(last)


def _add(row: ForgedDay, fresh: list[ForgedSeen]) -> None:
    row.scans += len(fresh)
    row.serials = _marks(row.serials, [serials.canonical(each.serial) or "" for each in fresh])
    row.viewers = _marks(row.viewers, [each.viewer for each in fresh])
    row.first_at = min(filter(None, [row.first_at, *(each.at for each in fresh)]))
    row.last_at = max(filter(None, [row.last_at, *(each.at for each in fresh)]))
    row.save(update_fields=["scans", "serials", "viewers", "first_at", "last_at"])


def _marks(old: list[str], texts: list[str]) -> list[str]:
    new = (blake2b(text.encode(), digest_size=4).hexdigest() for text in texts)
    return list(dict.fromkeys([*old, *new]))[: copies.FORGED_MARKS]
