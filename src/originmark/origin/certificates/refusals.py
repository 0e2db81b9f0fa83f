"""What the rules of certificates refuse, in words."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import ClassVar

from originmark.frame.web.refusals import RuleViolation, gettext_noop


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
    expected: tuple[str, ...] = ("area", "product", "facility", "organisation")


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
class PatternRefused(RuleViolation):
    """A pattern of numbers that is no regular expression."""

    code: ClassVar[str] = "certificate-pattern-refused"
    field: ClassVar[str | None] = "number_pattern"
    sentence: ClassVar[str] = gettext_noop(
        "The pattern %(found)s is no regular expression: %(reason)s. Correct it or leave it out."
    )

    found: str
    reason: str


@dataclass(eq=False)
class HolderUnknown(RuleViolation):
    """A holder that nobody knows."""

    code: ClassVar[str] = "holder-unknown"
    field: ClassVar[str | None] = "holder"
    sentence: ClassVar[str] = gettext_noop(
        "There is no organisation with the code %(holder)s. Register it first."
    )

    holder: str


@dataclass(eq=False)
class TypesRefused(RuleViolation):
    """A file of certificate types that cannot be read."""

    code: ClassVar[str] = "certificate-types-refused"
    field: ClassVar[str | None] = "file"
    sentence: ClassVar[str] = gettext_noop(
        "The file of certificate types was not taken: %(reason)s. Nothing was changed."
    )

    reason: str
