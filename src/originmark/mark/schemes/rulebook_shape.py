"""The shape of a rulebook: which tables and keys a kind has, and of what type. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any, Final

from originmark.frame.web.refusals import gettext_noop
from originmark.mark.schemes.rulebook_text import Finding, RulebookFile, Table
from originmark.mark.schemes.star_values import Words


class Type(Enum):
    """What may stand behind a key, with the words for a person who wrote something else."""

    TEXT = gettext_noop("a text in quotes")
    WHOLE = gettext_noop("a whole number")
    NUMBER = gettext_noop("a number")
    DATE = gettext_noop("a date such as 2026-01-01")
    YES_NO = gettext_noop("true or false")
    TEXTS = gettext_noop("a list of texts")
    WHOLES = gettext_noop("a list of whole numbers")
    CONDITION = gettext_noop('a criterion and the least points, such as ["5.1", 1]')


Keys = Mapping[str, Type]


@dataclass(frozen=True, slots=True)
class Shape:
    """One table of a kind of rulebook."""

    required: Keys
    optional: Keys = field(default_factory=dict)
    is_single: bool = False
    """Written ``[name]`` and at most once, not ``[[name]]``."""
    is_needed: bool = False


LANGUAGES: Final = {"vi": "vi", "zh": "zh-hans"}
"""What stands behind the underscore of a translated key, and the language it means."""

_LONGEST: Final = {
    "title": 200,
    "name": 300,
    "source": 500,
    "text": 1000,
    "note": 1000,
    "knock_out": 1000,
    "label_placement": 500,
    "what": 500,
    "managing_ministry": 200,
    "term_source": 500,
}
_WHOLE: Final = {
    "version": (1, 99_999),
    "supersedes": (1, 99_999),
    "season": (1900, 2200),
    "max_points": (1, 1000),
    "points": (0, 1000),
    "stars": (1, 10),
    "amount": (0, 10_000),
    "validity_months": (1, 1200),
    "term_months": (1, 1200),
    "report_every_months": (1, 120),
    "report_due_days": (0, 3650),
    "report_suspend_after_days": (0, 3650),
    "sell_off_days": (0, 3650),
    "members_at_least": (1, 1000),
    "recognised_from_stars": (1, 10),
}


def misshapen(file: RulebookFile, shapes: Mapping[str, Shape]) -> list[Finding]:
    """Return a finding for each table or key that is missing, unknown or of the wrong type."""
    findings = []
    for name, tables in file.tables.items():
        shape = shapes.get(name)
        if shape is None:
            known = ", ".join(sorted(shapes))
            findings += [each.at("", UNKNOWN_TABLE, name=name, known=known) for each in tables]
        else:
            findings += [finding for each in tables for finding in _shape(each, shape)]
    findings += [
        file.head.at("", MISSING_TABLE, name=name)
        for name, shape in shapes.items()
        if shape.is_needed and not file.all(name)
    ]
    return findings


def words(table: Table, key: str) -> Words:
    """Return a text of a table in each of its languages."""
    others = ((language, table.get(f"{key}_{end}")) for end, language in LANGUAGES.items())
    return Words(table[key], tuple((language, text) for language, text in others if text))


def words_if(table: Table, key: str) -> Words | None:
    """Return a text of a table in each of its languages, None where there is none."""
    return words(table, key) if table.get(key) else None


def is_code(text: str) -> bool:
    """Return whether a text can stand in an address: letters, digits, hyphens, points."""
    bare = text.replace("-", "").replace("_", "").replace(".", "")
    return text.isascii() and bare.isalnum() and len(text) <= 60


def _shape(table: Table, shape: Shape) -> Iterator[Finding]:
    if shape.is_single != (table.number == 0):
        written = f"[{table.name}]" if shape.is_single else f"[[{table.name}]]"
        yield table.at("", WRITE_AS, written=written)
    known = {**shape.required, **shape.optional}
    for key, kind in known.items():
        if table.get(key) is not None:
            yield from _value(table, key, kind)
        elif key in shape.required:
            yield table.at(key, MISSING_SOURCE if key == "source" else MISSING, key=key)
    for key in sorted(table.values.keys() - known.keys()):
        if translated := _translated(key, known):
            yield from _value(table, key, translated)
        else:
            yield table.at(key, UNKNOWN_KEY, key=key, known=", ".join(sorted(known)))


def _translated(key: str, known: Keys) -> Type | None:
    """Return the type of ``name_vi`` where there is a text ``name``."""
    base, _, end = key.rpartition("_")
    kind = known.get(base)
    return kind if end in LANGUAGES and kind in {Type.TEXT, Type.TEXTS} else None


def _value(table: Table, key: str, kind: Type) -> Iterator[Finding]:
    value = table[key]
    if not _is(value, kind):
        yield table.at(key, WRONG_TYPE, key=key, expected=kind.value)
    elif kind is Type.TEXT:
        yield from _text(table, key, value)
    elif kind is Type.TEXTS:
        for each in value:
            yield from _text(table, key, each, at_most=1000)
    elif key in _WHOLE and not _WHOLE[key][0] <= value <= _WHOLE[key][1]:
        low, high = _WHOLE[key]
        yield table.at(key, OUT_OF_RANGE, key=key, found=value, low=low, high=high)


def _text(table: Table, key: str, value: str, at_most: int = 0) -> Iterator[Finding]:
    base = key.rpartition("_")[0] if key.rpartition("_")[2] in LANGUAGES else key
    longest = at_most or _LONGEST.get(base, 60)
    if not value.strip():
        yield table.at(key, MISSING_SOURCE if key == "source" else MISSING, key=key)
    elif len(value) > longest:
        yield table.at(key, TEXT_TOO_LONG, key=key, found=len(value), longest=longest)


def _is(value: Any, kind: Type) -> bool:
    """Return whether a value is of the type; TOML's true is no number, its datetime no date."""
    match kind:
        case Type.TEXTS:
            return _is_list(value, str) and bool(value)
        case Type.WHOLES:
            return _is_list(value, int)
        case Type.CONDITION:
            return isinstance(value, list) and [type(each) for each in value] == [str, int]
        case Type.NUMBER:
            return type(value) is int or (type(value) is Decimal and value.is_finite())
    plain = {Type.TEXT: str, Type.WHOLE: int, Type.DATE: date, Type.YES_NO: bool}
    return type(value) is plain[kind]


def _is_list(value: Any, kind: type) -> bool:
    return isinstance(value, list) and all(type(each) is kind for each in value)


MISSING = gettext_noop("%(key)s is missing. Write it down.")
MISSING_SOURCE = gettext_noop(
    "The source is missing. Name the text or page that the figure comes from; a figure that "
    "nobody can show is no rule."
)
WRONG_TYPE = gettext_noop("%(key)s should be %(expected)s.")
UNKNOWN_KEY = gettext_noop("There is no key %(key)s here. Known are %(known)s.")
UNKNOWN_TABLE = gettext_noop("There is no table %(name)s in a rulebook. Known are %(known)s.")
MISSING_TABLE = gettext_noop("The table %(name)s is missing. Write it down.")
WRITE_AS = gettext_noop("Write this table as %(written)s.")
TEXT_TOO_LONG = gettext_noop("%(key)s has %(found)s letters; at most %(longest)s fit.")
OUT_OF_RANGE = gettext_noop("%(key)s is %(found)s. It must lie between %(low)s and %(high)s.")
