"""Members fill in their sheets and hand them in."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from originmark.mark.evaluation import scoring, steps
from originmark.mark.evaluation.bench import answers_on, current_session
from originmark.mark.evaluation.drafts import SheetDraft
from originmark.mark.evaluation.models import (
    Attendance,
    CouncilMember,
    Dossier,
    KnockOut,
    Score,
    Session,
    Sheet,
)
from originmark.mark.evaluation.rulebooks import set_of
from originmark.mark.evaluation.seats import require_head, require_no_tie, require_seat
from originmark.mark.evaluation.services.dossiers import locked_row, write_step
from originmark.mark.evaluation.services.settling import settle
from originmark.mark.evaluation.session_refusals import (
    NotPresent,
    NotSent,
    SessionNotOpen,
    SheetChanged,
    SheetLocked,
)
from originmark.mark.schemes.star_values import ProductSet
from originmark.origin.parties.access import Actor


@transaction.atomic
def open_sheet(number: str, *, by: Actor, now: datetime) -> Sheet:
    """Return the actor's sheet for a dossier, begun if need be.

    In a later round of scoring it begins with the answers of the one before. Raises
    UnknownDossier, NotAllowed (no seat), ConflictOfInterest, StepOutOfOrder or NotSent.
    """
    dossier = locked_row(number)
    member = require_seat(dossier.round_id, by)
    return _sheet(dossier, member, now=now)


@transaction.atomic
def save_sheet(number: str, draft: SheetDraft, *, by: Actor, now: datetime) -> Sheet:
    """Write answers, remarks and knock-outs on the actor's own sheet.

    Raises what ``open_sheet`` raises, SheetLocked, SheetChanged (saved on another screen since),
    UnknownCriterion, AnswerNotOffered or NoKnockOutHere.
    """
    dossier = locked_row(number)
    sheet = _sheet(dossier, require_seat(dossier.round_id, by), now=now)
    return _save(sheet, draft, now=now)


@transaction.atomic
def hand_in_sheet(
    number: str, draft: SheetDraft | None = None, *, by: Actor, now: datetime
) -> Sheet:
    """Hand in the actor's sheet, saved before or with it: it counts now and does not change.

    Raises what ``save_sheet`` raises, SessionNotOpen, NotPresent or SheetIncomplete.
    """
    dossier = locked_row(number)
    sheet = _sheet(dossier, require_seat(dossier.round_id, by), now=now)
    _require_open(sheet)
    if draft is not None:
        _save(sheet, draft, now=now)
    session = _open_session(dossier)
    there = Attendance.objects.filter(session=session, member=sheet.member, is_present=True)
    if not there.exists():
        raise NotPresent(member=sheet.member.person.name, session=str(session))
    sheet.points = scoring.require_complete(set_of(dossier), answers_on(sheet)).points
    sheet.handed_in_at = now
    sheet.save(update_fields=["handed_in_at", "points"])
    settle(dossier, by=by, now=now)
    return sheet


@transaction.atomic
def score_anew(number: str, *, by: Actor, now: datetime) -> Dossier:
    """Open another round of scoring after the discussion; the sheets of the one before stay.

    Raises UnknownDossier, NotAllowed (neither chair nor secretary), StepOutOfOrder or
    SessionNotOpen.
    """
    dossier = locked_row(number)
    require_head(dossier.round, by)
    steps.require_step(dossier.number, dossier.state, steps.RESCORE)
    _open_session(dossier)
    dossier.turn += 1
    write_step(dossier, steps.SCHEDULED, by=by, now=now)
    return dossier


def _save(sheet: Sheet, draft: SheetDraft, *, now: datetime) -> Sheet:
    _require_open(sheet)
    if draft.version != sheet.version:
        raise SheetChanged(found=sheet.version, expected=draft.version)
    asked = set_of(sheet.dossier)
    _write_scores(sheet, draft, asked)
    _write_knock_outs(sheet, draft.knock_outs, asked)
    sheet.version += 1
    sheet.saved_at = now
    sheet.points = scoring.total(asked, answers_on(sheet)).points
    sheet.save(update_fields=["version", "saved_at", "points"])
    return sheet


def _sheet(dossier: Dossier, member: CouncilMember, *, now: datetime) -> Sheet:
    require_no_tie(member, dossier.organisation)
    steps.require_step(dossier.number, dossier.state, steps.SCORE)
    session = current_session(dossier)
    if session is None or session.sent_on is None:
        raise NotSent(session=str(session or dossier))
    sheet, is_new = Sheet.objects.get_or_create(
        dossier=dossier,
        member=member,
        turn=dossier.turn,
        defaults={"opened_at": now, "saved_at": now},
    )
    sheet.dossier, sheet.member = dossier, member  # known here: no query for them later
    if is_new:
        _take_over(sheet)
    return sheet


def _take_over(sheet: Sheet) -> None:
    """Begin with the answers and knock-outs of the member's sheet before this one."""
    earlier = Sheet.objects.filter(dossier=sheet.dossier, member=sheet.member, turn__lt=sheet.turn)
    before = earlier.order_by("-turn").first()
    if before is None:
        return
    for score in before.scores.all():
        Score.objects.create(
            sheet=sheet, criterion=score.criterion, option=score.option, remark=score.remark
        )
    for mark in before.knock_outs.all():
        KnockOut.objects.create(sheet=sheet, criterion=mark.criterion, reason=mark.reason)
    sheet.points = before.points
    sheet.save(update_fields=["points"])


def _write_scores(sheet: Sheet, draft: SheetDraft, asked: ProductSet) -> None:
    """Write what changed: three queries, whatever the number of lines."""
    there = {score.criterion: score for score in sheet.scores.all()}
    changed: dict[str, Score] = {}
    for code in {**draft.options, **draft.remarks}:
        line = scoring.criterion(asked, code)
        score = there.get(code) or Score(sheet=sheet, criterion=code, option=0)
        option = draft.options.get(code, score.option)
        remark = draft.remarks.get(code, score.remark).strip()[:500]
        if option:
            scoring.checked_option(line, option)
        if (option, remark) != (score.option, score.remark):
            score.option, score.remark = option, remark
            changed[code] = score
    Score.objects.bulk_create([each for code, each in changed.items() if code not in there])
    known = [each for code, each in changed.items() if code in there]
    Score.objects.bulk_update(known, ["option", "remark"])


def _write_knock_outs(sheet: Sheet, said: Mapping[str, str], asked: ProductSet) -> None:
    for code, reason in said.items():
        scoring.require_knock_out(scoring.criterion(asked, code))
        if reason.strip():
            KnockOut.objects.update_or_create(
                sheet=sheet, criterion=code, defaults={"reason": reason.strip()}
            )
        else:
            sheet.knock_outs.filter(criterion=code).delete()


def _require_open(sheet: Sheet) -> None:
    if sheet.handed_in_at is not None:
        raise SheetLocked(member=sheet.member.person.name, dossier=sheet.dossier.number)


def _open_session(dossier: Dossier) -> Session:
    session = current_session(dossier)
    if session is None or not session.is_open:
        raise SessionNotOpen(session=str(session or dossier))
    return session
