"""Pictures: check, re-encode, keep in two widths, order."""

import io
import uuid
from collections.abc import Sequence
from datetime import datetime

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import F, Max
from PIL import Image, ImageOps

from originmark.frame.web.uploads import Upload, check_picture
from originmark.origin.parties.access import Actor
from originmark.origin.products.models import PICTURE_WIDTHS, Product, ProductPicture, picture_path
from originmark.origin.products.rules import PictureLimit, UnknownPicture, WrongOrder
from originmark.origin.products.services.products import locked

PICTURES_AT_MOST = 12
WEBP_QUALITY = 80


@transaction.atomic
def add_picture(
    code: str, file: Upload, description: str, *, by: Actor, now: datetime
) -> ProductPicture:
    """Add a picture behind those that are there.

    It is decoded and written anew as WebP, so nothing but the image survives: no position, no
    camera, no comment. A narrow picture is not made wider. Raises NotAllowed, PictureLimit or a
    refusal of ``frame.web.uploads``.
    """
    product = locked(code, by=by)
    check_picture(file)
    there = product.pictures.count()
    if there >= PICTURES_AT_MOST:
        raise PictureLimit(most=PICTURES_AT_MOST)
    renditions, (width, height) = _renditions(file)
    last = product.pictures.aggregate(last=Max("position"))["last"]
    picture = ProductPicture.objects.create(
        product=product,
        key=uuid.uuid4(),
        position=0 if last is None else last + 1,
        description=description.strip() or product.name,
        width=width,
        height=height,
        added_at=now,
    )
    for each_width, content in renditions.items():
        default_storage.save(picture_path(picture.key, each_width), ContentFile(content))
    return picture


@transaction.atomic
def remove_picture(code: str, key: uuid.UUID, *, by: Actor) -> None:
    """Remove a picture and, once that is certain, its files."""
    product = locked(code, by=by)
    picture = _of(product, key)
    picture.delete()
    transaction.on_commit(lambda: _delete_files(key))


@transaction.atomic
def move_picture_up(code: str, key: uuid.UUID, *, by: Actor) -> None:
    """Swap a picture with the one before it; the first stays."""
    product = locked(code, by=by)
    order = [each.key for each in product.pictures.all()]
    place = order.index(_of(product, key).key)
    if place:
        order[place - 1], order[place] = order[place], order[place - 1]
    _number(product, order)


@transaction.atomic
def order_pictures(code: str, keys: Sequence[uuid.UUID], *, by: Actor) -> None:
    """Put the pictures in this order; raises WrongOrder unless it names each of them once."""
    product = locked(code, by=by)
    if sorted(keys) != sorted(product.pictures.values_list("key", flat=True)):
        raise WrongOrder(found=len(keys), expected=product.pictures.count())
    _number(product, keys)


def _number(product: Product, keys: Sequence[uuid.UUID]) -> None:
    product.pictures.update(position=F("position") + 1000)
    for position, key in enumerate(keys):
        product.pictures.filter(key=key).update(position=position)


def _of(product: Product, key: uuid.UUID) -> ProductPicture:
    picture = product.pictures.filter(key=key).first()
    if picture is None:
        raise UnknownPicture(picture=str(key))
    return picture


def _delete_files(key: uuid.UUID) -> None:
    for width in PICTURE_WIDTHS:
        default_storage.delete(picture_path(key, width))


def _renditions(file: Upload) -> tuple[dict[int, bytes], tuple[int, int]]:
    """Return the picture as WebP in each width, and the size of the widest."""
    with Image.open(io.BytesIO(file.read())) as source:
        upright = ImageOps.exif_transpose(source)
        mode = "RGBA" if "A" in upright.getbands() or "transparency" in upright.info else "RGB"
        plain = upright.convert(mode)
    made: dict[int, bytes] = {}
    size = plain.size
    for width in sorted(PICTURE_WIDTHS):
        smaller = plain.copy()
        smaller.thumbnail((width, width * 2), Image.Resampling.LANCZOS)
        buffer = io.BytesIO()
        smaller.save(buffer, "WEBP", quality=WEBP_QUALITY)
        made[width], size = buffer.getvalue(), smaller.size
    return made, size
