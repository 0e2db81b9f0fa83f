"""The lists of this room."""

from dataclasses import replace
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from originmark.frame.web.cells import Badge
from originmark.frame.web.tables import Column, EmptyState, Filter, Table
from originmark.origin.parties.access import Actor
from originmark.trace.lots import selectors
from originmark.trace.lots.models import AreaSeason, Lot, LotRecord, Step

TONES = {"active": "ok", "in_transit": "info", "closed": "plain", "withdrawn": "bad"}


def left_kg(lot: Lot) -> Any:
    """Return what a lot holds."""
    return lot.received_kg - lot.released_kg


def state(lot: Lot) -> Badge:
    """Return the state of a lot as a badge."""
    return Badge(lot.get_status_display(), TONES[lot.status])


def whereabouts(lot: Lot) -> str:
    """Return where a lot is."""
    if lot.in_transit_to:
        return f"→ {lot.in_transit_to.name}"
    return lot.facility.name if lot.facility else ""


def season_choices() -> list[tuple[int, str]]:
    """Return the seasons that lots have, newest first."""
    years = Lot.objects.order_by("-season").values_list("season", flat=True).distinct()
    return [(year, str(year)) for year in years]


def product_choices() -> list[tuple[str, str]]:
    """Return the products that lots have."""
    rows = Lot.objects.order_by("product__name", "product__code")
    return list(rows.values_list("product__code", "product__name").distinct())


def holder_choices() -> list[tuple[str, str]]:
    """Return the organisations that hold lots."""
    rows = Lot.objects.order_by("organisation__name", "organisation__code")
    return list(rows.values_list("organisation__code", "organisation__name").distinct())


def lot_url(lot: Lot) -> str:
    """Return the page of a lot."""
    return reverse("lots:lot", args=[lot.code])


def harvest_url() -> str:
    """Return where a harvest is recorded."""
    return reverse("lots:record", args=["harvest"])


def floor_url() -> str:
    """Return the field book."""
    return reverse("lots:floor")


LOTS = Table(
    name="lots",
    columns=[
        Column("code", _("Lot"), link=lot_url, sort="code"),
        Column("product", _("Product"), lambda lot: lot.product.name, sort="product__name"),
        Column("left_kg", _("In stock, kg"), left_kg, align="end"),
        Column("status", _("State"), state, sort="status"),
        Column("season", _("Season"), lambda lot: str(lot.season), sort="season",
               is_wide_only=True),
        Column("holder", _("Holder"), lambda lot: lot.organisation.name,
               sort="organisation__name"),
        Column("where", _("Where"), whereabouts, is_wide_only=True),
        Column("created_at", _("Recorded"), sort="created_at", is_wide_only=True),
    ],
    filters=[
        Filter("status", _("State"), Lot.Status.choices, lambda q, value: q.filter(status=value)),
        Filter("product", _("Product"), product_choices,
               lambda q, value: q.filter(product__code=value)),
        Filter("season", _("Season"), season_choices, lambda q, value: q.filter(season=value)),
        Filter("holder", _("Holder"), holder_choices,
               lambda q, value: q.filter(organisation__code=value)),
    ],
    search=["code__icontains", "product__name__icontains", "organisation__name__icontains"],
    default_sort="-created_at",
    empty=EmptyState(
        _("No lot yet"), _("A lot begins with a harvest or with something bought in."),
        _("Record a harvest"), harvest_url, "wheat", "lots.record",
    ),
)  # fmt: skip

RECORDS = Table(
    name="records",
    columns=[
        Column("lot", _("Lot"), lambda row: row.lot.code, sort="lot__code"),
        Column("step", _("Step"), lambda row: row.get_step_display(), sort="step"),
        Column("side", _("Side"), lambda row: row.get_side_display(), is_wide_only=True),
        Column("kg", _("kg"), sort="kg", align="end"),
        Column("happened_at", _("Happened"), sort="happened_at"),
        Column("organisation", _("Organisation"), lambda row: row.organisation.name),
        Column("by", _("Recorded by"),
               lambda row: row.recorded_by.name if row.recorded_by else "", is_wide_only=True),
        Column("state", _("State"),
               lambda row: Badge(_("Withdrawn"), "bad") if row.withdrawn_at else ""),
    ],
    filters=[
        Filter("step", _("Step"), Step.choices, lambda q, value: q.filter(step=value)),
        Filter("withdrawn", _("Withdrawn"), [("no", _("In force")), ("yes", _("Withdrawn"))],
               lambda q, value: q.filter(withdrawn_at__isnull=value == "no")),
    ],
    search=["lot__code__icontains", "lot__product__name__icontains", "note__icontains"],
    default_sort="-recorded_at",
    empty=EmptyState(
        _("Nothing recorded yet"), _("What you record in the field book appears here."),
        _("Open the field book"), floor_url, "notebook",
    ),
)  # fmt: skip


def records_for(by: Actor) -> Table:
    """Return the list of records; lots that the actor may still read lead to their pages."""

    def lot_page(row: LotRecord) -> str:
        may_read = selectors.may_read(row.lot, by)
        return reverse("lots:lot", args=[row.lot.code]) if may_read else ""

    lot, *others = RECORDS.columns
    return replace(RECORDS, columns=[replace(lot, link=lot_page), *others])


def share(row: AreaSeason) -> str:
    """Return how much of the cap is harvested, in percent."""
    if not row.cap_kg:
        return str(_("no cap"))
    return f"{row.harvested_kg * 100 / row.cap_kg:.0f} %"


SEASONS = Table(
    name="seasons",
    columns=[
        Column("area", _("Growing area"), lambda row: row.area.name,
               link=lambda row: reverse("lots:season", args=[row.pk]), sort="area__name"),
        Column("season", _("Season"), lambda row: str(row.season), sort="season"),
        Column("product", _("Crop"), lambda row: row.product.name, sort="product__name"),
        Column("harvested_kg", _("Harvested, kg"), sort="harvested_kg", align="end"),
        Column("cap_kg", _("Cap, kg"), sort="cap_kg", align="end"),
        Column("share", _("Share"), share, align="end"),
        Column("holder", _("Grower"), lambda row: row.area.organisation.name, is_wide_only=True),
    ],
    filters=[
        Filter("season", _("Season"), season_choices, lambda q, value: q.filter(season=value)),
    ],
    search=["area__name__icontains", "area__code__icontains", "product__name__icontains"],
    default_sort="-season",
    empty=EmptyState(
        _("No harvest yet"), _("Each harvest counts against the cap of its area."),
        _("Record a harvest"), harvest_url, "wheat", "lots.record",
    ),
)  # fmt: skip
