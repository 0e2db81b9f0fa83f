"""The tree, its paths and its consistency against published facts (RFC 6962 = RFC 9162, 2.1).

The eight leaves, their roots and proofs are the reference inputs of the Certificate Transparency
project (google/certificate-transparency, cpp/merkletree/merkle_tree_test.cc; the same stand in
transparency-dev/merkle). The shapes of seven leaves are the example of RFC 9162, 2.1.5.
"""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from originmark.standards.transparency.proofs import (
    consistency_proof,
    inclusion_proof,
    is_consistent,
    is_included,
    needed_for_consistency,
)
from originmark.standards.transparency.tree import (
    EMPTY_ROOT,
    Frontier,
    NodeId,
    leaf_hash,
    node_hash,
    range_root,
)

LEAVES = [
    bytes.fromhex(each)
    for each in (
        "", "00", "10", "2021", "3031", "40414243", "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]  # fmt: skip
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
L1 = "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7"
L4 = "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"
N23 = "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e"
N45 = "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a"
N67 = "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0"
N4567 = "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4"
INCLUSION = [  # index from 0, size, path
    (0, 1, []),
    (0, 8, [L1, N23, N4567]),
    (5, 8, [L4, N67, ROOTS[3]]),
    (2, 3, [ROOTS[1]]),
    (1, 5, [ROOTS[0], N23, L4]),
]
CONSISTENCY = [  # earlier, later, path
    (1, 1, []),
    (1, 8, [L1, N23, N4567]),
    (6, 8, [N45, N67, ROOTS[3]]),
    (2, 5, [N23, L4]),
]


def grown(leaves: list[bytes]) -> tuple[dict[NodeId, bytes], list[bytes]]:
    """All full nodes, and the root of each size from 0."""
    nodes: dict[NodeId, bytes] = {}
    frontier, roots = Frontier(), [EMPTY_ROOT]
    for leaf in leaves:
        frontier, completed = frontier.append(leaf_hash(leaf))
        nodes.update(completed)
        roots.append(frontier.root())
    return nodes, roots


NODES, PAST = grown([bytes([number]) for number in range(64)])


def flipped(value: bytes, bit: int) -> bytes:
    changed = bytearray(value)
    changed[bit // 8] ^= 1 << bit % 8
    return bytes(changed)


def proves(earlier: int, size: int, path: list[bytes], **roots: bytes) -> bool:
    return is_consistent(
        earlier=earlier,
        earlier_root=roots.get("earlier_root", PAST[earlier]),
        size=size,
        root=roots.get("root", PAST[size]),
        path=path,
    )


@pytest.mark.conforms("L-rfc9162")
def test_the_published_roots() -> None:
    assert [root.hex() for root in grown(LEAVES)[1][1:]] == ROOTS
    assert EMPTY_ROOT.hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


@pytest.mark.conforms("L-rfc9162", "L-inclusion")
@pytest.mark.parametrize(("index", "size", "path"), INCLUSION)
def test_the_published_inclusion_paths(index: int, size: int, path: list[str]) -> None:
    nodes, roots = grown(LEAVES[:size])
    made = inclusion_proof(index, size, nodes.__getitem__)
    assert [each.hex() for each in made] == path
    leaf = leaf_hash(LEAVES[index])
    assert is_included(leaf, index=index, size=size, path=made, root=roots[size])


@pytest.mark.conforms("L-rfc9162", "L-consistency")
@pytest.mark.parametrize(("earlier", "later", "path"), CONSISTENCY)
def test_the_published_consistency_paths(earlier: int, later: int, path: list[str]) -> None:
    nodes, roots = grown(LEAVES[:later])
    made = consistency_proof(earlier, later, nodes.__getitem__)
    assert [each.hex() for each in made] == path
    assert is_consistent(
        earlier=earlier, earlier_root=roots[earlier], size=later, root=roots[later], path=made
    )


@pytest.mark.conforms("L-rfc9162")
def test_the_example_of_seven_leaves() -> None:
    """RFC 9162, 2.1.5: PATH and PROOF of D[7], the nodes under their letters."""
    nodes, _roots = grown(LEAVES[:7])
    a, b, c, d, e, f, j = (nodes[0, index] for index in range(7))
    g, h, i = node_hash(a, b), node_hash(c, d), node_hash(e, f)
    k = node_hash(g, h)
    l_ = node_hash(i, j)

    def path(index: int) -> list[bytes]:
        return inclusion_proof(index, 7, nodes.__getitem__)

    def proof(earlier: int) -> list[bytes]:
        return consistency_proof(earlier, 7, nodes.__getitem__)

    assert [path(0), path(3), path(4), path(6)] == [[b, h, l_], [c, g, l_], [f, j, k], [i, k]]
    assert [proof(3), proof(4), proof(6)] == [[c, d, g, l_], [l_], [i, j, k]]
    assert range_root(0, 7, nodes.__getitem__) == node_hash(k, l_)


@pytest.mark.conforms("L-consistency")
def test_every_two_trees_up_to_64_are_consistent_and_no_root_may_differ() -> None:
    for size in range(2, 65):
        for earlier in range(1, size):
            path = consistency_proof(earlier, size, NODES.__getitem__)
            assert proves(earlier, size, path)
            bit = (earlier * 67 + size) % 256
            assert not proves(earlier, size, path, root=flipped(PAST[size], bit))
            assert not proves(earlier, size, path, earlier_root=flipped(PAST[earlier], bit))
            for at, node in enumerate(path):
                assert not proves(earlier, size, [*path[:at], flipped(node, bit), *path[at + 1 :]])
            assert not proves(earlier, size, path[:-1])
            assert not proves(earlier, size, [*path, PAST[1]])


@pytest.mark.conforms("L-consistency")
def test_every_single_bit_counts_in_trees_up_to_eight() -> None:
    for size in range(2, 9):
        for earlier in range(1, size):
            path = consistency_proof(earlier, size, NODES.__getitem__)
            for at, bit in product(range(len(path)), range(256)):
                changed = [*path[:at], flipped(path[at], bit), *path[at + 1 :]]
                assert not proves(earlier, size, changed)


@pytest.mark.conforms("L-consistency")
@given(st.data())
def test_any_bit_of_any_proof_up_to_64_counts(data: st.DataObject) -> None:
    size = data.draw(st.integers(2, 64))
    earlier = data.draw(st.integers(1, size - 1))
    path = consistency_proof(earlier, size, NODES.__getitem__)
    at, bit = data.draw(st.integers(0, len(path) - 1)), data.draw(st.integers(0, 255))

    assert not proves(earlier, size, [*path[:at], flipped(path[at], bit), *path[at + 1 :]])


def test_a_proof_asks_only_for_nodes_that_are_kept() -> None:
    for size in range(1, 65):
        for earlier in range(size + 1):
            asked = needed_for_consistency(earlier, size)
            assert set(asked) <= NODES.keys()
            assert all((index + 1) << level <= size for level, index in asked)
