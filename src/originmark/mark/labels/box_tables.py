"""The list of boxes and pallets."""

from typing import Any, Final

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from originmark.frame.web.tables import Badge, Column, EmptyState, Filter, Table
from originmark.mark.labels.box_models import Box

TONES: Final = {"open": "info", "closed": "ok", "unpacked": "plain"}


def box_url(box: Box) -> str:
    """Return the address of a box's page."""
    return reverse("labels:box", args=[box.code])


def badge(box: Box) -> Badge:
    """Return the state of a box in a word."""
    return Badge(str(box.get_state_display()), TONES[box.state])


def _is_kind(rows: QuerySet[Any], kind: str) -> QuerySet[Any]:
    return rows.filter(kind=kind)


def _in_state(rows: QuerySet[Any], state: str) -> QuerySet[Any]:
    return rows.filter(state=state)


BOXES = Table(
    name="boxes",
    columns=[
        Column("code", _("Number"), link=box_url, sort="code"),
        Column("kind", _("Kind"), value=lambda box: box.get_kind_display(), sort="kind"),
        Column("state", _("State"), value=badge),
        Column("unit_count", _("Packs"), sort="unit_count", align="end"),
        Column("box_count", _("Boxes"), sort="box_count", align="end", is_wide_only=True),
        Column("pallet", _("On pallet"), value=lambda box: box.pallet.code if box.pallet else "",
               is_wide_only=True),
        Column("organisation", _("Packer"), value=lambda box: box.organisation.name,
               sort="organisation__name", is_wide_only=True),
        Column("opened_at", _("Opened"), sort="opened_at", is_wide_only=True),
    ],
    filters=[
        Filter("kind", _("Kind"), Box.Kind.choices, _is_kind),
        Filter("state", _("State"), Box.State.choices, _in_state),
    ],
    search=["code__icontains", "organisation__name__icontains"],
    default_sort="-opened_at",
    empty=EmptyState(
        _("No boxes yet"),
        _("Open a box, scan the packs that go in, close it and print its label."),
        icon="package",
    ),
)  # fmt: skip
