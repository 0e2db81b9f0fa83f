"""The verdict on a code, as examples and as laws."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from originmark.mark.passport.rules import (
    CodeFacts,
    ScanPolicy,
    Sighting,
    Verdict,
    looks_copied,
    verdict,
)

POLICY = ScanPolicy(
    viewers_at_most=3, within_days=30, speed_kmh_at_most=900, distance_km_at_least=100
)
TODAY = date(2026, 10, 15)
MORNING = datetime(2026, 10, 15, 8, tzinfo=UTC)
TAIYUAN, SHANGHAI = (37.87, 112.55), (31.23, 121.47)


def facts(**changed: object) -> CodeFacts:
    values = {
        "state": "activated", "is_in_its_place": True, "has_licence": True, "best_before": None
    }  # fmt: skip
    return CodeFacts(**(values | changed))  # type: ignore[arg-type]


def seen(viewer: str, *, hours: float = 0, place: tuple[float, float] | None = None) -> Sighting:
    return Sighting(MORNING + timedelta(hours=hours), viewer, *(place or (None, None)))


def decide(found: CodeFacts | None, *earlier: Sighting) -> Verdict:
    return verdict(found, earlier, viewer="me", today=TODAY, policy=POLICY)


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


def test_my_own_second_look_is_still_the_first() -> None:
    assert decide(facts(), seen("me"), seen("me", hours=1)) == Verdict.GENUINE_FIRST


def test_somebody_elses_look_before_mine_is_said() -> None:
    assert decide(facts(), seen("you")) == Verdict.GENUINE_SEEN


def test_more_viewers_than_a_pack_meets_means_copies() -> None:
    viewers = [seen(name, hours=n) for n, name in enumerate("abc")]
    assert decide(facts(), *viewers) == Verdict.GENUINE_SEEN
    assert decide(facts(), *viewers, seen("d", hours=9)) == Verdict.COPIED


def test_viewers_of_long_ago_do_not_count() -> None:
    long_ago = [seen(name, hours=-24 * 60) for name in "abcdef"]
    assert decide(facts(), *long_ago, seen("g")) == Verdict.GENUINE_SEEN


@pytest.mark.parametrize(("hours", "expected"), [(1.0, True), (1.3, False), (24.0, False)])
def test_a_pack_does_not_travel_faster_than_an_airliner(hours: float, *, expected: bool) -> None:
    looks = [seen("a", place=TAIYUAN), seen("b", hours=hours, place=SHANGHAI)]
    assert looks_copied(looks, POLICY) is expected


sightings = st.builds(
    Sighting,
    at=st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31), timezones=st.just(UTC)),
    viewer=st.sampled_from("abcdefgh"),
    latitude=st.floats(-90, 90),
    longitude=st.floats(-180, 180),
)
codes = st.builds(
    CodeFacts,
    state=st.sampled_from(["issued", "activated", "spoiled", "withdrawn"]),
    is_in_its_place=st.booleans(),
    has_licence=st.booleans(),
    best_before=st.none() | st.dates(date(2026, 1, 1), date(2027, 1, 1)),
    is_recalled=st.booleans(),
    has_lapsed_stars=st.booleans(),
)


@settings(max_examples=200)
@given(found=st.none() | codes, earlier=st.lists(sightings, max_size=8))
def test_only_an_activated_licensed_label_in_its_place_is_called_genuine(
    found: CodeFacts | None, earlier: list[Sighting]
) -> None:
    answer = decide(found, *earlier)
    if answer.is_genuine:
        assert found is not None
        assert (found.state, found.is_in_its_place, found.has_licence) == ("activated", True, True)
        assert (found.is_recalled, found.has_lapsed_stars) == (False, False)
        assert found.best_before is None or found.best_before >= TODAY
        assert not looks_copied(sorted(earlier, key=lambda each: each.at), POLICY)
