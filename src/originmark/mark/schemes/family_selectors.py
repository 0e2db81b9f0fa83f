"""Questions about mother brands, their children and the consents between them."""

from datetime import date

from django.db.models import F

from originmark.mark.schemes import family_rules, rules
from originmark.mark.schemes.models import Brand, CoUseConsent


def lineage(brand_code: str) -> list[str]:
    """Return a brand, its mother, her mother and so on. One query for each."""
    found: list[str] = []
    row = Brand.objects.filter(code=brand_code).first()
    if row is None:
        raise rules.UnknownBrand(brand=brand_code)
    while row is not None and row.code not in found:
        found.append(row.code)
        row = row.mother
    return found


def mother_code(brand_code: str) -> str:
    """Return the code of the mother brand, empty without one. One query."""
    found = Brand.objects.filter(code=brand_code).values_list("mother__code", flat=True).first()
    return found or ""


def children(brand_code: str) -> list[Brand]:
    """Return the brands under a mother brand, by name. One query."""
    rows = Brand.objects.select_related("owner").filter(mother__code=brand_code)
    return list(rows.order_by("name", "pk"))


def consents(brand_code: str) -> list[CoUseConsent]:
    """Return the consents to joint use that a brand ever had, newest first. One query."""
    rows = CoUseConsent.objects.select_related("mother", "brand")
    return list(rows.filter(brand__code=brand_code))


def consent(consent_id: int) -> CoUseConsent:
    """Return one consent with its brands. One query; raises UnknownConsent."""
    rows = CoUseConsent.objects.select_related("mother", "brand")
    row = rows.filter(pk=consent_id).first()
    if row is None:
        raise family_rules.UnknownConsent(consent=consent_id)
    return row


def consent_on(child: str, on: date) -> CoUseConsent | None:
    """Return the consent of its present mother that a brand has on a day. One query."""
    rows = CoUseConsent.objects.filter(brand__code=child, mother=F("brand__mother"))
    holding = (each for each in rows if family_rules.holds(each.valid_from, each.valid_until, on))
    return next(holding, None)
