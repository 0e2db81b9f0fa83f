"""Questions about licences."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse

from originmark.mark.licensing import rules
from originmark.mark.licensing.models import Licence, LicenceSuspension
from originmark.mark.licensing.services import terms_of
from originmark.mark.schemes import selectors as schemes
from originmark.origin.parties import access
from originmark.origin.parties import selectors as parties
from originmark.origin.parties.access import Actor

__all__ = [
    "LicenceFacts", "LicenceState", "expiring", "licence", "licence_for", "licence_state",
    "licence_state_for", "licences", "published_users", "resting_on", "state_of",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class LicenceFacts:
    """A licence, as other rooms see it; ``state`` is that of the day that was asked for."""

    id: int
    number: str
    brand_code: str
    brand_name: str
    organisation_id: int
    organisation_name: str
    products: tuple[str, ...]
    valid_from: date
    valid_until: date
    state: str

    @property
    def url(self) -> str:
        """Return the address of the page."""
        return reverse("licensing:licence", args=[self.number])


@dataclass(frozen=True, slots=True)
class LicenceState:
    """Whether an organisation may use a brand on a product, and why not."""

    state: str
    licence: LicenceFacts | None
    refusal: rules.NotLicensed | None

    @property
    def is_valid(self) -> bool:
        """Return whether the mark may be used."""
        return self.refusal is None


def licences(by: Actor) -> QuerySet[Licence]:
    """Return the licences that the actor may read: all for the office, else one's own."""
    return access.visible(by, _rows())


def licence(number: str, by: Actor) -> Licence:
    """Return one licence that the actor may read; raises UnknownLicence."""
    row = licences(by).filter(number=number).first()
    if row is None:
        raise rules.UnknownLicence(number=number)
    return row


def published_users(on: date) -> QuerySet[Licence]:
    """Return the licences that the public sees: in their time and not ended. For everybody."""
    return (
        _rows()
        .filter(valid_from__lte=on, valid_until__gte=on, brand__is_active=True)
        .filter(Q(ended_on=None) | Q(ended_on__gt=on))
        .order_by("organisation__name", "number")
    )


def expiring(by: Actor, *, on: date, within_days: int = 90) -> QuerySet[Licence]:
    """Return the licences whose last day is near, nearest first."""
    return (
        licences(by)
        .filter(ended_on=None, valid_until__gte=on, valid_until__lte=on + timedelta(within_days))
        .order_by("valid_until", "number")
    )


def resting_on(on: date) -> Exists:
    """Return the condition that a licence is suspended on a day."""
    resting = LicenceSuspension.objects.filter(licence=OuterRef("pk"), suspended_on__lte=on)
    return Exists(resting.filter(Q(lifted_on=None) | Q(lifted_on__gt=on)))


def licence_state_for(
    organisation_code: str, brand_code: str, product_code: str, on: date, *, by: Actor
) -> LicenceState:
    """Return ``licence_state`` of an organisation that the actor may read.

    Raises UnknownOrganisation or UnknownBrand.
    """
    organisation = parties.visible_organisation(organisation_code, by)
    schemes.brand(brand_code)
    return licence_state(organisation.pk, brand_code, product_code, on)


def state_of(row: Licence, on: date) -> str:
    """Return the state of a licence on a day."""
    return rules.state_on(terms_of(row), on)


def licence_for(
    organisation_id: int, brand_code: str, product_code: str, on: date
) -> LicenceFacts | None:
    """Return the licence under which a product may carry a brand on a day, if there is one."""
    found = licence_state(organisation_id, brand_code, product_code, on)
    return found.licence if found.is_valid else None


def licence_state(
    organisation_id: int, brand_code: str, product_code: str, on: date
) -> LicenceState:
    """Return whether an organisation may use a brand on a product on a day, and why not.

    Four queries, whatever the number of licences; one more when there is none. Raises nothing:
    the refusal comes back as a value, so that a caller may tell several at once.
    """
    rows = {
        row.number: row
        for row in _rows().filter(organisation_id=organisation_id, brand__code=brand_code)
    }
    state, terms = rules.best([terms_of(row) for row in rows.values()], product_code, on)
    if terms is None:
        return LicenceState(state, None, _no_licence(organisation_id, brand_code))
    row = rows[terms.number]
    refusal = None if state == rules.VALID else _refusal(state, row, product_code, on)
    return LicenceState(state, _facts(row, rules.state_on(terms, on)), refusal)


def _no_licence(organisation_id: int, brand_code: str) -> rules.NotLicensed:
    organisation = parties.organisation_by_id(organisation_id)
    brand = schemes.brand(brand_code)
    return rules.NoLicence(organisation=organisation.name, brand=brand.name)


def _refusal(state: str, row: Licence, product: str, on: date) -> rules.NotLicensed:
    who = {"organisation": row.organisation.name, "brand": row.brand.name, "number": row.number}
    if state == rules.NOT_YET:
        return rules.LicenceNotYetValid(**who, begins=row.valid_from)
    if state == rules.EXPIRED:
        return rules.LicenceExpired(**who, ended=row.valid_until)
    if state == rules.ENDED and row.ended_on is not None:
        return rules.LicenceEnded(**who, ended=row.ended_on)
    if state == rules.SUSPENDED:
        for each in row.suspensions.all():
            if rules.Suspension(each.suspended_on, each.lifted_on).rests_on(on):
                return rules.LicenceSuspended(
                    **who, since=each.suspended_on, reason=each.reason.rstrip(".") + "."
                )
    covered = tuple(each.product_code for each in row.products.all())
    return rules.ProductNotLicensed(**who, product=product, covered=covered)


def _rows() -> QuerySet[Licence]:
    return Licence.objects.select_related("brand", "organisation").prefetch_related(
        "products", "suspensions"
    )


def _facts(row: Licence, state: str) -> LicenceFacts:
    return LicenceFacts(
        id=row.pk,
        number=row.number,
        brand_code=row.brand.code,
        brand_name=row.brand.name,
        organisation_id=row.organisation_id,
        organisation_name=row.organisation.name,
        products=tuple(each.product_code for each in row.products.all()),
        valid_from=row.valid_from,
        valid_until=row.valid_until,
        state=state,
    )
