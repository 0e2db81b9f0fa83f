"""What a certificate is worth on a day, and what one must say: pure decisions."""

import re
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from originmark.origin.certificates.refusals import (
    AlreadyRevoked,
    CertificateRecorded,
    DocumentMissing,
    HolderUnknown,
    MeasureRefused,
    NumberMissing,
    PatternRefused,
    ReasonMissing,
    ScopeOutsideHolder,
    ScopeRefused,
    TypesRefused,
    UnknownCertificate,
    UnknownCertificateType,
    ValidityRefused,
)

__all__ = [
    "AREA",
    "EXPIRED",
    "EXPIRING",
    "FACILITY",
    "IN_FORCE",
    "MEASURES",
    "NOT_YET",
    "ORGANISATION",
    "PRODUCT",
    "REVOKED",
    "SCOPES",
    "STATUSES",
    "SUSPENDED",
    "VALID",
    "AlreadyRevoked",
    "CertificateDraft",
    "CertificateRecorded",
    "DocumentMissing",
    "HolderUnknown",
    "MeasureRefused",
    "NumberMissing",
    "PatternRefused",
    "ReasonMissing",
    "ScopeOutsideHolder",
    "ScopeRefused",
    "TypesRefused",
    "UnknownCertificate",
    "UnknownCertificateType",
    "Validity",
    "ValidityRefused",
    "checked",
    "number_is_usual",
]

AREA, PRODUCT, FACILITY, ORGANISATION = "area", "product", "facility", "organisation"
SCOPES = (AREA, PRODUCT, FACILITY, ORGANISATION)
MEASURES = ("area_ha", "heads", "households")

NOT_YET, VALID, EXPIRING, EXPIRED, SUSPENDED, REVOKED = (
    "not_yet",
    "valid",
    "expiring",
    "expired",
    "suspended",
    "revoked",
)
IN_FORCE = (VALID, EXPIRING)
STATUSES = (VALID, EXPIRING, EXPIRED, SUSPENDED, REVOKED, NOT_YET)


@dataclass(frozen=True, slots=True)
class CertificateDraft:
    """What somebody says about a certificate.

    ``type`` is the code of its type; the scope's things are named by their codes.
    """

    number: str
    type: str
    issuer: str
    holder_id: int
    scope_kind: str = ORGANISATION
    valid_from: date | None = None
    valid_until: date | None = None
    area_ha: Decimal | None = None
    heads: int | None = None
    households: int | None = None
    growing_areas: tuple[str, ...] = ()
    products: tuple[str, ...] = ()
    facilities: tuple[str, ...] = ()
    is_public: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class Validity:
    """The dates that decide what a certificate is worth."""

    valid_from: date | None = None
    valid_until: date | None = None
    suspended_on: date | None = None
    revoked_on: date | None = None
    warning_days: int = 60

    def status(self, on: date) -> str:
        """Return what the certificate is worth on a day; its last day counts.

        A harder fate hides a softer one: revoked, expired, suspended, not yet, expiring, valid.
        """
        if self.revoked_on is not None and self.revoked_on <= on:
            return REVOKED
        if self.valid_until is not None and self.valid_until < on:
            return EXPIRED
        if self.suspended_on is not None and self.suspended_on <= on:
            return SUSPENDED
        if self.valid_from is not None and on < self.valid_from:
            return NOT_YET
        left_days = self.days_left(on)
        return EXPIRING if left_days is not None and left_days <= self.warning_days else VALID

    def days_left(self, on: date) -> int | None:
        """Return how many days remain after this one; None where it has no end."""
        return None if self.valid_until is None else (self.valid_until - on).days


def checked(draft: CertificateDraft) -> CertificateDraft:
    """Return the draft tidied, or refuse it with the first reason."""
    number, issuer = " ".join(draft.number.split()), " ".join(draft.issuer.split())
    if not number or not issuer:
        raise NumberMissing(number=number, issuer=issuer)
    if draft.scope_kind not in SCOPES:
        raise ScopeRefused(found=draft.scope_kind)
    if draft.valid_from and draft.valid_until and draft.valid_until < draft.valid_from:
        raise ValidityRefused(valid_from=draft.valid_from, valid_until=draft.valid_until)
    for measure in MEASURES:
        amount = getattr(draft, measure)
        if amount is not None and amount <= 0:
            raise MeasureRefused(measure=measure, found=Decimal(amount))
    return replace(draft, number=number, issuer=issuer, note=draft.note.strip())


def number_is_usual(number: str, pattern: str) -> bool:
    """Return whether a number looks as its type's numbers do; no pattern takes all."""
    return not pattern or re.fullmatch(pattern, number, re.ASCII) is not None
