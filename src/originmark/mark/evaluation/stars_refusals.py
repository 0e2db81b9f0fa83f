"""What the rules of a star refuse, in words."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import ClassVar

from originmark.frame.web.refusals import RuleViolation, gettext_noop


@dataclass(eq=False)
class UnknownStar(RuleViolation):
    """No star has this number, or the asker may not know of it."""

    code: ClassVar[str] = "unknown-star"
    status: ClassVar[int] = 404
    sentence: ClassVar[str] = gettext_noop(
        "There is no star %(number)s. Check the number in the register of stars."
    )

    number: str


@dataclass(eq=False)
class StarNumberMalformed(RuleViolation):
    """A number that cannot stand in an address."""

    code: ClassVar[str] = "star-number-malformed"
    field: ClassVar[str | None] = "dossier_number"
    sentence: ClassVar[str] = gettext_noop(
        "The dossier number %(number)s has signs in it that an address cannot carry. Use letters, "
        "digits, hyphens, dots and underscores."
    )

    number: str


@dataclass(eq=False)
class StarsOutOfRange(RuleViolation):
    """Stars or points that the scheme does not know."""

    code: ClassVar[str] = "stars-out-of-range"
    field: ClassVar[str | None] = "stars"
    sentence: ClassVar[str] = gettext_noop(
        "Dossier %(number)s would get %(stars)s stars for %(points)s points. A product is "
        "recognised with %(recognised_from)s to 5 stars, out of at most 100 points: correct the "
        "decision."
    )

    number: str
    stars: int
    points: Decimal
    recognised_from: int


@dataclass(eq=False)
class DecidedInTheFuture(RuleViolation):
    """A decision that nobody has taken yet."""

    code: ClassVar[str] = "decided-in-the-future"
    field: ClassVar[str | None] = "decided_on"
    sentence: ClassVar[str] = gettext_noop(
        "The decision on %(number)s is dated %(decided_on)s, and today is %(today)s. Give the day "
        "of the decision, today or before."
    )

    number: str
    decided_on: date
    today: date


@dataclass(eq=False)
class RecognisedOtherwise(RuleViolation):
    """A dossier that already won a star, under another decision."""

    code: ClassVar[str] = "recognised-otherwise"
    status: ClassVar[int] = 409
    sentence: ClassVar[str] = gettext_noop(
        "Dossier %(number)s was recognised with %(stars)s stars and %(points)s points on "
        "%(decided_on)s, and this decision says otherwise. A decision changes only when an appeal "
        "orders the dossier to be scored again."
    )

    number: str
    stars: int
    points: Decimal
    decided_on: date


@dataclass(eq=False)
class WrongStarState(RuleViolation):
    """The step does not fit the state of the star."""

    code: ClassVar[str] = "wrong-star-state"
    status: ClassVar[int] = 409
    sentence: ClassVar[str] = gettext_noop(
        "Star %(number)s is %(state)s, so it cannot be %(step)s. Open its page to see what "
        "happened to it."
    )

    number: str
    state: str
    step: str


@dataclass(eq=False)
class UnknownRevocationReason(RuleViolation):
    """A reason that the rulebook does not give."""

    code: ClassVar[str] = "unknown-revocation-reason"
    field: ClassVar[str | None] = "reason"
    sentence: ClassVar[str] = gettext_noop(
        "Star %(number)s cannot be revoked for the reason “%(reason)s”. The rulebook knows: "
        "%(known)s. Choose one of them."
    )

    number: str
    reason: str
    known: tuple[str, ...]


@dataclass(eq=False)
class DecisionMissing(RuleViolation):
    """A revocation without the decision behind it."""

    code: ClassVar[str] = "revocation-decision-missing"
    field: ClassVar[str | None] = "decision_number"
    sentence: ClassVar[str] = gettext_noop(
        "A star is revoked by a decision. Give the number of the decision that revokes %(number)s."
    )

    number: str


@dataclass(eq=False)
class EffectiveBeforeDecided(RuleViolation):
    """A revocation that would reach back."""

    code: ClassVar[str] = "revocation-reaches-back"
    field: ClassVar[str | None] = "effective_from"
    sentence: ClassVar[str] = gettext_noop(
        "The revocation of %(number)s would take effect on %(effective_from)s, before the "
        "decision of %(decided_on)s. Give that day or a later one."
    )

    number: str
    effective_from: date
    decided_on: date


@dataclass(eq=False)
class NotLapsed(RuleViolation):
    """Revoked for not coming back, while the term runs or the star is being re-evaluated."""

    code: ClassVar[str] = "star-not-lapsed"
    field: ClassVar[str | None] = "reason"
    sentence: ClassVar[str] = gettext_noop(
        "Star %(number)s is %(state)s and its last day is %(valid_until)s, so it has not lapsed. "
        "Wait until the term is over without a re-evaluation, or give another reason."
    )

    number: str
    state: str
    valid_until: date


@dataclass(eq=False)
class LapsedChanged(RuleViolation):
    """The number that somebody confirmed is not the number that there is."""

    code: ClassVar[str] = "lapsed-stars-changed"
    field: ClassVar[str | None] = "confirmed"
    sentence: ClassVar[str] = gettext_noop(
        "You typed %(typed)s, and %(found)s stars have lapsed. Look through the list again, then "
        "type the number that stands above it."
    )

    typed: int
    found: int


@dataclass(eq=False)
class UnknownReEvaluation(RuleViolation):
    """No re-evaluation has this reference."""

    code: ClassVar[str] = "unknown-re-evaluation"
    status: ClassVar[int] = 404
    sentence: ClassVar[str] = gettext_noop(
        "There is no re-evaluation %(reference)s. Open it from the page of the star."
    )

    reference: str


@dataclass(eq=False)
class ReEvaluationClosed(RuleViolation):
    """The re-evaluation is over."""

    code: ClassVar[str] = "re-evaluation-closed"
    status: ClassVar[int] = 409
    sentence: ClassVar[str] = gettext_noop(
        "Re-evaluation %(reference)s ended on %(closed_on)s and takes no more changes. Open a new "
        "one if the product comes again."
    )

    reference: str
    closed_on: date


@dataclass(eq=False)
class ReportIncomplete(RuleViolation):
    """A section of the report says nothing."""

    code: ClassVar[str] = "re-evaluation-report-incomplete"
    sentence: ClassVar[str] = gettext_noop(
        "The report for %(reference)s says nothing about: %(sections)s. Write what changed since "
        "the recognition, or that nothing did."
    )

    reference: str
    sections: tuple[str, ...]


@dataclass(eq=False)
class NoNoticeDue(RuleViolation):
    """A notice for a star that needs none."""

    code: ClassVar[str] = "no-notice-due"
    status: ClassVar[int] = 409
    sentence: ClassVar[str] = gettext_noop(
        "No notice is due for star %(number)s, whose last day is %(valid_until)s: it no longer "
        "counts, or its rulebook asks for none. Open its page to see how it stands."
    )

    number: str
    valid_until: date
