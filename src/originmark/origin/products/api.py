"""Products, for programs."""

from typing import Annotated

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from ninja import Query, Router, Status
from ninja.pagination import paginate

from originmark.frame.web import clock
from originmark.frame.web.api_input import Pages
from originmark.origin.parties import access
from originmark.origin.products import selectors, services
from originmark.origin.products.models import Product
from originmark.origin.products.schemas import Kind, ProductChange, ProductIn, ProductOut

router = Router(tags=["products"], auth=access.API_AUTH)


@router.get("/", response=list[ProductOut], summary="List products")
@paginate(Pages)
def get_products(
    request: HttpRequest, q: Annotated[str, Query(max_length=200)] = "", kind: Kind | None = None
) -> QuerySet[Product]:
    """Return the products that the asker may read, by name."""
    rows = selectors.products(access.actor_of(request)).order_by("name", "pk")
    text = q.replace("\x00", "")
    if text:
        named = Q(name__icontains=text) | Q(code__icontains=text) | Q(gtin__contains=text)
        rows = rows.filter(named)
    return rows.filter(kind=kind) if kind else rows


@router.post("/", response={201: ProductOut}, summary="Register a product")
def post_product(request: HttpRequest, body: ProductIn) -> Status[Product]:
    """Register a product."""
    by = access.actor_of(request)
    draft = ProductChange(**body.dict(exclude={"code"})).draft(body.code)
    return Status(201, services.register_product(draft, by=by, now=clock.now()))


@router.get("/{code}", response=ProductOut, summary="Read a product")
def get_product(request: HttpRequest, code: str) -> Product:
    """Return one product."""
    return selectors.row(code, access.actor_of(request))


@router.put("/{code}", response=ProductOut, summary="Change a product")
def put_product(request: HttpRequest, code: str, body: ProductChange) -> Product:
    """Write the body over the product; what is left out becomes empty."""
    by = access.actor_of(request)
    return services.change_product(selectors.row(code, by).code, body.draft(code), by=by)
