"""The verdict on a code, as examples and as laws."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from originmark.mark.passport.rules import CodeFacts, Verdict, verdict

TODAY = date(2026, 10, 15)


def facts(**changed: object) -> CodeFacts:
    values = {
        "state": "activated", "is_in_its_place": True, "has_licence": True, "best_before": None
    }  # fmt: skip
    return CodeFacts(**(values | changed))  # type: ignore[arg-type]


def decide(found: CodeFacts | None) -> Verdict:
    return verdict(found, today=TODAY)


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (None, Verdict.UNKNOWN),
        (facts(is_in_its_place=False), Verdict.MISPLACED),
        (facts(state="withdrawn"), Verdict.WITHDRAWN),
        (facts(state="spoiled"), Verdict.SPOILED),
        (facts(state="issued"), Verdict.NOT_ACTIVATED),
        (facts(has_licence=False), Verdict.LICENCE_LAPSED),
        (facts(is_recalled=True), Verdict.RECALLED),
        (facts(is_recalled=True, state="withdrawn", has_licence=False), Verdict.RECALLED),
        (facts(is_recalled=True, is_in_its_place=False), Verdict.MISPLACED),
        (facts(has_lapsed_stars=True), Verdict.STAR_EXPIRED),
        (facts(has_lapsed_stars=True, has_licence=False), Verdict.LICENCE_LAPSED),
        (facts(has_lapsed_stars=True, best_before=date(2026, 10, 14)), Verdict.EXPIRED),
        (facts(best_before=TODAY), Verdict.GENUINE_FIRST),
        (facts(best_before=TODAY - timedelta(days=1)), Verdict.EXPIRED),
        (facts(), Verdict.GENUINE_FIRST),
    ],
)
def test_each_state_has_its_verdict(found: CodeFacts | None, expected: Verdict) -> None:
    assert decide(found) == expected


def test_somebody_elses_look_before_mine_is_said() -> None:
    assert decide(facts(others=1)) == Verdict.GENUINE_SEEN


def test_a_code_that_looks_copied_is_called_so_unless_something_worse_is_known() -> None:
    assert decide(facts(looks_copied=True, others=13)) == Verdict.COPIED
    assert decide(facts(looks_copied=True, has_licence=False)) == Verdict.COPIED
    assert decide(facts(looks_copied=True, state="withdrawn")) == Verdict.WITHDRAWN


codes = st.builds(
    CodeFacts,
    state=st.sampled_from(["issued", "activated", "spoiled", "withdrawn"]),
    is_in_its_place=st.booleans(),
    has_licence=st.booleans(),
    best_before=st.none() | st.dates(date(2026, 1, 1), date(2027, 1, 1)),
    is_recalled=st.booleans(),
    has_lapsed_stars=st.booleans(),
    looks_copied=st.booleans(),
    others=st.integers(0, 100),
)


@settings(max_examples=200)
@given(found=st.none() | codes)
def test_only_an_activated_licensed_label_in_its_place_is_called_genuine(
    found: CodeFacts | None,
) -> None:
    answer = decide(found)
    if answer.is_genuine:
        assert found is not None
        assert (found.state, found.is_in_its_place, found.has_licence) == ("activated", True, True)
        assert (found.is_recalled, found.has_lapsed_stars, found.looks_copied) == (False,) * 3
        assert found.best_before is None or found.best_before >= TODAY
