"""Proofs from what is kept: every node is written once, so any past size can be proven."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from originmark.standards.transparency.proofs import (
    consistency_proof,
    inclusion_proof,
    is_consistent,
    needed_for_consistency,
    needed_nodes,
)
from originmark.standards.transparency.tree import (
    EMPTY_ROOT,
    NodeId,
    full_subtrees,
    leaf_hash,
    range_root,
)
from originmark.trace.ledger import log, store
from originmark.trace.ledger.log_refusals import SizeUnknown
from originmark.trace.ledger.models import Event, LogState
from originmark.trace.ledger.values import Consistency, Inclusion

MOST_NODES = 500


@dataclass(frozen=True, slots=True)
class Head:
    """The size of the log and its root."""

    size: int
    root: bytes


def head() -> Head:
    """Return how far the log has grown (one query)."""
    state = LogState.objects.filter(pk=1).values_list("size", "root").first()
    return Head(state[0], bytes(state[1])) if state else Head(0, EMPTY_ROOT)


def root_at(size: int) -> bytes:
    """Return the root that the log had at a size, from the nodes (two queries)."""
    if size == 0:
        return EMPTY_ROOT
    found = log.nodes(list(full_subtrees(0, size)))
    return range_root(0, size, found.__getitem__)


def inclusions(indexes: Iterable[int], *, size: int | None = None) -> dict[int, Inclusion]:
    """Return the proofs that events are in the log, as it stands or as it was at a size.

    Events that are not there, or came later, have none. Four queries for up to 20 events.
    Raises SizeUnknown.
    """
    now = head()
    tree = now if size is None else _at(size, now)
    rows = Event.objects.select_related("context").filter(pk__in=list(indexes), pk__lt=tree.size)
    found = {row.pk: store.row_leaf_data(row) for row in rows}
    known = nodes({node for index in found for node in needed_nodes(index, tree.size)})
    return {
        index: Inclusion(
            leaf_index=index,
            tree_size=tree.size,
            leaf_hash=leaf_hash(data),
            root=tree.root,
            path=inclusion_proof(index, tree.size, known.__getitem__),
            leaf_data=data,
        )
        for index, data in sorted(found.items())
    }


def consistency(start: int, size: int | None = None) -> Consistency:
    """Return the proof that the log of ``start`` leaves is the beginning of that of ``size``.

    Raises SizeUnknown. Seven queries.
    """
    now = head()
    later = now if size is None else _at(size, now)
    if not 0 <= start <= later.size:
        raise SizeUnknown(start=start, size=later.size, leaves=now.size)
    known = nodes(needed_for_consistency(start, later.size))
    return Consistency(
        earlier=start,
        earlier_root=root_at(start),
        size=later.size,
        root=later.root,
        path=consistency_proof(start, later.size, known.__getitem__),
    )


def begins_with(now: Head, *, size: int, root: bytes) -> bool:
    """Return whether the log begins with a log of that size and root (two queries)."""
    try:
        known = nodes(needed_for_consistency(size, now.size))
        path = consistency_proof(size, now.size, known.__getitem__)
    except KeyError:  # a node is missing
        return False
    return is_consistent(earlier=size, earlier_root=root, size=now.size, root=now.root, path=path)


def _at(size: int, now: Head) -> Head:
    if not 0 <= size <= now.size:
        raise SizeUnknown(start=0, size=size, leaves=now.size)
    return now if size == now.size else Head(size, root_at(size))


def nodes(wanted: Iterable[NodeId]) -> Mapping[NodeId, bytes]:
    """Return nodes, in parts that SQLite takes."""
    listed = list(wanted)
    found: dict[NodeId, bytes] = {}
    for start in range(0, len(listed), MOST_NODES):
        found |= log.nodes(listed[start : start + MOST_NODES])
    return found
