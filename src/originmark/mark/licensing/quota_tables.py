"""The table of quotas, and how a quota is told in a cell."""

from decimal import Decimal
from typing import Any, Final

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from originmark.frame.web.tables import Badge, Column, EmptyState, Filter, Table
from originmark.mark.licensing import quota_rules as rules
from originmark.mark.licensing.lists import brand_choices, names_of_products
from originmark.mark.licensing.models import Quota
from originmark.mark.licensing.selectors.quotas import nearly_spent

BASES: Final = {
    rules.BY_CAP: _("area × cap"),
    rules.BY_HARVEST: _("the harvest, as it is lower"),
    rules.OUTSIDE: _("not inside the boundary"),
    rules.OTHER_CROP: _("another crop"),
}
SPENT, NEARLY, OPEN = "spent", "nearly-spent", "open"
STATES: Final = {
    SPENT: (_("fuse blown"), "bad"),
    NEARLY: (_("nearly spent"), "warn"),
    OPEN: (_("open"), "ok"),
}


def quota_url(row: Quota) -> str:
    """Return the address of a quota's page."""
    return reverse("licensing:quota", args=[row.pk])


def state_badge(row: Quota) -> Badge:
    """Return how a quota stands as a badge."""
    if row.is_spent:
        return Badge(*STATES[SPENT])
    is_near = (row.granted_g - row.used_g) * rules.NEARLY_SPENT_PARTS <= row.granted_g
    return Badge(*STATES[NEARLY if is_near else OPEN])


def used_percent(row: Quota) -> Decimal | None:
    """Return the hundredths that are used, None of nothing."""
    if not row.granted_g:
        return None
    return round(Decimal(100 * row.used_g) / row.granted_g, 1)


def plot_lines(plots: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the plots that a quota was computed from, in words."""
    names = names_of_products()
    return [
        {
            **plot,
            "product": names.get(plot["product"], plot["product"]),
            "why": BASES[plot["basis"]],
            "area_ha": Decimal(plot["area_ha"]),
            "raw_kg": Decimal(plot["raw_kg"]),
            "goods_kg": Decimal(plot["goods_kg"]),
        }
        for plot in plots
    ]


def _by_state(rows: QuerySet[Quota], state: str) -> QuerySet[Quota]:
    if state == SPENT:
        return rows.exclude(fuse_blown_at=None)
    running = rows.filter(fuse_blown_at=None)
    near = nearly_spent(running)
    return near if state == NEARLY else running.exclude(pk__in=near.values("pk"))


def _by_brand(rows: QuerySet[Quota], code: str) -> QuerySet[Quota]:
    return rows.filter(brand__code=code)


def _seasons() -> list[tuple[str, str]]:
    rows = Quota.objects.order_by("-season").values_list("season", flat=True).distinct()
    return [(str(each), str(each)) for each in rows]


def _by_season(rows: QuerySet[Quota], season: str) -> QuerySet[Quota]:
    return rows.filter(season=int(season))


def quota_table() -> Table:
    """Return the list of quotas."""
    return Table(
        name="quotas",
        columns=[
            Column("organisation__name", _("User"), link=quota_url, sort="organisation__name"),
            Column("state", _("State"), value=state_badge),
            Column("brand__name", _("Brand"), sort="brand__name", is_wide_only=True),
            Column(
                "season",
                _("Season"),
                value=lambda row: str(row.season),
                sort="season",
                is_wide_only=True,
            ),
            Column(
                "granted_kg", _("Granted, kg"), sort="granted_g", align="end", is_wide_only=True
            ),
            Column("used_kg", _("Used, kg"), sort="used_g", align="end", is_wide_only=True),
            Column("left_kg", _("Left, kg"), align="end"),
            Column(
                "used_percent", _("Used, %"), value=used_percent, align="end", is_wide_only=True
            ),
        ],
        filters=[
            Filter("brand", _("Brand"), brand_choices, _by_brand),
            Filter("season", _("Season"), _seasons, _by_season),
            Filter("state", _("State"), [(key, STATES[key][0]) for key in STATES], _by_state),
        ],
        search=["organisation__name__icontains", "brand__name__icontains"],
        default_sort="-season",
        empty=EmptyState(
            _("No quota yet"),
            _(
                "Where the rules of a brand know quotas, the programme office computes them on "
                "the page of the brand: each user may label what its land can have given."
            ),
            icon="scale",
        ),
    )
