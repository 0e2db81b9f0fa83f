"""Stories that can be true and stories that cannot, on values alone."""

from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from originmark.trace.ledger import semantic_values as values
from originmark.trace.ledger.semantic_rules import Found, findings
from originmark.trace.ledger.semantic_values import (
    Amount,
    Happening,
    Move,
    Policy,
    Times,
    read_policy,
)  # fmt: skip

DAWN = datetime(2026, 9, 22, tzinfo=UTC)
ALL = read_policy(["never_commissioned=off", "*=warn"])
LOT = "https://id.gs1.org/01/09521141012345/10/A"
KIND = "https://id.gs1.org/01/09521141012345"
PACK, BOX, PALLET, TRUCK = "urn:x:pack", "urn:x:box", "urn:x:pallet", "urn:x:truck"


class Nothing:
    """A ledger that knows what it is told here."""

    def __init__(
        self,
        times: Mapping[str, Times] | None = None,
        moves: Sequence[Move] = (),
        amounts: Sequence[Amount] = (),
        owners: Mapping[str, str] | None = None,
    ) -> None:
        """Keep it, and count the questions."""
        self.known, self.told, self.sums = times or {}, moves, amounts
        self.owners, self.asked = owners or {}, 0

    def times(self, things: Collection[str]) -> Mapping[str, Times]:
        self.asked += 1
        return {name: self.known[name] for name in things if name in self.known}

    def moves(self, children: Collection[str]) -> Sequence[Move]:
        self.asked += 1
        own = [move for move in self.told if move.child in children]
        around = {move.parent for move in own}
        return own + [move for move in self.told if not move.child and move.parent in around]

    def filled(self, parents: Collection[str]) -> Mapping[str, datetime]:
        self.asked += 1
        first: dict[str, datetime] = {}
        for move in self.told:
            if move.is_in and move.parent in parents:
                first[move.parent] = min(move.at, first.get(move.parent, move.at))
        return first

    def amounts(self, lots: Collection[str]) -> Sequence[Amount]:
        self.asked += 1
        return [each for each in self.sums if each.lot in lots]

    def foreign(self, things: Collection[str]) -> Mapping[str, str]:
        self.asked += 1
        return {thing: self.owners[thing] for thing in things if thing in self.owners}


def hour(number: float) -> datetime:
    return DAWN + timedelta(hours=number)


def at(
    number: float, type_: str, action: str, *named: tuple[Any, ...], step: str = "", place: int = 0
) -> Happening:
    whole = [(*each, None, "")[:2] + (*each[2:], None, "")[:2] for each in named]
    return Happening(place, type_, action, step, hour(number), [tuple(each) for each in whole])  # type: ignore[misc]


def born(number: float, *things: str) -> Happening:
    return at(number, "ObjectEvent", "ADD", *((thing, "epc") for thing in things))


def looked_at(number: float, thing: str, step: str = "inspecting") -> Happening:
    return at(number, "ObjectEvent", "OBSERVE", (thing, "epc"), step=step)


def packed(number: float, parent: str, *children: str) -> Happening:
    return _packing(number, "ADD", parent, *children)


def unpacked(number: float, parent: str, *children: str) -> Happening:
    return _packing(number, "DELETE", parent, *children)


def _packing(number: float, action: str, parent: str, *children: str) -> Happening:
    inside = ((child, "child") for child in children)
    return at(number, "AggregationEvent", action, (parent, "parent"), *inside)


def amount(number: float, action: str, quantity: float | None, uom: str = "KGM") -> Happening:
    return at(number, "ObjectEvent", action, (LOT, "class", quantity, uom))


def told(
    *happenings: Happening, history: Nothing | None = None, policy: Policy = ALL
) -> list[Found]:
    story = [
        Happening(place, each.type, each.action, each.step, each.at, each.named)
        for place, each in enumerate(happenings)
    ]
    return findings(story, history=history or Nothing(), policy=policy)


def rules(*happenings: Happening, history: Nothing | None = None) -> list[tuple[str, int]]:
    return [(rule, place) for rule, place, *_ in told(*happenings, history=history)]


def test_what_is_observed_before_it_is_commissioned_is_found() -> None:
    [found] = told(looked_at(1, PACK), born(2, PACK))
    sentence = (
        f"{PACK} came into being at 2026-09-22T02:00:00Z, but this event with it is of "
        "2026-09-22T01:00:00Z, expected a later time"
    )
    assert found == ("observed_before_commissioned", 0, PACK, sentence)
    assert told(born(1, PACK), looked_at(1, PACK), looked_at(2, PACK)) == []
    assert told(looked_at(1, PACK)) == []  # who knows where it was commissioned?


def test_what_the_ledger_knows_counts_as_what_the_document_says() -> None:
    early = Nothing({PACK: Times(born=hour(3))})
    assert rules(looked_at(2, PACK), history=early) == [("observed_before_commissioned", 0)]
    assert rules(looked_at(2, PACK), born(1, PACK), history=early) == []
    seen = Nothing({PACK: Times(seen=hour(1))})
    [found] = told(born(2, PACK), history=seen)
    assert found[:3] == ("observed_before_commissioned", 0, PACK)
    assert rules(born(1, PACK), history=seen) == []
    both = Nothing({PACK: Times(born=hour(0), seen=hour(1))})
    assert rules(born(2, PACK), history=both) == []


def test_what_was_never_commissioned_is_found_where_the_policy_asks() -> None:
    strict = read_policy(["never_commissioned=warn", "*=off"])
    assert [each[0] for each in told(looked_at(1, PACK), policy=strict)] == ["never_commissioned"]
    assert told(born(1, PACK), looked_at(1, PACK), policy=strict) == []


@pytest.mark.parametrize(
    "deed",
    [
        looked_at(1, PACK, step="shipping"),
        packed(1, BOX, PACK),
        at(1, "TransformationEvent", "", (PACK, "input"), ("urn:x:new", "output")),
        at(1, "ObjectEvent", "DELETE", (PACK, "epc"), step="destroying"),
    ],
)
def test_a_deed_before_its_cause_is_found(deed: Happening) -> None:
    assert rules(deed, born(2, PACK)) == [("event_before_cause", 0)]
    assert rules(deed, born(1, PACK)) == []


def test_what_comes_out_must_have_gone_in() -> None:
    assert rules(unpacked(2, BOX, PACK)) == [("unpacked_without_packed", 0)]
    assert rules(packed(1, BOX, PACK), unpacked(2, BOX, PACK)) == []
    assert rules(unpacked(2, BOX, PACK), packed(1, BOX, PACK)) == []  # told the other way round
    twice = [packed(1, BOX, PACK), unpacked(2, BOX, PACK), unpacked(3, BOX, PACK)]
    assert rules(*twice) == [("unpacked_without_packed", 2)]
    assert rules(packed(1, PALLET, PACK), unpacked(2, BOX, PACK)) == [
        ("unpacked_without_packed", 1)
    ]
    inside = Nothing(moves=[Move(hour(1), BOX, PACK, is_in=True)])
    assert rules(unpacked(2, BOX, PACK), history=inside) == []


def test_unpacking_before_packing_is_an_event_before_its_cause() -> None:
    [found] = told(unpacked(1, BOX, PACK), packed(2, BOX, PACK))
    assert found[:2] == ("event_before_cause", 0)
    assert "went in only at 2026-09-22T02:00:00Z" in found[3]


def test_emptying_takes_all_that_is_inside() -> None:
    assert rules(unpacked(2, BOX)) == [("unpacked_without_packed", 0)]
    assert rules(unpacked(1, BOX), packed(2, BOX, PACK)) == [("event_before_cause", 0)]
    assert rules(packed(1, BOX, PACK), unpacked(2, BOX)) == []
    again = [packed(1, BOX, PACK), unpacked(2, BOX), unpacked(3, BOX, PACK)]
    assert rules(*again) == [("unpacked_without_packed", 2)]
    went = Move(hour(1), BOX, PACK, is_in=True)
    before = Nothing(moves=[went, Move(hour(2), BOX, "", is_in=False)])
    assert rules(unpacked(3, BOX, PACK), history=before) == [("unpacked_without_packed", 0)]
    assert rules(unpacked(3, BOX), history=before) == []


def test_a_container_is_not_inside_itself_nor_inside_its_content() -> None:
    assert rules(packed(1, BOX, BOX)) == [("parent_inside_itself", 0)]
    chain = [packed(1, BOX, PACK), packed(2, PALLET, BOX), packed(3, TRUCK, PALLET)]
    assert rules(*chain) == []
    [found] = told(*chain, packed(4, BOX, TRUCK))
    assert found[:3] == ("parent_inside_itself", 3, TRUCK)
    assert "inside urn:x:truck already" in found[3]
    assert rules(*chain, unpacked(4, PALLET, BOX), packed(5, BOX, TRUCK)) == []


def test_the_chain_goes_on_into_the_ledger_level_by_level() -> None:
    story = [(hour(each), f"urn:x:{each + 1}", f"urn:x:{each}") for each in range(5)]
    history = Nothing(moves=[Move(*each, is_in=True) for each in story])
    assert rules(packed(9, "urn:x:0", "urn:x:5"), history=history) == [("parent_inside_itself", 0)]
    levels = 6  # the last of them finds nothing around
    assert history.asked == 1 + levels


def test_a_lot_does_not_go_below_zero() -> None:
    assert rules(amount(1, "ADD", 500), amount(2, "DELETE", 500)) == []
    [found] = told(amount(1, "ADD", 500), amount(2, "DELETE", 300), amount(3, "DELETE", 200.5))
    assert found == (
        "quantity_below_zero",
        2,
        LOT,
        f"{LOT} would be at -0.5 KGM, expected no more to leave than came into being",
    )
    made = Amount(LOT, is_in=True, uom="KGM", quantity=Decimal(500))
    used = Amount(LOT, is_in=False, uom="KGM", quantity=Decimal(400))
    known = Nothing(amounts=[made, used])
    assert rules(amount(2, "DELETE", 100), history=known) == []
    assert rules(amount(2, "DELETE", 101), history=known) == [("quantity_below_zero", 0)]


def test_units_of_mass_are_added_up_and_others_are_not() -> None:
    assert rules(amount(1, "ADD", 1, "TNE"), amount(2, "DELETE", 1000)) == []
    assert rules(amount(1, "ADD", 1, "TNE"), amount(2, "DELETE", 1_001_000, "GRM")) == [
        ("quantity_below_zero", 1)
    ]
    assert rules(amount(1, "ADD", 1, "LTR"), amount(2, "DELETE", 1000)) == []


def test_what_is_unknown_of_a_quantity_speaks_against_nobody() -> None:
    assert rules(amount(2, "DELETE", 100)) == []  # it may have come from elsewhere
    assert rules(amount(1, "ADD", None), amount(2, "DELETE", 100)) == []
    assert rules(at(1, "ObjectEvent", "DELETE", (KIND, "class", 5.0, ""))) == []
    assert rules(amount(1, "OBSERVE", 7)) == []


def test_a_quantity_that_is_negative_itself_is_found_in_any_event() -> None:
    [found] = told(amount(1, "OBSERVE", -2.5))
    assert found[3] == f"{LOT} has the quantity -2.5 KGM, expected zero or more"


def test_a_transformation_uses_up_and_makes() -> None:
    mill = at(2, "TransformationEvent", "", (LOT, "input_class", 501.0, "KGM"), (PACK, "output"))
    assert rules(amount(1, "ADD", 500), mill) == [("quantity_below_zero", 1)]
    assert rules(mill, looked_at(1, PACK)) == [("observed_before_commissioned", 1)]


def test_the_number_of_somebody_else_is_found_where_a_thing_comes_into_being() -> None:
    theirs = Nothing(owners={LOT: "Lotus Mill", PACK: "Lotus Mill"})
    [found] = told(amount(1, "ADD", 5), history=theirs)
    assert found[:3] == ("foreign_identifier", 0, LOT)
    assert "of Lotus Mill" in found[3]
    assert rules(looked_at(1, PACK), history=theirs) == []


def test_a_rule_that_is_off_asks_nothing() -> None:
    history = Nothing()
    story = (packed(1, BOX, BOX), amount(1, "DELETE", -5))
    assert told(*story, history=history, policy=read_policy(["*=off"])) == []
    assert history.asked == 0


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["parent=refuse", "*=warn"], "found 'parent=refuse', expected one of"),
        (["*=perhaps"], "=off, =warn or =refuse"),
        (["quantity_below_zero=warn"], "nothing is said of observed_before_commissioned"),
    ],
)
def test_a_policy_that_cannot_be_read_is_refused(words: list[str], sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence.replace("*", r"\*")):
        read_policy(words)


def test_every_rule_has_a_choice() -> None:
    policy = read_policy(["parent_inside_itself=refuse", "*=off"])
    assert {rule: policy.of(rule) for rule in values.RULES} == dict.fromkeys(
        values.RULES, "off"
    ) | {"parent_inside_itself": "refuse"}


@st.composite
def sound_stories(draw: st.DrawFn) -> list[Happening]:
    """Things are born, packed into boxes, moved, unpacked again; the document may be shuffled."""
    story: list[Happening] = []
    clock = 0.0
    for lot in range(draw(st.integers(1, 3))):
        things = [f"urn:x:{lot}:{number}" for number in range(draw(st.integers(1, 4)))]
        box, pallet = f"urn:x:box:{lot}", f"urn:x:pallet:{lot}"
        story.append(born(clock, *things, box, pallet))
        story.append(packed(clock + 1, box, *things))
        story.append(packed(clock + 2, pallet, box))
        story += [looked_at(clock + 3, thing) for thing in draw(st.lists(st.sampled_from(things)))]
        if draw(st.booleans()):
            story.append(unpacked(clock + 4, pallet, box))
            story.append(unpacked(clock + 5, box, *draw(st.sampled_from([(), tuple(things)]))))
        clock += draw(st.integers(0, 2))
    made = draw(st.integers(1, 1000))
    story.append(amount(0, "ADD", made))
    used = draw(st.integers(0, made))
    story += [amount(1, "DELETE", used), amount(2, "DELETE", made - used)]
    return draw(st.permutations(story))


@given(sound_stories())
def test_a_sound_story_gives_no_finding(story: list[Happening]) -> None:
    assert told(*story) == []
