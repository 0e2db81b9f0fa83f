"""The council: quorum, ties, tally, rounding, verdict, votes."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from builders.star_schemes import FAIR, FULL, GOOD, POOR, a_product_set, a_scheme
from hypothesis import given
from hypothesis import strategies as st

from originmark.mark.evaluation import rulebooks, rules
from originmark.mark.evaluation.refusals import (
    CouncilTooSmall,
    NoQuorum,
    OutcomeAgainstVotes,
    QuorumUnknown,
    RoundingUnknown,
    VotesDoNotAddUp,
)
from originmark.mark.evaluation.rules import SheetIn

TEA = a_product_set()


@pytest.mark.parametrize(
    ("share", "appointed", "needed"),
    [("0.5", 7, 4), ("0.5", 8, 4), ("0.6667", 9, 7), ("0.6666", 9, 6), ("1", 7, 7), ("0.01", 7, 1)],
)
def test_the_quorum_is_the_next_whole_member(share: str, appointed: int, needed: int) -> None:
    assert rules.Quorum(Decimal(share)).needed(appointed, council="R") == needed


def test_without_a_figure_nobody_decides() -> None:
    with pytest.raises(QuorumUnknown):
        rules.Quorum(None).require(7, 7, council="R")


def test_one_member_too_few_is_refused_with_the_numbers() -> None:
    quorum = rules.Quorum(Decimal("0.5"))
    with pytest.raises(NoQuorum) as refused:
        quorum.require(3, 7, council="R")

    assert refused.value.facts == {"present": 3, "appointed": 7, "needed": 4}
    assert quorum.require(4, 7, council="R") == 4


def test_a_council_smaller_than_the_rulebook_wants_is_refused() -> None:
    with pytest.raises(CouncilTooSmall):
        rules.Quorum(Decimal("0.5"), members_at_least=7).require(5, 5, council="R")


@pytest.mark.parametrize(
    ("organisations", "seat", "declared", "expected"),
    [
        ({7}, None, False, "member"),
        ({8}, 7, False, "seat"),
        ({8}, 9, True, "declared"),
        ({8}, 9, False, None),
        (set(), None, False, None),
    ],
)
def test_what_ties_a_member_to_an_applicant(
    organisations: set[int], seat: int | None, declared: bool, expected: str | None
) -> None:
    found = rules.tie(
        7,
        organisation_ids=frozenset(organisations),
        seat_organisation_id=seat,
        has_declared=declared,
    )
    assert found == expected


def test_the_tally_shows_each_criterion_and_the_whole() -> None:
    found = rules.tally(
        TEA, [SheetIn("An", GOOD), SheetIn("Binh", FAIR), SheetIn("Chi", POOR)], None
    )

    assert found.totals == (("An", 70), ("Binh", 50), ("Chi", 30))
    assert (found.sum, found.spread, found.average, found.far) == (150, 40, Decimal("50.00"), ())
    by_code = {line.code: line for line in found.lines}
    assert (by_code["1.1"].average, by_code["1.1"].spread) == (Decimal("26.66"), 20)
    assert by_code["2.2"].points == (("An", 10), ("Binh", 0))  # Chi's sheet does not ask it


def test_sheets_further_apart_than_the_notice_name_who_is_far_from_the_middle() -> None:
    sheets = [SheetIn("An", GOOD), SheetIn("Binh", GOOD), SheetIn("Chi", POOR)]

    assert rules.tally(TEA, sheets, Decimal(20)).far == ("Chi",)
    assert rules.tally(TEA, sheets, Decimal(40)).far == ()


def test_no_sheet_has_no_average() -> None:
    assert rules.tally(TEA, [], Decimal(10)).average is None


@pytest.mark.parametrize(
    ("rounding", "points", "stars"),
    [
        ("cut", "89.85", 4),
        ("half-up", "89.86", 4),
        ("whole-cut", "89", 4),
        ("whole-half-up", "90", 5),
    ],
)
def test_at_the_edge_the_offices_rounding_decides(rounding: str, points: str, stars: int) -> None:
    found = rules.rounded(629, 7, rounding)  # 89.857142…

    assert (found, a_scheme().stars_for(found)) == (Decimal(points), stars)


def test_without_a_rounding_nothing_is_decided() -> None:
    with pytest.raises(RoundingUnknown):
        rules.require_rounding("", council="R")


@given(
    points=st.lists(st.integers(0, 100), min_size=1, max_size=15),
    rounding=st.sampled_from(rules.ROUNDINGS),
)
def test_rounding_never_leaves_the_sheets_and_stays_within_its_step(
    points: list[int], rounding: str
) -> None:
    found = rules.rounded(sum(points), len(points), rounding)
    exact = Fraction(sum(points), len(points))

    assert min(points) <= found <= max(points)
    step = Fraction(1) if rounding.startswith("whole") else Fraction(1, 100)
    assert abs(Fraction(found) - exact) < step
    if "cut" in rounding:
        assert found <= exact


@pytest.mark.parametrize(
    ("level", "points", "expected"),
    [
        ("province", "49.99", ("not-recognised", 2, 0, False)),
        ("province", "50", ("recognised", 3, 3, False)),
        ("province", "70", ("recognised", 4, 4, False)),
        ("province", "89.99", ("recognised", 4, 4, False)),
        ("province", "90", ("passed-on", 5, 0, True)),
        ("centre", "90", ("recognised", 5, 5, False)),
        ("centre", "89", ("sent-back", 4, 0, False)),
        ("centre", "10", ("not-recognised", 1, 0, False)),
    ],
)
def test_what_points_mean_at_a_level(
    level: str, points: str, expected: tuple[str, int, int, bool]
) -> None:
    found = rules.verdict(a_scheme(), level, Decimal(points))

    assert (found.outcome, found.stars, found.granted, found.is_potential_five) == expected


def test_what_goes_up_is_recognised_meanwhile_where_the_office_says_so() -> None:
    found = rules.verdict(a_scheme(), "province", Decimal(95), recognises_meanwhile=True)

    assert found == rules.Verdict("passed-on", 5, 4, is_potential_five=True)


def test_a_knock_out_excludes_whatever_the_points() -> None:
    found = rules.verdict(a_scheme(), "province", Decimal(100), is_knocked_out=True)

    assert found == rules.Verdict("knocked-out", 0, 0)


def test_votes_count_every_member_once_and_the_result_is_that_of_the_bigger_side() -> None:
    rules.require_votes(votes_for=3, votes_against=2, abstained=1, voters=6)
    with pytest.raises(VotesDoNotAddUp):
        rules.require_votes(votes_for=3, votes_against=2, abstained=1, voters=7)
    with pytest.raises(VotesDoNotAddUp):
        rules.require_votes(votes_for=8, votes_against=-1, abstained=0, voters=7)
    with pytest.raises(OutcomeAgainstVotes):
        rules.require_outcome(votes_for=2, votes_against=4, is_upheld=True)
    rules.require_outcome(votes_for=3, votes_against=3, is_upheld=False)


def test_a_knock_out_stays_open_until_the_council_voted() -> None:
    assert rules.open_knock_outs(["1.1", "3.2", "1.1"], {"3.2": False}) == ("1.1",)


def test_every_full_sheet_is_five_stars() -> None:
    found = rules.tally(TEA, [SheetIn("An", FULL)] * 7, None)

    assert rules.rounded(found.sum, 7, "cut") == Decimal("100.00")


def test_a_level_that_only_passes_on_has_a_council_and_one_that_only_checks_has_none() -> None:
    scheme = a_scheme()
    commune, province, _centre = scheme.levels
    district = replace(commune, code="district", passes_on_from=Decimal(50))
    older = replace(scheme, levels=(district, province))

    assert rulebooks.checking_level(scheme, "province") == commune
    assert rulebooks.checking_level(older, "province") is None
    assert [rulebooks.has_council(level) for level in (commune, district, province)] == [
        False,
        True,
        True,
    ]
    assert rules.verdict(older, "district", Decimal(60)).outcome == "passed-on"
    assert rules.verdict(older, "district", Decimal(49)).outcome == "not-recognised"


def test_the_worked_example_of_the_documentation() -> None:
    assert rules.Quorum(Decimal("0.6667")).needed(7, council="R") == 5
    points = rules.rounded(83 + 79 + 81 + 79 + 76, 5, "cut")
    assert points == Decimal("79.60")
    assert rules.verdict(a_scheme(), "province", points) == rules.Verdict("recognised", 4, 4)
