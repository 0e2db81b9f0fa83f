"""Questions about certificates."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Count, F, Q, QuerySet, Sum
from django.urls import reverse

from originmark.origin.certificates import rules
from originmark.origin.certificates.models import Certificate, CertificateType
from originmark.origin.certificates.rules import (
    CertificateDraft,
    UnknownCertificate,
    UnknownCertificateType,
)
from originmark.origin.parties import access
from originmark.origin.parties.access import Actor

__all__ = [
    "CertificateDraft",
    "CertificateFacts",
    "TypeTotal",
    "UnknownCertificate",
    "certificate_type",
    "certificate_types",
    "certificates",
    "certificates_for",
    "draft_of",
    "expiring",
    "holds",
    "in_force",
    "public_row",
    "roll_up",
    "row",
    "with_status",
]


@dataclass(frozen=True, slots=True)
class CertificateFacts:
    """A certificate in force, as a shopper may see it.

    ``file_url`` is empty where no document was filed.
    """

    id: int
    number: str
    type_code: str
    type_name: str
    type_names: dict[str, str]
    issuer: str
    holder_id: int
    valid_from: date | None
    valid_until: date | None
    file_url: str
    url: str


@dataclass(frozen=True, slots=True)
class TypeTotal:
    """What the certificates of one type cover together, on one day."""

    type_code: str
    type_name: str
    certificates: int
    holders: int
    area_ha: Decimal
    heads: int
    households: int


def certificates(by: Actor) -> QuerySet[Certificate]:
    """Return what the actor may read: the papers of the own organisations."""
    return access.visible(by, Certificate.objects.select_related("type", "holder"), "holder")


def row(certificate_id: int, by: Actor) -> Certificate:
    """Return one row that the actor may read; raises UnknownCertificate."""
    found = certificates(by).filter(pk=certificate_id).first()
    if found is None:
        raise UnknownCertificate(certificate=str(certificate_id))
    return found


def public_row(certificate_id: int, on: date) -> Certificate:
    """Return a row that anybody may read: shown to shoppers and in force that day."""
    found = Certificate.objects.select_related("type", "holder").filter(pk=certificate_id).first()
    if found is None or not found.is_public or found.validity.status(on) not in rules.IN_FORCE:
        raise UnknownCertificate(certificate=str(certificate_id))
    return found


def certificate_types() -> QuerySet[CertificateType]:
    """Return all types of certificates."""
    return CertificateType.objects.all()


def draft_of(found: Certificate) -> CertificateDraft:
    """Return a stored certificate as the draft that would make it. Three queries."""
    return CertificateDraft(
        number=found.number,
        type=found.type.code,
        issuer=found.issuer,
        holder_id=found.holder_id,
        scope_kind=found.scope_kind,
        valid_from=found.valid_from,
        valid_until=found.valid_until,
        area_ha=found.area_ha,
        heads=found.heads,
        households=found.households,
        growing_areas=tuple(found.growing_areas.order_by("code").values_list("code", flat=True)),
        products=tuple(found.products.order_by("code").values_list("code", flat=True)),
        facilities=tuple(found.facilities.order_by("code").values_list("code", flat=True)),
        is_public=found.is_public,
        note=found.note,
    )


def certificates_for(
    organisation_ids: Iterable[int],
    product_ids: Iterable[int],
    area_ids: Iterable[int],
    on: date,
) -> list[CertificateFacts]:
    """Return the public certificates in force that cover any of these. One query.

    A paper for growing areas or products counts only for those that it names; one for the
    organisation or its facilities counts for whoever holds it.
    """
    holders, whole = (
        Q(holder__in=list(organisation_ids)),
        Q(scope_kind__in=["organisation", "facility"]),
    )
    covers = (holders & whole) | Q(scope_kind="product", products__in=list(product_ids))
    covers |= Q(scope_kind="area", growing_areas__in=list(area_ids))
    rows = in_force(Certificate.objects.filter(covers, is_public=True), on)
    return [_facts(each) for each in rows.select_related("type").distinct()]


def holds(organisation_id: int, type_code: str, on: date) -> bool:
    """Return whether an organisation holds a paper of a type, or one that counts."""
    named = Q(type__code=type_code) | Q(type__equivalents__code=type_code)
    rows = Certificate.objects.filter(named, holder=organisation_id)
    return in_force(rows, on).exists()


def certificate_type(code: str) -> CertificateType:
    """Return a type by its code; raises UnknownCertificateType."""
    found = CertificateType.objects.filter(code=code).first()
    if found is None:
        known = tuple(CertificateType.objects.values_list("code", flat=True))
        raise UnknownCertificateType(type=code, known=known)
    return found


def in_force(rows: QuerySet[Certificate], on: date) -> QuerySet[Certificate]:
    """Return those rows that are worth something on a day."""
    return rows.filter(_begun(on), ~_ended(on), ~_revoked(on), ~_suspended(on))


def with_status(rows: QuerySet[Certificate], status: str, on: date) -> QuerySet[Certificate]:
    """Return those rows that have a status on a day: what ``rules.Validity`` says, in SQL."""
    if status == rules.REVOKED:
        return rows.filter(_revoked(on))
    rows = rows.exclude(_revoked(on))
    if status == rules.EXPIRED:
        return rows.filter(_ended(on))
    rows = rows.exclude(_ended(on))
    if status == rules.SUSPENDED:
        return rows.filter(_suspended(on))
    rows = rows.exclude(_suspended(on))
    if status == rules.NOT_YET:
        return rows.exclude(_begun(on))
    ids = [each.pk for each in rows.filter(_begun(on)) if each.validity.status(on) == status]
    return rows.filter(pk__in=ids)


def expiring(by: Actor, *, on: date, days: int) -> QuerySet[Certificate]:
    """Return the papers in force that end within so many days, the first to end first."""
    rows = in_force(certificates(by), on)
    return rows.filter(valid_until__lte=on + timedelta(days=days)).order_by("valid_until", "pk")


def roll_up(by: Actor, on: date) -> list[TypeTotal]:
    """Return what the papers in force cover, by type. One query."""
    rows = (
        in_force(certificates(by), on)
        .values(code=F("type__code"), name=F("type__name"))
        .annotate(
            papers=Count("pk"),
            who=Count("holder", distinct=True),
            ha=Sum("area_ha"),
            animals=Sum("heads"),
            homes=Sum("households"),
        )
        .order_by("name", "code")
    )
    return [
        TypeTotal(
            type_code=each["code"],
            type_name=each["name"],
            certificates=each["papers"],
            holders=each["who"],
            area_ha=each["ha"] or Decimal(0),
            heads=each["animals"] or 0,
            households=each["homes"] or 0,
        )
        for each in rows
    ]


def _begun(on: date) -> Q:
    return Q(valid_from__isnull=True) | Q(valid_from__lte=on)


def _ended(on: date) -> Q:
    return Q(valid_until__isnull=False, valid_until__lt=on)


def _revoked(on: date) -> Q:
    return Q(revoked_on__isnull=False, revoked_on__lte=on)


def _suspended(on: date) -> Q:
    return Q(suspended_on__isnull=False, suspended_on__lte=on)


def _facts(found: Certificate) -> CertificateFacts:
    return CertificateFacts(
        id=found.pk,
        number=found.number,
        type_code=found.type.code,
        type_name=found.type.name,
        type_names=found.type.names,
        issuer=found.issuer,
        holder_id=found.holder_id,
        valid_from=found.valid_from,
        valid_until=found.valid_until,
        file_url=reverse("certificates:public_document", args=[found.pk]) if found.document else "",
        url=reverse("certificates:public", args=[found.pk]),
    )
