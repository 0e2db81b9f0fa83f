"""Recomputing the log from what is stored."""

from collections.abc import Callable, Iterator
from functools import partial
from itertools import groupby

import orjson
from django.db import connection

from originmark.frame.web.refusals import gettext_noop
from originmark.standards.epcis.fingerprint import namespaces
from originmark.standards.epcis.identity import fingerprint
from originmark.standards.transparency.tree import EMPTY_ROOT, Frontier, full_subtrees, leaf_hash
from originmark.trace.ledger import append_only, log, store
from originmark.trace.ledger.drafts import FACTS, facts_of, names_of
from originmark.trace.ledger.index import identifiers
from originmark.trace.ledger.models import Event, EventIdentifier, LogLeaf, LogNode, LogState
from originmark.trace.ledger.values import Checked, Finding

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
    "checkpoint": gettext_noop(
        "The log no longer begins with what was signed in this checkpoint: its beginning was "
        "rewritten, or the checkpoint."
    ),
    "signature": gettext_noop("A signature under this checkpoint does not hold."),
    "unproven": gettext_noop("No path leads from this event to the newest signed checkpoint."),
    "unguarded": gettext_noop(
        "The database's refusal to change events was taken away: run the migrations of the "
        "ledger again."
    ),
}


def findings(
    report: Callable[[int, int], None],
    *,
    start: int = 0,
    is_time_up: Callable[[], bool] = lambda: False,
) -> Checked:
    """Return everything that is wrong from place ``start`` on, in the order of the log.

    Stops after the event at which ``is_time_up``. Reads each row once.
    """
    state = LogState.objects.filter(pk=1).first() or LogState(root=EMPTY_ROOT)
    found = [finding("unguarded", detail=name) for name in append_only.missing_triggers(connection)]
    try:
        tree = _Tree(start, is_time_up)
    except KeyError:
        lost = finding("node", index=start, detail=f"{start} leaves before it")
        return Checked([*found, lost], start, start, state.size)
    found += tree.check(state, report)
    found += _index_findings(tree)
    found.sort(key=lambda finding: (finding.index is None, finding.index or 0))
    return Checked(found, start, tree.frontier.size, state.size)


def finding(
    code: str, *, index: int | None = None, event_id: str | None = None, detail: str = ""
) -> Finding:
    sentence = SENTENCES[code]
    return Finding(code, index, event_id, f"{sentence} ({detail})" if detail else sentence)


class _Tree:
    """Walks leaves and events side by side and grows the tree anew."""

    def __init__(self, start: int, is_time_up: Callable[[], bool]) -> None:
        """Go on from the nodes that are kept; KeyError where one of them is missing."""
        subtrees = list(full_subtrees(0, start))
        kept = log.nodes(subtrees)
        self.start, self.is_time_up, self.is_stopped = start, is_time_up, False
        self.broken: set[int] = set()
        self.frontier = Frontier(start, tuple(kept[each] for each in subtrees))
        self.expected: dict[int, tuple[bytes, LogLeaf]] = {}

    def check(self, state: LogState, report: Callable[[int, int], None]) -> list[Finding]:
        found: list[Finding] = []
        # What is captured meanwhile is left for the next time.
        leaves = LogLeaf.objects.filter(pk__gte=self.start, pk__lt=state.size).order_by("pk")
        events = _events(self.start)
        event = next(events, None)
        for leaf in leaves.iterator(chunk_size=EVERY):
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
            if self.is_time_up():
                self.is_stopped = self.frontier.size < state.size
                break
        report(self.frontier.size, state.size)
        found += self._compare_nodes()
        return found if self.is_stopped else found + self._beyond(event, events) + self._root(state)

    def _beyond(self, event: Event | None, events: Iterator[Event]) -> list[Finding]:
        """Return the events after the last leaf that have none of their own."""
        found: list[Finding] = []
        while event is not None:
            if not LogLeaf.objects.filter(pk=event.pk).exists():
                found.append(self._broken("unlogged", event.pk, event.event_id))
            event = next(events, None)
        return found

    def _gap(self, index: int) -> list[Finding]:
        gone = range(self.frontier.size, index)
        found = [finding("nameless", index=place) for place in gone]
        for _ in gone:
            self.frontier, _nodes = self.frontier.append(b"")
        return found

    def _broken(self, code: str, index: int, event_id: str, detail: str = "") -> Finding:
        self.broken.add(index)
        return finding(code, index=index, event_id=event_id, detail=detail)

    def _pair(self, leaf: LogLeaf, event: Event | None) -> list[Finding]:
        found = pair(leaf, event)
        self.broken.update([leaf.pk] if found else [])
        return found

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
        newest = LogLeaf.objects.order_by("-pk").values_list("pk", flat=True).first()
        if newest is not None and newest >= LogState.objects.get(pk=1).size:  # read after the leaf
            return [finding("root", detail=f"{newest + 1} / {state.size}")]
        same_size = self.frontier.size == state.size
        if same_size and self.frontier.root() == bytes(state.root):
            return []
        gone = [finding("nameless", index=place) for place in range(self.frontier.size, state.size)]
        return [*gone, finding("root", detail=f"{self.frontier.size} / {state.size}")]


def pair(leaf: LogLeaf, event: Event | None) -> list[Finding]:
    """Return what is wrong between a leaf and its event (reads ``event.context``)."""
    named = partial(finding, index=leaf.pk, event_id=leaf.event_id)
    if event is None:
        return [named("missing")]
    if leaf_hash(store.row_leaf_data(event)) != bytes(leaf.hash):
        return [named("relabelled" if _says_the_same(event) else "altered")]
    wrong = _wrong_columns(event)
    return [named("column", detail=", ".join(wrong))] if wrong else []


def _events(start: int, end: int | None = None) -> Iterator[Event]:
    rows = Event.objects.filter(pk__gte=start).select_related("context").order_by("pk")
    if end is not None:
        rows = rows.filter(pk__lt=end)
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


def _index_findings(tree: _Tree) -> Iterator[Finding]:
    """Compare the index rows of whole events with what the events name."""
    end = tree.frontier.size
    rows = (
        EventIdentifier.objects.filter(event_id__gte=tree.start, event_id__lt=end)
        .order_by("event_id", "place")
        .values_list("event_id", "identifier", "role", "quantity", "uom")
        .iterator(chunk_size=EVERY)
    )
    groups = groupby(rows, key=lambda row: row[0])
    group = next(groups, None)
    for event in _events(tree.start, end):
        while group is not None and group[0] < event.pk:
            group = next(groups, None)
        kept: list[tuple[object, ...]] = []
        if group is not None and group[0] == event.pk:
            kept = [row[1:] for row in group[1]]
            group = next(groups, None)
        if event.pk in tree.broken:
            continue
        named = identifiers(orjson.loads(event.body))
        if sorted(map(str, kept)) != sorted(map(str, named)):
            yield finding("index", index=event.pk, event_id=event.event_id)
