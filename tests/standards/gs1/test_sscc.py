"""SSCCs of a company: right by their check digit, and never the same twice."""

import doctest

import pytest
from hypothesis import given
from hypothesis import strategies as st

from originmark.standards.gs1 import keys, sscc

prefixes = st.integers(4, 12).flatmap(
    lambda length: st.text(alphabet="0123456789", min_size=length, max_size=length)
)


def test_the_examples() -> None:
    assert doctest.testmod(sscc).failed == 0


@given(prefix=prefixes, number=st.integers(0, 99_999))
def test_each_is_an_sscc_of_the_company_with_the_number_inside(prefix: str, number: int) -> None:
    made = sscc.sscc(prefix, number)
    assert keys.sscc(made) == made
    assert made[1:].startswith(prefix)
    assert int(made[0] + made[1 + len(prefix) : -1]) == number


@pytest.mark.parametrize("number", [-1, 100_000])
def test_a_long_prefix_runs_out(number: int) -> None:
    assert sscc.sscc("690123456789", 99_999)[0] == "9"
    with pytest.raises(sscc.SsccSpent):
        sscc.sscc("690123456789", number)


def test_what_is_no_prefix_is_refused() -> None:
    with pytest.raises(ValueError, match="4 to 12 digits"):
        sscc.sscc("٦٩٠١٢", 1)
