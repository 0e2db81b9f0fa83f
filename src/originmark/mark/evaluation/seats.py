"""Who sits in a council, and what that allows: seats are rows of this room, so it asks itself.

Deny by default: whoever has no seat is refused, office and system included; only a person scores.
"""

from typing import Final

from originmark.mark.evaluation import rules
from originmark.mark.evaluation.models import CouncilMember, Declaration, Round
from originmark.mark.evaluation.refusals import ConflictOfInterest
from originmark.origin.parties import selectors as parties
from originmark.origin.parties.access import Actor, NotAllowed
from originmark.origin.parties.selectors import Organisation

HEADS: Final = (CouncilMember.Role.CHAIR, CouncilMember.Role.SECRETARY)
TIES: Final = {
    rules.MEMBER_OF_APPLICANT: "a member of it",
    rules.SENT_BY_APPLICANT: "sent by it",
    rules.DECLARED: "declared a tie to it",
}


def seated(round_id: int) -> list[CouncilMember]:
    """Return who sits in the council of a round now, the chair first. One query."""
    rows = CouncilMember.objects.filter(round_id=round_id, ended_at=None)
    found = list(rows.select_related("person", "organisation"))
    return sorted(found, key=lambda each: (rank(each), each.pk))


def rank(member: CouncilMember) -> int:
    """Return where a member stands in a list: the chair first, then the secretary."""
    return list(CouncilMember.Role).index(CouncilMember.Role(member.role))


def seat_of(round_id: int | None, by: Actor) -> CouncilMember | None:
    """Return the actor's seat in a round, if there is one. A program has none."""
    if round_id is None or by.person_id is None or by.scopes is not None:
        return None
    rows = CouncilMember.objects.filter(round_id=round_id, person_id=by.person_id, ended_at=None)
    return rows.select_related("person", "organisation").first()


def require_seat(round_id: int | None, by: Actor) -> CouncilMember:
    """Return the actor's seat; raises NotAllowed."""
    seat = seat_of(round_id, by)
    if seat is None:
        raise NotAllowed(person=by.name, permission="evaluation.score")
    return seat


def require_head(round_: Round | None, by: Actor) -> None:
    """Raise NotAllowed unless the actor is chair or secretary of the council, or the system."""
    if by.is_system:
        return
    seat = seat_of(round_.pk if round_ else None, by)
    if seat is None or seat.role not in HEADS:
        raise NotAllowed(person=by.name, permission="evaluation.head")


def ties(members: list[CouncilMember], applicant_id: int) -> dict[int, str]:
    """Return what ties which members (by their rows) to an applicant. Two queries."""
    people = set(parties.members(applicant_id).values_list("person_id", flat=True))
    declared = set(
        Declaration.objects.filter(
            member__in=[each.pk for each in members], organisation_id=applicant_id
        ).values_list("member_id", flat=True)
    )
    found = {
        each.pk: rules.tie(
            applicant_id,
            organisation_ids=frozenset([applicant_id] if each.person_id in people else []),
            seat_organisation_id=each.organisation_id,
            has_declared=each.pk in declared,
        )
        for each in members
    }
    return {member: tie for member, tie in found.items() if tie is not None}


def require_no_tie(member: CouncilMember, applicant: Organisation) -> None:
    """Raise ConflictOfInterest when something ties a member to an applicant."""
    tie = ties([member], applicant.pk).get(member.pk)
    if tie is not None:
        raise ConflictOfInterest(member=member.person.name, applicant=applicant.name, tie=TIES[tie])
