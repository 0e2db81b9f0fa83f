"""The list of rolls."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from originmark.frame.web.tables import Badge, Column, EmptyState, Filter, Table
from originmark.mark.labels.models import Roll


def roll_url(roll: Roll) -> str:
    """Return the address of a roll's page."""
    return reverse("labels:roll", args=[roll.code])


def badge(roll: Any) -> Badge:
    """Return whether a roll was counted, and whether a difference is open on it."""
    if roll.has_case:
        return Badge(_("Difference open"), "bad")
    return Badge(_("No difference"), "ok") if roll.has_count else Badge(_("Not counted yet"))


def _in_state(rows: QuerySet[Any], state: str) -> QuerySet[Any]:
    if state == "difference":
        return rows.filter(has_case=True)
    return rows.filter(has_case=False, has_count=state == "in-order")


def _held_by(rows: QuerySet[Any], kind: str) -> QuerySet[Any]:
    return rows.filter(holder_kind=kind)


ROLLS = Table(
    name="label-rolls",
    columns=[
        Column("code", _("Roll"), link=roll_url, sort="code"),
        Column("state", _("State"), value=badge),
        Column("product", _("Product"), value=lambda roll: roll.run.product.name,
               sort="run__product__name", is_wide_only=True),
        Column("user", _("User"), value=lambda roll: roll.run.organisation.name,
               sort="run__organisation__name", is_wide_only=True),
        Column("first", _("From"), value=lambda roll: roll.first_index + 1, sort="first_index",
               align="end", is_wide_only=True),
        Column("last", _("To"), value=lambda roll: roll.last_index + 1, sort="last_index",
               align="end", is_wide_only=True),
        Column("count", _("Labels"), align="end"),
        Column("holder", _("Held by"), value=lambda roll: roll.holder_name
               or roll.get_holder_kind_display(), sort="holder_name"),
        Column("cut_at", _("Cut"), sort="cut_at", is_wide_only=True),
    ],
    filters=[
        Filter("state", _("Count"), [
            ("difference", _("Difference open")), ("in-order", _("No difference")),
            ("uncounted", _("Not counted yet")),
        ], _in_state),
        Filter("held", _("Held by"), Roll.Holder.choices, _held_by),
    ],
    search=["code__icontains", "holder_name__icontains", "run__product__name__icontains",
            "run__organisation__name__icontains"],
    default_sort="-cut_at",
    empty=EmptyState(
        _("No rolls yet"),
        _("Cut a run into rolls on its page: each roll is then handed over, counted and "
          "reconciled by itself."),
        _("Label runs"),
        lambda: reverse("labels:runs"),
        "tags",
    ),
)  # fmt: skip
