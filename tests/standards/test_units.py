"""Areas and masses: what people write is read exactly, or refused with what would do."""

from contextlib import suppress
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from originmark.standards.units import (
    AREA_UNITS,
    MASS_UNITS,
    UNITS,
    Quantity,
    UnitError,
    find_unit,
    parse_area,
    parse_mass,
    parse_number,
    read_as_mu,
)

figures = st.decimals(min_value=0, max_value=10**9, places=4)
units = st.sampled_from(AREA_UNITS + MASS_UNITS)


@pytest.mark.parametrize(
    ("text", "square_metres"),
    [
        ("3,5 ha", "35000"),
        ("3.5ha", "35000"),
        ("1 200 m²", "1200"),
        ("1\u00a0200 m2", "1200"),
        ("1'200 ㎡", "1200"),
        ("15 亩", "10000"),
        ("15亩", "10000"),
        ("30 mu", "20000"),
        ("20.56万亩", "137066666.6666666666666666667"),
        ("1 acre", "4046.8564224"),
        ("10 sào Bắc Bộ", "3600"),
        ("10 sào Trung Bộ", "5000"),
        ("2 công", "2000"),
        ("2 công tầm lớn", "2592"),
        ("1.234.567,5 m2", "1234567.5"),
        ("0.125 ha", "1250"),
    ],
)
def test_areas_are_read_as_they_are_written_in_the_three_countries(
    text: str, square_metres: str
) -> None:
    assert parse_area(text).to("m2") == Decimal(square_metres)


@pytest.mark.parametrize(
    ("text", "kilograms"),
    [
        ("12,5 tạ", "1250"),
        ("3 yến", "30"),
        ("500 斤", "250"),
        ("500 公斤", "500"),
        ("250 g", "0.25"),
        ("1.2 t", "1200"),
        ("2 tấn", "2000"),
    ],
)
def test_masses_are_read_in_field_units(text: str, kilograms: str) -> None:
    assert parse_mass(text).to("kg") == Decimal(kilograms)


@pytest.mark.parametrize("text", ["1,200 ha", "3.500 mu", "999,999 m2"])
def test_a_figure_that_may_be_read_twice_is_refused(text: str) -> None:
    with pytest.raises(UnitError, match="may mean"):
        parse_area(text)


def test_a_known_decimal_mark_settles_an_unclear_figure() -> None:
    assert parse_area("1,200 ha", decimal_mark=".").value == Decimal(1200)
    assert parse_area("1,200 ha", decimal_mark=",").value == Decimal("1.2")


@pytest.mark.parametrize("text", ["1,20,300 ha", "12 34 m2", "1.2.3 ha", "1,2.3,4 ha"])
def test_a_figure_with_broken_groups_is_refused(text: str) -> None:
    with pytest.raises(UnitError):
        parse_area(text)


@pytest.mark.parametrize("text", ["", "ha", "-3 ha", "nearly 5 ha", "٣ ha", "1e3 ha"])
def test_what_is_no_figure_is_refused(text: str) -> None:
    with pytest.raises(UnitError):
        parse_area(text)


def test_an_unknown_unit_is_refused_with_what_was_found_and_what_is_accepted() -> None:
    with pytest.raises(UnitError) as refused:
        parse_area("12 rai")

    assert refused.value.found == "rai"
    assert "ha" in refused.value.accepted
    assert "mu" in refused.value.accepted
    assert str(refused.value).startswith('"rai" is not a unit of area known here.')


def test_a_bare_sao_is_refused_because_north_and_centre_differ() -> None:
    with pytest.raises(UnitError) as refused:
        parse_area("5 sào")

    assert refused.value.accepted == ("sào Bắc Bộ (360 m²)", "sào Trung Bộ (500 m²)")


def test_a_mass_is_not_an_area() -> None:
    with pytest.raises(UnitError):
        parse_area("5 kg")
    with pytest.raises(ValueError, match="measures mass"):
        parse_mass("5 kg").to("ha")


def test_nearly_200_000_acres_of_donggang_are_mu() -> None:
    """The trap of the strawberry account: 20万亩 was translated as 200,000 acres."""
    written = parse_area("200,000 acres", decimal_mark=".")
    meant = read_as_mu(written)

    assert meant is not None
    assert round(meant.to("ha"), 1) == Decimal("13333.3")
    assert round(meant.to("acre")) == 32947
    assert round(written.to("ha")) == 80937
    assert meant.to("mu") == parse_area("20万亩").to("mu")
    assert read_as_mu(meant) is None


@given(value=figures, unit=units)
def test_what_is_printed_is_read_back_the_same(value: Decimal, unit: object) -> None:
    quantity = Quantity(value, unit)  # type: ignore[arg-type]
    parse = parse_area if quantity.unit.kind == "area" else parse_mass
    for mark in (".", ","):
        again = parse(quantity.show(decimal_mark=mark))  # type: ignore[arg-type]
        assert (again.value, again.unit) == (value, quantity.unit)


@given(value=figures, first=st.sampled_from(AREA_UNITS), second=st.sampled_from(AREA_UNITS))
def test_conversion_there_and_back_keeps_the_figure(value, first, second) -> None:  # noqa: ANN001
    there = Quantity(Quantity(value, first).to(second.code), second)
    assert round(there.to(first.code), 4) == value


@given(value=figures)
def test_fifteen_mu_are_one_hectare_to_the_last_digit(value: Decimal) -> None:
    assert Quantity(value * 15, UNITS["mu"]).exact == Quantity(value, UNITS["ha"]).exact
    assert Quantity(value, UNITS["mu"]).exact == Fraction(value) * Fraction(10_000, 15)


@given(st.text(max_size=30))
def test_any_text_is_either_read_or_refused(text: str) -> None:
    for parse in (parse_area, parse_mass, parse_number):
        with suppress(UnitError):
            parse(text)


@pytest.mark.parametrize("unit", AREA_UNITS + MASS_UNITS)
def test_each_unit_is_found_by_code_symbol_and_name(unit) -> None:  # noqa: ANN001
    for name in (unit.code, unit.symbol, *unit.names):
        assert find_unit(name, unit.kind) is unit
