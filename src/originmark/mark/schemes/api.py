"""Brands, rights and rulebooks for programs. They are public, as the registers are."""

from datetime import date
from decimal import Decimal

from django.http import HttpRequest
from ninja import Router, Schema

from originmark.frame.web import clock
from originmark.frame.web.api_input import Offset
from originmark.mark.schemes import selectors
from originmark.mark.schemes.api_gi import router as gi
from originmark.mark.schemes.api_rulebooks import router as rulebooks
from originmark.mark.schemes.drafts import folded
from originmark.mark.schemes.models import Right

router = Router(tags=["schemes"])
router.add_router("", rulebooks)
router.add_router("/gi", gi)
RIGHTS_AT_ONCE = 200


class RightOut(Schema):
    id: int
    kind: str
    authority: str
    register_name: str
    number: str
    name: str
    countries: list[str]
    product_class: str
    registered_on: date | None
    valid_until: date | None
    status: str
    brand: str | None


class CapOut(Schema):
    product: str
    season: int
    cap_kg_per_ha: Decimal
    declared: str
    source: str
    confidence: str
    rulebook: str


class ConversionOut(Schema):
    process: str
    input: str
    output: str
    ratio_low: Decimal
    ratio_high: Decimal
    source: str
    confidence: str
    rulebook: str


class BrandOut(Schema):
    code: str
    name: str
    names: dict[str, str]
    kind: str
    owner: str
    boundary: str
    is_active: bool


class BrandDetailOut(BrandOut):
    products: list[str]
    rights_in_force: list[str]
    yield_caps: list[CapOut]
    conversions: list[ConversionOut]


@router.get("/brands", response=list[BrandOut], summary="The brands of the programme")
def get_brands(request: HttpRequest) -> list[BrandOut]:  # noqa: ARG001 (ninja gives it)
    """Return every brand."""
    return [
        BrandOut(
            code=row.code,
            name=row.name,
            names=row.names,
            kind=row.kind,
            owner=row.owner.name,
            boundary=row.boundary_code,
            is_active=row.is_active,
        )
        for row in selectors.brands()
    ]


@router.get("/brands/{code}", response=BrandDetailOut, summary="A brand with what protects it")
def get_brand(request: HttpRequest, code: str) -> BrandDetailOut:  # noqa: ARG001 (ninja gives it)
    """Return a brand with its products, rights in force today, caps and conversions."""
    brand = selectors.brand(code)
    today = clock.today()
    return BrandDetailOut(
        code=brand.code,
        name=brand.name,
        names=brand.names,
        kind=brand.kind,
        owner=brand.owner_name,
        boundary=brand.boundary_code,
        is_active=brand.is_active,
        products=selectors.brand_products(code),
        rights_in_force=[each.number for each in selectors.rights_in_force(code, today)],
        yield_caps=[
            CapOut(
                product=each.product_code,
                season=each.season,
                cap_kg_per_ha=each.cap_kg_per_ha,
                declared=each.declared,
                source=each.source,
                confidence=each.confidence,
                rulebook=str(each.rulebook),
            )
            for each in selectors.brand_caps(code)
        ],
        conversions=[
            ConversionOut(
                process=each.process,
                input=each.input_code,
                output=each.output_code,
                ratio_low=each.ratio_low,
                ratio_high=each.ratio_high,
                source=each.source,
                confidence=each.confidence,
                rulebook=str(each.rulebook),
            )
            for each in selectors.brand_conversions(code)
        ],
    )


@router.get("/rights", response=list[RightOut], summary="Rights by name or country")
def get_rights(
    request: HttpRequest,  # noqa: ARG001 (ninja gives it)
    q: str = "",
    country: str = "",
    status: str = "",
    offset: Offset = 0,
) -> list[RightOut]:
    """Return up to 200 rights by name, from ``offset`` on."""
    rows = selectors.rights()
    if q:
        rows = rows.filter(folded_name__contains=folded(q))
    if country:
        rows = rows.filter(country__contains=country.upper()[:2])
    if status:
        rows = rows.filter(status=status)
    return [_right(row) for row in rows[offset : offset + RIGHTS_AT_ONCE]]


@router.get("/rights/{right_id}", response=RightOut, summary="One right")
def get_right(request: HttpRequest, right_id: int) -> RightOut:  # noqa: ARG001 (ninja gives it)
    """Return one right."""
    return _right(selectors.right(right_id))


def _right(row: Right) -> RightOut:
    return RightOut(
        id=row.pk,
        kind=row.kind,
        authority=row.authority,
        register_name=row.register,
        number=row.number,
        name=row.name,
        countries=row.country.split(),
        product_class=row.product_class,
        registered_on=row.registered_on,
        valid_until=row.valid_until,
        status=row.status,
        brand=row.brand.code if row.brand else None,
    )
