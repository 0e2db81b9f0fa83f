"""Questions about scan cases; each says what it costs."""

from django.db.models import Count, QuerySet

from originmark.mark.labels.models import ConsumerReport, ScanCase
from originmark.mark.labels.watch.refusals import UnknownCase, UnknownReport
from originmark.mark.labels.watch.rules import Dot
from originmark.origin.parties import access
from originmark.origin.parties.access import Actor

MOST_CASES = 500  # on a map


def cases(by: Actor) -> QuerySet[ScanCase]:
    """Return the cases that the actor may read, with ``report_count``: newest first.

    The programme reads all; a producer those about labels of its own.
    """
    rows = ScanCase.objects.select_related("run", "run__product", "organisation")
    rows = rows.annotate(report_count=Count("reports"))
    return access.visible(by, rows).order_by("-opened_at", "-pk")


def case(case_id: int, by: Actor) -> ScanCase:
    """Return a case that the actor may read; raises UnknownCase for hidden ones too."""
    found = cases(by).filter(pk=case_id).first()
    if found is None:
        raise UnknownCase(case=case_id)
    return found


def open_cases_of(by: Actor, lot_code: str) -> int:
    """Return how many open cases about a lot the actor may read. One query."""
    return cases(by).filter(lot_code=lot_code, closed_at=None).count()


def sees_reporters(by: Actor) -> bool:
    """Return whether the actor may read what shoppers wrote, their photos and addresses."""
    return by.sees_everything


def report(reference: str) -> ConsumerReport:
    """Return the report of a reference, whoever asks; raises UnknownReport. One query."""
    rows = ConsumerReport.objects.select_related("case")
    found = rows.filter(reference=reference.strip()).first()
    if found is None:
        raise UnknownReport(reference=reference[:32])
    return found


def dots(by: Actor, *, lot_code: str = "") -> list[Dot]:
    """Return where labels of open cases that the actor may read were scanned; of one lot or all.

    One query.
    """
    rows = cases(by).filter(closed_at=None)
    rows = (rows.filter(lot_code=lot_code) if lot_code else rows)[:MOST_CASES]
    return [
        Dot(row.pk, latitude, longitude)
        for row in rows
        for _at, latitude, longitude in row.evidence.get("places", [])
    ]
