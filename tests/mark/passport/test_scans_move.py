"""Scans that were logged before they moved to the labels are carried over, and back."""

from datetime import timedelta

import pytest
from builders.labels import NOON
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from originmark.mark.labels import selectors as labels
from originmark.mark.labels.models import Scan, ScanDay
from originmark.mark.labels.services import ScanSeen, record_scans

pytestmark = pytest.mark.django_db(transaction=True)
NAMES = ("run_number", "index", "at", "viewer", "verdict", "latitude", "longitude")


def migrate(targets: list[tuple[str, str]]) -> None:
    MigrationExecutor(connection).migrate(targets)


def test_scans_move_there_and_back() -> None:
    record_scans([
        ScanSeen("R", index, NOON + timedelta(minutes=n), f"phone-{n}", "genuine-seen", *place)
        for index in (0, 7)
        for n, place in enumerate([(), (37.87, 112.55), ()])
    ])  # fmt: skip
    rows, seen = list(Scan.objects.values(*NAMES)), labels.seen_label("R", 7)
    try:
        migrate([("passport", "0020_credentials")])
        assert not Scan.objects.exists()
    finally:
        migrate(MigrationExecutor(connection).loader.graph.leaf_nodes())

    assert list(Scan.objects.values(*NAMES)) == rows
    assert labels.seen_label("R", 7) == seen
    assert seen.scans == 3
    assert sum(ScanDay.objects.values_list("scans", flat=True)) == 6
