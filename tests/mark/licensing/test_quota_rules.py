"""What a season's land gives to a quota: pure decisions."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from originmark.mark.licensing.quota_rules import (
    CappedProduct,
    Conversion,
    Plot,
    best_ratio,
    grams,
    granted_kg,
    is_spent,
    kilograms,
    ratio_for,
    shares,
)

GRAIN = CappedProduct("millet-grain", ("Millet grain", "谷子"), Decimal(4500), Decimal("0.8"))
OATS = CappedProduct("oats", ("Oats",), Decimal(3000), Decimal(1))


def a_plot(**more: object) -> Plot:
    facts = {"area_ha": Decimal(10), "crop": "millet", "is_inside": True, **more}
    return Plot(code="p", name="Plot", **facts)  # type: ignore[arg-type]


def test_area_times_cap_counts_before_the_harvest() -> None:
    (share,) = shares(a_plot(), [GRAIN])

    assert (share.basis, share.raw_kg, share.goods_kg) == ("cap", Decimal(45000), Decimal(36000))
    assert granted_kg([share], Decimal("0.05")) == Decimal(37800)


def test_a_lower_harvest_counts_and_a_higher_one_does_not() -> None:
    (low,) = shares(a_plot(harvested_kg=(("millet-grain", Decimal(30000)),)), [GRAIN])
    (high,) = shares(a_plot(harvested_kg=(("millet-grain", Decimal(50000)),)), [GRAIN])

    assert (low.basis, low.raw_kg, low.goods_kg) == ("harvest", Decimal(30000), Decimal(24000))
    assert (high.basis, high.raw_kg) == ("cap", Decimal(45000))


@pytest.mark.parametrize(
    ("plot", "basis", "product"),
    [
        ({"is_inside": False}, "outside", ""),
        ({"crop": "walnut"}, "other-crop", ""),
        ({"crop": ""}, "other-crop", ""),  # two crops are capped, so nobody knows which
        ({"crop": "谷子"}, "cap", "millet-grain"),
        ({"crop": "Oats"}, "cap", "oats"),
        ({"crop": "walnut", "harvested_kg": (("oats", Decimal(5)),)}, "harvest", "oats"),
    ],
)
def test_what_a_plot_counts_for(plot: dict[str, object], basis: str, product: str) -> None:
    (share,) = shares(a_plot(**plot), [GRAIN, OATS])
    assert (share.basis, share.product) == (basis, product)


def test_a_plot_without_a_crop_counts_for_the_only_one_that_is_capped() -> None:
    (share,) = shares(a_plot(crop=""), [GRAIN])
    assert share.product == "millet-grain"


def test_two_harvests_of_one_plot_both_count() -> None:
    both = (("millet-grain", Decimal(1000)), ("oats", Decimal(500)))
    found = shares(a_plot(harvested_kg=both), [GRAIN, OATS])
    assert [each.goods_kg for each in found] == [Decimal(800), Decimal(500)]


def test_the_best_way_to_the_goods_counts() -> None:
    ways = [
        Conversion("leaf", "green", Decimal("0.25")),
        Conversion("leaf", "black", Decimal("0.20")),
        Conversion("black", "leaf", Decimal(1)),
    ]
    assert best_ratio("leaf", frozenset({"green", "black"}), ways) == Decimal("0.25")
    assert best_ratio("leaf", frozenset({"black"}), ways) == Decimal("0.20")
    assert best_ratio("leaf", frozenset({"leaf"}), ways) == 1
    assert best_ratio("leaf", frozenset({"oil"}), ways) is None


def test_the_harvest_itself_counts_only_for_who_is_licensed_for_it() -> None:
    ways = [Conversion("grain", "millet", Decimal("0.8"))]

    def ratio(goods: set[str], licensed: set[str]) -> Decimal | None:
        return ratio_for(
            "grain", goods=frozenset(goods), licensed=frozenset(licensed), conversions=ways
        )

    assert ratio({"grain", "millet"}, {"millet"}) == Decimal("0.8")
    assert ratio({"grain", "millet"}, {"grain"}) == 1
    assert ratio({"grain"}, {"other"}) == 1
    assert ratio({"flour"}, {"flour"}) is None


def test_the_fuse_blows_at_nothing_or_at_the_reserve() -> None:
    assert is_spent(granted_g=1000, used_g=1000, fuse_at_g=0)
    assert not is_spent(granted_g=1000, used_g=999, fuse_at_g=0)
    assert is_spent(granted_g=1000, used_g=600, fuse_at_g=400)


kilos = st.decimals(min_value=0, max_value=10**6, places=3)


@given(area=kilos, harvest=kilos)
def test_a_plot_never_gives_more_than_its_cap_or_its_harvest(
    area: Decimal, harvest: Decimal
) -> None:
    plot = a_plot(area_ha=area, harvested_kg=(("millet-grain", harvest),))
    raw_kg = sum(each.raw_kg for each in shares(plot, [GRAIN]))
    assert raw_kg <= area * GRAIN.cap_kg_per_ha
    assert harvest == 0 or raw_kg <= harvest


@given(kilos)
def test_grams_and_kilograms_are_the_same_mass(kg: Decimal) -> None:
    assert kilograms(grams(kg)) == kg
