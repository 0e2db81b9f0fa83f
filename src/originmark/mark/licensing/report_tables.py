"""The table of use reports, and how a report is told in a cell."""

from collections.abc import Callable
from datetime import date
from typing import Final

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from originmark.frame.web.tables import Badge, Column, EmptyState, Filter, Table
from originmark.mark.licensing import report_rules as rules
from originmark.mark.licensing import selectors
from originmark.mark.licensing.lists import brand_choices
from originmark.mark.licensing.models import UseReport

STATES: Final = {
    rules.WAITING: (_("not filed yet"), "info"),
    rules.OVERDUE: (_("overdue"), "warn"),
    rules.SUSPENSION: (_("suspension proposed"), "bad"),
    rules.FILED: (_("filed"), "ok"),
}


def report_url(row: UseReport) -> str:
    """Return the address of a report's page."""
    return reverse("licensing:report", args=[row.pk])


def report_badge(row: UseReport, on: date) -> Badge:
    """Return how a report stands on a day as a badge."""
    return Badge(*STATES[selectors.report_state(row, on)])


def _by_state(on: date) -> Callable[[QuerySet[UseReport], str], QuerySet[UseReport]]:
    def narrow(rows: QuerySet[UseReport], state: str) -> QuerySet[UseReport]:
        if state == rules.FILED:
            return rows.exclude(filed_at=None)
        owed = rows.filter(filed_at=None)
        if state == rules.SUSPENSION:
            return owed.filter(suspend_from__lte=on)
        if state == rules.OVERDUE:
            return owed.filter(due_on__lt=on).exclude(suspend_from__lte=on)
        return owed.filter(Q(due_on=None) | Q(due_on__gte=on))

    return narrow


def _by_brand(rows: QuerySet[UseReport], code: str) -> QuerySet[UseReport]:
    return rows.filter(licence__brand__code=code)


def report_table(on: date) -> Table:
    """Return the list of use reports as it stands on a day."""
    holder = "licence__organisation__name"
    return Table(
        name="use-reports",
        columns=[
            Column(holder, _("User"), link=report_url, sort=holder),
            Column("state", _("State"), value=lambda row: report_badge(row, on)),
            Column("licence__number", _("Licence"), sort="licence__number", is_wide_only=True),
            Column("first_day", _("From"), sort="first_day", is_wide_only=True),
            Column("last_day", _("Until"), sort="last_day", is_wide_only=True),
            Column("due_on", _("Due on"), sort="due_on"),
            Column("filed_at", _("Filed"), sort="filed_at", is_wide_only=True),
        ],
        filters=[
            Filter("brand", _("Brand"), brand_choices, _by_brand),
            Filter("state", _("State"), [(key, STATES[key][0]) for key in STATES], _by_state(on)),
        ],
        search=["licence__number__icontains", "licence__organisation__name__icontains"],
        default_sort="-last_day",
        empty=EmptyState(
            _("No report is owed yet"),
            _(
                "Where the rules of a brand ask for reports, one opens here for each user when a "
                "period is over."
            ),
            icon="clipboard-list",
        ),
    )
