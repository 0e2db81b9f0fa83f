"""The way of a dossier: its states, and which step leads from which to which. Pure decisions."""

from typing import Final

from originmark.mark.evaluation.step_refusals import StepOutOfOrder

(
    DRAFT,
    SUBMITTED,
    PRE_CHECKED,
    ACTION_NEEDED,
    ACCEPTED,
    SCHEDULED,
    SCORED,
    DECIDED,
    PASSED_UP,
    WITHDRAWN,
) = (
    "draft",
    "submitted",
    "pre-checked",
    "action-needed",
    "accepted",
    "scheduled",
    "scored",
    "decided",
    "passed-up",
    "withdrawn",
)
STATES: Final = (
    DRAFT,
    SUBMITTED,
    PRE_CHECKED,
    ACTION_NEEDED,
    ACCEPTED,
    SCHEDULED,
    SCORED,
    DECIDED,
    PASSED_UP,
    WITHDRAWN,
)
ENDED: Final = (DECIDED, PASSED_UP, WITHDRAWN)
EDITABLE: Final = (DRAFT, ACTION_NEEDED)
BEFORE_COUNCIL: Final = (SCHEDULED, SCORED)

SUBMIT, PRE_CHECK, ASK, ACCEPT, SCHEDULE, UNSCHEDULE, SCORE, RESCORE, DECIDE, WITHDRAW = (
    "submit",
    "pre-check",
    "ask",
    "accept",
    "schedule",
    "unschedule",
    "score",
    "rescore",
    "decide",
    "withdraw",
)
_FROM: Final[dict[str, tuple[str, ...]]] = {
    SUBMIT: EDITABLE,
    PRE_CHECK: (SUBMITTED,),
    ASK: (SUBMITTED, PRE_CHECKED),
    ACCEPT: (SUBMITTED, PRE_CHECKED),
    SCHEDULE: (ACCEPTED,),
    UNSCHEDULE: (SCHEDULED,),
    SCORE: BEFORE_COUNCIL,
    RESCORE: (SCORED,),
    DECIDE: (SCORED,),
    WITHDRAW: (DRAFT, SUBMITTED, PRE_CHECKED, ACTION_NEEDED, ACCEPTED, SCHEDULED, SCORED),
}


def require_step(dossier: str, state: str, step: str) -> None:
    """Raise StepOutOfOrder unless the step may follow on the state."""
    if state not in _FROM[step]:
        raise StepOutOfOrder(dossier=dossier, state=state, step=step, expected=_FROM[step])


def steps_from(state: str) -> tuple[str, ...]:
    """Return the steps that may follow.

    >>> steps_from("draft")
    ('submit', 'withdraw')
    """
    return tuple(step for step, states in _FROM.items() if state in states)
