"""Checking a rulebook: does it add up? Pure: what is known elsewhere comes in as functions."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from originmark.frame.web.refusals import gettext_noop
from originmark.mark.schemes.rulebook_kinds import (
    BALANCE,
    GI_PROCEDURE,
    NOT_A_CODE,
    NOT_ONE_OF,
    STAR_SCHEME,
    USE_RULES,
    Edition,
    Surroundings,
    balance,
    procedures,
    stars,
    uses,
)
from originmark.mark.schemes.rulebook_shape import Shape, is_code, misshapen
from originmark.mark.schemes.rulebook_text import Finding, RulebookFile, Table, read

__all__ = ["KINDS", "Edition", "Kind", "Rules", "Surroundings", "check"]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of rulebook: its tables, and what judges them."""

    shapes: Mapping[str, Shape]
    judge: Callable[[RulebookFile, Surroundings], Iterator[Finding]]


KINDS: Final = {
    BALANCE: Kind(balance.SHAPES, balance.judge),
    STAR_SCHEME: Kind(stars.SHAPES, stars.judge),
    USE_RULES: Kind(uses.SHAPES, uses.judge),
    GI_PROCEDURE: Kind(procedures.SHAPES, procedures.judge),
}


@dataclass(frozen=True, slots=True)
class Rules:
    """A rulebook that adds up."""

    kind: str
    code: str
    version: int
    title: str
    brand: str
    """Empty for rules of the whole programme."""
    legal_basis: tuple[str, ...]
    valid_from: date
    valid_until: date | None
    supersedes: int | None
    contents: tuple[tuple[str, int], ...]
    """Names of tables and how many of each, in the order of the file."""
    caps: tuple[balance.Cap, ...]
    conversions: tuple[balance.Conversion, ...]


def check(text: str, around: Surroundings) -> tuple[Rules | None, list[Finding]]:
    """Return the rules of a file, or None and every finding in the order of the lines."""
    file, findings = read(text)
    if file is None:
        return None, findings
    kind = KINDS.get(file.kind) if isinstance(file.kind, str) else None
    if kind is None:
        known = ", ".join(KINDS)
        return None, [file.head.at("kind", NOT_ONE_OF, key="kind", found=file.kind, known=known)]
    findings = misshapen(file, kind.shapes)
    if not findings:  # values of the wrong type cannot be weighed
        findings = [*_head(file.head, around), *kind.judge(file, around)]
    if findings:
        return None, sorted(findings, key=lambda each: each.line)
    return _rules(file), []


def _head(head: Table, around: Surroundings) -> Iterator[Finding]:
    begins, ends, brand = head["valid_from"], head.get("valid_until"), head.get("brand")
    if not is_code(head["code"]) or "." in head["code"]:
        yield head.at("code", NOT_A_CODE, found=head["code"])
    if brand is not None and not around.is_brand(brand):
        yield head.at("brand", UNKNOWN_BRAND, found=brand)
    if ends is not None and ends < begins:
        yield head.at("valid_until", ENDS_FIRST, begins=begins, ends=ends)
    yield from _succession(head, around.editions(head["code"]))


def _succession(head: Table, editions: tuple[Edition, ...]) -> Iterator[Finding]:
    version, begins = head.values["version"], head.values["valid_from"]
    ends, supersedes = head.values.get("valid_until"), head.values.get("supersedes")
    known = {each.version: each for each in editions}
    newest = max(known, default=0)
    if version <= newest:
        yield head.at("version", NOT_NEWER, found=version, newest=newest)
        return
    if supersedes is not None and supersedes not in known:
        yield head.at("supersedes", SUPERSEDES_NONE, found=supersedes)
    for each in editions:
        if each.version == supersedes:
            if each.begins_on >= begins:
                yield head.at("valid_from", BEGINS_BEFORE, earlier=each.version, day=each.begins_on)
        elif _overlap(begins, ends, each.begins_on, each.ends_on):
            until = each.ends_on.isoformat() if each.ends_on else "…"
            yield head.at(
                "valid_from", OVERLAPS, earlier=each.version, begins=each.begins_on, until=until
            )


def _overlap(begins: date, ends: date | None, other: date, other_ends: date | None) -> bool:
    return (ends is None or other <= ends) and (other_ends is None or begins <= other_ends)


def _rules(file: RulebookFile) -> Rules:
    head = file.head
    return Rules(
        kind=file.kind,
        code=head["code"],
        version=head["version"],
        title=head["title"],
        brand=head.get("brand", ""),
        legal_basis=tuple(head["legal_basis"]),
        valid_from=head["valid_from"],
        valid_until=head.get("valid_until"),
        supersedes=head.get("supersedes"),
        contents=tuple(
            (name, len(tables)) for name, tables in file.tables.items() if name != "rulebook"
        ),
        caps=balance.caps(file),
        conversions=balance.conversions(file),
    )


UNKNOWN_BRAND = gettext_noop("There is no brand %(found)s. Record the brand first.")
ENDS_FIRST = gettext_noop("It ends on %(ends)s, before it begins on %(begins)s.")
NOT_NEWER = gettext_noop(
    "Version %(found)s is not newer than version %(newest)s, which is loaded. A loaded version "
    "never changes: give this one the next number."
)
SUPERSEDES_NONE = gettext_noop("Version %(found)s, which it supersedes, is not loaded.")
BEGINS_BEFORE = gettext_noop(
    "It supersedes version %(earlier)s, which begins on %(day)s, so it must begin later."
)
OVERLAPS = gettext_noop(
    "It overlaps version %(earlier)s (%(begins)s to %(until)s). Begin after its end, or write "
    "supersedes = %(earlier)s to end that version the day before."
)
