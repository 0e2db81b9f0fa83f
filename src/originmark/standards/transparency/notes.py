"""Signed notes: a text, and under it lines of signatures, each by a named key.

Follows C2SP signed-note (https://c2sp.org/signed-note), with the two kinds of signature that a
log needs: plain Ed25519, and the timestamped Ed25519 of a witness (C2SP tlog-cosignature,
"cosignature/v1"). Signatures by keys that nobody asked about are kept and not looked at.
"""

import base64
import binascii
import hashlib
import struct
from collections.abc import Iterable
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)

ED25519, COSIGNATURE = 0x01, 0x04
TYPES = (ED25519, COSIGNATURE)
KEY_SIZE, ID_SIZE, SIGNATURE_SIZE, TIME_SIZE = 32, 4, 64, 8
MOST_SIGNATURES = 100
_DASH = "\u2014 "
_PRIVATE = "PRIVATE+KEY+"


class NoteInvalid(ValueError):
    """The text is no signed note, or no key; says what was found and what was expected."""


class NoteUnverified(ValueError):
    """No signature of a known key holds, or one of them does not."""


@dataclass(frozen=True, slots=True)
class VerifierKey:
    """A public key with its name. ``type`` says what its signatures look like."""

    name: str
    public: bytes
    type: int = ED25519

    def __post_init__(self) -> None:
        _refuse_name(self.name)
        if self.type not in TYPES:
            raise NoteInvalid(f"found a key of type {self.type:#04x}, expected one of 0x01, 0x04")
        if len(self.public) != KEY_SIZE:
            raise NoteInvalid(f"found a key of {len(self.public)} bytes, expected {KEY_SIZE}")

    @property
    def id(self) -> bytes:
        """Return the four bytes that signature lines name the key by."""
        named = self.name.encode() + b"\n" + bytes([self.type]) + self.public
        return hashlib.sha256(named).digest()[:ID_SIZE]

    def __str__(self) -> str:
        """Return the key as one line: ``name+hash+base64``.

        >>> str(VerifierKey("example.com/log", bytes(32)))
        'example.com/log+a3ad76db+AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'
        """
        return f"{self.name}+{self.id.hex()}+{_encode(bytes([self.type]) + self.public)}"

    @classmethod
    def parse(cls, line: str) -> "VerifierKey":
        """Return the key that a line says; raises NoteInvalid."""
        name, said_id, material = _parts(line)
        key = cls(name, material[1:], material[0])
        if said_id != key.id.hex():
            raise NoteInvalid(f"found key hash {said_id}, expected {key.id.hex()} for {name}")
        return key


@dataclass(frozen=True, slots=True)
class SignerKey:
    """A private key with its name; ``seed`` are the 32 secret bytes of RFC 8032."""

    name: str
    seed: bytes = field(repr=False)
    type: int = ED25519

    @property
    def verifier(self) -> VerifierKey:
        """Return the public half."""
        return VerifierKey(self.name, self._private().public_key().public_bytes_raw(), self.type)

    def _private(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(self.seed)

    def secret_line(self) -> str:
        """Return the key as one line to be kept secret: ``PRIVATE+KEY+name+hash+base64``."""
        material = _encode(bytes([self.type]) + self.seed)
        return f"{_PRIVATE}{self.name}+{self.verifier.id.hex()}+{material}"

    @classmethod
    def parse(cls, line: str) -> "SignerKey":
        """Return the key that a secret line says; raises NoteInvalid, which never repeats it."""
        if not line.startswith(_PRIVATE):
            raise NoteInvalid(f"a private key begins with {_PRIVATE}")
        name, said_id, material = _parts(line.removeprefix(_PRIVATE))
        if len(material) != KEY_SIZE + 1:
            raise NoteInvalid(f"found a key of {len(material) - 1} bytes, expected {KEY_SIZE}")
        key = cls(name, material[1:], material[0])
        if said_id != key.verifier.id.hex():
            raise NoteInvalid(f"found key hash {said_id}, expected another for {name}")
        return key

    def sign(self, text: str) -> "Signature":
        """Return a plain signature of a note's text."""
        if self.type != ED25519:
            raise NoteInvalid(f"{self.name} is a witness: it signs with a time")
        return Signature(self.name, self.verifier.id, self._private().sign(text.encode()))

    def cosign(self, text: str, *, timestamp: int) -> "Signature":
        """Return a witness's signature of a checkpoint; ``timestamp`` in seconds since 1970."""
        if self.type != COSIGNATURE:
            raise NoteInvalid(f"{self.name} is no witness: it signs without a time")
        value = self._private().sign(cosigned_message(text, timestamp))
        return Signature(self.name, self.verifier.id, struct.pack(">Q", timestamp) + value)


@dataclass(frozen=True, slots=True)
class Signature:
    """A line of signature; ``value`` are the bytes after the key's id."""

    name: str
    key_id: bytes
    value: bytes

    def __str__(self) -> str:
        return f"{_DASH}{self.name} {_encode(self.key_id + self.value)}"

    @classmethod
    def parse(cls, line: str) -> "Signature":
        """Return the signature that a line (without its newline) says; raises NoteInvalid."""
        name, blank, encoded = line.removeprefix(_DASH).partition(" ")
        if not line.startswith(_DASH) or not blank:
            raise NoteInvalid(f"found {line[:40]!r}, expected '{_DASH}name base64'")
        _refuse_name(name)
        data = _decode(encoded)
        if len(data) <= ID_SIZE:
            raise NoteInvalid(f"the signature of {name} has {len(data)} bytes, expected more")
        return cls(name, data[:ID_SIZE], data[ID_SIZE:])

    def is_by(self, key: VerifierKey) -> bool:
        """Return whether the line says that the key signed: by name and id, not yet verified."""
        return (self.name, self.key_id) == (key.name, key.id)

    def holds(self, key: VerifierKey, text: str) -> bool:
        """Return whether the key signed the text."""
        message, signature = text.encode(), self.value
        if key.type == COSIGNATURE:
            if len(self.value) != TIME_SIZE + SIGNATURE_SIZE or self.timestamp >> 63:
                return False
            message, signature = cosigned_message(text, self.timestamp), self.value[TIME_SIZE:]
        try:
            Ed25519PublicKey.from_public_bytes(key.public).verify(signature, message)
        except (InvalidSignature, ValueError):
            return False
        return self.is_by(key)

    @property
    def timestamp(self) -> int:
        """Return when a witness signed, in seconds since 1970 (of a cosignature only)."""
        return int.from_bytes(self.value[:TIME_SIZE], "big")


@dataclass(frozen=True, slots=True)
class Note:
    """A text, ending in a newline, with its signatures."""

    text: str
    signatures: tuple[Signature, ...]

    def __post_init__(self) -> None:
        _refuse_text(self.text)

    def __str__(self) -> str:
        return self.text + "\n" + "".join(f"{each}\n" for each in self.signatures)

    @classmethod
    def parse(cls, data: str) -> "Note":
        """Return the note that a text says; nothing is verified yet. Raises NoteInvalid."""
        text, gap, signatures = data.rpartition("\n\n")
        if not gap or not signatures.endswith("\n"):
            raise NoteInvalid("a signed note is a text, an empty line and lines of signatures")
        lines = signatures[:-1].split("\n")
        if len(lines) > MOST_SIGNATURES:
            raise NoteInvalid(f"found {len(lines)} signatures, at most {MOST_SIGNATURES} are read")
        return cls(text + "\n", tuple(Signature.parse(line) for line in lines))

    def verified_by(self, keys: Iterable[VerifierKey]) -> list[Signature]:
        """Return the signatures of known keys, all of which hold.

        Raises NoteUnverified when a known key's signature does not hold, or there is none.
        """
        known = {(key.name, key.id): key for key in keys}
        found: list[Signature] = []
        for each in self.signatures:
            key = known.get((each.name, each.key_id))
            if key is None:
                continue
            if not each.holds(key, self.text):
                raise NoteUnverified(f"the signature of {each.name} does not fit the text")
            found.append(each)
        if not found:
            names = ", ".join(sorted({each.name for each in self.signatures}))
            raise NoteUnverified(f"signed by {names or 'nobody'}, none of which is a known key")
        return found


def signed(text: str, *keys: SignerKey) -> Note:
    """Return a note of the text with a plain signature of each key."""
    return Note(text, tuple(key.sign(text) for key in keys))


def cosigned_message(text: str, timestamp: int) -> bytes:
    r"""Return what a witness signs: a header, the time, the whole text of the checkpoint.

    >>> cosigned_message("example.com/log\n", 1679315147)
    b'cosignature/v1\ntime 1679315147\nexample.com/log\n'
    """
    return f"cosignature/v1\ntime {timestamp}\n{text}".encode()


def _parts(line: str) -> tuple[str, str, bytes]:
    parts = line.split("+", 2)
    if len(parts) != 3:
        raise NoteInvalid("a key is written name+hash+base64")
    name, said_id, encoded = parts
    material = _decode(encoded)
    if not material:
        raise NoteInvalid(f"the key of {name} is empty")
    return name, said_id, material


def _refuse_name(name: str) -> None:
    if not name or "+" in name or any(each.isspace() for each in name):
        raise NoteInvalid(f"found the key name {name[:40]!r}, expected one without blank and plus")
    if not name.isprintable():
        raise NoteInvalid("a key name holds no control characters")


def _refuse_text(text: str) -> None:
    if not text.endswith("\n"):
        raise NoteInvalid("the text of a note ends in a newline")
    if any(each < " " and each != "\n" for each in text):
        raise NoteInvalid("a note holds no control characters but the newline")


def _encode(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _decode(encoded: str) -> bytes:
    """Return the bytes; refuses what no encoder writes (blanks, stray bits at the end)."""
    try:
        data = base64.b64decode(encoded, validate=True)
    except (binascii.Error, ValueError) as problem:
        raise NoteInvalid(f"found {encoded[:12]!r}…, expected base64") from problem
    if _encode(data) != encoded:
        raise NoteInvalid("found base64 that no encoder writes")
    return data
