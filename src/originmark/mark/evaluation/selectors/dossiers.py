"""Questions about ideas and dossiers."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Q, QuerySet

from originmark.mark.evaluation import rulebooks, scoring, steps
from originmark.mark.evaluation.models import Decision, Dossier, Idea, ReEvaluation, Sheet
from originmark.mark.evaluation.seats import seat_of
from originmark.mark.evaluation.selectors.rounds import may_lead
from originmark.mark.evaluation.selectors.star_lists import re_evaluations
from originmark.mark.evaluation.step_refusals import UnknownDossier
from originmark.mark.schemes.star_values import Proof
from originmark.origin.parties import access
from originmark.origin.parties.access import Actor


@dataclass(frozen=True, slots=True)
class Assessment:
    """What the self-assessment of a dossier comes to."""

    total: scoring.Total
    stars: int
    next_star: scoring.NextStar | None


@dataclass(frozen=True, slots=True)
class ProofState:
    """A proof of the rulebook, and the papers that a dossier has for it."""

    proof: Proof
    is_mandatory: bool
    files: tuple[object, ...]


def ideas(by: Actor) -> QuerySet[Idea]:
    """Return the product ideas that the actor may read."""
    return access.visible(by, Idea.objects.select_related("organisation"))


def dossiers(by: Actor) -> QuerySet[Dossier]:
    """Return the dossiers that the actor may read, deny by default.

    One's own organisation's; those to pre-check; all for whoever runs or inspects the programme;
    and for members of a council those on the agenda of a session whose dossiers were sent.
    """
    rows = Dossier.objects.select_related("round", "organisation", "product")
    own = access.visible(by, rows, "organisation", "checker")
    if by.sees_everything or by.person_id is None or by.scopes is not None:
        return own
    seats = Q(
        agenda__session__sent_on__isnull=False,
        round__members__person=by.person_id,
        round__members__ended_at=None,
    )
    judged = Dossier.objects.filter(seats).values("pk")
    return rows.filter(Q(pk__in=own.values("pk")) | Q(pk__in=judged))


def dossier(number: str, by: Actor) -> Dossier:
    """Return one dossier that the actor may read; raises UnknownDossier."""
    rows = dossiers(by).select_related("checker", "idea", "before")
    found = rows.filter(number=number).first()
    if found is None:
        raise UnknownDossier(dossier=number)
    return found


def assessment(row: Dossier) -> Assessment:
    """Return what the applicant's own answers come to. One query besides the rulebook."""
    chosen = dict(row.answers.values_list("criterion", "option"))
    found = scoring.total(rulebooks.set_of(row), chosen)
    scheme, points = rulebooks.scheme_of(row), Decimal(found.points)
    return Assessment(found, scheme.stars_for(points), scoring.next_star(scheme, points))


def proofs(row: Dossier) -> list[ProofState]:
    """Return every proof that the rulebook names with the papers that are there. One query."""
    scheme = rulebooks.scheme_of(row)
    mandatory = {proof.code for proof in rulebooks.mandatory_proofs(scheme, row.group_code)}
    files = list(row.proofs.all())
    return [
        ProofState(
            proof,
            proof.code in mandatory,
            tuple(each for each in files if each.proof == proof.code),
        )
        for proof in scheme.proofs
    ]


def decision_of(row: Dossier) -> Decision | None:
    """Return the decision that stands, if there is one. One query."""
    return row.decisions.filter(set_aside_at=None).select_related("session__round").first()


def re_evaluation_of(row: Dossier, by: Actor) -> ReEvaluation | None:
    """Return the re-evaluation that a dossier belongs to, at whatever level it is by now.

    One query for each level that it came through.
    """
    numbers, each = [row.number], row
    while each.before is not None:
        each = each.before
        numbers.append(each.number)
    return re_evaluations(by).filter(dossier_number__in=numbers).first()


def may_see_tally(row: Dossier, by: Actor) -> bool:
    """Return whether the actor may see the sheets of all members.

    Chair and secretary at any time; the other members, the office and its inspectors once the
    dossier is decided; applicants never.
    """
    if may_lead(row.round_id, by):
        return True
    is_decided = row.state in {steps.DECIDED, steps.PASSED_UP}
    return is_decided and (by.sees_everything or seat_of(row.round_id, by) is not None)


def waiting_for_me(by: Actor) -> list[Dossier]:
    """Return the dossiers that wait for the actor's own sheet, the nearest session first.

    Two queries. Dossiers of an applicant to whom the actor is tied may be among them; opening
    one says so.
    """
    if by.person_id is None or by.scopes is not None:
        return []
    rows = Dossier.objects.filter(
        state__in=steps.BEFORE_COUNCIL,
        agenda__session__sent_on__isnull=False,
        agenda__session__closed_at=None,
        round__members__person=by.person_id,
        round__members__ended_at=None,
    ).exclude(organisation__in=by.organisation_ids)
    found = list(
        rows.select_related("product", "organisation", "round")
        .order_by("agenda__session__held_on", "number")
        .distinct()
    )
    done = set(
        Sheet.objects.filter(
            dossier__in=found, member__person=by.person_id, handed_in_at__isnull=False
        ).values_list("dossier_id", "turn")
    )
    return [each for each in found if (each.pk, each.turn) not in done]
