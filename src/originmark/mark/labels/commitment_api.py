"""Commitment certificates, for programs."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal

from django.db.models import QuerySet
from django.http import HttpRequest
from ninja import Field, Router, Schema, Status
from ninja.pagination import paginate

from originmark.frame.web import clock
from originmark.frame.web.api_input import Pages
from originmark.mark.labels import commitment_selectors as selectors
from originmark.mark.labels import commitment_services as services
from originmark.mark.labels.commitment_models import Collected, Commitment
from originmark.mark.labels.printing import commitment_paper as paper
from originmark.origin.parties import access
from originmark.origin.parties import selectors as parties

router = Router(tags=["labels"], auth=access.API_AUTH)


class CommitmentIn(Schema):
    """What the producer says about a lot; without place and contact those of the producer."""

    lot: Annotated[str, Field(max_length=20, examples=["APRICOTS-A"])]
    produce: Annotated[str, Field(max_length=40, examples=["fruit"])]
    kg: Annotated[Decimal, Field(gt=0, max_digits=14, decimal_places=3)]
    statement: Annotated[str, Field(max_length=2000)]
    place: Annotated[str, Field(max_length=300)] = ""
    contact: Annotated[str, Field(max_length=100)] = ""
    tested: Literal["", "self", "entrusted"] = ""
    test_result: Annotated[str, Field(max_length=300)] = ""


class CommitmentOut(Schema):
    """A certificate as it was issued; ``url`` is its page for everybody."""

    number: str
    url: str
    lot: str = Field(alias="lot_code")
    produce: str
    product: str = Field(alias="product_name")
    kg: Decimal
    producer: str = Field(alias="producer_name")
    statement: str
    issued_on: date
    keep_until: date

    @staticmethod
    def resolve_url(row: Commitment) -> str:
        """Return its public address."""
        return paper.url(row)


class CollectIn(Schema):
    """Which buyer compared the certificate with the goods, and what does not agree."""

    organisation: Annotated[str, Field(max_length=60, description="Code of the buyer")]
    finding: Annotated[str, Field(max_length=300)] = ""


class CollectedOut(Schema):
    """A certificate that a buyer collected."""

    number: str = Field(alias="commitment.number")
    organisation: str = Field(alias="organisation.code")
    finding: str
    on: date
    keep_until: date


@router.get("/commitments", response=list[CommitmentOut], summary="List commitment certificates")
@paginate(Pages)
def get_commitments(request: HttpRequest) -> QuerySet[Commitment]:
    """Return what the asker's organisations issued or collected, newest first."""
    return selectors.commitments(access.actor_of(request))


@router.post("/commitments", response={201: CommitmentOut}, summary="Issue a certificate")
def post_commitment(request: HttpRequest, body: CommitmentIn) -> Status[Commitment]:
    """Issue a commitment certificate for a lot; it is never changed."""
    said: dict[str, Any] = body.dict()
    draft = services.CommitmentDraft(lot_code=said.pop("lot"), **said)
    by = access.actor_of(request)
    return Status(201, services.issue_commitment(draft, by=by, now=clock.now()))


@router.get("/commitments/{number}", response=CommitmentOut, summary="Read a certificate")
def get_commitment(request: HttpRequest, number: str) -> Commitment:  # noqa: ARG001 (for all)
    """Return a certificate by the number on the paper: it goes with the goods."""
    return selectors.commitment(number)


@router.post(
    "/commitments/{number}/collect", response=CollectedOut, summary="Collect a certificate"
)
def post_collected(request: HttpRequest, number: str, body: CollectIn) -> Collected:
    """Say that a buyer collected it; a second time changes nothing."""
    by = access.actor_of(request)
    buyer = parties.visible_organisation(body.organisation, by)
    return services.collect_commitment(
        number, buyer.pk, finding=body.finding, by=by, now=clock.now()
    )
