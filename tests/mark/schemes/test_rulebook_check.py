"""A rulebook that does not add up is refused, with the line."""

from datetime import date
from decimal import Decimal

import pytest
from builders.schemes import a_rulebook_text
from hypothesis import given
from hypothesis import strategies as st

from originmark.mark.schemes.rulebook_check import Edition, Surroundings, check
from originmark.mark.schemes.rulebook_kinds.balance import kg_per_ha

PRODUCTS = {"millet", "millet-grain"}


def findings(text: str, *editions: Edition) -> list[str]:
    """Return what the checker says, as a person reads it."""
    around = Surroundings(
        is_brand=lambda code: code == "yangqu",
        is_product=PRODUCTS.__contains__,
        editions=lambda _: editions,
    )
    rules, found = check(text, around)
    assert (rules is None) == bool(found)
    return [str(each) for each in found]


def one_finding(text: str, *editions: Edition) -> str:
    found = findings(text, *editions)
    assert len(found) == 1, found
    return found[0]


def test_a_good_rulebook_has_no_finding() -> None:
    assert findings(a_rulebook_text("yangqu")) == []


def test_low_above_high_names_the_line() -> None:
    text = a_rulebook_text(
        "yangqu", conversions=[("milling", "millet-grain", "millet", "0.8", "0.7")]
    )

    said = one_finding(text)

    line = text.splitlines().index("ratio_low = 0.8") + 1
    assert said == (
        f"line {line}, [[conversion]] 1 ratio_low: The lowest ratio 0.8 is above the highest 0.7."
    )


@pytest.mark.parametrize("process", ["milling", "drying"])
def test_more_cannot_come_out_than_went_in(process: str) -> None:
    text = a_rulebook_text(
        "yangqu", conversions=[(process, "millet-grain", "millet", "0.9", "1.1")]
    )

    assert f"more comes out of {process} than went in" in one_finding(text)


def test_a_loss_only_process_cannot_be_told_to_gain() -> None:
    text = a_rulebook_text(
        "yangqu", conversions=[("drying", "millet-grain", "millet", "0.9", "1.1")]
    )

    assert "drying adds nothing" in one_finding(text + "gains_mass = true\n")


def test_a_process_that_adds_something_may_gain() -> None:
    text = a_rulebook_text(
        "yangqu", conversions=[("soaking-in-honey", "millet-grain", "millet", "1.2", "1.5")]
    )

    assert findings(text + "gains_mass = true\n") == []


def test_a_figure_without_a_source_is_refused() -> None:
    text = a_rulebook_text("yangqu").replace('source = "A made-up figure for tests"\n', "", 1)

    assert "[[yield_cap]] 1 source: The source is missing." in one_finding(text)


def test_an_empty_source_is_no_source() -> None:
    text = a_rulebook_text("yangqu").replace('"A made-up figure for tests"', '"  "', 1)

    assert "The source is missing." in one_finding(text)


def test_unknown_brand_product_unit_confidence_and_key_are_each_told() -> None:
    text = (
        a_rulebook_text("elsewhere", caps=[("rice", 2026, 300)])
        .replace("kg/mu", "bushels")
        .replace('"unverified"', '"certain"', 1)
    )

    assert len(findings(text)) == 4
    assert "There is no key ratio" in one_finding(a_rulebook_text("yangqu") + "ratio = 1\n")


def test_the_same_cap_twice_points_at_the_first() -> None:
    text = a_rulebook_text(
        "yangqu", caps=[("millet-grain", 2026, 300), ("millet-grain", 2026, 280)]
    )

    first = text.splitlines().index("[[yield_cap]]") + 1
    assert f"Line {first} rules the same already" in one_finding(text)


def test_a_season_outside_the_validity_is_refused() -> None:
    assert "2031 is outside" in one_finding(
        a_rulebook_text("yangqu", caps=[("millet-grain", 2031, 300)])
    )


@pytest.mark.parametrize("cap", ["0", "-3", "1e-30"])
def test_a_cap_is_positive(cap: str) -> None:
    assert "It must be above zero" in one_finding(
        a_rulebook_text("yangqu", caps=[("millet-grain", 2026, cap)])
    )


@pytest.mark.parametrize("cap", ["nan", "inf", '"300"', "true"])
def test_a_cap_is_a_number(cap: str) -> None:
    assert "cap should be a number" in one_finding(
        a_rulebook_text("yangqu", caps=[("millet-grain", 2026, cap)])
    )


@pytest.mark.parametrize("cap", ["70000", "1e300"])
def test_a_cap_that_nothing_grows_is_refused(cap: str) -> None:
    assert "which nothing grows" in one_finding(
        a_rulebook_text("yangqu", caps=[("millet-grain", 2026, cap)])
    )


LOADED = Edition(1, date(2026, 1, 1), date(2028, 12, 31))


def test_overlapping_versions_are_refused() -> None:
    text = a_rulebook_text("yangqu", version=2, valid_from="2027-01-01", caps=[])

    assert "It overlaps version 1 (2026-01-01 to 2028-12-31)" in one_finding(text, LOADED)


def test_a_version_may_supersede_the_one_that_it_overlaps() -> None:
    caps = [("millet-grain", 2027, 300)]
    text = a_rulebook_text("yangqu", version=2, valid_from="2027-01-01", supersedes=1, caps=caps)

    assert findings(text, LOADED) == []


def test_a_loaded_version_never_changes() -> None:
    text = a_rulebook_text("yangqu", valid_from="2030-01-01", valid_until=None, caps=[])

    assert "Version 1 is not newer than version 1" in one_finding(text, LOADED)


def test_text_that_is_no_toml_names_the_line() -> None:
    assert one_finding("[rulebook]\ncode = \n").startswith("line 2, file: This is not readable")


def test_a_file_without_a_head_is_refused() -> None:
    assert "The table [rulebook]" in one_finding("")


def test_an_unknown_table_is_refused() -> None:
    assert "There is no table quota" in one_finding(a_rulebook_text("yangqu") + "\n[quota]\n")


@given(st.text(max_size=300))
def test_whatever_the_text_the_checker_answers(text: str) -> None:
    assert findings(text)


def test_mu_become_hectares_exactly() -> None:
    assert kg_per_ha(Decimal(300), "kg/mu") == Decimal(4500)
    assert kg_per_ha(Decimal("1.2"), "t/ha") == Decimal(1200)
    assert kg_per_ha(Decimal(1), "kg/kg") is None
