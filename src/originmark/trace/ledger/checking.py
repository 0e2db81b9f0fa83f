"""Recomputing the log from what is stored."""

from collections.abc import Callable, Iterator
from itertools import groupby

import orjson
from django.db import connection

from originmark.frame.web.refusals import gettext_noop
from originmark.standards.epcis.fingerprint import namespaces
from originmark.standards.epcis.identity import fingerprint
from originmark.standards.transparency.tree import EMPTY_ROOT, Frontier, leaf_hash
from originmark.trace.ledger import append_only, log, store
from originmark.trace.ledger.drafts import FACTS, facts_of, names_of
from originmark.trace.ledger.index import identifiers
from originmark.trace.ledger.models import Event, EventIdentifier, LogLeaf, LogNode, LogState
from originmark.trace.ledger.values import Finding

EVERY = 1000
SENTENCES = {
    "missing": gettext_noop("The event is gone, though the log holds its leaf."),
    "nameless": gettext_noop("Event and leaf are both gone at this place of the log."),
    "altered": gettext_noop("What the event says is no longer what was recorded."),
    "relabelled": gettext_noop(
        "The record around the event (its name, time, context, source or who recorded it) is no "
        "longer what was recorded."
    ),
    "unlogged": gettext_noop("The event has no leaf in the log: it did not come in by capture."),
    "column": gettext_noop("A column that pages search by no longer says what the event says."),
    "index": gettext_noop("The index no longer names what the event names."),
    "node": gettext_noop("The tree above this event no longer fits its leaves."),
    "root": gettext_noop("The root of the log no longer fits its leaves."),
    "unguarded": gettext_noop(
        "The database's refusal to change events was taken away: run the migrations of the "
        "ledger again."
    ),
}


def findings(report: Callable[[int, int], None]) -> list[Finding]:
    """Return everything that is wrong, in the order of the log."""
    state = LogState.objects.filter(pk=1).first() or LogState(root=EMPTY_ROOT)
    found = [
        _finding("unguarded", detail=name) for name in append_only.missing_triggers(connection)
    ]
    tree = _Tree()
    found += tree.check(state, report)
    found += _index_findings(tree.broken)
    return sorted(found, key=lambda finding: (finding.index is None, finding.index or 0))


def _finding(
    code: str, *, index: int | None = None, event_id: str | None = None, detail: str = ""
) -> Finding:
    sentence = SENTENCES[code]
    return Finding(code, index, event_id, f"{sentence} ({detail})" if detail else sentence)


class _Tree:
    """Walks leaves and events side by side and grows the tree anew."""

    def __init__(self) -> None:
        self.broken: set[int] = set()
        self.frontier = Frontier()
        self.expected: dict[int, tuple[bytes, LogLeaf]] = {}

    def check(self, state: LogState, report: Callable[[int, int], None]) -> list[Finding]:
        found: list[Finding] = []
        leaves = LogLeaf.objects.order_by("pk").iterator(chunk_size=EVERY)
        events = _events()
        event = next(events, None)
        for leaf in leaves:
            found += self._gap(leaf.pk)
            while event is not None and event.pk < leaf.pk:
                found.append(self._broken("unlogged", event.pk, event.event_id))
                event = next(events, None)
            matching = event if event is not None and event.pk == leaf.pk else None
            found += self._pair(leaf, matching)
            found += self._grow(leaf)
            if matching is not None:
                event = next(events, None)
            if self.frontier.size % EVERY == 0:
                report(self.frontier.size, state.size)
        while event is not None:
            found.append(self._broken("unlogged", event.pk, event.event_id))
            event = next(events, None)
        report(self.frontier.size, state.size)
        return found + self._compare_nodes() + self._root(state)

    def _gap(self, index: int) -> list[Finding]:
        gone = range(self.frontier.size, index)
        found = [_finding("nameless", index=place) for place in gone]
        for _ in gone:
            self.frontier, _nodes = self.frontier.append(b"")
        return found

    def _broken(self, code: str, index: int, event_id: str, detail: str = "") -> Finding:
        self.broken.add(index)
        return _finding(code, index=index, event_id=event_id, detail=detail)

    def _pair(self, leaf: LogLeaf, event: Event | None) -> list[Finding]:
        if event is None:
            return [self._broken("missing", leaf.pk, leaf.event_id)]
        if leaf_hash(store.row_leaf_data(event)) != bytes(leaf.hash):
            code = "relabelled" if _says_the_same(event) else "altered"
            return [self._broken(code, leaf.pk, leaf.event_id)]
        wrong = _wrong_columns(event)
        if wrong:
            return [self._broken("column", leaf.pk, leaf.event_id, ", ".join(wrong))]
        return []

    def _grow(self, leaf: LogLeaf) -> list[Finding]:
        self.frontier, completed = self.frontier.append(bytes(leaf.hash))
        for node, value in completed[1:]:
            self.expected[log.node_key(node)] = (value, leaf)
        return self._compare_nodes() if len(self.expected) >= EVERY else []

    def _compare_nodes(self) -> list[Finding]:
        """Compare the nodes that grew with those that are kept (one query)."""
        kept = dict(LogNode.objects.filter(pk__in=list(self.expected)).values_list("pk", "hash"))
        found = []
        for key, (value, leaf) in self.expected.items():
            if bytes(kept.get(key, b"")) != value:
                detail = f"level {key >> 56}, node {key & (1 << 56) - 1}"
                found.append(self._broken("node", leaf.pk, leaf.event_id, detail))
        self.expected.clear()
        return found

    def _root(self, state: LogState) -> list[Finding]:
        same_size = self.frontier.size == state.size
        if same_size and self.frontier.root() == bytes(state.root):
            return []
        gone = [
            _finding("nameless", index=place) for place in range(self.frontier.size, state.size)
        ]
        return [*gone, _finding("root", detail=f"{self.frontier.size} / {state.size}")]


def _events() -> Iterator[Event]:
    rows = Event.objects.select_related("context").order_by("pk")
    yield from rows.iterator(chunk_size=EVERY)


def _says_the_same(event: Event) -> bool:
    try:
        body = orjson.loads(event.body)
        context = orjson.loads(event.context.body) if event.context else None
        return fingerprint(body, names_of(body, namespaces(context))) == event.fingerprint
    except (ValueError, AttributeError, TypeError):
        return False


def _wrong_columns(event: Event) -> list[str]:
    facts = zip(FACTS, facts_of(orjson.loads(event.body)), strict=True)
    wrong = [name for name, value in facts if getattr(event, name) != value]
    return wrong if _says_the_same(event) else [*wrong, "fingerprint"]


def _index_findings(broken: set[int]) -> Iterator[Finding]:
    """Compare the index rows of whole events with what the events name."""
    rows = (
        EventIdentifier.objects.order_by("event_id", "pk")
        .values_list("event_id", "identifier", "role", "quantity", "uom")
        .iterator(chunk_size=EVERY)
    )
    groups = groupby(rows, key=lambda row: row[0])
    group = next(groups, None)
    for event in _events():
        while group is not None and group[0] < event.pk:
            group = next(groups, None)
        kept: list[tuple[object, ...]] = []
        if group is not None and group[0] == event.pk:
            kept = [row[1:] for row in group[1]]
            group = next(groups, None)
        if event.pk in broken:
            continue
        named = identifiers(orjson.loads(event.body))
        if sorted(map(str, kept)) != sorted(map(str, named)):
            yield _finding("index", index=event.pk, event_id=event.event_id)
