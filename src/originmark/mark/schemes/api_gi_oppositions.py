"""Oppositions to a published name, for programs: taken from anybody, answered, heard, decided."""

from django.http import Http404, HttpRequest, HttpResponseBase
from ninja import File, Form, Router, Status, UploadedFile

from originmark.frame.web import clock, files
from originmark.mark.schemes import gi_refusals as refusals
from originmark.mark.schemes import gi_selectors as selectors
from originmark.mark.schemes.api_gi_papers import PAPER
from originmark.mark.schemes.gi_models import GiHearing, GiOpposition
from originmark.mark.schemes.gi_schemas import (
    GiAnswerIn,
    GiHearingIn,
    GiHearingOut,
    GiOppositionIn,
    GiOppositionOut,
    GiOutcomeIn,
    GiReceiptOut,
)
from originmark.mark.schemes.services import gi_oppositions as services
from originmark.mark.schemes.views.gi_oppositions import OPPOSITIONS, READS
from originmark.origin.parties import access

router = Router()


@router.post(
    "/{number}/oppositions", response={201: GiReceiptOut}, auth=None, summary="Oppose a name"
)
def post_opposition(
    request: HttpRequest,
    number: str,
    body: Form[GiOppositionIn],
    file: File[UploadedFile | None] = None,
) -> Status[GiOpposition]:
    """Take an opposition to a published name, from anybody, five an hour from one address."""
    READS.count(request)
    OPPOSITIONS.count(request)
    draft = services.OppositionDraft(**body.dict())
    return Status(201, services.oppose_gi(number, draft, file, now=clock.now()))


@router.get(
    "/{number}/oppositions/{opposition_id}/paper",
    openapi_extra=PAPER,
    summary="The paper of an opposition",
)
def get_opposition_paper(request: HttpRequest, number: str, opposition_id: int) -> HttpResponseBase:
    """Answer the paper as it came; its SHA-256 is that of these bytes."""
    row = _opposition(request, number, opposition_id)
    if not row.file:
        raise Http404
    return files.downloaded(row.file, row.file_name)


@router.post(
    "/{number}/oppositions/{opposition_id}/answer",
    response=GiOppositionOut,
    summary="Answer an opposition",
)
def post_answer(
    request: HttpRequest, number: str, opposition_id: int, body: GiAnswerIn
) -> GiOpposition:
    """Answer an opposition for the applicant, until it is decided."""
    _opposition(request, number, opposition_id)
    by = access.actor_of(request)
    return services.answer_opposition(opposition_id, answer=body.answer, by=by, now=clock.now())


@router.post(
    "/{number}/oppositions/{opposition_id}/hearings",
    response={201: GiHearingOut},
    summary="Record a hearing",
)
def post_hearing(
    request: HttpRequest, number: str, opposition_id: int, body: GiHearingIn
) -> Status[GiHearing]:
    """Note what was said at a hearing that was held, for the office."""
    _opposition(request, number, opposition_id)
    draft = services.HearingDraft(**body.dict())
    made = services.record_hearing(
        opposition_id, draft, by=access.actor_of(request), now=clock.now()
    )
    return Status(201, made)


@router.post(
    "/{number}/oppositions/{opposition_id}/outcome",
    response=GiOppositionOut,
    summary="Decide an opposition",
)
def post_outcome(
    request: HttpRequest, number: str, opposition_id: int, body: GiOutcomeIn
) -> GiOpposition:
    """Decide an opposition, with its reason."""
    _opposition(request, number, opposition_id)
    by = access.actor_of(request)
    return services.decide_opposition(
        opposition_id, outcome=body.outcome, note=body.reason, by=by, now=clock.now()
    )


def _opposition(request: HttpRequest, number: str, opposition_id: int) -> GiOpposition:
    """Return an opposition that the asker may read, at its own address only."""
    row = selectors.gi_opposition(opposition_id, access.actor_of(request))
    if row.application.number != number:
        raise refusals.UnknownOpposition(opposition=opposition_id)
    return row
