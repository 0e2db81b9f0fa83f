"""The tables of cultivation plans and of rights that near their end."""

from typing import Final

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from originmark.frame.web import clock
from originmark.frame.web.tables import Badge, Column, EmptyState, Table
from originmark.mark.schemes import plan_rules as rules
from originmark.mark.schemes.models import Right
from originmark.mark.schemes.plan_models import CultivationPlan, PlanMeasure

TONES: Final = {rules.DONE: "ok", rules.RUNNING: "info"}


def plan_url(row: CultivationPlan) -> str:
    """Return the address of a plan's page."""
    return reverse("schemes:plan", args=[row.code])


def measure_badge(row: PlanMeasure) -> Badge:
    """Return how a measure stands, as a badge."""
    on = clock.today()
    if rules.is_overdue(state=row.state, due_on=row.due_on, on=on):
        return Badge(str(_("overdue")), "bad")
    return Badge(row.get_state_display(), TONES.get(row.state, "plain"))


def days_left(row: Right) -> int | None:
    """Return how many days a right has left; None where it has no end."""
    on = clock.today()
    return (row.valid_until - on).days if row.valid_until else None


PLANS: Final = Table(
    name="cultivation-plans",
    columns=[
        Column("title", _("Plan"), link=plan_url, sort="title"),
        Column("brand__name", _("Brand"), sort="brand__name"),
        Column("begins_on", _("Begins on"), sort="begins_on", is_wide_only=True),
        Column("ends_on", _("Ends on"), sort="ends_on"),
    ],
    search=["title__icontains", "brand__name__icontains"],
    default_sort="-begins_on",
    empty=EmptyState(
        _("No plan yet"),
        _("A plan says in measures how a brand becomes one of quality, and who answers for each."),
        _("Record a plan"),
        lambda: reverse("schemes:plan_new"),
        "list-check",
        "schemes.plan",
    ),
)
