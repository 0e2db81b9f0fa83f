"""When a use report is owed: pure decisions."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from originmark.mark.licensing.report_rules import months, periods, state


def test_a_licence_owes_a_report_for_each_period_that_is_over() -> None:
    found = list(
        periods(
            first=date(2026, 1, 15), last=date(2028, 1, 14), every_months=6, due_days=15,
            until=date(2027, 1, 15),
        )
    )  # fmt: skip
    assert [(each.first, each.last, each.due_on) for each in found] == [
        (date(2026, 1, 15), date(2026, 7, 14), date(2026, 7, 29)),
        (date(2026, 7, 15), date(2027, 1, 14), date(2027, 1, 29)),
    ]


@pytest.mark.parametrize(
    ("day", "said"),
    [(15, "waiting"), (16, "overdue"), (25, "overdue"), (26, "suspension")],
)
def test_the_due_day_is_still_in_time(day: int, said: str) -> None:
    on = date(2026, 7, day)
    due, wait = date(2026, 7, 15), date(2026, 7, 26)
    assert state(is_filed=False, due_on=due, suspend_from=wait, on=on) == said
    assert state(is_filed=True, due_on=due, suspend_from=wait, on=on) == "filed"
    assert state(is_filed=False, due_on=None, suspend_from=None, on=on) == "waiting"


@given(
    first=st.dates(date(2020, 1, 1), date(2030, 1, 1)),
    days=st.integers(0, 1500),
    every=st.integers(1, 12),
)
def test_the_periods_of_a_licence_leave_no_day_out_and_none_twice(
    first: date, days: int, every: int
) -> None:
    last = date.fromordinal(first.toordinal() + days)
    found = list(periods(first=first, last=last, every_months=every, due_days=0, until=date.max))
    covered = [
        day for each in found for day in range(each.first.toordinal(), each.last.toordinal() + 1)
    ]
    assert covered == list(range(first.toordinal(), last.toordinal() + 1))


def test_months_of_a_period() -> None:
    assert months(date(2026, 12, 31), date(2027, 1, 1)) == [date(2026, 12, 1), date(2027, 1, 1)]
