"""Certificates, for programs."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from django.db.models import QuerySet
from django.http import HttpRequest
from ninja import Query, Router, Schema, Status
from ninja.pagination import paginate
from pydantic import Field

from originmark.frame.web import clock
from originmark.frame.web.api_input import Pages
from originmark.origin.certificates import selectors, services
from originmark.origin.certificates.models import Certificate
from originmark.origin.certificates.rules import CertificateDraft
from originmark.origin.parties import access
from originmark.origin.parties import selectors as parties

router = Router(tags=["certificates"], auth=access.API_AUTH)
Scope = Literal["area", "product", "facility", "organisation"]
State = Literal["valid", "expiring", "expired", "suspended", "revoked", "not_yet"]
Codes = Annotated[list[Annotated[str, Field(max_length=60)]], Field(max_length=1000)]
Count = Annotated[int | None, Field(gt=0, le=2_000_000_000)]


class CertificateIn(Schema):
    """A certificate; its holder and what it covers are named by their codes."""

    number: Annotated[str, Field(min_length=1, max_length=80)]
    type: Annotated[str, Field(max_length=40, examples=["vietgap-crop"])]
    issuer: Annotated[str, Field(min_length=1, max_length=200)]
    holder: Annotated[str, Field(max_length=40)]
    scope_kind: Scope = "organisation"
    valid_from: date | None = None
    valid_until: date | None = None
    area_ha: Annotated[Decimal | None, Field(gt=0, lt=10**8, decimal_places=4)] = None
    heads: Count = None
    households: Count = None
    growing_areas: Codes = []
    products: Codes = []
    facilities: Codes = []
    is_public: bool = False
    note: Annotated[str, Field(max_length=2000)] = ""

    def draft(self) -> CertificateDraft:
        """Return the certificate that the body describes; raises UnknownOrganisation."""
        said = self.dict(exclude={"holder"})
        for name in ("growing_areas", "products", "facilities"):
            said[name] = tuple(said[name])
        return CertificateDraft(holder_id=parties.organisation(self.holder).pk, **said)


class CertificateOut(Schema):
    """A certificate and what it is worth today."""

    id: int
    number: str
    type: str = Field(alias="type.code")
    issuer: str
    holder: str = Field(alias="holder.code")
    scope_kind: Scope
    status: State
    valid_from: date | None
    valid_until: date | None
    area_ha: Decimal | None
    heads: int | None
    households: int | None
    is_public: bool
    has_document: bool

    @staticmethod
    def resolve_status(row: Certificate) -> str:
        """Return what it is worth today."""
        return row.validity.status(clock.today())

    @staticmethod
    def resolve_has_document(row: Certificate) -> bool:
        """Return whether a document is filed."""
        return bool(row.document)


@router.get("/", response=list[CertificateOut], summary="List certificates")
@paginate(Pages)
def get_certificates(
    request: HttpRequest,
    status: State | None = None,
    certificate_type: Annotated[str, Query(alias="type", max_length=40)] = "",
) -> QuerySet[Certificate]:
    """Return the certificates that the asker may read, the first to end first."""
    rows = selectors.certificates(access.actor_of(request))
    if certificate_type:
        rows = rows.filter(type__code=certificate_type.replace("\x00", ""))
    return selectors.with_status(rows, status, clock.today()) if status else rows


@router.post("/", response={201: CertificateOut}, summary="Record a certificate")
def post_certificate(request: HttpRequest, body: CertificateIn) -> Status[Certificate]:
    """Record a certificate."""
    by = access.actor_of(request)
    return Status(201, services.record_certificate(body.draft(), by=by, now=clock.now()))


@router.get("/{int:certificate_id}", response=CertificateOut, summary="Read a certificate")
def get_certificate(request: HttpRequest, certificate_id: int) -> Certificate:
    """Return one certificate."""
    return selectors.row(certificate_id, access.actor_of(request))


@router.put("/{int:certificate_id}", response=CertificateOut, summary="Change a certificate")
def put_certificate(request: HttpRequest, certificate_id: int, body: CertificateIn) -> Certificate:
    """Write the body over the certificate."""
    by = access.actor_of(request)
    row = selectors.row(certificate_id, by)
    return services.change_certificate(row.pk, body.draft(), by=by)
