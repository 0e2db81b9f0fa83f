"""One sheet: what counts, what is missing, how far to the next star."""

from decimal import Decimal

import pytest
from builders.star_schemes import FULL, GOOD, POOR, a_product_set, a_scheme
from hypothesis import given
from hypothesis import strategies as st

from originmark.mark.evaluation import scoring
from originmark.mark.evaluation.refusals import (
    AnswerNotOffered,
    NoKnockOutHere,
    ScoreAboveMaximum,
    ScoreNotOffered,
    SheetIncomplete,
    UnknownCriterion,
)

TEA = a_product_set()
sheets = st.fixed_dictionaries(
    {}, optional={line.code: st.integers(1, len(line.options)) for line in TEA.criteria()}
)


def test_a_sheet_adds_up_by_part() -> None:
    found = scoring.total(TEA, GOOD)

    assert (found.points, found.by_part) == (70, (("A", 50), ("B", 20)))
    assert (found.answered, found.missing) == (4, ())


def test_a_criterion_whose_condition_fails_is_neither_asked_nor_counted() -> None:
    found = scoring.total(TEA, POOR | {"2.2": 3})

    assert (found.points, found.asked) == (30, ("1.1", "1.2", "2.1"))
    assert found.missing == ()


def test_what_is_asked_and_not_answered_is_named() -> None:
    with pytest.raises(SheetIncomplete) as refused:
        scoring.require_complete(TEA, {"1.1": 1, "2.1": 2})

    assert refused.value.missing == ("1.2", "2.2")


def test_more_than_the_maximum_is_refused_with_the_maximum() -> None:
    line = scoring.criterion(TEA, "1.2")
    with pytest.raises(ScoreAboveMaximum) as refused:
        scoring.option_for(line, 21)

    assert str(refused.value) == (
        "Criterion 1.2 gives at most 20 points, so 21 cannot be given. Choose one of its answers."
    )


def test_points_that_no_answer_gives_are_refused_with_those_that_are() -> None:
    line = scoring.criterion(TEA, "1.2")
    with pytest.raises(ScoreNotOffered) as refused:
        scoring.option_for(line, 7)

    assert refused.value.offered == (0, 10, 20)
    assert scoring.option_for(line, 20) == 3


@pytest.mark.parametrize("option", [0, -1, 4])
def test_an_answer_that_is_not_there_is_refused(option: int) -> None:
    with pytest.raises(AnswerNotOffered):
        scoring.points_of(scoring.criterion(TEA, "1.2"), option)


def test_an_unknown_criterion_and_a_knock_out_where_there_is_none_are_refused() -> None:
    with pytest.raises(UnknownCriterion):
        scoring.criterion(TEA, "9.9")
    with pytest.raises(NoKnockOutHere):
        scoring.require_knock_out(scoring.criterion(TEA, "1.2"))
    scoring.require_knock_out(scoring.criterion(TEA, "1.1"))


@pytest.mark.parametrize(
    ("points", "stars", "missing"),
    [("0", 2, "30"), ("58", 4, "12"), ("69.99", 4, "0.01"), ("70", 5, "20"), ("89", 5, "1")],
)
def test_the_next_star_and_how_far_it_is(points: str, stars: int, missing: str) -> None:
    found = scoring.next_star(a_scheme(), Decimal(points))

    assert found == scoring.NextStar(stars, Decimal(missing))


def test_at_the_top_there_is_no_next_star() -> None:
    assert scoring.next_star(a_scheme(), Decimal(90)) is None


@given(chosen=sheets)
def test_no_sheet_ever_exceeds_a_maximum(chosen: dict[str, int]) -> None:
    found = scoring.total(TEA, chosen)

    assert 0 <= found.points <= 100
    assert found.points == sum(points for _, points in found.by_part)
    for section in TEA.sections:
        assert dict(found.by_part)[section.part] <= section.max_points
    assert set(found.missing) == set(found.asked) - set(chosen)


@given(chosen=sheets)
def test_a_better_answer_never_costs_points(chosen: dict[str, int]) -> None:
    assert scoring.total(TEA, chosen).points <= scoring.total(TEA, FULL).points
    for code, option in chosen.items():
        better = chosen | {code: len(scoring.criterion(TEA, code).options)}
        assert option <= better[code]
        assert scoring.total(TEA, chosen).points <= scoring.total(TEA, better).points
