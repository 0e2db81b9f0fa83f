"""The table of applications for a geographical indication."""

from typing import Final

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from originmark.frame.web.tables import Badge, Column, EmptyState, Filter, Table
from originmark.mark.schemes import gi_rules as rules
from originmark.mark.schemes.gi_models import GiApplication

TONES: Final = {rules.REGISTERED: "ok", rules.REFUSED: "bad", rules.PUBLISHED: "warn"}


def gi_url(row: GiApplication) -> str:
    """Return the address of an application's page."""
    return reverse("schemes:gi", args=[row.number])


def gi_badge(row: GiApplication) -> Badge:
    """Return the stage of an application as a badge."""
    plain = "info" if row.stage in rules.EXAMINED else "plain"
    return Badge(row.get_stage_display(), TONES.get(row.stage, plain))


def _by_stage(rows: QuerySet[GiApplication], stage: str) -> QuerySet[GiApplication]:
    return rows.filter(stage=stage)


GI_APPLICATIONS: Final = Table(
    name="gi-applications",
    columns=[
        Column("number", _("Number"), link=gi_url, sort="number"),
        Column("name", _("Name to protect"), sort="name"),
        Column("product", _("Product"), sort="product", is_wide_only=True),
        Column("organisation__name", _("Applicant"), sort="organisation__name"),
        Column("oppose_until", _("Opposed until"), sort="oppose_until", is_wide_only=True),
        Column("stage", _("Stage"), value=gi_badge, sort="stage"),
    ],
    filters=[Filter("stage", _("Stage"), GiApplication.Stage.choices, _by_stage)],
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
    ),
)
