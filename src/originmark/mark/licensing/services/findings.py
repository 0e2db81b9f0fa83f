"""Commands on what was found about users of a mark."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from originmark.mark.licensing import application_refusals as refusals
from originmark.mark.licensing import rules
from originmark.mark.licensing.models import NonConformity
from originmark.mark.schemes import selectors as schemes
from originmark.origin.parties import access
from originmark.origin.parties.access import Actor


@dataclass(frozen=True, slots=True)
class FindingDraft:
    """What a check found; without a brand it speaks against every one."""

    organisation_id: int
    what: str
    brand_code: str = ""
    found_on: date | None = None
    mend_until: date | None = None


@transaction.atomic
def record_finding(draft: FindingDraft, *, by: Actor, now: datetime) -> NonConformity:
    """Record a non-conformity; raises FindingWithoutWords or UnknownBrand."""
    access.require(by, "licensing.inspect", organisation_id=draft.organisation_id)
    if not draft.what.strip():
        raise refusals.FindingWithoutWords
    return NonConformity.objects.create(
        organisation_id=draft.organisation_id,
        brand_id=schemes.brand(draft.brand_code).id if draft.brand_code else None,
        what=draft.what.strip(),
        found_on=draft.found_on or timezone.localtime(now).date(),
        found_by=by.name,
        mend_until=draft.mend_until,
    )


@transaction.atomic
def close_finding(finding_id: int, *, note: str, by: Actor, now: datetime) -> NonConformity:
    """Say that a finding is mended, and how.

    Raises UnknownFinding, FindingClosed, FindingWithoutWords or StepOutOfOrder.
    """
    row = NonConformity.objects.select_for_update().filter(pk=finding_id).first()
    if row is None:
        raise refusals.UnknownFinding(finding=str(finding_id))
    access.require(by, "licensing.inspect", organisation_id=row.organisation_id)
    if row.closed_on:
        raise refusals.FindingClosed(closed_on=row.closed_on)
    if not note.strip():
        raise refusals.FindingWithoutWords
    today = timezone.localtime(now).date()
    if today < row.found_on:
        raise rules.StepOutOfOrder(number=str(finding_id), on=today, earliest=row.found_on)
    row.closed_on, row.close_note, row.closed_by = today, note.strip(), by.name
    row.save(update_fields=["closed_on", "close_note", "closed_by"])
    return row
