"""Checks against what was signed: the checkpoints themselves, and a sample of the events."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from itertools import pairwise
from random import SystemRandom

from originmark.standards.transparency.checkpoints import Checkpoint, CheckpointInvalid
from originmark.standards.transparency.notes import NoteInvalid, Signature, VerifierKey
from originmark.standards.transparency.proofs import (
    consistency_proof,
    is_consistent,
    is_included,
    needed_for_consistency,
)
from originmark.standards.transparency.tree import (
    EMPTY_ROOT,
    NodeId,
    full_subtrees,
    range_root,
)
from originmark.trace.ledger import proving
from originmark.trace.ledger.checking import finding, pair
from originmark.trace.ledger.models import Event, LogCheckpoint, LogKey, LogLeaf, LogSignature
from originmark.trace.ledger.proving import Head
from originmark.trace.ledger.values import Finding, Inclusion

AT_ONCE = 100


def findings(newest: int | None = None) -> list[Finding]:
    """Return what is wrong with the signed checkpoints, or with so many of the newest.

    Each is proven to be the beginning of the next, the last one of the log as it stands. Six
    queries for a hundred.
    """
    rows = LogCheckpoint.objects.order_by("-size")
    sizes = list((rows if newest is None else rows[:newest]).values_list("pk", flat=True))[::-1]
    found: list[Finding] = []
    later: LogCheckpoint | None = None
    for start in range(0, len(sizes), AT_ONCE):
        part = LogCheckpoint.objects.filter(pk__in=sizes[start : start + AT_ONCE])
        listed = list(part.order_by("size").prefetch_related("signatures__key"))
        found += _part([*([later] if later else []), *listed], is_first=later is None)
        later = listed[-1]
    return found + (_now(later) if later else [])


def sample(count: int, head: Head, report: Callable[[int, int], None]) -> list[Finding]:
    """Return what is wrong with ``count`` events drawn by chance, all if there are fewer.

    Each is compared with its leaf and proven under ``head``, which was signed. Eight queries for
    a hundred.
    """
    drawn = sorted(SystemRandom().sample(range(head.size), min(count, head.size)))
    found: list[Finding] = []
    for start in range(0, len(drawn), AT_ONCE):
        part = drawn[start : start + AT_ONCE]
        found += _sampled(part, head)
        report(start + len(part), len(drawn))
    return found


def _sampled(indexes: Sequence[int], head: Head) -> Iterator[Finding]:
    rows = Event.objects.select_related("context").filter(pk__in=indexes)
    events = {row.pk: row for row in rows}
    leaves = {row.pk: row for row in LogLeaf.objects.filter(pk__in=indexes)}
    proofs = _proofs(indexes, head)
    for index in indexes:
        leaf = leaves.get(index)
        if leaf is None:
            yield finding("nameless", index=index)
            continue
        wrong = pair(leaf, events.get(index))
        yield from wrong
        if not wrong and not _is_proven(proofs.get(index), head):
            yield finding("unproven", index=index, event_id=leaf.event_id)


def _proofs(indexes: Sequence[int], head: Head) -> dict[int, Inclusion]:
    """Return the proofs that can be made: all at once, or one by one where a node is missing."""
    try:
        return proving.inclusions(indexes, size=head.size)
    except KeyError:
        found: dict[int, Inclusion] = {}
        for index in indexes:
            with suppress(KeyError):
                found |= proving.inclusions([index], size=head.size)
        return found


def _is_proven(proof: Inclusion | None, head: Head) -> bool:
    return proof is not None and is_included(
        proof.leaf_hash, index=proof.leaf_index, size=head.size, path=proof.path, root=head.root
    )


def _part(rows: Sequence[LogCheckpoint], *, is_first: bool) -> Iterator[Finding]:
    """Check checkpoints in a row; of all but the first part, the first was checked before."""
    wanted = {node for row in rows for node in full_subtrees(0, row.size)}
    for earlier, later in pairwise(rows):
        wanted.update(needed_for_consistency(earlier.size, later.size))
    nodes = proving.nodes(wanted)
    for row in rows if is_first else rows[1:]:
        if not _has_root(row, nodes):
            yield finding("checkpoint", detail=str(row.size))
        yield from _signatures(row)
    for earlier, later in pairwise(rows):
        if not _goes_on(earlier, later, nodes):
            yield finding("checkpoint", detail=f"{earlier.size} – {later.size}")


def _has_root(row: LogCheckpoint, nodes: Mapping[NodeId, bytes]) -> bool:
    try:
        root = range_root(0, row.size, nodes.__getitem__) if row.size else EMPTY_ROOT
    except KeyError:
        return False
    return root == bytes(row.root)


def _goes_on(earlier: LogCheckpoint, later: LogCheckpoint, nodes: Mapping[NodeId, bytes]) -> bool:
    try:
        path = consistency_proof(earlier.size, later.size, nodes.__getitem__)
    except KeyError:
        return False
    return is_consistent(
        earlier=earlier.size,
        earlier_root=bytes(earlier.root),
        size=later.size,
        root=bytes(later.root),
        path=path,
    )


def _now(last: LogCheckpoint) -> list[Finding]:
    head = proving.head()
    if last.size <= head.size and proving.begins_with(head, size=last.size, root=bytes(last.root)):
        return []
    return [finding("checkpoint", detail=f"{last.size} – {head.size}")]


def _signatures(row: LogCheckpoint) -> Iterator[Finding]:
    signatures = list(row.signatures.all())
    if not any(each.key.role == LogKey.Role.LOG for each in signatures):
        yield finding("signature", detail=f"{row.size}: –")
    for each in signatures:
        if not _holds(row, each):
            yield finding("signature", detail=f"{row.size}: {each.key.verifier}")


def _holds(row: LogCheckpoint, signature: LogSignature) -> bool:
    """Return whether a signature holds, of the right root, by a key that signed at the time."""
    key = signature.key
    try:
        said = Checkpoint.parse(row.text)
        is_signed = Signature.parse(signature.line).holds(VerifierKey.parse(key.verifier), row.text)
    except (NoteInvalid, CheckpointInvalid):
        return False
    is_valid_then = key.valid_until is None or signature.received_at <= key.valid_until
    return is_signed and is_valid_then and (said.size, said.root) == (row.size, bytes(row.root))
