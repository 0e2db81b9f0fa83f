"""Working days, and when a thing is done in time."""

from datetime import date

import pytest

from originmark.mark.evaluation import deadlines, steps
from originmark.mark.evaluation.step_refusals import StepOutOfOrder
from originmark.mark.schemes.star_values import Deadline

HOLIDAYS = frozenset({date(2026, 4, 30), date(2026, 5, 1)})


@pytest.mark.parametrize(
    ("amount", "unit", "event", "latest"),
    [
        (1, "working-days", date(2026, 3, 17), date(2026, 3, 16)),
        (1, "working-days", date(2026, 3, 16), date(2026, 3, 13)),
        (1, "working-days", date(2026, 5, 4), date(2026, 4, 29)),
        (2, "working-days", date(2026, 5, 4), date(2026, 4, 28)),
        (0, "working-days", date(2026, 5, 4), date(2026, 5, 4)),
        (30, "days", date(2029, 3, 14), date(2029, 2, 12)),
        (1, "months", date(2026, 3, 31), date(2026, 2, 28)),
        (13, "months", date(2026, 1, 15), date(2024, 12, 15)),
    ],
)
def test_the_latest_day_before_an_event(amount: int, unit: str, event: date, latest: date) -> None:
    assert deadlines.latest_day(Deadline("x", amount, unit), event, HOLIDAYS) == latest


def test_a_unit_that_nobody_knows_is_a_bug() -> None:
    with pytest.raises(ValueError, match="weeks"):
        deadlines.latest_day(Deadline("x", 1, "weeks"), date(2026, 3, 16), HOLIDAYS)


def test_a_step_follows_only_on_its_states() -> None:
    steps.require_step("D1", steps.SCORED, steps.DECIDE)
    with pytest.raises(StepOutOfOrder) as refused:
        steps.require_step("D1", steps.DECIDED, steps.DECIDE)

    assert refused.value.expected == ("scored",)


def test_what_has_ended_goes_nowhere() -> None:
    assert [steps.steps_from(state) for state in steps.ENDED] == [(), (), ()]
