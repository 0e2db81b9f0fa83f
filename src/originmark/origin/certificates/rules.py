"""What a certificate is worth on a day, and what one must say: pure decisions."""

import re
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import ClassVar

from originmark.frame.web.refusals import RuleViolation, gettext_noop

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


@dataclass(eq=False)
class UnknownCertificate(RuleViolation):
    """Nobody knows such a certificate, or the person may not see it."""

    code: ClassVar[str] = "unknown-certificate"
    status: ClassVar[int] = 404
    sentence: ClassVar[str] = gettext_noop(
        "There is no certificate %(certificate)s here. Look it up in the list of certificates."
    )

    certificate: str


@dataclass(eq=False)
class UnknownCertificateType(RuleViolation):
    """Nobody knows such a type."""

    code: ClassVar[str] = "unknown-certificate-type"
    field: ClassVar[str | None] = "type"
    sentence: ClassVar[str] = gettext_noop(
        "There is no type of certificate %(type)s. Known types: %(known)s."
    )

    type: str
    known: tuple[str, ...]


@dataclass(eq=False)
class CertificateRecorded(RuleViolation):
    """The paper is in the register already."""

    code: ClassVar[str] = "certificate-recorded"
    status: ClassVar[int] = 409
    field: ClassVar[str | None] = "number"
    sentence: ClassVar[str] = gettext_noop(
        "%(type)s %(number)s of %(issuer)s is recorded already. Open that record and change it."
    )

    type: str
    number: str
    issuer: str


@dataclass(eq=False)
class NumberMissing(RuleViolation):
    """A paper without a number or an issuer."""

    code: ClassVar[str] = "certificate-number-missing"
    field: ClassVar[str | None] = "number"
    sentence: ClassVar[str] = gettext_noop(
        "A certificate needs its number and who issued it. Found number “%(number)s”, "
        "issuer “%(issuer)s”."
    )

    number: str
    issuer: str


@dataclass(eq=False)
class ScopeRefused(RuleViolation):
    """A scope that fits no certificate."""

    code: ClassVar[str] = "certificate-scope-refused"
    field: ClassVar[str | None] = "scope_kind"
    sentence: ClassVar[str] = gettext_noop(
        "“%(found)s” is no scope. It should be one of %(expected)s."
    )

    found: str
    expected: tuple[str, ...] = SCOPES


@dataclass(eq=False)
class ScopeOutsideHolder(RuleViolation):
    """Something in the scope belongs to somebody else."""

    code: ClassVar[str] = "certificate-scope-outside-holder"
    field: ClassVar[str | None] = "scope_kind"
    sentence: ClassVar[str] = gettext_noop(
        "%(found)s is not known or does not belong to %(holder)s. "
        "Choose growing areas, products and facilities of the holder."
    )

    found: tuple[str, ...]
    holder: str


@dataclass(eq=False)
class ValidityRefused(RuleViolation):
    """An end before the beginning."""

    code: ClassVar[str] = "certificate-validity-refused"
    field: ClassVar[str | None] = "valid_until"
    sentence: ClassVar[str] = gettext_noop(
        "Valid until %(valid_until)s is before valid from %(valid_from)s. Check both dates."
    )

    valid_from: date
    valid_until: date


@dataclass(eq=False)
class MeasureRefused(RuleViolation):
    """An amount that cannot be."""

    code: ClassVar[str] = "certificate-measure-refused"
    sentence: ClassVar[str] = gettext_noop(
        "%(measure)s is %(found)s; it should be more than 0 or left out."
    )

    measure: str
    found: Decimal


@dataclass(eq=False)
class AlreadyRevoked(RuleViolation):
    """What is revoked stays revoked."""

    code: ClassVar[str] = "certificate-revoked"
    status: ClassVar[int] = 409
    sentence: ClassVar[str] = gettext_noop(
        "%(certificate)s was revoked on %(revoked_on)s. Record the new paper as a new certificate."
    )

    certificate: str
    revoked_on: date


@dataclass(eq=False)
class ReasonMissing(RuleViolation):
    """A suspension or revocation without a reason."""

    code: ClassVar[str] = "certificate-reason-missing"
    field: ClassVar[str | None] = "reason"
    sentence: ClassVar[str] = gettext_noop("Say why: the holder and buyers will ask.")


@dataclass(eq=False)
class DocumentMissing(RuleViolation):
    """A certificate without a file."""

    code: ClassVar[str] = "certificate-document-missing"
    status: ClassVar[int] = 404
    sentence: ClassVar[str] = gettext_noop(
        "No document is filed for %(certificate)s. Its holder can add one."
    )

    certificate: str


@dataclass(eq=False)
class TypesRefused(RuleViolation):
    """A file of certificate types that cannot be read."""

    code: ClassVar[str] = "certificate-types-refused"
    field: ClassVar[str | None] = "file"
    sentence: ClassVar[str] = gettext_noop(
        "The file of certificate types was not taken: %(reason)s. Nothing was changed."
    )

    reason: str


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
