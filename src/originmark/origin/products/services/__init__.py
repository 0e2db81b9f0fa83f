"""Commands about products."""

from originmark.origin.products.rules import Characteristic, ProductDraft
from originmark.origin.products.services.groups import record_group
from originmark.origin.products.services.products import (
    archive_product,
    change_product,
    register_product,
    restore_product,
)

__all__ = [
    "Characteristic",
    "ProductDraft",
    "archive_product",
    "change_product",
    "record_group",
    "register_product",
    "restore_product",
]
