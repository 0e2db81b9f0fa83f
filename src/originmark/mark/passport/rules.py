"""The verdict on a scanned code: pure decisions over what is known and how often it was seen."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Verdict(StrEnum):
    """The closed set of answers, in the order in which they win."""

    UNKNOWN = "unknown"
    MISPLACED = "misplaced"
    RECALLED = "recalled"
    WITHDRAWN = "withdrawn"
    SPOILED = "spoiled"
    NOT_ACTIVATED = "not-activated"
    COPIED = "copied"
    LICENCE_LAPSED = "licence-lapsed"
    EXPIRED = "expired"
    STAR_EXPIRED = "star-expired"
    GENUINE_SEEN = "genuine-seen"
    GENUINE_FIRST = "genuine-first"

    @property
    def tone(self) -> str:
        """Return how the page shows it: ok, warn or bad."""
        if self in {Verdict.GENUINE_FIRST, Verdict.GENUINE_SEEN}:
            return "ok"
        if self in WARNINGS:
            return "warn"
        return "bad"

    @property
    def is_genuine(self) -> bool:
        """Return whether the page may say "genuine"."""
        return self.tone == "ok"


WARNINGS = frozenset(
    {Verdict.EXPIRED, Verdict.STAR_EXPIRED, Verdict.NOT_ACTIVATED, Verdict.LICENCE_LAPSED}
)


@dataclass(frozen=True, slots=True)
class CodeFacts:
    """What the rooms below know about a code that carries a true tag.

    ``state`` is issued, activated, spoiled, withdrawn, returned or destroyed.
    ``is_in_its_place`` is false when the product or lot in the address is not the one that the
    label was issued for.
    ``has_lapsed_stars`` is true for a product whose newest stars no longer count.
    ``others`` are the other viewers that scanned it before.
    """

    state: str
    is_in_its_place: bool
    has_licence: bool
    best_before: date | None
    is_recalled: bool = False
    has_lapsed_stars: bool = False
    looks_copied: bool = False
    others: int = 0


def verdict(facts: CodeFacts | None, *, today: date) -> Verdict:
    """Return the one answer a shopper gets first; ``facts`` is None for a code nobody issued."""
    if facts is None:
        return Verdict.UNKNOWN
    doubts = {
        Verdict.MISPLACED: not facts.is_in_its_place,
        Verdict.RECALLED: facts.is_recalled,
        Verdict.WITHDRAWN: facts.state == "withdrawn",
        Verdict.SPOILED: facts.state in {"spoiled", "returned", "destroyed"},
        Verdict.NOT_ACTIVATED: facts.state != "activated",
        Verdict.COPIED: facts.looks_copied,
        Verdict.LICENCE_LAPSED: not facts.has_licence,
        Verdict.EXPIRED: facts.best_before is not None and facts.best_before < today,
        Verdict.STAR_EXPIRED: facts.has_lapsed_stars,
        Verdict.GENUINE_SEEN: facts.others > 0,
    }
    return next((answer for answer, applies in doubts.items() if applies), Verdict.GENUINE_FIRST)
