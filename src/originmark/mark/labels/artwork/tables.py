"""The list of artwork."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from originmark.frame.web.tables import Badge, Column, EmptyState, Filter, Table
from originmark.mark.labels.artwork.content import MARKETS
from originmark.mark.labels.artwork.models import Artwork

TONES = {Artwork.Status.APPROVED: "ok", Artwork.Status.DRAFT: "warn"}


def artwork_url(row: Artwork) -> str:
    """Return the address of the page of artwork."""
    return reverse("labels:artwork", args=[row.number])


def badge(row: Artwork) -> Badge:
    """Return the state of artwork."""
    return Badge(row.get_status_display(), TONES.get(Artwork.Status(row.status), "plain"))


def _in_state(rows: QuerySet[Any], state: str) -> QuerySet[Any]:
    return rows.filter(status=state)


def _for_market(rows: QuerySet[Any], market: str) -> QuerySet[Any]:
    return rows.filter(market=market)


ARTWORK = Table(
    name="artwork",
    columns=[
        Column("number", _("Artwork"), link=artwork_url, sort="number"),
        Column("product", _("Product"), value=lambda row: row.product.name, sort="product__name"),
        Column("organisation", _("Producer"), value=lambda row: row.organisation.name,
               sort="organisation__name", is_wide_only=True),
        Column("market", _("Market"), value=lambda row: row.get_market_display(), sort="market"),
        Column("print_on", _("To be printed on"), sort="print_on", is_wide_only=True),
        Column("status", _("State"), value=badge, sort="status"),
        Column("made_at", _("Recorded"), sort="made_at", is_wide_only=True),
    ],
    filters=[
        Filter("state", _("State"), Artwork.Status.choices, _in_state),
        Filter("market", _("Market"), [(code, _(name)) for code, name in MARKETS.items()],
               _for_market),
    ],
    search=["number__icontains", "product__name__icontains", "organisation__name__icontains"],
    default_sort="-made_at",
    empty=EmptyState(
        _("No artwork yet"),
        _("Write down what a label says: it is checked against the rules of its market."),
        _("Check a label"),
        lambda: reverse("labels:artwork_new"),
        "checklist",
        "labels.artwork",
    ),
)  # fmt: skip
