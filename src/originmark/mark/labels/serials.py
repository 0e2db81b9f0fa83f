"""Serials that are derived, not stored: a billion labels need no billion rows.

A serial is 20 characters of Crockford's base32, 100 bits: 50 bits of (batch, index) under a mask
and 50 bits of authentication tag. The composition is that of SIV (RFC 5297): the tag is a keyed
function of the message, and the mask is a keyed function of the tag. So a serial hides how many
labels a lot has, neighbours look unrelated, and a forged one is refused without a look-up.

docs/algorithms/serials.md works an example and says how likely a forgery is.
"""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import itemgetter
from struct import Struct
from typing import NamedTuple

import numpy as np
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import ECB
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from numpy.typing import NDArray

BATCH_BITS, INDEX_BITS, HALF_BITS = 26, 24, 50
MAX_BATCH = (1 << BATCH_BITS) - 1
MAX_INDEX = (1 << INDEX_BITS) - 1
LENGTH = 20
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

_HALF_MASK = (1 << HALF_BITS) - 1
_TAG_DOMAIN, _MASK_DOMAIN = b"om:tag:1", b"om:mask1"  # eight bytes each: half of an AES block
_VALUES = {letter: value for value, letter in enumerate(ALPHABET)} | {"O": 0, "I": 1, "L": 1}
# What int(…, 32) reads: its digits for our letters, large and small, and nothing for all else.
_AS_DIGITS = bytes(
    ord("0123456789abcdefghijklmnopqrstuv"[_VALUES[letter]]) if letter in _VALUES else ord("!")
    for letter in (chr(code).upper() for code in range(256))
)
_LETTERS = np.frombuffer(ALPHABET.encode(), dtype=np.uint8)
_BLOCK, _FIRST_HALF = Struct(">8sQ").pack, Struct(">Q8x").unpack
_in_fours = itemgetter(*(slice(start, start + 4) for start in range(0, LENGTH, 4)))
_SHIFTS = np.arange(HALF_BITS - 5, -1, -5, dtype=np.uint64)


_Encrypt = Callable[[bytes], bytes]


class _Encryptors(threading.local):
    """The encryptors of a thread, one a key: to make one costs ten times what a block costs."""

    def __init__(self) -> None:
        self.made: dict[bytes, _Encrypt] = {}


_encryptors = _Encryptors()


@dataclass(frozen=True, slots=True)
class SerialKeys:
    """The two keys of one version: one makes tags, the other makes masks."""

    version: int
    tag_key: bytes
    mask_key: bytes


class Opened(NamedTuple):
    """What a genuine serial says: which batch, which label of it, under which key."""

    batch: int
    index: int  # type: ignore[assignment]  # not tuple.index, which nobody asks for
    key_version: int


def keys_from(secret: str, *, version: int) -> SerialKeys:
    """Return the two keys that a secret stands for (HKDF-SHA256, RFC 5869)."""
    if not secret:
        raise ValueError("a serial key needs a secret")
    material = HKDF(SHA256(), length=64, salt=None, info=b"originmark label serial v1").derive(
        secret.encode()
    )
    return SerialKeys(version, material[:32], material[32:])


@lru_cache(maxsize=4)
def key_ring(secrets: str) -> tuple[SerialKeys, ...]:
    """Return the keys in force, newest first; derived once.

    ``secrets`` is one secret, or several with commas between, oldest first; the place in the
    list is the key's version. The last one issues. An empty place is a key withdrawn: what it
    issued no longer verifies, and the versions after it keep their numbers.

    >>> [keys.version for keys in key_ring("old,new")]
    [1, 0]
    >>> [keys.version for keys in key_ring(",new")]
    [1]
    """
    places = enumerate(each.strip() for each in secrets.split(","))
    ring = tuple(keys_from(secret, version=version) for version, secret in places if secret)
    if not ring:
        raise ValueError("no serial key is in force")
    return ring[::-1]


def derive(keys: SerialKeys, *, batch: int, index: int) -> str:
    """Return the serial of one label.

    Raises ValueError when batch or index is out of range: 0 to MAX_BATCH, 0 to MAX_INDEX.
    """
    _check_range(batch, index)
    message = batch << INDEX_BITS | index
    tag = _prf(keys.tag_key, _TAG_DOMAIN, message)
    return _encode((message ^ _prf(keys.mask_key, _MASK_DOMAIN, tag)) << HALF_BITS | tag)


def verify(ring: Sequence[SerialKeys], serial: str) -> Opened | None:
    """Return what a serial says, or None when no key in force made it. Reads no database."""
    number = read_number(serial)
    if number is None:
        return None
    masked, tag = number >> HALF_BITS, number & _HALF_MASK
    for keys in ring:
        message = masked ^ _prf(keys.mask_key, _MASK_DOMAIN, tag)
        if _prf(keys.tag_key, _TAG_DOMAIN, message) == tag:
            return Opened(message >> INDEX_BITS, message & MAX_INDEX, keys.version)
    return None


def derive_many(keys: SerialKeys, *, batch: int, first: int, count: int) -> NDArray[np.bytes_]:
    """Return the serials of ``count`` labels from ``first`` on, as ASCII bytes of 20 (dtype S20).

    Equal to calling ``derive`` for each, some hundred times faster.
    """
    if count <= 0:
        return np.empty(0, dtype=f"S{LENGTH}")
    _check_range(batch, first)
    _check_range(batch, first + count - 1)
    start = batch << INDEX_BITS | first
    messages = np.arange(start, start + count, dtype=np.uint64)
    tags = _prf_many(keys.tag_key, _TAG_DOMAIN, messages)
    masked = messages ^ _prf_many(keys.mask_key, _MASK_DOMAIN, tags)
    letters = np.empty((count, LENGTH), dtype=np.uint8)
    for column, shift in enumerate(_SHIFTS):
        letters[:, column] = _LETTERS[(masked >> shift) & np.uint64(31)]
        letters[:, column + LENGTH // 2] = _LETTERS[(tags >> shift) & np.uint64(31)]
    return letters.view(f"S{LENGTH}").reshape(count)


def read_number(typed: str) -> int | None:
    """Return the 100 bits behind a serial as a person typed it, or None if it cannot be one.

    Small letters, blanks and hyphens are taken; O is read as 0, I and L as 1.
    """
    compact = typed if len(typed) == LENGTH else typed.replace(" ", "").replace("-", "")
    if len(compact) != LENGTH:
        return None
    try:
        return int(compact.encode("ascii").translate(_AS_DIGITS), 32)
    except ValueError:
        return None


def canonical(typed: str) -> str | None:
    """Return a serial as it is printed, or None if what was typed cannot be one.

    >>> canonical("o123 4567-89ab cdef ghjk")
    '0123456789ABCDEFGHJK'
    """
    number = read_number(typed)
    return None if number is None else _encode(number)


def grouped(serial: str) -> str:
    """Return a serial in groups of four, as it is printed for people.

    >>> grouped("0123456789ABCDEFGHJK")
    '0123 4567 89AB CDEF GHJK'
    """
    return " ".join(_in_fours(serial))


def _check_range(batch: int, index: int) -> None:
    if not 0 <= batch <= MAX_BATCH:
        raise ValueError(f"batch {batch} is not between 0 and {MAX_BATCH}")
    if not 0 <= index <= MAX_INDEX:
        raise ValueError(f"index {index} is not between 0 and {MAX_INDEX}")


def _encode(number: int) -> str:
    return "".join(ALPHABET[number >> shift & 31] for shift in range(5 * (LENGTH - 1), -1, -5))


def _blocks(key: bytes) -> _Encrypt:
    # Each block is encrypted by itself: AES here is a keyed function, not a cipher for text. So an
    # encryptor keeps nothing of the blocks before, and serves for all of its thread.
    made = _encryptors.made.get(key)
    if made is None:
        made = _encryptors.made[key] = Cipher(AES(key), ECB()).encryptor().update  # noqa: S305
    return made


def _prf(key: bytes, domain: bytes, value: int) -> int:
    tag: int = _FIRST_HALF(_blocks(key)(_BLOCK(domain, value)))[0]
    return tag & _HALF_MASK


def _prf_many(key: bytes, domain: bytes, values: NDArray[np.uint64]) -> NDArray[np.uint64]:
    blocks = np.empty((len(values), 2), dtype=">u8")
    blocks[:, 0] = int.from_bytes(domain, "big")
    blocks[:, 1] = values
    encrypted = np.frombuffer(_blocks(key)(blocks.tobytes()), dtype=">u8")
    return encrypted[::2].astype(np.uint64) & np.uint64(_HALF_MASK)
