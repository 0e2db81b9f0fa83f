"""Commitment certificates of edible produce: who owes one, what it says, what it covers."""

import tomllib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Final

from django.conf import settings

SHIPPED: Final = Path(__file__).parent / "data" / "commitment_rules.toml"
OBLIGATORY, ENCOURAGED, NONE = "obligatory", "encouraged", "none"


@dataclass(frozen=True, slots=True)
class CommitmentRules:
    """One edition of the rules, as its file says them."""

    title: str
    version: int
    legal_basis: tuple[str, ...]
    valid_from: date
    keep_months: int
    collectors: str
    producers: dict[str, str]
    produce: tuple[tuple[str, str, str], ...]  # code, English, Chinese


@cache
def in_force() -> CommitmentRules:
    """Return the rules that this installation runs under (read once)."""
    path = Path(settings.COMMITMENT_RULES) if settings.COMMITMENT_RULES else SHIPPED
    return read(path.read_text(encoding="utf-8"))


def read(text: str) -> CommitmentRules:
    """Return the rules of a file."""
    told = tomllib.loads(text)
    head, certificate = told["rulebook"], told["certificate"]
    return CommitmentRules(
        title=head["title"],
        version=head["version"],
        legal_basis=tuple(head["legal_basis"]),
        valid_from=head["valid_from"],
        keep_months=certificate["keep_months"],
        collectors=certificate["collectors"],
        producers={each["kind"]: each["duty"] for each in told["producer"]},
        produce=tuple((each["code"], each["name"], each["name_zh"]) for each in told["produce"]),
    )


def duty(rules: CommitmentRules, *, kind: str, is_collector: bool, on: date) -> str:
    """Return whether an organisation of a kind owes a certificate on a day.

    A collector passes on what others produced.
    """
    if on < rules.valid_from:
        return NONE
    return rules.collectors if is_collector else rules.producers.get(kind, NONE)


def keep_until(issued_on: date, months: int) -> date:
    """Return the last day on which a certificate must be kept.

    >>> keep_until(date(2026, 8, 31), 6), keep_until(date(2026, 3, 15), 6)
    (datetime.date(2027, 2, 28), datetime.date(2026, 9, 15))
    """
    year, month = divmod(issued_on.year * 12 + issued_on.month - 1 + months, 12)
    for day in range(issued_on.day, 27, -1):
        try:
            return date(year, month + 1, day)
        except ValueError:
            continue
    return date(year, month + 1, min(issued_on.day, 28))


def is_mixed(sources: Collection[str]) -> bool:
    """Return whether a lot came out of several, so that no earlier certificate speaks for it.

    ``sources`` are the lots at the start of its story, as they left the field.
    """
    return len(set(sources)) > 1
