"""Commands on visits: plan them, take samples and photos, say what was found."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime

from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.utils import timezone

from originmark.frame.web.uploads import ENDINGS, Upload, check_picture
from originmark.mark.evaluation import checks_rules as rules
from originmark.mark.evaluation.models.checks import CheckPhoto, FieldCheck, Sample
from originmark.mark.evaluation.models.dossiers import Dossier
from originmark.mark.evaluation.models.stars import Star
from originmark.origin.parties import access
from originmark.origin.parties.access import Actor


@dataclass(frozen=True, slots=True)
class SampleDraft:
    """Units that were taken and sealed, and who has them now."""

    units: int
    seal_number: str
    taken_on: date
    handed_to: str
    note: str = ""


@transaction.atomic
def plan_check(
    number: str, *, kind: str, planned_on: date, purpose: str = "", by: Actor
) -> FieldCheck:
    """Plan a visit for a star or a dossier with this number.

    Raises NothingToCheck.
    """
    access.require(by, "evaluation.plan_checks")
    star = Star.objects.filter(number=number).first()
    dossier = None if star else Dossier.objects.filter(number=number).first()
    about = star or dossier
    if about is None:
        raise rules.NothingToCheck(number=number)
    return FieldCheck.objects.create(
        kind=kind,
        star=star,
        dossier=dossier,
        organisation_id=about.organisation_id,
        planned_on=planned_on,
        planned_by=by.name,
        purpose=purpose.strip(),
    )


@transaction.atomic
def record_check(
    check_id: int, *, result: str, findings: str, on: date, by: Actor, now: datetime
) -> FieldCheck:
    """Say what a visit found, once.

    Raises UnknownCheck, CheckIsDone, CheckInTheFuture, or FindingsMissing for a check that is
    not in order.
    """
    check = _open(check_id, by)
    _not_after_today(on, now)
    if result != FieldCheck.Result.IN_ORDER and not findings.strip():
        raise rules.FindingsMissing(number=check.about)
    check.result, check.findings = result, findings.strip()
    check.done_on, check.done_by = on, by.name
    check.save(update_fields=["result", "findings", "done_on", "done_by"])
    return check


@transaction.atomic
def take_sample(check_id: int, draft: SampleDraft, *, by: Actor, now: datetime) -> Sample:
    """Record a sealed sample.

    Raises UnknownCheck, CheckIsDone, CheckInTheFuture, SampleIncomplete or SealTaken.
    """
    check = _open(check_id, by)
    _not_after_today(draft.taken_on, now)
    seal, handed_to = draft.seal_number.strip(), draft.handed_to.strip()
    if draft.units < 1 or not seal or not handed_to:
        raise rules.SampleIncomplete(units=draft.units, seal=seal, handed_to=handed_to)
    if earlier := Sample.objects.filter(seal_number=seal).first():
        raise rules.SealTaken(seal=seal, number=earlier.check_made.about)
    try:
        with transaction.atomic():
            return Sample.objects.create(
                check_made=check,
                units=draft.units,
                seal_number=seal,
                taken_on=draft.taken_on,
                taken_by=by.name,
                handed_to=handed_to,
                note=draft.note.strip(),
            )
    except IntegrityError:  # somebody recorded this seal a moment ago
        raise rules.SealTaken(seal=seal, number=check.about) from None


@transaction.atomic
def add_photo(check_id: int, file: Upload, *, caption: str, by: Actor, now: datetime) -> CheckPhoto:
    """Keep a photo of what was found; raises UnknownCheck, CheckIsDone or what is no picture."""
    check = _open(check_id, by)
    ending = ENDINGS[check_picture(file)]
    photo = CheckPhoto(check_made=check, caption=caption.strip(), taken_at=now, taken_by=by.name)
    photo.photo.save(f"{uuid.uuid4()}{ending}", ContentFile(file.read()), save=False)
    photo.save(force_insert=True)
    return photo


def _open(check_id: int, by: Actor) -> FieldCheck:
    access.require(by, "evaluation.record_checks")
    rows = FieldCheck.objects.select_for_update(of=("self",)).select_related("star", "dossier")
    check = rows.filter(pk=check_id).first()
    if check is None:
        raise rules.UnknownCheck(check=str(check_id))
    if check.done_on:
        raise rules.CheckIsDone(number=check.about, done_on=check.done_on)
    return check


def _not_after_today(on: date, now: datetime) -> None:
    today = timezone.localtime(now).date()
    if on > today:
        raise rules.CheckInTheFuture(on=on, today=today)
