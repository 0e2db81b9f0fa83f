"""The list of label runs."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from originmark.frame.web.tables import Badge, Column, EmptyState, Filter, Table
from originmark.mark.labels import selectors
from originmark.mark.labels.models import LabelRun


def badge(run: LabelRun) -> Badge:
    """Return the state of a run in a word."""
    if run.withdrawn_count:
        return Badge(str(_("Withdrawn in part or whole")), "bad")
    if run.issued_count == run.count:
        return Badge(str(_("Not activated")), "warn")
    return Badge(str(_("Activated")), "ok") if not run.issued_count else Badge(
        str(_("Partly activated")), "info"
    )  # fmt: skip


def _in_state(rows: QuerySet[Any], state: str) -> QuerySet[Any]:
    if state == "waiting":
        return selectors.waiting_runs(rows)
    return rows.filter(**{f"{state}_count__gt": 0})


RUNS = Table(
    name="label-runs",
    columns=[
        Column("number", _("Run"), link=lambda run: reverse("labels:run", args=[run.number]),
               sort="number"),
        Column("state", _("State"), value=badge),
        Column("lot", _("Lot"), value=lambda run: run.lot_code, sort="lot_code",
               link=lambda run: reverse("lots:lot", args=[run.lot_code]), is_wide_only=True),
        Column("product", _("Product"), value=lambda run: run.product.name, sort="product__name"),
        Column("brand", _("Mark"), value=lambda run: run.brand.name, sort="brand__name",
               is_wide_only=True),
        Column("organisation", _("User"), value=lambda run: run.organisation.name,
               sort="organisation__name", is_wide_only=True),
        Column("count", _("Labels"), sort="count", align="end"),
        Column("activated_count", _("Activated"), sort="activated_count", align="end",
               is_wide_only=True),
        Column("issued_at", _("Issued"), sort="issued_at", is_wide_only=True),
    ],
    filters=[
        Filter("state", _("Labels"), [
            ("waiting", _("Some not activated")), ("activated", _("Some activated")),
            ("spoiled", _("Some spoiled")), ("withdrawn", _("Some withdrawn")),
            ("returned", _("Some returned")), ("destroyed", _("Some destroyed")),
        ], _in_state),
    ],
    search=["number__icontains", "product__name__icontains", "brand__name__icontains",
            "organisation__name__icontains"],
    default_sort="-issued_at",
    empty=EmptyState(
        _("No labels yet"),
        _("Labels are issued for a packed lot, as many as it has packs."),
        _("Issue labels"),
        lambda: reverse("labels:issue"),
        "tags",
        "labels.issue",
    ),
)  # fmt: skip
