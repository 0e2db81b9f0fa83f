"""Writing an application for a new geographical indication; its stages are in ``gi_moves``."""

from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from originmark.frame.web.uploads import Upload, checked_paper
from originmark.mark.schemes import gi_refusals as refusals
from originmark.mark.schemes import gi_rules as rules
from originmark.mark.schemes import gi_selectors as selectors
from originmark.mark.schemes import gi_values as values
from originmark.mark.schemes.countries import country_names
from originmark.mark.schemes.gi_models import GiApplication, GiDocument, GiLink, GiStep
from originmark.mark.schemes.rulebook_selectors import gi_procedure_for, gi_procedure_of
from originmark.mark.schemes.rules import UnknownBoundary
from originmark.origin.parties import access
from originmark.origin.parties.access import Actor
from originmark.origin.places import selectors as places

APPLY, DECIDE = "schemes.gi_apply", "schemes.gi_decide"


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


@transaction.atomic
def begin_gi(draft: GiDraft, *, organisation_id: int, by: Actor, now: datetime) -> GiApplication:
    """Begin an application under the procedure in force for its kind of right and country.

    Raises UnknownBoundary or NoGiProcedure.
    """
    access.require(by, APPLY, organisation_id=organisation_id)
    _check_boundary(draft.boundary_code)
    today = timezone.localtime(now).date()
    procedure = gi_procedure_for(draft.kind, draft.country, today)
    if procedure is None:
        raise refusals.NoGiProcedure(kind=_kind(draft.kind), country=country_names(draft.country))
    row = GiApplication.objects.create(
        number=_next_number(today.year),
        organisation_id=organisation_id,
        procedure=procedure,
        stage=gi_procedure_of(procedure).first.code,
        created_at=now,
        created_by=by.name,
        **asdict(draft),
    )
    record_step(row, "", by=by, now=now)
    return row


@transaction.atomic
def change_gi(number: str, draft: GiDraft, *, by: Actor) -> GiApplication:
    """Change a draft.

    Raises UnknownGiApplication, WrongGiStage, UnknownBoundary or OtherProcedure.
    """
    row = editable(number, by)
    _check_boundary(draft.boundary_code)
    if not selectors.procedure_of(row).fits(draft.kind, draft.country):
        raise refusals.OtherProcedure(
            procedure=row.procedure.title,
            kind=_kind(draft.kind),
            country=country_names(draft.country),
        )
    for field, value in asdict(draft).items():
        setattr(row, field, value)
    row.save()
    return row


@transaction.atomic
def add_link(number: str, draft: GiLinkDraft, *, by: Actor) -> GiLink:
    """Tie a quality to the place, in a draft. Raises UnknownGiApplication or WrongGiStage."""
    return GiLink.objects.create(application=editable(number, by), **asdict(draft))


@transaction.atomic
def remove_link(number: str, link_id: int, *, by: Actor) -> None:
    """Take a link out of a draft. Raises UnknownGiApplication or WrongGiStage."""
    for link in editable(number, by).links.filter(pk=link_id):
        link.delete()


@transaction.atomic
def add_document(number: str, file: Upload, *, title: str, by: Actor, now: datetime) -> GiDocument:
    """File a PDF or picture at the stage of an open application, by the applicant or the office.

    Raises UnknownGiApplication, WrongGiStage or a refusal of uploads.
    """
    row = locked(number, APPLY, by)
    if row.phase not in rules.OPEN:
        raise wrong_stage(row)
    return file_paper(row, file, title=title, by=by, now=now)


def file_paper(
    row: GiApplication, file: Upload, *, title: str, by: Actor, now: datetime
) -> GiDocument:
    """File a checked paper at the stage where a locked application stands."""
    paper = checked_paper(file, title)
    document = GiDocument(
        application=row, stage=row.stage, title=title, name=paper.name, sha256=paper.sha256,
        filed_at=now, filed_by=by.name,
    )  # fmt: skip
    document.file.save(paper.stored_as, paper.content, save=False)
    document.save()
    return document


def locked(number: str, permission: str, by: Actor) -> GiApplication:
    """Return an application for changing, if the actor may; raises UnknownGiApplication."""
    rows = GiApplication.objects.select_for_update(of=("self",))
    row = rows.select_related("organisation", "procedure").filter(number=number).first()
    if row is None:
        raise refusals.UnknownGiApplication(number=number)
    access.require(by, permission, organisation_id=row.organisation_id)
    return row


def editable(number: str, by: Actor) -> GiApplication:
    """Return a draft for changing, if the actor may.

    Raises UnknownGiApplication or WrongGiStage.
    """
    row = locked(number, APPLY, by)
    if row.phase != values.PREPARED:
        raise wrong_stage(row)
    return row


def wrong_stage(row: GiApplication) -> refusals.WrongGiStage:
    """Return the refusal of a step that does not follow."""
    return refusals.WrongGiStage(number=row.number, stage=selectors.stage_name(row))


def record_step(row: GiApplication, note: str, *, by: Actor, now: datetime) -> None:
    """Note that an application reached its stage."""
    GiStep.objects.create(
        application=row, stage=row.stage, note=note.strip(), at=now, by_name=by.name
    )


def _kind(code: str) -> str:
    return str(GiApplication.Kind(code).label)


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
