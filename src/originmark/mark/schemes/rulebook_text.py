"""Reading a rulebook file: TOML in, values with their line numbers out. Pure.

The format is described in ``docs/reference/rulebook-format.md``.
"""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Final

from originmark.frame.web.refusals import gettext_noop

LONGEST_BYTES: Final = 200_000


@dataclass(frozen=True, slots=True)
class Finding:
    """What does not add up in a rulebook, and where.

    ``sentence`` is the English source with ``%(name)s`` for each of ``facts``.
    """

    line: int
    where: str
    sentence: str
    facts: dict[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"line {self.line}, {self.where}: {self.sentence % self.facts}"


@dataclass(frozen=True, slots=True)
class Table:
    """One table of the file: its keys, and the line on which each stands."""

    name: str
    number: int
    line: int
    values: dict[str, Any]
    lines: dict[str, int]

    @property
    def title(self) -> str:
        """Return how the file writes the table, with a number when there may be several."""
        return f"[[{self.name}]] {self.number}" if self.number else f"[{self.name}]"

    def at(self, key: str, sentence: str, /, **facts: Any) -> Finding:
        """Return a finding about one key of this table."""
        line = self.lines.get(key, self.line)
        return Finding(line, f"{self.title} {key}".rstrip(), sentence, facts)


@dataclass(frozen=True, slots=True)
class RulebookFile:
    """The tables of a rulebook file, in their order."""

    head: Table
    yield_caps: tuple[Table, ...]
    conversions: tuple[Table, ...]


TABLES: Final = {"rulebook", "yield_cap", "conversion"}
_HEADER = re.compile(r"^\s*\[\[?\s*([A-Za-z0-9_-]+)\s*\]\]?\s*(?:#.*)?$")
_KEY = re.compile(r"^\s*([A-Za-z0-9_-]+)\s*=")
_TOML_LINE = re.compile(r"\(at line (\d+)")


def read(text: str) -> tuple[RulebookFile | None, list[Finding]]:
    """Return the tables of a rulebook file, and what kept it from being read.

    The file is None when it cannot be read at all.
    """
    if len(text.encode()) > LONGEST_BYTES:
        return None, [Finding(1, "file", TOO_LONG, {"limit": LONGEST_BYTES // 1000})]
    try:
        content = tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        found = _TOML_LINE.search(str(error))
        line = int(found.group(1)) if found else max(1, text.count("\n"))
        return None, [Finding(line, "file", NOT_TOML, {"reason": str(error)})]
    places = list(_places(text))
    findings = [
        Finding(
            line, f"[{name}]", UNKNOWN_TABLE, {"name": name, "known": ", ".join(sorted(TABLES))}
        )
        for name, line, _ in places
        if name not in TABLES
    ]
    head = _head(content, places)
    if head is None:
        return None, [*findings, Finding(1, "[rulebook]", NO_HEAD)]
    caps = _tables(content, "yield_cap", places)
    return RulebookFile(head, caps, _tables(content, "conversion", places)), findings


def _places(text: str) -> Iterator[tuple[str, int, dict[str, int]]]:
    """Yield each table's name, its line and the lines of its keys."""
    name, start, keys = "", 1, dict[str, int]()
    for number, line in enumerate(text.splitlines(), start=1):
        if header := _HEADER.match(line):
            if name or keys:
                yield name, start, keys
            name, start, keys = header.group(1), number, {}
        elif key := _KEY.match(line):
            keys.setdefault(key.group(1), number)
    if name or keys:
        yield name, start, keys


def _head(content: dict[str, Any], places: list[tuple[str, int, dict[str, int]]]) -> Table | None:
    values = content.get("rulebook")
    if not isinstance(values, dict):
        return None
    for name, line, keys in places:
        if name == "rulebook":
            return Table("rulebook", 0, line, values, keys)
    return Table("rulebook", 0, 1, values, {})


def _tables(
    content: dict[str, Any], name: str, places: list[tuple[str, int, dict[str, int]]]
) -> tuple[Table, ...]:
    rows = content.get(name, [])
    if not isinstance(rows, list):
        rows = [rows]
    found = [(line, keys) for each, line, keys in places if each == name]
    tables = []
    for index, values in enumerate(rows):
        line, keys = found[index] if index < len(found) else (1, {})
        tables.append(
            Table(name, index + 1, line, values if isinstance(values, dict) else {}, keys)
        )
    return tuple(tables)


TOO_LONG = gettext_noop("The file is longer than %(limit)s kB. A rulebook is a short text.")
NOT_TOML = gettext_noop("This is not readable as TOML: %(reason)s.")
UNKNOWN_TABLE = gettext_noop("There is no table %(name)s in a rulebook. Known are %(known)s.")
NO_HEAD = gettext_noop("The table [rulebook] with code, version, brand and validity is missing.")
