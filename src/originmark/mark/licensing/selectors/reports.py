"""Questions about use reports."""

from datetime import date

from django.db.models import QuerySet

from originmark.mark.licensing import report_rules as rules
from originmark.mark.licensing.models import UseReport
from originmark.origin.parties import access
from originmark.origin.parties.access import Actor


def reports(by: Actor) -> QuerySet[UseReport]:
    """Return the use reports that the actor may read: all for the office, else one's own."""
    rows = UseReport.objects.select_related("licence__organisation", "licence__brand")
    return access.visible(by, rows, "licence__organisation").order_by("-last_day", "-pk")


def report(report_id: int, by: Actor) -> UseReport:
    """Return one report that the actor may read; raises UnknownReport."""
    row = reports(by).filter(pk=report_id).first()
    if row is None:
        raise rules.UnknownReport(report=str(report_id))
    return row


def overdue(by: Actor, *, on: date) -> QuerySet[UseReport]:
    """Return the reports that should have been filed, the oldest first."""
    return reports(by).filter(filed_at=None, due_on__lt=on).order_by("due_on", "pk")


def report_state(row: UseReport, on: date) -> str:
    """Return how a report stands on a day."""
    return rules.state(
        is_filed=row.filed_at is not None,
        due_on=row.due_on,
        suspend_from=row.suspend_from,
        on=on,
    )
