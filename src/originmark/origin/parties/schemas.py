"""What a program may send and gets about organisations."""

from typing import Annotated, Literal

from ninja import Schema
from pydantic import Field

from originmark.origin.parties.models import Organisation
from originmark.origin.parties.selectors import Seat

Kind = Literal[
    "enterprise", "cooperative", "household", "association", "authority", "laboratory", "carrier",
    "platform", "host_agency",
]  # fmt: skip
Scheme = Literal["cn_uscc", "vn_mst", "other"]
Languages = Annotated[
    dict[Annotated[str, Field(max_length=10)], Annotated[str, Field(max_length=200)]],
    Field(max_length=20, description="Names by language code", examples=[{"zh-hans": "阳曲小米"}]),
]


class OrganisationFacts(Schema):
    """What may be said of an organisation; what is left out stays or is empty."""

    names: Languages | None = None
    registration_scheme: Scheme | None = None
    registration_number: Annotated[str, Field(max_length=40)] | None = None
    gs1_company_prefix: Annotated[str, Field(max_length=12)] | None = None
    gln: Annotated[str, Field(max_length=13, examples=["9501101530003"])] | None = None
    address: Annotated[str, Field(max_length=300)] | None = None
    phone: Annotated[str, Field(max_length=40)] | None = None
    email: Annotated[str, Field(max_length=254)] | None = None


class OrganisationIn(OrganisationFacts):
    """A new organisation; without a code it gets one from its name."""

    kind: Kind
    name: Annotated[str, Field(min_length=1, max_length=200)]
    code: Annotated[str, Field(max_length=40, pattern=r"^[-a-zA-Z0-9_]*$")] = ""


class OrganisationChange(OrganisationFacts):
    """What is to change."""

    kind: Kind | None = None
    name: Annotated[str, Field(min_length=1, max_length=200)] | None = None


class OrganisationOut(Schema):
    """An organisation."""

    code: str
    uri: str
    kind: str
    name: str
    names: dict[str, str]
    registration_scheme: str
    registration_number: str
    gs1_company_prefix: str
    gln: str
    address: str
    phone: str
    email: str
    is_active: bool
    runs_programme: bool

    @staticmethod
    def resolve_uri(organisation: Organisation) -> str:
        """Return the URI that names the party in events."""
        return organisation.party_uri


class SeatOut(Schema):
    """A role in an organisation."""

    code: str
    name: str
    role: str

    @staticmethod
    def of(seat: Seat) -> "SeatOut":
        """Return a seat as a program reads it."""
        return SeatOut(code=seat.code, name=seat.name, role=seat.role)


class MeOut(Schema):
    """Who asks, and what they may do."""

    name: str
    is_key: bool
    office_role: str | None
    scopes: list[str] | None
    organisations: list[SeatOut]
