"""What the scan watch refuses, each with what to do."""

from dataclasses import dataclass
from typing import ClassVar

from originmark.frame.web.refusals import RuleViolation, gettext_noop


@dataclass(eq=False)
class UnknownCase(RuleViolation):
    """No such case that the asker may read."""

    code: ClassVar[str] = "unknown-scan-case"
    status: ClassVar[int] = 404
    sentence: ClassVar[str] = gettext_noop(
        "There is no case %(case)s. Look for it in the list of cases."
    )

    case: int


@dataclass(eq=False)
class UnknownReport(RuleViolation):
    """No report has this reference."""

    code: ClassVar[str] = "unknown-report"
    status: ClassVar[int] = 404
    sentence: ClassVar[str] = gettext_noop(
        "No report has the reference %(reference)s. Open the address that you got when you sent it."
    )

    reference: str


@dataclass(eq=False)
class CaseIsClosed(RuleViolation):
    """The case is decided."""

    code: ClassVar[str] = "scan-case-closed"
    status: ClassVar[int] = 409
    sentence: ClassVar[str] = gettext_noop(
        "Case %(case)s is closed already. What is found later about this label opens a new case."
    )

    case: int


@dataclass(eq=False)
class CaseNotReopened(RuleViolation):
    """The case is open, or another one about the same code is."""

    code: ClassVar[str] = "scan-case-not-reopened"
    status: ClassVar[int] = 409
    sentence: ClassVar[str] = gettext_noop(
        "Case %(case)s cannot be opened again: it is open, or a newer case about the same code "
        "is. Go on in the open one."
    )

    case: int


@dataclass(eq=False)
class CaseReasonMissing(RuleViolation):
    """A decision, or a note, without words."""

    code: ClassVar[str] = "scan-case-reason-missing"
    field: ClassVar[str | None] = "text"
    sentence: ClassVar[str] = gettext_noop(
        "Nothing was written about case %(case)s. Write what was found, in a sentence."
    )

    case: int


@dataclass(eq=False)
class NothingToWithdraw(RuleViolation):
    """The case is about no label of ours, or the label is withdrawn."""

    code: ClassVar[str] = "nothing-to-withdraw"
    status: ClassVar[int] = 409
    sentence: ClassVar[str] = gettext_noop(
        "Case %(case)s has no label to withdraw: nobody issued the code, the label is withdrawn "
        "already, or the case was dismissed."
    )

    case: int


@dataclass(eq=False)
class NoCaseChosen(RuleViolation):
    """A decision about no case."""

    code: ClassVar[str] = "no-scan-case-chosen"
    field: ClassVar[str | None] = "cases"
    sentence: ClassVar[str] = gettext_noop("No case is chosen. Tick at least one.")


@dataclass(eq=False)
class UnknownLabelNumber(RuleViolation):
    """The run has no label of this number."""

    code: ClassVar[str] = "unknown-label-number"
    status: ClassVar[int] = 404
    sentence: ClassVar[str] = gettext_noop(
        "Run %(run)s has no label %(number)s: its labels are numbered from 1 to %(count)s."
    )

    run: str
    number: int
    count: int
