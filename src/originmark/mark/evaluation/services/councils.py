"""Appoint councils, and note what ties a member to an applicant."""

from datetime import datetime

from django.db import transaction

from originmark.mark.evaluation.models import CouncilMember, Declaration, Round
from originmark.mark.evaluation.seats import seat_of
from originmark.mark.evaluation.services.rounds import locked_round
from originmark.mark.evaluation.session_refusals import SeatTaken, UnknownMember, UnknownPerson
from originmark.origin.parties import access
from originmark.origin.parties import selectors as parties
from originmark.origin.parties.access import Actor


@transaction.atomic
def appoint(
    round_code: str,
    email: str,
    *,
    role: str = CouncilMember.Role.MEMBER,
    seat: str = "",
    organisation_id: int | None = None,
    by: Actor,
    now: datetime,
) -> CouncilMember:
    """Give a person a seat in the council of a round.

    ``seat`` says for what (“Department of Health”), ``organisation_id`` who sent the person.
    Raises NotAllowed, UnknownRound, UnknownPerson or SeatTaken (the person sits already, or there
    is a chair).
    """
    access.require(by, "evaluation.run")
    round_ = locked_round(round_code)
    person = parties.find_person(email)
    if person is None:
        raise UnknownPerson(email=email)
    sitting = CouncilMember.objects.filter(round=round_, ended_at=None).select_related("person")
    taken = sitting.filter(person=person).first()
    if taken is None and role == CouncilMember.Role.CHAIR:
        taken = sitting.filter(role=role).first()
    if taken is not None:
        words = taken.seat or taken.get_role_display()
        raise SeatTaken(person=taken.person.name, seat=str(words), round=round_.name)
    return CouncilMember.objects.create(
        round=round_,
        person=person,
        role=role,
        seat=seat.strip(),
        organisation_id=organisation_id,
        appointed_at=now,
    )


@transaction.atomic
def end_seat(round_code: str, member_id: int, *, by: Actor, now: datetime) -> CouncilMember:
    """End a seat; what its member scored stays, but counts no longer in open dossiers.

    Raises NotAllowed, UnknownRound or UnknownMember.
    """
    access.require(by, "evaluation.run")
    member = _member(locked_round(round_code), member_id)
    member.ended_at = now
    member.save(update_fields=["ended_at"])
    return member


@transaction.atomic
def declare_tie(
    round_code: str,
    member_id: int,
    organisation_id: int,
    *,
    reason: str,
    by: Actor,
    now: datetime,
) -> Declaration:
    """Note that a member is tied to an applicant and may not judge it.

    Members say it of themselves; the office says it of anybody. Raises NotAllowed, UnknownRound
    or UnknownMember. The same tie again returns the row that is there.
    """
    round_ = locked_round(round_code)
    member = _member(round_, member_id)
    own = seat_of(round_.pk, by)
    if own is None or own.pk != member.pk:
        access.require(by, "evaluation.run")
    row, _is_new = Declaration.objects.get_or_create(
        member=member,
        organisation=parties.organisation_by_id(organisation_id),
        defaults={"reason": reason.strip(), "declared_at": now, "declared_by": by.name},
    )
    return row


def _member(round_: Round, member_id: int) -> CouncilMember:
    rows = CouncilMember.objects.filter(round=round_, pk=member_id, ended_at=None)
    member = rows.select_related("person").first()
    if member is None:
        raise UnknownMember(person=str(member_id), round=round_.name)
    return member
