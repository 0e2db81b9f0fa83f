"""Licences for programs."""

from datetime import date

from django.http import HttpRequest
from ninja import Router, Schema

from originmark.frame.web import clock
from originmark.mark.licensing import selectors
from originmark.mark.licensing.models import Licence
from originmark.origin.parties import access

router = Router(tags=["licensing"], auth=access.API_AUTH)


class LicenceOut(Schema):
    number: str
    brand: str
    organisation: str
    organisation_name: str
    products: list[str]
    valid_from: date
    valid_until: date
    state: str


class LicenceStateOut(Schema):
    state: str
    is_valid: bool
    licence: str | None
    reason: str | None


@router.get("/users", response=list[LicenceOut], auth=None, summary="Who may use which mark today")
def get_users(request: HttpRequest, brand: str = "") -> list[LicenceOut]:  # noqa: ARG001 (ninja)
    """Return the published list; for everybody."""
    today = clock.today()
    rows = selectors.published_users(today)
    return [_out(row, today) for row in (rows.filter(brand__code=brand) if brand else rows)]


@router.get("", response=list[LicenceOut], summary="The licences that the caller may read")
def get_licences(request: HttpRequest) -> list[LicenceOut]:
    """Return all licences for the office, else the caller's own."""
    today = clock.today()
    return [_out(row, today) for row in selectors.licences(access.actor_of(request))]


@router.get(
    "/state", response=LicenceStateOut, summary="May an organisation use a mark, and why not"
)
def get_state(
    request: HttpRequest, organisation: str, brand: str, product: str, on: date | None = None
) -> LicenceStateOut:
    """Return the state for an organisation that the caller may read."""
    found = selectors.licence_state_for(
        organisation, brand, product, on or clock.today(), by=access.actor_of(request)
    )
    return LicenceStateOut(
        state=found.state,
        is_valid=found.is_valid,
        licence=found.licence.number if found.licence else None,
        reason=str(found.refusal) if found.refusal else None,
    )


@router.get("/{number}", response=LicenceOut, summary="One licence")
def get_licence(request: HttpRequest, number: str) -> LicenceOut:
    """Return a licence that the caller may read."""
    return _out(selectors.licence(number, access.actor_of(request)), clock.today())


def _out(row: Licence, today: date) -> LicenceOut:
    return LicenceOut(
        number=row.number,
        brand=row.brand.code,
        organisation=row.organisation.code,
        organisation_name=row.organisation.name,
        products=[each.product_code for each in row.products.all()],
        valid_from=row.valid_from,
        valid_until=row.valid_until,
        state=selectors.state_of(row, today),
    )
