"""Keys that sign credentials: Ed25519, written as JSON Web Keys (RFC 7517, RFC 8037)."""

from dataclasses import dataclass, field

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from joserfc.errors import JoseError
from joserfc.jwk import OKPKey

from originmark.standards.credentials.encodings import NotEncoded, from_base64url, to_base64url

KEY_SIZE = 32


class KeyUnreadable(ValueError):
    """What stands there is no Ed25519 key."""


@dataclass(frozen=True, slots=True)
class PublicKey:
    """The public half of a key; ``raw`` are its 32 bytes."""

    raw: bytes

    @classmethod
    def of_jwk(cls, jwk: object) -> "PublicKey":
        """Return the key that a JSON Web Key says; raises KeyUnreadable."""
        if not isinstance(jwk, dict) or (jwk.get("kty"), jwk.get("crv")) != ("OKP", "Ed25519"):
            raise KeyUnreadable('expected a JSON Web Key with "kty": "OKP" and "crv": "Ed25519"')
        try:
            raw = from_base64url(str(jwk.get("x", "")))
        except NotEncoded as problem:
            raise KeyUnreadable(f"the key's x: {problem}") from problem
        if len(raw) != KEY_SIZE:
            raise KeyUnreadable(f"found a key of {len(raw)} bytes, expected {KEY_SIZE}")
        return cls(raw)

    @property
    def jwk(self) -> dict[str, str]:
        """Return the key as a JSON Web Key.

        >>> PublicKey(bytes(32)).jwk["x"]
        'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'
        """
        return {"kty": "OKP", "crv": "Ed25519", "x": to_base64url(self.raw)}

    @property
    def thumbprint(self) -> str:
        """Return the name of the key that follows from the key itself (RFC 7638)."""
        return self.jose().thumbprint()

    def jose(self) -> OKPKey:
        """Return the key as the library wants it; raises KeyUnreadable."""
        try:
            return OKPKey.import_key({**self.jwk})
        except (JoseError, ValueError) as problem:
            raise KeyUnreadable("these bytes are no Ed25519 key") from problem


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A private key of an issuer; ``seed`` are the 32 secret bytes of RFC 8032."""

    issuer: str
    seed: bytes = field(repr=False)

    def __post_init__(self) -> None:
        if len(self.seed) != KEY_SIZE:
            raise KeyUnreadable(f"found a secret of {len(self.seed)} bytes, expected {KEY_SIZE}")

    @property
    def public(self) -> PublicKey:
        """Return the public half."""
        private = Ed25519PrivateKey.from_private_bytes(self.seed)
        return PublicKey(private.public_key().public_bytes_raw())

    @property
    def id(self) -> str:
        """Return the address of the key in its issuer's DID document."""
        return f"{self.issuer}#{self.public.thumbprint}"

    def jose(self) -> OKPKey:
        """Return the key as the library wants it, secret and all."""
        return OKPKey.import_key({**self.public.jwk, "d": to_base64url(self.seed)})
