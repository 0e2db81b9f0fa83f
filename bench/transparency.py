"""A proof of inclusion from kept nodes, against the tree grown anew for each proof.

The log grows to 2^10, 2^15 and 2^20 leaves in a database of its own. Only the events that are
proven have rows; each proof is read from the database, and verified outside the measured time.
The last row says how much longer a proof takes when the log doubles: a tree grown anew takes
twice as long (100 %), a path of one hash more hardly longer.
"""

import time
from collections.abc import Callable
from datetime import UTC, datetime
from random import Random

from bench import Row
from bench.ledger import database

NOW = datetime(2026, 10, 1, 8, tzinfo=UTC)
SIZES = (1 << 10, 1 << 15, 1 << 20)
PROVEN, AT_ONCE = 200, 1 << 15
PEER_PROOFS = {1 << 10: 20, 1 << 15: 4, 1 << 20: 1}


def run() -> list[Row]:
    """Return proofs a second of one processor, both ways, and how they slow down."""
    ours: list[float] = []
    peer: list[float] = []
    with database():
        for size in SIZES:
            indexes = _grow_to(size)
            ours.append(_per_second(_proof, indexes))
            peer.append(_per_second(_proof_of_a_tree_grown_anew, indexes[: PEER_PROOFS[size]]))
    rows = [
        Row(f"log: proofs among {size:,} events", mine, theirs, mine / theirs, "proofs/s of CPU")
        for size, mine, theirs in zip(SIZES, ours, peer, strict=True)
    ]
    slower, peer_slower = _percent_per_doubling(ours), _percent_per_doubling(peer)
    ratio = peer_slower / max(slower, 1.0)
    name = "log: a proof takes longer"
    return [*rows, Row(name, slower, peer_slower, ratio, "% per doubling of the log")]


def _percent_per_doubling(rates: list[float]) -> float:
    doublings = (SIZES[-1] // SIZES[0]).bit_length() - 1
    return float(((rates[0] / rates[-1]) ** (1 / doublings) - 1) * 100)


def _grow_to(size: int) -> list[int]:
    """Append leaves, with rows for those events that will be proven; return their places."""
    from django.db import transaction  # noqa: PLC0415 (Django is set up)

    from originmark.trace.ledger import log  # noqa: PLC0415
    from originmark.trace.ledger.models import Event  # noqa: PLC0415

    with transaction.atomic():
        state = log.lock()
        before = state.size
        while state.size < size:
            end = min(state.size + AT_ONCE, size)
            leaves = [(_name(index), _data(index)) for index in range(state.size, end)]
            log.append(state, leaves, now=NOW)
    indexes = sorted(Random(size).sample(range(before, size), PROVEN))  # noqa: S311 (no secret)
    Event.objects.bulk_create(
        Event(
            id=index,
            event_id=_name(index),
            type="ObjectEvent",
            event_time=NOW,
            record_time=NOW,
            is_error_declaration=False,
            body="{}",
        )
        for index in indexes
    )
    return indexes


def _name(index: int) -> str:
    return f"urn:uuid:00000000-0000-4000-8000-{index:012}"


def _data(index: int) -> bytes:
    from originmark.trace.ledger import log  # noqa: PLC0415 (Django is set up)

    return log.leaf_data(
        index=index,
        event_id=_name(index),
        record_time=NOW,
        body="{}",
        context=None,
        organisation_id=None,
        captured_by_id=None,
        source="",
    )


def _per_second(prove: Callable[[int], list[bytes]], indexes: list[int]) -> float:
    start = time.process_time()
    paths = [prove(index) for index in indexes]
    spent = time.process_time() - start
    for index, path in zip(indexes, paths, strict=True):
        _verify(index, path)
    return len(indexes) / spent


def _verify(index: int, path: list[bytes]) -> None:
    from originmark.standards.transparency.proofs import is_included  # noqa: PLC0415
    from originmark.standards.transparency.tree import leaf_hash  # noqa: PLC0415
    from originmark.trace.ledger import proving  # noqa: PLC0415 (Django is set up)

    head, leaf = proving.head(), leaf_hash(_data(index))
    assert is_included(leaf, index=index, size=head.size, path=path, root=head.root)


def _proof(index: int) -> list[bytes]:
    from originmark.trace.ledger import proving  # noqa: PLC0415 (Django is set up)

    return proving.inclusions([index])[index].path


def _proof_of_a_tree_grown_anew(index: int) -> list[bytes]:
    """Read all leaves, join them level by level, and note the siblings on the way."""
    from originmark.standards.transparency.tree import node_hash  # noqa: PLC0415
    from originmark.trace.ledger.models import LogLeaf  # noqa: PLC0415 (Django is set up)

    level = list(LogLeaf.objects.order_by("pk").values_list("hash", flat=True))
    path: list[bytes] = []
    while len(level) > 1:
        if index ^ 1 < len(level):
            path.append(level[index ^ 1])
        joined = [
            node_hash(left, right) for left, right in zip(level[::2], level[1::2], strict=False)
        ]
        level, index = joined + level[len(joined) * 2 :], index // 2
    return path
