"""What no schema can see: whether the story that events tell can be true. Pure decisions.

Only what is known speaks against an event: a thing that nobody here commissioned may have been
commissioned elsewhere, and is taken. Worked example: docs/algorithms/event-semantics.md.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Final, Protocol

from originmark.trace.ledger import semantic_values as values
from originmark.trace.ledger.containers import Containers
from originmark.trace.ledger.semantic_values import Amount, Happening, Move, Policy, Times

Found = tuple[str, int, str, str]
"""Rule, place of the event, identifier, sentence."""
DEEPEST: Final = 8
# Steps that only follow what they presuppose; any other observation is no more than a look.
DEEDS: Final = frozenset(
    [
        "shipping",
        "departing",
        "consigning",
        "transporting",
        "loading",
        "retail_selling",
        "dispensing",
        "staging_outbound",
        "decommissioning",
        "destroying",
        "void_shipping",
        "packing",
    ]
)
_KILOGRAMS: Final = {"KGM": Decimal(1), "GRM": Decimal("0.001"), "TNE": Decimal(1000)}
_GRAIN: Final = Decimal("0.000001")


class History(Protocol):
    """What the ledger knows. Each question is asked at most once for a document, or a level."""

    def times(self, things: Collection[str]) -> Mapping[str, Times]:
        """Return when these things were born and first seen."""

    def moves(self, children: Collection[str]) -> Sequence[Move]:
        """Return how these went in and out, and when their containers were emptied."""

    def filled(self, parents: Collection[str]) -> Mapping[str, datetime]:
        """Return when something first went into these containers."""

    def amounts(self, lots: Collection[str]) -> Sequence[Amount]:
        """Return sums of what came into being and was used up of these lots, by unit."""

    def foreign(self, things: Collection[str]) -> Mapping[str, str]:
        """Return for things that bear another organisation's number what it is called."""


def findings(happenings: Sequence[Happening], *, history: History, policy: Policy) -> list[Found]:
    """Return what in these events cannot be, in their order. Rules that are off cost nothing."""
    found: list[Found] = []
    if policy.is_on(
        values.OBSERVED_BEFORE_COMMISSIONED, values.EVENT_BEFORE_CAUSE, values.NEVER_COMMISSIONED
    ):
        found += _births(happenings, history, policy)
    if policy.is_on(
        values.UNPACKED_WITHOUT_PACKED, values.PARENT_INSIDE_ITSELF, values.EVENT_BEFORE_CAUSE
    ):
        found += _packing(happenings, history)
    if policy.is_on(values.QUANTITY_BELOW_ZERO):
        found += _quantities(happenings, history)
    if policy.is_on(values.FOREIGN_IDENTIFIER):
        found += _owners(happenings, history)
    kept = [each for each in dict.fromkeys(found) if policy.of(each[0]) != "off"]
    return sorted(kept, key=lambda each: (each[1], each[0], each[2]))


def _births(happenings: Sequence[Happening], history: History, policy: Policy) -> Iterator[Found]:
    """Compare what is seen with when it came into being."""
    born = _first_births(happenings)
    known = history.times(born.keys() | {thing for each in happenings for thing in each.sighted})
    began = {thing: times.born for thing, times in known.items() if times.born is not None}
    for thing, (at, _) in born.items():
        began[thing] = min(began.get(thing, at), at)
    for each in happenings:
        for thing in each.sighted:
            if thing in began and each.at < began[thing]:
                yield _too_early(thing, each, began[thing])
    if policy.is_on(values.NEVER_COMMISSIONED):
        for each in happenings:
            yield from (_unborn(thing, each) for thing in each.sighted if thing not in began)
    yield from _seen_before(born, known)


def _first_births(happenings: Sequence[Happening]) -> dict[str, tuple[datetime, int]]:
    """Return when each thing first comes into being in the document, and in which event."""
    born: dict[str, tuple[datetime, int]] = {}
    for each in happenings:
        if each.born:
            when = each.at, each.place
            for thing in each.born:
                born[thing] = min(born.get(thing, when), when)
    return born


def _unborn(thing: str, each: Happening) -> Found:
    return (
        values.NEVER_COMMISSIONED,
        each.place,
        thing,
        (
            f"{thing} was never commissioned here, expected an earlier event that says how it came "
            "into being"
        ),
    )


def _too_early(thing: str, each: Happening, began: datetime) -> Found:
    is_look = each.type == "ObjectEvent" and each.action == "OBSERVE" and each.step not in DEEDS
    return (
        values.OBSERVED_BEFORE_COMMISSIONED if is_look else values.EVENT_BEFORE_CAUSE,
        each.place,
        thing,
        (
            f"{thing} came into being at {_shown(began)}, but this event with it is of "
            f"{_shown(each.at)}, expected a later time"
        ),
    )


def _seen_before(
    born: Mapping[str, tuple[datetime, int]], known: Mapping[str, Times]
) -> Iterator[Found]:
    """Look at commissionings that come after something else was told of the thing."""
    for thing, times in known.items():
        at, place = born.get(thing, (None, 0))
        if at is not None and times.seen is not None and times.seen < at and times.born is None:
            yield (
                values.OBSERVED_BEFORE_COMMISSIONED,
                place,
                thing,
                (
                    f"{thing} was seen at {_shown(times.seen)} already, but comes into being at "
                    f"{_shown(at)} in this event, expected an earlier time"
                ),
            )


def _packing(happenings: Sequence[Happening], history: History) -> Iterator[Found]:
    """Follow what goes into containers and out of them."""
    packings = [(each, parent) for each in happenings if (parent := each.parent())]
    if not packings:
        return
    containers = _containers(packings, history)
    emptied = {parent for each, parent in packings if not each.children()}
    filled = history.filled(emptied) if emptied else {}
    for each, parent in sorted(packings, key=lambda pair: (pair[0].at, pair[0].place)):
        if each.action == "ADD":
            yield from _inside_itself(each, parent, containers)
        elif each.children():
            for child in each.children():
                yield from _unpacked(each, parent, child, containers)
        else:
            yield from _emptied(each, parent, containers, filled.get(parent))


def _containers(packings: Sequence[tuple[Happening, str]], history: History) -> Containers:
    """Return what is known of the contents and of the containers around them."""
    containers = Containers()
    asked = {child for each, _ in packings if each.action == "DELETE" for child in each.children()}
    asked |= {parent for each, parent in packings if each.action == "ADD"}
    frontier = asked
    for each, parent in packings:
        for child in each.children() or [""]:
            containers.add(Move(each.at, parent, child, each.action == "ADD", each.place))
    for _ in range(DEEPEST):
        if not frontier:
            break
        moves = history.moves(frontier)
        for move in moves:
            containers.add(move)
        frontier = {move.parent for move in moves} - asked
        asked |= frontier
    return containers


def _inside_itself(each: Happening, parent: str, containers: Containers) -> Iterator[Found]:
    around = containers.around(parent, (each.at, each.place))
    for child in each.children():
        if child == parent or child in around:
            how = "itself" if child == parent else f"{parent}, which is inside {child} already"
            yield (
                values.PARENT_INSIDE_ITSELF,
                each.place,
                child,
                f"{child} goes into {how}, expected a container that is not inside its content",
            )


def _unpacked(each: Happening, parent: str, child: str, containers: Containers) -> Iterator[Found]:
    if containers.holds(parent, child, (each.at, each.place)):
        return
    packed = containers.next_in(parent, child, after=each.at)
    if packed is None:
        sentence = f"{child} comes out of {parent}, expected an earlier event that put it there"
        yield values.UNPACKED_WITHOUT_PACKED, each.place, child, sentence
    else:
        yield values.EVENT_BEFORE_CAUSE, each.place, child, _later(child, parent, each.at, packed)


def _emptied(
    each: Happening, parent: str, containers: Containers, filled: datetime | None
) -> Iterator[Found]:
    first = _earliest(filled, containers.first_in(parent))
    if first is None:
        sentence = f"{parent} is emptied, expected an earlier event that put something into it"
        yield values.UNPACKED_WITHOUT_PACKED, each.place, parent, sentence
    elif first > each.at:
        sentence = _later("something", parent, each.at, first)
        yield values.EVENT_BEFORE_CAUSE, each.place, parent, sentence


def _later(child: str, parent: str, out: datetime, packed: datetime) -> str:
    return (
        f"{child} comes out of {parent} at {_shown(out)}, but went in only at {_shown(packed)}, "
        "expected a later time"
    )


def _quantities(happenings: Sequence[Happening], history: History) -> Iterator[Found]:
    """Add up what came into being of each lot and what was used up."""
    leaving: dict[str, list[tuple[Happening, Amount]]] = defaultdict(list)
    coming: dict[str, list[Amount]] = defaultdict(list)
    for each in happenings:
        told = [quantity for _, _, quantity, _ in each.named if quantity is not None]
        if told and min(told) < 0:
            yield from _negative(each)
        for amount in each.flows():
            if amount.is_in:
                coming[amount.lot].append(amount)
            else:
                leaving[amount.lot].append((each, amount))
    if not leaving:
        return
    for amount in history.amounts(leaving):
        coming[amount.lot].append(amount)
    for lot, uses in leaving.items():
        yield from _overdrawn(lot, coming[lot], uses)


def _negative(each: Happening) -> Iterator[Found]:
    for name, _role, quantity, uom in each.named:
        if quantity is not None and quantity < 0:
            sentence = f"{name} has the quantity {quantity:g} {uom}".rstrip()
            yield (
                values.QUANTITY_BELOW_ZERO,
                each.place,
                name,
                f"{sentence}, expected zero or more",
            )


def _overdrawn(
    lot: str, known: Sequence[Amount], uses: Sequence[tuple[Happening, Amount]]
) -> Iterator[Found]:
    """Find the use with which more is gone than there was.

    Says nothing of a lot whose beginning, or any amount of which, is unknown.
    """
    every = [*known, *(amount for _, amount in uses)]
    units = {each.uom for each in every}
    unit = next(iter(units)) if len(units) == 1 else "KGM"
    sizes = [_size(amount, units) for amount in every]
    if not any(amount.is_in for amount in known) or None in sizes:
        return
    size = dict(zip(map(id, every), (each or Decimal(0) for each in sizes), strict=True))
    there = sum((size[id(each)] for each in known if each.is_in), Decimal(0))
    left = there - sum((size[id(each)] for each in known if not each.is_in), Decimal(0))
    for happening, amount in sorted(uses, key=lambda use: (use[0].at, use[0].place)):
        left -= size[id(amount)]
        if left < -_GRAIN * max(there, Decimal(1)):
            yield (
                values.QUANTITY_BELOW_ZERO,
                happening.place,
                lot,
                (
                    f"{lot} would be at {left.normalize():f} {unit}".rstrip()
                    + ", expected no more to leave than came into being"
                ),
            )
            return


def _size(amount: Amount, units: set[str]) -> Decimal | None:
    """Return a quantity in the one unit of its lot, or in kilograms; None for what is unknown."""
    if amount.quantity is None:
        return None
    if len(units) == 1:
        return amount.quantity
    factor = _KILOGRAMS.get(amount.uom)
    return None if factor is None else amount.quantity * factor


def _owners(happenings: Sequence[Happening], history: History) -> Iterator[Found]:
    """Look whose numbers are given to what comes into being."""
    named: dict[str, int] = {}
    for each in happenings:
        for thing in each.born:
            named.setdefault(thing, each.place)
    for thing, owner in history.foreign(named).items() if named else ():
        yield (
            values.FOREIGN_IDENTIFIER,
            named[thing],
            thing,
            (
                f"{thing} bears a number of {owner}, expected one of your own, or that they record "
                "how it came into being"
            ),
        )


def _earliest(
    known: datetime | None, told: datetime | tuple[datetime, int] | None
) -> datetime | None:
    times = [known, told[0] if isinstance(told, tuple) else told]
    return min((each for each in times if each is not None), default=None)


def _shown(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds").replace("+00:00", "Z")
