"""The lists of this room."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from originmark.frame.web.tables import Badge, Column, EmptyState, Filter, Table
from originmark.origin.places.models import Boundary, Facility, GrowingArea
from originmark.standards.units import UNITS

TONES = {"active": "ok", "suspended": "warn", "closed": "plain"}


def area_badge(area: GrowingArea) -> Badge:
    """Return the state of a growing area with its colour."""
    return Badge(area.get_status_display(), TONES[area.status])


def declared(area: GrowingArea) -> str:
    """Return the declared area as it was declared."""
    return f"{area.declared_value.normalize():f}\u00a0{UNITS[area.declared_unit].symbol}"


def _doubts(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    return rows.exclude(warnings=[]) if value == "yes" else rows.filter(warnings=[])


def _outlined(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    return rows.exclude(geometry="") if value == "yes" else rows.filter(geometry="")


def _remark_badge(row: GrowingArea | Facility) -> Badge | str:
    count = len(row.warnings)
    return Badge(str(count), "warn") if count else ""


YES_OR_NO = [("yes", _("with")), ("no", _("without"))]
AREAS = Table(
    name="growing-areas",
    columns=[
        Column("name", _("Growing area"), sort="name",
               link=lambda row: reverse("places:area", args=[row.code])),
        Column("code", _("Code"), sort="code"),
        Column("organisation", _("Organisation"), value=lambda row: row.organisation.name,
               sort="organisation__name"),
        Column("unit", _("Place"), value=lambda row: row.unit.name if row.unit else "",
               sort="unit__name", is_wide_only=True),
        Column("crop", _("Crop"), sort="crop"),
        Column("declared", _("Declared"), value=declared, align="end", is_wide_only=True),
        Column("area_ha", _("Counts, ha"), value=lambda row: round(row.area_ha, 2), align="end",
               sort="declared_ha"),
        Column("warnings", _("Remarks"), value=_remark_badge, is_wide_only=True),
        Column("status", _("State"), value=area_badge, sort="status"),
    ],
    filters=[
        Filter("status", _("State"), choices=GrowingArea.Status.choices,
               apply=lambda rows, value: rows.filter(status=value)),
        Filter("remarks", _("Remarks"), choices=YES_OR_NO, apply=_doubts),
        Filter("outline", _("Outline"), choices=YES_OR_NO, apply=_outlined),
    ],
    search=["name__icontains", "code__icontains", "crop__icontains", "grower__icontains",
            "registration_code__icontains", "organisation__name__icontains",
            "unit__name__icontains"],
    default_sort="name",
    empty=EmptyState(
        _("No growing area yet"),
        _("Register the land first: a harvest is recorded on it, and the mark follows it."),
        _("Register a growing area"), lambda: reverse("places:area-new"), "plant-2",
        "places.record_area",
    ),
)  # fmt: skip
FACILITIES = Table(
    name="facilities",
    columns=[
        Column("name", _("Facility"), sort="name",
               link=lambda row: reverse("places:facility", args=[row.code])),
        Column("code", _("Code"), sort="code"),
        Column("kind", _("Kind"), sort="kind"),
        Column("organisation", _("Organisation"), value=lambda row: row.organisation.name,
               sort="organisation__name"),
        Column("unit", _("Place"), value=lambda row: row.unit.name if row.unit else "",
               sort="unit__name", is_wide_only=True),
        Column("gln", _("GLN"), sort="gln", is_wide_only=True),
        Column("registration_code", _("Packing code"), sort="registration_code",
               is_wide_only=True),
    ],
    filters=[
        Filter("kind", _("Kind"), choices=Facility.Kind.choices,
               apply=lambda rows, value: rows.filter(kind=value)),
    ],
    search=["name__icontains", "code__icontains", "gln", "registration_code__icontains",
            "organisation__name__icontains"],
    default_sort="name",
    empty=EmptyState(
        _("No facility yet"),
        _("Register the mill, packing house or store where lots are worked on."),
        _("Register a facility"), lambda: reverse("places:facility-new"), "building-warehouse",
        "places.record_facility",
    ),
)  # fmt: skip


def _until(row: Boundary) -> Any:
    return row.valid_until or ""


BOUNDARIES = Table(
    name="boundaries",
    columns=[
        Column("name", _("Boundary"), sort="name",
               link=lambda row: reverse("places:boundary", args=[row.code])),
        Column("code", _("Code"), sort="code"),
        Column("area_ha", _("Area, ha"), align="end", sort="area_ha"),
        Column("valid_from", _("Valid from"), sort="valid_from"),
        Column("valid_until", _("Until"), value=_until, sort="valid_until", is_wide_only=True),
        Column("source", _("Source"), is_wide_only=True),
    ],
    search=["name__icontains", "code__icontains"],
    default_sort="name",
    empty=EmptyState(
        _("No boundary yet"),
        _("A boundary is the outline inside which a mark may be grown. An officer uploads it."),
        icon="map-2",
    ),
)  # fmt: skip
