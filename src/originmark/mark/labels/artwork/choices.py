"""What a person chooses from in forms about labels."""

from typing import Any
from urllib.parse import urlencode

from originmark.mark.labels.artwork.models import Artwork
from originmark.mark.schemes import selectors as schemes
from originmark.origin.parties import access
from originmark.origin.parties.access import Actor
from originmark.origin.products import selectors as products


def products_of(by: Actor) -> list[tuple[str, str]]:
    """Return the products whose labels the actor may write, by name."""
    rows = products.products(by).filter(is_active=True, organisation__isnull=False)
    return [
        (row.code, f"{row.name} ({row.code})")
        for row in rows.order_by("name", "pk")
        if access.allows(by, "labels.artwork", organisation_id=row.organisation_id)
    ]


def brands() -> list[tuple[str, str]]:
    """Return the active brands, by name."""
    return [(row.code, row.name) for row in schemes.brands().filter(is_active=True)]


def market_of(product_code: str) -> str:
    """Return the market of a product's newest label, else the country of its rights."""
    rows = Artwork.objects.filter(product_code=product_code)
    known = rows.values_list("market", flat=True).first()
    if known is not None:
        return known
    rights = schemes.rights().filter(brand__products__product_code=product_code)
    countries = set(rights.values_list("country", flat=True))
    return "CN" if countries == {"CN"} else "VN"


def brand_of(product_code: str) -> str:
    """Return the first active brand that a product may carry, empty without one."""
    rows = schemes.brands().filter(is_active=True, products__product_code=product_code)
    return rows.values_list("code", flat=True).first() or ""


def query_of(data: dict[str, Any]) -> str:
    """Return what a form says as the query of an address."""
    return urlencode({name: str(value) for name, value in data.items()})
