"""Commands on appeals: lodge, assign, decide."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from originmark.frame.web.uploads import Upload, checked_paper
from originmark.mark.evaluation import appeals_rules as rules
from originmark.mark.evaluation.models.appeals import Appeal
from originmark.mark.evaluation.models.decisions import Decision
from originmark.mark.evaluation.models.stars import StarRevocation
from originmark.mark.evaluation.selectors import appeals as selectors
from originmark.mark.evaluation.selectors import star_lists
from originmark.mark.evaluation.services import revocations
from originmark.mark.evaluation.services.deciding import set_aside
from originmark.origin.parties import access
from originmark.origin.parties import selectors as parties
from originmark.origin.parties.access import Actor


@dataclass(frozen=True, slots=True)
class AppealDraft:
    """Against what: "decision" with the number of a dossier, or "revocation" with a star's."""

    against: str
    number: str
    grounds: str


@dataclass(frozen=True, slots=True)
class _Target:
    decision: Decision | None
    revocation: StarRevocation | None
    organisation_id: int
    scheme: tuple[str, int]
    decided_on: date


@transaction.atomic
def lodge_appeal(
    draft: AppealDraft, *, evidence: Upload | None = None, by: Actor, now: datetime
) -> Appeal:
    """Lodge an appeal for the producer, within the period that the rulebook gives (``appeal``).

    Where the rulebook gives none, an appeal is never too late.

    Raises NothingToAppeal, AppealTooLate, GroundsMissing, AppealIsOpen or a refusal of uploads.
    """
    target = _target(draft, by)
    today = timezone.localtime(now).date()
    until = selectors.last_day_to_appeal(target.scheme, target.decided_on)
    if until is not None and today > until:
        raise rules.AppealTooLate(
            number=draft.number, decided_on=target.decided_on, until=until, today=today
        )
    if not draft.grounds.strip():
        raise rules.GroundsMissing(number=draft.number)
    same = Appeal.objects.filter(decision=target.decision, revocation=target.revocation)
    if earlier := same.filter(outcome="").first():
        raise rules.AppealIsOpen(appeal=earlier.number)
    appeal = Appeal(
        number=f"{draft.number}-A{_count(draft.number) + 1}",
        decision=target.decision,
        revocation=target.revocation,
        organisation_id=target.organisation_id,
        grounds=draft.grounds.strip(),
        due_by=until,
        lodged_on=today,
        lodged_by=by.name,
    )
    if evidence is not None:
        _attach(appeal, evidence)
    appeal.save(force_insert=True)
    return appeal


@transaction.atomic
def assign_reviewer(number: str, person_id: int, *, by: Actor, now: datetime) -> Appeal:
    """Give an appeal to somebody of the office who had no part in what is appealed.

    Raises UnknownAppeal, AppealIsDecided or ReviewerNotFree.
    """
    access.require(by, "evaluation.assign_appeal")
    appeal = _open(number)
    seats = list(parties.memberships_of(person_id))
    person = str(seats[0].person) if seats else str(person_id)
    if not any(seat.organisation.runs_programme for seat in seats):
        raise rules.ReviewerNotFree(
            number=number, person=person, why=_("not a member of the programme office.")
        )
    if any(seat.organisation_id == appeal.organisation_id for seat in seats):
        raise rules.ReviewerNotFree(number=number, person=person, why=_("belongs to the producer."))
    if star_lists.had_a_hand(appeal, person_id):
        raise rules.ReviewerNotFree(
            number=number, person=person, why=_("took part in the decision that is appealed.")
        )
    appeal.reviewer_id, appeal.assigned_by = person_id, by.name
    appeal.assigned_on = timezone.localtime(now).date()
    appeal.save(update_fields=["reviewer", "assigned_by", "assigned_on"])
    return appeal


@transaction.atomic
def decide_appeal(number: str, *, outcome: str, reasons: str, by: Actor, now: datetime) -> Appeal:
    """Decide an appeal, with what follows from it.

    "upheld" annuls the revocation, as if it had not been; "re-score" sets the decision aside, so
    that the dossier waits for another session, while a star that it gave counts until that
    session has decided; "rejected" leaves all as it is.

    Raises UnknownAppeal, AppealIsDecided, NotTheReviewer, OutcomeDoesNotFit, ReasonsMissing, or
    NotDecided when the decision was set aside already.
    """
    access.require(by, "evaluation.decide_appeal")
    appeal = _open(number)
    if appeal.reviewer_id is None or appeal.reviewer_id != by.person_id:
        reviewer = str(appeal.reviewer) if appeal.reviewer else "–"
        raise rules.NotTheReviewer(number=number, reviewer=reviewer, person=by.name)
    against = rules.AGAINST_DECISION if appeal.decision_id else rules.AGAINST_REVOCATION
    rules.check_outcome(number, against, outcome, reasons)
    appeal.outcome, appeal.reasons, appeal.decided_at = outcome, reasons.strip(), now
    appeal.save(update_fields=["outcome", "reasons", "decided_at"])
    if outcome == rules.UPHELD and appeal.revocation:
        on = timezone.localtime(now).date()
        revocations.annul(appeal.revocation, note=appeal.number, on=on)
    if outcome == rules.RE_SCORE and appeal.decision:
        set_aside(appeal.decision.dossier.number, appeal.number, by=by, now=now)
    return appeal


def _target(draft: AppealDraft, by: Actor) -> _Target:
    """Return what stands under the number, if the actor may appeal it."""
    found = (
        _revocation(draft.number)
        if draft.against == rules.AGAINST_REVOCATION
        else _decision(draft.number)
    )
    if found is None:
        raise rules.NothingToAppeal(number=draft.number, against=draft.against)
    access.require(by, "evaluation.appeal", organisation_id=found.organisation_id)
    return found


def _decision(number: str) -> _Target | None:
    rows = Decision.objects.select_for_update(of=("self",)).select_related("dossier")
    row = rows.filter(dossier__number=number, set_aside_at=None).first()
    if row is None:
        return None
    scheme = (row.dossier.scheme_code, row.dossier.scheme_version)
    return _Target(row, None, row.dossier.organisation_id, scheme, row.decided_on)


def _revocation(number: str) -> _Target | None:
    rows = StarRevocation.objects.select_for_update(of=("self",)).select_related("star")
    row = rows.filter(star__number=number, annulled_on=None).first()
    if row is None:
        return None
    scheme = (row.star.scheme_code, row.star.scheme_version)
    return _Target(None, row, row.star.organisation_id, scheme, row.decided_on)


def _count(number: str) -> int:
    return Appeal.objects.filter(number__startswith=f"{number}-A").count()


def _attach(appeal: Appeal, file: Upload) -> None:
    paper = checked_paper(file, appeal.number)
    appeal.evidence_name = paper.name
    appeal.evidence.save(paper.stored_as, paper.content, save=False)


def _open(number: str) -> Appeal:
    rows = Appeal.objects.select_for_update(of=("self",))
    row = rows.select_related("decision__dossier", "revocation", "reviewer").filter(number=number)
    appeal = row.first()
    if appeal is None:
        raise rules.UnknownAppeal(number=number)
    if appeal.outcome:
        raise rules.AppealIsDecided(number=number, outcome=appeal.outcome)
    return appeal
