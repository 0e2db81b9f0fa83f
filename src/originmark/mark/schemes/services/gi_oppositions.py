"""Commands on oppositions to a published application."""

from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from originmark.mark.schemes import gi_rules as rules
from originmark.mark.schemes.gi_models import GiApplication, GiOpposition
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


@transaction.atomic
def oppose_gi(number: str, draft: OppositionDraft, *, now: datetime) -> GiOpposition:
    """Take an opposition from anybody while the application may be opposed.

    Raises UnknownGiApplication (also where it is not published) or OppositionClosed.
    """
    rows = GiApplication.objects.select_for_update()
    row = rows.filter(number=number, stage=rules.PUBLISHED).first()
    if row is None or row.oppose_until is None:
        raise rules.UnknownGiApplication(number=number)
    today = timezone.localtime(now).date()
    if not rules.may_oppose(stage=row.stage, until=row.oppose_until, on=today):
        raise rules.OppositionClosed(number=number, until=row.oppose_until)
    return GiOpposition.objects.create(application=row, received_at=now, **asdict(draft))


@transaction.atomic
def answer_opposition(opposition_id: int, *, answer: str, by: Actor) -> GiOpposition:
    """Answer an opposition for the applicant, until it is decided.

    Raises UnknownOpposition, OppositionDecided or WrongGiStage.
    """
    row = _undecided(opposition_id, APPLY, by)
    row.answer, row.answered_by = answer.strip(), by.name
    row.save(update_fields=["answer", "answered_by"])
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
        raise rules.ReasonMissing(number=row.application.number)
    row.outcome, row.reason = outcome, note.strip()
    row.decided_at, row.decided_by = now, by.name
    row.save(update_fields=["outcome", "reason", "decided_at", "decided_by"])
    return row


def _undecided(opposition_id: int, permission: str, by: Actor) -> GiOpposition:
    rows = GiOpposition.objects.select_for_update(of=("self",)).select_related("application")
    row = rows.filter(pk=opposition_id).first()
    if row is None:
        raise rules.UnknownOpposition(opposition=opposition_id)
    access.require(by, permission, organisation_id=row.application.organisation_id)
    if row.outcome:
        raise rules.OppositionDecided(who=row.who)
    if row.application.stage != rules.PUBLISHED:
        raise wrong_stage(row.application)
    return row
