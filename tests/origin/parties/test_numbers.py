import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import uscc

from originmark.origin.parties import numbers


@pytest.mark.parametrize(
    ("scheme", "typed", "kept"),
    [
        ("cn_uscc", "91110000600037341L", "91110000600037341L"),
        ("cn_uscc", " 9111 0000 6000 3734 1l ", "91110000600037341L"),
        ("vn_mst", "0100233488", "0100233488"),
        ("vn_mst", "0314409058-002", "0314409058002"),
        ("other", " FR 12 ", "FR 12"),
        ("", "  ", ""),
    ],
)
def test_a_registration_number_is_kept_in_one_form(scheme: str, typed: str, kept: str) -> None:
    assert numbers.registration_number(scheme, typed) == kept


def test_a_collective_registered_by_agriculture_has_a_code_that_begins_with_n() -> None:
    code = "N2140122MF0000001"
    code += uscc.calc_check_digit(code)

    assert numbers.registration_number("cn_uscc", code) == code


@pytest.mark.parametrize(
    ("scheme", "typed"),
    [
        ("cn_uscc", "91110000600037341M"),  # wrong check character
        ("cn_uscc", "9111000060003734L"),  # too short
        ("cn_uscc", "９1110000600037341L"),  # a full-width nine
        ("cn_uscc", "B1110000600037341L"),  # no such authority
        ("vn_mst", "0100233480"),  # wrong check digit
        ("vn_mst", "٠١٠٠٢٣٣٤٨٨"),  # Arabic-Indic digits
        ("vn_mst", "-"),
    ],
)
def test_a_wrong_registration_number_is_refused(scheme: str, typed: str) -> None:
    with pytest.raises(numbers.BadRegistrationNumber) as refused:
        numbers.registration_number(scheme, typed)

    assert refused.value.facts["number"] == typed
    assert refused.value.field == "registration_number"


def test_a_number_needs_a_known_scheme() -> None:
    with pytest.raises(numbers.UnknownScheme):
        numbers.registration_number("", "12345")


@pytest.mark.parametrize("typed", ["9501101530004", "950110153000", "٩٥٠١١٠١٥٣٠٠٠٣", "urn:gln"])
def test_a_wrong_gln_is_refused(typed: str) -> None:
    with pytest.raises(numbers.BadGln):
        numbers.gln(typed)


@pytest.mark.parametrize("typed", ["123", "1234567890123", "69５01", "69-501"])
def test_a_wrong_company_prefix_is_refused(typed: str) -> None:
    with pytest.raises(numbers.BadCompanyPrefix):
        numbers.company_prefix(typed)


@given(st.text(alphabet="0123456789", min_size=12, max_size=12), st.integers(1, 9))
def test_a_gln_with_another_check_digit_is_refused(body: str, shift: int) -> None:
    total = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(body))
    check = -total % 10
    assert numbers.gln(f"{body}{check}") == f"{body}{check}"
    with pytest.raises(numbers.BadGln):
        numbers.gln(f"{body}{(check + shift) % 10}")
