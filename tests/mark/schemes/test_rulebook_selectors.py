"""Star schemes, criteria and rules of use come out as values."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from builders.rulebooks import (
    CRITERIA,
    STAR_SCHEME,
    a_criteria_set,
    a_star_scheme,
    a_use_rules_text,
    including,
)
from builders.schemes import NOON, a_brand

from originmark.mark.schemes import selectors, services
from originmark.mark.schemes.models import CriteriaSet
from originmark.mark.schemes.rules import (
    ProductSetTaken,
    RulebookDoesNotAddUp,
    UnknownProductSet,
    UnknownRulebook,
)
from originmark.mark.schemes.star_values import Band, Words
from originmark.mark.schemes.use_values import QuotaRule, UseCondition
from originmark.origin.parties import access

pytestmark = pytest.mark.django_db
LATER = (
    STAR_SCHEME.replace("version = 1", "version = 2\nsupersedes = 1", 1)
    .replace("valid_from = 2020-01-01", "valid_from = 2023-02-24")
    .replace("valid_until = 2023-12-31", "")
)


def test_a_star_scheme_is_read_whole(django_assert_num_queries: Any) -> None:
    a_star_scheme()

    with django_assert_num_queries(1):
        scheme = selectors.star_scheme("stars", 1)

    assert [(each.code, each.max_points) for each in scheme.parts] == [("A", 60), ("B", 40)]
    assert scheme.bands[0] == Band(5, Decimal(90))
    assert scheme.groups[0].subgroups[0].managing_ministry == "Agriculture"
    assert not scheme.groups[1].has_barcode
    assert [each.recognises for each in scheme.levels] == [(3,), (4,), (5,)]
    assert scheme.level("province").passes_on_from == Decimal(90)
    assert scheme.proofs[1].except_groups == ("VI",)
    assert scheme.council.quorum_share == Decimal("0.75")
    assert scheme.council.spread_notice_points is None
    assert scheme.to_fill_in == ("Who sits on the council",)


def test_the_version_of_a_day_is_the_one_that_was_in_force() -> None:
    a_star_scheme()
    a_star_scheme(LATER)

    on = {day: selectors.star_scheme_on("stars", day) for day in (
        date(2019, 12, 31), date(2023, 2, 23), date(2023, 2, 24), date(2030, 1, 1),
    )}  # fmt: skip

    assert [each and each.version for each in on.values()] == [None, 1, 2, 2]
    assert selectors.star_scheme("stars", 1).valid_until == date(2023, 2, 23)
    assert [each.version for each in selectors.star_schemes()] == [2, 1]


def test_an_unknown_version_is_refused() -> None:
    with pytest.raises(UnknownRulebook):
        selectors.star_scheme("stars", 1)


def test_criteria_are_read_with_what_they_include() -> None:
    a_star_scheme()
    a_criteria_set()

    found = selectors.product_set("stars", 1, "tea")

    assert selectors.product_sets("stars", 1) == [("tea", Words("Tea", (("vi", "Chè"),)))]
    assert [each.code for each in found.criteria()] == ["1.1", "2.1", "2.2"]
    material, _, own = found.criteria()
    assert material.evidence[0].in_language("vi") == "Hợp đồng"
    assert material.knock_out == Words("All of it imported, or of unknown origin")
    assert [each.points for each in material.options] == [20, 60]
    assert own.only_if == ("2.1", 10)


def test_an_unknown_set_is_refused() -> None:
    a_star_scheme()
    with pytest.raises(UnknownProductSet) as refused:
        selectors.product_set("stars", 1, "rice")

    assert refused.value.facts == {"rulebook": "stars v1", "product_set": "rice"}


def test_loading_the_same_criteria_again_changes_nothing() -> None:
    a_star_scheme()
    assert a_criteria_set() == a_criteria_set()
    assert CriteriaSet.objects.count() == 1


def test_loaded_criteria_never_change() -> None:
    a_star_scheme()
    a_criteria_set()

    with pytest.raises(ProductSetTaken):
        a_criteria_set(CRITERIA.replace("Raw material", "Material"))

    assert "Raw material" in CriteriaSet.objects.get().text


def test_criteria_of_a_scheme_that_is_not_loaded_are_refused() -> None:
    with pytest.raises(RulebookDoesNotAddUp, match="Load the scheme first"):
        services.load_criteria(CRITERIA, by=access.SYSTEM, now=NOON, including=including)

    assert not CriteriaSet.objects.exists()


def test_rules_of_use_hold_for_the_brand_that_they_name() -> None:
    a_brand("yangqu")
    services.load_rulebook(a_use_rules_text("yangqu"), by=access.SYSTEM, now=NOON)

    found = selectors.use_rules("yangqu", date(2026, 1, 1))

    assert found is not None
    assert (found.term_months, found.report_every_months, found.report_due_days) == (24, 6, 15)
    assert found.child_brand == "forbidden"
    assert found.quota == QuotaRule("output", "area-times-cap", Decimal("0.05"))
    assert found.condition("certificate-in-force") == UseCondition(
        "certificate-in-force",
        Words("An organic certificate is in force"),
        "Made up for tests",
        "unverified",
        "organic",
    )
    assert found.clauses[0].text.in_language("vi") == "Rút lui thì ngừng dùng nhãn ngay"
    assert selectors.use_rules("yangqu", date(2025, 12, 31)) is None


def test_a_frame_without_a_brand_rules_nobody() -> None:
    a_brand("yangqu")
    frame = a_use_rules_text("yangqu").replace('brand = "yangqu"\n', "")
    services.load_rulebook(frame, by=access.SYSTEM, now=NOON)

    assert selectors.use_rules("yangqu", date(2026, 6, 1)) is None
    assert selectors.rulebook_in_force("yangqu", date(2026, 6, 1)) is None


def test_of_two_rulebooks_of_use_the_latest_to_begin_rules() -> None:
    a_brand("yangqu")
    earlier = a_use_rules_text("yangqu", code="older", version=3)
    later = a_use_rules_text("yangqu", code="newer").replace("2026-01-01", "2026-05-01")
    for text in (later, earlier):
        services.load_rulebook(text, by=access.SYSTEM, now=NOON)

    on = [date(2026, 4, 30), date(2026, 5, 1)]
    found = [selectors.use_rules("yangqu", day) for day in on]

    assert [each and each.code for each in found] == ["older", "newer"]
