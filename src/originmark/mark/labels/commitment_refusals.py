"""What commitment certificates refuse, each with what to do."""

from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

from originmark.frame.web.refusals import RuleViolation, gettext_noop


@dataclass(eq=False)
class UnknownCommitment(RuleViolation):
    """No such certificate."""

    code: ClassVar[str] = "unknown-commitment"
    status: ClassVar[int] = 404
    sentence: ClassVar[str] = gettext_noop(
        "There is no commitment certificate %(number)s. Compare the number with the paper."
    )

    number: str


@dataclass(eq=False)
class CommitmentIncomplete(RuleViolation):
    """A certificate must say who, where, how to reach them, and what is promised."""

    code: ClassVar[str] = "commitment-incomplete"
    sentence: ClassVar[str] = gettext_noop(
        "A commitment certificate needs %(missing)s. Fill it in; place and contact come from the "
        "record of the organisation."
    )

    missing: tuple[str, ...]


@dataclass(eq=False)
class MoreThanTheLot(RuleViolation):
    """The certificate would speak for more than there is."""

    code: ClassVar[str] = "more-than-the-lot"
    field: ClassVar[str | None] = "kg"
    sentence: ClassVar[str] = gettext_noop(
        "Lot %(lot)s holds %(held_kg)s kg, so a certificate cannot speak for %(asked_kg)s kg. "
        "Give more than nothing, and what the lot holds at most."
    )

    lot: str
    held_kg: Decimal
    asked_kg: Decimal


@dataclass(eq=False)
class OwnCertificate(RuleViolation):
    """Nobody collects the certificate that they wrote."""

    code: ClassVar[str] = "own-certificate"
    status: ClassVar[int] = 409
    sentence: ClassVar[str] = gettext_noop(
        "%(organisation)s issued certificate %(number)s itself. The buyer collects it and says "
        "whether it agrees with the goods."
    )

    organisation: str
    number: str
