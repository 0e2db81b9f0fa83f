"""Applications for a new geographical indication: pure decisions."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from originmark.frame.web.refusals import RuleViolation
from originmark.mark.schemes import gi_refusals as refusals
from originmark.mark.schemes.gi_values import (
    DECIDED,
    EXAMINATION,
    OPPOSITION,
    PREPARED,
    REFUSED,
    REGISTERED,
    SUBMITTED,
    WITHDRAWN,
)

EXAMINED: Final = (SUBMITTED, EXAMINATION)
OPEN: Final = (PREPARED, *EXAMINED, OPPOSITION)
FORWARD: Final[Mapping[str, tuple[str, ...]]] = {
    SUBMITTED: (PREPARED,),
    EXAMINATION: (*EXAMINED, OPPOSITION),
    OPPOSITION: (*EXAMINED, OPPOSITION),
    DECIDED: (EXAMINATION, OPPOSITION),
    REGISTERED: (DECIDED,),
}
"""From which phases each is reached, where the procedure has it next."""

ASIDE: Final[Mapping[str, tuple[str, ...]]] = {
    PREPARED: EXAMINED,
    REFUSED: (*EXAMINED, OPPOSITION),
    WITHDRAWN: OPEN,
}
"""Phases that are no next stage: sent back, refused, withdrawn."""

WITH_REASON: Final = (PREPARED, REFUSED, DECIDED)
EVIDENCE_NEEDS: Final[Mapping[str, tuple[str, ...]]] = {
    "file": ("paper",),
    "figure": ("value", "method", "laboratory"),
    "source": ("source",),
}


@dataclass(frozen=True, slots=True)
class Link:
    """A quality of the product, what of the place gives it, and what shows that."""

    characteristic: str
    factor: str
    evidence: str


def gaps(
    parts: Mapping[str, str], links: Iterable[Link], proven: Mapping[str, bool]
) -> list[RuleViolation]:
    """Return what an application lacks, in the order of its page.

    ``proven`` says of each property, by its name, whether it has evidence.

    >>> [each.code for each in gaps({"Method": " "}, [], {"Reputation": False})]
    ['gi-part-missing', 'gi-link-missing', 'gi-property-unproven']
    """
    found: list[RuleViolation] = [
        refusals.PartMissing(part) for part, text in parts.items() if not text.strip()
    ]
    rows = list(links)
    if not rows:
        found.append(refusals.LinkMissing())
    for row in rows:
        if not row.factor.strip():
            found.append(refusals.FactorMissing(row.characteristic))
        if not row.evidence.strip():
            found.append(refusals.EvidenceMissing(row.characteristic))
    return found + [
        refusals.PropertyUnproven(name) for name, is_proven in proven.items() if not is_proven
    ]


def unready(verdicts: Mapping[str, str]) -> list[RuleViolation]:
    """Return why an application cannot be published: verdicts by the names of properties.

    >>> [each.code for each in unready({"Reputation": "", "Link": "shown"})]
    ['gi-unjudged']
    """
    found: list[RuleViolation] = []
    for name, verdict in verdicts.items():
        if not verdict:
            found.append(refusals.Unjudged(name))
        elif verdict != "shown":
            found.append(refusals.NotShown(name))
    return found


def check_evidence(kind: str, has: Mapping[str, bool]) -> None:
    """Refuse evidence that is not whole: ``has`` says which parts are there.

    >>> check_evidence("figure", {"value": True, "method": True, "laboratory": True})

    Raises EvidenceHalf.
    """
    needs = tuple(each for each in EVIDENCE_NEEDS[kind] if not has.get(each))
    if needs:
        raise refusals.EvidenceHalf(kind=kind, needs=needs)


def goes_on(phase: str, target: str) -> bool:
    """Return whether a stage of the phase ``target`` may follow where an application stands.

    >>> goes_on("submitted", "examination"), goes_on("prepared", "opposition")
    (True, False)
    """
    return phase in FORWARD.get(target, ())


def turns_aside(phase: str, target: str) -> bool:
    """Return whether an application may be sent back, refused or withdrawn.

    >>> turns_aside("opposition", "refused"), turns_aside("opposition", "prepared")
    (True, False)
    """
    return phase in ASIDE.get(target, ())


def last_day(*, term_ends: date | None, until: date | None, today: date) -> date:
    """Return the last day to oppose: as the procedure counts it, else as the office says.

    Raises OppositionTermFixed, OppositionTermMissing or OppositionTooShort.
    """
    if term_ends is not None:
        if until is not None and until != term_ends:
            raise refusals.OppositionTermFixed(expected=term_ends, found=until)
        return term_ends
    if until is None:
        raise refusals.OppositionTermMissing
    if until <= today:
        raise refusals.OppositionTooShort(until=until, today=today)
    return until


def may_oppose(*, phase: str, until: date | None, on: date) -> bool:
    """Return whether oppositions are taken on a day; the last day counts.

    >>> may_oppose(phase="opposition", until=date(2026, 12, 1), on=date(2026, 12, 1))
    True
    """
    return phase == OPPOSITION and until is not None and on <= until
