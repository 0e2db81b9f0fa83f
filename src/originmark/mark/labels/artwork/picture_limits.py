"""What a picture of a label is measured against: limits as data, each with its basis."""

import tomllib
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any, Final

from originmark.frame.web.refusals import gettext_noop
from originmark.mark.labels.artwork.rulesets import MUST, SHOULD, RulesetRefused

SHIPPED: Final = Path(__file__).parent / "picture_limits.toml"
OWN: Final = Path("picture") / "limits.toml"
BASES: Final = (  # of the shipped file, for translation
    gettext_noop("Good practice of printing; no law"),
    gettext_noop("ISO/IEC 18004: an empty margin of 4 modules around a QR code"),
    gettext_noop("Symbol contrast as in ISO/IEC 15415"),
)


@dataclass(frozen=True, slots=True)
class Limit:
    """One limit, how much it weighs, and why."""

    value: float
    severity: str
    basis: str
    source: str

    def __str__(self) -> str:
        return f"{self.value:g}"


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of a picture; lengths in mm in print, modules are those of the code."""

    dpi: Limit  # at least
    code_mm: Limit  # at least, without the margin
    module_mm: Limit  # at least
    quiet_modules: Limit  # at least
    contrast_percent: Limit  # at least
    tilt_degrees: Limit  # at most


@cache
def limits(folder: str = "") -> Limits:
    """Return the limits of a folder of label rules, the shipped ones without (read once).

    Raises RulesetRefused.
    """
    own = Path(folder) / OWN
    path = own if folder and own.is_file() else SHIPPED
    return read(path.read_text(encoding="utf-8"), path.name)


def read(text: str, file: str) -> Limits:
    """Return the limits of a file. Raises RulesetRefused."""
    try:
        told = tomllib.loads(text)
        return Limits(**{each.name: _limit(told[each.name], file) for each in fields(Limits)})
    except (tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as error:
        raise RulesetRefused(file, str(error), "six limits, as in the reference") from error


def _limit(told: dict[str, Any], file: str) -> Limit:
    if told["severity"] not in {MUST, SHOULD}:
        raise RulesetRefused(file, repr(told["severity"]), f"{MUST}, {SHOULD}")
    return Limit(float(told["value"]), told["severity"], told["basis"], told["source"])
