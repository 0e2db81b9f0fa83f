"""Record trademarks, patents, designs, indications and copyrights of a product."""

from typing import Any

from django.db import transaction

from originmark.frame.web.uploads import Upload, checked_paper
from originmark.origin.parties.access import Actor
from originmark.origin.products.models import IntellectualProperty, Product
from originmark.origin.products.rules import (
    RightDraft,
    RightRecorded,
    UnknownRight,
    check_dates,
)
from originmark.origin.products.services.products import locked


@transaction.atomic
def record_right(
    code: str, draft: RightDraft, *, by: Actor, document: Upload | None = None
) -> IntellectualProperty:
    """Record a right in a product, with its paper where there is one.

    Raises NotAllowed, DatesRefused, RightRecorded or a refusal of ``frame.web.uploads``.
    """
    return _write(IntellectualProperty(product=locked(code, by=by)), draft, document)


@transaction.atomic
def change_right(
    code: str, right_id: int, draft: RightDraft, *, by: Actor, document: Upload | None = None
) -> IntellectualProperty:
    """Write the draft over a record; without a new document the old one stays."""
    return _write(_of(locked(code, by=by), right_id), draft, document)


@transaction.atomic
def remove_right(code: str, right_id: int, *, by: Actor) -> None:
    """Remove a record that should never have been made; a right that ended is withdrawn instead."""
    _of(locked(code, by=by), right_id).delete()


def _of(product: Product, right_id: int) -> IntellectualProperty:
    right = product.rights.filter(pk=right_id).first()
    if right is None:
        raise UnknownRight(right=str(right_id))
    return right


def _write(
    right: IntellectualProperty, draft: RightDraft, document: Upload | None
) -> IntellectualProperty:
    check_dates(draft.registered_on, draft.valid_until)
    same: dict[str, Any] = {
        "kind": draft.kind,
        "authority": draft.authority,
        "number": draft.number,
    }
    if right.product.rights.filter(**same).exclude(pk=right.pk).exists():
        raise RightRecorded(number=draft.number, authority=draft.authority)
    for name in RightDraft.__slots__:
        setattr(right, name, getattr(draft, name))
    if document is not None:
        paper = checked_paper(document, draft.number)
        right.document.save(paper.stored_as, paper.content, save=False)
    right.save()
    return right
