"""Organisations and oneself, for programs."""

from typing import Annotated

from django.db.models import QuerySet
from django.http import HttpRequest
from ninja import Query, Router, Status
from ninja.pagination import paginate

from originmark.frame.web import clock
from originmark.frame.web.api_input import Pages
from originmark.origin.parties import access, selectors, services
from originmark.origin.parties.models import Organisation
from originmark.origin.parties.schemas import (
    Kind,
    MeOut,
    OrganisationChange,
    OrganisationIn,
    OrganisationOut,
    SeatOut,
)

router = Router(tags=["parties"], auth=access.API_AUTH)


@router.get("/me", response=MeOut, summary="Say who asks")
def get_me(request: HttpRequest) -> MeOut:
    """Return who the key or the session is, with roles and scopes."""
    by = access.actor_of(request)
    return MeOut(
        name=by.name,
        is_key=by.scopes is not None,
        office_role=by.office_role,
        scopes=None if by.scopes is None else sorted(by.scopes),
        organisations=[SeatOut.of(seat) for seat in selectors.seats(by)],
    )


@router.get("/organisations", response=list[OrganisationOut], summary="List organisations")
@paginate(Pages)
def get_organisations(
    request: HttpRequest, q: Annotated[str, Query(max_length=200)] = "", kind: Kind | None = None
) -> QuerySet[Organisation]:
    """Return the organisations that the asker may read, by name."""
    rows = selectors.organisations(access.actor_of(request))
    rows = selectors.matching(rows, q.replace("\x00", "")) if q else rows
    return rows.filter(kind=kind) if kind else rows


@router.post("/organisations", response={201: OrganisationOut}, summary="Register an organisation")
def post_organisation(request: HttpRequest, body: OrganisationIn) -> Status[Organisation]:
    """Register an organisation."""
    made = services.create_organisation(
        **body.dict(exclude_none=True), by=access.actor_of(request), now=clock.now()
    )
    return Status(201, made)


@router.get("/organisations/{code}", response=OrganisationOut, summary="Read an organisation")
def get_organisation(request: HttpRequest, code: str) -> Organisation:
    """Return one organisation."""
    return selectors.visible_organisation(code, access.actor_of(request))


@router.patch("/organisations/{code}", response=OrganisationOut, summary="Change an organisation")
def patch_organisation(request: HttpRequest, code: str, body: OrganisationChange) -> Organisation:
    """Change what is given; the rest stays."""
    by = access.actor_of(request)
    found = selectors.visible_organisation(code, by)
    return services.change_organisation(
        found.code, **body.dict(exclude_none=True), by=by, now=clock.now()
    )
