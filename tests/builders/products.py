"""Products for tests: name only what matters."""

from datetime import UTC, datetime
from itertools import count
from typing import Any

from originmark.origin.parties.access import SYSTEM
from originmark.origin.parties.models import Organisation
from originmark.origin.products.models import Product, ProductGroup
from originmark.origin.products.rules import ProductDraft
from originmark.origin.products.services import record_group, register_product
from originmark.standards.gs1 import keys

REGISTERED_AT = datetime(2026, 1, 5, 8, 0, tzinfo=UTC)
_numbers = count(1)


def a_gtin(number: int | None = None) -> str:
    """Return a valid GTIN of 14 digits in the range 0690…"""
    body = f"069{number if number is not None else next(_numbers):010}"
    return body + keys.check_digit(body)


def a_draft(**values: Any) -> ProductDraft:
    """Return what somebody says about a product."""
    number = next(_numbers)
    said = {"code": f"product-{number}", "kind": "crop", "name": f"Product {number}"}
    return ProductDraft(**{**said, **values})


def a_product(**values: Any) -> Product:
    """Return a registered product; ``organisation`` may be given as a row."""
    organisation = values.pop("organisation", None)
    if organisation is not None:
        values["organisation_id"] = organisation.pk
    return register_product(a_draft(**values), by=SYSTEM, now=REGISTERED_AT)


def a_crop(**values: Any) -> Product:
    """Return a crop of the programme's catalogue."""
    return a_product(**{"kind": "crop", **values})


def a_material(**values: Any) -> Product:
    """Return a material of the programme's catalogue, as bulk milled grain."""
    return a_product(**{"kind": "material", **values})


def a_trade_item(**values: Any) -> Product:
    """Return a pack of 500 g with a GTIN, made by ``organisation`` or by a new one."""
    if "organisation" not in values and "organisation_id" not in values:
        values["organisation"] = Organisation.objects.create(
            code=f"maker-{next(_numbers)}", kind="enterprise", name="Maker"
        )
    said = {"kind": "trade_item", "gtin": a_gtin(), "net_content_g": 500}
    return a_product(**{**said, **values})


def a_group(code: str = "millet", **values: Any) -> ProductGroup:
    """Return a product group."""
    return record_group(code, values.pop("name", code.title()), by=SYSTEM, **values)
