"""What the rules about seats, sessions, sheets and papers refuse, in words."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from originmark.frame.web.refusals import RuleViolation, gettext_noop


@dataclass(eq=False)
class UnknownSession(RuleViolation):
    code: ClassVar[str] = "unknown-session"
    status: ClassVar[int] = 404
    sentence: ClassVar[str] = gettext_noop(
        "There is no session %(session)s that you may see. Look it up on the page of its round."
    )

    session: str


@dataclass(eq=False)
class UnknownMember(RuleViolation):
    """The person has no seat in the council."""

    code: ClassVar[str] = "unknown-council-member"
    status: ClassVar[int] = 404
    sentence: ClassVar[str] = gettext_noop(
        "%(person)s has no seat in the council of round %(round)s. Appoint them first."
    )

    person: str
    round: str


@dataclass(eq=False)
class SeatTaken(RuleViolation):
    """The person sits already, or there is a chair already."""

    code: ClassVar[str] = "seat-taken"
    status: ClassVar[int] = 409
    field: ClassVar[str | None] = "person"
    sentence: ClassVar[str] = gettext_noop(
        "%(person)s has the seat “%(seat)s” in the council of round %(round)s already. "
        "End that seat first."
    )

    person: str
    seat: str
    round: str


@dataclass(eq=False)
class UnknownPerson(RuleViolation):
    code: ClassVar[str] = "unknown-person"
    field: ClassVar[str | None] = "person"
    sentence: ClassVar[str] = gettext_noop(
        "Nobody signs in with %(email)s. Invite that person first, then appoint them."
    )

    email: str


@dataclass(eq=False)
class SentTooLate(RuleViolation):
    """Members would get the dossiers too late before the session."""

    code: ClassVar[str] = "dossiers-sent-too-late"
    status: ClassVar[int] = 409
    sentence: ClassVar[str] = gettext_noop(
        "Members need the dossiers by %(latest)s for a session on %(held_on)s; today is "
        "%(today)s. Put the session on a later day."
    )

    latest: date
    held_on: date
    today: date


@dataclass(eq=False)
class NothingToSend(RuleViolation):
    code: ClassVar[str] = "nothing-on-the-agenda"
    status: ClassVar[int] = 409
    sentence: ClassVar[str] = gettext_noop(
        "No dossier is on the agenda of session %(session)s. Put accepted dossiers on it first."
    )

    session: str


@dataclass(eq=False)
class NotSent(RuleViolation):
    """The members have not had the dossiers."""

    code: ClassVar[str] = "dossiers-not-sent"
    status: ClassVar[int] = 409
    sentence: ClassVar[str] = gettext_noop(
        "The dossiers of session %(session)s were not sent to the members. "
        "Send them in time, then open the session."
    )

    session: str


@dataclass(eq=False)
class SessionNotOpen(RuleViolation):
    code: ClassVar[str] = "session-not-open"
    status: ClassVar[int] = 409
    sentence: ClassVar[str] = gettext_noop(
        "Session %(session)s is not open. The chair opens it when the members are there."
    )

    session: str


@dataclass(eq=False)
class AgendaFixed(RuleViolation):
    """The agenda cannot change once it was sent."""

    code: ClassVar[str] = "agenda-fixed"
    status: ClassVar[int] = 409
    sentence: ClassVar[str] = gettext_noop(
        "The dossiers of session %(session)s were sent to the members on %(sent_on)s, so its "
        "agenda stays. Put the dossier on another session."
    )

    session: str
    sent_on: date


@dataclass(eq=False)
class NotPresent(RuleViolation):
    """Only members who are there hand in a sheet."""

    code: ClassVar[str] = "member-not-present"
    status: ClassVar[int] = 409
    sentence: ClassVar[str] = gettext_noop(
        "%(member)s is not noted as present in session %(session)s. "
        "Let the secretary note it, then send the sheet in."
    )

    member: str
    session: str


@dataclass(eq=False)
class SheetLocked(RuleViolation):
    """The sheet was handed in."""

    code: ClassVar[str] = "sheet-locked"
    status: ClassVar[int] = 409
    sentence: ClassVar[str] = gettext_noop(
        "The sheet of %(member)s for dossier %(dossier)s is handed in. "
        "The chair can open another round of scoring after the discussion."
    )

    member: str
    dossier: str


@dataclass(eq=False)
class SheetChanged(RuleViolation):
    """Somebody saved the same sheet on another screen meanwhile."""

    code: ClassVar[str] = "sheet-changed"
    status: ClassVar[int] = 409
    sentence: ClassVar[str] = gettext_noop(
        "This sheet was saved on another screen meanwhile (version %(found)s, yours is "
        "%(expected)s). Open it again and look at both before you go on."
    )

    found: int
    expected: int


@dataclass(eq=False)
class NothingMarked(RuleViolation):
    """Nobody marked a knock-out there."""

    code: ClassVar[str] = "no-knock-out-marked"
    status: ClassVar[int] = 409
    field: ClassVar[str | None] = "criterion"
    sentence: ClassVar[str] = gettext_noop(
        "No sheet marks a knock-out at criterion %(criterion)s, so there is nothing to vote on."
    )

    criterion: str


@dataclass(eq=False)
class UnknownPaper(RuleViolation):
    """No certificate or minutes have this code."""

    code: ClassVar[str] = "unknown-paper"
    status: ClassVar[int] = 404
    sentence: ClassVar[str] = gettext_noop(
        "No certificate and no minutes with this code were issued here. "
        "A paper that shows it is not ours; tell the programme office."
    )


@dataclass(eq=False)
class NoCertificate(RuleViolation):
    """The decision grants no stars, so that there is nothing to certify."""

    code: ClassVar[str] = "no-certificate"
    status: ClassVar[int] = 404
    sentence: ClassVar[str] = gettext_noop(
        "Dossier %(dossier)s has no certificate: its decision grants no stars. Read the minutes."
    )

    dossier: str


@dataclass(eq=False)
class SessionTooEarly(RuleViolation):
    """Members would sit before the day that they were told."""

    code: ClassVar[str] = "session-too-early"
    status: ClassVar[int] = 409
    sentence: ClassVar[str] = gettext_noop(
        "Session %(session)s is for %(held_on)s; today is %(today)s. Open it on its day."
    )

    session: str
    held_on: date
    today: date


@dataclass(eq=False)
class SessionClosed(RuleViolation):
    code: ClassVar[str] = "session-closed"
    status: ClassVar[int] = 409
    sentence: ClassVar[str] = gettext_noop(
        "Session %(session)s is closed and its minutes are written. Plan another session."
    )

    session: str


@dataclass(eq=False)
class NotDecided(RuleViolation):
    """There is no decision that stands."""

    code: ClassVar[str] = "not-decided"
    status: ClassVar[int] = 409
    sentence: ClassVar[str] = gettext_noop(
        "Dossier %(dossier)s has no decision that stands. Look at what it waits for."
    )

    dossier: str
