"""The event hash of the Core Business Vocabulary: one name for what an event says.

Two documents that say the same have the same hash, whichever way they write it: JSON or XML, EPC
URN or Digital Link, bare word or URI, any order of fields, any time zone. Versions of the
algorithm stand side by side under their names, and a stored hash keeps the name of its version.

Source: CBV 2.0, section 8.9.2; RFC 6920 for the URI.
"""

import hashlib
from collections.abc import Callable, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Any, Final

from originmark.standards.epcis import hash_documents, hash_fields
from originmark.standards.epcis.hash_values import Names

Json = Mapping[str, Any]
HASH_VERSION: Final = "CBV2.0"
VERSIONS: Mapping[str, Callable[[Json, Names], str]] = MappingProxyType(
    {HASH_VERSION: hash_fields.prehash}
)
ALGORITHMS: Mapping[str, Callable[[bytes], Any]] = MappingProxyType(
    {
        "sha-256": hashlib.sha256,
        "sha-384": hashlib.sha384,
        "sha-512": hashlib.sha512,
        "sha3-256": hashlib.sha3_256,
    }
)


def prehash(event: Json, namespaces: Mapping[str, str], *, version: str = HASH_VERSION) -> str:
    """Return the string that the hash of an event is taken of.

    ``namespaces`` are the prefixes in force, those of the event's own context included
    (``fingerprint.namespaces``).

    >>> event = {"type": "ObjectEvent", "eventTime": "2026-09-22T07:15:00+08:00",
    ...          "bizStep": "shipping", "ex:lot": "007"}
    >>> prehash(event, {"ex": "https://ex.example/"}).partition("bizStep")[0]
    'eventType=ObjectEventeventTime=2026-09-21T23:15:00.000Z'
    >>> prehash(event, {"ex": "https://ex.example/"}).partition("bizStep")[2]
    '=https://ref.gs1.org/cbv/BizStep-shipping{https://ex.example/}lot=007'

    Raises ValueError for a version that is not known, and TooDeep.
    """
    return _strategy(version)(event, _names(tuple(namespaces.items())))


def digest(event: Json, namespaces: Mapping[str, str]) -> str:
    """Return the SHA-256 (64 hexadecimal digits) of an event's pre-hash string."""
    written = hash_fields.prehash(event, _names(tuple(namespaces.items())))
    return hashlib.sha256(_bytes(written)).hexdigest()


def hash_uri(digits: str, version: str = HASH_VERSION, *, algorithm: str = "sha-256") -> str:
    """Return a hash as the URI that names the event.

    >>> hash_uri("6ae9")
    'ni:///sha-256;6ae9?ver=CBV2.0'

    Raises ValueError for a version or an algorithm that is not known.
    """
    _strategy(version)
    _function(algorithm)
    return _uri(digits, version, algorithm)


def _uri(digits: str, version: str, algorithm: str) -> str:
    return f"ni:///{algorithm};{digits}?ver={version}"


def event_hashes(
    document: bytes,
    media_type: str,
    *,
    algorithm: str = "sha-256",
    version: str = HASH_VERSION,
) -> list[str]:
    """Return the hash of each event of a document, in the document's order.

    Takes EPCIS documents, query documents, single events and lists of events, in JSON or XML.

    >>> event_hashes(b'{"type": "ObjectEvent", "action": "ADD"}', "application/json")[0][:20]
    'ni:///sha-256;f05092'

    Raises DocumentInvalid where there are no events to be read, ValueError for a media type,
    version or algorithm that is not known, and TooDeep.
    """
    strategy, function = _strategy(version), _function(algorithm)
    return [
        _uri(function(_bytes(strategy(event, names))).hexdigest(), version, algorithm)
        for event, names in hash_documents.events(hash_documents.parse(document, media_type))
    ]


def event_prehashes(document: bytes, media_type: str, *, version: str = HASH_VERSION) -> list[str]:
    """Return the pre-hash string of each event of a document; raises as event_hashes does."""
    strategy = _strategy(version)
    return [
        strategy(event, names)
        for event, names in hash_documents.events(hash_documents.parse(document, media_type))
    ]


def _bytes(prehash: str) -> bytes:
    # A lone surrogate is no text, and still the event must have a hash.
    return prehash.encode("utf-8", "surrogatepass")


def _strategy(version: str) -> Callable[[Json, Names], str]:
    if version not in VERSIONS:
        raise ValueError(
            f"{version!r} is no version of the event hash; known: {', '.join(VERSIONS)}"
        )
    return VERSIONS[version]


def _function(algorithm: str) -> Callable[[bytes], Any]:
    if algorithm not in ALGORITHMS:
        raise ValueError(
            f"{algorithm!r} is no algorithm of the event hash; known: {', '.join(ALGORITHMS)}"
        )
    return ALGORITHMS[algorithm]


@lru_cache(maxsize=64)
def _names(namespaces: tuple[tuple[str, str], ...]) -> Names:
    return Names(dict(namespaces))
