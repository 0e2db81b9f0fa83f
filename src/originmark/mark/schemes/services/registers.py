"""Taking a whole register of rights from a file."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext

from originmark.frame.web.importer import RowError
from originmark.frame.web.imports import ImportReport
from originmark.mark.schemes.register_file import Note, Reading, read_register
from originmark.mark.schemes.services.rights import compare_rights, import_rights
from originmark.origin.parties.access import Actor


def take_register(
    headers: Iterable[str],
    rows: Iterable[tuple[int, Mapping[str, str]]],
    *,
    source: str,
    by: Actor,
    now: datetime,
) -> ImportReport:
    """Take the rows of a register's file that can be taken, and report the others.

    Raises UnknownColumns when the table is none that a profile knows.
    """
    reading = read_register(headers, rows, today=timezone.localtime(now).date())
    counts = import_rights(reading.drafts, source=source, by=by, now=now)
    return _report(reading, counts.taken, counts.changed, counts.unchanged)


def check_register(
    headers: Iterable[str], rows: Iterable[tuple[int, Mapping[str, str]]], *, now: datetime
) -> ImportReport:
    """Report what ``take_register`` would do; changes nothing."""
    reading = read_register(headers, rows, today=timezone.localtime(now).date())
    counts = compare_rights(reading.drafts)
    return _report(reading, counts.taken, counts.changed, counts.unchanged)


def _report(reading: Reading, taken: int, changed: int, unchanged: int) -> ImportReport:
    return ImportReport(
        taken=taken,
        changed=changed,
        unchanged=unchanged,
        refused=reading.rows_refused,
        refusals=tuple(_note(each) for each in reading.refused),
        remarks=tuple(_note(each) for each in reading.remarks),
    )


def _note(note: Note) -> RowError:
    return RowError(note.row, note.column, gettext(note.sentence) % note.facts, note.found)
