"""Label rule sets: read from TOML, checked, and chosen by market, kind of goods and day."""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, ClassVar, Final

from originmark.frame.web.refusals import RuleViolation, gettext_noop
from originmark.mark.labels.artwork.content import CATEGORIES, FLAGS, MARKETS, ON_LABEL

SHIPPED: Final = Path(__file__).parent / "rulesets"
MUST, SHOULD = "must", "should"
SEVERITIES: Final = (MUST, SHOULD)
KINDS: Final = ("label", "passport")
ORDERS: Final = ("", "dmy", "ymd")
LETTERS_OF: Final = ("all", "dates", "net_content")


@dataclass(eq=False)
class RulesetRefused(RuleViolation):
    """A file of label rules cannot be read as such."""

    code: ClassVar[str] = "label-rules-refused"
    sentence: ClassVar[str] = gettext_noop(
        "The label rules %(file)s say %(found)s; expected: %(expected)s. Correct the file."
    )

    file: str
    found: str
    expected: str


@dataclass(frozen=True, slots=True)
class FieldRule:
    """A field that a label has to show."""

    name: str
    severity: str
    categories: tuple[str, ...]  # empty: every kind of goods
    legal_basis: str
    when: str = ""  # only where the label has this flag
    not_from_months: int | None = None  # may be left out from this shelf life on
    or_else: str = ""  # another field that will do instead


@dataclass(frozen=True, slots=True)
class Forbidden:
    """Words that may not stand in some fields."""

    words: tuple[str, ...]
    fields: tuple[str, ...]
    legal_basis: str


@dataclass(frozen=True, slots=True)
class Allergen:
    """A class of allergens, and words that betray it among the ingredients."""

    name: str
    words: tuple[str, ...]
    severity: str


@dataclass(frozen=True, slots=True)
class Letters:
    """How high letters are at least, from a size on."""

    of: str  # one of LETTERS_OF
    over: float  # cm² of the panel; g or ml for those of the net content
    height_mm: float
    legal_basis: str


@dataclass(frozen=True, slots=True)
class Ruleset:
    """One edition of the rules of one market."""

    code: str
    version: int
    title: str
    kind: str
    market: str
    legal_basis: str
    confidence: str
    valid_from: date | None
    valid_until: date | None
    categories: tuple[str, ...]  # empty: every kind of goods
    date_order: str  # one of ORDERS
    date_severity: str
    fields: tuple[FieldRule, ...]
    forbidden: tuple[Forbidden, ...]
    allergens: tuple[Allergen, ...]
    letters: tuple[Letters, ...]
    sources: tuple[str, ...]
    to_fill_in: tuple[str, ...]

    @property
    def edition(self) -> str:
        """Return the code with the version, as a decision keeps it."""
        return f"{self.code} v{self.version}"

    def applies(self, market: str, category: str, on: date) -> bool:
        """Return whether it holds for goods of a category printed on a day."""
        begun = self.valid_from is None or self.valid_from <= on
        over = self.valid_until is not None and self.valid_until < on
        is_for = not self.categories or category in self.categories
        return self.market == market and is_for and begun and not over


@cache
def known(folder: str = "") -> tuple[Ruleset, ...]:
    """Return the rule sets of a folder, the shipped ones by default (read once)."""
    place = Path(folder) if folder else SHIPPED
    return tuple(
        read(each.read_text(encoding="utf-8"), each.name) for each in sorted(place.glob("*.toml"))
    )


def applying(sets: Iterable[Ruleset], market: str, category: str, on: date) -> list[Ruleset]:
    """Return the rule sets that a label has to meet."""
    return [each for each in sets if each.applies(market, category, on)]


def read(text: str, file: str = "") -> Ruleset:
    """Return the rule set of a file. Raises RulesetRefused."""
    try:
        told = tomllib.loads(text)
        made = _built(told, file)
    except (tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as error:
        raise RulesetRefused(file, str(error), "a label rule set, as in the reference") from error
    if made.valid_from and made.valid_until and made.valid_until < made.valid_from:
        raise RulesetRefused(file, str(made.valid_until), f"a day from {made.valid_from} on")
    return made


def _built(told: dict[str, Any], file: str) -> Ruleset:
    head = told["ruleset"]
    basis = head["legal_basis"]
    return Ruleset(
        code=head["code"],
        version=head["version"],
        title=head["title"],
        kind=_one_of(head["kind"], KINDS, file),
        market=_one_of(head["market"], MARKETS, file),
        legal_basis=basis,
        confidence=head["confidence"],
        valid_from=head.get("valid_from"),
        valid_until=head.get("valid_until"),
        categories=_each_of(head.get("categories", []), CATEGORIES, file),
        date_order=_one_of(head.get("date_order", ""), ORDERS, file),
        date_severity=_one_of(head.get("date_severity", MUST), SEVERITIES, file),
        fields=tuple(_field(each, basis, file) for each in told["field"]),
        forbidden=tuple(
            Forbidden(
                tuple(each["words"]),
                _each_of(each["fields"], ON_LABEL, file),
                each.get("legal_basis", basis),
            )
            for each in told.get("forbidden", [])
        ),
        allergens=tuple(_allergen(each, file) for each in told.get("allergen", [])),
        letters=tuple(_letters(each, basis, file) for each in told.get("letters", [])),
        sources=tuple(each["text"] for each in told["source"]),
        to_fill_in=tuple(each["what"] for each in told.get("to_fill_in", [])),
    )


def _field(told: dict[str, Any], basis: str, file: str) -> FieldRule:
    return FieldRule(
        name=_one_of(told["name"], ON_LABEL, file),
        severity=_one_of(told.get("severity", MUST), SEVERITIES, file),
        categories=_each_of(told.get("categories", []), CATEGORIES, file),
        legal_basis=told.get("legal_basis", basis),
        when=_one_of(told.get("when", ""), ("", *FLAGS), file),
        not_from_months=told.get("not_from_months"),
        or_else=_one_of(told.get("or_else", ""), ("", *ON_LABEL), file),
    )


def _allergen(told: dict[str, Any], file: str) -> Allergen:
    severity = _one_of(told.get("severity", MUST), SEVERITIES, file)
    return Allergen(told["name"], tuple(told["words"]), severity)


def _letters(told: dict[str, Any], basis: str, file: str) -> Letters:
    return Letters(
        of=_one_of(told["of"], LETTERS_OF, file),
        over=float(told["over"]),
        height_mm=float(told["height_mm"]),
        legal_basis=told.get("legal_basis", basis),
    )


def _one_of(found: str, expected: Iterable[str], file: str) -> str:
    if found not in expected:
        raise RulesetRefused(file, repr(found), ", ".join(each or "nothing" for each in expected))
    return found


def _each_of(found: Iterable[str], expected: Iterable[str], file: str) -> tuple[str, ...]:
    return tuple(_one_of(each, expected, file) for each in found)
