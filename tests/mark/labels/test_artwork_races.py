"""Two versions of a label at the same moment: only on PostgreSQL is there such a thing."""

import pytest
from builders.artwork import AT_NOON, a_draft
from builders.products import a_trade_item
from builders.races import at_once, meet
from django.db import connection

from originmark.mark.labels.artwork import refusals, services
from originmark.mark.labels.artwork.models import Artwork

on_postgres = pytest.mark.skipif("sqlite" in connection.vendor, reason="writers queue on SQLite")


def race(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Record two versions at once; both look for the last number before either writes."""
    product = a_trade_item()
    meet(monkeypatch, services, "_numbered")
    act = lambda: services.record_artwork(a_draft(product), **AT_NOON)  # noqa: E731
    return at_once(act, act)


@on_postgres
@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_versions_at_once_get_two_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    assert race(monkeypatch) == ["done", "done"]
    assert set(Artwork.objects.values_list("version", flat=True)) == {1, 2}


@on_postgres
@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_who_does_not_try_again_loses_the_race(monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: if this fails, the test above proves nothing."""
    monkeypatch.setattr(services, "ATTEMPTS", 1)
    assert race(monkeypatch) == ["artwork-version-taken", "done"]
    assert Artwork.objects.count() == 1


@pytest.mark.django_db
def test_trying_again_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    product = a_trade_item()
    services.record_artwork(a_draft(product), **AT_NOON)
    monkeypatch.setattr(services, "_next_version", lambda _row: 1)
    with pytest.raises(refusals.VersionTaken):
        services.record_artwork(a_draft(product), **AT_NOON)
    assert Artwork.objects.count() == 1
