"""What rolls and returns refuse, each with what to do."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from originmark.frame.web.refusals import RuleViolation, gettext_noop


@dataclass(eq=False)
class UnknownRoll(RuleViolation):
    """No such roll that the asker may read."""

    code: ClassVar[str] = "unknown-roll"
    status: ClassVar[int] = 404
    sentence: ClassVar[str] = gettext_noop(
        "There is no roll %(roll)s. Look for it in the list of rolls."
    )

    roll: str


@dataclass(eq=False)
class AllCut(RuleViolation):
    """The whole run is on rolls already."""

    code: ClassVar[str] = "all-cut"
    status: ClassVar[int] = 409
    sentence: ClassVar[str] = gettext_noop(
        "Run %(run)s is cut into %(rolls)s rolls already, and no label is left to cut. "
        "Look at its rolls below."
    )

    run: str
    rolls: int


@dataclass(eq=False)
class NotARollSize(RuleViolation):
    """A roll size that makes no sense, or too many rolls."""

    code: ClassVar[str] = "not-a-roll-size"
    field: ClassVar[str | None] = "size"
    sentence: ClassVar[str] = gettext_noop(
        "Rolls of %(size)s labels would make %(rolls)s rolls of %(uncut)s labels; a run has at "
        "most %(most)s. Choose a size between %(smallest)s and %(uncut)s."
    )

    size: int
    rolls: int
    uncut: int
    most: int
    smallest: int


@dataclass(eq=False)
class NobodySigned(RuleViolation):
    """A hand-over without a holder or a signature."""

    code: ClassVar[str] = "nobody-signed"
    field: ClassVar[str | None] = "signed_by"
    sentence: ClassVar[str] = gettext_noop(
        "Say who holds roll %(roll)s now and who signed for it: both names are needed."
    )

    roll: str


@dataclass(eq=False)
class HandedOverTomorrow(RuleViolation):
    """A hand-over that has not happened."""

    code: ClassVar[str] = "handed-over-tomorrow"
    field: ClassVar[str | None] = "on"
    sentence: ClassVar[str] = gettext_noop(
        "Roll %(roll)s cannot have changed hands on %(on)s, which is after today (%(today)s). "
        "Give the day on which it was signed for."
    )

    roll: str
    on: date
    today: date


@dataclass(eq=False)
class ProofMissing(RuleViolation):
    """Labels that are said to be destroyed, and nothing that shows it."""

    code: ClassVar[str] = "proof-missing"
    field: ClassVar[str | None] = "reason"
    sentence: ClassVar[str] = gettext_noop(
        "Say what proves that the labels were destroyed: the number and day of the record, and "
        "who saw it. Their place in balance and quota returns on that."
    )


@dataclass(eq=False)
class NotExplained(RuleViolation):
    """A difference that is closed without a word."""

    code: ClassVar[str] = "not-explained"
    field: ClassVar[str | None] = "explanation"
    sentence: ClassVar[str] = gettext_noop(
        "Say what became of the labels before you close the difference on roll %(roll)s."
    )

    roll: str


@dataclass(eq=False)
class NoOpenCase(RuleViolation):
    """Nothing to close."""

    code: ClassVar[str] = "no-open-case"
    status: ClassVar[int] = 409
    sentence: ClassVar[str] = gettext_noop(
        "Roll %(roll)s has no open difference: it was closed, or its last count agrees."
    )

    roll: str
