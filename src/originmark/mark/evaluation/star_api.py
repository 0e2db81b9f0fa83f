"""Stars, for programs."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal

from django.db.models import QuerySet
from django.http import HttpRequest
from ninja import Router, Schema
from ninja.pagination import paginate
from pydantic import Field

from originmark.frame.web import clock
from originmark.frame.web.api_input import Pages
from originmark.mark.evaluation import selectors
from originmark.mark.evaluation.models.stars import Star
from originmark.mark.evaluation.selectors import star_counts, star_lists
from originmark.mark.evaluation.selectors import stars as star_selectors
from originmark.mark.evaluation.views.stars import READS
from originmark.origin.parties import access

router = Router(tags=["stars"], auth=access.API_AUTH)
Text = Annotated[str, Field(max_length=60)]


class StarOut(Schema):
    """A star as it stands today."""

    number: str
    product: str = Field(alias="product.code")
    product_name: str = Field(alias="product.name")
    organisation: str = Field(alias="organisation.code")
    organisation_name: str = Field(alias="organisation.name")
    scheme: str = Field(alias="scheme_code")
    scheme_version: int
    group: str = Field(alias="group_code")
    stars: int
    is_potential_five: bool
    points: Decimal
    level: str
    valid_from: date = Field(alias="decided_on")
    valid_until: date
    state: Literal["in-force", "expired", "in-re-evaluation", "revoked", "superseded"]
    is_valid: bool

    @staticmethod
    def resolve_is_valid(row: Star) -> bool:
        """Return whether it counts today."""
        return star_selectors.facts(row, clock.today()).is_valid


class CountsOut(Schema):
    """What became of the stars whose last day lies in the period."""

    expired: int
    in_re_evaluation: int
    re_awarded: int
    re_awarded_in_time: int
    lapsed: int
    revoked: int


@router.get("/", response=list[StarOut], auth=None, summary="Products whose stars count today")
@paginate(Pages)
def get_stars(
    request: HttpRequest,
    stars: Annotated[int | None, Field(ge=1, le=5)] = None,
    group: Text = "",
    place: Text = "",
) -> QuerySet[Any]:
    """Return the public register, by the name of the product; for everybody."""
    READS.count(request)
    rows = star_selectors.with_state(star_lists.register(clock.today()), clock.today())
    if stars is not None:
        rows = rows.filter(stars=stars)
    if group:
        rows = rows.filter(group_code=group)
    if place:
        rows = star_counts.in_place(rows, place)
    return rows.order_by("product__name", "pk")


@router.get("/counts", response=CountsOut, summary="What became of the stars that ended")
def get_counts(
    request: HttpRequest, on_from: date, on_to: date, place: Text = "", scheme: Text = ""
) -> selectors.StarCounts:
    """Return the counts of a period, kept apart; for whoever may read across the programme."""
    access.require(access.actor_of(request), "evaluation.count_stars")
    return selectors.counts(on_from, on_to, place=place, scheme=scheme)


@router.get("/{number}", response=StarOut, auth=None, summary="One star")
def get_star(request: HttpRequest, number: str) -> Star:
    """Return one star, whatever its state; for everybody."""
    READS.count(request)
    return star_selectors.star(number, clock.today())
