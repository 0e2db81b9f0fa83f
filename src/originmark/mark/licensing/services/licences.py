"""Commands on licences."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from originmark.mark.licensing import rules, sockets
from originmark.mark.licensing.models import Licence, LicenceProduct, LicenceSuspension
from originmark.mark.schemes import selectors as schemes
from originmark.origin.parties import access
from originmark.origin.parties.access import Actor


@dataclass(frozen=True, slots=True)
class Grant:
    """What a new licence shall say; an empty number asks for the next free one."""

    brand_code: str
    organisation_id: int
    products: tuple[str, ...]
    valid_from: date
    valid_until: date
    number: str = ""
    note: str = ""


@transaction.atomic
def grant_licence(grant: Grant, *, by: Actor, now: datetime) -> Licence:
    """Grant a licence.

    Raises UnknownBrand, BrandNotActive, NothingLicensed, ProductsOutsideBrand,
    LicenceEndsBeforeItBegins or LicenceNumberTaken.
    """
    access.require(by, "licensing.grant", organisation_id=grant.organisation_id)
    brand = schemes.brand(grant.brand_code)
    _check(grant, brand)
    licence = Licence(
        number=grant.number or _next_number(brand.code, grant.valid_from.year),
        brand_id=brand.id,
        organisation_id=grant.organisation_id,
        valid_from=grant.valid_from,
        valid_until=grant.valid_until,
        note=grant.note,
        granted_at=now,
        granted_by=by.name,
    )
    try:
        with transaction.atomic():
            licence.save()
    except IntegrityError:  # somebody granted under this number a moment ago
        raise rules.LicenceNumberTaken(number=licence.number) from None
    for code in sorted(set(grant.products)):
        LicenceProduct.objects.create(licence=licence, product_code=code)
    return licence


@transaction.atomic
def take_licence(grant: Grant, *, by: Actor, now: datetime) -> bool:
    """Grant a licence under its own number unless it is here already, and say whether it was.

    Raises LicenceNumberTaken when the number is here and says otherwise, or what
    ``grant_licence`` raises.
    """
    access.require(by, "licensing.import")
    row = Licence.objects.select_for_update().filter(number=grant.number).first()
    if row is None:
        grant_licence(grant, by=by, now=now)
        return False
    terms = terms_of(row)
    said = (row.brand.code, row.organisation_id, terms.products, row.valid_from, row.valid_until)
    asked = (
        grant.brand_code,
        grant.organisation_id,
        frozenset(grant.products),
        grant.valid_from,
        grant.valid_until,
    )
    if said != asked:
        raise rules.LicenceNumberTaken(number=grant.number)
    return True


def _check(grant: Grant, brand: schemes.BrandFacts) -> None:
    if not brand.is_active:
        raise rules.BrandNotActive(brand=brand.name)
    if grant.valid_until < grant.valid_from:
        raise rules.LicenceEndsBeforeItBegins(begins=grant.valid_from, ends=grant.valid_until)
    if not grant.products:
        raise rules.NothingLicensed(brand=brand.name)
    outside = set(grant.products) - set(schemes.brand_products(brand.code))
    if outside:
        raise rules.ProductsOutsideBrand(brand=brand.name, products=tuple(sorted(outside)))
    if grant.number:
        rules.check_number(grant.number)
    if grant.number and Licence.objects.filter(number=grant.number).exists():
        raise rules.LicenceNumberTaken(number=grant.number)


def _next_number(brand_code: str, year: int) -> str:
    """Return the next free number of a brand's year, as ``yangqu-millet-2026-0007``."""
    stem = f"{brand_code.upper()[:40]}-{year}-"
    taken = Licence.objects.select_for_update().filter(number__startswith=stem)
    last = max((int(number[len(stem) :]) for number in taken.values_list("number", flat=True)
                if number[len(stem) :].isdecimal()), default=0)  # fmt: skip
    return f"{stem}{last + 1:04d}"


@transaction.atomic
def suspend_licence(
    number: str, *, reason: str, on: date | None = None, by: Actor, now: datetime
) -> Licence:
    """Let a licence rest from a day on (default: today), until the suspension is lifted.

    Raises UnknownLicence, ReasonMissing, WrongLicenceState or StepOutOfOrder.
    """
    on = on or timezone.localtime(now).date()
    licence = _locked(number, "licensing.suspend", by)
    if not reason.strip():
        raise rules.ReasonMissing(number=number, step="suspended")
    suspensions = list(licence.suspensions.all())
    if licence.ended_on or any(each.lifted_on is None for each in suspensions):
        state = rules.ENDED if licence.ended_on else rules.SUSPENDED
        raise rules.WrongLicenceState(number=number, state=state, step="suspended")
    if on > licence.valid_until:
        raise rules.WrongLicenceState(number=number, state=rules.EXPIRED, step="suspended")
    _in_order(number, on, [each.lifted_on for each in suspensions if each.lifted_on])
    LicenceSuspension.objects.create(
        licence=licence, suspended_on=on, reason=reason.strip(), suspended_by=by.name
    )
    if on <= timezone.localtime(now).date():
        sockets.tell_lapse(number, reason.strip(), now)
    return licence


@transaction.atomic
def lift_suspension(
    number: str, *, reason: str = "", on: date | None = None, by: Actor, now: datetime
) -> Licence:
    """Let a suspended licence hold again from a day on (default: today).

    Raises UnknownLicence, WrongLicenceState when it is not suspended, or StepOutOfOrder.
    """
    on = on or timezone.localtime(now).date()
    licence = _locked(number, "licensing.suspend", by)
    suspension = licence.suspensions.filter(lifted_on=None).first()
    if suspension is None or licence.ended_on:
        state = rules.state_on(terms_of(licence), on)
        raise rules.WrongLicenceState(number=number, state=state, step="lifted")
    _in_order(number, on, [suspension.suspended_on])
    suspension.lifted_on, suspension.lift_note = on, reason.strip()
    suspension.lifted_by = by.name
    suspension.save(update_fields=["lifted_on", "lift_note", "lifted_by"])
    return licence


@transaction.atomic
def end_licence(
    number: str, *, reason: str, on: date | None = None, by: Actor, now: datetime
) -> Licence:
    """End a licence for good from a day on (default: today).

    Raises UnknownLicence, ReasonMissing, or WrongLicenceState when it is ended already.
    """
    on = on or timezone.localtime(now).date()
    licence = _locked(number, "licensing.suspend", by)
    if not reason.strip():
        raise rules.ReasonMissing(number=number, step="ended")
    if licence.ended_on:
        raise rules.WrongLicenceState(number=number, state=rules.ENDED, step="ended")
    _in_order(number, on, [licence.valid_from])
    licence.ended_on, licence.end_reason = on, reason.strip()
    licence.save(update_fields=["ended_on", "end_reason"])
    if on <= timezone.localtime(now).date():
        sockets.tell_lapse(number, reason.strip(), now)
    return licence


def terms_of(licence: Licence) -> rules.Terms:
    """Return what a licence says, as the rules weigh it; two queries unless prefetched."""
    return rules.Terms(
        number=licence.number,
        products=frozenset(each.product_code for each in licence.products.all()),
        valid_from=licence.valid_from,
        valid_until=licence.valid_until,
        ended_on=licence.ended_on,
        suspensions=tuple(
            rules.Suspension(each.suspended_on, each.lifted_on)
            for each in licence.suspensions.all()
        ),
    )


def _locked(number: str, permission: str, by: Actor) -> Licence:
    licence = Licence.objects.select_for_update().filter(number=number).first()
    if licence is None:
        access.require(by, permission)
        raise rules.UnknownLicence(number=number)
    access.require(by, permission, organisation_id=licence.organisation_id)
    return licence


def _in_order(number: str, on: date, earlier: list[date]) -> None:
    latest = max(earlier, default=on)
    if on < latest:
        raise rules.StepOutOfOrder(number=number, on=on, earliest=latest)
