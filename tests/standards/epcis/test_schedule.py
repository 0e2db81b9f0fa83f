"""The schedule of a query: its grammar, and when its turns come."""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from originmark.standards.epcis.schedule import (
    LIMITS,
    LONGEST_MONTHS,
    Schedule,
    ScheduleInvalid,
    next_time,
    parse_schedule,
)

NOON = datetime(2026, 10, 15, 12, 0, tzinfo=UTC)  # a Thursday
pytestmark = pytest.mark.conforms("S-schedule")


def turns(body: dict[str, Any], count: int, after: datetime = NOON, tz: Any = UTC) -> list[str]:
    schedule, found = parse_schedule(body), []
    for _ in range(count):
        after = next_time(schedule, after, tz)
        found.append(after.astimezone(tz).isoformat())
    return found


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({"hour": "1", "minute": "5"}, ["2026-10-16T01:05:00+00:00", "2026-10-17T01:05:00+00:00"]),
        ({"hour": "1"}, ["2026-10-16T01:00:00+00:00", "2026-10-17T01:00:00+00:00"]),
        ({"minute": "0,30"}, ["2026-10-15T12:30:00+00:00", "2026-10-15T13:00:00+00:00"]),
        ({"second": "0/30"}, ["2026-10-15T12:00:30+00:00", "2026-10-15T12:01:00+00:00"]),
        ({"second": "[58-59]"}, ["2026-10-15T12:00:58+00:00", "2026-10-15T12:00:59+00:00"]),
        ({"dayOfWeek": "1"}, ["2026-10-19T00:00:00+00:00", "2026-10-26T00:00:00+00:00"]),
        ({"dayOfWeek": "7", "hour": "6"}, ["2026-10-18T06:00:00+00:00"]),
        ({"dayOfMonth": "31"}, ["2026-10-31T00:00:00+00:00", "2026-12-31T00:00:00+00:00"]),
        ({"month": "2", "dayOfMonth": "29"}, ["2028-02-29T00:00:00+00:00"]),
        ({"month": "2", "dayOfMonth": "29", "dayOfWeek": "1"}, ["2044-02-29T00:00:00+00:00"]),
        ({"month": "1", "hour": ""}, ["2027-01-01T00:00:00+00:00", "2027-01-02T00:00:00+00:00"]),
        ({"dayOfWeek": "[1-5]", "minute": "15", "hour": "9"}, ["2026-10-16T09:15:00+00:00"]),
        ({"hour": 23}, ["2026-10-15T23:00:00+00:00"]),
    ],
)
def test_the_turns_of_a_schedule(body: dict[str, Any], expected: list[str]) -> None:
    assert turns(body, len(expected)) == expected


@pytest.mark.parametrize(
    ("body", "field", "words"),
    [
        ({}, "", "the schedule is empty"),
        ({"hour": ""}, "", "the schedule is empty"),
        ([], "", "a schedule is an object"),
        ("0 1 * * *", "", "a schedule is an object"),
        ({"hours": "1"}, "hours", "is no field of a schedule"),
        ({"hour": "24"}, "hour", "found 24, expected 0 to 23"),
        ({"minute": "60"}, "minute", "found 60, expected 0 to 59"),
        ({"dayOfWeek": "0"}, "dayOfWeek", "found 0, expected 1 to 7"),
        ({"month": "[3-13]"}, "month", "found 13, expected 1 to 12"),
        ({"hour": "[17-8]"}, "hour", "expected the lower number first"),
        ({"hour": "*"}, "hour", "found '*', expected a number or a range"),
        ({"hour": "8-17"}, "hour", "found '8-17', expected a number or a range"),
        ({"hour": "1,,2"}, "hour", "found '', expected a number or a range"),
        ({"hour": "١"}, "hour", "expected a number or a range"),
        ({"hour": "-1"}, "hour", "expected a number or a range"),
        ({"second": "0/0"}, "second", "expected a step of at least 1"),
        ({"hour": 1.5}, "hour", "expected text such as"),
        ({"hour": True}, "hour", "expected text such as"),
        ({"hour": ["1"]}, "hour", "expected text such as"),
        ({"hour": "1," * 400}, "hour", "expected text such as"),
        ({"month": "2", "dayOfMonth": "30"}, "dayOfMonth", "no month named has more than 29 days"),
        ({"month": "4,6", "dayOfMonth": "31"}, "dayOfMonth", "more than 30 days"),
    ],
)
def test_what_is_no_schedule_is_refused_in_words(body: Any, field: str, words: str) -> None:
    with pytest.raises(ScheduleInvalid) as refused:
        parse_schedule(body)

    assert refused.value.field == field
    assert words in str(refused.value)


def test_the_fields_are_read_in_the_time_zone() -> None:
    assert turns({"hour": "1"}, 1, tz=ZoneInfo("Asia/Ho_Chi_Minh")) == ["2026-10-16T01:00:00+07:00"]


def test_a_time_that_the_clocks_leave_out_has_no_turn_that_day() -> None:
    berlin = ZoneInfo("Europe/Berlin")  # 02:00 to 03:00 is missing on 2026-03-29
    found = turns({"hour": "2", "minute": "30"}, 2, datetime(2026, 3, 27, 12, tzinfo=UTC), berlin)

    assert found == ["2026-03-28T02:30:00+01:00", "2026-03-30T02:30:00+02:00"]


def test_a_time_that_comes_twice_has_two_turns() -> None:
    berlin = ZoneInfo("Europe/Berlin")  # 02:00 to 03:00 comes twice on 2026-10-25
    found = turns({"hour": "2", "minute": "30"}, 3, datetime(2026, 10, 24, 12, tzinfo=UTC), berlin)

    assert found == [
        "2026-10-25T02:30:00+02:00",
        "2026-10-25T02:30:00+01:00",
        "2026-10-26T02:30:00+01:00",
    ]


def some_numbers(name: str) -> st.SearchStrategy[str]:
    low, high = LIMITS[name]
    number = st.integers(low, high)
    pair = st.tuples(number, number).map(lambda two: f"[{min(two)}-{max(two)}]")
    return st.lists(number.map(str) | pair, min_size=1, max_size=4).map(",".join)


schedules = st.fixed_dictionaries(
    {}, optional={name: some_numbers(name) for name in LIMITS}
).filter(bool)
moments = st.datetimes(datetime(2026, 1, 1), datetime(2031, 1, 1), timezones=st.just(UTC))


def parsed(body: dict[str, str]) -> Schedule | None:
    """The schedule, or None for a day that no month has: nothing else is refused."""
    try:
        return parse_schedule(body)
    except ScheduleInvalid as refused:
        if refused.field != "dayOfMonth":
            raise
        return None


def holds(schedule: Schedule, moment: datetime) -> bool:
    """The definition, straight from the standard's words."""
    return (
        moment.second in schedule.second
        and moment.minute in schedule.minute
        and moment.hour in schedule.hour
        and moment.day in schedule.day_of_month
        and moment.month in schedule.month
        and moment.isoweekday() in schedule.day_of_week
    )


@given(body=schedules, after=moments)
def test_a_turn_is_later_and_holds_in_every_field(body: dict[str, str], after: datetime) -> None:
    schedule = parsed(body)
    if schedule is None:
        return
    turn = next_time(schedule, after)

    assert turn > after
    assert turn.microsecond == 0
    assert holds(schedule, turn)


@given(body=schedules, after=moments, ahead=st.integers(1, 200_000))
def test_no_turn_is_left_out(body: dict[str, str], after: datetime, ahead: int) -> None:
    schedule = parsed(body)
    if schedule is None:
        return
    other = after.replace(microsecond=0) + timedelta(seconds=ahead)

    if holds(schedule, other):
        assert next_time(schedule, after) <= other


@given(
    month=st.integers(1, 12),
    day=st.integers(1, 31),
)
def test_a_day_is_refused_exactly_when_no_year_has_it(month: int, day: int) -> None:
    try:
        parse_schedule({"month": str(month), "dayOfMonth": str(day)})
    except ScheduleInvalid:
        assert day > LONGEST_MONTHS[month - 1]
    else:
        assert day <= LONGEST_MONTHS[month - 1]
