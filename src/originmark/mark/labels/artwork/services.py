"""Record artwork and approve it for print."""

from contextlib import suppress
from dataclasses import asdict
from datetime import datetime
from typing import Final

from django.db import IntegrityError, transaction
from django.db.models import Max

from originmark.mark.labels.artwork import refusals, selectors
from originmark.mark.labels.artwork.content import FIELD_NAMES, ArtworkDraft
from originmark.mark.labels.artwork.models import Artwork
from originmark.mark.labels.artwork.rulesets import MUST
from originmark.origin.parties import access
from originmark.origin.parties.access import Actor

__all__ = ["ArtworkDraft", "approve_artwork", "record_artwork"]
ATTEMPTS: Final = 20


@transaction.atomic
def record_artwork(draft: ArtworkDraft, *, by: Actor, now: datetime) -> Artwork:
    """Record the next version of a product's label for a market.

    Raises UnknownProduct, UnknownBrand, NoProducer, or VersionTaken when others were quicker
    so often that waiting longer helps nobody.
    """
    row = selectors.unrecorded(draft, by)
    row.made_at, row.made_by = now, by.name
    # The first version of a label has no row to lock, so the unique constraint decides who was
    # first; the other waits for it and takes the number after.
    for _attempt in range(ATTEMPTS):
        with suppress(IntegrityError), transaction.atomic():
            return _numbered(row, _next_version(row))
    raise refusals.VersionTaken(row.product.name)


@transaction.atomic
def approve_artwork(number: str, *, by: Actor, now: datetime) -> Artwork:
    """Approve artwork for print; the version approved before is superseded.

    Raises UnknownArtwork, NotADraft or ArtworkIncomplete.
    """
    access.require(by, "labels.approve_artwork")
    selectors.artwork(number, by)
    row = Artwork.objects.select_for_update().get(number=number)
    if row.status != Artwork.Status.DRAFT:
        raise refusals.NotADraft(row.number, row.status)
    if selectors.picture_of(row) is None:
        raise refusals.PictureMissing(row.number)
    found = selectors.checked(row)
    open_ = [each for each in found.findings if each.severity == MUST]
    if open_:
        names = tuple(dict.fromkeys(FIELD_NAMES[each.field] for each in open_))
        raise refusals.ArtworkIncomplete(row.number, len(open_), names)
    for old in Artwork.objects.filter(
        product=row.product_id, market=row.market, status=Artwork.Status.APPROVED
    ):
        old.status = Artwork.Status.SUPERSEDED
        old.save(update_fields=["status"])
    row.status, row.approved_at, row.approved_by = Artwork.Status.APPROVED, now, by.name
    row.decided_on = {
        "rulesets": [each.edition for each in found.sets],
        "findings": [asdict(each) for each in found.findings],
    }
    row.save()
    return row


def _numbered(row: Artwork, version: int) -> Artwork:
    row.version, row.number = version, f"{row.product_code}-{row.market}-{version}"
    row.save(force_insert=True)
    return row


def _next_version(row: Artwork) -> int:
    earlier = Artwork.objects.filter(product_id=row.product_id, market=row.market)
    return int(earlier.aggregate(last=Max("version"))["last"] or 0) + 1
