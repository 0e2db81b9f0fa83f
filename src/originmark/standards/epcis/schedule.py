"""When a scheduled query runs: the six fields of an EPCIS query schedule.

The patterns that GS1 published for them are wrong (``[0-59]`` is a class of characters), so the
grammar here is our own, after the standard's words: each field is a list, parted by commas, of
numbers and of ranges ``[a-b]``. GS1's own example writes ``0/30`` for "from 0, every 30": that is
taken, too.

A field that is left out means "every", but where only finer fields are left out they mean the
first: GS1's example ``{"hour": "1", "minute": "5"}`` is five past one, not each second of it.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Any

LIMITS = {
    "second": (0, 59),
    "minute": (0, 59),
    "hour": (0, 23),
    "dayOfMonth": (1, 31),
    "month": (1, 12),
    "dayOfWeek": (1, 7),
}
LONGEST_MONTHS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
LONGEST_TEXT = 400
DAYS_OF_THE_CALENDAR_ROUND = 400 * 366  # every date and weekday meet within 400 years
QUARTER = timedelta(minutes=15)  # clocks are put forward and back at whole quarters of an hour
_NUMBER = r"[0-9]{1,2}"
_ELEMENT = re.compile(
    rf"(?P<one>{_NUMBER})|\[(?P<low>{_NUMBER})-(?P<high>{_NUMBER})\]"
    rf"|(?P<start>{_NUMBER})/(?P<step>{_NUMBER})"
)


class ScheduleInvalid(ValueError):
    """A schedule that cannot be; ``field`` is at fault, empty where it is the whole."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(f"{field}: {sentence}" if field else sentence)
        self.field = field


@dataclass(frozen=True, slots=True)
class Schedule:
    """The numbers at which each field holds, ascending; all six must hold at once.

    Weekdays are 1 (Monday) to 7 (Sunday).
    """

    second: tuple[int, ...]
    minute: tuple[int, ...]
    hour: tuple[int, ...]
    day_of_month: tuple[int, ...]
    month: tuple[int, ...]
    day_of_week: tuple[int, ...]

    def holds_on(self, day: date) -> bool:
        """Return whether the schedule has a turn on that day."""
        return (
            day.month in self.month
            and day.day in self.day_of_month
            and day.isoweekday() in self.day_of_week
        )


def parse_schedule(body: object) -> Schedule:
    """Return the schedule that a JSON object says; raises ScheduleInvalid.

    >>> parse_schedule({"hour": "1", "minute": "5,[20-22]"}).minute
    (5, 20, 21, 22)
    >>> parse_schedule({"minute": "60"})
    Traceback (most recent call last):
    originmark.standards.epcis.schedule.ScheduleInvalid: minute: found 60, expected 0 to 59
    """
    if not isinstance(body, Mapping):
        raise ScheduleInvalid("", "a schedule is an object with fields such as hour and minute")
    given = {name: value for name, value in body.items() if value not in (None, "")}
    if strange := sorted(str(name) for name in given if name not in LIMITS):
        known = ", ".join(LIMITS)
        raise ScheduleInvalid(strange[0], f"is no field of a schedule; there are {known}")
    if not given:
        raise ScheduleInvalid("", 'the schedule is empty; say when, as in {"hour": "1"}')
    schedule = Schedule(*_filled({name: _numbers(name, text) for name, text in given.items()}))
    _refuse_no_such_day(schedule)
    return schedule


def _filled(said: Mapping[str, tuple[int, ...]]) -> Iterator[tuple[int, ...]]:
    """Yield every field: as said, else its first number while nothing finer was said, else all."""
    is_finest_known = False
    for name, (low, high) in LIMITS.items():
        is_finest_known = is_finest_known or name in said or name == "dayOfMonth"
        every = tuple(range(low, high + 1))
        yield said.get(name, every if is_finest_known else (low,))


def _numbers(field: str, text: Any) -> tuple[int, ...]:
    if isinstance(text, int) and not isinstance(text, bool):
        text = str(text)
    if not isinstance(text, str) or len(text) > LONGEST_TEXT:
        raise ScheduleInvalid(field, 'expected text such as "0", "0,30" or "[8-17]"')
    found: set[int] = set()
    for element in text.split(","):
        found.update(_element(field, element.strip()))
    return tuple(sorted(found))


def _element(field: str, text: str) -> range:
    match = _ELEMENT.fullmatch(text)
    if match is None:
        raise ScheduleInvalid(
            field, f"found {text[:40]!r}, expected a number or a range such as [1-5]"
        )
    first = int(match["one"] or match["low"] or match["start"])
    last = int(match["high"]) if match["high"] else first
    _refuse_outside(field, first, last)
    if match["step"] is None:
        return range(first, last + 1)
    if int(match["step"]) == 0:
        raise ScheduleInvalid(field, f"found {text}, expected a step of at least 1")
    return range(first, LIMITS[field][1] + 1, int(match["step"]))


def _refuse_outside(field: str, first: int, last: int) -> None:
    low, high = LIMITS[field]
    for number in (first, last):
        if not low <= number <= high:
            raise ScheduleInvalid(field, f"found {number}, expected {low} to {high}")
    if first > last:
        raise ScheduleInvalid(field, f"found [{first}-{last}], expected the lower number first")


def _refuse_no_such_day(schedule: Schedule) -> None:
    longest = max(LONGEST_MONTHS[month - 1] for month in schedule.month)
    if schedule.day_of_month[0] > longest:
        raise ScheduleInvalid(
            "dayOfMonth",
            f"found {schedule.day_of_month[0]}, but no month named has more than {longest} days",
        )


def next_time(schedule: Schedule, after: datetime, tz: tzinfo = UTC) -> datetime:
    """Return the first turn later than ``after``, in UTC; the fields are read in ``tz``.

    A local time that a change of clocks leaves out has no turn; one that comes twice has two.

    >>> five_past_one = parse_schedule({"hour": "1", "minute": "5"})
    >>> next_time(five_past_one, datetime(2026, 10, 15, 12, tzinfo=UTC)).isoformat()
    '2026-10-16T01:05:00+00:00'
    """
    start = after.astimezone(UTC).replace(microsecond=0) + timedelta(seconds=1)
    day = start.astimezone(tz).date()
    for ahead in range(DAYS_OF_THE_CALENDAR_ROUND):
        each = day + timedelta(days=ahead)
        if schedule.holds_on(each):
            for begin, end, offset in _stretches(each, tz):
                turn = _first_between(schedule, max(begin, start) + offset, end + offset)
                if turn is not None:
                    return turn - offset
    raise ScheduleInvalid("", "the schedule has no turn in 400 years")


def _stretches(day: date, tz: tzinfo) -> Iterator[tuple[datetime, datetime, timedelta]]:
    """Yield the parts of a local day, in UTC, in which the clocks do not change.

    Most days are one part. Each comes with the offset that turns UTC into local time.
    """
    begin = datetime.combine(day, time(), tz).astimezone(UTC)
    end = datetime.combine(day + timedelta(days=1), time(), tz).astimezone(UTC)
    offset = _offset(begin, tz)
    if offset == _offset(end - timedelta(seconds=1), tz):
        yield begin, end, offset
        return
    while begin < end:
        yield begin, min(begin + QUARTER, end), _offset(begin, tz)
        begin += QUARTER


def _offset(moment: datetime, tz: tzinfo) -> timedelta:
    return moment.astimezone(tz).utcoffset() or timedelta(0)


def _first_between(schedule: Schedule, begin: datetime, end: datetime) -> datetime | None:
    """Return the first turn from ``begin`` and before ``end``; both have local clock faces."""
    if begin >= end or not schedule.holds_on(begin.date()):
        return None
    face = _first_face(schedule, begin.hour, begin.minute, begin.second)
    if face is None:
        return None
    hour, minute, second = face
    turn = begin.replace(hour=hour, minute=minute, second=second)
    return turn if turn < end else None


def _first_face(
    schedule: Schedule, hour: int, minute: int, second: int
) -> tuple[int, int, int] | None:
    """Return the first hour, minute and second of a day from the given ones."""
    for each_hour in _from(schedule.hour, hour):
        minutes = _from(schedule.minute, minute if each_hour == hour else 0)
        for each_minute in minutes:
            is_now = (each_hour, each_minute) == (hour, minute)
            seconds = _from(schedule.second, second if is_now else 0)
            if seconds:
                return each_hour, each_minute, seconds[0]
    return None


def _from(numbers: tuple[int, ...], low: int) -> tuple[int, ...]:
    return numbers[bisect_left(numbers, low) :]
