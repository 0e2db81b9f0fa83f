"""What must hold before somebody may use a mark: each condition by itself."""

from datetime import date
from typing import Any

import pytest

from originmark.mark.licensing import periods
from originmark.mark.licensing.application_refusals import ConditionsNotMet
from originmark.mark.licensing.application_rules import (
    Facts,
    ProductFact,
    conditions,
    is_credit_code,
    require,
)
from originmark.mark.schemes.star_values import Words
from originmark.mark.schemes.use_values import CONDITIONS, UseCondition

ALL = tuple(
    UseCondition(key, Words(key), certificate_type="organic" if "certificate" in key else "")
    for key in CONDITIONS
)


def facts(**more: Any) -> Facts:
    """Everything in order, but for what is named."""
    known: dict[str, Any] = {
        "on": date(2026, 10, 15),
        "organisation": "Heshun",
        "brand": "Yangqu millet",
        "products": (ProductFact("Millet", is_of_brand=True, has_star=True),),
        "rights": ("AGI-1",),
        "boundary": "Yangqu",
        "areas": ("plot-1",),
        "areas_outside": (),
        "certificates": frozenset({"organic"}),
        "certificate_names": {"organic": "Organic"},
        "findings": (),
        "credit_code": "91110000600037341L",
        **more,
    }
    return Facts(**known)


def test_everything_in_order_is_met_in_the_order_of_the_rules() -> None:
    found = conditions(ALL, facts())
    assert [each.key for each in found] == list(CONDITIONS)
    assert all(each.is_met for each in found)
    require(found)


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        (
            {"products": (ProductFact("Flour", is_of_brand=False, has_star=True),)},
            "condition-product-of-brand",
        ),
        ({"rights": ()}, "condition-right-in-force"),
        ({"areas": ()}, "condition-no-areas"),
        ({"boundary": ""}, "condition-no-boundary"),
        ({"areas_outside": ("North field",)}, "condition-area-inside-boundary"),
        ({"certificates": frozenset()}, "condition-certificate-in-force"),
        (
            {"products": (ProductFact("Millet", is_of_brand=True, has_star=False),)},
            "condition-star-in-force",
        ),
        ({"findings": ("Old labels",)}, "condition-no-open-nonconformity"),
        ({"credit_code": ""}, "condition-credit-code"),
        ({"credit_code": "91110000600037341M"}, "condition-credit-code"),
        ({"own_brand": "Golden", "child_brand": "forbidden"}, "own-brand-forbidden"),
        ({"own_brand": "Golden", "child_brand": "needs-consent"}, "own-brand-without-consent"),
    ],
)
def test_each_thing_that_is_wrong_is_told_alone(wrong: dict[str, Any], code: str) -> None:
    found = conditions(ALL, facts(**wrong))

    assert [each.refusal.code for each in found if each.refusal] == [code]
    with pytest.raises(ConditionsNotMet):
        require(found)


def test_every_reason_is_told_at_once() -> None:
    with pytest.raises(ConditionsNotMet) as refused:
        require(conditions(ALL, facts(rights=(), findings=("Old labels",))))
    assert len(refused.value.refusals) == 2
    assert "Old labels" in str(refused.value.refusals[1])


@pytest.mark.parametrize(
    "more", [{"child_brand": "free"}, {"child_brand": "needs-consent", "has_consent": True}]
)
def test_an_own_brand_may_stand_there_where_it_is_free_or_agreed(more: dict[str, Any]) -> None:
    (found,) = conditions((), facts(own_brand="Golden", **more))
    assert found.is_met


@pytest.mark.parametrize(
    "code", ["", "9111000060003734", "９1110000600037341L", "91110000 0003734-L"]
)
def test_what_is_no_credit_code_at_all(code: str) -> None:
    assert not is_credit_code(code)


def test_a_term_ends_the_day_before_it_would_begin_again() -> None:
    assert periods.last_day(date(2026, 3, 15), 36) == date(2029, 3, 14)
    assert periods.last_day(date(2026, 1, 31), 1) == date(2026, 2, 27)
    assert periods.months_later(date(2024, 2, 29), 12) == date(2025, 2, 28)
