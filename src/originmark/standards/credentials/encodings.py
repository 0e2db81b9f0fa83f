"""The encodings that credentials are written in: base64url without padding, multibase."""

import base64
import binascii

BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
ED25519_MULTICODEC = b"\xed\x01"


class NotEncoded(ValueError):
    """The text is not in the encoding that was expected."""


def to_base64url(data: bytes) -> str:
    r"""Return bytes as base64url without padding.

    >>> to_base64url(b"\xfb\xff")
    '-_8'
    """
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def from_base64url(text: str) -> bytes:
    """Return the bytes that a text says, if it is the only text that says them.

    Other letters, padding and stray last bits are refused: with them a changed letter could go
    unnoticed. Raises NotEncoded.
    """
    try:
        data = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except (binascii.Error, ValueError) as problem:
        raise NotEncoded("expected base64url") from problem
    if to_base64url(data) != text:
        raise NotEncoded("expected base64url without padding, blanks and stray bits")
    return data


def to_multikey(public: bytes) -> str:
    """Return an Ed25519 public key as a Multikey: base58btc with its multicodec.

    >>> to_multikey(bytes(32))
    'z6MkeTG3bFFSLYVU7VqhgZxqr6YzpaGrQtFMh1uvqGy1vDnP'
    """
    return "z" + _base58(ED25519_MULTICODEC + public)


def from_multikey(text: str) -> bytes:
    """Return the Ed25519 public key that a Multikey says; raises NotEncoded."""
    if not text.startswith("z") or any(letter not in BASE58 for letter in text[1:]):
        raise NotEncoded("expected a Multikey in base58btc, which begins with z")
    data = _from_base58(text[1:])
    if not data.startswith(ED25519_MULTICODEC) or len(data) != 34:
        raise NotEncoded("expected the Multikey of an Ed25519 key")
    return data[2:]


def _base58(data: bytes) -> str:
    number, letters = int.from_bytes(data, "big"), ""
    while number:
        number, rest = divmod(number, 58)
        letters = BASE58[rest] + letters
    return BASE58[0] * (len(data) - len(data.lstrip(b"\0"))) + letters


def _from_base58(text: str) -> bytes:
    number = 0
    for letter in text:
        number = number * 58 + BASE58.index(letter)
    zeros = len(text) - len(text.lstrip(BASE58[0]))
    return bytes(zeros) + number.to_bytes((number.bit_length() + 7) // 8, "big")
