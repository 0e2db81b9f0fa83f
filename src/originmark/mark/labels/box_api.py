"""Boxes and pallets, for programs."""

from typing import Literal

from django.db.models import QuerySet
from django.http import HttpRequest
from ninja import Field, Router, Schema, Status
from ninja.pagination import paginate

from originmark.frame.web import clock
from originmark.frame.web.api_input import Pages
from originmark.mark.labels import box_selectors, box_services
from originmark.mark.labels.box_models import Box
from originmark.origin.parties import access
from originmark.origin.parties import selectors as parties

router = Router(tags=["labels"], auth=access.API_AUTH)


class OpenIn(Schema):
    """A box to open."""

    organisation: str = Field(max_length=60, description="Code of the packer")
    kind: Literal["box", "pallet"] = "box"


class ScanIn(Schema):
    """What was scanned: a serial or address of a pack, or the number of a box."""

    scanned: str = Field(max_length=400)


class BoxOut(Schema):
    """A box or pallet."""

    code: str
    sscc: str
    epc: str
    kind: str
    state: str


@router.get("/boxes", response=list[BoxOut], summary="List boxes and pallets")
@paginate(Pages)
def get_boxes(request: HttpRequest) -> QuerySet[Box]:
    """Return the boxes that the asker may read, newest first."""
    return box_selectors.boxes(access.actor_of(request))


@router.post("/boxes", response={201: BoxOut}, summary="Open a box or pallet")
def post_box(request: HttpRequest, body: OpenIn) -> Status[Box]:
    """Open a box; it gets an SSCC where the packer has a GS1 company prefix."""
    by = access.actor_of(request)
    packer = parties.visible_organisation(body.organisation, by)
    return Status(201, box_services.open_box(packer.pk, body.kind, by=by, now=clock.now()))


@router.post("/boxes/{code}/put-in", response=BoxOut, summary="Put something in")
def post_in(request: HttpRequest, code: str, body: ScanIn) -> Box:
    """Put a pack into an open box, or a closed box onto an open pallet."""
    by = access.actor_of(request)
    box = box_selectors.own_box(code, by)
    return box_services.put_in(box.code, body.scanned, by=by, now=clock.now())


@router.post("/boxes/{code}/take-out", response=BoxOut, summary="Take something out")
def post_out(request: HttpRequest, code: str, body: ScanIn) -> Box:
    """Take a pack out of a box, or a box off a pallet."""
    by = access.actor_of(request)
    box = box_selectors.own_box(code, by)
    return box_services.take_out(box.code, body.scanned, by=by, now=clock.now())


@router.post("/boxes/{code}/close", response=BoxOut, summary="Close a box or pallet")
def post_close(request: HttpRequest, code: str) -> Box:
    """Close it: an aggregation event goes to the ledger."""
    by = access.actor_of(request)
    return box_services.close(box_selectors.own_box(code, by).code, by=by, now=clock.now())


@router.post("/boxes/{code}/unpack", response=BoxOut, summary="Unpack a box or pallet")
def post_unpack(request: HttpRequest, code: str) -> Box:
    """Take everything out."""
    by = access.actor_of(request)
    return box_services.unpack(box_selectors.own_box(code, by).code, by=by, now=clock.now())
