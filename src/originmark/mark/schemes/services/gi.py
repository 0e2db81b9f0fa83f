"""Commands on applications for a new geographical indication."""

import uuid
from dataclasses import asdict, dataclass
from datetime import date, datetime
from pathlib import PurePath
from typing import Final

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from originmark.frame.web.uploads import Upload, check_document
from originmark.mark.schemes import gi_rules as rules
from originmark.mark.schemes import gi_selectors as selectors
from originmark.mark.schemes.drafts import RightDraft
from originmark.mark.schemes.gi_models import GiApplication, GiDocument, GiLink, GiStep
from originmark.mark.schemes.rules import UnknownBoundary
from originmark.mark.schemes.services.rights import record_right
from originmark.origin.parties import access
from originmark.origin.parties.access import Actor
from originmark.origin.places import selectors as places

APPLY, DECIDE = "schemes.gi_apply", "schemes.gi_decide"
ENDINGS: Final = {
    "application/pdf": ".pdf",
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/webp": ".webp",
}


@dataclass(frozen=True, slots=True)
class GiDraft:
    """What the applicant says; a part of the specification may still be empty."""

    name: str
    product: str
    kind: str
    country: str
    boundary_code: str = ""
    description: str = ""
    area: str = ""
    proof_of_origin: str = ""
    method: str = ""
    link: str = ""
    labelling: str = ""
    control_body: str = ""


@dataclass(frozen=True, slots=True)
class GiLinkDraft:
    """One link between a quality and the place."""

    characteristic: str
    factor_kind: str
    factor: str
    evidence_kind: str
    evidence: str


@dataclass(frozen=True, slots=True)
class Registration:
    """Where the authority registered the name."""

    authority: str
    register: str
    right_number: str
    registered_on: date
    brand_code: str = ""


@transaction.atomic
def begin_gi(draft: GiDraft, *, organisation_id: int, by: Actor, now: datetime) -> GiApplication:
    """Begin an application as a draft. Raises UnknownBoundary."""
    access.require(by, APPLY, organisation_id=organisation_id)
    _check_boundary(draft.boundary_code)
    row = GiApplication.objects.create(
        number=_next_number(timezone.localtime(now).year),
        organisation_id=organisation_id,
        created_at=now,
        created_by=by.name,
        **asdict(draft),
    )
    _step(row, "", by=by, now=now)
    return row


@transaction.atomic
def change_gi(number: str, draft: GiDraft, *, by: Actor) -> GiApplication:
    """Change a draft. Raises UnknownGiApplication, WrongGiStage or UnknownBoundary."""
    row = _editable(number, by)
    _check_boundary(draft.boundary_code)
    for field, value in asdict(draft).items():
        setattr(row, field, value)
    row.save()
    return row


@transaction.atomic
def add_link(number: str, draft: GiLinkDraft, *, by: Actor) -> GiLink:
    """Tie a quality to the place, in a draft. Raises UnknownGiApplication or WrongGiStage."""
    return GiLink.objects.create(application=_editable(number, by), **asdict(draft))


@transaction.atomic
def remove_link(number: str, link_id: int, *, by: Actor) -> None:
    """Take a link out of a draft. Raises UnknownGiApplication or WrongGiStage."""
    for link in _editable(number, by).links.filter(pk=link_id):
        link.delete()


@transaction.atomic
def add_document(number: str, file: Upload, *, title: str, by: Actor, now: datetime) -> GiDocument:
    """File a PDF or picture while the application is open, by the applicant or the office.

    Raises UnknownGiApplication, WrongGiStage or a refusal of uploads.
    """
    row = locked(number, APPLY, by)
    if row.stage not in rules.OPEN:
        raise wrong_stage(row)
    ending = ENDINGS[check_document(file)]
    name = f"{PurePath(file.name or title).stem[:190]}{ending}"
    paper = GiDocument(application=row, title=title, name=name, filed_at=now, filed_by=by.name)
    paper.file.save(f"{uuid.uuid4()}{ending}", ContentFile(file.read()), save=False)
    paper.save()
    return paper


@transaction.atomic
def submit_gi(number: str, *, note: str = "", by: Actor, now: datetime) -> GiApplication:
    """Hand a draft to the office. Raises GiIncomplete with every gap, or WrongGiStage."""
    row = locked(number, APPLY, by)
    _require_follows(row, rules.SUBMITTED)
    if gaps := selectors.gi_gaps(row):
        raise rules.GiIncomplete(tuple(gaps))
    return _move(row, rules.SUBMITTED, note, by=by, now=now)


@transaction.atomic
def withdraw_gi(number: str, *, note: str = "", by: Actor, now: datetime) -> GiApplication:
    """Take an application back. Raises UnknownGiApplication or WrongGiStage."""
    return _move(locked(number, APPLY, by), rules.WITHDRAWN, note, by=by, now=now)


@transaction.atomic
def examine_gi(number: str, stage: str, *, note: str, by: Actor, now: datetime) -> GiApplication:
    """Take an application to formal check or expert review, send it back, or refuse it.

    Sending back (to the stage ``draft``) and refusing need a reason. Raises
    UnknownGiApplication, WrongGiStage or ReasonMissing.
    """
    row = locked(number, DECIDE, by)
    if stage not in (rules.FORMAL_CHECK, rules.EXPERT_REVIEW, rules.DRAFT, rules.REFUSED):
        raise wrong_stage(row)
    return _move(row, stage, note, by=by, now=now)


@transaction.atomic
def publish_gi(
    number: str, *, until: date, note: str = "", by: Actor, now: datetime
) -> GiApplication:
    """Publish an application; everybody may oppose until a day, which counts.

    Raises UnknownGiApplication, WrongGiStage or OppositionTooShort.
    """
    row = locked(number, DECIDE, by)
    _require_follows(row, rules.PUBLISHED)
    today = timezone.localtime(now).date()
    if until <= today:
        raise rules.OppositionTooShort(until=until, today=today)
    row.oppose_until = until
    return _move(row, rules.PUBLISHED, note, by=by, now=now)


@transaction.atomic
def register_gi(
    number: str, found: Registration, *, note: str, by: Actor, now: datetime
) -> GiApplication:
    """Record that the authority registered the name: the right stands in the list of rights.

    Raises WrongGiStage, OppositionRuns, OppositionsUndecided, ReasonMissing, or what
    ``record_right`` raises.
    """
    row = locked(number, DECIDE, by)
    _require_follows(row, rules.REGISTERED)
    if row.oppose_until is not None and timezone.localtime(now).date() <= row.oppose_until:
        raise rules.OppositionRuns(number=number, until=row.oppose_until)
    if undecided := row.oppositions.filter(outcome="").count():
        raise rules.OppositionsUndecided(number=number, count=undecided)
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
    )
    row.right = record_right(draft, brand_code=found.brand_code, source=number, by=by, now=now)
    return _move(row, rules.REGISTERED, note, by=by, now=now)


def locked(number: str, permission: str, by: Actor) -> GiApplication:
    """Return an application for changing, if the actor may; raises UnknownGiApplication."""
    rows = GiApplication.objects.select_for_update(of=("self",)).select_related("organisation")
    row = rows.filter(number=number).first()
    if row is None:
        raise rules.UnknownGiApplication(number=number)
    access.require(by, permission, organisation_id=row.organisation_id)
    return row


def wrong_stage(row: GiApplication) -> rules.WrongGiStage:
    """Return the refusal of a step that does not follow."""
    return rules.WrongGiStage(number=row.number, stage=str(row.get_stage_display()))


def _require_follows(row: GiApplication, stage: str) -> None:
    if not rules.follows(row.stage, stage):
        raise wrong_stage(row)


def _editable(number: str, by: Actor) -> GiApplication:
    row = locked(number, APPLY, by)
    if row.stage != rules.DRAFT:
        raise wrong_stage(row)
    return row


def _move(row: GiApplication, stage: str, note: str, *, by: Actor, now: datetime) -> GiApplication:
    _require_follows(row, stage)
    if stage in rules.WITH_REASON and not note.strip():
        raise rules.ReasonMissing(number=row.number)
    row.stage = stage
    row.save()
    _step(row, note, by=by, now=now)
    return row


def _step(row: GiApplication, note: str, *, by: Actor, now: datetime) -> None:
    GiStep.objects.create(
        application=row, stage=row.stage, note=note.strip(), at=now, by_name=by.name
    )


def _check_boundary(code: str) -> None:
    try:
        if code:
            places.boundary(code)
    except places.UnknownPlace:
        raise UnknownBoundary(boundary=code) from None


def _next_number(year: int) -> str:
    stem = f"GI-{year}-"
    rows = GiApplication.objects.select_for_update().filter(number__startswith=stem)
    taken = [int(number[len(stem) :]) for number in rows.values_list("number", flat=True)]
    return f"{stem}{max(taken, default=0) + 1:04d}"
