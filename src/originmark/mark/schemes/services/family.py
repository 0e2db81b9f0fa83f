"""Commands between a mother brand and its children."""

from datetime import date, datetime

from django.db import transaction

from originmark.mark.schemes import family_rules, rules
from originmark.mark.schemes.models import Brand, CoUseConsent
from originmark.origin.parties import access
from originmark.origin.parties.access import Actor


@transaction.atomic
def give_consent(
    child: str,
    *,
    valid_from: date,
    valid_until: date | None = None,
    note: str,
    by: Actor,
    now: datetime,
) -> CoUseConsent:
    """Let a child brand stand beside its mother from a day on, for the mother's owner.

    Raises UnknownBrand, NoMother or DatesReversed.
    """
    rows = Brand.objects.select_for_update(of=("self",)).select_related("mother")
    brand = rows.filter(code=child).first()
    if brand is None:
        raise rules.UnknownBrand(brand=child)
    if brand.mother is None:
        access.require(by, "schemes.record_brand")
        raise family_rules.NoMother(brand=brand.name)
    access.require(by, "schemes.consent", organisation_id=brand.mother.owner_id)
    rules.check_period(valid_from, valid_until)
    return CoUseConsent.objects.create(
        brand=brand,
        mother=brand.mother,
        valid_from=valid_from,
        valid_until=valid_until,
        note=note.strip(),
        given_at=now,
        given_by=by.name,
    )


@transaction.atomic
def end_consent(consent_id: int, *, valid_until: date, by: Actor) -> CoUseConsent:
    """Let a consent end on a day; the record stays.

    Raises UnknownConsent or DatesReversed.
    """
    rows = CoUseConsent.objects.select_for_update(of=("self",)).select_related("mother", "brand")
    row = rows.filter(pk=consent_id).first()
    if row is None:
        raise family_rules.UnknownConsent(consent=consent_id)
    access.require(by, "schemes.consent", organisation_id=row.mother.owner_id)
    rules.check_period(row.valid_from, valid_until)
    row.valid_until = valid_until
    row.save(update_fields=["valid_until"])
    return row
