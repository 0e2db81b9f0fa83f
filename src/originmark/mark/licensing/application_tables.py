"""The tables of applications and findings, and how their states are told in a cell."""

from typing import Final

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from originmark.frame.web.tables import Badge, Column, EmptyState, Filter, Table
from originmark.mark.licensing import application_rules as rules
from originmark.mark.licensing.lists import brand_choices
from originmark.mark.licensing.models import Application, NonConformity

TONES: Final = {
    rules.SUBMITTED: "info",
    rules.MORE_WANTED: "warn",
    rules.GRANTED: "ok",
    rules.REFUSED: "bad",
    rules.WITHDRAWN: "plain",
}


def application_url(row: Application) -> str:
    """Return the address of an application's page."""
    return reverse("licensing:application", args=[row.number])


def application_badge(row: Application) -> Badge:
    """Return the state of an application as a badge."""
    return Badge(row.get_state_display(), TONES[row.state])


def finding_url(row: NonConformity) -> str:
    """Return the address of a finding's page."""
    return reverse("licensing:finding", args=[row.pk])


def finding_badge(row: NonConformity) -> Badge:
    """Return whether a finding is open as a badge."""
    return Badge(_("closed"), "ok") if row.closed_on else Badge(_("open"), "bad")


def _by_brand(rows: QuerySet[Application], code: str) -> QuerySet[Application]:
    return rows.filter(brand__code=code)


def _by_state(rows: QuerySet[Application], state: str) -> QuerySet[Application]:
    return rows.filter(state=state)


def _by_openness(rows: QuerySet[NonConformity], state: str) -> QuerySet[NonConformity]:
    return rows.filter(closed_on__isnull=state == "open")


APPLICATIONS: Final = Table(
    name="applications",
    columns=[
        Column("number", _("Number"), link=application_url, sort="number"),
        Column("state", _("State"), value=application_badge, sort="state"),
        Column("organisation__name", _("Applicant"), sort="organisation__name"),
        Column("brand__name", _("Brand"), sort="brand__name", is_wide_only=True),
        Column(
            "products", _("Products"), value=lambda row: ", ".join(row.products), is_wide_only=True
        ),
        Column("applied_at", _("Applied"), sort="applied_at", is_wide_only=True),
    ],
    filters=[
        Filter("brand", _("Brand"), brand_choices, _by_brand),
        Filter("state", _("State"), Application.State.choices, _by_state),
    ],
    search=["number__icontains", "organisation__name__icontains", "brand__name__icontains"],
    default_sort="-applied_at",
    empty=EmptyState(
        _("No application yet"),
        _("A producer applies for a mark on the page of its brand."),
        icon="file-text",
    ),
)
FINDINGS: Final = Table(
    name="findings",
    columns=[
        Column("what", _("What was found"), link=finding_url, value=lambda row: row.what[:80]),
        Column("state", _("State"), value=finding_badge),
        Column("organisation__name", _("About"), sort="organisation__name"),
        Column("brand", _("Brand"), is_wide_only=True),
        Column("found_on", _("Found on"), sort="found_on", is_wide_only=True),
        Column("mend_until", _("Mend until"), sort="mend_until", is_wide_only=True),
    ],
    filters=[
        Filter("state", _("State"), [("open", _("open")), ("closed", _("closed"))], _by_openness)
    ],
    search=["what__icontains", "organisation__name__icontains"],
    default_sort="-found_on",
    empty=EmptyState(
        _("Nothing was found"),
        _("What a check finds about a user of a mark stands here until it is mended."),
        icon="clipboard-check",
    ),
)
