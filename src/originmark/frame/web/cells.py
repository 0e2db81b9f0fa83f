"""What stands in a cell: one way to show a value to a person and to a spreadsheet."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils.formats import date_format, number_format
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from originmark.frame.web.refusals import plain

Text = str | Promise
NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"
TONES = ("ok", "warn", "bad", "info", "plain")


@dataclass(frozen=True, slots=True)
class Badge:
    """A short state with a colour; the text alone says what it is."""

    text: Text
    tone: str = "plain"

    def __str__(self) -> str:
        return str(self.text)

    def __html__(self) -> SafeString:
        tone = self.tone if self.tone in TONES else "plain"
        return format_html('<span class="badge badge-{}">{}</span>', tone, self.text)


def cell_value(row: Any, name: str) -> Any:
    """Return a row's attribute by name; a choice in its words, a relation through ``__``."""
    shown = getattr(row, f"get_{name}_display", None)
    if shown is not None:
        return shown()
    for part in name.split("__"):
        row = row.get(part) if isinstance(row, dict) else getattr(row, part, None)
        row = row() if callable(row) else row
    return row


def cell_text(value: Any) -> Any:
    """Return a value as a page shows it, in the reader's language."""
    if value is None or value == "":
        return "–"
    if isinstance(value, Badge):
        return value.__html__()
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, date):
        return _stacked(value) if isinstance(value, datetime) else short_day(value)
    return number(value) if isinstance(value, int | Decimal | float) else value


def csv_text(value: Any) -> str:
    """Return a value as a spreadsheet takes it: ISO dates, plain numbers, no formula.

    Text that a spreadsheet would run as a formula gets an apostrophe before it.
    """
    if value is None:
        return ""
    if isinstance(value, datetime):
        return localtime(value).isoformat(timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, Decimal):
        return format(value, "f")
    text = str(value)
    is_number = isinstance(value, int | float)
    return f"'{text}" if not is_number and text[:1] in {"=", "+", "-", "@", "\t", "\r"} else text


def number(value: Decimal | float) -> str:
    """Return a number with grouped digits and no trailing zeros."""
    if isinstance(value, float):
        value = Decimal(repr(value)) if abs(value) < 1e15 else Decimal(int(value))
    text = plain(value)
    places = len(text.partition(".")[2])
    return number_format(text, decimal_pos=places, use_l10n=True, force_grouping=True)


def day(value: date | datetime) -> SafeString:
    """Return a day with its machine-readable form."""
    here = localtime(value).date() if isinstance(value, datetime) else value
    return _time(here, date_format(here, "DATE_FORMAT"))


def short_day(value: date) -> SafeString:
    """Return a day as narrow as a column wants it, with its machine-readable form."""
    return _time(value, date_format(value, "SHORT_DATE_FORMAT").replace(" ", NO_BREAK_SPACE))


def _stacked(value: datetime) -> SafeString:
    """Return a moment that a column may break between day and time, and nowhere else."""
    here = localtime(value)
    words = date_format(here, "SHORT_DATE_FORMAT").replace(" ", NO_BREAK_SPACE)
    return format_html(
        '<time datetime="{}">{} {}</time>',
        here.isoformat(timespec="seconds"), words, date_format(here, "TIME_FORMAT"),
    )  # fmt: skip


def _time(value: date, words: str) -> SafeString:
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), words)


def moment(value: datetime) -> SafeString:
    """Return a moment in this installation's time zone, to the minute."""
    here = localtime(value)
    words = f"{date_format(here, 'SHORT_DATE_FORMAT')} {date_format(here, 'TIME_FORMAT')}"
    return format_html('<time datetime="{}">{}</time>', here.isoformat(timespec="seconds"), words)
