"""The same decision, and the same daily watch, twice in one moment: only on PostgreSQL.

On SQLite writers queue (``transaction_mode=IMMEDIATE``), so the races cannot happen.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from builders.races import at_once, meet
from builders.stars import NOON, a_recognition, a_star
from django.db import connection
from django.db.models import QuerySet

from originmark.mark.evaluation import services
from originmark.mark.evaluation.models import ExpiryNotice, Star
from originmark.mark.evaluation.services import notices, stars
from originmark.origin.parties import access

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("rulebook"),
    pytest.mark.skipif("sqlite" in connection.vendor, reason="writers queue on SQLite"),
]


def twice(act: Callable[[], object]) -> list[str]:
    """Do it in two threads at once, and return how each ended."""
    return at_once(act, act)


def test_one_decision_twice_at_once_is_one_star(monkeypatch: pytest.MonkeyPatch) -> None:
    recognition = a_recognition()
    meet(monkeypatch, stars, "_awarded")

    ended = twice(lambda: services.recognise(recognition, by=access.SYSTEM, now=NOON))

    assert (ended, Star.objects.count()) == (["done", "done"], 1)


def write() -> object:
    return services.send_expiry_notices(by=access.SYSTEM, now=NOON)


def test_two_watches_at_once_tell_a_producer_once(monkeypatch: pytest.MonkeyPatch) -> None:
    a_star(decided_on=date(2023, 12, 15))
    meet(monkeypatch, notices, "_written")
    assert (twice(write), ExpiryNotice.objects.count()) == (["done", "done"], 1)


def test_without_the_lock_the_watches_clash(monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: if this fails, the test that the lock works proves nothing."""
    a_star(decided_on=date(2023, 12, 15))
    meet(monkeypatch, notices, "_written")
    monkeypatch.setattr(QuerySet, "select_for_update", lambda self, **_: self)
    assert (twice(write), ExpiryNotice.objects.count()) == (["clash", "done"], 1)


def test_two_decisions_at_once_leave_one_star_that_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    first = a_recognition(decided_on=date(2026, 3, 15))
    second = replace(first, dossier_number="D-NEXT", decided_on=date(2026, 4, 1))
    waiting = [first, second]
    meet(monkeypatch, stars, "_awarded")

    twice(lambda: services.recognise(waiting.pop(), by=access.SYSTEM, now=NOON))

    older = Star.objects.get(number=first.dossier_number)
    assert older.superseded_from == date(2026, 4, 1)
    assert Star.objects.filter(superseded_from=None).count() == 1
