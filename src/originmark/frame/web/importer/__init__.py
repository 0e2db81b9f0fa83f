"""Spreadsheets in: upload, preview with what is wrong in each row, then all or nothing."""

from originmark.frame.web.importer.checking import Checked, check, dry_run, run
from originmark.frame.web.importer.describing import (
    ImportColumn,
    Importer,
    ImportResult,
    ImportRow,
    RowError,
    each_row,
)
from originmark.frame.web.importer.pages import importer_urls
from originmark.frame.web.importer.reading import SheetRow, TableFile, read_table

__all__ = [
    "Checked",
    "ImportColumn",
    "ImportResult",
    "ImportRow",
    "Importer",
    "RowError",
    "SheetRow",
    "TableFile",
    "check",
    "dry_run",
    "each_row",
    "importer_urls",
    "read_table",
    "run",
]
