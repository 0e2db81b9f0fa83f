"""Scans are counted to the last one, and few of them take room."""

from datetime import timedelta

import pytest
from builders.labels import NOON
from builders.races import at_once, meet
from django.db import connection
from django.test.utils import CaptureQueriesContext

from originmark.mark.labels import selectors as labels
from originmark.mark.labels import services
from originmark.mark.labels.models import ForgedDay, LabelSeen, Scan, ScanDay
from originmark.mark.labels.selectors import Sighting
from originmark.mark.labels.services import ForgedSeen, ScanSeen, record_forged, record_scans
from originmark.mark.labels.watch import forgeries, policy, scanning

pytestmark = pytest.mark.django_db
MOST = policy.in_force().rows_a_label


def scans(count: int, *, viewers: int = 1, index: int = 0, first: int = 0) -> list[ScanSeen]:
    return [
        ScanSeen(
            "R", index, NOON + timedelta(milliseconds=n), f"phone-{n % viewers}", "genuine-seen"
        )
        for n in range(first, first + count)
    ]


def test_a_scan_is_counted_and_kept() -> None:
    ids = record_scans([
        ScanSeen("R", 3, NOON, "me", "genuine-first"),
        ScanSeen("R", 3, NOON + timedelta(hours=1), "you", "genuine-seen", 37.87, 112.55),
        ScanSeen("R", 4, NOON, "me", "not-activated"),
    ])  # fmt: skip
    assert list(Scan.objects.order_by("index", "pk").values_list("pk", "index", "viewer")) == [
        (ids[0], 3, "me"),
        (ids[1], 3, "you"),
        (ids[2], 4, "me"),
    ]
    seen = labels.seen_label("R", 3)
    assert (seen.scans, seen.viewers, seen.first_at) == (2, 2, NOON)
    assert (seen.others("me"), seen.others("you"), seen.others("third")) == (1, 1, 2)
    assert seen.first_other_at("me") == NOON + timedelta(hours=1)
    assert seen.first_other_at("you") == NOON
    assert [each.latitude for each in seen.kept] == [None, 37.87]
    days = ScanDay.objects.order_by("verdict").values_list("run_number", "verdict", "scans")
    assert list(days) == [("R", "genuine-first", 1), ("R", "genuine-seen", 1),
                          ("R", "not-activated", 1)]  # fmt: skip


def test_a_label_nobody_scanned_is_not_known_and_nothing_is_written_for_no_scan() -> None:
    assert record_scans([]) == []
    seen = labels.seen_label("R", 0)
    assert (seen.scans, seen.others("me"), seen.first_other_at("me")) == (0, 0, None)
    assert not seen.looks_copied("me", NOON)


@pytest.mark.parametrize("viewers", [1, 7, 20_000])
def test_twenty_thousand_scans_of_one_code_take_as_many_rows_as_a_hundred(viewers: int) -> None:
    for turn in range(40):
        record_scans(scans(500, viewers=viewers, first=turn * 500))
    assert Scan.objects.count() <= MOST
    assert (LabelSeen.objects.count(), ScanDay.objects.count()) == (1, 1)
    seen = labels.seen_label("R", 0)
    assert (seen.scans, seen.viewers) == (20_000, min(viewers, MOST // 2))
    assert (seen.first_at, LabelSeen.objects.get().last_at) == (
        NOON,
        NOON + timedelta(milliseconds=19_999),
    )
    assert sum(ScanDay.objects.values_list("scans", flat=True)) == 20_000
    assert seen.looks_copied("phone-0", NOON + timedelta(days=1)) is (viewers > 12)


@pytest.mark.parametrize("count", [0, 1, 3, 3 * MOST])
def test_scans_that_come_later_count_as_if_they_were_written(count: int) -> None:
    record_scans(scans(5, viewers=2))
    before, later = labels.seen_label("R", 0), scans(count, viewers=7, first=5)
    record_scans(later)
    assert labels.seen_label("R", 0) == before.plus(
        *(Sighting(each.at, each.viewer, verdict=each.verdict) for each in later)
    )


def test_one_phone_does_not_drive_out_what_others_saw() -> None:
    others = [ScanSeen("R", 0, NOON, f"other-{n}", "genuine-seen") for n in range(12)]
    record_scans(others)
    record_scans(scans(3 * MOST))
    assert labels.seen_label("R", 0).others("phone-0") == 12
    assert labels.seen_label("R", 0).looks_copied("phone-0", NOON + timedelta(hours=2))


def test_a_scan_costs_as_many_queries_as_the_first_however_many_came_before() -> None:
    record_scans(scans(3, viewers=3))
    costs = []
    for more in (1, 5 * MOST, 1):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            record_scans(scans(more, viewers=9, first=3))
        costs.append(len(queries))
    assert costs[0] == costs[2]


def test_of_one_great_batch_only_what_is_kept_is_written_and_has_an_id() -> None:
    ids = record_scans(scans(3 * MOST, viewers=50))
    left = [each for each in ids if each is not None]
    assert sorted(left) == sorted(Scan.objects.values_list("pk", flat=True))
    assert len(left) == MOST // 2
    assert ids[-1] is not None


def test_only_the_viewer_shares_its_place_once_and_soon_and_roughly() -> None:
    record_scans(scans(1))

    def share(viewer: str, minutes: int, *place: float, index: int = 0) -> bool:
        placed = Sighting(NOON + timedelta(minutes=minutes), viewer, *place)
        return services.share_place(("R", index), placed)

    assert not share("stranger", 1, 1, 2)
    assert not share("phone-0", 16, 1, 2)
    assert not share("phone-0", 1, 1, 2, index=1)
    assert share("phone-0", 14, 37.8749, 112.5512)
    assert not share("phone-0", 14, 1, 2)
    row = Scan.objects.get()
    assert (row.latitude, row.longitude, LabelSeen.objects.get().placed) == (37.87, 112.55, 1)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("sqlite" in connection.vendor, reason="writers queue on SQLite")
class TestTwoBatches:
    """Two batches with scans of one label at the same moment."""

    def both(self, monkeypatch: pytest.MonkeyPatch) -> tuple[int, int]:
        record_scans(scans(1, viewers=1))
        meet(monkeypatch, scanning, "_kept_scans")
        batches = [
            [ScanSeen("R", 0, NOON, f"{who}-{n}", "genuine-seen") for n in range(5)]
            for who in ("a", "b")
        ]
        assert at_once(*(lambda each=each: record_scans(each) for each in batches)) == [
            "done", "done",
        ]  # fmt: skip
        seen = labels.seen_label("R", 0)
        return seen.scans, seen.viewers

    def test_both_count(self, monkeypatch: pytest.MonkeyPatch) -> None:
        assert self.both(monkeypatch) == (11, 11)

    def test_without_the_lock_one_is_lost(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """The control: if this fails, the test above proves nothing."""
        rows = type(LabelSeen.objects.all())
        monkeypatch.setattr(rows, "select_for_update", lambda self, **_: self)
        assert self.both(monkeypatch) == (6, 6)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("sqlite" in connection.vendor, reason="writers queue on SQLite")
class TestTwoBatchesOfMadeUpCodes:
    """Two batches with made-up codes for one lot at the same moment."""

    def both(self, monkeypatch: pytest.MonkeyPatch) -> tuple[int, int]:
        batches = [
            [ForgedSeen(f"0123456789ABCDEFGH{who}{n}", "L", NOON, who) for n in range(5)]
            for who in ("A", "B")
        ]
        record_forged(batches[0][:1])
        meet(monkeypatch, forgeries, "_add")
        acts = [lambda each=each: record_forged(each) for each in batches]
        assert at_once(*acts) == ["done", "done"]
        row = ForgedDay.objects.get()
        return row.scans, len(row.serials)

    def test_both_count(self, monkeypatch: pytest.MonkeyPatch) -> None:
        assert self.both(monkeypatch) == (11, 10)

    def test_without_the_lock_one_is_lost(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """The control: if this fails, the test above proves nothing."""
        rows = type(ForgedDay.objects.all())
        monkeypatch.setattr(rows, "select_for_update", lambda self, **_: self)
        assert self.both(monkeypatch)[0] == 6
