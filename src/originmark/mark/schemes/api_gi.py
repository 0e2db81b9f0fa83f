"""Applications for a geographical indication, for programs: from the draft to the registration."""

from django.db.models import QuerySet
from django.http import HttpRequest
from ninja import Router, Status
from ninja.pagination import paginate

from originmark.frame.web import clock
from originmark.frame.web.api_input import Pages
from originmark.mark.schemes import gi_selectors as selectors
from originmark.mark.schemes import gi_values as values
from originmark.mark.schemes.api_gi_oppositions import router as oppositions
from originmark.mark.schemes.api_gi_papers import router as papers
from originmark.mark.schemes.gi_models import GiApplication, GiLink
from originmark.mark.schemes.gi_schemas import (
    GiAdvanceIn,
    GiDecisionIn,
    GiDetailOut,
    GiIn,
    GiLinkIn,
    GiLinkOut,
    GiNoteIn,
    GiOut,
    GiRegistrationIn,
    NewGiIn,
    Phase,
)
from originmark.mark.schemes.services import gi as services
from originmark.mark.schemes.services import gi_moves as moves
from originmark.mark.schemes.services.gi import GiLinkDraft
from originmark.origin.parties import access
from originmark.origin.parties import selectors as parties

router = Router(tags=["geographical indications"], auth=access.API_AUTH)
router.add_router("", papers)
router.add_router("", oppositions)


@router.get("/", response=list[GiOut], summary="List applications")
@paginate(Pages)
def get_applications(request: HttpRequest, phase: Phase | None = None) -> QuerySet[GiApplication]:
    """Return the applications that the asker may read, newest first."""
    rows = selectors.gi_applications(access.actor_of(request))
    return rows.filter(phase=phase) if phase else rows


@router.post("/", response={201: GiDetailOut}, summary="Begin an application")
def post_application(request: HttpRequest, body: NewGiIn) -> Status[GiApplication]:
    """Begin an application under the procedure in force; nothing is sent yet."""
    by = access.actor_of(request)
    holder = parties.visible_organisation(body.organisation, by)
    row = services.begin_gi(body.draft(), organisation_id=holder.pk, by=by, now=clock.now())
    return Status(201, row)


@router.get("/{number}", response=GiDetailOut, summary="One application")
def get_application(request: HttpRequest, number: str) -> GiApplication:
    """Return an application with its papers, evidence, judgements, oppositions and steps."""
    return selectors.gi_application(number, access.actor_of(request))


@router.put("/{number}", response=GiDetailOut, summary="Change a draft")
def put_application(request: HttpRequest, number: str, body: GiIn) -> GiApplication:
    """Write a draft anew; what is left out becomes empty."""
    by = access.actor_of(request)
    selectors.gi_application(number, by)
    return services.change_gi(number, body.draft(), by=by)


@router.post("/{number}/links", response={201: GiLinkOut}, summary="Link a quality to the place")
def post_link(request: HttpRequest, number: str, body: GiLinkIn) -> Status[GiLink]:
    """Tie a quality of the product to the place, in a draft."""
    by = access.actor_of(request)
    selectors.gi_application(number, by)
    return Status(201, services.add_link(number, GiLinkDraft(**body.dict()), by=by))


@router.delete("/{number}/links/{link_id}", response={204: None}, summary="Take a link out")
def delete_link(request: HttpRequest, number: str, link_id: int) -> Status[None]:
    """Take a link out of a draft; one that is not there is left out already."""
    by = access.actor_of(request)
    selectors.gi_application(number, by)
    services.remove_link(number, link_id, by=by)
    return Status(204, None)


@router.post("/{number}/advance", response=GiOut, summary="Take the next stage")
def post_advance(request: HttpRequest, number: str, body: GiAdvanceIn) -> GiApplication:
    """Submit, take on in the examination, or publish: whichever the procedure has next."""
    by, now = access.actor_of(request), clock.now()
    row = selectors.gi_application(number, by)
    following = selectors.next_stage(row)
    role = following.role if following else ""
    if role == values.SUBMITTED:
        return moves.submit_gi(number, note=body.note, by=by, now=now)
    if role == values.OPPOSITION:
        return moves.publish_gi(number, until=body.until, note=body.note, by=by, now=now)
    return moves.advance_gi(number, note=body.note, by=by, now=now)


@router.post("/{number}/withdraw", response=GiOut, summary="Take an application back")
def post_withdrawal(request: HttpRequest, number: str, body: GiNoteIn) -> GiApplication:
    """Take an open application back, for the applicant."""
    by = access.actor_of(request)
    selectors.gi_application(number, by)
    return moves.withdraw_gi(number, note=body.note, by=by, now=clock.now())


@router.post("/{number}/decide", response=GiOut, summary="Grant, refuse or send back")
def post_decision(request: HttpRequest, number: str, body: GiDecisionIn) -> GiApplication:
    """Decide on an application, with reasons."""
    command = {
        "granted": moves.grant_gi,
        "refused": moves.refuse_gi,
        "returned": moves.return_gi,
    }[body.outcome]
    by = access.actor_of(request)
    selectors.gi_application(number, by)
    return command(number, note=body.reason, by=by, now=clock.now())


@router.post("/{number}/register", response=GiOut, summary="Record the registration")
def post_registration(request: HttpRequest, number: str, body: GiRegistrationIn) -> GiApplication:
    """Record that the authority registered a granted name; a right comes of it."""
    by = access.actor_of(request)
    selectors.gi_application(number, by)
    found = moves.Registration(
        authority=body.authority,
        register=body.register_name,
        right_number=body.number,
        registered_on=body.registered_on,
        valid_until=body.valid_until,
        brand_code=body.brand,
    )
    return moves.register_gi(number, found, note=body.note, by=by, now=clock.now())
