"""The council discusses, votes on knock-outs, decides; the one place where stars are awarded."""

import secrets
from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from originmark.mark.evaluation import rules, scoring, steps
from originmark.mark.evaluation.bench import Bench, bench_of
from originmark.mark.evaluation.drafts import Vote
from originmark.mark.evaluation.models import Decision, Dossier, KnockOutVote, Note, Round, Session
from originmark.mark.evaluation.quorums import quorum_of
from originmark.mark.evaluation.refusals import AlreadyDecided, KnockOutOpen, SheetsMissing
from originmark.mark.evaluation.rulebooks import scheme_of, set_of
from originmark.mark.evaluation.seats import require_head
from originmark.mark.evaluation.services.dossiers import locked, locked_row, write_step
from originmark.mark.evaluation.services.moving import move_on
from originmark.mark.evaluation.services.stars import recognise
from originmark.mark.evaluation.session_refusals import (
    NotDecided,
    NothingMarked,
    SessionNotOpen,
)
from originmark.mark.evaluation.step_refusals import SayWhat
from originmark.mark.evaluation.values import Recognition
from originmark.origin.parties.access import Actor


@transaction.atomic
def note(number: str, text: str, *, criterion: str = "", by: Actor, now: datetime) -> Note:
    """Write down what was said about a dossier, for the minutes.

    Raises UnknownDossier, NotAllowed (neither chair nor secretary), SessionNotOpen, SayWhat or
    UnknownCriterion.
    """
    dossier = locked_row(number)
    require_head(dossier.round, by)
    session = _open_session(bench_of(dossier))
    if not text.strip():
        raise SayWhat(step="note")
    if criterion:
        scoring.criterion(set_of(dossier), criterion)
    return Note.objects.create(
        dossier=dossier,
        session=session,
        criterion=criterion,
        text=text.strip(),
        said_at=now,
        said_by=by.name,
    )


@transaction.atomic
def record_vote(number: str, vote: Vote, *, by: Actor, now: datetime) -> KnockOutVote:
    """Record how the council voted on a knock-out; recording it again corrects it.

    Raises UnknownDossier, NotAllowed, AlreadyDecided, SessionNotOpen, NoQuorum, NothingMarked,
    VotesDoNotAddUp or OutcomeAgainstVotes.
    """
    dossier = locked_row(number)
    require_head(dossier.round, by)
    _require_undecided(dossier)
    bench = bench_of(dossier)
    session = _open_session(bench)
    _require_quorum(bench)
    if vote.criterion not in {criterion for criterion, _, _ in bench.marked()}:
        raise NothingMarked(criterion=vote.criterion)
    counted = {"votes_for": vote.votes_for, "votes_against": vote.votes_against}
    rules.require_votes(**counted, abstained=vote.abstained, voters=len(bench.deciding))
    rules.require_outcome(**counted, is_upheld=vote.is_upheld)
    row, _is_new = KnockOutVote.objects.update_or_create(
        dossier=dossier,
        session=session,
        criterion=vote.criterion,
        defaults={
            **counted,
            "abstained": vote.abstained,
            "is_upheld": vote.is_upheld,
            "note": vote.note.strip(),
            "recorded_at": now,
            "recorded_by": by.name,
        },
    )
    return row


@transaction.atomic
def decide(number: str, *, by: Actor, now: datetime) -> Decision:
    """Decide a dossier by the average of the sheets that are in, once.

    What is decided: the points by the round's rounding, the stars of their band, and what follows
    at this level (``rules.verdict``). Stars granted become a Star in the same transaction; a
    dossier that goes up or back begins at that level with everything attached.

    Raises UnknownDossier, NotAllowed (neither chair nor secretary), AlreadyDecided,
    SessionNotOpen, QuorumUnknown, CouncilTooSmall, NoQuorum, SheetsMissing, RoundingUnknown,
    KnockOutOpen or StepOutOfOrder.
    """
    dossier = locked_row(number)
    require_head(dossier.round, by)
    _require_undecided(dossier)
    bench = bench_of(dossier)
    session = _open_session(bench)
    needed = _require_quorum(bench)
    if bench.missing:
        raise SheetsMissing(dossier=dossier.number, members=bench.missing)
    rounding = rules.require_rounding(session.round.rounding, council=session.round.name)
    is_knocked_out = _knocked_out(bench)
    steps.require_step(dossier.number, dossier.state, steps.DECIDE)
    total, sheets = bench.tally().sum, len(bench.sheets)
    points = rules.rounded(total, sheets, rounding)
    found = rules.verdict(
        scheme_of(dossier),
        dossier.level,
        points,
        is_knocked_out=is_knocked_out,
        recognises_meanwhile=session.round.recognises_meanwhile,
    )
    decision = Decision.objects.create(
        dossier=dossier,
        session=session,
        turn=dossier.turn,
        outcome=found.outcome,
        points=points,
        sum_of_points=total,
        sheets=sheets,
        rounding=rounding,
        stars=found.stars,
        granted_stars=found.granted,
        is_potential_five=found.is_potential_five,
        members_present=len(bench.deciding),
        members_appointed=len(bench.places),
        quorum=needed,
        decided_on=timezone.localdate(now),
        decided_at=now,
        decided_by=by.name,
        code=secrets.token_urlsafe(18),
    )
    is_up = found.outcome == rules.PASSED_ON
    write_step(dossier, steps.PASSED_UP if is_up else steps.DECIDED, by=by, now=now)
    _follow(decision, session.round, by=by, now=now)
    return decision


@transaction.atomic
def set_aside(number: str, reason: str, *, by: Actor, now: datetime) -> Decision:
    """Set the decision of a dossier aside (an appeal was upheld): it waits for another session.

    The star that it gave is revoked by whoever upheld the appeal. Raises NotAllowed,
    UnknownDossier, NotDecided or SayWhat.
    """
    dossier = locked(number, by=by, permission="evaluation.run")
    decision = dossier.decisions.filter(set_aside_at=None).first()
    if decision is None:
        raise NotDecided(dossier=dossier.number)
    if not reason.strip():
        raise SayWhat(step="set aside")
    decision.set_aside_at, decision.set_aside_for = now, reason.strip()
    decision.save(update_fields=["set_aside_at", "set_aside_for"])
    dossier.turn += 1
    write_step(dossier, steps.ACCEPTED, by=by, now=now, note=reason.strip())
    return decision


def _follow(decision: Decision, round_: Round, *, by: Actor, now: datetime) -> None:
    """Award the stars that were granted, and send the dossier on where it goes on."""
    dossier = decision.dossier
    if decision.granted_stars:
        # The council decided; what it decides needs no further right of whoever records it.
        recognise(_recognition(decision, round_), by=replace(by, is_system=True), now=now)
    if decision.outcome in {rules.PASSED_ON, rules.SENT_BACK}:
        move_on(dossier, decision.outcome, by=by, now=now)


def _recognition(decision: Decision, round_: Round) -> Recognition:
    dossier = decision.dossier
    return Recognition(
        dossier_number=dossier.number,
        product_code=dossier.product.code,
        organisation_id=dossier.organisation_id,
        scheme_code=dossier.scheme_code,
        scheme_version=dossier.scheme_version,
        set_code=dossier.set_code,
        group_code=dossier.group_code,
        subgroup_code=dossier.subgroup_code,
        round_code=round_.code,
        level=dossier.level,
        points=decision.points,
        stars=decision.granted_stars,
        is_potential_five=decision.is_potential_five,
        decided_on=decision.decided_on,
    )


def _knocked_out(bench: Bench) -> bool:
    """Return whether the council upheld a knock-out; raises KnockOutOpen before it voted."""
    marked, votes = [criterion for criterion, _, _ in bench.marked()], bench.votes()
    if left := rules.open_knock_outs(marked, votes):
        raise KnockOutOpen(dossier=bench.dossier.number, criteria=left)
    return any(votes[criterion] for criterion in marked)


def _require_undecided(dossier: Dossier) -> None:
    earlier = dossier.decisions.filter(set_aside_at=None).first()
    if earlier is not None:
        raise AlreadyDecided(dossier=dossier.number, points=earlier.points)


def _require_quorum(bench: Bench) -> int:
    session = _open_session(bench)
    return quorum_of(session.round).require(
        len(bench.deciding), len(bench.places), council=session.round.name
    )


def _open_session(bench: Bench) -> Session:
    if bench.session is None or not bench.session.is_open:
        raise SessionNotOpen(session=str(bench.session or bench.dossier))
    return bench.session
