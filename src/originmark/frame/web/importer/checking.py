"""Rows checked cell by cell, then tried, then written: all of them or none."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from originmark.frame.web.importer import rules
from originmark.frame.web.importer.describing import (
    ImportColumn,
    Importer,
    ImportResult,
    ImportRow,
    RowError,
)
from originmark.frame.web.importer.reading import SheetRow, TableFile
from originmark.frame.web.refusals import RuleViolation
from originmark.frame.web.sentences import say


@dataclass(frozen=True, slots=True)
class Checked:
    """A table whose cells have been read: rows that are well, and what is wrong elsewhere."""

    table: TableFile
    columns: tuple[ImportColumn, ...]
    rows: tuple[ImportRow, ...]
    errors: tuple[RowError, ...]


def check(importer: Importer, table: TableFile) -> Checked:
    """Match the headers and read every cell.

    Raises UnknownHeaders, MissingHeaders or RepeatedHeaders; everything else is an error of
    its row.
    """
    columns = _match(importer, table.headers)
    rows: list[ImportRow] = []
    errors: list[RowError] = []
    first_seen: dict[Any, int] = {}
    for row in table.rows:
        values, wrong = _read_row(importer, columns, row)
        key = values.get(importer.key)
        if not wrong and importer.key and key in first_seen:
            reason = _("The same as in row %(row)s. Each may stand here once; delete one of them.")
            wrong = [
                RowError(row.number, importer.key, reason % {"row": first_seen[key]}, str(key))
            ]
        first_seen.setdefault(key, row.number)
        if wrong:
            errors += wrong
        else:
            rows.append(ImportRow(row.number, values))
    return Checked(table, columns, tuple(rows), tuple(errors))


def dry_run(importer: Importer, checked: Checked, *, by: Any, now: datetime) -> ImportResult:
    """Say what the import would do; whatever it writes is taken back."""
    with transaction.atomic():
        result = _apply(importer, checked, by=by, now=now)
        transaction.set_rollback(True)
    return result


def run(importer: Importer, checked: Checked, *, by: Any, now: datetime) -> ImportResult:
    """Write all rows, or none where any of them is refused."""
    with transaction.atomic():
        result = _apply(importer, checked, by=by, now=now)
        if result.errors:
            transaction.set_rollback(True)
    return result


def _apply(importer: Importer, checked: Checked, *, by: Any, now: datetime) -> ImportResult:
    result = importer.apply(list(checked.rows), by=by, now=now)
    if not checked.errors:
        return result
    errors = sorted([*checked.errors, *result.errors], key=lambda error: error.row)
    return ImportResult(result.created, result.updated, result.unchanged, tuple(errors))


def _match(importer: Importer, headers: tuple[str, ...]) -> tuple[ImportColumn, ...]:
    """Return the column of each header; a name and a label both fit, however capitalised."""
    known = {_fold(each.name): each for each in importer.columns}
    known |= {_fold(str(each.label)): each for each in importer.columns}
    names = [column.name for column in importer.columns]
    unknown = [header or "(empty)" for header in headers if _fold(header) not in known]
    if unknown:
        raise rules.UnknownHeaders(found=unknown, expected=names)
    found = [known[_fold(header)] for header in headers]
    repeated = sorted({each.name for each in found if found.count(each) > 1})
    if repeated:
        raise rules.RepeatedHeaders(repeated=repeated)
    missing = [each.name for each in importer.columns if each.required and each not in found]
    if missing:
        raise rules.MissingHeaders(missing=missing, found=list(headers))
    return tuple(found)


def _fold(text: str) -> str:
    return " ".join(text.replace("_", " ").replace("*", "").split()).casefold()


def _read_row(
    importer: Importer, columns: tuple[ImportColumn, ...], row: SheetRow
) -> tuple[dict[str, Any], list[RowError]]:
    values = {column.name: column.default for column in importer.columns}
    errors = list(_surplus(row, len(columns)))
    for index, column in enumerate(columns):
        text = row.cells[index] if index < len(row.cells) else ""
        try:
            values[column.name] = _read_cell(column, text)
        except (ValueError, ValidationError, RuleViolation) as error:
            errors.append(RowError(row.number, column.name, _reason(error), text))
    return values, errors


def _surplus(row: SheetRow, width: int) -> Iterator[RowError]:
    if surplus := [cell for cell in row.cells[width:] if cell]:
        reason = _("There are cells beyond the last header. Delete them, or give them a header.")
        yield RowError(row.number, "", reason, ", ".join(surplus))


def _read_cell(column: ImportColumn, text: str) -> Any:
    if text:
        return column.parse(text)
    if column.required:
        raise ValueError(_("This cell is empty. Fill it in."))
    return column.default


def _reason(error: Exception) -> str:
    if isinstance(error, RuleViolation):
        return say(error)
    if isinstance(error, ValidationError):
        return " ".join(error.messages)
    return str(error)
