"""Two people take from one lot in the same instant: law 2 on PostgreSQL, with its control.

``DATABASE_URL=postgres://… pytest -m postgres``. SQLite lets one writer in at a time, so the
race cannot happen there.
"""

from collections.abc import Callable, Iterator
from contextlib import suppress
from decimal import Decimal
from threading import Barrier, BrokenBarrierError, Thread
from types import SimpleNamespace
from typing import Any

import pytest
from builders.lots import NOON, a_harvested_lot, allowing_bounds
from builders.places import a_growing_area
from builders.products import a_crop
from django.db import connection, transaction
from django.db.models import QuerySet

from originmark.frame.web.refusals import RuleViolation
from originmark.origin.parties.access import SYSTEM
from originmark.trace.lots import rules
from originmark.trace.lots.effects import births, stock
from originmark.trace.lots.effects.stock import Happening
from originmark.trace.lots.models import AreaSeason, Lot
from originmark.trace.lots.rules import AreaBalance, LotBalance

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def _only_postgres() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("needs DATABASE_URL=postgres://…")


@pytest.fixture
def meeting(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let both threads stand between reading and writing at once, where nothing stops them."""
    barrier = Barrier(2, timeout=2)
    release, harvest = rules.release, rules.harvest

    def wait() -> None:
        with suppress(BrokenBarrierError):  # the lock keeps the other one out
            barrier.wait()

    def slow_release(balance: LotBalance, kg: Decimal) -> LotBalance:
        after = release(balance, kg)
        wait()
        return after

    def slow_harvest(area: AreaBalance, kg: Decimal) -> AreaBalance:
        after = harvest(area, kg)
        wait()
        return after

    monkeypatch.setattr(rules, "release", slow_release)
    monkeypatch.setattr(rules, "harvest", slow_harvest)
    yield
    barrier.abort()


def race(*acts: Callable[[], object]) -> list[str]:
    """Run acts at once, each in a transaction of its own; return what became of them."""
    ends: list[str] = []

    def run(act: Callable[[], object]) -> None:
        try:
            with transaction.atomic():
                act()
        except RuleViolation as refusal:
            ends.append(refusal.code)
        else:
            ends.append("done")
        finally:
            connection.close()

    threads = [Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(ends)


def taking(lot: Lot, leaf: int) -> Callable[[], object]:
    step: Any = SimpleNamespace(happened_at=NOON, event_uri=f"urn:test:{leaf}")

    def act() -> None:
        row = stock.locked([lot.epc])[lot.epc]
        stock.take(row, Decimal(60), Happening(step, leaf, SYSTEM, NOON))

    return act


def cutting(area: Any, crop: Any, leaf: int) -> Callable[[], object]:
    facts: Any = SimpleNamespace(id=area.pk, code=area.code, status="active", area_ha=Decimal(1))
    product: Any = SimpleNamespace(id=crop.pk, code=crop.code)
    step: Any = SimpleNamespace(happened_at=NOON, event_uri=f"urn:test:{leaf}")

    def act() -> None:
        happening = Happening(step, leaf, SYSTEM, NOON)
        births._harvest(facts, product, Decimal(60), 2026, happening)

    return act


@pytest.fixture
def no_locks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QuerySet, "select_for_update", lambda self, **_: self)


@pytest.mark.usefixtures("meeting")
def test_of_two_who_take_60_from_100_kg_one_is_refused() -> None:
    lot = a_lot_of_100()
    assert race(taking(lot, 901), taking(lot, 902)) == ["done", "mass-balance-exceeded"]
    lot.refresh_from_db()
    assert lot.released_kg == 60


@pytest.mark.usefixtures("no_locks", "meeting")
def test_without_the_lock_both_would() -> None:
    """The control: if this fails, the test that the lock works proves nothing."""
    lot = a_lot_of_100()
    assert race(taking(lot, 901), taking(lot, 902)) == ["done", "done"]
    assert sum(each.kg for each in lot.inputs.all()) == 120


@pytest.mark.usefixtures("meeting")
def test_of_two_harvests_that_pass_the_cap_together_one_is_refused() -> None:
    area, crop = a_season()
    with allowing_bounds(yield_cap_kg_per_ha=100):
        ends = race(cutting(area, crop, 901), cutting(area, crop, 902))
    assert ends == ["done", "harvest-beyond-cap"]
    assert AreaSeason.objects.get().harvested_kg == 60


@pytest.mark.usefixtures("no_locks", "meeting")
def test_without_the_lock_both_harvests_would_pass() -> None:
    """The control for the cap."""
    area, crop = a_season()
    with allowing_bounds(yield_cap_kg_per_ha=100):
        ends = race(cutting(area, crop, 901), cutting(area, crop, 902))
    assert ends == ["done", "done"]


def a_lot_of_100() -> Lot:
    """A lot, made before anybody waits for anybody."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rules, "harvest", _harvest)
        return a_harvested_lot(100)


def a_season() -> tuple[Any, Any]:
    area, crop = a_growing_area(), a_crop()
    AreaSeason.objects.create(area=area, product=crop, season=2026)
    return area, crop


_harvest = rules.harvest
