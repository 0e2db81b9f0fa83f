"""What packing refuses, each with what to do."""

from dataclasses import dataclass
from typing import ClassVar

from originmark.frame.web.refusals import RuleViolation, gettext_noop


@dataclass(eq=False)
class UnknownBox(RuleViolation):
    """No such box that the asker may read."""

    code: ClassVar[str] = "unknown-box"
    status: ClassVar[int] = 404
    sentence: ClassVar[str] = gettext_noop(
        "There is no box or pallet %(box)s. Scan its label again, or look in the list of boxes."
    )

    box: str


@dataclass(eq=False)
class PackingRefused(RuleViolation):
    """What was scanned does not go in: the subclasses say why."""

    status: ClassVar[int] = 409
    field: ClassVar[str | None] = "scanned"


@dataclass(eq=False)
class NotALabel(PackingRefused):
    """A code that nobody issued, or another user's."""

    code: ClassVar[str] = "not-a-label"
    sentence: ClassVar[str] = gettext_noop(
        "%(scanned)s is no label of %(organisation)s. Scan the code on the pack again; if it is "
        "refused once more, keep the pack apart and tell the programme office."
    )

    scanned: str
    organisation: str


@dataclass(eq=False)
class NotActivated(PackingRefused):
    """A label that nobody activated, of a brand that activates beforehand."""

    code: ClassVar[str] = "unit-not-activated"
    sentence: ClassVar[str] = gettext_noop(
        "Label %(unit)s is not activated. Activate the run first, or let the programme office "
        "choose that labels of this mark become active when a box is closed."
    )

    unit: str


@dataclass(eq=False)
class NotPackable(PackingRefused):
    """A label that may be on no pack."""

    code: ClassVar[str] = "unit-not-packable"
    sentence: ClassVar[str] = gettext_noop(
        "Label %(unit)s is %(state)s: no pack may carry it. Take the pack out and keep it apart."
    )

    unit: str
    state: str


@dataclass(eq=False)
class InAnotherBox(PackingRefused):
    """A unit is in one box at a time, a box on one pallet."""

    code: ClassVar[str] = "in-another-box"
    sentence: ClassVar[str] = gettext_noop(
        "%(unit)s is in %(box)s already. Take it out there first, or scan another one."
    )

    unit: str
    box: str


@dataclass(eq=False)
class NotABoxToStack(PackingRefused):
    """Only closed boxes of the packer stand on a pallet."""

    code: ClassVar[str] = "not-a-box-to-stack"
    sentence: ClassVar[str] = gettext_noop(
        "%(scanned)s is no closed box of %(organisation)s. Close the box, then scan its label."
    )

    scanned: str
    organisation: str


@dataclass(eq=False)
class NotInside(PackingRefused):
    """It is not in this box."""

    code: ClassVar[str] = "not-inside"
    sentence: ClassVar[str] = gettext_noop(
        "%(scanned)s is not in %(box)s. Scan what you hold in your hand once more."
    )

    scanned: str
    box: str


@dataclass(eq=False)
class WrongBoxState(RuleViolation):
    """The box is open, closed or unpacked, and should not be."""

    code: ClassVar[str] = "box-state"
    status: ClassVar[int] = 409
    sentence: ClassVar[str] = gettext_noop(
        "%(box)s is %(state)s, so this cannot be done. Open a new box, or unpack this one."
    )

    box: str
    state: str


@dataclass(eq=False)
class BoxIsEmpty(RuleViolation):
    """Nothing to close."""

    code: ClassVar[str] = "box-is-empty"
    status: ClassVar[int] = 409
    sentence: ClassVar[str] = gettext_noop("%(box)s is empty. Scan something into it first.")

    box: str


@dataclass(eq=False)
class BoxOnPallet(RuleViolation):
    """A box on a pallet is not opened there."""

    code: ClassVar[str] = "box-on-pallet"
    status: ClassVar[int] = 409
    sentence: ClassVar[str] = gettext_noop(
        "%(box)s stands on pallet %(pallet)s. Take it off the pallet first."
    )

    box: str
    pallet: str


@dataclass(eq=False)
class NoNumberLeft(RuleViolation):
    """The company prefix is used up."""

    code: ClassVar[str] = "no-sscc-left"
    status: ClassVar[int] = 409
    sentence: ClassVar[str] = gettext_noop(
        "GS1 company prefix %(prefix)s has no SSCC left. Ask GS1 for another prefix and record it "
        "with the organisation."
    )

    prefix: str
