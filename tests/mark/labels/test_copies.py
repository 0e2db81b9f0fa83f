"""When scans look like copies and which of them are kept, as examples and as laws."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from originmark.mark.labels.watch.copies import (
    ScanPolicy,
    Sighting,
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
