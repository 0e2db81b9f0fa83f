"""Taking an application for a geographical indication from stage to stage."""

import secrets
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from originmark.mark.schemes import gi_refusals as refusals
from originmark.mark.schemes import gi_rules as rules
from originmark.mark.schemes import gi_selectors as selectors
from originmark.mark.schemes import gi_values as values
from originmark.mark.schemes.drafts import RightDraft
from originmark.mark.schemes.gi_models import GiApplication, GiDecision
from originmark.mark.schemes.gi_values import Stage
from originmark.mark.schemes.services.gi import APPLY, DECIDE, locked, record_step, wrong_stage
from originmark.mark.schemes.services.rights import record_right
from originmark.origin.parties.access import Actor


@dataclass(frozen=True, slots=True)
class Registration:
    """Where the authority registered the name."""

    authority: str
    register: str
    right_number: str
    registered_on: date
    valid_until: date | None = None
    brand_code: str = ""


@transaction.atomic
def submit_gi(number: str, *, note: str = "", by: Actor, now: datetime) -> GiApplication:
    """Hand a draft to the office. Raises GiIncomplete with every gap, or WrongGiStage."""
    row = locked(number, APPLY, by)
    stage = _following(row, values.SUBMITTED)
    if gaps := selectors.gi_gaps(row):
        raise refusals.GiIncomplete(tuple(gaps))
    return _enter(row, stage, note, by=by, now=now)


@transaction.atomic
def withdraw_gi(number: str, *, note: str = "", by: Actor, now: datetime) -> GiApplication:
    """Take an application back. Raises UnknownGiApplication or WrongGiStage."""
    row = locked(number, APPLY, by)
    return _aside(row, values.WITHDRAWN, values.WITHDRAWN, note, by=by, now=now)


@transaction.atomic
def advance_gi(number: str, *, note: str = "", by: Actor, now: datetime) -> GiApplication:
    """Take an application to the next stage of examination of its procedure.

    Leaving an opposition asks for the same as a decision. Raises UnknownGiApplication,
    WrongGiStage, OppositionRuns or OppositionsUndecided.
    """
    row = locked(number, DECIDE, by)
    stage = _following(row, values.EXAMINATION)
    if row.phase == values.OPPOSITION:
        _require_unopposed(row, now)
    return _enter(row, stage, note, by=by, now=now)


@transaction.atomic
def return_gi(number: str, *, note: str, by: Actor, now: datetime) -> GiApplication:
    """Send an application back to the applicant, with a reason; it is judged anew afterwards.

    Raises UnknownGiApplication, WrongGiStage or ReasonMissing.
    """
    row = locked(number, DECIDE, by)
    first = selectors.procedure_of(row).first.code
    return _aside(row, values.PREPARED, first, note, by=by, now=now)


@transaction.atomic
def publish_gi(
    number: str, *, until: date | None = None, note: str = "", by: Actor, now: datetime
) -> GiApplication:
    """Publish an application; everybody may oppose to the last day, which counts.

    The procedure gives that day, counted from today; where it does not, ``until`` is needed.
    Raises UnknownGiApplication, WrongGiStage, NotReady with every property that is not judged
    or not shown, OppositionTermMissing, OppositionTermFixed or OppositionTooShort.
    """
    row = locked(number, DECIDE, by)
    stage = _following(row, values.OPPOSITION)
    if unready := selectors.gi_unready(row):
        raise refusals.NotReady(tuple(unready))
    if row.phase == values.OPPOSITION:
        _require_unopposed(row, now)
    today = timezone.localtime(now).date()
    ends = stage.term.after(today) if stage.term else None
    row.oppose_until = rules.last_day(term_ends=ends, until=until, today=today)
    return _enter(row, stage, note, by=by, now=now)


@transaction.atomic
def grant_gi(number: str, *, note: str, by: Actor, now: datetime) -> GiApplication:
    """Decide that the name is to be protected, with reasons.

    Raises UnknownGiApplication, WrongGiStage, OppositionRuns, OppositionsUndecided,
    OppositionUpheld or ReasonMissing.
    """
    row = locked(number, DECIDE, by)
    stage = _following(row, values.DECIDED)
    _require_unopposed(row, now)
    row = _enter(row, stage, note, by=by, now=now)
    _decide(row, GiDecision.Outcome.GRANTED, note, by=by, now=now)
    return row


@transaction.atomic
def refuse_gi(number: str, *, note: str, by: Actor, now: datetime) -> GiApplication:
    """Decide that the name is not to be protected, with reasons.

    Raises UnknownGiApplication, WrongGiStage, OppositionsUndecided or ReasonMissing.
    """
    row = locked(number, DECIDE, by)
    if rules.turns_aside(row.phase, values.REFUSED):
        _require_decided(row)
    row = _aside(row, values.REFUSED, values.REFUSED, note, by=by, now=now)
    _decide(row, GiDecision.Outcome.REFUSED, note, by=by, now=now)
    return row


@transaction.atomic
def register_gi(
    number: str, found: Registration, *, note: str = "", by: Actor, now: datetime
) -> GiApplication:
    """Record that the authority registered a granted name: it stands in the list of rights.

    Raises UnknownGiApplication, WrongGiStage, or what ``record_right`` raises.
    """
    row = locked(number, DECIDE, by)
    stage = _following(row, values.REGISTERED)
    draft = RightDraft(
        kind=row.kind,
        authority=found.authority,
        register=found.register,
        number=found.right_number,
        name=row.name,
        country=row.country,
        status="registered",
        product_class=row.product,
        registered_on=found.registered_on,
        valid_until=found.valid_until,
    )
    row.right = record_right(draft, brand_code=found.brand_code, source=number, by=by, now=now)
    return _enter(row, stage, note, by=by, now=now)


def _following(row: GiApplication, phase: str) -> Stage:
    stage = selectors.next_stage(row)
    if stage is None or stage.role != phase or not rules.goes_on(row.phase, phase):
        raise wrong_stage(row)
    return stage


def _require_decided(row: GiApplication) -> None:
    if undecided := row.oppositions.filter(outcome="").count():
        raise refusals.OppositionsUndecided(number=row.number, count=undecided)


def _require_unopposed(row: GiApplication, now: datetime) -> None:
    """Refuse while somebody may still oppose, waits for an outcome, or was right."""
    blocked = selectors.gi_blocked(row, timezone.localtime(now).date())
    if blocked:
        raise blocked[0]


def _enter(
    row: GiApplication, stage: Stage, note: str, *, by: Actor, now: datetime
) -> GiApplication:
    today = timezone.localtime(now).date()
    is_limited = stage.term is not None and stage.role != values.OPPOSITION
    row.due_on = stage.term.after(today) if stage.term and is_limited else None
    return _move(row, stage.role, stage.code, note, by=by, now=now)


def _aside(
    row: GiApplication, phase: str, stage: str, note: str, *, by: Actor, now: datetime
) -> GiApplication:
    if not rules.turns_aside(row.phase, phase):
        raise wrong_stage(row)
    row.due_on = None
    return _move(row, phase, stage, note, by=by, now=now)


def _move(
    row: GiApplication, phase: str, stage: str, note: str, *, by: Actor, now: datetime
) -> GiApplication:
    if phase in rules.WITH_REASON and not note.strip():
        raise refusals.ReasonMissing(number=row.number)
    row.phase, row.stage = phase, stage
    row.save()
    record_step(row, note, by=by, now=now)
    return row


def _decide(row: GiApplication, outcome: str, reason: str, *, by: Actor, now: datetime) -> None:
    GiDecision.objects.create(
        application=row,
        outcome=outcome,
        reason=reason.strip(),
        code=secrets.token_urlsafe(18),
        decided_at=now,
        decided_by=by.name,
    )
