"""did:web: an issuer's name that is also the address of its keys.

Follows https://w3c-ccg.github.io/did-method-web/ and, for the document, Controlled Identifiers
1.0. Nothing is fetched here: a document comes in as a value.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from originmark.standards.credentials.encodings import NotEncoded, from_multikey, to_multikey
from originmark.standards.credentials.keys import KeyUnreadable, PublicKey

CONTEXTS = ("https://www.w3.org/ns/did/v1", "https://w3id.org/security/jwk/v1")
METHOD = "did:web:"
WELL_KNOWN = "/.well-known/did.json"


class DocumentInvalid(ValueError):
    """What stands there is no DID document; says what was found and what was expected."""


@dataclass(frozen=True, slots=True)
class DidDocument:
    """An issuer and the keys that may sign credentials for it, by their address."""

    id: str
    keys: dict[str, PublicKey]


def did_of(url: str) -> str:
    """Return the DID of a web address; a port's colon is escaped.

    >>> did_of("https://brand.example"), did_of("http://localhost:8000/shanxi/millet")
    ('did:web:brand.example', 'did:web:localhost%3A8000:shanxi:millet')
    """
    parts = urlsplit(url)
    if not parts.netloc:
        raise ValueError(f"{url!r} is no web address")
    folders = [quote(each, safe="") for each in parts.path.split("/") if each]
    return METHOD + ":".join([parts.netloc.lower().replace(":", "%3A"), *folders])


def document_url(did: str) -> str:
    """Return where the document of a DID is published; raises DocumentInvalid.

    >>> document_url("did:web:brand.example"), document_url("did:web:brand.example:millet")
    ('https://brand.example/.well-known/did.json', 'https://brand.example/millet/did.json')
    """
    if not did.startswith(METHOD) or did == METHOD:
        raise DocumentInvalid(f"found {did[:80]!r}, expected a DID that begins with {METHOD}")
    host, *folders = did.removeprefix(METHOD).split(":")
    path = "/" + "/".join(folders) + "/did.json" if folders else WELL_KNOWN
    return f"https://{unquote(host)}{path}"


def document(did: str, keys: Iterable[PublicKey], *, also_known_as: str = "") -> dict[str, Any]:
    """Return the document of an issuer: each key as JsonWebKey and as Multikey.

    The first key is the newest. All of them may verify; which of them signs is nobody's concern.
    """
    methods = [method for key in keys for method in _methods(did, key)]
    found: dict[str, Any] = {
        "@context": [*CONTEXTS, "https://w3id.org/security/multikey/v1"],
        "id": did,
        "verificationMethod": methods,
        "assertionMethod": [each["id"] for each in methods],
    }
    return found | {"alsoKnownAs": [also_known_as]} if also_known_as else found


def read_document(data: object) -> DidDocument:
    """Return the issuer and the keys that a document lets sign; raises DocumentInvalid.

    Only keys named under ``assertionMethod`` count, and of these only Ed25519.
    """
    if not isinstance(data, dict) or not str(data.get("id", "")).startswith("did:"):
        raise DocumentInvalid('expected a JSON object with an "id" that begins with did:')
    did = str(data["id"])
    methods = [each for each in _list(data, "verificationMethod") if isinstance(each, dict)]
    known = {_absolute(did, each.get("id")): each for each in methods}
    keys = {}
    for named in _list(data, "assertionMethod"):
        method = named if isinstance(named, dict) else known.get(_absolute(did, named))
        key = _key(did, method) if method else None
        if method and key:
            keys[_absolute(did, method.get("id"))] = key
    if not keys:
        raise DocumentInvalid(f"{did} names no Ed25519 key under assertionMethod")
    return DidDocument(did, keys)


def _methods(did: str, key: PublicKey) -> list[dict[str, Any]]:
    multikey = to_multikey(key.raw)
    return [
        {
            "id": f"{did}#{key.thumbprint}",
            "type": "JsonWebKey",
            "controller": did,
            "publicKeyJwk": {**key.jwk, "kid": key.thumbprint},
        },
        {
            "id": f"{did}#{multikey}",
            "type": "Multikey",
            "controller": did,
            "publicKeyMultibase": multikey,
        },
    ]


def _key(did: str, method: dict[str, Any]) -> PublicKey | None:
    """Return the key of a method, None for one of another kind or of another's."""
    if method.get("controller", did) != did or not _absolute(did, method.get("id")):
        return None
    try:
        if "publicKeyMultibase" in method:
            return PublicKey(from_multikey(str(method["publicKeyMultibase"])))
        return PublicKey.of_jwk(method.get("publicKeyJwk"))
    except (KeyUnreadable, NotEncoded):
        return None


def _absolute(did: str, address: object) -> str:
    text = address if isinstance(address, str) else ""
    absolute = f"{did}{text}" if text.startswith("#") else text
    return absolute if absolute.startswith(f"{did}#") else ""


def _list(data: dict[str, Any], name: str) -> list[Any]:
    found = data.get(name, [])
    return found if isinstance(found, list) else []
