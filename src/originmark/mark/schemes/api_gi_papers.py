"""Papers, evidence and judgements of an application, and the paper of its decision."""

from http import HTTPStatus
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import get_language
from ninja import File, Form, Router, Status, UploadedFile

from originmark.frame.web import clock, files
from originmark.frame.web.uploads import ENDINGS
from originmark.mark.schemes import gi_selectors as selectors
from originmark.mark.schemes.gi_models import GiDocument
from originmark.mark.schemes.gi_proof_models import GiEvidence
from originmark.mark.schemes.gi_schemas import (
    GiEvidenceIn,
    GiEvidenceOut,
    GiJudgementIn,
    GiPaperIn,
    GiPaperOut,
    GiPropertyOut,
)
from originmark.mark.schemes.services import gi as services
from originmark.mark.schemes.services import gi_proofs as proofs
from originmark.mark.schemes.views.gi_papers import decision_answer
from originmark.origin.parties import access

router = Router()


def answers_file(*media_types: str) -> dict[str, Any]:
    """Return how the description of the API says that an address answers a file."""
    content = {each: {"schema": {"type": "string", "format": "binary"}} for each in media_types}
    return {"responses": {HTTPStatus.OK.value: {"description": "The file", "content": content}}}


PAPER: Final = answers_file(*ENDINGS)


@router.post("/{number}/papers", response={201: GiPaperOut}, summary="File a paper")
def post_paper(
    request: HttpRequest, number: str, file: File[UploadedFile], body: Form[GiPaperIn]
) -> Status[GiDocument]:
    """File a PDF or picture at the stage of an open application, by the applicant or the office."""
    by = access.actor_of(request)
    selectors.gi_application(number, by)
    made = services.add_document(number, file, title=body.title, by=by, now=clock.now())
    return Status(201, made)


@router.get("/{number}/papers/{paper_id}", openapi_extra=PAPER, summary="The content of a paper")
def get_paper(request: HttpRequest, number: str, paper_id: int) -> HttpResponseBase:
    """Answer a paper as it was filed; its SHA-256 is that of these bytes."""
    row = selectors.gi_application(number, access.actor_of(request))
    paper = row.documents.filter(pk=paper_id).first()
    if paper is None:
        raise Http404
    return files.downloaded(paper.file, paper.name)


@router.post(
    "/{number}/properties/{code}/evidence",
    response={201: GiEvidenceOut},
    summary="Add evidence to a property",
)
def post_evidence(
    request: HttpRequest,
    number: str,
    code: str,
    body: Form[GiEvidenceIn],
    file: File[UploadedFile | None] = None,
) -> Status[GiEvidence]:
    """Add a paper, a figure or a source to a property of a draft; each may come with its paper."""
    by = access.actor_of(request)
    selectors.gi_application(number, by)
    draft = proofs.EvidenceDraft(property=code, **body.dict())
    return Status(201, proofs.add_evidence(number, draft, file, by=by, now=clock.now()))


@router.delete(
    "/{number}/evidence/{evidence_id}", response={204: None}, summary="Take evidence out"
)
def delete_evidence(request: HttpRequest, number: str, evidence_id: int) -> Status[None]:
    """Take evidence out of a draft; its paper stays filed."""
    by = access.actor_of(request)
    selectors.gi_application(number, by)
    proofs.remove_evidence(number, evidence_id, by=by)
    return Status(204, None)


@router.post(
    "/{number}/properties/{code}/judge", response=GiPropertyOut, summary="Judge a property"
)
def post_judgement(
    request: HttpRequest, number: str, code: str, body: GiJudgementIn
) -> selectors.Shown:
    """Say whether a property is shown, and why."""
    by = access.actor_of(request)
    row = selectors.gi_application(number, by)
    proofs.judge_property(
        number, code, verdict=body.verdict, reason=body.reason, by=by, now=clock.now()
    )
    return next(each for each in selectors.shown(row) if each.property.code == code)


@router.get(
    "/{number}/decision",
    openapi_extra=answers_file("application/pdf"),
    summary="The paper of the decision",
)
def get_decision(request: HttpRequest, number: str) -> HttpResponse:
    """Answer the decision with its grounds as PDF, in the language that is asked for."""
    row = selectors.gi_application(number, access.actor_of(request))
    return decision_answer(row, language=get_language() or "en")
