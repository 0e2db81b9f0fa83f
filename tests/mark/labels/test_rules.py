"""Law 3 as a pure decision: each condition refuses by itself, and all together."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from builders.issue_facts import FIELD, GOOD, NO_LICENCE
from hypothesis import given, settings
from hypothesis import strategies as st

from originmark.mark.labels import refusals, rules

OUTSIDE = rules.AreaFact("YQ-A9", "River flat", is_inside=False, share_inside=0.25)


def lot(**changed: Any) -> rules.IssueFacts:
    return replace(GOOD, lot=replace(GOOD.lot, **changed))


REFUSED = [
    (replace(GOOD, is_organisation_active=False), "organisation-inactive"),
    (replace(GOOD, licence_refusal=NO_LICENCE), "no-licence"),
    (replace(GOOD, is_product_of_brand=False), "product-not-of-brand"),
    (replace(GOOD, rights=()), "no-right-in-force"),
    (replace(GOOD, is_brand_active=False), "brand-inactive"),
    (replace(GOOD, areas=(FIELD, OUTSIDE)), "areas-outside-boundary"),
    (replace(GOOD, areas=()), "origin-unknown"),
    (lot(is_origin_complete=False), "origin-incomplete"),
    (lot(status=rules.CLOSED), "lot-closed"),
    (lot(status=rules.IN_TRANSIT), "lot-in-transit"),
    (lot(status=rules.WITHDRAWN), "lot-withdrawn"),
    (lot(pack_count=None), "lot-not-packed"),
    (lot(packed_from=("PK-0",)), "packs-of-another-lot"),
    (lot(best_before=date(2026, 11, 19)), "lot-past-best-before"),
    (replace(GOOD, in_force=901), "labels-exceed-packs"),
    (replace(GOOD, count=0), "not-a-label-count"),
    (replace(GOOD, count=rules.MOST_PER_RUN + 1), "not-a-label-count"),
]


def test_what_meets_every_condition_is_allowed() -> None:
    assert rules.check_issue(GOOD) == []
    assert all(each.is_met for each in rules.conditions(GOOD))
    rules.require_issue(GOOD)


@pytest.mark.parametrize(("facts", "code"), REFUSED, ids=[code for _, code in REFUSED])
def test_each_condition_refuses_by_itself(facts: rules.IssueFacts, code: str) -> None:
    (refusal,) = rules.check_issue(facts)
    assert refusal.code == code
    assert "%(" not in str(refusal)
    with pytest.raises(refusals.IssueRefused):
        rules.require_issue(facts)


def test_the_last_day_and_the_last_pack_are_allowed() -> None:
    assert rules.check_issue(lot(best_before=GOOD.on)) == []
    assert rules.check_issue(replace(GOOD, in_force=900)) == []
    assert rules.check_issue(lot(best_before=None)) == []


def test_a_mark_without_a_boundary_asks_only_for_known_land() -> None:
    assert rules.check_issue(replace(GOOD, boundary="", areas=(OUTSIDE,))) == []


def test_areas_outside_are_named_with_their_share() -> None:
    (refusal,) = rules.check_issue(replace(GOOD, areas=(FIELD, OUTSIDE)))
    assert "River flat (YQ-A9, 25% inside)" in str(refusal)
    assert "North slope" not in str(refusal)


def test_all_that_fails_is_told_together() -> None:
    worn = {"status": rules.CLOSED, "is_origin_complete": False, "best_before": date(2026, 1, 1)}
    worst = replace(
        lot(**worn, pack_count=10),
        is_organisation_active=False, licence_refusal=NO_LICENCE, rights=(),
        areas=(OUTSIDE,),
    )  # fmt: skip
    with pytest.raises(refusals.IssueRefused) as caught:
        rules.require_issue(worst)
    assert [each.code for each in caught.value.refusals] == [
        "organisation-inactive", "no-licence", "no-right-in-force", "areas-outside-boundary",
        "origin-incomplete", "lot-closed", "lot-past-best-before", "labels-exceed-packs",
    ]  # fmt: skip


@settings(max_examples=500, deadline=None)
@given(picked=st.lists(st.sampled_from(REFUSED), min_size=1, max_size=4))
def test_facts_are_allowed_only_if_nothing_speaks_against_them(
    picked: list[tuple[rules.IssueFacts, str]],
) -> None:
    """Mix faults: whatever is combined, at least one reason is told and no label is allowed."""
    facts = GOOD
    for faulty, _ in picked:
        told = {name: getattr(faulty, name) for name in GOOD.__slots__}
        facts = replace(facts, **{k: v for k, v in told.items() if v != getattr(GOOD, k)})
    assert rules.check_issue(facts)
