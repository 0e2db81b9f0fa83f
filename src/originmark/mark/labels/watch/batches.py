"""Scans as servers hand them in: a batch is one row, and is entered in the books a moment later.

A server has no time to weigh scans while phones wait. So it hands them in as they are, twice a
second, and the worker enters them. A batch stays for a while after that, for the other servers to
hear of; the newest one stays always, so that a server can tell that it missed some.
"""

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime, timedelta
from typing import Final

import orjson
import structlog
from django.db import DataError, IntegrityError, transaction
from django.db.models import Max, Min, Sum

from originmark.frame.web import clock
from originmark.mark.labels.models import ScanBatch
from originmark.mark.labels.watch.scan_values import ScanSeen
from originmark.mark.labels.watch.scanning import record_scans

BATCH_STAYS: Final = timedelta(minutes=1)
LATE: Final = timedelta(seconds=30)
MOST_WAITING: Final = 200_000  # scans; so many and more wait for nobody else
EVERY_S: Final = 0.5

log = structlog.get_logger(__name__)


def hand_in(seen: Sequence[ScanSeen], *, door: str = "") -> int:
    """Keep scans to be entered; return the number of the batch. One query.

    ``door`` is who has taken them into account already, empty where nobody has.
    """
    return _batch(seen, door=door).pk


@transaction.atomic
def record_at_once(seen: Sequence[ScanSeen]) -> list[int | None]:
    """Enter scans now; return their ids as ``record_scans`` does. Servers hear of them."""
    _batch(seen, entered_at=clock.now())
    return record_scans(seen)


def enter_waiting() -> None:
    """Enter all that waits, a batch at a time, and drop batches that everybody has heard of."""
    while waiting_batches() and enter_next():  # looks before it asks for SQLite's one lock
        pass
    newest = ScanBatch.objects.aggregate(Max("pk"))["pk__max"]
    old = ScanBatch.objects.filter(entered_at__lt=clock.now() - BATCH_STAYS, pk__lt=newest or 0)
    old.delete()


def enter_next() -> bool:
    """Enter the oldest batch that waits and is in nobody's hands; return whether there was one.

    It is marked in the same transaction, so that each scan counts once. A batch that the database
    refuses is logged and passed over, for others wait behind it.
    """
    with transaction.atomic():
        waiting = ScanBatch.objects.filter(entered_at=None).order_by("pk")
        batch = waiting.select_for_update(skip_locked=True).first()
        if batch is None:
            return False
        try:
            with transaction.atomic():
                record_scans(_read(batch.scans))
        except (DataError, IntegrityError):
            log.exception("scans not entered: the database refuses them", scans=batch.count)
        ScanBatch.objects.filter(pk=batch.pk).update(entered_at=clock.now())
    return True


def help_if_late(now: datetime) -> None:
    """Enter a batch where the worker does not keep up, or is away. One query otherwise."""
    waiting = ScanBatch.objects.filter(entered_at=None)
    found = waiting.aggregate(oldest=Min("handed_at"), scans=Sum("count"))
    if found["oldest"] and (found["oldest"] < now - LATE or found["scans"] > MOST_WAITING):
        enter_next()


def waiting_batches() -> set[int]:
    """Return the numbers of the batches that are not entered. One query."""
    return set(ScanBatch.objects.filter(entered_at=None).values_list("pk", flat=True))


def batches() -> list[tuple[int, str]]:
    """Return the batches that are there, oldest first: number and door. One query."""
    return list(ScanBatch.objects.order_by("pk").values_list("pk", "door"))


def scans_of(numbers: Collection[int]) -> Iterator[tuple[int, list[ScanSeen]]]:
    """Yield the scans of batches, those that are gone left out. One query."""
    rows = ScanBatch.objects.filter(pk__in=numbers).values_list("pk", "scans")
    for number, scans in rows.iterator(chunk_size=10):
        yield number, _read(scans)


def _batch(
    seen: Sequence[ScanSeen], *, door: str = "", entered_at: datetime | None = None
) -> ScanBatch:
    return ScanBatch.objects.create(
        door=door,
        handed_at=clock.now(),
        entered_at=entered_at,
        count=len(seen),
        scans=orjson.dumps(seen, default=tuple),
    )


def _read(scans: bytes | memoryview) -> list[ScanSeen]:
    return [
        ScanSeen(run, index, datetime.fromisoformat(at), *rest)
        for run, index, at, *rest in orjson.loads(scans)
    ]
