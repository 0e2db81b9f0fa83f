"""The enveloping proof of VC-JOSE-COSE: a credential as a signed token ``vc+jwt``.

Follows "Securing Verifiable Credentials using JOSE and COSE" (W3C, 2025). The signature is
Ed25519; its header says ``EdDSA``, the name that verifiers know today. RFC 9864 calls the same
signature ``Ed25519``, which is read as well.
"""

import json
from dataclasses import dataclass
from typing import Any

from joserfc import jws
from joserfc.errors import JoseError
from joserfc.jws import JWSRegistry

from originmark.standards.credentials.encodings import NotEncoded, from_base64url
from originmark.standards.credentials.keys import KeyUnreadable, PublicKey, SigningKey

MEDIA_TYPE = "application/vc+jwt"
TYPE, CONTENT_TYPE = "vc+jwt", "vc"
ALGORITHMS = ("EdDSA", "Ed25519")
MOST_BYTES = 1_000_000


class TokenMalformed(ValueError):
    """The text is no signed credential; says what was found and what was expected."""


@dataclass(frozen=True, slots=True)
class Token:
    """A token taken apart; nothing is verified yet."""

    text: str
    header: dict[str, Any]
    credential: dict[str, Any]

    @property
    def key_id(self) -> str:
        """Return the address of the key that is said to have signed."""
        return str(self.header.get("kid", ""))

    @property
    def signer(self) -> str:
        """Return the DID of whoever is said to have signed."""
        return self.key_id.partition("#")[0]


class _Ed25519Registry(JWSRegistry):
    """Lets both names of the one algorithm in, and no other."""

    max_payload_length = MOST_BYTES

    def get_alg(self, name: str) -> Any:
        return super().get_alg("Ed25519" if name == "EdDSA" else name)


_REGISTRY = _Ed25519Registry(algorithms=["Ed25519"], strict_check_header=False)


def sign(credential: dict[str, Any], key: SigningKey) -> str:
    """Return the credential as a token signed by the key; the same key signs alike each time."""
    header = {"alg": ALGORITHMS[0], "typ": TYPE, "cty": CONTENT_TYPE, "kid": key.id}
    payload = json.dumps(credential, ensure_ascii=False, separators=(",", ":")).encode()
    return jws.serialize_compact(header, payload, key.jose(), registry=_REGISTRY)


def read(text: str) -> Token:
    """Return a token taken apart; raises TokenMalformed. Verifies nothing."""
    text = text.strip()
    if len(text) > MOST_BYTES:
        raise TokenMalformed(f"found {len(text)} characters, at most {MOST_BYTES} are read")
    parts = text.split(".")
    if len(parts) != 3:
        raise TokenMalformed(f"found {len(parts)} parts, expected three with points in between")
    try:
        header, credential = (json.loads(from_base64url(part)) for part in parts[:2])
        from_base64url(parts[2])
    except (NotEncoded, ValueError, RecursionError) as problem:
        raise TokenMalformed("a part is not JSON in base64url") from problem
    if not isinstance(header, dict) or not isinstance(credential, dict):
        raise TokenMalformed("header and credential are JSON objects")
    _refuse_header(header)
    return Token(text, header, credential)


def is_signed_by(token: Token, key: PublicKey) -> bool:
    """Return whether the key signed exactly this token."""
    try:
        jws.deserialize_compact(token.text, key.jose(), registry=_REGISTRY)
    except (JoseError, KeyUnreadable, ValueError):
        return False
    return True


def _refuse_header(header: dict[str, Any]) -> None:
    if header.get("alg") not in ALGORITHMS:
        raise TokenMalformed(f"found the algorithm {header.get('alg')!r}, expected EdDSA")
    if header.get("typ", TYPE) != TYPE:
        raise TokenMalformed(f"found the type {header['typ']!r}, expected {TYPE}")
    if "#" not in str(header.get("kid", "")):
        raise TokenMalformed("the header names no key of an issuer (kid)")
