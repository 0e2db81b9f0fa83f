"""Credentials for tests, signed by keys that are no secret: name only what matters."""

from datetime import UTC, datetime, timedelta
from typing import Any

from originmark.standards.credentials import did_web, envelopes, jose, status_list
from originmark.standards.credentials.did_web import DidDocument
from originmark.standards.credentials.envelopes import Envelope, Issuer
from originmark.standards.credentials.keys import SigningKey

NOON = datetime(2026, 10, 15, 12, 0, tzinfo=UTC)
DID = "did:web:brand.example"
LIST = "https://brand.example/credentials/status/1"
ISSUER = Issuer(DID, "Brand office of the tests")


def a_key(number: int = 1, *, did: str = DID) -> SigningKey:
    return SigningKey(did, bytes([number]) * 32)


def a_document(*keys: SigningKey) -> DidDocument:
    """The document of whoever holds the keys, as it would be read from the web."""
    keys = keys or (a_key(),)
    return did_web.read_document(did_web.document(keys[0].issuer, [key.public for key in keys]))


def an_envelope(**more: Any) -> Envelope:
    facts: dict[str, Any] = {
        "id": "https://brand.example/credentials/1",
        "issuer": ISSUER,
        "name": "Passport of lot L1",
        "valid_from": NOON - timedelta(days=1),
        "valid_until": NOON + timedelta(days=365),
        "status": (LIST, 5),
    }
    return Envelope(**facts | more)


def a_credential(**more: Any) -> dict[str, Any]:
    """The least that a credential says, as a value that is not yet signed."""
    facts = {
        "@context": [envelopes.VC_CONTEXT],
        "id": "https://brand.example/credentials/1",
        "type": ["VerifiableCredential"],
        "issuer": {"id": DID, "name": "Brand office of the tests"},
        "validFrom": "2026-10-14T12:00:00Z",
        "validUntil": "2027-10-15T12:00:00Z",
        "credentialStatus": status_list.entry(LIST, 5),
        "credentialSubject": {"id": "https://brand.example/own/millet/10/L1", "name": "Millet"},
    }
    return facts | more


def a_list(*revoked: int, key: SigningKey | None = None, **more: Any) -> dict[str, str]:
    """A signed status list by its address."""
    envelope = an_envelope(
        **{"id": LIST, "valid_until": NOON + timedelta(days=2), "status": None, **more}
    )
    token = jose.sign(envelopes.status_list_credential(envelope, list(revoked)), key or a_key())
    return {envelope.id: token}


def keep(_name: str, _value: str) -> bool:
    """Stand in for the safe of an installation whose secrets are in the environment."""
    return False
