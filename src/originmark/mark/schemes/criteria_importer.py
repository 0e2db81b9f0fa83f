"""An office's own table of points from a spreadsheet, on a page."""

from datetime import datetime
from typing import Any, Final

from django.urls import reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from originmark.frame.web.importer import (
    ImportColumn,
    Importer,
    ImportResult,
    ImportRow,
    RowError,
)
from originmark.frame.web.refusals import RuleViolation
from originmark.frame.web.sentences import say
from originmark.mark.schemes import point_table, services
from originmark.mark.schemes.point_table import SetText
from originmark.mark.schemes.rulebook_text import Finding

LABELS: Final = {
    "scheme": (gettext_lazy("Star scheme"), "ocop"),
    "version": (gettext_lazy("Version"), "3"),
    "set": (gettext_lazy("Product set"), "tea"),
    "set_name": (gettext_lazy("Name of the set"), "Tea"),
    "set_name_vi": (gettext_lazy("Name of the set, Vietnamese"), "Chè"),
    "subgroups": (gettext_lazy("Subgroups, with semicolons between"), "I.4"),
    "source": (gettext_lazy("Source of the table"), "Annex III of our decision"),
    "part": (gettext_lazy("Part"), "A"),
    "section": (gettext_lazy("Section"), "1"),
    "section_name": (gettext_lazy("Name of the section"), "Organisation of production"),
    "section_name_vi": (gettext_lazy("Name of the section, Vietnamese"), ""),
    "section_points": (gettext_lazy("Most points of the section"), "18"),
    "criterion": (gettext_lazy("Criterion"), "1.1"),
    "name": (gettext_lazy("Name of the criterion"), "Raw material"),
    "name_vi": (gettext_lazy("Name of the criterion, Vietnamese"), "Nguyên liệu"),
    "criterion_points": (gettext_lazy("Most points of the criterion"), "3"),
    "note": (gettext_lazy("Note"), ""),
    "note_vi": (gettext_lazy("Note, Vietnamese"), ""),
    "knock_out": (gettext_lazy("Knock-out"), ""),
    "knock_out_vi": (gettext_lazy("Knock-out, Vietnamese"), ""),
    "only_if": (gettext_lazy("Asked only if"), "5.1 >= 1"),
    "evidence": (gettext_lazy("Evidence, with semicolons between"), ""),
    "evidence_vi": (gettext_lazy("Evidence, Vietnamese, with semicolons between"), ""),
    "points": (gettext_lazy("Points of the option"), "3"),
    "option": (gettext_lazy("Option"), "All from the province"),
    "option_vi": (gettext_lazy("Option, Vietnamese"), ""),
}
NEEDED: Final = {
    "scheme", "version", "set", "set_name", "source", "part", "section", "section_name",
    "section_points", "criterion", "name", "criterion_points",
}  # fmt: skip
"""Columns in which whatever begins needs a cell; the rows below it leave them empty."""

OF_EACH_ROW: Final = {"points", "option"}
WHOLE: Final = {"version", "section_points", "criterion_points", "points"}


def whole_number(cell: str) -> int:
    """Return a cell as a whole number; raises ValueError with a sentence."""
    text = cell.strip()
    if not (text.isascii() and text.isdigit() and len(text) <= 6):
        raise ValueError(
            _("“%(found)s” is no whole number. Write the points in digits, such as 3.")
            % {"found": cell}
        )
    return int(text)


def _column(name: str) -> ImportColumn:
    label, example = LABELS[name]
    return ImportColumn(
        name,
        label,
        parse=whole_number if name in WHOLE else str,
        required=name in OF_EACH_ROW,
        help=_help(name),
        example=example,
    )


def _help(name: str) -> Any:
    if name in NEEDED:
        return gettext_lazy("Needed where something new begins; empty: as in the row above.")
    return ""


def take(rows: list[ImportRow], *, by: Any, now: datetime) -> ImportResult:
    """Load each product set of the table; what does not add up is told with its row."""
    created, errors = 0, list[RowError]()
    for written in point_table.set_texts((row.number, row.values) for row in rows):
        _found, findings = services.check_criteria(written.text)
        if findings:
            errors += [_told(each, written) for each in findings]
            continue
        try:
            services.load_criteria(written.text, by=by, now=now)
        except RuleViolation as refusal:
            errors.append(RowError(written.first_row, "set", say(refusal)))
        else:
            created += 1
    return ImportResult(created=created, errors=tuple(errors))


def _told(finding: Finding, written: SetText) -> RowError:
    """Return a finding with the row and the column from which its line came."""
    row, column = written.place(finding.line)
    facts = {name: _(value) if name == "expected" else value
             for name, value in finding.facts.items()}  # fmt: skip
    key = finding.where.rpartition(" ")[2]
    column = column or point_table.column_of(finding.where, key)
    if "key" in facts:  # the sentence names the key of the file; the table has another word
        facts["key"] = column
    return RowError(row, column, _(finding.sentence) % facts)


CRITERIA_IMPORTER: Final = Importer(
    "criteria",
    gettext_lazy("Table of points of a star scheme"),
    [_column(name) for name in point_table.COLUMNS],
    take,
    intro=gettext_lazy(
        "One row for each option. A cell that is left empty says the same as the row above. The "
        "sums of sections and parts are checked over the whole table before anything is stored; "
        "loaded criteria never change."
    ),
    done_url=reverse_lazy("schemes:rulebook_list"),
)
