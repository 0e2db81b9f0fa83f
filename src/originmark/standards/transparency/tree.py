"""The Merkle tree of RFC 9162, section 2.1 (the same as in RFC 6962).

The leaves are numbered from 0. A node is named by its level (0: leaves) and its index in that
level; only nodes whose whole subtree is full are ever kept, for they never change.
"""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

NodeId = tuple[int, int]
Lookup = Callable[[NodeId], bytes]
Row = tuple[int, int, list[bytes]]
"""A level, the index of a node in it, and the hashes from that node on."""
_sha256 = hashlib.sha256
EMPTY_ROOT = hashlib.sha256().digest()


def leaf_hash(data: bytes) -> bytes:
    """Return the hash of a leaf.

    >>> leaf_hash(b"").hex()
    '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d'
    """
    return hashlib.sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the hash of an inner node.

    >>> node_hash(leaf_hash(b""), leaf_hash(bytes(1))).hex()
    'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125'
    """
    return hashlib.sha256(b"\x01" + left + right).digest()


@dataclass(frozen=True, slots=True)
class Frontier:
    """What is needed to go on: the roots of the full subtrees, largest first (at most 64)."""

    size: int = 0
    hashes: tuple[bytes, ...] = ()

    def append(self, leaf: bytes) -> tuple["Frontier", list[tuple[NodeId, bytes]]]:
        """Return the frontier with one more leaf hash, and the nodes which that completes.

        The first of the nodes is the leaf itself.
        """
        level, index, top = 0, self.size, leaf
        stack = list(self.hashes)
        completed = [((0, index), leaf)]
        while index & 1:
            top = node_hash(stack.pop(), top)
            level, index = level + 1, index >> 1
            completed.append(((level, index), top))
        return Frontier(self.size + 1, (*stack, top)), completed

    def extend(self, leaves: Sequence[bytes]) -> tuple["Frontier", list[Row]]:
        """Return the frontier with many more leaf hashes, and the inner nodes which that completes.

        The same as ``append`` for each, level by level: a row is a level, the index of its first
        new node, and the hashes of the nodes from there on.
        """
        stack, below = list(self.hashes), []
        nodes, start, level = list(leaves), self.size, 0
        rows: list[Row] = []
        while nodes:
            if start & 1:
                nodes.insert(0, stack.pop())
            if len(nodes) & 1:
                below.append(nodes.pop())
            nodes = [
                _sha256(b"\x01" + left + right).digest()
                for left, right in zip(nodes[::2], nodes[1::2], strict=True)
            ]
            start, level = start >> 1, level + 1
            if nodes:
                rows.append((level, start, list(nodes)))
        return Frontier(self.size + len(leaves), (*stack, *reversed(below))), rows

    def root(self) -> bytes:
        """Return the root of the tree.

        The vectors of the Certificate Transparency project (eight leaves):

        >>> leaves = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657",
        ...           "606162636465666768696a6b6c6d6e6f"]
        >>> tree, roots = Frontier(), []
        >>> for leaf in leaves:
        ...     tree, _ = tree.append(leaf_hash(bytes.fromhex(leaf)))
        ...     roots.append(tree.root().hex())
        >>> roots[2]
        'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77'
        >>> roots[4]
        '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4'
        >>> roots[7]
        '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328'
        >>> Frontier().root().hex()
        'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'
        """
        return _joined(list(self.hashes)) if self.hashes else EMPTY_ROOT


def range_root(start: int, end: int, node: Lookup) -> bytes:
    """Return the hash of the leaves from ``start`` up to, not including, ``end``."""
    return _joined([node(each) for each in full_subtrees(start, end)])


def full_subtrees(start: int, end: int) -> Iterator[NodeId]:
    """Yield the full subtrees that make up a range whose start is a subtree's, largest first.

    >>> list(full_subtrees(0, 7))
    [(2, 0), (1, 2), (0, 6)]
    """
    while start < end:
        level = (end - start).bit_length() - 1
        yield level, start >> level
        start += 1 << level


def split_point(size: int) -> int:
    """Return the largest power of two below ``size``, where the tree is cut.

    >>> [split_point(size) for size in (2, 3, 4, 5, 8, 9)]
    [1, 2, 2, 4, 4, 8]
    """
    return 1 << ((size - 1).bit_length() - 1)


def _joined(hashes: list[bytes]) -> bytes:
    top = hashes.pop()
    while hashes:
        top = node_hash(hashes.pop(), top)
    return top
