"""Genealogy: from a lot back to its land, and from land or a lot forward to everything made.

The links are bipartite, lot → event → lot, so that an event with many inputs and outputs costs
a row for each of them and not for each pair. A walk asks once per level, whatever its width.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from itertools import islice
from typing import Any

from django.db.models import Model, QuerySet

from originmark.trace.lots.models import AreaInput, Lot, LotInput, LotOutput, LotRecord

CHUNK = 10_000  # ids in one query


@dataclass(frozen=True, slots=True)
class Node:
    """A lot, a growing area or an event. ``level`` counts from the field (0) to the buyer."""

    key: str
    kind: str
    code: str
    title: str
    level: int = 0
    kg: Decimal | None = None
    status: str = ""
    step: str = ""
    happened_at: datetime | None = None
    organisation: str = ""


@dataclass(frozen=True, slots=True)
class Edge:
    """So much went from one node to another."""

    source: str
    target: str
    kg: Decimal


@dataclass(frozen=True, slots=True)
class Graph:
    """What is connected, in the order from field to buyer; ``start`` is the key asked for."""

    start: str
    nodes: list[Node]
    edges: list[Edge]

    def of_kind(self, kind: str) -> list[Node]:
        """Return the nodes of one kind: lot, area or event."""
        return [node for node in self.nodes if node.kind == kind]


@dataclass(slots=True)
class Walk:
    """What a walk has found so far, by row id."""

    lots: set[int] = field(default_factory=set)
    events: set[int] = field(default_factory=set)
    areas: set[int] = field(default_factory=set)
    edges: list[Edge] = field(default_factory=list)

    def link(self, source: str, target: str, kg: Decimal) -> None:
        """Keep an edge."""
        self.edges.append(Edge(source, target, kg))


def back(lot_ids: Iterable[int]) -> Walk:
    """Walk from lots to everything they came from. Three queries a level."""
    walk, frontier = Walk(), set(lot_ids)
    walk.lots |= frontier
    while frontier:
        events = set()
        for row in _rows(LotOutput.objects.all(), "lot_id", frontier):
            walk.link(f"event:{row['event_id']}", f"lot:{row['lot_id']}", row["kg"])
            events.add(row["event_id"])
        events -= walk.events
        walk.events |= events
        for row in _rows(AreaInput.objects.all(), "event_id", events):
            walk.link(f"area:{row['area_id']}", f"event:{row['event_id']}", row["kg"])
            walk.areas.add(row["area_id"])
        frontier = set()
        for row in _rows(LotInput.objects.all(), "event_id", events):
            walk.link(f"lot:{row['lot_id']}", f"event:{row['event_id']}", row["kg"])
            frontier.add(row["lot_id"])
        frontier -= walk.lots
        walk.lots |= frontier
    return walk


def forward(lot_ids: Iterable[int], area_ids: Iterable[int] = ()) -> Walk:
    """Walk from lots, or from land, to everything made of them. Two queries a level."""
    walk, frontier = Walk(), set(lot_ids)
    walk.lots |= frontier
    walk.areas |= set(area_ids)
    events = set()
    for row in _rows(AreaInput.objects.all(), "area_id", walk.areas):
        walk.link(f"area:{row['area_id']}", f"event:{row['event_id']}", row["kg"])
        events.add(row["event_id"])
    while frontier or events:
        for row in _rows(LotInput.objects.all(), "lot_id", frontier):
            walk.link(f"lot:{row['lot_id']}", f"event:{row['event_id']}", row["kg"])
            events.add(row["event_id"])
        events -= walk.events
        walk.events |= events
        frontier = set()
        for row in _rows(LotOutput.objects.all(), "event_id", events):
            walk.link(f"event:{row['event_id']}", f"lot:{row['lot_id']}", row["kg"])
            frontier.add(row["lot_id"])
        frontier -= walk.lots
        walk.lots |= frontier
        events = set()
    return walk


def graph(start: str, walk: Walk, *, area_names: dict[int, tuple[str, str]]) -> Graph:
    """Return the walk as nodes with what a reader needs. Two queries."""
    levels = _levels(walk)
    nodes = [*_area_nodes(walk, area_names, levels), *_lot_nodes(walk, levels)]
    nodes += _event_nodes(walk, levels)
    edges = sorted(set(walk.edges), key=lambda edge: (edge.source, edge.target))
    return Graph(start, sorted(nodes, key=lambda node: (node.level, node.key)), edges)


def _rows(rows: QuerySet[Any], name: str, ids: set[int]) -> Iterator[dict[str, Any]]:
    remaining = iter(sorted(ids))
    while chunk := list(islice(remaining, CHUNK)):
        yield from rows.filter(**{f"{name}__in": chunk}).values()


def _many(model: type[Model], name: str, ids: set[int], *related: str) -> Iterator[Any]:
    remaining = iter(sorted(ids))
    while chunk := list(islice(remaining, CHUNK)):
        rows: QuerySet[Any] = model._default_manager.filter(**{f"{name}__in": chunk})  # noqa: SLF001
        yield from rows.select_related(*related)


def _area_nodes(
    walk: Walk, names: dict[int, tuple[str, str]], levels: dict[str, int]
) -> list[Node]:
    return [
        Node(f"area:{pk}", "area", *names[pk], level=levels.get(f"area:{pk}", 0))
        for pk in sorted(walk.areas)
    ]


def _lot_nodes(walk: Walk, levels: dict[str, int]) -> list[Node]:
    return [
        Node(
            f"lot:{lot.pk}", "lot", lot.code, lot.product.name, levels.get(f"lot:{lot.pk}", 0),
            lot.received_kg, lot.status, organisation=lot.organisation.name,
        )
        for lot in _many(Lot, "pk", walk.lots, "product", "organisation")
    ]  # fmt: skip


def _event_nodes(walk: Walk, levels: dict[str, int]) -> list[Node]:
    """Return a node for each event, told from one of its records."""
    first: dict[int, LotRecord] = {}
    for record in _many(LotRecord, "event_id", walk.events, "organisation"):
        first.setdefault(record.event_id, record)
    return [
        Node(
            f"event:{pk}", "event", str(pk), record.get_step_display(),
            levels.get(f"event:{pk}", 0), step=record.step, happened_at=record.happened_at,
            organisation=record.organisation.name,
        )
        for pk, record in sorted(first.items())
    ]  # fmt: skip


def _levels(walk: Walk) -> dict[str, int]:
    """Return how far each node is from the field: one more than the farthest of its sources."""
    sources: dict[str, list[str]] = {}
    targets: dict[str, list[str]] = {}
    for edge in set(walk.edges):
        sources.setdefault(edge.target, []).append(edge.source)
        targets.setdefault(edge.source, []).append(edge.target)
    waiting = {key: len(found) for key, found in sources.items()}
    ready = [key for key in targets if key not in sources]
    levels = dict.fromkeys(ready, 0)
    while ready:
        key = ready.pop()
        for target in targets.get(key, []):
            levels[target] = max(levels.get(target, 0), levels[key] + 1)
            waiting[target] -= 1
            if not waiting[target]:
                ready.append(target)
    return levels
