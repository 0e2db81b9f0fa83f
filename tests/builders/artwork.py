"""Artwork for tests: what a label says, and pictures of one."""

import io
from datetime import date
from decimal import Decimal
from typing import Any

import segno
from builders.labels import NOON
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from originmark.mark.labels.artwork import picture_rules, picture_services, services
from originmark.mark.labels.artwork.content import LabelContent
from originmark.mark.labels.artwork.models import Artwork
from originmark.origin.parties.access import SYSTEM

PRINT_ON = date(2026, 11, 1)
AT_NOON: dict[str, Any] = {"by": SYSTEM, "now": NOON}


def a_code(text: str = "https://a.cn/01/1", **more: int | str) -> Image.Image:
    """A QR code of 29 modules, 10 points each, with its margin of 4."""
    buffer = io.BytesIO()
    facts = {"scale": 10, "border": 4, **more}
    segno.make_qr(text, error="m", version=3).save(buffer, kind="png", **facts)
    return Image.open(buffer).convert("RGB")


def png(picture: Image.Image) -> bytes:
    """The bytes of a picture."""
    buffer = io.BytesIO()
    picture.save(buffer, "PNG")
    return buffer.getvalue()


def a_picture(text: str, **more: int | str) -> SimpleUploadedFile:
    """The same code as an upload, 370 points wide."""
    return SimpleUploadedFile("label.png", png(a_code(text, **more)))


def a_content(**more: Any) -> LabelContent:
    """A label of packed food to which no shipped rule set objects."""
    facts: dict[str, Any] = {
        "name": "Yangqu millet", "organisation": "East Cooperative", "address": "East Village",
        "contact": "0351 1", "origin": "Yangqu", "net_content": Decimal(500),
        "production_date": "15.10.2026", "expiry_date": "DD/MM/YYYY", "shelf_life_months": 12,
        "ingredients": "millet", "allergens": "none", "warnings": "none", "instructions": "Boil.",
        "storage": "Dry.", "standard_code": "GB/T 19503", "production_licence": "SC1",
        "organisation_id": "1", "gtin": "", "traceability": "QR", "certificates": "organic",
    }  # fmt: skip
    return LabelContent(**{**facts, **more})


def seen(row: Artwork) -> Artwork:
    """Give artwork a picture on which an inspector ticked everything."""
    text = f"{settings.PUBLIC_URL}/01/{row.says.gtin}"
    picture_services.add_picture(row.number, a_picture(text), Decimal(31), **AT_NOON)
    return picture_services.tick(row.number, picture_rules.BY_EYE, **AT_NOON)


def a_draft(product: Any, **more: Any) -> services.ArtworkDraft:
    """The label of a product, to be printed in November 2026 for Vietnam."""
    content = a_content(gtin=product.gtin, **more.pop("content", {}))
    facts = {"market": "VN", "category": "food", "print_on": PRINT_ON, **more}
    return services.ArtworkDraft(product_code=product.code, content=content, **facts)
