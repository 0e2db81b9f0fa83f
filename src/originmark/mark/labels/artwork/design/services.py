"""Draw the template of a label, and keep which one somebody took."""

from datetime import datetime
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext as _

from originmark.frame.web import typesetting
from originmark.mark.labels.artwork.design.drawing import (
    DesignAsked,
    Drawing,
    content_of,
    drawing,
)
from originmark.mark.labels.artwork.models import LabelTemplate
from originmark.mark.labels.artwork.refusals import NoProducer
from originmark.origin.parties import access
from originmark.origin.parties.access import Actor
from originmark.origin.products import selectors as products

TEMPLATE: Final = Path(__file__).parent / "label.typ"


def draw(asked: DesignAsked, *, by: Actor) -> Drawing:
    """Return what the template of a label shows; writes nothing.

    Raises UnknownProduct, NoProducer, NotAllowed or UnknownBrand.
    """
    product = products.product(asked.product_code)
    if product.organisation_id is None:
        raise NoProducer(product.name)
    access.require(by, "labels.artwork", organisation_id=product.organisation_id)
    return drawing(asked, product, content_of(asked, product))


@transaction.atomic
def take(asked: DesignAsked, *, by: Actor, now: datetime) -> LabelTemplate:
    """Draw a template and keep it, so that everybody can tell what a label was made from.

    Raises what ``draw`` raises.
    """
    drawn = draw(asked, by=by)
    product = products.row(asked.product_code, by)
    if product.organisation is None:
        raise NoProducer(product.name)
    return LabelTemplate.objects.create(
        product=product, organisation=product.organisation, market=asked.market,
        print_on=asked.print_on, drawn=drawn.as_json(), made_at=now, made_by=by.name,
    )  # fmt: skip


def svg(drawn: dict[str, Any]) -> bytes:
    """Return a template as a drawing; its letters are outlines."""
    return typesetting.svg(TEMPLATE, _noted(drawn), pictures=_logo(drawn))


def pdf(drawn: dict[str, Any], *, made_at: datetime) -> bytes:
    """Return a template as a paper in its size, with its text as text."""
    return typesetting.pdf(TEMPLATE, _noted(drawn), made_at=made_at, pictures=_logo(drawn))


def _noted(drawn: dict[str, Any]) -> dict[str, Any]:
    """Return a template with what a demonstration says on all that it prints."""
    return {**drawn, "note": _("DEMONSTRATION") if settings.IS_DEMONSTRATION else ""}


def _logo(drawn: dict[str, Any]) -> dict[str, bytes]:
    brand = drawn["brand"]
    if not brand or not brand["file"]:
        return {}
    with default_storage.open(brand["stored"]) as file:
        return {brand["file"]: file.read()}
