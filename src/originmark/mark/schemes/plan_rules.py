"""Cultivation plans of a brand: pure decisions, and what they refuse."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import ClassVar, Final

from originmark.frame.web.refusals import RuleViolation, gettext_noop

PLANNED, RUNNING, DONE, DROPPED = "planned", "running", "done", "dropped"
UNDONE: Final = (PLANNED, RUNNING)


@dataclass(eq=False)
class UnknownPlan(RuleViolation):
    """No plan has this code, or not for this reader."""

    code: ClassVar[str] = "unknown-plan"
    status: ClassVar[int] = 404
    sentence: ClassVar[str] = gettext_noop(
        "There is no plan %(plan)s that you may read. Check it in the list of plans."
    )

    plan: str


@dataclass(eq=False)
class UnknownMeasure(RuleViolation):
    """No measure has this number."""

    code: ClassVar[str] = "unknown-measure"
    status: ClassVar[int] = 404
    sentence: ClassVar[str] = gettext_noop(
        "There is no measure %(measure)s. Look on the page of its plan."
    )

    measure: int


@dataclass(eq=False)
class PlanTaken(RuleViolation):
    """A brand has one plan that begins in a year."""

    code: ClassVar[str] = "plan-taken"
    field: ClassVar[str | None] = "begins_on"
    sentence: ClassVar[str] = gettext_noop(
        "The brand has the plan %(plan)s already. Add measures to it, or begin in another year."
    )

    plan: str


@dataclass(eq=False)
class PlanReversed(RuleViolation):
    """A plan that ends before it begins."""

    code: ClassVar[str] = "plan-reversed"
    field: ClassVar[str | None] = "ends_on"
    sentence: ClassVar[str] = gettext_noop(
        "The plan would end on %(ends_on)s, before it begins on %(begins_on)s. Correct one of "
        "the days."
    )

    begins_on: date
    ends_on: date


@dataclass(eq=False)
class DueOutsidePlan(RuleViolation):
    """A measure that is due when its plan does not run."""

    code: ClassVar[str] = "due-outside-plan"
    field: ClassVar[str | None] = "due_on"
    sentence: ClassVar[str] = gettext_noop(
        "The measure would be due on %(due_on)s, but the plan runs from %(begins_on)s to "
        "%(ends_on)s. Give a day within it."
    )

    due_on: date
    begins_on: date
    ends_on: date


@dataclass(eq=False)
class NegativeBudget(RuleViolation):
    """Money below nothing."""

    code: ClassVar[str] = "negative-budget"
    field: ClassVar[str | None] = "budget"
    sentence: ClassVar[str] = gettext_noop(
        "A budget of %(found)s is below zero. Write what the measure costs, or leave it empty."
    )

    found: Decimal


@dataclass(eq=False)
class DoneWithoutEvidence(RuleViolation):
    """A measure that is said to be done, and nothing shows it."""

    code: ClassVar[str] = "done-without-evidence"
    field: ClassVar[str | None] = "evidence"
    sentence: ClassVar[str] = gettext_noop(
        "“%(measure)s” is to be done, but nothing shows it. Say what shows it."
    )

    measure: str


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a plan has come; measures that were dropped do not count."""

    measures: int
    done: int
    overdue: int
    budget: Decimal
    """Of all measures that were not dropped, in the currency of the plan."""


def is_overdue(*, state: str, due_on: date, on: date) -> bool:
    """Return whether a measure should be done; on its last day it is not late yet.

    >>> is_overdue(state="running", due_on=date(2026, 3, 1), on=date(2026, 3, 2))
    True
    """
    return state in UNDONE and due_on < on


def progress(measures: Iterable[tuple[str, date, Decimal | None]], on: date) -> Progress:
    """Return how far a plan has come, from states, last days and budgets.

    >>> progress([("done", date(2026, 1, 1), Decimal(5)), ("dropped", date(2026, 1, 1), None)],
    ...          date(2026, 2, 1))
    Progress(measures=1, done=1, overdue=0, budget=Decimal('5'))
    """
    rows = [each for each in measures if each[0] != DROPPED]
    return Progress(
        measures=len(rows),
        done=sum(state == DONE for state, _due, _budget in rows),
        overdue=sum(is_overdue(state=state, due_on=due, on=on) for state, due, _budget in rows),
        budget=sum((budget for _state, _due, budget in rows if budget is not None), Decimal(0)),
    )
