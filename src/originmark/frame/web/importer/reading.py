"""Files to tables of text: XLSX and CSV, with everything that would be misread refused."""

import csv
import io
import re
import zipfile
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from originmark.frame.web.importer import rules

ROW_LIMIT = 20_000
FILE_LIMIT_MB = 20
UNPACKED_LIMIT_MB = 300
CELLS_NAMED = 5
ZIP_MAGIC = b"PK\x03\x04"
_FORMULA = re.compile(
    rb'<(?:\w+:)?c\b[^>]*?\br="([A-Z]{1,3}[0-9]{1,7})"[^>]*>\s*'
    rb"<(?:\w+:)?f\b(?:[^>]*/>|[^>]*>[^<]*</(?:\w+:)?f>)(\s*<(?:\w+:)?v\b[^>]*>[^<]+<)?"
)
_EXPECTED_LETTERS = re.compile(
    r"[\t\n\r -~\u00a0-\u00ff\u2010-\u206f\u20ac\u2100-\u2312\u3000-\u303f\u3100-\u312f"
    r"\u3200-\u33ff\u4e00-\u9fff\uf900-\ufaff\uff00-\uffef]*"
)


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row as it stands in the file; ``number`` is what the spreadsheet shows."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TableFile:
    """A table read from a file: its header and its rows, all as text; empty rows left out."""

    headers: tuple[str, ...]
    rows: tuple[SheetRow, ...]


def row_limit() -> int:
    """Return how many rows are read at once (setting ``IMPORT_ROW_LIMIT``)."""
    return int(getattr(settings, "IMPORT_ROW_LIMIT", ROW_LIMIT))


def read_table(
    file: str | Path | IO[bytes], *, name: str = "", limit: int | None = None
) -> TableFile:
    """Return the first sheet of an XLSX file, or a CSV file, as text.

    Numbers are written without exponent, days as 2026-10-15. Raises a FileRefused (see
    ``rules``) for merged cells, formulas without stored values, more rows than ``limit``
    (default: the setting IMPORT_ROW_LIMIT, 20,000), letters that cannot be read, or anything
    that is no table.
    """
    content = Path(file).read_bytes() if isinstance(file, str | Path) else file.read()
    name = (
        name or Path(str(file if isinstance(file, str | Path) else getattr(file, "name", ""))).name
    )
    if len(content) > FILE_LIMIT_MB * 2**20:
        raise rules.FileTooLarge(found_mb=len(content) // 2**20, limit_mb=FILE_LIMIT_MB)
    limit = row_limit() if limit is None else limit
    rows = (
        _workbook(content, name, limit) if content.startswith(ZIP_MAGIC) else _text(content, name)
    )
    return _table(rows, limit)


def _table(rows: list[list[str]], limit: int) -> TableFile:
    numbered = [
        SheetRow(number, tuple(cell.strip() for cell in cells))
        for number, cells in enumerate(rows, start=1)
        if any(cell.strip() for cell in cells)
    ]
    if len(numbered) < 2:
        raise rules.NoRows
    if len(numbered) - 1 > limit:
        raise rules.TooManyRows(found=len(numbered) - 1, limit=limit)
    return TableFile(_without_tail(numbered[0].cells), tuple(numbered[1:]))


def _without_tail(headers: tuple[str, ...]) -> tuple[str, ...]:
    kept = list(headers)
    while kept and not kept[-1]:
        kept.pop()
    return tuple(kept)


def _workbook(content: bytes, name: str, limit: int) -> list[list[str]]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            unpacked_mb = sum(part.file_size for part in archive.infolist()) // 2**20
            if unpacked_mb > UNPACKED_LIMIT_MB:
                raise rules.FileTooLarge(found_mb=unpacked_mb, limit_mb=UNPACKED_LIMIT_MB)
            with CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
                sheet = book.get_sheet_by_index(0)
                _check_sheet(sheet, limit)
                _check_formulas(archive)
                return [[_as_text(cell) for cell in row] for row in _rows_of(sheet)]
    except (CalamineError, zipfile.BadZipFile, KeyError) as error:
        raise rules.NotATable(file=name) from error


def _rows_of(sheet: CalamineSheet) -> list[list[Any]]:
    return sheet.to_python(skip_empty_area=False)


def _check_sheet(sheet: CalamineSheet, limit: int) -> None:
    if sheet.total_height - 1 > limit:
        raise rules.TooManyRows(found=sheet.total_height - 1, limit=limit)
    if merged := sheet.merged_cell_ranges:
        named = [f"{_cell_name(*start)}:{_cell_name(*end)}" for start, end in merged[:CELLS_NAMED]]
        raise rules.MergedCells(cells=named)


def _check_formulas(archive: zipfile.ZipFile) -> None:
    """Refuse formulas that nobody has worked out.

    A program that writes a workbook without a calculating engine stores no result, or a zero
    with the note ``fullCalcOnLoad``; neither may be taken for a number.
    """
    first = next((name for name in archive.namelist() if name.endswith("sheet1.xml")), None)
    if first is None:
        return
    is_stale = b'fullCalcOnLoad="1"' in archive.read("xl/workbook.xml")
    found = [
        cell.decode()
        for cell, value in _FORMULA.findall(archive.read(first))
        if is_stale or not value
    ]
    if found:
        raise rules.FormulaWithoutValue(cells=found[:CELLS_NAMED])


def _cell_name(row: int, column: int) -> str:
    """Return a cell's name from indexes counted from 0: (0, 27) is AB1."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row + 1}"


def _as_text(cell: Any) -> str:
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return format(Decimal(f"{cell:.15g}"), "f")  # a spreadsheet keeps fifteen digits
    if isinstance(cell, datetime):
        is_day = cell.time() == time(0)
        return cell.date().isoformat() if is_day else cell.isoformat(sep=" ")
    if isinstance(cell, date | time):
        return cell.isoformat()
    return str(cell)


def _text(content: bytes, name: str) -> list[list[str]]:
    if b"\x00" in content[:4096] and not content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise rules.NotATable(file=name)
    text = _decode(content)
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    csv.field_size_limit(1_000_000)
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as error:
        raise rules.NotATable(file=name) from error


def _decode(content: bytes) -> str:
    """Return the text; UTF-8 first, then GB 18030 where it reads as ordinary writing."""
    for encoding in (
        ("utf-16",) if content.startswith((b"\xff\xfe", b"\xfe\xff")) else ("utf-8-sig",)
    ):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    try:
        text = content.decode("gb18030")
    except UnicodeDecodeError as error:
        raise rules.WrongEncoding from error
    if not _EXPECTED_LETTERS.fullmatch(text):
        raise rules.WrongEncoding
    return text
