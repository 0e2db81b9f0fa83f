"""What the rules of scoring and deciding refuse, in words (steps and papers: ``step_refusals``)."""

from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

from originmark.frame.web.refusals import RuleViolation, gettext_noop


@dataclass(eq=False)
class UnknownCriterion(RuleViolation):
    """The sheet has no such line."""

    code: ClassVar[str] = "unknown-criterion"
    field: ClassVar[str | None] = "criterion"
    sentence: ClassVar[str] = gettext_noop(
        "The sheet for %(product_set)s has no criterion %(criterion)s. "
        "Take a number that stands on the sheet."
    )

    criterion: str
    product_set: str


@dataclass(eq=False)
class ScoreAboveMaximum(RuleViolation):
    """More points than the criterion gives."""

    code: ClassVar[str] = "score-above-maximum"
    field: ClassVar[str | None] = "points"
    sentence: ClassVar[str] = gettext_noop(
        "Criterion %(criterion)s gives at most %(max_points)s points, so %(points)s cannot be "
        "given. Choose one of its answers."
    )

    criterion: str
    max_points: int
    points: int


@dataclass(eq=False)
class ScoreNotOffered(RuleViolation):
    """A number of points that no answer of the criterion gives."""

    code: ClassVar[str] = "score-not-offered"
    field: ClassVar[str | None] = "points"
    sentence: ClassVar[str] = gettext_noop(
        "Criterion %(criterion)s has no answer for %(points)s points. It gives %(offered)s."
    )

    criterion: str
    points: int
    offered: tuple[int, ...]


@dataclass(eq=False)
class AnswerNotOffered(RuleViolation):
    """An answer that the criterion does not have."""

    code: ClassVar[str] = "answer-not-offered"
    field: ClassVar[str | None] = "option"
    sentence: ClassVar[str] = gettext_noop(
        "Criterion %(criterion)s has %(answers)s answers, so there is no answer %(option)s. "
        "Choose one that stands on the sheet."
    )

    criterion: str
    option: int
    answers: int


@dataclass(eq=False)
class SheetIncomplete(RuleViolation):
    """Criteria that are asked have no answer."""

    code: ClassVar[str] = "sheet-incomplete"
    status: ClassVar[int] = 409
    sentence: ClassVar[str] = gettext_noop(
        "The sheet has no answer to %(missing)s yet. Answer every criterion, then send it in."
    )

    missing: tuple[str, ...]


@dataclass(eq=False)
class NoKnockOutHere(RuleViolation):
    """The criterion excludes nobody."""

    code: ClassVar[str] = "no-knock-out-here"
    field: ClassVar[str | None] = "criterion"
    sentence: ClassVar[str] = gettext_noop(
        "Criterion %(criterion)s does not exclude a product whatever is found there. "
        "Give it few points instead."
    )

    criterion: str


@dataclass(eq=False)
class ConflictOfInterest(RuleViolation):
    """A member would judge somebody to whom they are tied."""

    code: ClassVar[str] = "conflict-of-interest"
    status: ClassVar[int] = 403
    sentence: ClassVar[str] = gettext_noop(
        "%(member)s may not score a dossier of %(applicant)s: %(tie)s. "
        "The other members decide about it."
    )

    member: str
    applicant: str
    tie: str


@dataclass(eq=False)
class QuorumUnknown(RuleViolation):
    """Nobody said how many members must be there."""

    code: ClassVar[str] = "quorum-unknown"
    status: ClassVar[int] = 409
    sentence: ClassVar[str] = gettext_noop(
        "Neither the rulebook nor the office says which share of the council must be present. "
        "Enter the quorum in the rules of round %(round)s first."
    )

    round: str


@dataclass(eq=False)
class NoQuorum(RuleViolation):
    """Too few members who may decide are present."""

    code: ClassVar[str] = "no-quorum"
    status: ClassVar[int] = 409
    sentence: ClassVar[str] = gettext_noop(
        "%(present)s of %(appointed)s members are present and may decide; %(needed)s are needed. "
        "Wait for more members, or meet on another day."
    )

    present: int
    appointed: int
    needed: int


@dataclass(eq=False)
class CouncilTooSmall(RuleViolation):
    """The rulebook wants more members."""

    code: ClassVar[str] = "council-too-small"
    status: ClassVar[int] = 409
    sentence: ClassVar[str] = gettext_noop(
        "The council has %(appointed)s members; at least %(needed)s are asked for. "
        "Appoint the missing ones first."
    )

    appointed: int
    needed: int


@dataclass(eq=False)
class SheetsMissing(RuleViolation):
    """Members who are present have not handed in their sheets."""

    code: ClassVar[str] = "sheets-missing"
    status: ClassVar[int] = 409
    sentence: ClassVar[str] = gettext_noop(
        "No sheet of %(members)s for dossier %(dossier)s is in yet. "
        "Wait for it, or note that the member has left."
    )

    dossier: str
    members: tuple[str, ...]


@dataclass(eq=False)
class RoundingUnknown(RuleViolation):
    """Nobody said how an average becomes points."""

    code: ClassVar[str] = "rounding-unknown"
    status: ClassVar[int] = 409
    sentence: ClassVar[str] = gettext_noop(
        "The office has not said how averages are rounded, and the text in force does not say it. "
        "Choose it in the rules of round %(round)s first."
    )

    round: str


@dataclass(eq=False)
class KnockOutOpen(RuleViolation):
    """A member marked a knock-out and the council has not voted."""

    code: ClassVar[str] = "knock-out-open"
    status: ClassVar[int] = 409
    sentence: ClassVar[str] = gettext_noop(
        "A member marked a knock-out at criterion %(criteria)s of dossier %(dossier)s. "
        "Let the council vote on it and record the vote, then decide."
    )

    dossier: str
    criteria: tuple[str, ...]


@dataclass(eq=False)
class VotesDoNotAddUp(RuleViolation):
    """The votes are not those of the members who may vote."""

    code: ClassVar[str] = "votes-do-not-add-up"
    field: ClassVar[str | None] = "votes_for"
    sentence: ClassVar[str] = gettext_noop(
        "%(votes)s votes were counted, but %(voters)s members are present and may vote. "
        "Count for, against and abstained again."
    )

    votes: int
    voters: int


@dataclass(eq=False)
class OutcomeAgainstVotes(RuleViolation):
    """The result is that of the smaller side."""

    code: ClassVar[str] = "outcome-against-votes"
    field: ClassVar[str | None] = "is_upheld"
    sentence: ClassVar[str] = gettext_noop(
        "With %(votes_for)s votes for the knock-out and %(votes_against)s against it the other "
        "side won. Correct the votes or the result."
    )

    votes_for: int
    votes_against: int


@dataclass(eq=False)
class AlreadyDecided(RuleViolation):
    """There is a decision, and so a certificate, already."""

    code: ClassVar[str] = "already-decided"
    status: ClassVar[int] = 409
    sentence: ClassVar[str] = gettext_noop(
        "Dossier %(dossier)s was decided with %(points)s points already. "
        "A dossier has one decision and one certificate; open that decision."
    )

    dossier: str
    points: Decimal
