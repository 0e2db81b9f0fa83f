"""Links, for programs."""

from datetime import date
from typing import Annotated, Any

from django.db.models import QuerySet
from django.http import HttpRequest
from ninja import Router, Schema, Status
from ninja.pagination import paginate
from pydantic import Field

from originmark.frame.web import clock
from originmark.frame.web.api_input import Pages
from originmark.mark.passport.resolver import selectors, services
from originmark.mark.passport.resolver.models import Link
from originmark.mark.passport.resolver.rules import LinkDraft
from originmark.origin.parties import access
from originmark.standards.gs1 import link_types

router = Router(tags=["links"], auth=access.API_AUTH)
Words = Annotated[list[Annotated[str, Field(max_length=40)]], Field(max_length=20)]
LinkId = Annotated[int, Field(ge=0, le=2**63 - 1)]


class LinkIn(Schema):
    """A link about a thing, which its GS1 Digital Link names."""

    anchor: Annotated[str, Field(max_length=400, examples=["/01/06901234567892"])]
    link_type: Annotated[str, Field(max_length=120, examples=["gs1:recipeInfo"])]
    href: Annotated[str, Field(max_length=1000, examples=["https://shop.example/recipes"])]
    title: Annotated[str, Field(min_length=1, max_length=200)]
    media_type: Annotated[str, Field(max_length=100, examples=["text/html"])] = ""
    hreflang: Words = []
    context: Words = []
    passes_query: bool = True
    is_public: bool = True
    is_default: bool = False
    valid_from: date | None = None
    valid_until: date | None = None

    def draft(self) -> LinkDraft:
        """Return the link that the body describes."""
        said = self.dict()
        return LinkDraft(
            **{**said, "hreflang": tuple(self.hreflang), "context": tuple(self.context)}
        )


class LinkOut(Schema):
    """A link as it is entered."""

    id: int
    anchor: str
    link_type: str
    href: str
    title: str
    media_type: str
    hreflang: list[str]
    context: list[str]
    passes_query: bool
    is_public: bool
    is_default: bool
    valid_from: date | None
    valid_until: date | None
    organisation: str

    @staticmethod
    def resolve_link_type(row: Link) -> str:
        """Write the type as people do."""
        return link_types.short(row.link_type)

    @staticmethod
    def resolve_organisation(row: Link) -> str:
        """Name the organisation by its code; the programme has none."""
        return row.organisation.code if row.organisation else ""


@router.get("", response=list[LinkOut], summary="List links")
@paginate(Pages)
def get_links(request: HttpRequest, anchor: str = "") -> QuerySet[Link]:
    """Return the links that the asker may read; ``anchor`` narrows them to one thing."""
    rows = selectors.links(access.actor_of(request)).order_by("anchor", "pk")
    return rows.filter(anchor=anchor) if anchor else rows


@router.post("", response={201: LinkOut}, summary="Enter a link")
def post_link(request: HttpRequest, body: LinkIn) -> Status[Link]:
    """Enter a link about a thing of an organisation that the asker records for."""
    by = access.actor_of(request)
    return Status(201, services.add_link(body.draft(), by=by, now=clock.now()))


@router.put("/{link_id}", response=LinkOut, summary="Change a link")
def put_link(request: HttpRequest, link_id: LinkId, body: LinkIn) -> Link:
    """Change a link."""
    return services.change_link(link_id, body.draft(), by=access.actor_of(request))


@router.delete("/{link_id}", response={204: None}, summary="Remove a link")
def delete_link(request: HttpRequest, link_id: LinkId) -> Status[Any]:
    """Remove a link."""
    services.remove_link(link_id, by=access.actor_of(request))
    return Status(204, None)
