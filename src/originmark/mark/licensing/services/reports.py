"""Commands on use reports: opened when a period is over, reminded of, filed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from originmark.frame.jobs import services as jobs
from originmark.mark.licensing import report_rules as rules
from originmark.mark.licensing import sockets
from originmark.mark.licensing.models import Licence, UseReport, UseReportLine
from originmark.mark.schemes import selectors as schemes
from originmark.mark.schemes.use_values import UseRules
from originmark.origin.parties import access
from originmark.origin.parties.access import Actor

MAIL_TASK = "licensing.mail_report_reminder"


@dataclass(frozen=True, slots=True)
class ReportLine:
    """What somebody says of a product in a month."""

    product_code: str
    month: date
    packs_sold: int
    labels_used: int


@transaction.atomic
def open_reports(*, by: Actor, now: datetime) -> list[UseReport]:
    """Open a report for each period that is over; a second run opens none.

    Two queries for all licences that may owe one, and one for each brand and licence.
    """
    access.require(by, "licensing.suspend")
    today = timezone.localtime(now).date()
    rows = Licence.objects.select_for_update(of=("self",)).select_related("brand")
    rules_of: dict[str, UseRules | None] = {}
    opened = []
    for licence in rows.filter(valid_from__lt=today).order_by("pk"):
        code = licence.brand.code
        if code not in rules_of:
            rules_of[code] = schemes.use_rules(code, today)
        opened += _open(licence, rules_of[code], today)
    return opened


@transaction.atomic
def remind(*, by: Actor, now: datetime) -> list[UseReport]:
    """Remind each user once of a report that is overdue; the letter goes into the outbox."""
    access.require(by, "licensing.suspend")
    today = timezone.localtime(now).date()
    rows = UseReport.objects.select_for_update(of=("self",))
    late = list(rows.filter(filed_at=None, reminded_at=None, due_on__lt=today).order_by("pk"))
    for report in late:
        report.reminded_at = now
        report.save(update_fields=["reminded_at"])
        jobs.enqueue(MAIL_TASK, {"report": report.pk}, key=f"use-report-reminder-{report.pk}")
    return late


@transaction.atomic
def file_report(
    report_id: int, lines: Sequence[ReportLine], *, note: str = "", by: Actor, now: datetime
) -> UseReport:
    """File a report, or file it again with other figures; the history keeps who did.

    What the rooms above know of labels used is kept beside what is said; where the two differ,
    the note says why.

    Raises UnknownReport, NotOfReport, NotACount or DifferenceUnexplained.
    """
    rows = UseReport.objects.select_for_update(of=("self",)).select_related("licence__brand")
    report = rows.filter(pk=report_id).first()
    if report is None:
        raise rules.UnknownReport(report=str(report_id))
    licence = report.licence
    access.require(by, "licensing.report", organisation_id=licence.organisation_id)
    _require_lines(report, lines)
    known = known_labels(report)
    if known is not None and not note.strip():
        _require_known(lines, known)
    report.lines.all().delete()
    UseReportLine.objects.bulk_create(
        UseReportLine(
            report=report,
            product_code=each.product_code,
            month=each.month,
            packs_sold=each.packs_sold,
            labels_used=each.labels_used,
            labels_known=None if known is None else known.get((each.product_code, each.month), 0),
        )
        for each in lines
    )
    report.filed_at, report.filed_by, report.note = now, by.name, note.strip()
    report.save(update_fields=["filed_at", "filed_by", "note"])
    return report


def known_labels(report: UseReport) -> dict[tuple[str, date], int] | None:
    """Return labels used by product and month as rooms above know them, None if none does."""
    licence = report.licence
    return sockets.labels_used(
        licence.organisation_id, licence.brand.code, report.first_day, report.last_day
    )


def _open(licence: Licence, use: UseRules | None, today: date) -> list[UseReport]:
    if use is None or use.report_every_months is None:
        return []
    ends = [licence.valid_until]
    if licence.ended_on:
        ends.append(licence.ended_on - timedelta(days=1))
    rows = UseReport.objects.filter(licence=licence)
    there = set(rows.values_list("first_day", flat=True))
    found = rules.periods(
        first=licence.valid_from,
        last=min(ends),
        every_months=use.report_every_months,
        due_days=use.report_due_days,
        until=today,
    )
    wait = use.report_suspend_after_days
    return [
        UseReport.objects.create(
            licence=licence,
            first_day=each.first,
            last_day=each.last,
            due_on=each.due_on,
            suspend_from=each.due_on + timedelta(days=wait + 1)
            if each.due_on and wait is not None
            else None,
        )
        for each in found
        if each.first not in there and each.last >= use.valid_from
    ]


def _require_lines(report: UseReport, lines: Sequence[ReportLine]) -> None:
    covered = set(report.licence.products.values_list("product_code", flat=True))
    months = set(rules.months(report.first_day, report.last_day))
    for each in lines:
        if each.product_code not in covered or each.month not in months:
            raise rules.NotOfReport(
                first=report.first_day, last=report.last_day, product=each.product_code,
                month=each.month,
            )  # fmt: skip
        for count in (each.packs_sold, each.labels_used):
            if not 0 <= count <= rules.MOST:
                raise rules.NotACount(found=count)


def _require_known(lines: Sequence[ReportLine], known: dict[tuple[str, date], int]) -> None:
    for each in lines:
        labels = known.get((each.product_code, each.month), 0)
        if each.labels_used != labels:
            raise rules.DifferenceUnexplained(
                product=each.product_code, month=f"{each.month:%Y-%m}", said=each.labels_used,
                known=labels,
            )  # fmt: skip
