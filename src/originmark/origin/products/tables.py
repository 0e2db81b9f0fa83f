"""The lists of products and groups."""

from typing import Any

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy

from originmark.frame.web.cells import Badge
from originmark.frame.web.tables import Column, EmptyState, Filter, Table
from originmark.origin.products import selectors
from originmark.origin.products.models import Product, ProductGroup
from originmark.standards.gs1 import keys


def _state(product: Product) -> Badge:
    if product.is_active:
        return Badge(gettext_lazy("active"), "ok")
    return Badge(gettext_lazy("archived"), "plain")


def _in_group(rows: QuerySet[Any], code: str) -> QuerySet[Any]:
    """Return the products of a group and of the groups up to two steps inside it."""
    inside = Q(group__code=code) | Q(group__parent__code=code)
    return rows.filter(inside | Q(group__parent__parent__code=code))


def _groups() -> list[tuple[str, str]]:
    return [(each.code, each.name) for each in selectors.groups()]


PRODUCTS = Table(
    name="products",
    columns=[
        Column(
            "name",
            gettext_lazy("Product"),
            link=lambda row: reverse("products:product", args=[row.code]),
            sort="name",
        ),
        Column("kind", gettext_lazy("Kind"), sort="kind"),
        Column(
            "gtin",
            gettext_lazy("GTIN"),
            value=lambda row: keys.shown_gtin(row.gtin) if row.gtin else "",
            sort="gtin",
        ),
        Column("net", gettext_lazy("Net content"), value=selectors.net_content, align="end"),
        Column("group__name", gettext_lazy("Group"), sort="group__name", is_wide_only=True),
        Column(
            "organisation__name",
            gettext_lazy("Producer"),
            sort="organisation__name",
            is_wide_only=True,
        ),
        Column("state", gettext_lazy("State"), value=_state),
        Column("code", gettext_lazy("Code"), sort="code", is_wide_only=True),
    ],
    filters=[
        Filter(
            "kind",
            gettext_lazy("Kind"),
            choices=Product.Kind.choices,
            apply=lambda rows, value: rows.filter(kind=value),
        ),
        Filter("group", gettext_lazy("Group"), choices=_groups, apply=_in_group),
        Filter(
            "state",
            gettext_lazy("State"),
            choices=[("active", gettext_lazy("Active")), ("archived", gettext_lazy("Archived"))],
            apply=lambda rows, value: rows.filter(is_active=value == "active"),
        ),
    ],
    search=["name__icontains", "code__icontains", "gtin__contains", "variety__icontains"],
    default_sort="name",
    empty=EmptyState(
        gettext_lazy("No product yet"),
        gettext_lazy("Register the crop first, then the packs that are sold of it."),
        gettext_lazy("Register a product"),
        lambda: reverse("products:new"),
        icon="package",
        permission="products.record",
    ),
)

GROUPS = Table(
    name="groups",
    columns=[
        Column(
            "name",
            gettext_lazy("Group"),
            link=lambda row: reverse("products:group", args=[row.code]),
            sort="name",
        ),
        Column("code", gettext_lazy("Code"), sort="code"),
        Column("parent__name", gettext_lazy("Part of"), sort="parent__name"),
        Column("products", gettext_lazy("Products"), value=lambda row: row.members, align="end"),
    ],
    search=["name__icontains", "code__icontains"],
    default_sort="name",
    empty=EmptyState(
        gettext_lazy("No product group yet"),
        gettext_lazy("Groups put products of one kind together, as in food, grain, millet."),
        icon="hierarchy",
    ),
)


def group_rows() -> QuerySet[ProductGroup]:
    """Return the groups with the count of products in each."""
    return selectors.groups().annotate(members=Count("products"))
