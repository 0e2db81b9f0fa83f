"""Artwork, for programs: check what a label says, send its picture, tick, approve."""

from decimal import Decimal
from typing import Annotated

from django.db.models import QuerySet
from django.http import HttpRequest
from ninja import Field, File, Form, Query, Router, Schema, Status, UploadedFile
from ninja.pagination import paginate

from originmark.frame.web import clock
from originmark.frame.web.api_input import Pages
from originmark.mark.labels.artwork import picture_services, selectors, services
from originmark.mark.labels.artwork.models import Artwork
from originmark.mark.labels.artwork.schemas import (
    ArtworkCheckOut,
    ArtworkDetailOut,
    ArtworkIn,
    ArtworkOut,
    Market,
    SeenIn,
    State,
)
from originmark.origin.parties import access

router = Router(tags=["labels"], auth=access.API_AUTH)


class PictureIn(Schema):
    """How wide the picture is printed."""

    width_mm: Decimal = Field(ge=5, le=2000, max_digits=6, decimal_places=1)


@router.get("/artworks", response=list[ArtworkOut], summary="List artwork")
@paginate(Pages)
def get_artworks(
    request: HttpRequest,
    product: Annotated[str, Query(max_length=40)] = "",
    market: Market | None = None,
    state: State | None = None,
) -> QuerySet[Artwork]:
    """Return the artwork that the asker may read, newest first."""
    asked = {"product_code": product, "market": market, "status": state}
    rows = selectors.artworks(access.actor_of(request))
    return rows.filter(**{name: value for name, value in asked.items() if value})


@router.post("/artworks/check", response=ArtworkCheckOut, summary="Check what a label says")
def post_check(request: HttpRequest, body: ArtworkIn) -> selectors.Checked:
    """Return what is missing on a label before anybody draws it; nothing is recorded."""
    by = access.actor_of(request)
    return selectors.checked_words(selectors.unrecorded(body.draft(), by))


@router.post("/artworks", response={201: ArtworkDetailOut}, summary="Record artwork")
def post_artwork(request: HttpRequest, body: ArtworkIn) -> Status[Artwork]:
    """Record the next version of a product's label for a market."""
    by = access.actor_of(request)
    row = services.record_artwork(body.draft(), by=by, now=clock.now())
    return Status(201, selectors.artwork(row.number, by))


@router.get("/artworks/{number}", response=ArtworkDetailOut, summary="Read artwork")
def get_artwork(request: HttpRequest, number: str) -> Artwork:
    """Return one version of a label with what is found on it."""
    return selectors.artwork(number, access.actor_of(request))


@router.post("/artworks/{number}/picture", response=ArtworkDetailOut, summary="Send the picture")
def post_picture(
    request: HttpRequest, number: str, file: File[UploadedFile], body: Form[PictureIn]
) -> Artwork:
    """Take the picture of a draft; it replaces the one before and what was ticked on that."""
    by = access.actor_of(request)
    picture_services.add_picture(number, file, body.width_mm, by=by, now=clock.now())
    return selectors.artwork(number, by)


@router.post("/artworks/{number}/seen", response=ArtworkDetailOut, summary="Tick what was seen")
def post_seen(request: HttpRequest, number: str, body: SeenIn) -> Artwork:
    """Record what an inspector compared on the picture, which no software can check."""
    by = access.actor_of(request)
    picture_services.tick(number, body.items, by=by, now=clock.now())
    return selectors.artwork(number, by)


@router.post("/artworks/{number}/approve", response=ArtworkDetailOut, summary="Approve for print")
def post_approval(request: HttpRequest, number: str) -> Artwork:
    """Approve a draft on which nothing must be mended; the version before is superseded."""
    by = access.actor_of(request)
    services.approve_artwork(number, by=by, now=clock.now())
    return selectors.artwork(number, by)
