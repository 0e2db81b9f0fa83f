"""Certificates for tests: name only what matters."""

from datetime import UTC, date, datetime
from itertools import count
from typing import Any

from builders.parties import an_organisation

from originmark.origin.certificates.models import Certificate, CertificateType
from originmark.origin.certificates.rules import CertificateDraft
from originmark.origin.certificates.services import record_certificate
from originmark.origin.parties.access import SYSTEM

RECORDED_AT = datetime(2026, 1, 5, 8, 0, tzinfo=UTC)
_numbers = count(1)


def a_certificate_type(code: str = "vietgap-crop", **values: Any) -> CertificateType:
    """Return a type, the shipped one where there is one."""
    said = {"name": code.title(), "scope": "organisation", **values}
    return CertificateType.objects.get_or_create(code=code, defaults=said)[0]


def a_certificate_draft(**values: Any) -> CertificateDraft:
    """Return what somebody says about a certificate; ``holder`` may be given as a row."""
    holder = values.pop("holder", None)
    if "holder_id" not in values:
        values["holder_id"] = (holder or an_organisation()).pk
    said = {
        "number": f"VG-{next(_numbers):04}",
        "type": "vietgap-crop",
        "issuer": "Certifier",
        "valid_from": date(2026, 1, 1),
        "valid_until": date(2028, 1, 1),
    }
    draft = CertificateDraft(**{**said, **values})
    a_certificate_type(draft.type)
    return draft


def a_certificate(**values: Any) -> Certificate:
    """Return a recorded certificate, in force from 2026 to 2028."""
    return record_certificate(a_certificate_draft(**values), by=SYSTEM, now=RECORDED_AT)
