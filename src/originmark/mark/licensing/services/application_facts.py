"""Ask every room below for what the conditions of an application look at."""

from datetime import date

from django.db.models import Q

from originmark.mark.evaluation import selectors as evaluation
from originmark.mark.licensing import application_rules as rules
from originmark.mark.licensing.models import Application, NonConformity
from originmark.mark.schemes import selectors as schemes
from originmark.mark.schemes.use_values import (
    CERTIFICATE_IN_FORCE,
    FREE,
    STAR_IN_FORCE,
    UseCondition,
    UseRules,
)
from originmark.origin.certificates import selectors as certificates
from originmark.origin.parties.access import SYSTEM
from originmark.origin.places import selectors as places
from originmark.origin.products import selectors as products

CHINA = "cn_uscc"


def check(application: Application, on: date) -> list[rules.Condition]:
    """Return each condition of the brand's rules of use with its answer today; writes nothing.

    Some ten queries, and up to three for each product and certificate. No condition at all where
    the brand has no rules of use on the day.
    """
    use = schemes.use_rules(application.brand.code, on)
    asked = use.conditions if use else ()
    return rules.conditions(asked, _facts(application, use, on))


def _facts(application: Application, use: UseRules | None, on: date) -> rules.Facts:
    brand = schemes.brand(application.brand.code)
    asked = use.conditions if use else ()
    keys = {each.key for each in asked}
    boundary, outside = _land(application, brand.boundary_code)
    papers = _papers(asked)
    holder = application.organisation
    return rules.Facts(
        on=on,
        organisation=holder.name,
        brand=brand.name,
        products=_products(application, on, with_stars=STAR_IN_FORCE in keys),
        rights=tuple(each.number for each in schemes.rights_in_force(brand.code, on)),
        boundary=boundary,
        areas=tuple(application.areas),
        areas_outside=outside,
        certificates=frozenset(code for code in papers if _holds(holder.pk, code, on)),
        certificate_names=papers,
        findings=_findings(application),
        credit_code=(holder.registration_number if holder.registration_scheme == CHINA else ""),
        own_brand=application.own_brand,
        child_brand=use.child_brand if use else FREE,
        has_consent=bool(application.own_brand_consent) or _child_agreed(application, on),
    )


def _child_agreed(application: Application, on: date) -> bool:
    """Return whether the own brand is a child of the mark, of the applicant, and agreed to."""
    said = application.own_brand.casefold()
    return any(
        said in {child.name.casefold(), child.code}
        and child.owner_id == application.organisation_id
        and schemes.consent_on(child.code, on) is not None
        for child in schemes.children_of(application.brand.code)
    )


def _products(
    application: Application, on: date, *, with_stars: bool
) -> tuple[rules.ProductFact, ...]:
    covered = set(schemes.brand_products(application.brand.code))
    return tuple(
        rules.ProductFact(
            each.name,
            is_of_brand=each.code in covered,
            has_star=with_stars and evaluation.star_on(each.code, on) is not None,
        )
        for each in products.products_of_codes(application.products)
    )


def _land(application: Application, boundary_code: str) -> tuple[str, tuple[str, ...]]:
    """Return the boundary's name, and which of the land is not inside, or is not active."""
    if not boundary_code:
        return "", ()
    areas = list(places.growing_areas(SYSTEM).filter(code__in=application.areas).order_by("code"))
    drawn = [row.pk for row in areas if row.geometry and row.status == row.Status.ACTIVE]
    found = places.containments(drawn, boundary_code)
    outside = [row.name for row in areas if not (row.pk in found and found[row.pk].inside)]
    return places.boundary(boundary_code).name, tuple(outside)


def _papers(asked: tuple[UseCondition, ...]) -> dict[str, str]:
    """Return the certificates that the rules ask for, with their names; "" is any of them."""
    codes = {each.certificate_type for each in asked if each.key == CERTIFICATE_IN_FORCE}
    rows = certificates.certificate_types().filter(code__in=codes)
    names = dict(rows.values_list("code", "name"))
    return {code: names.get(code, code) for code in codes}


def _holds(holder_id: int, code: str, on: date) -> bool:
    if code:
        return certificates.holds(holder_id, code, on)
    rows = certificates.certificates(SYSTEM).filter(holder_id=holder_id)
    return certificates.in_force(rows, on).exists()


def _findings(application: Application) -> tuple[str, ...]:
    rows = NonConformity.objects.filter(
        Q(brand=None) | Q(brand=application.brand_id),
        organisation=application.organisation_id,
        closed_on=None,
    )
    return tuple(rows.order_by("found_on", "pk").values_list("what", flat=True))
