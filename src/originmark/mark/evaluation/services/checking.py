"""The office and the commune look at a dossier before the council does."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from originmark.mark.evaluation import rulebooks, steps
from originmark.mark.evaluation.drafts import ContentCheck
from originmark.mark.evaluation.models import Dossier, PreCheckLine
from originmark.mark.evaluation.services.dossiers import locked, locked_row, write_step
from originmark.mark.evaluation.services.rounds import locked_round
from originmark.mark.evaluation.step_refusals import (
    AnotherRulebook,
    DayIsPast,
    PreCheckMissing,
    SayWhat,
)
from originmark.origin.parties import access
from originmark.origin.parties.access import Actor

RUN = "evaluation.run"


@transaction.atomic
def pre_check(
    number: str, found: Sequence[ContentCheck], *, note: str = "", by: Actor, now: datetime
) -> Dossier:
    """Record what the level that only checks found, and propose the dossier.

    Done by a recorder of the authority of the applicant's place, or by the office. Raises
    NotAllowed, UnknownDossier, StepOutOfOrder or SayWhat (a content is not confirmed and nobody
    says why).
    """
    dossier = locked_row(number)
    access.require(by, "evaluation.pre_check", organisation_id=dossier.checker_id)
    steps.require_step(dossier.number, dossier.state, steps.PRE_CHECK)
    if any(not each.is_confirmed and not each.remark.strip() for each in found):
        raise SayWhat(step=steps.PRE_CHECK)
    dossier.pre_check.all().delete()
    for each in found:
        PreCheckLine.objects.create(
            dossier=dossier,
            content=each.content,
            is_confirmed=each.is_confirmed,
            remark=each.remark.strip(),
            checked_at=now,
            checked_by=by.name,
        )
    write_step(dossier, steps.PRE_CHECKED, by=by, now=now, note=note.strip())
    return dossier


@transaction.atomic
def ask_for(number: str, what: str, *, until: date, by: Actor, now: datetime) -> Dossier:
    """Give a dossier back: what is needed, and until when.

    Raises NotAllowed, UnknownDossier, StepOutOfOrder, SayWhat or DayIsPast.
    """
    dossier = locked(number, by=by, permission=RUN)
    steps.require_step(dossier.number, dossier.state, steps.ASK)
    today = timezone.localdate(now)
    if not what.strip():
        raise SayWhat(step=steps.ASK)
    if until < today:
        raise DayIsPast(day=until, today=today)
    dossier.action_needed, dossier.action_until = what.strip(), until
    write_step(dossier, steps.ACTION_NEEDED, by=by, now=now, note=what.strip())
    return dossier


@transaction.atomic
def accept_dossier(number: str, *, note: str = "", by: Actor, now: datetime) -> Dossier:
    """Take a dossier as complete in form and content: it can go to the council.

    Raises NotAllowed, UnknownDossier, StepOutOfOrder or PreCheckMissing.
    """
    dossier = locked(number, by=by, permission=RUN)
    steps.require_step(dossier.number, dossier.state, steps.ACCEPT)
    scheme = rulebooks.scheme_of(dossier)
    level = rulebooks.checking_level(scheme, dossier.level)
    is_new = dossier.before_id is None  # what comes from another level was checked before
    if level is not None and is_new and not dossier.pre_check.exists():
        raise PreCheckMissing(
            dossier=dossier.number,
            scheme=scheme.code,
            version=scheme.version,
            level=level.name.english,
        )
    write_step(dossier, steps.ACCEPTED, by=by, now=now, note=note.strip())
    return dossier


@transaction.atomic
def enter_round(number: str, round_code: str, *, by: Actor) -> Dossier:
    """Enter a dossier that came from another level into a round of this one.

    Raises NotAllowed, UnknownDossier, UnknownRound or AnotherRulebook.
    """
    dossier = locked(number, by=by, permission=RUN)
    round_ = locked_round(round_code)
    found = (dossier.scheme_code, dossier.scheme_version, dossier.level)
    expected = (round_.scheme_code, round_.scheme_version, round_.level)
    if found != expected:
        raise AnotherRulebook(
            dossier=dossier.number,
            found=_words(found),
            round=round_.name,
            expected=_words(expected),
        )
    dossier.round = round_
    dossier.save(update_fields=["round"])
    return dossier


def _words(what: tuple[str, int, str]) -> str:
    scheme, version, level = what
    return f"{scheme} v{version}, {level}"
