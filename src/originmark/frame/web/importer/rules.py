"""Why a file is refused as a whole: what was found, what was expected, what to do."""

from dataclasses import dataclass
from typing import ClassVar

from originmark.frame.web.refusals import RuleViolation, gettext_noop


@dataclass(eq=False)
class FileRefused(RuleViolation):
    """A file that cannot be read as a table; its kinds are below."""

    field: ClassVar[str | None] = "file"


@dataclass(eq=False)
class NotATable(FileRefused):
    code: ClassVar[str] = "not-a-table"
    sentence: ClassVar[str] = gettext_noop(
        "%(file)s is neither an Excel workbook (.xlsx) nor a CSV file. "
        "Save the table as one of these and upload it again."
    )
    file: str


@dataclass(eq=False)
class FileTooLarge(FileRefused):
    code: ClassVar[str] = "file-too-large"
    sentence: ClassVar[str] = gettext_noop(
        "The file holds %(found_mb)s MB; at most %(limit_mb)s MB can be read at once. "
        "Delete pictures and other sheets, or split the table."
    )
    found_mb: int
    limit_mb: int


@dataclass(eq=False)
class TooManyRows(FileRefused):
    code: ClassVar[str] = "too-many-rows"
    sentence: ClassVar[str] = gettext_noop(
        "The table has %(found)s rows; at most %(limit)s can be read at once. "
        "Split it into several files, each with the header row."
    )
    found: int
    limit: int


@dataclass(eq=False)
class MergedCells(FileRefused):
    code: ClassVar[str] = "merged-cells"
    sentence: ClassVar[str] = gettext_noop(
        "The cells %(cells)s are merged, so it is not clear which row they belong to. "
        "Unmerge them, fill each cell, and upload the file again."
    )
    cells: list[str]


@dataclass(eq=False)
class FormulaWithoutValue(FileRefused):
    code: ClassVar[str] = "formula-without-value"
    sentence: ClassVar[str] = gettext_noop(
        "The cells %(cells)s hold formulas whose results are not stored in the file. "
        "Copy them, paste them as values, save, and upload the file again."
    )
    cells: list[str]


@dataclass(eq=False)
class WrongEncoding(FileRefused):
    code: ClassVar[str] = "wrong-encoding"
    sentence: ClassVar[str] = gettext_noop(
        "The letters of this CSV file could not be read: expected UTF-8 or GB 18030. "
        "In the spreadsheet choose “CSV UTF-8” when saving, or upload it as .xlsx."
    )


@dataclass(eq=False)
class NoRows(FileRefused):
    code: ClassVar[str] = "no-rows"
    sentence: ClassVar[str] = gettext_noop(
        "The table has no rows below its header. Fill in the template and upload it again."
    )


@dataclass(eq=False)
class UnknownHeaders(FileRefused):
    code: ClassVar[str] = "unknown-headers"
    sentence: ClassVar[str] = gettext_noop(
        "The header row has %(found)s, which is not known here. Expected: %(expected)s. "
        "Rename or delete these columns; the template shows the right names."
    )
    found: list[str]
    expected: list[str]


@dataclass(eq=False)
class MissingHeaders(FileRefused):
    code: ClassVar[str] = "missing-headers"
    sentence: ClassVar[str] = gettext_noop(
        "The header row has no column %(missing)s. Found: %(found)s. "
        "Add it, or begin from the template."
    )
    missing: list[str]
    found: list[str]


@dataclass(eq=False)
class RepeatedHeaders(FileRefused):
    code: ClassVar[str] = "repeated-headers"
    sentence: ClassVar[str] = gettext_noop(
        "The header row names %(repeated)s more than once. Keep one column of each name."
    )
    repeated: list[str]
