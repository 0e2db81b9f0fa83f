"""The envelope of a credential: who says it, since when, until when (VC Data Model 2.0)."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from originmark.standards.credentials import status_list

VC_CONTEXT = "https://www.w3.org/ns/credentials/v2"


@dataclass(frozen=True, slots=True)
class Issuer:
    """Whoever says something; ``also_known_as`` is an address where people find out more."""

    did: str
    name: str
    also_known_as: str = ""


@dataclass(frozen=True, slots=True)
class Envelope:
    """All that is said around a subject; ``status`` is a list's address and a place in it."""

    id: str
    issuer: Issuer
    name: str
    valid_from: datetime
    valid_until: datetime | None = None
    status: tuple[str, int] | None = None


def moment(at: datetime) -> str:
    """Return a moment as credentials write it, to the second.

    >>> moment(datetime(2026, 10, 15, 12, 0, tzinfo=UTC))
    '2026-10-15T12:00:00Z'
    """
    return at.astimezone(UTC).replace(microsecond=0, tzinfo=None).isoformat() + "Z"


def status_list_credential(envelope: Envelope, revoked: list[int]) -> dict[str, Any]:
    """Return the credential of a status list, not yet signed."""
    found: dict[str, Any] = {
        "@context": [VC_CONTEXT],
        "id": envelope.id,
        "type": ["VerifiableCredential", status_list.CREDENTIAL],
        "issuer": {"id": envelope.issuer.did, "name": envelope.issuer.name},
        "validFrom": moment(envelope.valid_from),
    }
    if envelope.valid_until:
        found["validUntil"] = moment(envelope.valid_until)
    return found | {"credentialSubject": status_list.subject(envelope.id, revoked)}
