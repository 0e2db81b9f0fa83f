"""``originmark trace CODE``: what a lot came from and what became of it, or of an area."""

import json
from argparse import ArgumentParser
from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from originmark.frame.web.refusals import RuleViolation
from originmark.trace.lots import selectors
from originmark.trace.lots.selectors import Graph, Node


class Command(BaseCommand):
    """Print the genealogy of a lot, or of what a growing area gave, as a tree or as JSON."""

    help = (
        "Show where a lot came from and what was made from it, or what became of the harvests of "
        "a growing area. CODE is a lot code (H26-…) or the code of a growing area."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the code and the form of the answer."""
        parser.add_argument("code", metavar="CODE", help="code of a lot or of a growing area")
        parser.add_argument("--json", action="store_true", help="print JSON for programs")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Print both directions for a lot; land has no past here."""
        code = options["code"]
        try:
            back = selectors.trace_back(code) if selectors.find_lot(code) else None
            forward = selectors.trace_forward(code)
        except RuleViolation as refused:
            raise CommandError(str(refused)) from refused
        if options["json"]:
            answer = {
                "back": selectors.as_json(back) if back else None,
                "forward": selectors.as_json(forward),
            }
            self.stdout.write(json.dumps(answer, indent=2, ensure_ascii=False))
            return
        if back:
            self.stdout.write(f"{code} came from")
            self._write(back, is_back=True)
            self.stdout.write("")
        self.stdout.write("Made from it" if back else f"Made from what {code} gave")
        self._write(forward, is_back=False)

    def _write(self, graph: Graph, *, is_back: bool) -> None:
        for line in tree(graph, is_back=is_back):
            self.stdout.write(line)


def tree(graph: Graph, *, is_back: bool) -> Iterator[str]:
    """Yield the lines of a tree; what was told before is only named again."""
    nodes = {node.key: node for node in graph.nodes}
    onward: dict[str, list[str]] = {}
    for edge in graph.edges:
        start, end = (edge.target, edge.source) if is_back else (edge.source, edge.target)
        onward.setdefault(start, []).append(end)
    told: set[str] = set()
    waiting = [(graph.start, 0)]
    while waiting:
        key, depth = waiting.pop()
        again = key in told
        yield "  " * (depth + 1) + _line(nodes[key]) + (" (see above)" if again else "")
        if not again:
            told.add(key)
            ends = sorted(onward.get(key, []), reverse=True)
            waiting += [(end, depth + 1) for end in ends]


def _line(node: Node) -> str:
    if node.kind == "event":
        when = f" {node.happened_at:%Y-%m-%d}" if node.happened_at else ""
        return f"· {node.title}{when} · {node.organisation} · event {node.code}"
    if node.kind == "area":
        return f"▣ {node.code} {node.title}"
    mass = f"{node.kg.normalize():f}" if node.kg is not None else "?"
    return f"▢ {node.code} {node.title}, {mass} kg, {node.status} · {node.organisation}"
