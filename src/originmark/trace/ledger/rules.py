"""What may enter the ledger: pure decisions."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import ClassVar, NamedTuple

from originmark.frame.web.refusals import RuleViolation, gettext_noop
from originmark.standards.epcis.problems import Problem

LONGEST_IDENTIFIER = 500


@dataclass(eq=False)
class EventConflict(RuleViolation):
    """The identifier is taken by an event that says otherwise."""

    code: ClassVar[str] = "event-conflict"
    status: ClassVar[int] = 409
    sentence: ClassVar[str] = gettext_noop(
        "Event %(event_id)s is already recorded and says something else. To correct it, send it "
        "again unchanged with an error declaration, and send the right event under a new eventID."
    )

    event_id: str


@dataclass(eq=False)
class ForeignErrorDeclaration(RuleViolation):
    """Only who recorded an event may declare it wrong."""

    code: ClassVar[str] = "foreign-error-declaration"
    status: ClassVar[int] = 403
    sentence: ClassVar[str] = gettext_noop(
        "Event %(event_id)s was recorded by another organisation, so only that organisation or "
        "the programme office may declare it wrong. Ask them to."
    )

    event_id: str


@dataclass(eq=False)
class EventFromTheFuture(RuleViolation):
    """The event has not happened yet."""

    code: ClassVar[str] = "event-from-the-future"
    sentence: ClassVar[str] = gettext_noop(
        "Event %(pointer)s says it happened at %(event_time)s, but it is only %(now)s. "
        "Check the clock and the time zone of whoever wrote it; up to %(minutes)s minutes "
        "ahead is taken."
    )

    pointer: str
    event_time: str
    now: str
    minutes: int


@dataclass(eq=False)
class DocumentRefused(RuleViolation):
    """The document is no EPCIS 2.0."""

    code: ClassVar[str] = "document-invalid"
    status: ClassVar[int] = 400
    sentence: ClassVar[str] = gettext_noop(
        "The document is no valid EPCIS 2.0, so nothing of it was stored (%(count)s problems). "
        "First, at %(pointer)s: %(reason)s. Correct it and send it again."
    )

    count: int
    pointer: str
    reason: str
    problems: tuple[Problem, ...]


@dataclass(eq=False)
class ImpossibleEvent(RuleViolation):
    """The event tells what cannot be, as far as is known, and the policy refuses that."""

    code: ClassVar[str] = "event-impossible"
    sentence: ClassVar[str] = gettext_noop(
        "The event at %(pointer)s cannot be true: %(finding)s. Correct it, or whatever was "
        "recorded before it, and send it again; the rule is %(rule)s."
    )

    pointer: str
    rule: str
    finding: str


@dataclass(eq=False)
class TooManyEvents(RuleViolation):
    """The document is too large for one transaction."""

    code: ClassVar[str] = "too-many-events"
    status: ClassVar[int] = 413
    sentence: ClassVar[str] = gettext_noop(
        "The document holds %(found)s events, and %(most)s are taken at once. Send it in parts."
    )

    found: int
    most: int


@dataclass(eq=False)
class IdentifierTooLong(RuleViolation):
    """An identifier is longer than what can be searched for."""

    code: ClassVar[str] = "identifier-too-long"
    sentence: ClassVar[str] = gettext_noop(
        "The event at %(pointer)s has an identifier of %(found)s characters (%(start)s…), and up "
        "to %(most)s are taken. Give the thing a shorter identifier."
    )

    pointer: str
    start: str
    found: int
    most: int


class Earlier(NamedTuple):
    """An event that is already there."""

    id: int
    event_id: str
    fingerprint: str
    is_error_declaration: bool
    organisation_id: int | None


class Arrival(NamedTuple):
    """An event that wants in. ``given_id`` is the eventID that the sender gave it, if any."""

    given_id: str | None
    fingerprint: str
    is_error_declaration: bool


def repeated(arrival: Arrival, earlier: Iterable[Earlier]) -> Earlier | None:
    """Return the earlier event that says the same under the same name, if there is one."""
    for each in earlier:
        same_name = arrival.given_id is None or arrival.given_id == each.event_id
        if same_name and each.fingerprint == arrival.fingerprint:
            return each
    return None


def refuse_conflict(arrival: Arrival, earlier: Iterable[Earlier]) -> None:
    """Raise EventConflict when the name is taken by an event that says something else.

    An error declaration repeats the eventID of what it withdraws. A name that is a hash of the
    content (``ni:``) is no promise of the sender: whoever computed it wrongly is told by
    the hash itself, so two contents under one hash are both kept.
    """
    if arrival.given_id is None or arrival.is_error_declaration or is_hash(arrival.given_id):
        return
    for each in earlier:
        if each.event_id == arrival.given_id and not each.is_error_declaration:
            raise EventConflict(event_id=arrival.given_id)


def refuse_foreign_declaration(
    arrival: Arrival, earlier: Iterable[Earlier], *, organisation_id: int | None
) -> None:
    """Raise ForeignErrorDeclaration when the event to withdraw is somebody else's."""
    if not arrival.is_error_declaration:
        return
    for each in earlier:
        if each.event_id == arrival.given_id and each.organisation_id != organisation_id:
            raise ForeignErrorDeclaration(event_id=each.event_id)


def refuse_future(event_time: datetime, *, now: datetime, minutes: int, pointer: str) -> None:
    """Raise EventFromTheFuture when the event lies more than ``minutes`` ahead."""
    if event_time > now + timedelta(minutes=minutes):
        raise EventFromTheFuture(
            pointer=pointer,
            event_time=event_time.isoformat(timespec="seconds"),
            now=now.isoformat(timespec="seconds"),
            minutes=minutes,
        )


def is_any_long(words: Iterable[str]) -> bool:
    """Return whether a word is longer than its column."""
    return max(map(len, words), default=0) > LONGEST_IDENTIFIER


def refuse_long(words: Iterable[str], *, pointer: str) -> None:
    """Raise IdentifierTooLong when a word is longer than its column."""
    for word in words:
        if len(word) > LONGEST_IDENTIFIER:
            raise IdentifierTooLong(pointer, word[:40], len(word), LONGEST_IDENTIFIER)


def is_hash(event_id: str) -> bool:
    """Return whether an eventID is a hash of the event's content."""
    return event_id.startswith("ni:")
