"""What a label could say, before anybody wrote it: its last version, or the records."""

from decimal import Decimal

from originmark.mark.labels.artwork.content import LabelContent
from originmark.mark.labels.artwork.models import Artwork
from originmark.origin.parties import selectors as parties
from originmark.origin.products.selectors import ProductFacts


def latest(product: ProductFacts, market: str) -> LabelContent | None:
    """Return what the newest version of a label says, if there is one. One query."""
    rows = Artwork.objects.filter(product_id=product.id, market=market)
    row = rows.order_by("-version").first()
    return row.says if row else None


def content(product: ProductFacts, language: str) -> LabelContent:
    """Return what the records know of a product and its producer. At most two queries."""
    grams = product.net_content_g
    said = LabelContent(
        name=product.name_in(language),
        gtin=product.gtin,
        net_content=Decimal(grams) if grams else None,
    )
    if product.organisation_id is None:
        return said
    owner = parties.organisation_by_id(product.organisation_id)
    return LabelContent(
        name=said.name,
        gtin=said.gtin,
        net_content=said.net_content,
        organisation=owner.names.get(language, owner.name),
        address=owner.address,
        contact=owner.phone or owner.email,
        organisation_id=owner.registration_number,
        origin=owner.unit.names.get(language, owner.unit.name) if owner.unit else "",
    )
