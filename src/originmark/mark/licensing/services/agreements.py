"""Commands on the agreement of a brand, and its acceptance."""

from datetime import datetime

from django.db import transaction

from originmark.mark.licensing import agreement_refusals as refusals
from originmark.mark.licensing import rules
from originmark.mark.licensing.models import Agreement, AgreementAcceptance, Licence
from originmark.mark.schemes import selectors as schemes
from originmark.origin.parties import access
from originmark.origin.parties.access import Actor


@transaction.atomic
def write_agreement(brand_code: str, text: str, *, by: Actor, now: datetime) -> Agreement:
    """Write the next version of what a user of a brand agrees to.

    Raises UnknownBrand, or AgreementWithoutText for an empty or an unchanged one.
    """
    access.require(by, "licensing.grant")
    brand = schemes.brand(brand_code)
    rows = Agreement.objects.select_for_update().filter(brand_id=brand.id)
    newest = rows.order_by("-version").first()
    if not text.strip() or (newest and newest.text == text.strip()):
        raise refusals.AgreementWithoutText(brand=brand.name)
    return Agreement.objects.create(
        brand_id=brand.id,
        version=newest.version + 1 if newest else 1,
        text=text.strip(),
        written_at=now,
        written_by=by.name,
    )


@transaction.atomic
def accept_agreement(number: str, *, version: int, by: Actor, now: datetime) -> AgreementAcceptance:
    """Accept the newest agreement for a licence, once; ``version`` is the one that was read.

    Raises UnknownLicence, NoAgreement or AgreementChanged.
    """
    rows = Licence.objects.select_for_update(of=("self",)).select_related("brand")
    licence = rows.filter(number=number).first()
    if licence is None:
        raise rules.UnknownLicence(number=number)
    access.require(by, "licensing.accept", organisation_id=licence.organisation_id)
    agreement = Agreement.objects.filter(brand_id=licence.brand_id).order_by("-version").first()
    if agreement is None:
        raise refusals.NoAgreement(brand=licence.brand.name)
    if agreement.version != version:
        raise refusals.AgreementChanged(read=version, newest=agreement.version)
    acceptance, _is_new = AgreementAcceptance.objects.get_or_create(
        licence=licence,
        agreement=agreement,
        defaults={"accepted_at": now, "accepted_by": by.name, "person_id": by.person_id},
    )
    return acceptance
