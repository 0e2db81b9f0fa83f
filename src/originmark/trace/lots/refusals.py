"""What the rules of mass balance refuse, with facts for programs and a sentence for people.

Imports no framework. Each sentence says what was found, what was expected and what to do.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

from originmark.frame.web.refusals import RuleViolation, gettext_noop


@dataclass(eq=False)
class NotAMass(RuleViolation):
    """A mass that no scale shows."""

    code: ClassVar[str] = "not-a-mass"
    field: ClassVar[str | None] = "kg"
    sentence: ClassVar[str] = gettext_noop(
        "Found a mass of %(given)s kg. Expected more than 0 and at most %(most_kg)s kg. "
        "Type what the scale showed."
    )

    given: str
    most_kg: Decimal


@dataclass(eq=False)
class NotACount(RuleViolation):
    """A number of packs that cannot be."""

    code: ClassVar[str] = "not-a-count"
    field: ClassVar[str | None] = "count"
    sentence: ClassVar[str] = gettext_noop(
        "Found %(given)s packs. Expected a whole number from 1 to %(most)s. Count the packs again."
    )

    given: str
    most: int


@dataclass(eq=False)
class NotAMoisture(RuleViolation):
    """A moisture that is no share of the mass."""

    code: ClassVar[str] = "not-a-moisture"
    field: ClassVar[str | None] = "moisture_in_percent"
    sentence: ClassVar[str] = gettext_noop(
        "Found a moisture of %(given)s %%. Expected at least 0 and less than 100 (wet basis), "
        "before and after drying. Type what the meter showed, or leave both empty."
    )

    given: str


@dataclass(eq=False)
class MassBalanceExceeded(RuleViolation):
    """More would leave a lot than it holds."""

    code: ClassVar[str] = "mass-balance-exceeded"
    field: ClassVar[str | None] = "kg"
    sentence: ClassVar[str] = gettext_noop(
        "Lot %(lot)s holds %(remaining_kg)s kg, so %(asked_kg)s kg cannot leave it. "
        "Take less, or record first what else went into the lot."
    )

    lot: str
    remaining_kg: Decimal
    asked_kg: Decimal


@dataclass(eq=False)
class PackExceedsLot(RuleViolation):
    """More packs would be filled than the lot can fill."""

    code: ClassVar[str] = "pack-exceeds-lot"
    field: ClassVar[str | None] = "count"
    sentence: ClassVar[str] = gettext_noop(
        "%(count)s packs of %(net_content_g)s g need %(needed_kg)s kg, giveaway included, but lot "
        "%(lot)s holds %(remaining_kg)s kg. At most %(most_packs)s packs can be filled from it."
    )

    lot: str
    count: int
    net_content_g: int
    needed_kg: Decimal
    remaining_kg: Decimal
    most_packs: int


@dataclass(eq=False)
class NotWholePacks(RuleViolation):
    """A packed lot moves by whole packs only."""

    code: ClassVar[str] = "not-whole-packs"
    field: ClassVar[str | None] = "kg"
    sentence: ClassVar[str] = gettext_noop(
        "Lot %(lot)s is in packs of %(net_content_g)s g, and %(asked_kg)s kg is no whole number of "
        "them. Give a multiple of the pack."
    )

    lot: str
    net_content_g: int
    asked_kg: Decimal


@dataclass(eq=False)
class NoNetContent(RuleViolation):
    """The product does not say what one pack holds."""

    code: ClassVar[str] = "no-net-content"
    field: ClassVar[str | None] = "product"
    sentence: ClassVar[str] = gettext_noop(
        "Product %(product)s has no net content, so packs of it cannot be counted into kilograms. "
        "Enter its net content on the product's page, or choose another product."
    )

    product: str


@dataclass(eq=False)
class HarvestBeyondCap(RuleViolation):
    """More would be harvested than the rulebook lets the land give."""

    code: ClassVar[str] = "harvest-beyond-cap"
    field: ClassVar[str | None] = "kg"
    sentence: ClassVar[str] = gettext_noop(
        "Area %(area)s may give %(cap_kg)s kg in season %(season)s (%(source)s). "
        "%(harvested_kg)s kg are recorded, so %(left_kg)s kg are left and %(asked_kg)s kg are too "
        "much. Check the scale and the area, or ask the programme office to review the yield."
    )

    area: str
    season: int
    cap_kg: Decimal
    harvested_kg: Decimal
    left_kg: Decimal
    asked_kg: Decimal
    source: str


@dataclass(eq=False)
class OutputExceedsInput(RuleViolation):
    """More would come out than went in."""

    code: ClassVar[str] = "output-exceeds-input"
    field: ClassVar[str | None] = "out_kg"
    sentence: ClassVar[str] = gettext_noop(
        "%(out_kg)s kg would come out of %(in_kg)s kg. At most %(most_kg)s kg can. "
        "Weigh the outputs again, or add the input that is missing."
    )

    in_kg: Decimal
    out_kg: Decimal
    most_kg: Decimal


@dataclass(eq=False)
class OutputExceedsBound(RuleViolation):
    """More of one product would come out than the rulebook's conversion allows."""

    code: ClassVar[str] = "output-exceeds-bound"
    field: ClassVar[str | None] = "out_kg"
    sentence: ClassVar[str] = gettext_noop(
        "%(out_kg)s kg of %(product)s would come out of %(in_kg)s kg. The rulebook allows "
        "%(ratio_high)s kg per kg, so at most %(most_kg)s kg (%(source)s). Weigh again, or add "
        "the input that is missing."
    )

    product: str
    in_kg: Decimal
    out_kg: Decimal
    ratio_high: Decimal
    most_kg: Decimal
    source: str


@dataclass(eq=False)
class DryMatterExceeded(RuleViolation):
    """Drying takes water away; it cannot add dry matter."""

    code: ClassVar[str] = "dry-matter-exceeded"
    field: ClassVar[str | None] = "out_kg"
    sentence: ClassVar[str] = gettext_noop(
        "%(in_kg)s kg at %(moisture_in_percent)s %% moisture dry to at most %(most_kg)s kg at "
        "%(moisture_out_percent)s %%, but %(out_kg)s kg were given. Check the two moistures and "
        "weigh again."
    )

    in_kg: Decimal
    out_kg: Decimal
    moisture_in_percent: Decimal
    moisture_out_percent: Decimal
    most_kg: Decimal


@dataclass(eq=False)
class ReceivedTooMuch(RuleViolation):
    """More arrives than was sent."""

    code: ClassVar[str] = "received-too-much"
    field: ClassVar[str | None] = "kg"
    sentence: ClassVar[str] = gettext_noop(
        "%(weighed_kg)s kg of lot %(lot)s arrived, but %(sent_kg)s kg were sent. A scale may "
        "differ by %(tolerance_percent)s %%, no more. Weigh again; record the surplus as a lot of "
        "its own."
    )

    lot: str
    sent_kg: Decimal
    weighed_kg: Decimal
    tolerance_percent: Decimal
