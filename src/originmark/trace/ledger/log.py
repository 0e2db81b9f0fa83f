"""The transparency log over the events."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from itertools import count

import orjson

from originmark.standards.transparency.tree import EMPTY_ROOT, Frontier, NodeId, leaf_hash
from originmark.trace.ledger.bulk import insert_rows
from originmark.trace.ledger.models import LogLeaf, LogNode, LogState

HASH_SIZE = 32


def lock() -> LogState:
    """Return the state of the log, locked until the transaction ends: appends are serial.

    SQLite locks the whole database when the transaction begins (IMMEDIATE).
    """
    LogState.objects.bulk_create([LogState(id=1, root=EMPTY_ROOT)], ignore_conflicts=True)
    return LogState.objects.select_for_update().get(pk=1)


def frontier_of(state: LogState) -> Frontier:
    """Return where the tree goes on."""
    joined = bytes(state.frontier)
    hashes = tuple(joined[at : at + HASH_SIZE] for at in range(0, len(joined), HASH_SIZE))
    return Frontier(state.size, hashes)


def leaf_data(
    *,
    index: int,
    event_id: str,
    record_time: datetime,
    body: str,
    context: str | None,
    organisation_id: int | None,
    captured_by_id: int | None,
    source: str,
) -> bytes:
    """Return the bytes that a leaf stands for: one line of JSON with sorted keys."""
    shared = Shared(
        record_time=record_time,
        context=context,
        organisation_id=organisation_id,
        captured_by_id=captured_by_id,
        source=source,
    )
    return shared.leaf_data(index, event_id, body)


class Shared:
    """What the leaves of one document have in common, written once."""

    def __init__(
        self,
        *,
        record_time: datetime,
        context: str | None,
        organisation_id: int | None,
        captured_by_id: int | None,
        source: str,
    ) -> None:
        moment = record_time.astimezone(UTC).isoformat(timespec="microseconds")
        self._middle = b',"capturedBy":%b,"context":%b,"eventID":' % (
            orjson.dumps(captured_by_id),
            orjson.dumps(context),
        )
        self._end = b',"organisation":%b,"recordTime":%b,"source":%b}' % (
            orjson.dumps(organisation_id),
            orjson.dumps(moment),
            orjson.dumps(source),
        )

    def leaf_data(self, index: int, event_id: str, body: str) -> bytes:
        """Return the bytes that the leaf of one event stands for."""
        return b'{"body":%b%b%b,"index":%d%b' % (
            orjson.dumps(body),
            self._middle,
            orjson.dumps(event_id),
            index,
            self._end,
        )


def append(state: LogState, leaves: Sequence[tuple[str, bytes]], *, now: datetime) -> None:
    """Append the data of leaves, each with its eventID, to the locked log."""
    hashes = [leaf_hash(data) for _event_id, data in leaves]
    frontier, rows = frontier_of(state).extend(hashes)
    names = (event_id for event_id, _data in leaves)
    insert_rows(
        LogLeaf, ("index", "event_id", "hash"), zip(count(state.size), names, hashes, strict=False)
    )
    insert_rows(
        LogNode,
        ("id", "hash"),
        [
            (node_key((level, first + place)), value)
            for level, first, values in rows
            for place, value in enumerate(values)
        ],
    )
    state.size = frontier.size
    state.frontier = b"".join(frontier.hashes)
    state.root = frontier.root()
    state.grew_at = now
    state.save(update_fields=["size", "frontier", "root", "grew_at"])


def node_key(node: NodeId) -> int:
    """Return the primary key of an inner node."""
    level, index = node
    return level << 56 | index


def nodes(wanted: Iterable[NodeId]) -> dict[NodeId, bytes]:
    """Return the hashes of full subtrees (two queries)."""
    inner = {node_key(node): node for node in wanted if node[0] > 0}
    leaves = [index for level, index in wanted if level == 0]
    found: dict[NodeId, bytes] = {
        (0, index): bytes(value)
        for index, value in LogLeaf.objects.filter(pk__in=leaves).values_list("pk", "hash")
    }
    for key, value in LogNode.objects.filter(pk__in=list(inner)).values_list("pk", "hash"):
        found[inner[key]] = bytes(value)
    return found
