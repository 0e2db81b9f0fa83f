"""What a subscription asks for, read from the body of a request: pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from originmark.standards.epcis.schedule import Schedule, ScheduleInvalid, parse_schedule
from originmark.standards.epcis.times import parse_moment
from originmark.trace.ledger.subscriptions.rules import (
    LONGEST_SECRET,
    FieldRefused,
    LiveOrScheduled,
    ScheduleRefused,
    refuse_receiver,
)

LONGEST_ADDRESS = 2000
SECRET_NAMES = ("signatureToken", "secret")  # GS1's own artefacts disagree: both are taken


@dataclass(frozen=True, slots=True)
class Terms:
    """When to tell, and from when on: live where ``schedule`` is None."""

    schedule: dict[str, Any] | None
    report_if_empty: bool
    initial_record_time: datetime | None


@dataclass(frozen=True, slots=True)
class Wanted:
    """A subscription as asked for."""

    dest: str
    secret: str
    terms: Terms


def read_wanted(body: object, *, takes_private: bool) -> Wanted:
    """Return what a subscription asks for; raises SubscriptionRefused.

    Members that are not known are left alone.
    """
    if not isinstance(body, Mapping):
        raise FieldRefused(name="body", found=_kind(body), expected="an object")
    dest = _text(body, "dest", longest=LONGEST_ADDRESS)
    refuse_receiver(dest, takes_private=takes_private)
    return Wanted(dest, _secret(body), read_terms(body))


def read_terms(body: Mapping[str, Any]) -> Terms:
    """Return when somebody wants to be told; raises SubscriptionRefused."""
    return Terms(
        schedule=_schedule(body),
        report_if_empty=_flag(body, "reportIfEmpty"),
        initial_record_time=_moment(body, "initialRecordTime"),
    )


def _secret(body: Mapping[str, Any]) -> str:
    given = [_text(body, name, longest=LONGEST_SECRET) for name in SECRET_NAMES if body.get(name)]
    if len(set(given)) > 1:
        names = " / ".join(SECRET_NAMES)
        raise FieldRefused(name=names, found="two that differ", expected="one secret")
    return given[0] if given else ""


def _schedule(body: Mapping[str, Any]) -> dict[str, Any] | None:
    schedule, is_live = body.get("schedule"), _flag(body, "stream")
    if is_live and schedule:
        raise LiveOrScheduled(found="stream + schedule")
    if is_live:
        return None
    if not schedule:
        raise LiveOrScheduled(found="–")
    read_schedule(schedule)
    return {name: str(value) for name, value in schedule.items() if value not in (None, "")}


def read_schedule(body: object) -> Schedule:
    """Return the schedule that a body says; raises ScheduleRefused."""
    try:
        return parse_schedule(body)
    except ScheduleInvalid as invalid:
        raise ScheduleRefused(reason=str(invalid)) from invalid


def _text(body: Mapping[str, Any], name: str, *, longest: int) -> str:
    value = body.get(name)
    if not isinstance(value, str) or not 0 < len(value) <= longest or "\x00" in value:
        raise FieldRefused(
            name=name, found=_kind(value), expected=f"text of 1 to {longest} characters"
        )
    return value


def _flag(body: Mapping[str, Any], name: str) -> bool:
    value = body.get(name, False)
    if value is None or isinstance(value, bool):
        return bool(value)
    raise FieldRefused(name=name, found=_kind(value), expected="true or false")


def _moment(body: Mapping[str, Any], name: str) -> datetime | None:
    value = body.get(name)
    if value is None:
        return None
    try:
        return parse_moment(value if isinstance(value, str) else repr(value))
    except ValueError as invalid:
        expected = "a time with an offset, as in 2026-09-22T07:15:00+08:00"
        raise FieldRefused(name=name, found=str(value)[:60], expected=expected) from invalid


def _kind(value: object) -> str:
    if isinstance(value, str):
        return f"{value[:40]!r}… ({len(value)})" if len(value) > 40 else repr(value)
    return "–" if value is None else repr(value)[:40]
