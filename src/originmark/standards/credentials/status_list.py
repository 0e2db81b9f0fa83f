"""Bitstring Status List 1.0 (W3C): one bit says whether a credential still counts.

A list holds many credentials, so that whoever looks one up does not tell which.
"""

import gzip
import zlib
from collections.abc import Iterable
from typing import Any

from originmark.standards.credentials.encodings import NotEncoded, from_base64url, to_base64url

SIZE = 131_072  # the least that the standard lets a list have: 16 KB
MOST_BYTES = 4_194_304  # of a list of others, unpacked
MULTIBASE = "u"
REVOCATION = "revocation"
ENTRY, CREDENTIAL, LIST = (
    "BitstringStatusListEntry",
    "BitstringStatusListCredential",
    "BitstringStatusList",
)


class StatusListInvalid(ValueError):
    """The text is no status list; says what was found and what was expected."""


def encode(revoked: Iterable[int], *, size: int = SIZE) -> str:
    """Return the list in which the bits at ``revoked`` are set, packed for publishing.

    The first credential is the highest bit of the first byte. The same bits give the same text.

    >>> decode(encode([0, 9]))[:2].hex()
    '8040'
    """
    if size < SIZE or size % 8:
        raise ValueError(f"a list has at least {SIZE} entries, in whole bytes; asked for {size}")
    bits = bytearray(size // 8)
    for index in revoked:
        if not 0 <= index < size:
            raise ValueError(f"entry {index} is outside a list of {size}")
        bits[index // 8] |= 0x80 >> index % 8
    return MULTIBASE + to_base64url(gzip.compress(bytes(bits), mtime=0))


def decode(encoded: str) -> bytes:
    """Return the bits of a published list; raises StatusListInvalid."""
    if not encoded.startswith(MULTIBASE):
        raise StatusListInvalid("expected an encodedList that begins with u (base64url)")
    unpacking = zlib.decompressobj(wbits=31)
    try:
        bits = unpacking.decompress(from_base64url(encoded[1:]), MOST_BYTES)
    except (NotEncoded, zlib.error) as problem:
        raise StatusListInvalid("the encodedList is not a gzip in base64url") from problem
    if not unpacking.eof:
        raise StatusListInvalid(f"the list ends early or unpacks to more than {MOST_BYTES} bytes")
    if len(bits) * 8 < SIZE:
        raise StatusListInvalid(f"found {len(bits) * 8} entries, expected at least {SIZE}")
    return bits


def is_set(bits: bytes, index: int) -> bool:
    """Return the bit of a credential; raises StatusListInvalid when the list has no such entry."""
    if not 0 <= index < len(bits) * 8:
        raise StatusListInvalid(f"entry {index} is outside a list of {len(bits) * 8}")
    return bool(bits[index // 8] & 0x80 >> index % 8)


def entry(list_url: str, index: int, *, purpose: str = REVOCATION) -> dict[str, Any]:
    """Return what a credential says of its place in a list."""
    return {
        "id": f"{list_url}#{index}",
        "type": ENTRY,
        "statusPurpose": purpose,
        "statusListIndex": index,
        "statusListCredential": list_url,
    }


def subject(list_url: str, revoked: Iterable[int], *, purpose: str = REVOCATION) -> dict[str, Any]:
    """Return what the credential of a list is about."""
    return {
        "id": f"{list_url}#list",
        "type": LIST,
        "statusPurpose": purpose,
        "encodedList": encode(revoked),
    }
