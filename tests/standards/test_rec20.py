"""Measures compare across the units of one kind."""

from decimal import Decimal

import pytest

from originmark.standards.rec20 import Measure, kind_of


@pytest.mark.parametrize(
    ("one", "same"),
    [
        (("100", "CEL"), ("212", "FAH")),
        (("-40", "CEL"), ("-40", "FAH")),
        (("0", "CEL"), ("273.15", "KEL")),
        (("1", "KGM"), ("1000", "GRM")),
        (("1", "LBR"), ("16", "ONZ")),
        (("1", "LBR"), ("453.59237", "GRM")),
        (("1", "MTQ"), ("1000", "LTR")),
        (("1", "INH"), ("25.4", "MMT")),
        (("50", "P1"), ("500", "NX")),
        (("1", "BAR"), ("1000", "A97")),
        (("1", "HUR"), ("3600", "SEC")),
    ],
)
def test_a_measure_is_the_same_in_another_unit(one: tuple[str, str], same: tuple[str, str]) -> None:
    assert Measure(Decimal(one[0]), one[1]) == Measure(Decimal(same[0]), same[1])


def test_kinds_do_not_mix() -> None:
    mass, volume = Measure(Decimal(1), "KGM"), Measure(Decimal(1), "LTR")
    assert not mass.is_comparable(volume)
    assert mass != volume
    with pytest.raises(ValueError, match="different things"):
        assert mass < volume


def test_an_unknown_code_is_a_kind_of_its_own() -> None:
    assert kind_of("QQQ") is None
    assert Measure(Decimal(1), "QQQ") < Measure(Decimal(2), "QQQ")
    assert Measure(Decimal(1), "QQQ") != Measure(Decimal(1), "QQR")


def test_a_difference_of_temperatures_has_no_zero() -> None:
    one = Measure(Decimal(1), "CEL", is_difference=True)
    assert one == Measure(Decimal("1.8"), "FAH", is_difference=True)
