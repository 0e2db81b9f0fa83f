"""When scans look like copies and which of them are kept, as examples and as laws."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from originmark.mark.labels.watch.copies import (
    Doubt,
    ForgedOfDay,
    ScanPolicy,
    Sighting,
    barred,
    burst,
    doubts,
    forged_series,
    kept,
    looks_copied,
    too_far_apart,
    too_many,
)

POLICY = ScanPolicy(
    viewers_at_most=3,
    within_days=30,
    speed_kmh_at_most=900,
    distance_km_at_least=100,
    burst_scans_at_most=4,
    burst_minutes=10,
    barred_viewers_at_most=1,
    barred_verdicts=frozenset({"withdrawn", "not-activated"}),
    forged_serials_at_most=3,
    forged_days=7,
    rows_a_label=12,
)
MORNING = datetime(2026, 10, 15, 8, tzinfo=UTC)
TAIYUAN, SHANGHAI = (37.87, 112.55), (31.23, 121.47)


def seen(viewer: str, *, hours: float = 0, place: tuple[float, float] | None = None) -> Sighting:
    return Sighting(MORNING + timedelta(hours=hours), viewer, *(place or (None, None)))


def test_more_viewers_than_a_pack_meets_means_copies() -> None:
    viewers = [seen(name, hours=n) for n, name in enumerate("abc")]
    assert not looks_copied(viewers, POLICY)
    assert looks_copied([*viewers, seen("d", hours=9)], POLICY)
    assert not looks_copied([*viewers, seen("a", hours=9)], POLICY)


def test_viewers_of_long_ago_do_not_count() -> None:
    long_ago = [seen(name, hours=-24 * 60) for name in "abcdef"]
    assert not looks_copied([*long_ago, seen("g")], POLICY)


@pytest.mark.parametrize(("hours", "expected"), [(1.0, True), (1.3, False), (24.0, False)])
def test_a_pack_does_not_travel_faster_than_an_airliner(hours: float, *, expected: bool) -> None:
    looks = [seen("a", place=TAIYUAN), seen("b", hours=hours, place=SHANGHAI)]
    assert looks_copied(looks, POLICY) is expected


def test_a_doubt_tells_the_fastest_pair_in_kilometres_and_minutes() -> None:
    looks = [
        seen("a", place=TAIYUAN),
        seen("b", hours=1, place=SHANGHAI),
        seen("c", hours=1.5, place=TAIYUAN),
    ]
    assert too_far_apart(looks, POLICY) == Doubt(
        "places", {"km": 1100, "minutes": 30, "at_most": 900}
    )


def test_two_places_at_one_moment_are_two_packs_and_one_place_is_none() -> None:
    assert looks_copied([seen("a", place=TAIYUAN), seen("b", place=SHANGHAI)], POLICY)
    assert not looks_copied([seen("a", place=TAIYUAN), seen("b", place=TAIYUAN)], POLICY)


@pytest.mark.parametrize(("minutes", "expected"), [(2.4, 5), (2.5, None), (60, None)])
def test_many_scans_at_once_are_a_burst(minutes: float, expected: int | None) -> None:
    looks = [seen("me", hours=n * minutes / 60) for n in range(5)]
    doubt = burst(looks, POLICY)
    assert (doubt.facts["scans"] if doubt else None) == expected
    assert not looks_copied(looks, POLICY)


def test_what_may_not_be_in_a_shop_is_no_matter_until_a_second_phone_scans_it() -> None:
    trial = Sighting(MORNING, "packer", verdict="not-activated")
    shopper = Sighting(MORNING + timedelta(days=2), "shopper", verdict="withdrawn")
    fine = Sighting(MORNING + timedelta(days=3), "other", verdict="genuine-seen")
    assert barred([trial, trial, fine], POLICY) is None
    doubt = barred([trial, shopper, fine], POLICY)
    assert doubt == Doubt(
        "barred", {"viewers": 2, "at_most": 1, "verdicts": ["not-activated", "withdrawn"]}
    )


def forged(*serials: str, scans: int = 1) -> ForgedOfDay:
    return ForgedOfDay(scans, frozenset(serials), frozenset({"phone"}))


def test_one_code_misread_again_and_again_is_no_series_but_many_codes_are() -> None:
    assert forged_series([], POLICY) is None
    assert forged_series([forged("a", scans=1000)] * 7, POLICY) is None
    assert forged_series([forged("a", "b"), forged("b", "c")], POLICY) is None
    doubt = forged_series([forged("a", "b", scans=9), forged("c", "d")], POLICY)
    assert doubt == Doubt(
        "forged", {"serials": 4, "scans": 10, "viewers": 1, "at_most": 3, "days": 7}
    )


places = st.none() | st.sampled_from([TAIYUAN, SHANGHAI])
sightings = st.builds(
    lambda minutes, viewer, place: seen(viewer, hours=minutes / 60, place=place),
    st.integers(0, 60 * 24 * 60),
    st.sampled_from("abcdefgh"),
    places,
)


@given(st.lists(sightings, max_size=40))
def test_of_many_scans_few_are_kept_and_no_viewer_is_driven_out(scans: list[Sighting]) -> None:
    most = POLICY.rows_a_label
    keeps = kept(scans, most)
    left = [each for each, keep in zip(scans, keeps, strict=True) if keep]
    assert len(left) == (len(scans) if len(scans) <= most else most // 2)
    viewers = {each.viewer for each in scans}
    if len(viewers) <= most // 2:
        assert {each.viewer for each in left} == viewers


@given(st.lists(sightings, max_size=60))
def test_what_is_kept_looks_copied_only_if_all_does(scans: list[Sighting]) -> None:
    in_order = sorted(scans, key=lambda each: each.at)
    left = [each for each, keep in zip(in_order, kept(in_order, 12), strict=True) if keep]
    if too_many(left, POLICY):
        assert too_many(in_order, POLICY)
    if too_far_apart(left, POLICY):
        assert looks_copied(in_order, POLICY)


@given(st.lists(sightings, max_size=40), st.data())
def test_more_scans_never_take_a_burst_or_a_forged_series_away(
    scans: list[Sighting], data: st.DataObject
) -> None:
    in_order = sorted(scans, key=lambda each: each.at)
    fewer = [each for each in in_order if data.draw(st.booleans())]
    if burst(fewer, POLICY):
        assert burst(in_order, POLICY)


@given(st.lists(st.frozensets(st.sampled_from("abcdef")), max_size=7))
def test_a_forged_series_counts_each_code_once_on_whatever_day(
    days: list[frozenset[str]],
) -> None:
    doubt = forged_series([forged(*each) for each in days], POLICY)
    different = frozenset[str]().union(*days)
    assert bool(doubt) is (len(different) > POLICY.forged_serials_at_most)
    if doubt:
        assert doubt.facts["serials"] == len(different)


@given(st.lists(sightings, max_size=40))
def test_shoppers_are_warned_exactly_where_viewers_or_places_are_in_doubt(
    scans: list[Sighting],
) -> None:
    in_order = sorted(scans, key=lambda each: each.at)
    rules = {each.rule for each in doubts(in_order, POLICY)}
    assert looks_copied(in_order, POLICY) is bool(rules & {"viewers", "places"})
