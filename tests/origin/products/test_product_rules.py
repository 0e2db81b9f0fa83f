from datetime import date
from decimal import Decimal

import pytest
from builders.products import a_draft, a_gtin
from hypothesis import given
from hypothesis import strategies as st

from originmark.frame.web.refusals import RuleViolation
from originmark.origin.products import rules
from originmark.origin.products.rules import Characteristic, checked

words = st.text("abc ≤%0123456789", min_size=1, max_size=9).filter(str.strip).map(str.strip)
LINES = st.lists(st.builds(Characteristic, words, words, words, words), max_size=9)


@pytest.mark.parametrize(
    ("values", "field", "sentence"),
    [
        (
            {"gtin": "6901234567893"},
            "gtin",
            "GTIN 6901234567893 ends in 3, its check digit should be 2. Copy the number",
        ),
        ({"gtin": "٦٩٠١٢٣٤٥٦٧٨٩٢"}, "gtin", "GTIN ٦٩٠١٢٣٤٥٦٧٨٩٢ holds '٦', only the digits 0 to 9"),
        ({"gtin": "00000000"}, "gtin", "GTIN 00000000 is all zeros, which names nothing"),
        ({"code": "小米"}, "code", "The code “小米” should be 1 to 40 letters a–z"),
        ({"code": ""}, "code", "The code “” should be"),
        ({"kind": "animal"}, "kind", "“animal” is no kind of product. It should be one of crop,"),
        ({"kind": "trade_item", "name": "Box"}, "organisation", "Box is a trade item and names no"),
        ({"net_content_g": 0}, "net_content", "A net content of 0 was given"),
        ({"net_content_pieces": 50_000_001}, "net_content", "A net content of 50000001 was given"),
        (
            {"specification": (Characteristic("moisture", ""),)},
            "specification",
            "Line 1 of the specification: the limit is missing",
        ),
        (
            {"specification": (Characteristic("a", "b"),) * 101},
            "specification",
            "Line 101 of the specification: 100 lines are the most",
        ),
    ],
)
def test_a_draft_that_cannot_be_is_told_why(values: dict, field: str, sentence: str) -> None:
    with pytest.raises(RuleViolation) as refused:
        checked(a_draft(**values))
    assert refused.value.field == field
    assert str(refused.value).startswith(sentence)


def test_a_draft_is_tidied() -> None:
    gtin = a_gtin(7)
    draft = checked(a_draft(name=" Millet ", gtin=gtin[1:], names={"vi": " Kê ", "zh-hans": " "}))
    assert (draft.name, draft.gtin, draft.names) == ("Millet", gtin, {"vi": "Kê"})


@pytest.mark.parametrize(
    ("amount", "unit", "expected"),
    [
        ("500", "g", (500, None)),
        ("0.5", "kg", (500, None)),
        ("5", "jin", (2500, None)),
        ("12", "piece", (None, 12)),
    ],
)
def test_a_net_content_is_kept_as_typed(amount: str, unit: str, expected: tuple) -> None:
    assert rules.net_content(Decimal(amount), unit) == expected
    assert rules.shown_amount(*expected, unit) == Decimal(amount)


@pytest.mark.parametrize(("amount", "unit"), [("0", "g"), ("-1", "kg"), ("0.5", "piece")])
def test_a_net_content_that_no_pack_has_is_refused(amount: str, unit: str) -> None:
    with pytest.raises(rules.NetContentRefused):
        rules.net_content(Decimal(amount), unit)


def test_no_net_content_is_allowed() -> None:
    assert rules.net_content(None, "g") == (None, None)
    assert rules.shown_amount(None, None, "g") is None


@given(LINES)
def test_a_specification_is_read_as_it_was_written(lines: list[Characteristic]) -> None:
    stored = [{name: getattr(line, name) for name in Characteristic.__slots__} for line in lines]
    assert rules.read_specification(rules.write_specification(stored)) == tuple(lines)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (
            "moisture",
            "Line 1 of the specification: 1 parts between | were found, 2 to 4 are needed",
        ),
        ("a | b\n\na|b|c|d|e", "Line 3 of the specification: 5 parts between |"),
        (" | 13", "Line 1 of the specification: the characteristic is missing"),
    ],
)
def test_a_line_that_says_too_little_is_refused(text: str, sentence: str) -> None:
    with pytest.raises(rules.SpecificationRefused) as refused:
        rules.read_specification(text)
    assert str(refused.value).startswith(sentence)


@pytest.mark.parametrize(
    ("dates", "status"),
    [
        ({}, rules.IN_FORCE),
        ({"registered_on": date(2026, 6, 2)}, rules.NOT_YET),
        ({"valid_until": date(2026, 5, 31)}, rules.EXPIRED),
        ({"valid_until": date(2026, 6, 1)}, rules.EXPIRING),
        ({"valid_until": date(2026, 8, 30)}, rules.EXPIRING),
        ({"valid_until": date(2026, 8, 31)}, rules.IN_FORCE),
        ({"valid_until": date(2030, 1, 1), "withdrawn_on": date(2026, 6, 1)}, rules.WITHDRAWN),
    ],
)
def test_a_right_is_worth_what_its_dates_say(dates: dict, status: str) -> None:
    asked = {"registered_on": None, "valid_until": None, "withdrawn_on": None, **dates}
    assert rules.right_status(**asked, on=date(2026, 6, 1)) == status


def test_a_right_does_not_end_before_it_begins() -> None:
    rules.check_dates(date(2026, 1, 1), date(2026, 1, 1))
    with pytest.raises(rules.DatesRefused, match="Valid until 2025-12-31 is before"):
        rules.check_dates(date(2026, 1, 1), date(2025, 12, 31))
