import pytest
from hypothesis import given
from hypothesis import strategies as st

from originmark.standards.gs1 import keys
from originmark.standards.gs1.keys import InvalidKey

digits = st.text("0123456789", min_size=1, max_size=30)


@given(digits)
def test_one_wrong_digit_is_always_found(body: str) -> None:
    whole = body + keys.check_digit(body)
    for place, digit in enumerate(whole):
        other = whole[:place] + str((int(digit) + 1) % 10) + whole[place + 1 :]
        assert keys.check_digit(other[:-1]) != other[-1]


@given(
    st.sampled_from([7, 11, 12, 13]).flatmap(
        lambda n: st.text("0123456789", min_size=n, max_size=n)
    )
)
def test_a_gtin_of_any_length_is_stored_in_14_digits(body: str) -> None:
    text = body + keys.check_digit(body)
    assert keys.gtin(text) == text.zfill(14)
    assert keys.gtin(keys.gtin(text)) == keys.gtin(text)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("6901234567893", "GTIN 6901234567893 ends in 3, its check digit should be 2"),
        ("690123456789", "GTIN 690123456789 ends in 9, its check digit should be 7"),
        ("69012345678929", "GTIN 69012345678929 ends in 9, its check digit should be 2"),
        ("690123456", "GTIN 690123456 has 9 digits, it should have 8, 12, 13 or 14"),
        ("٦٩٠١٢٣٤٥٦٧٨٩٢", "GTIN ٦٩٠١٢٣٤٥٦٧٨٩٢ holds '٦', only the digits 0 to 9 are allowed"),
        ("690123456789２", "GTIN 690123456789２ holds '２', only the digits 0 to 9 are allowed"),
        ("6901234 67892", "GTIN 6901234 67892 holds ' ', only the digits 0 to 9 are allowed"),
        ("", "GTIN is empty, digits were expected"),
    ],
)
def test_a_wrong_gtin_is_told_what_is_wrong(text: str, sentence: str) -> None:
    with pytest.raises(InvalidKey) as refused:
        keys.gtin(text)
    assert str(refused.value) == sentence


@pytest.mark.parametrize(
    ("ai", "text"),
    [
        ("00", "012345678901234560"),
        ("253", "4012345000009AB/7"),
        ("255", "4012345000009001"),
        ("402", "40123450000000009"),
        ("414", "4012345000009"),
        ("7040", "1ABC"),
        ("8003", "04012345000009A-1"),
        ("8006", "040123450000090102"),
        ("8010", "4012345AB-#/1"),
        ("8013", "1987654Ad4X4bL5ttr2310c2K"),
        ("8017", "401234500000000012"),
    ],
)
def test_values_of_each_kind_pass(ai: str, text: str) -> None:
    assert keys.check_value(ai, text) == text


@pytest.mark.parametrize(
    ("ai", "text", "sentence"),
    [
        (
            "00",
            "012345678901234561",
            "SSCC 012345678901234561 ends in 1, its check digit should be 0",
        ),
        ("414", "40123450000099", "GLN 40123450000099 has 14 digits, it should have 13"),
        ("10", "", "lot has 0 characters, 1 to 20 are allowed"),
        ("10", "Ố1", "lot Ố1 holds 'Ố', which GS1 does not allow there"),
        ("21", "x" * 21, "serial has 21 characters, 1 to 20 are allowed"),
        ("7040", "AABC", "UIC extension AABC should be a digit and three characters"),
        ("8003", "14012345000009", "GRAI 14012345000009 starts with 1, it should start with 0"),
        ("8006", "0401234500000902", "ITIP 0401234500000902 has 16 digits, it should have 18"),
        (
            "8006",
            "040123450000090302",
            "ITIP 040123450000090302 says piece 3 of 2; the first is 1, the last 2",
        ),
        ("8013", "1987654X22", "GMN 1987654X22 ends in 22, its check pair should be HC"),
        (
            "8013",
            "AB",
            "GMN AB ends in AB, its check pair should be behind at least one other character",
        ),
        ("99", "1", "application identifier (99) is no Digital Link key or qualifier"),
    ],
)
def test_a_wrong_value_is_told_what_is_wrong(ai: str, text: str, sentence: str) -> None:
    with pytest.raises(InvalidKey) as refused:
        keys.check_value(ai, text)
    assert str(refused.value) == sentence
