"""Register, change, archive products."""

from dataclasses import asdict
from datetime import datetime

from django.db import transaction

from originmark.origin.parties import access
from originmark.origin.parties.access import Actor
from originmark.origin.products.models import Product
from originmark.origin.products.rules import (
    CodeTaken,
    GtinTaken,
    ProductDraft,
    UnknownProduct,
    checked,
)
from originmark.origin.products.services.groups import group_of


@transaction.atomic
def register_product(draft: ProductDraft, *, by: Actor, now: datetime) -> Product:
    """Register a product.

    Whoever records for the producer may; a crop or material of the programme's catalogue
    (no organisation) is for the programme office.

    Raises NotAllowed, a refusal of ``rules.checked``, CodeTaken, GtinTaken or UnknownGroup.
    """
    access.require(by, "products.record", organisation_id=draft.organisation_id)
    draft = checked(draft)
    if Product.objects.filter(code=draft.code).exists():
        raise CodeTaken(taken=draft.code)
    product = Product(code=draft.code, created_at=now)
    _write(product, draft)
    return product


@transaction.atomic
def change_product(code: str, draft: ProductDraft, *, by: Actor) -> Product:
    """Write what the draft says over the product; its code stays as it is.

    Moving it to another producer needs the right with both. Raises as ``register_product``.
    """
    product = locked(code, by=by)
    if draft.organisation_id != product.organisation_id:
        access.require(by, "products.record", organisation_id=draft.organisation_id)
    _write(product, checked(draft))
    return product


@transaction.atomic
def archive_product(code: str, *, by: Actor) -> Product:
    """Take a product off the lists; what was made of it keeps it. Twice is as good as once."""
    return _set_active(code, by=by, to=False)


@transaction.atomic
def restore_product(code: str, *, by: Actor) -> Product:
    """Bring an archived product back."""
    return _set_active(code, by=by, to=True)


def locked(code: str, *, by: Actor) -> Product:
    """Return the product's row, locked, when the actor may change it."""
    product = Product.objects.select_for_update().filter(code=code).first()
    if product is None:
        raise UnknownProduct(product=code)
    access.require(by, "products.record", organisation_id=product.organisation_id)
    return product


def _set_active(code: str, *, by: Actor, to: bool) -> Product:
    product = locked(code, by=by)
    product.is_active = to
    product.save(update_fields=["is_active"])
    return product


def _write(product: Product, draft: ProductDraft) -> None:
    if draft.gtin:
        taken = Product.objects.filter(gtin=draft.gtin).exclude(pk=product.pk).first()
        if taken is not None:
            raise GtinTaken(gtin=draft.gtin, product=taken.name)
    product.group = group_of(draft.group)
    product.kind, product.gtin = draft.kind, draft.gtin
    product.name, product.names = draft.name, draft.names
    product.variety = draft.variety
    product.net_content_g = draft.net_content_g
    product.net_content_pieces = draft.net_content_pieces
    product.net_content_unit = draft.net_content_unit
    product.organisation_id = draft.organisation_id
    product.story, product.stories = draft.story, draft.stories
    product.specification = [asdict(line) for line in draft.specification]
    product.save()
