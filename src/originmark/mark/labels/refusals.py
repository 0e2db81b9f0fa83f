"""What law 3 and the life of a label refuse, each with what to do."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from originmark.frame.web.refusals import RuleViolation, SeveralRefusals, gettext_noop


@dataclass(eq=False)
class IssueRefused(SeveralRefusals):
    """Labels are refused; every reason is told, not only the first."""

    code: ClassVar[str] = "labels-refused"


@dataclass(eq=False)
class OrganisationInactive(RuleViolation):
    """The user of the mark has left the programme."""

    code: ClassVar[str] = "organisation-inactive"
    sentence: ClassVar[str] = gettext_noop(
        "%(organisation)s is no longer active in the programme, so it cannot have labels. "
        "Ask the programme office to make it active again."
    )

    organisation: str


@dataclass(eq=False)
class NoRightInForce(RuleViolation):
    """Nothing protects the mark on that day."""

    code: ClassVar[str] = "no-right-in-force"
    sentence: ClassVar[str] = gettext_noop(
        "No right of %(brand)s is in force on %(on)s. "
        "The owner of the mark records the registration, or its renewal, under Rights."
    )

    brand: str
    on: date


@dataclass(eq=False)
class ProductNotOfBrand(RuleViolation):
    """The mark is for other products."""

    code: ClassVar[str] = "product-not-of-brand"
    sentence: ClassVar[str] = gettext_noop(
        "%(brand)s does not cover %(product)s. Choose a lot of a product that may carry the mark, "
        "or ask its owner to add the product."
    )

    brand: str
    product: str


@dataclass(eq=False)
class BrandInactive(RuleViolation):
    """The mark is no longer given."""

    code: ClassVar[str] = "brand-inactive"
    sentence: ClassVar[str] = gettext_noop(
        "The mark %(brand)s is closed: no labels are issued for it. Choose another mark."
    )

    brand: str


@dataclass(eq=False)
class AreasOutsideBoundary(RuleViolation):
    """Some of the land lies outside the mark's boundary."""

    code: ClassVar[str] = "areas-outside-boundary"
    sentence: ClassVar[str] = gettext_noop(
        "These growing areas are not inside %(boundary)s: %(areas)s. "
        "Correct their outline if it is wrong; otherwise this lot cannot carry the mark."
    )

    boundary: str
    areas: tuple[str, ...]


@dataclass(eq=False)
class OriginUnknown(RuleViolation):
    """No growing area stands behind the lot."""

    code: ClassVar[str] = "origin-unknown"
    sentence: ClassVar[str] = gettext_noop(
        "No growing area is recorded behind lot %(lot)s. "
        "Record the harvest that it came from; goods bought in from outside cannot carry the mark."
    )

    lot: str


@dataclass(eq=False)
class OriginIncomplete(RuleViolation):
    """Some of the lot cannot be traced to registered land under a cap."""

    code: ClassVar[str] = "origin-incomplete"
    sentence: ClassVar[str] = gettext_noop(
        "Not all of lot %(lot)s comes from registered land with a yield cap for the season. "
        "Look at its origin: record what is missing, or pack the part whose origin is known."
    )

    lot: str


@dataclass(eq=False)
class LotNotPacked(RuleViolation):
    """Labels go on packs, and the lot has none."""

    code: ClassVar[str] = "lot-not-packed"
    sentence: ClassVar[str] = gettext_noop(
        "Lot %(lot)s is not packed. Record the packing first: labels are counted against packs."
    )

    lot: str


@dataclass(eq=False)
class PacksOfAnotherLot(RuleViolation):
    """The packs were packed as another lot, which has their labels."""

    code: ClassVar[str] = "packs-of-another-lot"
    sentence: ClassVar[str] = gettext_noop(
        "The packs of lot %(lot)s came out of lot %(sources)s, which is already in packs: a pack "
        "carries the label of the lot that it was packed as. Issue the labels for that lot."
    )

    lot: str
    sources: tuple[str, ...]


@dataclass(eq=False)
class LotClosed(RuleViolation):
    """The lot is closed."""

    code: ClassVar[str] = "lot-closed"
    sentence: ClassVar[str] = gettext_noop(
        "Lot %(lot)s is closed: nothing of it is left to label. Choose another lot."
    )

    lot: str


@dataclass(eq=False)
class LotWithdrawn(RuleViolation):
    """The lot was recorded by mistake and withdrawn."""

    code: ClassVar[str] = "lot-withdrawn"
    sentence: ClassVar[str] = gettext_noop(
        "Lot %(lot)s was withdrawn, so there is nothing to label. Choose another lot."
    )

    lot: str


@dataclass(eq=False)
class LotInTransit(RuleViolation):
    """The lot is on the road."""

    code: ClassVar[str] = "lot-in-transit"
    sentence: ClassVar[str] = gettext_noop(
        "Lot %(lot)s is in transit. Issue its labels when the receiver has recorded its arrival."
    )

    lot: str


@dataclass(eq=False)
class LotPastBestBefore(RuleViolation):
    """The lot is too old."""

    code: ClassVar[str] = "lot-past-best-before"
    sentence: ClassVar[str] = gettext_noop(
        "Lot %(lot)s was best before %(best_before)s. It cannot have labels any more; dispose "
        "of it, or correct the date if it was recorded wrongly."
    )

    lot: str
    best_before: date


@dataclass(eq=False)
class LabelsExceedPacks(RuleViolation):
    """More labels than packs."""

    code: ClassVar[str] = "labels-exceed-packs"
    field: ClassVar[str | None] = "count"
    sentence: ClassVar[str] = gettext_noop(
        "Lot %(lot)s has %(packs)s packs and %(in_force)s labels in force, so %(left)s are left "
        "and %(asked)s cannot be issued. Ask for %(left)s or fewer, "
        "or record spoiled labels first."
    )

    lot: str
    packs: int
    in_force: int
    left: int
    asked: int


@dataclass(eq=False)
class NotALabelCount(RuleViolation):
    """The number of labels makes no sense."""

    code: ClassVar[str] = "not-a-label-count"
    field: ClassVar[str | None] = "count"
    sentence: ClassVar[str] = gettext_noop(
        "A run has 1 to %(most)s labels, not %(asked)s. Change the number, or issue several runs."
    )

    asked: int
    most: int


@dataclass(eq=False)
class UnknownLabelRun(RuleViolation):
    """No such run."""

    code: ClassVar[str] = "unknown-label-run"
    status: ClassVar[int] = 404
    sentence: ClassVar[str] = gettext_noop(
        "There is no label run %(run)s. Look for it in the list of label runs."
    )

    run: str


@dataclass(eq=False)
class UnknownSerial(RuleViolation):
    """No label that the asker may read has this serial."""

    code: ClassVar[str] = "unknown-serial"
    status: ClassVar[int] = 404
    sentence: ClassVar[str] = gettext_noop(
        "%(serial)s is not the serial of a label that was issued. "
        "Compare it with the label: 20 letters and digits, never U."
    )

    serial: str


@dataclass(eq=False)
class NotInRun(RuleViolation):
    """A range that the run does not have."""

    code: ClassVar[str] = "not-in-run"
    field: ClassVar[str | None] = "first"
    sentence: ClassVar[str] = gettext_noop(
        "Run %(run)s has labels 1 to %(count)s; %(first)s to %(last)s is not a range of it. "
        "Give the first and the last label, the smaller number first."
    )

    run: str
    count: int
    first: int
    last: int


@dataclass(eq=False)
class WrongState(RuleViolation):
    """Some labels of the range cannot become what was asked."""

    code: ClassVar[str] = "label-state"
    status: ClassVar[int] = 409
    field: ClassVar[str | None] = "first"
    sentence: ClassVar[str] = gettext_noop(
        "Labels %(labels)s of run %(run)s are %(state)s, so they cannot become %(asked)s. "
        "Give a range without them."
    )

    run: str
    labels: tuple[str, ...]
    state: str
    asked: str


@dataclass(eq=False)
class ReasonMissing(RuleViolation):
    """A withdrawal without a reason."""

    code: ClassVar[str] = "reason-missing"
    field: ClassVar[str | None] = "reason"
    sentence: ClassVar[str] = gettext_noop(
        "Say why the labels are withdrawn: shoppers who scan one will read the reason."
    )


@dataclass(eq=False)
class ForeignSerial(RuleViolation):
    """A serial that does not belong to the run."""

    code: ClassVar[str] = "foreign-serial"
    field: ClassVar[str | None] = "first"
    sentence: ClassVar[str] = gettext_noop(
        "%(typed)s is neither a number from 1 to %(count)s nor a serial of run %(run)s. "
        "Scan the label again, or type the number that is printed beside its serial."
    )

    typed: str
    run: str
    count: int


@dataclass(eq=False)
class NothingToPrint(RuleViolation):
    """Every label of the range is spoiled or withdrawn."""

    code: ClassVar[str] = "nothing-to-print"
    field: ClassVar[str | None] = "first"
    sentence: ClassVar[str] = gettext_noop(
        "Every label of that range of run %(run)s is spoiled or withdrawn, so there is nothing "
        "to print. Choose another range."
    )

    run: str


@dataclass(eq=False)
class MissingLetters(RuleViolation):
    """The fonts lack a letter, and a box on a label helps nobody."""

    code: ClassVar[str] = "missing-letters"
    sentence: ClassVar[str] = gettext_noop(
        "The label fonts have no letter for %(letters)s in “%(text)s”. "
        "Change the name of the product for printing, or have the letters added to the fonts."
    )

    letters: tuple[str, ...]
    text: str
