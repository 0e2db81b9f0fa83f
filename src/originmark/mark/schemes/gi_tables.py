"""The table of applications for a geographical indication."""

from typing import Final

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from originmark.frame.web.tables import Badge, Column, EmptyState, Filter, Table
from originmark.mark.schemes import gi_values as values
from originmark.mark.schemes.gi_models import GiApplication
from originmark.mark.schemes.gi_selectors import stage_name

TONES: Final = {
    values.SUBMITTED: "info",
    values.EXAMINATION: "info",
    values.OPPOSITION: "warn",
    values.DECIDED: "ok",
    values.REGISTERED: "ok",
    values.REFUSED: "bad",
}


def gi_url(row: GiApplication) -> str:
    """Return the address of an application's page."""
    return reverse("schemes:gi", args=[row.number])


def gi_badge(row: GiApplication) -> Badge:
    """Return the stage of an application as a badge."""
    return Badge(stage_name(row), TONES.get(row.phase, "plain"))


def _by_phase(rows: QuerySet[GiApplication], phase: str) -> QuerySet[GiApplication]:
    return rows.filter(phase=phase)


GI_APPLICATIONS: Final = Table(
    name="gi-applications",
    columns=[
        Column("number", _("Number"), link=gi_url, sort="number"),
        Column("stage", _("Stage"), value=gi_badge, sort="phase"),
        Column("name", _("Name to protect"), sort="name"),
        Column("product", _("Product"), sort="product", is_wide_only=True),
        Column("organisation__name", _("Applicant"), sort="organisation__name"),
        Column("due_on", _("Stage due"), sort="due_on", is_wide_only=True),
        Column("oppose_until", _("Opposed until"), sort="oppose_until", is_wide_only=True),
    ],
    filters=[Filter("phase", _("Stage"), GiApplication.Phase.choices, _by_phase)],
    search=[
        "number__icontains",
        "name__icontains",
        "product__icontains",
        "organisation__name__icontains",
    ],
    default_sort="-number",
    empty=EmptyState(
        _("No application yet"),
        _("A group of producers begins one; the office examines, publishes and decides it."),
        _("Begin an application"),
        lambda: reverse("schemes:gi_new"),
        "file-certificate",
        "schemes.gi_apply",
    ),
)
