"""What an application for a geographical indication may not do, in plain words."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from originmark.frame.web.refusals import RuleViolation, SeveralRefusals, gettext_noop


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
class NoGiProcedure(RuleViolation):
    """Nobody has said yet how such a name is registered."""

    code: ClassVar[str] = "no-gi-procedure"
    field: ClassVar[str | None] = "kind"
    sentence: ClassVar[str] = gettext_noop(
        "No procedure for the kind of right “%(kind)s” in %(country)s is in force. The office "
        "loads one under Rulebooks; a frame for any country comes with the program."
    )

    kind: str
    country: str


@dataclass(eq=False)
class OtherProcedure(RuleViolation):
    """A change that would need another procedure than the one it began under."""

    code: ClassVar[str] = "other-gi-procedure"
    field: ClassVar[str | None] = "kind"
    sentence: ClassVar[str] = gettext_noop(
        "The procedure %(procedure)s is not for the kind of right “%(kind)s” in %(country)s. "
        "Withdraw this application and begin another."
    )

    procedure: str
    kind: str
    country: str


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
class PropertyUnproven(RuleViolation):
    """A property without any evidence of its own."""

    code: ClassVar[str] = "gi-property-unproven"
    sentence: ClassVar[str] = gettext_noop(
        "Nothing shows “%(property)s” yet. Add a paper, a figure with its method and laboratory, "
        "or a source."
    )

    property: str


@dataclass(eq=False)
class UnknownProperty(RuleViolation):
    """A property that the procedure does not ask for."""

    code: ClassVar[str] = "unknown-gi-property"
    field: ClassVar[str | None] = "property"
    sentence: ClassVar[str] = gettext_noop(
        "The procedure asks for no “%(property)s”. It asks for %(known)s."
    )

    property: str
    known: tuple[str, ...]


@dataclass(eq=False)
class EvidenceHalf(RuleViolation):
    """Evidence that leaves out what makes it one."""

    code: ClassVar[str] = "gi-evidence-half"
    sentence: ClassVar[str] = gettext_noop(
        "Evidence of the kind “%(kind)s” needs %(needs)s. Fill that in."
    )

    kind: str
    needs: tuple[str, ...]


@dataclass(eq=False)
class Unjudged(RuleViolation):
    """A property that no examiner has judged."""

    code: ClassVar[str] = "gi-unjudged"
    sentence: ClassVar[str] = gettext_noop(
        "“%(property)s” is not judged yet. Judge it, with reasons, before the application goes on."
    )

    property: str


@dataclass(eq=False)
class NotShown(RuleViolation):
    """A property that an examiner found wanting."""

    code: ClassVar[str] = "gi-not-shown"
    sentence: ClassVar[str] = gettext_noop(
        "“%(property)s” was judged as not shown. Send the application back, or refuse it."
    )

    property: str


@dataclass(eq=False)
class NotReady(SeveralRefusals):
    """An application that is not published yet; every reason is told."""

    code: ClassVar[str] = "gi-not-ready"


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
        "This step of %(number)s has no reason. Write why, in words the other side understands."
    )

    number: str


@dataclass(eq=False)
class OppositionTermMissing(RuleViolation):
    """Nobody says until when a name may be opposed."""

    code: ClassVar[str] = "opposition-term-missing"
    field: ClassVar[str | None] = "until"
    sentence: ClassVar[str] = gettext_noop(
        "The procedure gives no time to oppose, so the office gives the last day. Fill in the day, "
        "or load a version of the procedure that says how long."
    )


@dataclass(eq=False)
class OppositionTermFixed(RuleViolation):
    """Another last day than the procedure gives."""

    code: ClassVar[str] = "opposition-term-fixed"
    field: ClassVar[str | None] = "until"
    sentence: ClassVar[str] = gettext_noop(
        "The procedure gives the last day to oppose: %(expected)s, counted from today. It cannot "
        "be %(found)s. Leave the day out."
    )

    expected: date
    found: date


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
    """A decision while others may still oppose."""

    code: ClassVar[str] = "opposition-runs"
    sentence: ClassVar[str] = gettext_noop(
        "%(number)s may be opposed until %(until)s. Decide after that day."
    )

    number: str
    until: date


@dataclass(eq=False)
class OppositionsUndecided(RuleViolation):
    """A decision before every opposition has its outcome."""

    code: ClassVar[str] = "oppositions-undecided"
    sentence: ClassVar[str] = gettext_noop(
        "%(number)s has %(count)s opposition(s) without an outcome. Decide them first."
    )

    number: str
    count: int


@dataclass(eq=False)
class OppositionUpheld(RuleViolation):
    """A grant although an opposition was right."""

    code: ClassVar[str] = "opposition-upheld"
    sentence: ClassVar[str] = gettext_noop(
        "The opposition of %(who)s was upheld, so %(number)s cannot be granted. Refuse it."
    )

    number: str
    who: str


@dataclass(eq=False)
class UnknownGround(RuleViolation):
    """A ground that the procedure does not know."""

    code: ClassVar[str] = "unknown-gi-ground"
    field: ClassVar[str | None] = "ground"
    sentence: ClassVar[str] = gettext_noop(
        "The procedure knows no ground “%(found)s”. Choose one of: %(known)s."
    )

    found: str
    known: tuple[str, ...]


@dataclass(eq=False)
class HearingAhead(RuleViolation):
    """Notes of a hearing that has not been held."""

    code: ClassVar[str] = "hearing-ahead"
    field: ClassVar[str | None] = "held_on"
    sentence: ClassVar[str] = gettext_noop(
        "The hearing is on %(held_on)s, after today, %(today)s. Record it when it was held."
    )

    held_on: date
    today: date


@dataclass(eq=False)
class OppositionDecided(RuleViolation):
    """An opposition is decided once."""

    code: ClassVar[str] = "opposition-decided"
    sentence: ClassVar[str] = gettext_noop(
        "The opposition of %(who)s is decided already; nothing more can be said on it."
    )

    who: str
