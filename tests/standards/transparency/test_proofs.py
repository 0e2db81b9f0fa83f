"""Law 1: the log proves what it holds. 300 examples each, and all sizes up to 64."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from originmark.standards.transparency.proofs import (
    consistency_proof,
    inclusion_proof,
    is_consistent,
    is_included,
    needed_nodes,
)
from originmark.standards.transparency.tree import EMPTY_ROOT, Frontier, NodeId, leaf_hash

payloads = st.lists(st.binary(max_size=40), min_size=1, max_size=130)


class Tree:
    """All leaves, full nodes and roots of a growing tree."""

    def __init__(self, leaves: list[bytes]) -> None:
        self.nodes: dict[NodeId, bytes] = {}
        self.roots = [EMPTY_ROOT]
        frontier = Frontier()
        for leaf in leaves:
            frontier, completed = frontier.append(leaf_hash(leaf))
            self.nodes.update(completed)
            self.roots.append(frontier.root())


@settings(max_examples=300)
@given(payloads, st.data())
def test_every_leaf_is_provable_and_an_altered_one_is_not(
    leaves: list[bytes], data: st.DataObject
) -> None:
    tree, size = Tree(leaves), len(leaves)
    index = data.draw(st.integers(0, size - 1))
    path = inclusion_proof(index, size, tree.nodes.__getitem__)
    root = tree.roots[size]

    assert is_included(leaf_hash(leaves[index]), index=index, size=size, path=path, root=root)

    altered = leaf_hash(leaves[index] + b"!")
    assert not is_included(altered, index=index, size=size, path=path, root=root)
    assert not is_included(
        leaf_hash(leaves[index]), index=index, size=size, path=[*path, root], root=root
    )


@settings(max_examples=300)
@given(payloads, st.data())
def test_an_earlier_tree_is_provably_the_start(leaves: list[bytes], data: st.DataObject) -> None:
    tree, size = Tree(leaves), len(leaves)
    earlier = data.draw(st.integers(0, size))
    path = consistency_proof(earlier, size, tree.nodes.__getitem__)

    def proves(earlier_root: bytes) -> bool:
        return is_consistent(
            earlier=earlier,
            earlier_root=earlier_root,
            size=size,
            root=tree.roots[size],
            path=path,
        )

    assert proves(tree.roots[earlier])
    assert not proves(leaf_hash(b"another root"))


@settings(max_examples=300)
@given(payloads, st.data())
def test_a_rewritten_past_has_no_proof(leaves: list[bytes], data: st.DataObject) -> None:
    size = len(leaves)
    earlier = data.draw(st.integers(1, size))
    victim = data.draw(st.integers(0, earlier - 1))
    honest = Tree(leaves)
    forged = Tree([*leaves[:victim], leaves[victim] + b"!", *leaves[victim + 1 :]])
    path = consistency_proof(earlier, size, forged.nodes.__getitem__)

    assert not is_consistent(
        earlier=earlier,
        earlier_root=honest.roots[earlier],
        size=size,
        root=forged.roots[size],
        path=path,
    )


def test_all_sizes_up_to_64() -> None:
    leaves = [bytes([number]) for number in range(64)]
    tree = Tree(leaves)
    for size in range(1, 65):
        root = tree.roots[size]
        for index in range(size):
            path = inclusion_proof(index, size, tree.nodes.__getitem__)
            leaf = leaf_hash(leaves[index])
            assert is_included(leaf, index=index, size=size, path=path, root=root)
            assert set(needed_nodes(index, size)) <= tree.nodes.keys()
        for earlier in range(size + 1):
            path = consistency_proof(earlier, size, tree.nodes.__getitem__)
            assert is_consistent(
                earlier=earlier,
                earlier_root=tree.roots[earlier],
                size=size,
                root=root,
                path=path,
            )


@pytest.mark.parametrize("index", [-1, 3])
def test_a_leaf_beyond_the_tree_has_no_proof(index: int) -> None:
    with pytest.raises(ValueError, match="is not in a tree of 3"):
        inclusion_proof(index, 3, lambda _: b"")
    assert not is_included(b"", index=index, size=3, path=[], root=b"")


def test_the_future_is_no_start_of_the_past() -> None:
    with pytest.raises(ValueError, match="is no start"):
        consistency_proof(4, 3, lambda _: b"")
    assert not is_consistent(earlier=4, earlier_root=b"", size=3, root=b"", path=[])


@given(
    before=st.integers(0, 70),
    batches=st.lists(st.lists(st.binary(max_size=4), max_size=70), max_size=3),
)
def test_leaves_in_bulk_grow_the_tree_that_they_grow_one_by_one(
    before: int, batches: list[list[bytes]]
) -> None:
    frontier = Frontier()
    for index in range(before):
        frontier, _ = frontier.append(leaf_hash(bytes([index])))
    for batch in batches:
        leaves = [leaf_hash(each) for each in batch]
        single, expected = frontier, {}
        for leaf in leaves:
            single, completed = single.append(leaf)
            expected.update(completed[1:])
        frontier, rows = frontier.extend(leaves)
        assert frontier == single
        assert {
            (level, first + place): value
            for level, first, values in rows
            for place, value in enumerate(values)
        } == expected
