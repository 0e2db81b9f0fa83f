"""Plan sessions, send the dossiers in time, note who is there, open and close."""

import secrets
from collections.abc import Collection, Sequence
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from originmark.mark.evaluation import council_letters, deadlines, rules, steps
from originmark.mark.evaluation.models import Attendance, Dossier, Holiday, Session, SessionDossier
from originmark.mark.evaluation.quorums import quorum_of
from originmark.mark.evaluation.rulebooks import scheme_of
from originmark.mark.evaluation.seats import require_head, seated
from originmark.mark.evaluation.services.dossiers import locked_row, write_step
from originmark.mark.evaluation.services.rounds import locked_round
from originmark.mark.evaluation.services.settling import settle
from originmark.mark.evaluation.session_refusals import (
    AgendaFixed,
    NothingToSend,
    NotSent,
    SentTooLate,
    SessionClosed,
    SessionTooEarly,
    UnknownSession,
)
from originmark.mark.evaluation.step_refusals import AnotherRulebook
from originmark.origin.parties import access
from originmark.origin.parties.access import Actor

RUN = "evaluation.run"
ELECTRONIC_DOSSIER = "electronic-dossier"


@transaction.atomic
def plan_session(round_code: str, held_on: date, *, place: str = "", by: Actor) -> Session:
    """Plan a meeting of the council of a round."""
    access.require(by, RUN)
    round_ = locked_round(round_code)
    last = round_.sessions.aggregate(last=Max("number"))["last"] or 0
    return Session.objects.create(
        round=round_,
        number=last + 1,
        held_on=held_on,
        place=place.strip(),
        code=secrets.token_urlsafe(18),
    )


@transaction.atomic
def move_session(session_id: int, held_on: date, *, place: str = "", by: Actor) -> Session:
    """Put a session on another day; one whose dossiers were sent only on a later one.

    Raises NotAllowed, UnknownSession, SessionClosed or AgendaFixed.
    """
    access.require(by, RUN)
    session = locked_session(session_id)
    _require_not_closed(session)
    if session.sent_on is not None and held_on < session.held_on:
        raise AgendaFixed(session=str(session), sent_on=session.sent_on)
    session.held_on, session.place = held_on, place.strip() or session.place
    session.save(update_fields=["held_on", "place"])
    return session


@transaction.atomic
def put_on_agenda(session_id: int, numbers: Sequence[str], *, by: Actor, now: datetime) -> Session:
    """Put accepted dossiers of the round on the agenda.

    Raises NotAllowed, UnknownSession, AgendaFixed, UnknownDossier, StepOutOfOrder or
    AnotherRulebook (the dossier is in another round).
    """
    access.require(by, RUN)
    session = locked_session(session_id)
    _require_agenda_open(session)
    for number in numbers:
        dossier = locked_row(number)
        steps.require_step(dossier.number, dossier.state, steps.SCHEDULE)
        if dossier.round_id != session.round_id:
            raise AnotherRulebook(
                dossier=dossier.number,
                found=str(dossier.round or dossier.level),
                round=session.round.name,
                expected=session.round.name,
            )
        SessionDossier.objects.create(session=session, dossier=dossier)
        write_step(dossier, steps.SCHEDULED, by=by, now=now, note=str(session))
    return session


@transaction.atomic
def take_off_agenda(session_id: int, number: str, *, by: Actor, now: datetime) -> Session:
    """Take a dossier off the agenda before it is sent; it is accepted as before."""
    access.require(by, RUN)
    session = locked_session(session_id)
    _require_agenda_open(session)
    for item in session.agenda.filter(dossier__number=number):
        item.delete()
        write_step(locked_row(number), steps.ACCEPTED, by=by, now=now, note=str(session))
    return session


def latest_sending(session: Session) -> date | None:
    """Return the last day on which the dossiers reach the members in time, if there is one."""
    deadline = scheme_of(session.round).deadline(ELECTRONIC_DOSSIER)
    if deadline is None:
        return None
    holidays = set(Holiday.objects.values_list("day", flat=True))
    return deadlines.latest_day(deadline, session.held_on, holidays)


@transaction.atomic
def send_dossiers(session_id: int, *, by: Actor, now: datetime) -> Session:
    """Open the dossiers of the agenda to the members, in the time that the rulebook asks for.

    Each member is told by e-mail, through the outbox. Sending again changes nothing.

    Raises NotAllowed, UnknownSession, NothingToSend or SentTooLate.
    """
    access.require(by, RUN)
    session = locked_session(session_id)
    if session.sent_on is not None:
        return session
    if not session.agenda.exists():
        raise NothingToSend(session=str(session))
    today, latest = timezone.localdate(now), latest_sending(session)
    if latest is not None and today > latest:
        raise SentTooLate(latest=latest, held_on=session.held_on, today=today)
    session.sent_on = today
    session.save(update_fields=["sent_on"])
    council_letters.tell(session)
    return session


@transaction.atomic
def note_attendance(
    session_id: int, present: Collection[int], *, by: Actor, now: datetime
) -> Session:
    """Note which members (by their seats) are there; everybody else is not.

    Raises NotAllowed, UnknownSession or SessionClosed. Somebody who leaves counts no longer.
    """
    session = locked_session(session_id)
    require_head(session.round, by)
    _require_not_closed(session)
    for member in seated(session.round_id):
        Attendance.objects.update_or_create(
            session=session,
            member=member,
            defaults={"is_present": member.pk in present, "noted_at": now},
        )
    for dossier in _open_dossiers(session):
        settle(dossier, by=by, now=now)
    return session


@transaction.atomic
def open_session(session_id: int, *, by: Actor, now: datetime) -> Session:
    """Open a session: the dossiers were sent, and enough members are there.

    Raises NotAllowed, UnknownSession, SessionClosed, NotSent, SessionTooEarly, QuorumUnknown,
    CouncilTooSmall or NoQuorum. Opening again changes nothing.
    """
    session = locked_session(session_id)
    require_head(session.round, by)
    _require_not_closed(session)
    if session.is_open:
        return session
    if session.sent_on is None:
        raise NotSent(session=str(session))
    today = timezone.localdate(now)
    if today < session.held_on:
        raise SessionTooEarly(session=str(session), held_on=session.held_on, today=today)
    appointed = {member.pk for member in seated(session.round_id)}
    there = session.attendance.filter(is_present=True, member__in=appointed).count()
    quorum: rules.Quorum = quorum_of(session.round)
    quorum.require(there, len(appointed), council=session.round.name)
    session.opened_at = now
    session.save(update_fields=["opened_at"])
    return session


@transaction.atomic
def close_session(session_id: int, *, by: Actor, now: datetime) -> Session:
    """Close a session: the minutes can be made; what was not decided waits for another session.

    Raises NotAllowed, UnknownSession, SessionClosed or NotSent.
    """
    session = locked_session(session_id)
    require_head(session.round, by)
    _require_not_closed(session)
    if session.opened_at is None:
        raise NotSent(session=str(session))
    for dossier in _open_dossiers(session):
        dossier.turn += 1
        write_step(dossier, steps.ACCEPTED, by=by, now=now, note=str(session))
    session.closed_at = now
    session.save(update_fields=["closed_at"])
    return session


def locked_session(session_id: int) -> Session:
    """Return a session, locked; raises UnknownSession."""
    rows = Session.objects.select_for_update(of=("self",)).select_related("round")
    session = rows.filter(pk=session_id).first()
    if session is None:
        raise UnknownSession(session=str(session_id))
    return session


def _open_dossiers(session: Session) -> list[Dossier]:
    rows = Dossier.objects.select_for_update(of=("self",)).select_related("round", "organisation")
    return list(rows.filter(agenda__session=session, state__in=steps.BEFORE_COUNCIL))


def _require_not_closed(session: Session) -> None:
    if session.closed_at is not None:
        raise SessionClosed(session=str(session))


def _require_agenda_open(session: Session) -> None:
    _require_not_closed(session)
    if session.sent_on is not None:
        raise AgendaFixed(session=str(session), sent_on=session.sent_on)
