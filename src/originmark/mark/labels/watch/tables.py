"""The list of scan cases."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from originmark.frame.web.tables import Badge, Column, EmptyState, Filter, Table
from originmark.mark.labels.models import Scan, ScanCase, ScanDay
from originmark.mark.labels.watch.pictures import where
from originmark.mark.labels.watch.words import VERDICTS, verdict_name, verdict_tone

TONES = {"open": "warn", "review": "info", "confirmed": "bad", "dismissed": "plain"}


def case_url(case: ScanCase) -> str:
    """Return the address of a case's page."""
    return reverse("labels:case", args=[case.pk])


def badge(case: ScanCase) -> Badge:
    """Return how a case stands."""
    return Badge(case.get_state_display(), TONES[case.state])


def about(case: Any) -> str:
    """Return which product a case is about, or that nobody issued the code."""
    if case.run:
        return str(case.run.product.name)
    if case.origin == ScanCase.Origin.FORGED:
        return str(_("Made-up codes for lot %(lot)s")) % {"lot": case.lot_code}
    return str(_("No label of the programme"))


def lot_url(case: Any) -> str | None:
    """Return the address of the watch on a case's lot."""
    return reverse("labels:watch_lot", args=[case.lot_code]) if case.lot_code else None


def verdict_badge(verdict: str) -> Badge:
    """Return a verdict with its colour."""
    return Badge(verdict_name(verdict), verdict_tone(verdict))


def _in_state(rows: QuerySet[Any], state: str) -> QuerySet[Any]:
    return rows.filter(state=state)


def _found_by(rows: QuerySet[Any], origin: str) -> QuerySet[Any]:
    return rows.filter(origin=origin)


CASES = Table(
    name="scan-cases",
    columns=[
        Column("case", _("Case"), value=lambda case: case.pk, link=case_url, sort="pk"),
        Column("state", _("State"), value=badge, sort="state"),
        Column("about", _("Product"), value=about, sort="run__product__name"),
        Column("lot_code", _("Lot"), link=lot_url, sort="lot_code"),
        Column("serial", _("Code"), sort="serial", is_wide_only=True),
        Column("origin", _("Found by"), value=lambda case: case.get_origin_display(),
               sort="origin", is_wide_only=True),
        Column("reports", _("Reports"), value=lambda case: case.report_count,
               sort="report_count", align="end"),
        Column("assigned_to", _("With"), sort="assigned_to", is_wide_only=True),
        Column("opened_at", _("Opened"), sort="opened_at"),
    ],
    filters=[
        Filter("state", _("State"), ScanCase.State.choices, _in_state),
        Filter("origin", _("Found by"), ScanCase.Origin.choices, _found_by),
    ],
    search=[
        "serial__icontains", "lot_code__icontains", "run__number__icontains",
        "organisation__name__icontains",
    ],
    default_sort="-opened_at",
    empty=EmptyState(
        _("No cases"),
        _("A shopper's report opens a case here; scans of one label that no single pack explains "
          "do as well."),
        icon="flag",
    ),
)  # fmt: skip


def _with_verdict(rows: QuerySet[Any], verdict: str) -> QuerySet[Any]:
    return rows.filter(verdict=verdict)


VERDICT_FILTER = Filter(
    "verdict", _("Verdict"), [(name, words) for name, (words, _tone) in VERDICTS.items()],
    _with_verdict,
)  # fmt: skip


def _run_url(row: ScanDay) -> str:
    return reverse("labels:run", args=[row.run_number])


SCAN_DAYS = Table(
    name="scan-days",
    columns=[
        Column("day", _("Day"), sort="day"),
        Column("run_number", _("Run"), link=_run_url, sort="run_number"),
        Column("verdict", _("Verdict"), value=lambda row: verdict_badge(row.verdict),
               sort="verdict"),
        Column("scans", _("Scans"), sort="scans", align="end"),
    ],
    filters=[VERDICT_FILTER],
    search=["run_number__icontains"],
    default_sort="-day",
    empty=EmptyState(
        _("No scans yet"), _("Each day on which shoppers scan labels is counted here."),
        icon="scan",
    ),
)  # fmt: skip


def place_of(scan: Scan) -> str:
    """Return where a scan was made, to about a kilometre; empty where nobody said."""
    if scan.latitude is None or scan.longitude is None:
        return ""
    return where(scan.latitude, scan.longitude)


def label_table(phones: dict[str, int]) -> Table:
    """Return the list of the scans of one label, whose viewers are numbered."""
    return Table(
        name="label-scans",
        columns=[
            Column("at", _("When"), sort="at"),
            Column("verdict", _("What the shopper was told"), sort="verdict",
                   value=lambda row: verdict_badge(row.verdict)),
            Column("phone", _("Phone"), value=lambda row: phones.get(row.viewer), align="end"),
            Column("place", _("Place"), value=place_of),
        ],
        filters=[VERDICT_FILTER],
        default_sort="-at",
        empty=EmptyState(
            _("No scan is kept"),
            _("Nobody scanned this label, or it was so long ago that only the count is kept."),
            icon="scan",
        ),
    )  # fmt: skip
