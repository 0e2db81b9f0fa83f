"""Law 2 in values: examples, refusals with their facts, and properties."""

from dataclasses import fields
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from originmark.trace.lots import record_refusals, refusals, rules
from originmark.trace.lots.rules import AreaBalance, Bounds, LotBalance, Output

NOON = datetime(2026, 10, 1, 12, tzinfo=UTC)
EXAMPLES = 300
kilograms = st.decimals(min_value="0.001", max_value="99999", places=3)
shares = st.decimals(min_value="0", max_value="99.9", places=1)


@settings(max_examples=EXAMPLES)
@given(received=kilograms, asked=st.lists(kilograms, max_size=20))
def test_a_lot_never_goes_below_zero(received: Decimal, asked: list[Decimal]) -> None:
    balance, granted = LotBalance("L1", received), Decimal(0)
    for kg in asked:
        try:
            balance = rules.release(balance, kg)
        except refusals.MassBalanceExceeded:
            assert kg > received - granted  # refused only when it had to be
        else:
            granted += kg
    assert balance.remaining_kg == received - granted >= 0


@settings(max_examples=EXAMPLES)
@given(cap=kilograms, asked=st.lists(kilograms, max_size=20))
def test_an_area_never_gives_more_than_its_cap(cap: Decimal, asked: list[Decimal]) -> None:
    area = AreaBalance("A1", 2026, Decimal(0), cap)
    for kg in asked:
        try:
            area = rules.harvest(area, kg)
        except refusals.HarvestBeyondCap:
            assert area.harvested_kg + kg > cap
    assert area.harvested_kg <= cap


@settings(max_examples=EXAMPLES)
@given(in_kg=kilograms, outs=st.lists(kilograms, min_size=1, max_size=4), ratio=shares)
def test_what_comes_out_never_exceeds_what_went_in(
    in_kg: Decimal, outs: list[Decimal], ratio: Decimal
) -> None:
    bounds = Bounds(ratio_high=ratio / 100)
    outputs = [Output("main", outs[0], bounds), *(Output("rest", kg) for kg in outs[1:])]
    try:
        lost_kg = rules.transform(in_kg, outputs)
    except (refusals.OutputExceedsBound, refusals.OutputExceedsInput):
        assert sum(outs) > in_kg or outs[0] > in_kg * ratio / 100 - rules.GRAM
    else:
        assert lost_kg + sum(outs) == in_kg
        assert outs[0] <= in_kg * ratio / 100


@settings(max_examples=EXAMPLES)
@given(in_kg=kilograms, first=shares, second=shares)
def test_drying_keeps_the_dry_matter(in_kg: Decimal, first: Decimal, second: Decimal) -> None:
    out_kg = rules.dried_kg(in_kg, first, second)
    assert out_kg * (100 - second) <= in_kg * (100 - first)
    assert (out_kg + rules.GRAM) * (100 - second) > in_kg * (100 - first)


@settings(max_examples=EXAMPLES)
@given(received=kilograms, count=st.integers(1, 10**6), net_g=st.integers(1, 50_000))
def test_packs_never_hold_more_than_the_lot(received: Decimal, count: int, net_g: int) -> None:
    try:
        left = rules.pack(LotBalance("L1", received), count, net_g)
    except refusals.PackExceedsLot:
        assert count * net_g > received * 1000
    else:
        assert left.remaining_kg == received - Decimal(count * net_g) / 1000 >= 0


@pytest.mark.parametrize("given", ["0", "-1", "NaN", "Infinity", "0.0004", "100000000.001", "x"])
def test_what_no_scale_shows_is_refused(given: str) -> None:
    with pytest.raises(refusals.NotAMass) as refused:
        rules.mass(given)
    assert refused.value.facts == {"given": given, "most_kg": Decimal(10**8)}
    assert "Type what the scale showed." in str(refused.value)


def test_a_harvest_beyond_the_cap_says_what_is_left() -> None:
    area = AreaBalance("YQ-1", 2026, Decimal(9000), Decimal(11250), "rulebook yq-1")
    with pytest.raises(refusals.HarvestBeyondCap) as refused:
        rules.harvest(area, Decimal(2251))
    assert str(refused.value).startswith(
        "Area YQ-1 may give 11250 kg in season 2026 (rulebook yq-1). 9000 kg are recorded, so "
        "2250 kg are left and 2251 kg"
    )


def test_a_milling_beyond_the_rulebook_is_refused_with_the_most_that_may_come_out() -> None:
    millet = Output("millet", Decimal(81), Bounds(ratio_high=Decimal("0.8"), source="yq-1"))
    with pytest.raises(refusals.OutputExceedsBound) as refused:
        rules.transform(Decimal(100), [millet])
    assert refused.value.most_kg == Decimal(80)


def test_a_rulebook_may_let_a_product_take_up_water() -> None:
    soaked = Output("soaked", Decimal(120), Bounds(ratio_high=Decimal("1.2")))
    assert rules.transform(Decimal(100), [soaked]) == 0


def test_less_than_the_rulebook_expects_is_worth_a_look() -> None:
    bounds = Bounds(ratio_low=Decimal("0.7"), ratio_high=Decimal("0.8"))
    assert rules.is_below_usual(Decimal(100), Output("millet", Decimal(69), bounds))
    assert not rules.is_below_usual(Decimal(100), Output("millet", Decimal(70), bounds))


def test_water_cannot_turn_into_dry_matter() -> None:
    moistures = (Decimal(18), Decimal(13))
    assert rules.dry(Decimal(1000), Decimal("942.528"), moistures) == Decimal("57.472")
    with pytest.raises(refusals.DryMatterExceeded) as refused:
        rules.dry(Decimal(1000), Decimal("942.529"), moistures)
    assert "18 % moisture" in str(refused.value)


def test_a_receiver_may_find_less_but_not_more() -> None:
    with pytest.raises(refusals.ReceivedTooMuch) as refused:
        rules.loss_on_receipt("L1", Decimal(100), Decimal("100.501"))
    assert refused.value.tolerance_percent == Decimal("0.5")


def test_a_moisture_of_a_hundred_percent_is_refused() -> None:
    with pytest.raises(refusals.NotAMoisture):
        rules.dried_kg(Decimal(1), Decimal(10), Decimal(100))


def test_broken_packs_are_refused() -> None:
    assert rules.packs_in(Decimal("1.5"), 500, lot="L1") == 3
    with pytest.raises(refusals.NotWholePacks):
        rules.packs_in(Decimal("1.6"), 500, lot="L1")
    with pytest.raises(refusals.NotACount):
        rules.kg_of_packs(0, 500, product="p")
    with pytest.raises(refusals.NoNetContent):
        rules.kg_of_packs(1, None, product="p")


def test_tomorrow_is_refused_and_a_fast_clock_is_not() -> None:
    rules.check_moment(NOON + timedelta(minutes=4), now=NOON)
    with pytest.raises(record_refusals.HappensInFuture):
        rules.check_moment(NOON + timedelta(minutes=6), now=NOON)


@pytest.mark.parametrize("code", ["", "a b", "x" * 21, "١٢", "a/b"])
def test_a_lot_code_must_fit_a_label(code: str) -> None:
    with pytest.raises(record_refusals.BadLotCode):
        rules.check_lot_code(code)


def test_what_never_left_cannot_return() -> None:
    assert rules.restore(LotBalance("L1", Decimal(5), Decimal(2)), Decimal(2)).released_kg == 0
    with pytest.raises(ValueError, match="never left"):
        rules.restore(LotBalance("L1", Decimal(5), Decimal(2)), Decimal(3))


def test_every_refusal_can_say_its_sentence() -> None:
    names = {**vars(refusals), **vars(record_refusals)}
    kinds = [each for each in names.values() if isinstance(each, type)]
    for kind in kinds:
        if issubclass(kind, refusals.RuleViolation) and kind is not refusals.RuleViolation:
            facts = dict.fromkeys((each.name for each in fields(kind)), "x")
            assert len(str(kind(**facts))) > 40


def test_too_many_packs_are_refused_with_the_most_that_can_be_filled() -> None:
    with pytest.raises(refusals.PackExceedsLot) as refused:
        rules.pack(LotBalance("L1", Decimal("10.4")), 21, 500, Decimal("0.2"))
    assert refused.value.most_packs == 20


def test_the_worked_example_of_the_docs_adds_up() -> None:
    """docs/algorithms/mass-balance.md, line by line."""
    cap = rules.harvest_cap(Decimal("2.5"), Bounds(yield_cap_kg_per_ha=Decimal(4500)))
    area = rules.harvest(AreaBalance("A", 2026, Decimal(0), cap), Decimal(9000))
    assert area.left_kg == 2250
    assert rules.dried_kg(Decimal(9000), Decimal(18), Decimal(13)) == Decimal("8482.758")
    millet = Output("millet", Decimal(6300), Bounds(ratio_high=Decimal("0.80")))
    assert rules.transform(Decimal(8450), [millet, Output("bran", Decimal(1500))]) == 650
    left = rules.pack(LotBalance("M", Decimal(6300)), 12_500, 500, Decimal(12))
    assert left.remaining_kg == 38
    with pytest.raises(refusals.PackExceedsLot) as refused:
        rules.pack(left, 77, 500)
    assert refused.value.most_packs == 76
