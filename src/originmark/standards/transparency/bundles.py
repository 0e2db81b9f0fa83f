"""Proof bundles: everything needed to check, without asking anybody, that an event was logged.

A bundle is a JSON object:

- ``format``: "originmark-log-proof/1"
- ``leafIndex``, ``leafData``: the place of the event in the log, from 0, and the text of its leaf
- ``path``: the hashes from the leaf to the root, SHA-256 in hexadecimal
- ``checkpoint``: the signed note (C2SP tlog-checkpoint) that names the root
- ``keys``, ``witnesses``: the public keys of the log and of its witnesses, ``name+hash+base64``
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from originmark.standards.transparency.checkpoints import (
    Checkpoint,
    CheckpointInvalid,
    opened,
)
from originmark.standards.transparency.notes import (
    Note,
    NoteInvalid,
    NoteUnverified,
    Signature,
    VerifierKey,
)
from originmark.standards.transparency.proofs import is_included
from originmark.standards.transparency.tree import leaf_hash

FORMAT = "originmark-log-proof/1"
HASH_SIZE = 32
LONGEST_PATH = 63


class BundleInvalid(ValueError):
    """The object is no proof bundle; says what was found and what was expected."""


@dataclass(frozen=True, slots=True)
class Proof:
    """What a bundle says, read but not verified."""

    index: int
    data: bytes
    path: tuple[bytes, ...]
    note: str
    keys: tuple[VerifierKey, ...]
    witnesses: tuple[VerifierKey, ...]

    @property
    def leaf(self) -> bytes:
        """Return the hash of the leaf."""
        return leaf_hash(self.data)


@dataclass(frozen=True, slots=True)
class Verified:
    """What a bundle proves: who signed the checkpoint, and which witnesses saw it when."""

    checkpoint: Checkpoint
    signed_by: tuple[Signature, ...]
    witnessed_by: tuple[Signature, ...]


def written(proof: Proof) -> dict[str, Any]:
    """Return a proof as a bundle."""
    return {
        "format": FORMAT,
        "leafIndex": proof.index,
        "leafData": proof.data.decode(),
        "path": [each.hex() for each in proof.path],
        "checkpoint": proof.note,
        "keys": [str(key) for key in proof.keys],
        "witnesses": [str(key) for key in proof.witnesses],
    }


def read(bundle: object) -> Proof:
    """Return what a bundle says; raises BundleInvalid."""
    if not isinstance(bundle, Mapping) or bundle.get("format") != FORMAT:
        raise BundleInvalid(f"found no proof bundle, expected an object of format {FORMAT}")
    index = bundle.get("leafIndex")
    if not isinstance(index, int) or isinstance(index, bool) or index < 0:
        raise BundleInvalid(f"found leafIndex {index!r}, expected a number from 0")
    path = _texts(bundle, "path")
    if len(path) > LONGEST_PATH:
        raise BundleInvalid(f"found a path of {len(path)} hashes, expected up to {LONGEST_PATH}")
    return Proof(
        index=index,
        data=_text(bundle, "leafData").encode(),
        path=tuple(_hash(each) for each in path),
        note=_text(bundle, "checkpoint"),
        keys=tuple(_key(each) for each in _texts(bundle, "keys")),
        witnesses=tuple(_key(each) for each in _texts(bundle, "witnesses")),
    )


def verify(proof: Proof, *, trusted: Iterable[VerifierKey] = ()) -> Verified:
    """Return what a proof proves; raises BundleInvalid with the first thing that does not hold.

    ``trusted`` are keys of the log that the reader has from elsewhere; without any, those in the
    bundle are believed, which proves only that the bundle agrees with itself.
    """
    keys = list(trusted) or list(proof.keys)
    try:
        checkpoint, signed_by = opened(proof.note, keys)
        witnessed_by = _witnessed(proof)
    except (NoteInvalid, NoteUnverified, CheckpointInvalid) as problem:
        raise BundleInvalid(f"the checkpoint does not hold: {problem}") from problem
    if not is_included(
        proof.leaf,
        index=proof.index,
        size=checkpoint.size,
        path=proof.path,
        root=checkpoint.root,
    ):
        raise BundleInvalid(
            f"the path does not lead from leaf {proof.index} to the root of the {checkpoint.size} "
            "leaves that were signed: the event or the path was changed"
        )
    return Verified(checkpoint, tuple(signed_by), tuple(witnessed_by))


def _witnessed(proof: Proof) -> Sequence[Signature]:
    note = Note.parse(proof.note)
    known = [key for key in proof.witnesses if any(line.is_by(key) for line in note.signatures)]
    return note.verified_by(known) if known else ()


def _text(bundle: Mapping[str, Any], name: str) -> str:
    value = bundle.get(name)
    if not isinstance(value, str):
        raise BundleInvalid(f"found {name} {value!r}, expected text")
    return value


def _texts(bundle: Mapping[str, Any], name: str) -> list[str]:
    values = bundle.get(name, [])
    if not isinstance(values, list) or not all(isinstance(each, str) for each in values):
        raise BundleInvalid(f"found {name} {values!r}, expected a list of texts")
    return values


def _hash(text: str) -> bytes:
    try:
        value = bytes.fromhex(text)
    except ValueError:
        value = b""
    if len(value) != HASH_SIZE or value.hex() != text:
        raise BundleInvalid(f"found {text[:80]!r} in the path, expected 64 hexadecimal digits")
    return value


def _key(line: str) -> VerifierKey:
    try:
        return VerifierKey.parse(line)
    except NoteInvalid as invalid:
        raise BundleInvalid(f"a key cannot be read: {invalid}") from invalid
