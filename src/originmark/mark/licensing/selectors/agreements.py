"""Questions about agreements and exits."""

from originmark.mark.licensing.models import (
    Agreement,
    AgreementAcceptance,
    Licence,
    LicenceExit,
)


def newest_agreement(brand_id: int) -> Agreement | None:
    """Return what a user of a brand agrees to now, if anything is written. One query."""
    return Agreement.objects.filter(brand_id=brand_id).order_by("-version").first()


def acceptance(licence: Licence) -> AgreementAcceptance | None:
    """Return which version was accepted for a licence, the newest one. One query."""
    rows = AgreementAcceptance.objects.filter(licence=licence).select_related("agreement")
    return rows.order_by("-agreement__version").first()


def exit_of(licence: Licence) -> LicenceExit | None:
    """Return how the use of a licence ends, if that was announced. One query."""
    return LicenceExit.objects.filter(licence=licence).first()
