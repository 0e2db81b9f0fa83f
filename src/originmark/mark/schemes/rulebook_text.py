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

    ``sentence`` is the English source with ``%(name)s`` for each of ``facts``. ``file`` is
    empty for the file that was given, else the name of one that it includes.
    """

    line: int
    where: str
    sentence: str
    facts: dict[str, Any] = field(default_factory=dict)
    file: str = ""

    def __str__(self) -> str:
        place = f"{self.file} line {self.line}" if self.file else f"line {self.line}"
        return f"{place}, {self.where}: {self.sentence % self.facts}"


@dataclass(frozen=True, slots=True)
class Table:
    """One table of the file: its keys, and the line on which each stands."""

    name: str
    number: int
    line: int
    values: dict[str, Any]
    lines: dict[str, int]
    file: str = ""

    @property
    def title(self) -> str:
        """Return how the file writes the table, with a number when there may be several."""
        return f"[[{self.name}]] {self.number}" if self.number else f"[{self.name}]"

    def at(self, key: str, sentence: str, /, **facts: Any) -> Finding:
        """Return a finding about one key of this table."""
        line = self.lines.get(key, self.line)
        return Finding(line, f"{self.title} {key}".rstrip(), sentence, facts, self.file)

    def __getitem__(self, key: str) -> Any:
        """Return the value of a key that is known to be there."""
        return self.values[key]

    def get(self, key: str, default: Any = None) -> Any:
        """Return the value of a key, or the default."""
        return self.values.get(key, default)


@dataclass(frozen=True, slots=True)
class RulebookFile:
    """The tables of a file, each name with its tables in their order."""

    tables: dict[str, tuple[Table, ...]]

    @property
    def head(self) -> Table:
        """Return the table that says what the file is."""
        return (self.tables.get("rulebook") or self.tables["product_set"])[0]

    @property
    def kind(self) -> Any:
        """Return the kind of rulebook that the head names."""
        return self.head.get("kind", "balance")

    def all(self, name: str) -> tuple[Table, ...]:
        """Return the tables of a name, none where there is none."""
        return self.tables.get(name, ())

    def one(self, name: str) -> Table | None:
        """Return the table of a name that stands at most once."""
        return next(iter(self.all(name)), None)


_HEADER = re.compile(r"^\s*\[\[?\s*([A-Za-z0-9_-]+)\s*\]\]?\s*(?:#.*)?$")
_KEY = re.compile(r"^\s*([A-Za-z0-9_-]+)\s*=")
_TOML_LINE = re.compile(r"\(at line (\d+)")


def read(text: str) -> tuple[RulebookFile | None, list[Finding]]:
    """Return the tables of a rulebook file, and what kept it from being read.

    The file is None when it cannot be read at all.
    """
    tables, findings = read_tables(text)
    if findings:
        return None, findings
    if "rulebook" not in tables:
        return None, [Finding(1, "[rulebook]", NO_HEAD)]
    return RulebookFile(tables), []


def read_tables(text: str, file: str = "") -> tuple[dict[str, tuple[Table, ...]], list[Finding]]:
    """Return the tables of a text in TOML by their names, and what kept them from being read."""
    if len(text.encode()) > LONGEST_BYTES:
        return {}, [Finding(1, "file", TOO_LONG, {"limit": LONGEST_BYTES // 1000}, file)]
    try:
        content = tomllib.loads(text, parse_float=Decimal)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        found = _TOML_LINE.search(str(error))
        line = int(found.group(1)) if found else max(1, text.count("\n"))
        return {}, [Finding(line, "file", NOT_TOML, {"reason": str(error)}, file)]
    places = list(_places(text))
    if loose := [name for name, value in content.items() if not isinstance(value, (dict, list))]:
        return {}, [Finding(1, "file", LOOSE_KEY, {"key": each}, file) for each in loose]
    return {name: _tables(content[name], name, places, file) for name in content}, []


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


def _tables(
    rows: Any, name: str, places: list[tuple[str, int, dict[str, int]]], file: str
) -> tuple[Table, ...]:
    found = [(line, keys) for each, line, keys in places if each == name]
    first_number = 1 if isinstance(rows, list) else 0
    tables = []
    for index, values in enumerate(rows if isinstance(rows, list) else [rows]):
        line, keys = found[index] if index < len(found) else (1, {})
        kept = values if isinstance(values, dict) else {}
        tables.append(Table(name, first_number + index, line, kept, keys, file))
    return tuple(tables)


TOO_LONG = gettext_noop("The file is longer than %(limit)s kB. A rulebook is a short text.")
NOT_TOML = gettext_noop("This is not readable as TOML: %(reason)s.")
LOOSE_KEY = gettext_noop(
    "The key %(key)s stands in no table. Write it below a table such as [rulebook]."
)
NO_HEAD = gettext_noop("The table [rulebook] with code, version, title and validity is missing.")
