"""The register of rights for ``originmark import rights FILE``."""

import csv
from io import StringIO
from pathlib import Path
from typing import Final

from django.utils.translation import gettext_lazy as _

from originmark.frame.web import clock
from originmark.frame.web.imports import ImportReport, RegisterImport
from originmark.mark.schemes import rules, services
from originmark.origin.parties.access import SYSTEM

Table = tuple[list[str], list[tuple[int, dict[str, str]]]]


def read_table(content: bytes) -> Table:
    """Return the headers and the rows, each with its line in the file.

    Raises NotATable when the file is no CSV in UTF-8.
    """
    try:
        text = content.decode("utf-8-sig")
        reader = csv.DictReader(StringIO(text, newline=""), restkey="", restval="", strict=True)
        rows = []
        for row in reader:
            cells = {name: value for name, value in row.items() if isinstance(value, str)}
            rows.append((reader.line_num, cells))
    except (UnicodeDecodeError, csv.Error) as error:
        raise rules.NotATable(reason=str(error)) from error
    return list(reader.fieldnames or []), rows


def _take(path: Path) -> ImportReport:
    headers, rows = read_table(path.read_bytes())
    return services.take_register(headers, rows, source=path.name, by=SYSTEM, now=clock.now())


def _check(path: Path) -> ImportReport:
    headers, rows = read_table(path.read_bytes())
    return services.check_register(headers, rows, now=clock.now())


RIGHTS: Final = RegisterImport("rights", _("Rights in names and marks"), _take, _check)
