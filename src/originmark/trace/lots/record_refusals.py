"""What a record of a lot may be refused for: its state, its identifiers, its place and its time.

Imports no framework. Each sentence says what was found, what was expected and what to do.
"""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import ClassVar

from originmark.frame.web.refusals import RuleViolation, gettext_noop


@dataclass(eq=False)
class LotNotActive(RuleViolation):
    """The lot's state does not allow this step."""

    code: ClassVar[str] = "lot-not-active"
    field: ClassVar[str | None] = "lot"
    sentence: ClassVar[str] = gettext_noop(
        "Lot %(lot)s is %(state)s, so nothing can be taken from it or done with it (%(step)s). "
        "Choose a lot that is in stock; a lot on its way must be received first."
    )

    lot: str
    state: str
    step: str


@dataclass(eq=False)
class LotNotInTransit(RuleViolation):
    """Only a lot on its way can arrive."""

    code: ClassVar[str] = "lot-not-in-transit"
    field: ClassVar[str | None] = "lot"
    sentence: ClassVar[str] = gettext_noop(
        "Lot %(lot)s is %(state)s, not on its way to anybody, so it cannot be received. "
        "Ask the sender to record the shipment first."
    )

    lot: str
    state: str


@dataclass(eq=False)
class PartShipment(RuleViolation):
    """A shipment takes the whole lot."""

    code: ClassVar[str] = "split-first"
    field: ClassVar[str | None] = "kg"
    sentence: ClassVar[str] = gettext_noop(
        "Lot %(lot)s holds %(remaining_kg)s kg and a shipment takes the whole lot, not "
        "%(asked_kg)s kg of it. Split off %(asked_kg)s kg first, then ship the new lot."
    )

    lot: str
    remaining_kg: Decimal
    asked_kg: Decimal


@dataclass(eq=False)
class LotCodeTaken(RuleViolation):
    """Two lots under one identifier."""

    code: ClassVar[str] = "lot-code-taken"
    status: ClassVar[int] = 409
    field: ClassVar[str | None] = "lot_code"
    sentence: ClassVar[str] = gettext_noop(
        "There is already a lot %(lot)s. Each lot needs a code of its own: "
        "choose another, or leave the code empty to get one."
    )

    lot: str


@dataclass(eq=False)
class BadLotCode(RuleViolation):
    """A code that fits no label."""

    code: ClassVar[str] = "bad-lot-code"
    field: ClassVar[str | None] = "lot_code"
    sentence: ClassVar[str] = gettext_noop(
        "Found the lot code “%(given)s”. Expected 1 to 20 of the letters A–Z and a–z, digits, "
        "hyphen, dot and underscore (GS1 application identifier 10). Choose another."
    )

    given: str


@dataclass(eq=False)
class UnknownLot(RuleViolation):
    """No lot that the actor may use has this code."""

    code: ClassVar[str] = "unknown-lot"
    status: ClassVar[int] = 404
    field: ClassVar[str | None] = "lot"
    sentence: ClassVar[str] = gettext_noop(
        "There is no lot %(lot)s. Check the code on the sack, or look for it in the list of lots."
    )

    lot: str


@dataclass(eq=False)
class UnknownPlace(RuleViolation):
    """No growing area, facility or organisation has this code or identifier."""

    code: ClassVar[str] = "unknown-place"
    status: ClassVar[int] = 404
    sentence: ClassVar[str] = gettext_noop(
        "There is no %(kind)s %(given)s in the register. Check the code, or register it first."
    )

    kind: str
    given: str


@dataclass(eq=False)
class AreaNotActive(RuleViolation):
    """A harvest from land that is suspended or closed."""

    code: ClassVar[str] = "area-not-active"
    field: ClassVar[str | None] = "area"
    sentence: ClassVar[str] = gettext_noop(
        "Growing area %(area)s is %(state)s, so no harvest of it can be recorded. "
        "Choose another area, or ask whoever keeps the register to open it again."
    )

    area: str
    state: str


@dataclass(eq=False)
class MixedHolders(RuleViolation):
    """Inputs of one step belong to several organisations."""

    code: ClassVar[str] = "mixed-holders"
    field: ClassVar[str | None] = "lot"
    sentence: ClassVar[str] = gettext_noop(
        "Lots %(lots)s are held by different organisations. One step works on the lots of one "
        "holder: record the shipment and the receipt first."
    )

    lots: list[str]


@dataclass(eq=False)
class RepeatedLot(RuleViolation):
    """One lot named twice in a step."""

    code: ClassVar[str] = "repeated-lot"
    field: ClassVar[str | None] = "lot"
    sentence: ClassVar[str] = gettext_noop(
        "Lot %(lot)s is named more than once in one step. Name each lot once, with its whole mass."
    )

    lot: str


@dataclass(eq=False)
class HappensInFuture(RuleViolation):
    """A record of what has not happened yet."""

    code: ClassVar[str] = "happens-in-future"
    field: ClassVar[str | None] = "happened_at"
    sentence: ClassVar[str] = gettext_noop(
        "%(happened_at)s lies in the future (it is %(now)s). Record what has happened, "
        "with the time at which it did."
    )

    happened_at: datetime
    now: datetime


@dataclass(eq=False)
class HappensTooEarly(RuleViolation):
    """A step before the lot was there."""

    code: ClassVar[str] = "happens-too-early"
    field: ClassVar[str | None] = "happened_at"
    sentence: ClassVar[str] = gettext_noop(
        "Lot %(lot)s exists since %(since)s, so nothing can have happened to it at "
        "%(happened_at)s. Correct the time of this record."
    )

    lot: str
    since: datetime
    happened_at: datetime


@dataclass(eq=False)
class NotASeason(RuleViolation):
    """A season that cannot be."""

    code: ClassVar[str] = "not-a-season"
    field: ClassVar[str | None] = "season"
    sentence: ClassVar[str] = gettext_noop(
        "Found season %(given)s. Expected a year from %(earliest)s to %(latest)s, "
        "the one in which the harvest ends."
    )

    given: int
    earliest: int
    latest: int


@dataclass(eq=False)
class UnreadableQuantity(RuleViolation):
    """An event states a quantity that cannot be turned into kilograms."""

    code: ClassVar[str] = "unreadable-quantity"
    sentence: ClassVar[str] = gettext_noop(
        "The event names lot %(lot)s with quantity %(quantity)s %(uom)s. Expected KGM, GRM, TNE or "
        "LBR, or a whole number of packs for a product with a net content. Correct the event."
    )

    lot: str
    quantity: str
    uom: str


@dataclass(eq=False)
class StillNeeded(RuleViolation):
    """Later records rest on the one that would be withdrawn."""

    code: ClassVar[str] = "still-needed"
    status: ClassVar[int] = 409
    sentence: ClassVar[str] = gettext_noop(
        "This record cannot be withdrawn, because later ones rest on it: %(dependents)s. "
        "Withdraw those first, the latest at the start."
    )

    dependents: list[str]


@dataclass(eq=False)
class UnknownRecord(RuleViolation):
    """No record of a lot has this event identifier, or it is withdrawn already."""

    code: ClassVar[str] = "unknown-record"
    status: ClassVar[int] = 404
    sentence: ClassVar[str] = gettext_noop(
        "There is no record %(event_id)s that could be withdrawn. "
        "It may have been withdrawn already: look at the lot's history."
    )

    event_id: str


@dataclass(eq=False)
class NothingToWork(RuleViolation):
    """A step without what it needs."""

    code: ClassVar[str] = "nothing-to-work"
    sentence: ClassVar[str] = gettext_noop(
        "%(step)s needs %(needed)s, and none was given. Fill in what is missing."
    )

    step: str
    needed: str


@dataclass(eq=False)
class RecordedOtherwise(RuleViolation):
    """One identifier for two different records."""

    code: ClassVar[str] = "recorded-otherwise"
    status: ClassVar[int] = 409
    sentence: ClassVar[str] = gettext_noop(
        "Record %(event_id)s is stored already and says something else. "
        "Open the form again for a new record; to correct the old one, withdraw it first."
    )

    event_id: str
