"""Take the picture of a label, and record that an inspector looked at it."""

import uuid
from collections.abc import Collection
from datetime import datetime
from decimal import Decimal

from django.core.files.base import ContentFile
from django.db import transaction

from originmark.frame.web.uploads import ENDINGS, Upload, check_picture
from originmark.mark.labels.artwork import pictures, refusals, selectors
from originmark.mark.labels.artwork.models import Artwork, ArtworkPicture, ArtworkTick
from originmark.mark.labels.artwork.picture_rules import BY_EYE
from originmark.origin.parties import access
from originmark.origin.parties.access import Actor


@transaction.atomic
def add_picture(
    number: str, file: Upload, width_mm: Decimal, *, by: Actor, now: datetime
) -> ArtworkPicture:
    """Take the picture of a draft; it replaces the one before, and what was ticked on that.

    Raises UnknownArtwork, NotADraft or a refusal of ``frame.web.uploads``.
    """
    row = _draft(number, by)
    access.require(by, "labels.artwork", organisation_id=row.organisation_id)
    media_type = check_picture(file)
    data = file.read()
    ArtworkPicture.objects.filter(artwork=row).delete()
    made = ArtworkPicture(
        artwork=row, media_type=media_type, width_mm=width_mm,
        measured=pictures.measure(data).as_json(), sent_at=now, sent_by=by.name,
    )  # fmt: skip
    made.file.save(f"{uuid.uuid4()}{ENDINGS[media_type]}", ContentFile(data), save=False)
    made.save()
    return made


@transaction.atomic
def tick(number: str, items: Collection[str], *, by: Actor, now: datetime) -> Artwork:
    """Record which points of the checklist an inspector found met on the picture.

    A tick stays with the name of who set it first. Raises UnknownArtwork, NotADraft or
    PictureMissing.
    """
    access.require(by, "labels.inspect_artwork")
    row = _draft(number, by)
    picture = selectors.picture_of(row)
    if picture is None:
        raise refusals.PictureMissing(row.number)
    for item in sorted(BY_EYE.keys() & set(items)):
        ArtworkTick.objects.get_or_create(
            picture=picture, item=item, defaults={"at": now, "by_name": by.name}
        )
    return row


def _draft(number: str, by: Actor) -> Artwork:
    selectors.artwork(number, by)
    row = Artwork.objects.select_for_update().get(number=number)
    if row.status != Artwork.Status.DRAFT:
        raise refusals.NotADraft(row.number, row.status)
    return row
