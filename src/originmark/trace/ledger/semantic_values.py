"""What the rules about stories speak of: happenings, moves, amounts, findings and the policy."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from functools import cache
from typing import Final, Literal, NamedTuple

Choice = Literal["off", "warn", "refuse"]
OBSERVED_BEFORE_COMMISSIONED: Final = "observed_before_commissioned"
NEVER_COMMISSIONED: Final = "never_commissioned"
UNPACKED_WITHOUT_PACKED: Final = "unpacked_without_packed"
PARENT_INSIDE_ITSELF: Final = "parent_inside_itself"
QUANTITY_BELOW_ZERO: Final = "quantity_below_zero"
EVENT_BEFORE_CAUSE: Final = "event_before_cause"
FOREIGN_IDENTIFIER: Final = "foreign_identifier"
RULES: Final = (
    OBSERVED_BEFORE_COMMISSIONED,
    NEVER_COMMISSIONED,
    UNPACKED_WITHOUT_PACKED,
    PARENT_INSIDE_ITSELF,
    QUANTITY_BELOW_ZERO,
    EVENT_BEFORE_CAUSE,
    FOREIGN_IDENTIFIER,
)
CHOICES: Final[Mapping[str, Choice]] = {"off": "off", "warn": "warn", "refuse": "refuse"}
INSTANCES: Final = frozenset({"epc", "parent", "child", "input", "output"})
CLASSES: Final = frozenset({"class", "child_class", "input_class", "output_class"})
CONTENT: Final = frozenset({"child", "child_class"})
_MADE = frozenset({"output", "output_class"})
_USED = frozenset({"input", "input_class"})
_LISTED = frozenset({"epc", "class"})
# A class without a lot is a kind of thing, not a thing: it is neither born nor used up.
_KIND = re.compile(r"https?://[^/]+(?:/.*)?/01/[0-9]{8,14}/?(?:\?.*)?|urn:epc:idpat:.*")


@dataclass(frozen=True, slots=True)
class Policy:
    """What becomes of a finding, rule by rule."""

    choices: Mapping[str, Choice]

    def of(self, rule: str) -> Choice:
        """Return the choice for a rule."""
        return self.choices[rule]

    def is_on(self, *rules: str) -> bool:
        """Return whether one of these rules says anything at all."""
        return any(self.choices[rule] != "off" for rule in rules)


def read_policy(words: Iterable[str]) -> Policy:
    """Return the policy that ``rule=choice`` words say; ``*`` speaks for the rules not named.

    >>> policy = read_policy(["parent_inside_itself=refuse", "*=off"])
    >>> policy.of("parent_inside_itself"), policy.of("quantity_below_zero")
    ('refuse', 'off')

    Raises ValueError for a rule or choice that there is not, and for a rule that is left open.
    """
    said: dict[str, Choice] = {}
    for word in words:
        rule, _, choice = word.partition("=")
        if rule not in (*RULES, "*") or choice not in CHOICES:
            raise ValueError(
                f"found {word!r}, expected one of {', '.join(RULES)} or *, then =off, =warn "
                "or =refuse"
            )
        said[rule] = CHOICES[choice]
    open_ = [rule for rule in RULES if rule not in said]
    if open_ and "*" not in said:
        raise ValueError(f"nothing is said of {', '.join(open_)}: name them, or say *=warn")
    return Policy({rule: said.get(rule) or said["*"] for rule in RULES})


@dataclass(frozen=True, slots=True)
class SemanticFinding:
    """Something in an event that cannot be, as far as is known.

    ``index`` is the event's place in its document, ``pointer`` leads from the event to the
    identifier; ``sentence`` says what was found, against what.
    """

    rule: str
    index: int
    pointer: str
    sentence: str
    is_refusal: bool


@dataclass(slots=True)
class Happening:
    """An event as the rules see it; ``named`` as ``index.identifiers`` gives it.

    ``born`` are the things that come into being, ``sighted`` those that must have been there
    before.
    """

    place: int
    type: str
    action: str
    step: str
    at: datetime
    named: Sequence[tuple[str, str, float | None, str]]
    born: list[str] = field(init=False, default_factory=list)
    sighted: list[str] = field(init=False, default_factory=list)

    def __post_init__(self) -> None:
        """Sort out, in one pass, what is named."""
        births, sights, _ = roles_of(self.type, self.action)
        for name, role, _quantity, _uom in self.named:
            if role in sights:
                if role in INSTANCES or is_thing(name, role):
                    self.sighted.append(name)
            elif role in births and (role in INSTANCES or is_thing(name, role)):
                self.born.append(name)

    def flows(self) -> Iterator["Amount"]:
        """Yield how much of which lot comes into being or is used up."""
        roles = roles_of(self.type, self.action)
        for name, role, quantity, uom in self.named if roles.flows else ():
            if role in roles.flows and is_thing(name, role):
                amount = None if quantity is None else Decimal(str(quantity))
                yield Amount(name, role in roles.births, uom, amount)

    def parent(self) -> str | None:
        """Return the container of something packed or unpacked."""
        if self.type not in ("AggregationEvent", "AssociationEvent") or self.action == "OBSERVE":
            return None
        return next((name for name, role, *_ in self.named if role == "parent"), None)

    def children(self) -> list[str]:
        """Return what is packed or unpacked; nothing means all that is inside."""
        return [name for name, role, *_ in self.named if role in CONTENT]


class Roles(NamedTuple):
    """Which roles say in an event that a thing is born, was there before, or flows."""

    births: frozenset[str]
    sights: frozenset[str]
    flows: frozenset[str]


@cache
def roles_of(kind: str, action: str) -> Roles:
    """Return the roles of an event of this type with this action."""
    births, deaths = frozenset[str](), frozenset[str]()
    if kind == "TransformationEvent":
        births, deaths = _MADE, _USED
    elif kind == "ObjectEvent" and action in ("ADD", "DELETE"):
        births, deaths = (_LISTED, deaths) if action == "ADD" else (births, _LISTED)
    # What things are associated with may be a place, which nobody commissions.
    places = {"parent"} if kind == "AssociationEvent" else set()
    return Roles(births, (INSTANCES | CLASSES) - births - places, (births | deaths) & CLASSES)


class Times(NamedTuple):
    """When a thing came into being, and when it was first named otherwise, as far as is known."""

    born: datetime | None = None
    seen: datetime | None = None


class Move(NamedTuple):
    """Something goes into a container or out of it; no ``child`` means all that is inside."""

    at: datetime
    parent: str
    child: str
    is_in: bool
    order: int = -1
    """The place in the document; what is in the ledger already came before."""

    @property
    def key(self) -> tuple[datetime, int]:
        """Return what puts moves in order."""
        return self.at, self.order


class Amount(NamedTuple):
    """So much of a lot came into being or was used up; no quantity is an unknown amount."""

    lot: str
    is_in: bool
    uom: str
    quantity: Decimal | None


def is_thing(name: str, role: str) -> bool:
    """Return whether an identifier names one thing or lot, not a kind of thing.

    >>> is_thing("https://id.gs1.org/01/09521141012345/10/A", "class")
    True
    >>> is_thing("https://id.gs1.org/01/09521141012345", "class")
    False
    """
    return role in INSTANCES or (role in CLASSES and _KIND.fullmatch(name) is None)
