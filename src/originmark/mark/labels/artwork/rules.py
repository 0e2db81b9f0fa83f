"""Check what a label says against rule sets and against the records; pure."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from originmark.frame.web.refusals import gettext_noop
from originmark.mark.labels.artwork.content import LabelContent
from originmark.mark.labels.artwork.rulesets import MUST, SHOULD, FieldRule, Ruleset

RECORD: Final = gettext_noop("The records of this programme")
_DMY = re.compile(r"(?P<d>\d{1,2})[./ -](?P<m>\d{1,2})[./ -](?P<y>\d{4}|\d{2})")
_YMD = re.compile(r"(?P<y>\d{4})[./ 年-]?(?P<m>\d{2})[./ 月-]?(?P<d>\d{2})日?")
_MASKS: Final = {
    "dmy": re.compile(r"dd[./ -]mm[./ -]yy(yy)?", re.IGNORECASE),
    "ymd": re.compile(r"yyyy[./ 年-]?mm[./ 月-]?dd日?|见.+", re.IGNORECASE),  # 见: see there
}
_DAYS: Final = {"dmy": _DMY, "ymd": _YMD}
_GRAMS: Final = {"g": Decimal(1), "kg": Decimal(1000), "jin": Decimal(500)}
WORDS: Final = {  # what was expected, and what to do
    "missing": (
        gettext_noop("stands on the label"),
        gettext_noop("Put it on the label and write here what it says."),
    ),
    "date-form": (
        gettext_noop("day, month, year, such as 15.10.2026 or DD/MM/YYYY"),
        gettext_noop("Print the date with the day first."),
    ),
    "date-year-first": (
        gettext_noop("year, month, day, such as 2026-10-15 or YYYY-MM-DD"),
        gettext_noop("Print the date with the year first, in four digits."),
    ),
    "forbidden": (
        gettext_noop("not “%(word)s”"),
        gettext_noop("Take these words off the label."),
    ),
    "allergen": (
        gettext_noop("%(allergen)s named as an allergen"),
        gettext_noop("Name it among the allergens: it is in the ingredients."),
    ),
    "star": (
        gettext_noop("%(stars)s stars, as valid on the day of printing"),
        gettext_noop("Show the stars that the product carries, or none."),
    ),
    "licence": (
        gettext_noop("a licence of the mark that is valid on the day of printing"),
        gettext_noop("Take the logo off, or apply for a licence first."),
    ),
    "gtin": (
        gettext_noop("%(gtin)s, as the product is registered"),
        gettext_noop("Correct the number on the label or in the register."),
    ),
    "net-content": (
        gettext_noop("%(grams)s g, as the product is registered"),
        gettext_noop("Correct the net content on the label or in the register."),
    ),
    "dpi": (
        gettext_noop("%(limit)s dpi or more at the width in print"),
        gettext_noop("Export the picture again with more points."),
    ),
    "no-code": (
        gettext_noop("a QR code that a scanner reads, unless it is printed later"),
        gettext_noop("Put the code on, or leave its place free for the printer."),
    ),
    "code-leads": (
        gettext_noop("%(address)s"),
        gettext_noop("Put the code of this product on the label."),
    ),
    "code-size": (
        gettext_noop("%(limit)s mm or more, without its margin"),
        gettext_noop("Print the code larger."),
    ),
    "code-module": (
        gettext_noop("%(limit)s mm or more for each small square of the code"),
        gettext_noop("Print the code larger, or let it say less."),
    ),
    "code-margin": (
        gettext_noop("an empty margin of %(limit)s small squares of the code, here %(mm)s mm"),
        gettext_noop("Move words, lines and pictures away from the code on every side."),
    ),
    "code-contrast": (
        gettext_noop("%(limit)s % or more of all light between dark and light"),
        gettext_noop("Print the code in black or a very dark colour on white."),
    ),
    "code-inverted": (
        gettext_noop("a dark code on a light ground"),
        gettext_noop("Swap the colours: some phones read no light code on a dark ground."),
    ),
    "code-tilt": (
        gettext_noop("%(limit)s° at most off level"),
        gettext_noop("Set the code straight; upload the proof itself, no photo of it."),
    ),
    "no-picture": (
        gettext_noop("a picture of the label as it will be printed"),
        gettext_noop("Upload the proof of the printer with its width in print."),
    ),
    "not-seen": (
        gettext_noop("%(open)s more points of the checklist ticked by an inspector"),
        gettext_noop("Ask an inspector or the programme office to look at the picture."),
    ),
    "no-rules": (
        gettext_noop("a rule set for this market, kind of goods and day"),
        gettext_noop("Ask the programme office: nobody has checked what this label must say."),
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Known:
    """What the records say about a product on the day of printing."""

    gtin: str = ""
    net_content_g: int | None = None
    stars: int = 0
    brand: str = ""  # the brand whose logo is shown, by name
    is_licensed: bool = False


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not as it has to be: what, why, and what to do."""

    field: str
    code: str  # a key of WORDS
    found: str
    severity: str
    legal_basis: str
    ruleset: str = ""
    facts: tuple[tuple[str, str], ...] = ()


def check(content: LabelContent, category: str, sets: Iterable[Ruleset],
          known: Known) -> list[Finding]:  # fmt: skip
    """Return every finding: what is missing first, what must be before what should be."""
    sets = list(sets)
    found = [each for one in sets for each in _against(content, category, one)]
    found += _against_records(content, known)
    if not any(each.kind == "label" for each in sets):
        found.append(Finding("name", "no-rules", "", SHOULD, RECORD))
    return sorted(found, key=lambda each: (each.severity != MUST, each.code != "missing"))


def is_printable(findings: Iterable[Finding]) -> bool:
    """Return whether nothing is found that must be mended first."""
    return all(each.severity != MUST for each in findings)


def asked(content: LabelContent, category: str, ruleset: Ruleset) -> list[FieldRule]:
    """Return the fields that a rule set asks of this label."""
    return [
        each for each in ruleset.fields
        if (not each.categories or category in each.categories)
        and (not each.when or getattr(content, each.when))
        and not _may_be_left_out(content, each)
    ]  # fmt: skip


def is_dated(text: str, order: str) -> bool:
    """Return whether a date is printed in an order (dmy, ymd), or as the mask of one.

    >>> [is_dated(each, "dmy") for each in ("15.10.2026", "DD/MM/YYYY", "2026-10-15", "10/15/2026")]
    [True, True, False, False]
    >>> [is_dated(each, "ymd") for each in ("2026年10月15日", "20261015", "见瓶盖", "2026-13-01")]
    [True, True, True, False]
    """
    bare = text.strip()
    if _MASKS[order].fullmatch(bare):
        return True
    parts = _DAYS[order].fullmatch(bare)
    if parts is None:
        return False
    year, month, day = (int(parts[name]) for name in "ymd")
    try:
        date(year if year > 99 else 2000 + year, month, day)
    except ValueError:
        return False
    return True


def _against(content: LabelContent, category: str, ruleset: Ruleset) -> Iterator[Finding]:
    for each in asked(content, category, ruleset):
        if not content.shown(each.name) and not (each.or_else and content.shown(each.or_else)):
            yield Finding(each.name, "missing", "", each.severity, each.legal_basis, ruleset.code)
    yield from _misdated(content, ruleset)
    yield from _banned(content, ruleset)
    yield from _undeclared(content, ruleset)


def _misdated(content: LabelContent, ruleset: Ruleset) -> Iterator[Finding]:
    order = ruleset.date_order
    code = "date-form" if order == "dmy" else "date-year-first"
    for name in ("production_date", "expiry_date") if order else ():
        text = content.shown(name)
        if text and not is_dated(text, order):
            severity = ruleset.date_severity
            yield Finding(name, code, text, severity, ruleset.legal_basis, ruleset.code)


def _banned(content: LabelContent, ruleset: Ruleset) -> Iterator[Finding]:
    for ban in ruleset.forbidden:
        for name in ban.fields:
            text = content.shown(name)
            for word in ban.words:
                if word.casefold() in text.casefold():
                    facts = (("word", word),)
                    yield Finding(
                        name, "forbidden", text, MUST, ban.legal_basis, ruleset.code, facts
                    )


def _undeclared(content: LabelContent, ruleset: Ruleset) -> Iterator[Finding]:
    ingredients, declared = content.ingredients.casefold(), content.allergens.casefold()
    for each in ruleset.allergens:
        named = [word.casefold() for word in (each.name, *each.words)]
        is_in = next((word for word in named if word in ingredients), None)
        if is_in and not any(word in declared for word in named):
            facts = (("allergen", each.name),)
            yield Finding(
                "allergens", "allergen", content.allergens, each.severity, ruleset.legal_basis,
                ruleset.code, facts,
            )  # fmt: skip


def _against_records(content: LabelContent, known: Known) -> Iterator[Finding]:
    def other(field: str, code: str, found: str, **facts: object) -> Finding:
        told = tuple((name, str(fact)) for name, fact in facts.items())
        return Finding(field, code, found, MUST, RECORD, facts=told)

    if content.star_count and content.star_count != known.stars:
        yield other("star_count", "star", str(content.star_count), stars=known.stars)
    if known.brand and not known.is_licensed:
        yield other("brand", "licence", known.brand)
    if content.gtin and known.gtin and content.gtin.zfill(14) != known.gtin.zfill(14):
        yield other("gtin", "gtin", content.gtin, gtin=known.gtin)
    amount = grams(content)
    if amount is not None and known.net_content_g and amount != known.net_content_g:
        shown = f"{content.net_content} {content.net_unit}"
        yield other("net_content", "net-content", shown, grams=known.net_content_g)


def grams(content: LabelContent) -> Decimal | None:
    """Return the net content in grams, where it is a mass."""
    if content.net_content is None or content.net_unit not in _GRAMS:
        return None
    return content.net_content * _GRAMS[content.net_unit]


def _may_be_left_out(content: LabelContent, rule: FieldRule) -> bool:
    months = content.shelf_life_months
    return rule.not_from_months is not None and months is not None and (
        months >= rule.not_from_months
    )  # fmt: skip
