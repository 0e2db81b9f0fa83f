"""Recording brands and what may carry them."""

from datetime import datetime

from django.core.files.base import File
from django.db import IntegrityError, transaction
from django.utils import timezone

from originmark.frame.web.uploads import ENDINGS, check_picture
from originmark.mark.schemes import family_rules, rules
from originmark.mark.schemes.drafts import BrandDraft
from originmark.mark.schemes.family_selectors import lineage
from originmark.mark.schemes.models import Brand, BrandProduct
from originmark.origin.parties import access
from originmark.origin.parties.access import Actor
from originmark.origin.places import selectors as places
from originmark.origin.products import selectors as products


@transaction.atomic
def record_brand(
    draft: BrandDraft, *, logo: File[bytes] | None = None, by: Actor, now: datetime
) -> Brand:
    """Record a brand with the products that may carry it.

    Raises BrandCodeTaken, UnknownBoundary, UnknownProducts, UnknownBrand (the mother), MotherLoop
    or FoundedLater.
    """
    access.require(by, "schemes.record_brand")
    if Brand.objects.filter(code=draft.code).exists():
        raise rules.BrandCodeTaken(brand=draft.code)
    brand = Brand(code=draft.code, created_at=now)
    return _write(brand, draft, logo, now)


@transaction.atomic
def change_brand(
    code: str, draft: BrandDraft, *, logo: File[bytes] | None = None, by: Actor, now: datetime
) -> Brand:
    """Change a brand; its code stays, because records name it.

    Raises UnknownBrand, UnknownBoundary, UnknownProducts, MotherLoop or FoundedLater.
    """
    brand = Brand.objects.select_for_update().filter(code=code).first()
    access.require(by, "schemes.record_brand")
    if brand is None:
        raise rules.UnknownBrand(brand=code)
    return _write(brand, draft, logo, now)


def _write(brand: Brand, draft: BrandDraft, logo: File[bytes] | None, now: datetime) -> Brand:
    _check_products(draft.products)
    _check_boundary(draft.boundary_code)
    _fill_family(brand, draft, now)
    ending = ENDINGS[check_picture(logo)] if logo is not None else ""
    brand.name, brand.names, brand.kind = draft.name, draft.names, draft.kind
    brand.owner_id = draft.owner_id
    brand.boundary_code, brand.story = draft.boundary_code, draft.story
    brand.is_active, brand.changed_at = draft.is_active, now
    if logo is not None:
        brand.logo.save(f"{brand.code}{ending}", logo, save=False)
    try:
        with transaction.atomic():
            brand.save()
    except IntegrityError:  # somebody recorded this code a moment ago
        raise rules.BrandCodeTaken(brand=brand.code) from None
    _write_products(brand, draft.products)
    return brand


def _fill_family(brand: Brand, draft: BrandDraft, now: datetime) -> None:
    above = lineage(draft.mother_code) if draft.mother_code else []
    family_rules.check_mother(brand.code, above)
    family_rules.check_founded(draft.founded_year, timezone.localtime(now).year)
    brand.mother = Brand.objects.get(code=draft.mother_code) if above else None
    brand.founded_year = draft.founded_year
    brand.recognised_by, brand.recognised_on = draft.recognised_by, draft.recognised_on


def _check_boundary(code: str) -> None:
    try:
        if code:
            places.boundary(code)
    except places.UnknownPlace:
        raise rules.UnknownBoundary(boundary=code) from None


def _check_products(codes: tuple[str, ...]) -> None:
    unknown = [code for code in codes if not is_product(code)]
    if unknown:
        raise rules.UnknownProducts(products=tuple(unknown))


def is_product(code: str) -> bool:
    """Return whether somebody registered a product with this code. One query."""
    try:
        products.product(code)
    except products.UnknownProduct:
        return False
    return True


def _write_products(brand: Brand, codes: tuple[str, ...]) -> None:
    known = {each.product_code: each for each in brand.products.all()}
    for code, row in known.items():
        if code not in codes:
            row.delete()
    for code in dict.fromkeys(codes):
        if code not in known:
            BrandProduct.objects.create(brand=brand, product_code=code)
