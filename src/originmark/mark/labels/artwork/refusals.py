"""What artwork refuses, each with what to do."""

from dataclasses import dataclass
from typing import ClassVar

from originmark.frame.web.refusals import RuleViolation, gettext_noop


@dataclass(eq=False)
class UnknownArtwork(RuleViolation):
    """No such artwork, or none that the person may read."""

    code: ClassVar[str] = "unknown-artwork"
    status: ClassVar[int] = 404
    sentence: ClassVar[str] = gettext_noop(
        "There is no artwork %(number)s. Look for it in the list of artwork."
    )

    number: str


@dataclass(eq=False)
class NoProducer(RuleViolation):
    """A product without a producer has no label."""

    code: ClassVar[str] = "artwork-no-producer"
    field: ClassVar[str | None] = "product"
    sentence: ClassVar[str] = gettext_noop(
        "%(product)s has no producer, so nobody answers for a label. Choose a trade item."
    )

    product: str


@dataclass(eq=False)
class ArtworkIncomplete(RuleViolation):
    """A label that breaks a rule is not approved."""

    code: ClassVar[str] = "artwork-incomplete"
    status: ClassVar[int] = 409
    sentence: ClassVar[str] = gettext_noop(
        "Artwork %(number)s has %(findings)s findings that must be mended: %(fields)s. "
        "Record a new version, then approve that."
    )

    number: str
    findings: int
    fields: tuple[str, ...]


@dataclass(eq=False)
class NotADraft(RuleViolation):
    """Only a draft is approved."""

    code: ClassVar[str] = "artwork-not-a-draft"
    status: ClassVar[int] = 409
    sentence: ClassVar[str] = gettext_noop(
        "Artwork %(number)s is no draft any more (%(state)s). Record a new version."
    )

    number: str
    state: str


@dataclass(eq=False)
class PictureMissing(RuleViolation):
    """Nobody can look at a label without its picture."""

    code: ClassVar[str] = "artwork-picture-missing"
    status: ClassVar[int] = 409
    sentence: ClassVar[str] = gettext_noop(
        "Artwork %(number)s has no picture. Upload the proof of the printer first."
    )

    number: str


@dataclass(eq=False)
class VersionTaken(RuleViolation):
    """Others record versions of the same label without a pause."""

    code: ClassVar[str] = "artwork-version-taken"
    status: ClassVar[int] = 409
    sentence: ClassVar[str] = gettext_noop(
        "Others are recording labels of %(product)s at this moment. "
        "Look at their versions in the list of artwork, then record yours again."
    )

    product: str


@dataclass(eq=False)
class NoArtworkPassed(RuleViolation):
    """Labels are asked for, and nobody has approved what they look like."""

    code: ClassVar[str] = "artwork-none-approved"
    sentence: ClassVar[str] = gettext_noop(
        "%(product)s has no label that was checked and approved for print. "
        "Check one under Artwork, and ask the programme office to approve it."
    )

    product: str


@dataclass(eq=False)
class ArtworkOfOlderRules(RuleViolation):
    """The label was approved, and other rules hold by now."""

    code: ClassVar[str] = "artwork-of-older-rules"
    sentence: ClassVar[str] = gettext_noop(
        "The label %(number)s of %(product)s for %(market)s was approved, but not against "
        "%(rulesets)s, which hold today. Record a new version and have it approved."
    )

    product: str
    number: str
    market: str
    rulesets: tuple[str, ...]


@dataclass(eq=False)
class UnknownTemplate(RuleViolation):
    """No such template, or none that the person may read."""

    code: ClassVar[str] = "unknown-label-template"
    status: ClassVar[int] = 404
    sentence: ClassVar[str] = gettext_noop(
        "There is no such template of a label. Draw one under Artwork, Design a label."
    )
