"""What a register says about its spreadsheet."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.functional import Promise

from originmark.frame.web.refusals import RuleViolation
from originmark.frame.web.sentences import each_of, say

Text = str | Promise


@dataclass(frozen=True, slots=True)
class ImportColumn:
    """A column: its name in files, its label for people, and how its text becomes a value.

    ``parse`` raises ValueError, forms.ValidationError or RuleViolation with a sentence that says
    what was found, what was expected and what to do. An empty cell of a column that is not
    ``required`` becomes ``default`` without being parsed.
    """

    name: str
    label: Text
    parse: Callable[[str], Any] = str
    required: bool = False
    help: Text = ""
    example: str = ""
    default: Any = ""


@dataclass(frozen=True, slots=True)
class ImportRow:
    """A row whose cells could all be read."""

    number: int
    values: dict[str, Any]

    def __getitem__(self, name: str) -> Any:
        return self.values[name]


@dataclass(frozen=True, slots=True)
class RowError:
    """What is wrong in one row: the column (empty: the row as a whole) and the reason."""

    row: int
    column: str
    reason: str
    found: str = ""


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What an import did, or would do."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    errors: tuple[RowError, ...] = ()


@dataclass(frozen=True, slots=True)
class Importer:
    """A register's spreadsheet. ``apply(rows, by=…, now=…)`` writes; it runs in a transaction.

    ``key`` names the column that tells rows apart: two rows with one key are refused.
    """

    name: str
    title: Text
    columns: list[ImportColumn]
    apply: Callable[..., ImportResult]
    key: str = ""
    intro: Text = ""
    done_url: Text = ""
    row_limit: int | None = None


def each_row(rows: Iterable[ImportRow], act: Callable[[ImportRow], str]) -> ImportResult:
    """Run ``act`` on each row and gather its refusals; the usual body of an ``apply``.

    ``act`` answers "created", "updated" or "unchanged". A refused row leaves nothing behind;
    the refusal's ``field`` is taken for the column.
    """
    counts = {"created": 0, "updated": 0, "unchanged": 0}
    errors: list[RowError] = []
    for row in rows:
        try:
            with transaction.atomic():
                counts[act(row)] += 1
        except RuleViolation as refusal:
            errors += [RowError(row.number, one.field or "", say(one)) for one in each_of(refusal)]
    return ImportResult(**counts, errors=tuple(errors))
