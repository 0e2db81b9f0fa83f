"""What agreements and exits refuse, each with what to do."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from originmark.frame.web.refusals import RuleViolation, gettext_noop


@dataclass(eq=False)
class AgreementWithoutText(RuleViolation):
    """An agreement that says nothing, or nothing new."""

    code: ClassVar[str] = "agreement-without-text"
    field: ClassVar[str | None] = "text"
    sentence: ClassVar[str] = gettext_noop(
        "Write what a user of %(brand)s agrees to; it must differ from the version before."
    )

    brand: str


@dataclass(eq=False)
class NoAgreement(RuleViolation):
    """Nothing to accept."""

    code: ClassVar[str] = "no-agreement"
    sentence: ClassVar[str] = gettext_noop(
        "%(brand)s has no agreement to accept. The programme office writes it on the page of "
        "the licence."
    )

    brand: str


@dataclass(eq=False)
class AgreementChanged(RuleViolation):
    """Another version was written meanwhile."""

    code: ClassVar[str] = "agreement-changed"
    status: ClassVar[int] = 409
    sentence: ClassVar[str] = gettext_noop(
        "Version %(newest)s of the agreement was written meanwhile, so version %(read)s cannot "
        "be accepted. Read the new one first."
    )

    read: int
    newest: int


@dataclass(eq=False)
class ExitOutsideTerm(RuleViolation):
    """A last day of use that cannot be."""

    code: ClassVar[str] = "exit-outside-term"
    field: ClassVar[str | None] = "last_use_on"
    sentence: ClassVar[str] = gettext_noop(
        "The last day of use must lie between %(earliest)s and %(latest)s, the last day of the "
        "licence, not on %(asked)s."
    )

    earliest: date
    latest: date
    asked: date


@dataclass(eq=False)
class NoExit(RuleViolation):
    """Nothing to settle."""

    code: ClassVar[str] = "no-exit"
    status: ClassVar[int] = 409
    sentence: ClassVar[str] = gettext_noop(
        "No exit from licence %(number)s is open. Announce it first; a settled one stays as it is."
    )

    number: str


@dataclass(eq=False)
class NotALabelCount(RuleViolation):
    """A number of labels that cannot be."""

    code: ClassVar[str] = "exit-label-count"
    sentence: ClassVar[str] = gettext_noop(
        "%(found)s is no number of labels. Give a whole number, 0 for none."
    )

    found: int
