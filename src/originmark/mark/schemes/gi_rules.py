"""Applications for a new geographical indication: pure decisions."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Final

from originmark.frame.web.refusals import RuleViolation, SeveralRefusals, gettext_noop

DRAFT, SUBMITTED, FORMAL_CHECK = "draft", "submitted", "formal-check"
EXPERT_REVIEW, PUBLISHED = "expert-review", "published"
REGISTERED, REFUSED, WITHDRAWN = "registered", "refused", "withdrawn"
EXAMINED: Final = (SUBMITTED, FORMAL_CHECK, EXPERT_REVIEW)
OPEN: Final = (DRAFT, *EXAMINED, PUBLISHED)
FROM: Final[Mapping[str, tuple[str, ...]]] = {
    DRAFT: EXAMINED,
    SUBMITTED: (DRAFT,),
    FORMAL_CHECK: (SUBMITTED,),
    EXPERT_REVIEW: (FORMAL_CHECK,),
    PUBLISHED: (EXPERT_REVIEW,),
    REGISTERED: (PUBLISHED,),
    REFUSED: (*EXAMINED, PUBLISHED),
    WITHDRAWN: OPEN,
}
WITH_REASON: Final = (DRAFT, REFUSED, REGISTERED)


@dataclass(frozen=True, slots=True)
class Link:
    """A quality of the product, what of the place gives it, and what shows that."""

    characteristic: str
    factor: str
    evidence: str


@dataclass(eq=False)
class UnknownGiApplication(RuleViolation):
    """No application has this number, or not for this reader."""

    code: ClassVar[str] = "unknown-gi-application"
    status: ClassVar[int] = 404
    sentence: ClassVar[str] = gettext_noop(
        "There is no application %(number)s that you may read. Check the number in the list."
    )

    number: str


@dataclass(eq=False)
class UnknownOpposition(RuleViolation):
    """No opposition has this number."""

    code: ClassVar[str] = "unknown-opposition"
    status: ClassVar[int] = 404
    sentence: ClassVar[str] = gettext_noop(
        "There is no opposition %(opposition)s. Look on the page of the application."
    )

    opposition: int


@dataclass(eq=False)
class WrongGiStage(RuleViolation):
    """A step that does not follow from where the application stands."""

    code: ClassVar[str] = "wrong-gi-stage"
    sentence: ClassVar[str] = gettext_noop(
        "Application %(number)s stands at “%(stage)s”, where this step is not possible. "
        "Open its page to see what comes next."
    )

    number: str
    stage: str


@dataclass(eq=False)
class PartMissing(RuleViolation):
    """The specification leaves something out."""

    code: ClassVar[str] = "gi-part-missing"
    sentence: ClassVar[str] = gettext_noop(
        "The specification says nothing under “%(part)s”. Fill in that part."
    )

    part: str


@dataclass(eq=False)
class LinkMissing(RuleViolation):
    """Nothing ties the product to the place."""

    code: ClassVar[str] = "gi-link-missing"
    sentence: ClassVar[str] = gettext_noop(
        "No quality of the product is tied to the place yet. Add at least one link: a quality, "
        "what of the place gives it, and the evidence."
    )


@dataclass(eq=False)
class FactorMissing(RuleViolation):
    """A quality without a reason in the place."""

    code: ClassVar[str] = "gi-factor-missing"
    sentence: ClassVar[str] = gettext_noop(
        "Nothing is said about what of the place gives “%(characteristic)s”. Name the factor, "
        "such as soil, climate or a craft."
    )

    characteristic: str


@dataclass(eq=False)
class EvidenceMissing(RuleViolation):
    """A quality that nothing shows."""

    code: ClassVar[str] = "gi-evidence-missing"
    sentence: ClassVar[str] = gettext_noop(
        "Nothing shows that “%(characteristic)s” comes from the place. Name a document, a test "
        "or a historical record."
    )

    characteristic: str


@dataclass(eq=False)
class GiIncomplete(SeveralRefusals):
    """An application with gaps is not submitted; every gap is told."""

    code: ClassVar[str] = "gi-incomplete"


@dataclass(eq=False)
class ReasonMissing(RuleViolation):
    """A decision nobody explains."""

    code: ClassVar[str] = "gi-reason-missing"
    field: ClassVar[str | None] = "note"
    sentence: ClassVar[str] = gettext_noop(
        "The decision on %(number)s has no reason. Write why, in words the other side understands."
    )

    number: str


@dataclass(eq=False)
class OppositionTooShort(RuleViolation):
    """A deadline that leaves no day."""

    code: ClassVar[str] = "opposition-too-short"
    field: ClassVar[str | None] = "until"
    sentence: ClassVar[str] = gettext_noop(
        "The last day to oppose would be %(until)s, but it must lie after today, %(today)s. "
        "Give a later day."
    )

    until: date
    today: date


@dataclass(eq=False)
class OppositionClosed(RuleViolation):
    """Somebody opposes too late."""

    code: ClassVar[str] = "opposition-closed"
    sentence: ClassVar[str] = gettext_noop(
        "Oppositions to %(number)s were taken until %(until)s. Write to the office that "
        "published the application."
    )

    number: str
    until: date


@dataclass(eq=False)
class OppositionRuns(RuleViolation):
    """A registration while others may still oppose."""

    code: ClassVar[str] = "opposition-runs"
    sentence: ClassVar[str] = gettext_noop(
        "%(number)s may be opposed until %(until)s. Register it after that day."
    )

    number: str
    until: date


@dataclass(eq=False)
class OppositionsUndecided(RuleViolation):
    """A registration before every opposition has its outcome."""

    code: ClassVar[str] = "oppositions-undecided"
    sentence: ClassVar[str] = gettext_noop(
        "%(number)s has %(count)s opposition(s) without an outcome. Decide them first."
    )

    number: str
    count: int


@dataclass(eq=False)
class OppositionDecided(RuleViolation):
    """An opposition is decided once."""

    code: ClassVar[str] = "opposition-decided"
    sentence: ClassVar[str] = gettext_noop(
        "The opposition of %(who)s is decided already; nothing more can be said on it."
    )

    who: str


def gaps(parts: Mapping[str, str], links: Iterable[Link]) -> list[RuleViolation]:
    """Return what an application lacks, in the order of its page.

    >>> [each.code for each in gaps({"Method": " "}, [])]
    ['gi-part-missing', 'gi-link-missing']
    """
    found: list[RuleViolation] = [
        PartMissing(part) for part, text in parts.items() if not text.strip()
    ]
    rows = list(links)
    if not rows:
        found.append(LinkMissing())
    for row in rows:
        if not row.factor.strip():
            found.append(FactorMissing(row.characteristic))
        if not row.evidence.strip():
            found.append(EvidenceMissing(row.characteristic))
    return found


def follows(stage: str, target: str) -> bool:
    """Return whether an application may go from a stage to another.

    >>> follows("submitted", "formal-check"), follows("draft", "published")
    (True, False)
    """
    return stage in FROM[target]


def may_oppose(*, stage: str, until: date | None, on: date) -> bool:
    """Return whether oppositions are taken on a day; the last day counts.

    >>> may_oppose(stage="published", until=date(2026, 12, 1), on=date(2026, 12, 1))
    True
    """
    return stage == PUBLISHED and until is not None and on <= until
