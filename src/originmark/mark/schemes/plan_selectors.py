"""Questions about cultivation plans, and about rights that near their end."""

from datetime import date, timedelta
from typing import Final

from django.db.models import Q, QuerySet

from originmark.mark.schemes import plan_rules as rules
from originmark.mark.schemes.models import Right
from originmark.mark.schemes.plan_models import CultivationPlan, PlanMeasure
from originmark.origin.parties.access import Actor

WATCHED_DAYS: Final = 180
"""From how many days before its end a right is told: half a year leaves time to renew it."""


def plans(by: Actor) -> QuerySet[CultivationPlan]:
    """Return the plans that the actor may read: all for the office.

    An organisation reads those of its own brands, and those in which it answers for a measure.
    """
    rows = CultivationPlan.objects.select_related("brand").order_by("-begins_on", "pk")
    if by.sees_everything:
        return rows
    if not by.may_read:
        return rows.none()
    mine = by.organisation_ids
    answers = PlanMeasure.objects.filter(owner__in=mine).values("plan")
    return rows.filter(Q(brand__owner__in=mine) | Q(pk__in=answers))


def plan(code: str, by: Actor) -> CultivationPlan:
    """Return a plan that the actor may read; raises UnknownPlan."""
    row = plans(by).filter(code=code).first()
    if row is None:
        raise rules.UnknownPlan(plan=code)
    return row


def measure(measure_id: int, by: Actor) -> PlanMeasure:
    """Return a measure of a plan that the actor may read; raises UnknownMeasure."""
    rows = PlanMeasure.objects.select_related("plan__brand", "owner")
    row = rows.filter(pk=measure_id, plan__in=plans(by)).first()
    if row is None:
        raise rules.UnknownMeasure(measure=measure_id)
    return row


def overdue_measures(by: Actor, on: date) -> QuerySet[PlanMeasure]:
    """Return measures past their last day, the longest first: all for the office, else one's own.

    One query.
    """
    rows = PlanMeasure.objects.filter(state__in=rules.UNDONE, due_on__lt=on)
    if not by.sees_everything:
        rows = rows.filter(owner__in=by.organisation_ids if by.may_read else [])
    return rows.select_related("plan", "owner").order_by("due_on", "pk")


def rights_ending(on: date, days: int = WATCHED_DAYS) -> QuerySet[Right]:
    """Return the rights of the programme's brands that end within so many days.

    A right that ended already is not among them. One query.
    """
    rows = Right.objects.filter(
        Q(brand__isnull=False) | Q(gi_application__isnull=False),
        status=Right.Status.REGISTERED,
        valid_until__gte=on,
        valid_until__lte=on + timedelta(days=days),
    )
    return rows.select_related("brand__owner").order_by("valid_until", "pk")
