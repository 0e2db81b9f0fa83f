"""Commands about products."""

from originmark.origin.products.rules import Characteristic, ProductDraft, RightDraft
from originmark.origin.products.services.groups import record_group
from originmark.origin.products.services.pictures import (
    add_picture,
    move_picture_up,
    order_pictures,
    remove_picture,
)
from originmark.origin.products.services.products import (
    archive_product,
    change_product,
    register_product,
    restore_product,
)
from originmark.origin.products.services.rights import change_right, record_right, remove_right

__all__ = [
    "Characteristic",
    "ProductDraft",
    "RightDraft",
    "add_picture",
    "archive_product",
    "change_product",
    "change_right",
    "move_picture_up",
    "order_pictures",
    "record_group",
    "record_right",
    "register_product",
    "remove_picture",
    "remove_right",
    "restore_product",
]
