"""Checkpoints: how far a log has grown, as a text that is signed (C2SP tlog-checkpoint).

https://c2sp.org/tlog-checkpoint: the log's name, its size, its root, one a line.
"""

import base64
import binascii
import re
from collections.abc import Iterable
from dataclasses import dataclass

from originmark.standards.transparency.notes import Note, Signature, VerifierKey
from originmark.standards.transparency.tree import EMPTY_ROOT

ROOT_SIZE = 32
MOST_LEAVES = 1 << 63
_SIZE = re.compile(r"(0|[1-9][0-9]{0,18})")


class CheckpointInvalid(ValueError):
    """The text is no checkpoint; says what was found and what was expected."""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The head of a log: ``origin`` is its name, ``size`` counts leaves, ``root`` is SHA-256."""

    origin: str
    size: int
    root: bytes
    extensions: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        lines = (self.origin, *self.extensions)
        if any(not line or "\n" in line for line in lines):
            raise CheckpointInvalid("the lines of a checkpoint are not empty")
        if not 0 <= self.size < MOST_LEAVES:
            raise CheckpointInvalid(f"found size {self.size}, expected 0 to 2^63 - 1")
        if len(self.root) != ROOT_SIZE:
            raise CheckpointInvalid(f"found a root of {len(self.root)} bytes, expected {ROOT_SIZE}")
        if self.size == 0 and self.root != EMPTY_ROOT:
            raise CheckpointInvalid("an empty log has the hash of nothing for its root")

    def __str__(self) -> str:
        """Return the text that is signed.

        >>> print(Checkpoint("example.com/log", 0, EMPTY_ROOT), end="")
        example.com/log
        0
        47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=
        """
        root = base64.b64encode(self.root).decode()
        return "".join(
            f"{line}\n" for line in (self.origin, str(self.size), root, *self.extensions)
        )

    @classmethod
    def parse(cls, text: str) -> "Checkpoint":
        """Return the checkpoint that a note's text says; raises CheckpointInvalid."""
        lines = text.split("\n")
        if len(lines) < 4 or lines[-1]:
            raise CheckpointInvalid("a checkpoint has a name, a size and a root, a line each")
        origin, size, root, *extensions = lines[:-1]
        if not _SIZE.fullmatch(size):
            raise CheckpointInvalid(f"found size {size[:24]!r}, expected digits without zeros")
        return cls(origin, int(size), _root(root), tuple(extensions))


def opened(
    note: str, keys: Iterable[VerifierKey], *, origin: str | None = None
) -> tuple[Checkpoint, list[Signature]]:
    """Return the checkpoint of a signed note, and the signatures of the known keys.

    Raises NoteInvalid, NoteUnverified or CheckpointInvalid; the last also for another log's.
    """
    parsed = Note.parse(note)
    signatures = parsed.verified_by(keys)
    checkpoint = Checkpoint.parse(parsed.text)
    if origin is not None and checkpoint.origin != origin:
        raise CheckpointInvalid(f"found a checkpoint of {checkpoint.origin}, expected {origin}")
    return checkpoint, signatures


def _root(encoded: str) -> bytes:
    try:
        root = base64.b64decode(encoded, validate=True)
    except (binascii.Error, ValueError) as problem:
        raise CheckpointInvalid(f"found root {encoded[:12]!r}…, expected base64") from problem
    if base64.b64encode(root).decode() != encoded:
        raise CheckpointInvalid("found base64 that no encoder writes")
    return root
