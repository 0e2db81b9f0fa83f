"""The list of scan cases."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from originmark.frame.web.tables import Badge, Column, EmptyState, Filter, Table
from originmark.mark.labels.models import ScanCase

TONES = {"open": "warn", "review": "info", "confirmed": "bad", "dismissed": "plain"}


def case_url(case: ScanCase) -> str:
    """Return the address of a case's page."""
    return reverse("labels:case", args=[case.pk])


def badge(case: ScanCase) -> Badge:
    """Return how a case stands."""
    return Badge(case.get_state_display(), TONES[case.state])


def about(case: Any) -> str:
    """Return which product a case is about, or that nobody issued the code."""
    return case.run.product.name if case.run else str(_("No label of the programme"))


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
        Column("serial", _("Code"), sort="serial", is_wide_only=True),
        Column("user", _("User"), sort="organisation__name", is_wide_only=True,
               value=lambda case: case.organisation.name if case.organisation else ""),
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
    search=["serial__icontains", "run__number__icontains", "organisation__name__icontains"],
    default_sort="-opened_at",
    empty=EmptyState(
        _("No cases"),
        _("A shopper's report opens a case here; scans of one label that no single pack explains "
          "do as well."),
        icon="flag",
    ),
)  # fmt: skip
