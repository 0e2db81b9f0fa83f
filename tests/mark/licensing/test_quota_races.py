"""Two draws on one quota at the same moment: only on PostgreSQL is there such a thing."""

import threading
from contextlib import suppress
from typing import Any

import pytest
from builders.quotas import User, a_user
from django.db import connection, connections
from django.db.models import QuerySet

from originmark.frame.web.refusals import RuleViolation
from originmark.mark.licensing.models import Quota
from originmark.mark.licensing.services import quotas

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif("sqlite" in connection.vendor, reason="writers queue on SQLite"),
]


def race(user: User, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Draw 20 t twice from 37.8 t; both read the quota before either writes.

    With the lock one thread waits for the other, so the meeting point is left after a while.
    """
    meeting, seen, outcomes = threading.Barrier(2), quotas.rules.grams, []

    def weigh_and_wait(*args: Any) -> int:
        with suppress(threading.BrokenBarrierError):
            meeting.wait(timeout=1)
        return seen(*args)

    def draw(reference: str) -> None:
        try:
            user.draw("20000", reference)
            outcomes.append("drawn")
        except RuleViolation as refusal:
            outcomes.append(refusal.code)
        finally:
            connections.close_all()

    monkeypatch.setattr(quotas.rules, "grams", weigh_and_wait)
    threads = [threading.Thread(target=draw, args=(name,)) for name in ("run-1", "run-2")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(outcomes)


def test_two_draws_at_once_never_pass_the_quota(monkeypatch: pytest.MonkeyPatch) -> None:
    user = a_user()
    assert race(user, monkeypatch) == ["drawn", "quota-spent"]
    assert user.quota.used_kg == 20000


def test_the_guard_alone_holds_where_the_lock_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    user = a_user()
    monkeypatch.setattr(QuerySet, "select_for_update", lambda self, **_: self)
    assert race(user, monkeypatch) == ["drawn", "quota-spent"]
    assert user.quota.used_kg == 20000


def test_without_lock_and_guard_the_race_happens(monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: if this fails, the tests above prove nothing."""

    def take_what_was_read(quota: Quota, weight_g: int) -> None:
        if quota.used_g + weight_g > quota.granted_g:
            raise AssertionError("the second draw saw the first: no race")
        quota.used_g += weight_g
        quota.save(update_fields=["used_g"])

    user = a_user()
    monkeypatch.setattr(QuerySet, "select_for_update", lambda self, **_: self)
    monkeypatch.setattr(quotas, "_take", take_what_was_read)
    assert race(user, monkeypatch) == ["drawn", "drawn"]
    assert sum(user.quota.draws.values_list("drawn_g", flat=True)) == 40_000_000
