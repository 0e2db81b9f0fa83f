"""Commands on oppositions to a published application."""

from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from originmark.frame.web.uploads import Upload, checked_paper
from originmark.mark.schemes import gi_refusals as refusals
from originmark.mark.schemes import gi_rules as rules
from originmark.mark.schemes import gi_selectors as selectors
from originmark.mark.schemes import gi_values as values
from originmark.mark.schemes.gi_models import GiApplication, GiHearing, GiOpposition
from originmark.mark.schemes.services.gi import APPLY, DECIDE, wrong_stage
from originmark.origin.parties import access
from originmark.origin.parties.access import Actor


@dataclass(frozen=True, slots=True)
class OppositionDraft:
    """What somebody says against a name."""

    who: str
    contact: str
    grounds: str
    evidence: str = ""
    ground: str = ""
    """Code of a ground, where the procedure lists grounds."""


@dataclass(frozen=True, slots=True)
class HearingDraft:
    """What was said when both sides were heard."""

    held_on: date
    present: str
    notes: str
    place: str = ""


@transaction.atomic
def oppose_gi(
    number: str, draft: OppositionDraft, file: Upload | None = None, *, now: datetime
) -> GiOpposition:
    """Take an opposition from anybody while the application may be opposed.

    Raises UnknownGiApplication (also where it is not published), OppositionClosed, UnknownGround
    or a refusal of uploads.
    """
    rows = GiApplication.objects.select_for_update(of=("self",)).select_related("procedure")
    row = rows.filter(number=number, phase=values.OPPOSITION).first()
    if row is None or row.oppose_until is None:
        raise refusals.UnknownGiApplication(number=number)
    today = timezone.localtime(now).date()
    if not rules.may_oppose(phase=row.phase, until=row.oppose_until, on=today):
        raise refusals.OppositionClosed(number=number, until=row.oppose_until)
    known = tuple(code for code, _name in selectors.procedure_of(row).grounds)
    if draft.ground not in (known or ("",)):
        raise refusals.UnknownGround(found=draft.ground, known=known or ("–",))
    made = GiOpposition(application=row, received_at=now, **asdict(draft))
    if file is not None:
        paper = checked_paper(file, draft.who)
        made.file_name, made.sha256 = paper.name, paper.sha256
        made.file.save(paper.stored_as, paper.content, save=False)
    made.save()
    return made


@transaction.atomic
def record_hearing(
    opposition_id: int, draft: HearingDraft, *, by: Actor, now: datetime
) -> GiHearing:
    """Note what was said at a hearing that was held, for the office.

    Raises UnknownOpposition, OppositionDecided, WrongGiStage or HearingAhead.
    """
    row = _undecided(opposition_id, DECIDE, by)
    today = timezone.localtime(now).date()
    if draft.held_on > today:
        raise refusals.HearingAhead(held_on=draft.held_on, today=today)
    return GiHearing.objects.create(
        opposition=row, recorded_at=now, recorded_by=by.name, **asdict(draft)
    )


@transaction.atomic
def answer_opposition(opposition_id: int, *, answer: str, by: Actor, now: datetime) -> GiOpposition:
    """Answer an opposition for the applicant, until it is decided.

    Raises UnknownOpposition, OppositionDecided or WrongGiStage.
    """
    row = _undecided(opposition_id, APPLY, by)
    row.answer, row.answered_by, row.answered_at = answer.strip(), by.name, now
    row.save(update_fields=["answer", "answered_by", "answered_at"])
    return row


@transaction.atomic
def decide_opposition(
    opposition_id: int, *, outcome: str, note: str, by: Actor, now: datetime
) -> GiOpposition:
    """Decide an opposition with a reason, for the office.

    Raises UnknownOpposition, OppositionDecided, WrongGiStage or ReasonMissing.
    """
    row = _undecided(opposition_id, DECIDE, by)
    if not note.strip():
        raise refusals.ReasonMissing(number=row.application.number)
    row.outcome, row.reason = outcome, note.strip()
    row.decided_at, row.decided_by = now, by.name
    row.save(update_fields=["outcome", "reason", "decided_at", "decided_by"])
    return row


def _undecided(opposition_id: int, permission: str, by: Actor) -> GiOpposition:
    rows = GiOpposition.objects.select_for_update(of=("self",)).select_related(
        "application__procedure"
    )
    row = rows.filter(pk=opposition_id).first()
    if row is None:
        raise refusals.UnknownOpposition(opposition=opposition_id)
    access.require(by, permission, organisation_id=row.application.organisation_id)
    if row.outcome:
        raise refusals.OppositionDecided(who=row.who)
    if row.application.phase != values.OPPOSITION:
        raise wrong_stage(row.application)
    return row
