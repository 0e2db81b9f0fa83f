"""Commands about certificates."""

from originmark.origin.certificates.rules import CertificateDraft
from originmark.origin.certificates.services.documents import attach_document
from originmark.origin.certificates.services.expiry import notice_expiring
from originmark.origin.certificates.services.records import change_certificate, record_certificate
from originmark.origin.certificates.services.status import (
    lift_suspension,
    revoke_certificate,
    suspend_certificate,
)
from originmark.origin.certificates.services.types import change_type, load_types, shipped_types

__all__ = [
    "CertificateDraft",
    "attach_document",
    "change_certificate",
    "change_type",
    "lift_suspension",
    "load_types",
    "notice_expiring",
    "record_certificate",
    "revoke_certificate",
    "shipped_types",
    "suspend_certificate",
]
