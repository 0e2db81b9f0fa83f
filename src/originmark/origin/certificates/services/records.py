"""Record certificates and what they cover."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Protocol

from django.db import transaction

from originmark.frame.web.refusals import RuleViolation
from originmark.origin.certificates.models import Certificate, CertificateType
from originmark.origin.certificates.rules import (
    CertificateDraft,
    CertificateRecorded,
    ScopeOutsideHolder,
    UnknownCertificate,
    checked,
)
from originmark.origin.certificates.selectors import certificate_type
from originmark.origin.parties import access
from originmark.origin.parties.access import Actor
from originmark.origin.parties.selectors import Organisation
from originmark.origin.places import selectors as places
from originmark.origin.products import selectors as products


class Owned(Protocol):
    """What every register says of a thing: its row and whose it is."""

    @property
    def id(self) -> int: ...

    @property
    def organisation_id(self) -> int | None: ...


@transaction.atomic
def record_certificate(draft: CertificateDraft, *, by: Actor, now: datetime) -> Certificate:
    """Record a paper of an organisation.

    Raises NotAllowed, a refusal of ``rules.checked``, UnknownCertificateType,
    CertificateRecorded, or ScopeOutsideHolder when something it names is not the holder's.
    """
    access.require(by, "certificates.record", organisation_id=draft.holder_id)
    certificate = Certificate(recorded_at=now)
    _write(certificate, checked(draft))
    return certificate


@transaction.atomic
def change_certificate(certificate_id: int, draft: CertificateDraft, *, by: Actor) -> Certificate:
    """Write what the draft says over the record; suspension, revocation and document stay.

    Raises as ``record_certificate``; moving it to another holder needs the right with both.
    """
    certificate = locked(certificate_id, by=by, permission="certificates.record")
    access.require(by, "certificates.record", organisation_id=draft.holder_id)
    _write(certificate, checked(draft))
    return certificate


def locked(certificate_id: int, *, by: Actor, permission: str) -> Certificate:
    """Return the row, locked, when the actor has the permission with its holder."""
    rows = Certificate.objects.select_for_update(of=("self",)).select_related("type", "holder")
    certificate = rows.filter(pk=certificate_id).first()
    if certificate is None:
        raise UnknownCertificate(certificate=str(certificate_id))
    access.require(by, permission, organisation_id=certificate.holder_id)
    return certificate


def _write(certificate: Certificate, draft: CertificateDraft) -> None:
    kind = certificate_type(draft.type)
    _refuse_repetition(certificate, kind, draft)
    certificate.type, certificate.number, certificate.issuer = kind, draft.number, draft.issuer
    certificate.holder_id = draft.holder_id
    certificate.scope_kind = draft.scope_kind
    certificate.valid_from, certificate.valid_until = draft.valid_from, draft.valid_until
    certificate.area_ha, certificate.heads = draft.area_ha, draft.heads
    certificate.households = draft.households
    certificate.is_public, certificate.note = draft.is_public, draft.note
    certificate.save()
    holder = certificate.holder
    certificate.products.set(_rows(draft.products, products.product, holder, shared=True))
    areas = _rows(draft.growing_areas, places.growing_area, holder, shared=False)
    certificate.growing_areas.set(areas)
    facilities = _rows(draft.facilities, places.facility, holder, shared=False)
    certificate.facilities.set(facilities)


def _refuse_repetition(
    certificate: Certificate, kind: CertificateType, draft: CertificateDraft
) -> None:
    same = Certificate.objects.filter(type=kind, issuer=draft.issuer, number=draft.number)
    if same.exclude(pk=certificate.pk).exists():
        raise CertificateRecorded(type=kind.name, number=draft.number, issuer=draft.issuer)


def _rows(
    codes: Sequence[str], find: Callable[[str], Owned], holder: Organisation, *, shared: bool
) -> list[int]:
    """Return the rows of the named things; ``shared`` takes the programme's catalogue as well.

    Raises ScopeOutsideHolder with all that are unknown or somebody else's.
    """
    owners = {holder.pk, None} if shared else {holder.pk}
    found: list[int] = []
    foreign: list[str] = []
    for code in codes:
        try:
            facts = find(code)
        except RuleViolation:
            foreign.append(code)
            continue
        (found if facts.organisation_id in owners else []).append(facts.id)
        if facts.organisation_id not in owners:
            foreign.append(code)
    if foreign:
        raise ScopeOutsideHolder(found=tuple(foreign), holder=holder.name)
    return found
