"""The archive's files: what is in them, and how anybody checks them without the database.

A folder holds ``manifest.json`` and Parquet files of up to 10,000 events each, in the order of
the log. The manifest names the places, the SHA-256 of each file, and what proves them: the roots
of the full subtrees before the first event, the path from the log as it was after the last event
to a signed checkpoint, the checkpoint, and the public keys.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson
import polars as pl

from originmark.standards.transparency.checkpoints import (
    Checkpoint,
    CheckpointInvalid,
    opened,
)
from originmark.standards.transparency.notes import NoteInvalid, NoteUnverified, VerifierKey
from originmark.standards.transparency.proofs import is_consistent
from originmark.standards.transparency.tree import Frontier, full_subtrees, leaf_hash
from originmark.trace.ledger import log

FORMAT = "originmark-log-archive/1"
MANIFEST = "manifest.json"
ROWS = 10_000
READ_BYTES = 1 << 20
NAME = re.compile(r"events-[0-9]{15}\.parquet")
SCHEMA: dict[str, Any] = {
    "index": pl.Int64,
    "event_id": pl.String,
    "record_time": pl.Datetime("us", "UTC"),
    "body": pl.String,
    "context": pl.String,
    "organisation": pl.Int64,
    "captured_by": pl.Int64,
    "source": pl.String,
    "type": pl.String,
    "event_time": pl.Datetime("us", "UTC"),
    "event_hash": pl.String,
    "leaf_hash": pl.Binary,
}


class ArchiveInvalid(ValueError):
    """The folder is no archive, or does not prove what it holds; says what was found."""


@dataclass(frozen=True, slots=True)
class Written:
    """One file of an archive."""

    name: str
    first: int
    count: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What an archive says of itself; ``first`` up to, not including, ``end``."""

    first: int
    end: int
    files: tuple[Written, ...]
    frontier: tuple[bytes, ...]
    path: tuple[bytes, ...]
    checkpoint: str
    keys: tuple[VerifierKey, ...]
    witnesses: tuple[VerifierKey, ...]


@dataclass(frozen=True, slots=True)
class CheckedArchive:
    """What was found wrong; without findings, all events are proven under the checkpoint."""

    findings: tuple[str, ...]
    first: int
    end: int
    checkpoint: Checkpoint | None


def write_file(folder: Path, rows: list[tuple[Any, ...]]) -> Written:
    """Write events, in the order of SCHEMA, to a file named by the place of the first."""
    name = f"events-{rows[0][0]:015}.parquet"
    frame = pl.DataFrame(rows, schema=SCHEMA, orient="row")
    frame.write_parquet(folder / name, compression="zstd", row_group_size=ROWS)
    return Written(name, rows[0][0], len(rows), _sha256(folder / name))


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Write the manifest, last of all: an archive without one is not finished."""
    facts = {
        "format": FORMAT,
        "firstIndex": manifest.first,
        "lastIndex": manifest.end - 1,
        "files": [
            {
                "name": each.name,
                "firstIndex": each.first,
                "count": each.count,
                "sha256": each.sha256,
            }
            for each in manifest.files
        ],
        "before": [each.hex() for each in manifest.frontier],
        "path": [each.hex() for each in manifest.path],
        "checkpoint": manifest.checkpoint,
        "keys": [str(key) for key in manifest.keys],
        "witnesses": [str(key) for key in manifest.witnesses],
    }
    (folder / MANIFEST).write_bytes(orjson.dumps(facts, option=orjson.OPT_INDENT_2))


def read_manifest(folder: Path) -> Manifest:
    """Return what an archive says of itself; raises ArchiveInvalid."""
    try:
        facts = orjson.loads((folder / MANIFEST).read_bytes())
        if facts["format"] != FORMAT:
            raise ArchiveInvalid(f"found format {facts['format']!r}, expected {FORMAT}")
        manifest = Manifest(
            first=int(facts["firstIndex"]),
            end=int(facts["lastIndex"]) + 1,
            files=tuple(_file(each) for each in facts["files"]),
            frontier=tuple(map(bytes.fromhex, facts["before"])),
            path=tuple(map(bytes.fromhex, facts["path"])),
            checkpoint=str(facts["checkpoint"]),
            keys=tuple(map(VerifierKey.parse, facts["keys"])),
            witnesses=tuple(map(VerifierKey.parse, facts["witnesses"])),
        )
    except FileNotFoundError as problem:
        raise ArchiveInvalid(
            f"there is no {MANIFEST} in {folder}: no finished archive"
        ) from problem
    except (ValueError, TypeError, KeyError, OSError) as problem:
        raise ArchiveInvalid(f"{MANIFEST} cannot be read: {problem!r}") from problem
    if len(manifest.frontier) != len(list(full_subtrees(0, manifest.first))):
        raise ArchiveInvalid(f"found {len(manifest.frontier)} hashes before, expected others")
    return manifest


def check(folder: Path, *, trusted: Iterable[VerifierKey] = ()) -> CheckedArchive:
    """Recompute every leaf from its row, and prove them all under the signed checkpoint.

    One file at a time is in memory. Raises ArchiveInvalid when the manifest cannot be read.
    ``trusted`` are keys of the log from elsewhere; without any, the manifest's are believed.
    """
    manifest = read_manifest(folder)
    found: list[str] = []
    frontier = Frontier(manifest.first, manifest.frontier)
    for each in manifest.files:
        leaves, wrong = _leaves(folder, each, at=frontier.size)
        found += wrong
        for leaf in leaves:
            frontier, _completed = frontier.append(leaf)
    if frontier.size != manifest.end:
        found.append(f"the files end before place {frontier.size}, expected {manifest.end}")
    checkpoint, problem = _proven(manifest, frontier, list(trusted) or list(manifest.keys))
    return CheckedArchive(
        (*found, *([problem] if problem else [])), manifest.first, manifest.end, checkpoint
    )


def _file(facts: Mapping[str, Any]) -> Written:
    name = str(facts["name"])
    if not NAME.fullmatch(name):
        raise ArchiveInvalid(f"found the file name {name[:80]!r}, expected events-….parquet")
    return Written(name, int(facts["firstIndex"]), int(facts["count"]), str(facts["sha256"]))


def _leaves(folder: Path, file: Written, *, at: int) -> tuple[list[bytes], list[str]]:
    """Return the leaf hashes of a file, recomputed, and what is wrong with it."""
    path = folder / file.name
    try:
        wrong = [] if _sha256(path) == file.sha256 else [f"{file.name}: the file was changed"]
        rows = pl.read_parquet(path, columns=list(SCHEMA), hive_partitioning=False).rows()
    except (OSError, pl.exceptions.PolarsError) as problem:
        return [], [f"{file.name}: cannot be read ({type(problem).__name__})"]
    places = [row[0] for row in rows]
    if places != list(range(at, at + file.count)):
        wrong.append(f"{file.name}: expected the places {at} to {at + file.count - 1}")
    leaves = [_leaf(row) for row in rows]
    wrong += [
        f"{file.name}: event {row[0]} ({row[1]}) is not what was logged"
        for row, leaf in zip(rows, leaves, strict=True)
        if leaf != row[-1]
    ]
    return leaves, wrong


def _leaf(row: tuple[Any, ...]) -> bytes:
    index, event_id, record_time, body, context, organisation, captured_by, source, *_rest = row
    return leaf_hash(
        log.leaf_data(
            index=index,
            event_id=event_id,
            record_time=record_time,
            body=body,
            context=context,
            organisation_id=organisation,
            captured_by_id=captured_by,
            source=source,
        )
    )


def _proven(
    manifest: Manifest, frontier: Frontier, keys: list[VerifierKey]
) -> tuple[Checkpoint | None, str]:
    try:
        checkpoint, _signatures = opened(manifest.checkpoint, keys)
    except (NoteInvalid, NoteUnverified, CheckpointInvalid) as problem:
        return None, f"the checkpoint does not hold: {problem}"
    is_proven = is_consistent(
        earlier=frontier.size,
        earlier_root=frontier.root(),
        size=checkpoint.size,
        root=checkpoint.root,
        path=manifest.path,
    )
    return checkpoint, "" if is_proven else "the events do not lead to the root that was signed"


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as opened_file:
        for part in _parts(opened_file):
            digest.update(part)
    return digest.hexdigest()


def _parts(opened_file: Any) -> Iterator[bytes]:
    while part := opened_file.read(READ_BYTES):
        yield part
