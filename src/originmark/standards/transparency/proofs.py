"""Proofs about a tree, and how anybody verifies them (RFC 9162, 2.1.3 and 2.1.4)."""

from collections.abc import Sequence

from originmark.standards.transparency.tree import (
    EMPTY_ROOT,
    Lookup,
    NodeId,
    node_hash,
    range_root,
    split_point,
)


def inclusion_proof(index: int, size: int, node: Lookup) -> list[bytes]:
    """Return the path that proves leaf ``index`` to be in the tree of ``size`` leaves.

    ``node`` is asked for full subtrees only.
    """
    if not 0 <= index < size:
        raise ValueError(f"leaf {index} is not in a tree of {size}")
    path: list[bytes] = []
    start, end = 0, size
    while end - start > 1:
        middle = start + split_point(end - start)
        if index < middle:
            path.append(range_root(middle, end, node))
            end = middle
        else:
            path.append(range_root(start, middle, node))
            start = middle
    return path[::-1]


def consistency_proof(earlier: int, size: int, node: Lookup) -> list[bytes]:
    """Return the path that proves the tree of ``earlier`` leaves to be the start of this one."""
    if not 0 <= earlier <= size:
        raise ValueError(f"a tree of {earlier} is no start of a tree of {size}")
    if earlier in {0, size}:
        return []
    path: list[bytes] = []
    start, end, is_whole = 0, size, True
    while end != earlier:
        middle = start + split_point(end - start)
        if earlier <= middle:
            path.append(range_root(middle, end, node))
            end = middle
        else:
            path.append(range_root(start, middle, node))
            start, is_whole = middle, False
    if not is_whole:
        path.append(range_root(start, end, node))
    return path[::-1]


def needed_nodes(index: int, size: int) -> list[NodeId]:
    """Return the full subtrees that an inclusion proof asks for, to fetch them in one query.

    >>> needed_nodes(3, 7)
    [(1, 2), (0, 6), (1, 0), (0, 2)]
    """
    asked: list[NodeId] = []
    inclusion_proof(index, size, _asking(asked))
    return asked


def needed_for_consistency(earlier: int, size: int) -> list[NodeId]:
    """Return the full subtrees that a consistency proof asks for, to fetch them in one query.

    >>> needed_for_consistency(3, 7)
    [(1, 2), (0, 6), (1, 0), (0, 3), (0, 2)]
    """
    asked: list[NodeId] = []
    consistency_proof(earlier, size, _asking(asked))
    return asked


def _asking(asked: list[NodeId]) -> Lookup:
    def record(node: NodeId) -> bytes:
        asked.append(node)
        return b""

    return record


def is_included(leaf: bytes, *, index: int, size: int, path: Sequence[bytes], root: bytes) -> bool:
    """Return whether the path proves that the leaf hash stands at ``index`` under ``root``."""
    if not 0 <= index < size:
        return False
    at, last, top = index, size - 1, leaf
    for sibling in path:
        if last == 0:
            return False
        if at & 1 or at == last:
            top = node_hash(sibling, top)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            top = node_hash(top, sibling)
        at, last = at >> 1, last >> 1
    return last == 0 and top == root


def is_consistent(
    *, earlier: int, earlier_root: bytes, size: int, root: bytes, path: Sequence[bytes]
) -> bool:
    """Return whether the path proves that nothing before ``earlier`` was changed or taken away."""
    if earlier > size or earlier < 0:
        return False
    if earlier == 0:
        return not path and earlier_root == EMPTY_ROOT
    if earlier == size:
        return not path and earlier_root == root
    return bool(path) and _climb(earlier, size, path, (earlier_root, root))


def _climb(earlier: int, size: int, path: Sequence[bytes], roots: tuple[bytes, bytes]) -> bool:
    steps = list(path)
    at, last = earlier - 1, size - 1
    while at & 1:
        at, last = at >> 1, last >> 1
    # A power of two is a full subtree: its root is where the climb starts, so it is left out.
    first = roots[0] if earlier & (earlier - 1) == 0 else steps.pop(0)
    before = after = first
    for sibling in steps:
        if last == 0:
            return False
        if at & 1 or at == last:
            before, after = node_hash(sibling, before), node_hash(sibling, after)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            after = node_hash(after, sibling)
        at, last = at >> 1, last >> 1
    return last == 0 and (before, after) == roots
