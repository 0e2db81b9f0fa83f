"""The shape of a rulebook: which keys each table has, and of what type. Pure."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any, Final

from originmark.frame.web.refusals import gettext_noop
from originmark.mark.schemes.rulebook_text import Finding, RulebookFile, Table

_REQUIRED: Final[dict[str, dict[str, tuple[type, ...]]]] = {
    "rulebook": {
        "code": (str,),
        "version": (int,),
        "title": (str,),
        "brand": (str,),
        "legal_basis": (list,),
        "valid_from": (date,),
    },
    "yield_cap": {
        "product": (str,),
        "season": (int,),
        "cap": (int, Decimal),
        "unit": (str,),
        "source": (str,),
        "confidence": (str,),
    },
    "conversion": {
        "process": (str,),
        "input": (str,),
        "output": (str,),
        "ratio_low": (int, Decimal),
        "ratio_high": (int, Decimal),
        "source": (str,),
        "confidence": (str,),
    },
}
_OPTIONAL: Final[dict[str, dict[str, tuple[type, ...]]]] = {
    "rulebook": {"valid_until": (date,), "supersedes": (int,)},
    "yield_cap": {},
    "conversion": {"gains_mass": (bool,)},
}
_LONGEST: Final = {"title": 200, "source": 500}
_WHOLE: Final = {"version": (1, 99_999), "supersedes": (1, 99_999), "season": (1900, 2200)}
_WORDS: Final = {
    str: gettext_noop("a text in quotes"),
    int: gettext_noop("a whole number"),
    Decimal: gettext_noop("a number"),
    list: gettext_noop("a list of texts"),
    date: gettext_noop("a date such as 2026-01-01"),
    bool: gettext_noop("true or false"),
}


def misshapen(file: RulebookFile) -> list[Finding]:
    """Return a finding for each key that is missing, unknown or of the wrong type."""
    tables = (file.head, *file.yield_caps, *file.conversions)
    return [finding for table in tables for finding in _shape(table)]


def _shape(table: Table) -> Iterator[Finding]:
    required, optional = _REQUIRED[table.name], _OPTIONAL[table.name]
    for key, kinds in (required | optional).items():
        value = table.values.get(key)
        if value is None:
            if key in required:
                yield table.at(key, MISSING_SOURCE if key == "source" else MISSING, key=key)
        elif not _is(value, kinds):
            yield table.at(key, WRONG_TYPE, key=key, expected=_WORDS[kinds[-1]])
        elif isinstance(value, str):
            yield from _text(table, key, value)
        elif key in _WHOLE and not _WHOLE[key][0] <= value <= _WHOLE[key][1]:
            low, high = _WHOLE[key]
            yield table.at(key, OUT_OF_RANGE, key=key, found=value, low=low, high=high)
    for key in table.values.keys() - required.keys() - optional.keys():
        known = ", ".join(sorted(required | optional))
        yield table.at(key, UNKNOWN_KEY, key=key, known=known)


def _text(table: Table, key: str, value: str) -> Iterator[Finding]:
    longest = _LONGEST.get(key, 60)
    if not value.strip():
        yield table.at(key, MISSING_SOURCE if key == "source" else MISSING, key=key)
    elif len(value) > longest:
        yield table.at(key, TEXT_TOO_LONG, key=key, found=len(value), longest=longest)


def _is(value: Any, kinds: tuple[type, ...]) -> bool:
    """Return whether a value is of the kind; TOML's true is no number, its datetime no date."""
    if isinstance(value, bool):
        return bool in kinds
    if list in kinds:
        return (
            isinstance(value, list)
            and bool(value)
            and all(isinstance(each, str) and each.strip() for each in value)
        )
    if isinstance(value, Decimal) and not value.is_finite():
        return False
    return type(value) in kinds


MISSING = gettext_noop("%(key)s is missing. Write it down.")
MISSING_SOURCE = gettext_noop(
    "The source is missing. Name the text or page that the figure comes from; a figure that "
    "nobody can show is no rule."
)
WRONG_TYPE = gettext_noop("%(key)s should be %(expected)s.")
UNKNOWN_KEY = gettext_noop("There is no key %(key)s here. Known are %(known)s.")
TEXT_TOO_LONG = gettext_noop("%(key)s has %(found)s letters; at most %(longest)s fit.")
OUT_OF_RANGE = gettext_noop("%(key)s is %(found)s. It must lie between %(low)s and %(high)s.")
