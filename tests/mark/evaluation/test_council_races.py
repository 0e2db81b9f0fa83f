"""Two who decide, and two screens that save, in one moment: only on PostgreSQL.

On SQLite writers queue (``transaction_mode=IMMEDIATE``), so the races cannot happen.
"""

from collections.abc import Callable

import pytest
from builders.evaluation import (
    MEETING,
    a_council,
    a_round,
    a_sheet_in,
    an_accepted_dossier,
    an_open_session,
    the_rulebooks,
)
from builders.races import at_once, meet
from django.db import connection
from django.db.models import QuerySet

from originmark.mark.evaluation import services
from originmark.mark.evaluation.drafts import SheetDraft
from originmark.mark.evaluation.models import Decision, Dossier, Score, Star
from originmark.mark.evaluation.services import deciding, scoring
from originmark.origin.parties.access import Actor

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif("sqlite" in connection.vendor, reason="writers queue on SQLite"),
]


def scored() -> tuple[str, list[Actor]]:
    the_rulebooks()
    round_ = a_round()
    council = a_council(round_, 2)
    dossier = an_accepted_dossier(round_)
    an_open_session(round_, dossier)
    return dossier.number, council


@pytest.mark.parametrize(
    ("locked", "expected"), [(True, ["already-decided", "done"]), (False, ["clash", "done"])]
)
def test_chair_and_secretary_decide_once(
    monkeypatch: pytest.MonkeyPatch, locked: bool, expected: list[str]
) -> None:
    """Without the lock the database still refuses the second; with it the second is told why."""
    number, council = scored()
    for member in council:
        a_sheet_in(Dossier.objects.get(number=number), member)
    if not locked:
        monkeypatch.setattr(QuerySet, "select_for_update", lambda self, **_: self)
    meet(monkeypatch, deciding, "bench_of")

    def act(by: Actor) -> Callable[[], object]:
        return lambda: services.decide(number, by=by, now=MEETING)

    assert at_once(*(act(each) for each in council)) == expected
    assert Decision.objects.count() == Star.objects.count() == 1


@pytest.mark.parametrize(
    ("locked", "expected"), [(True, ["done", "sheet-changed"]), (False, ["done", "done"])]
)
def test_two_screens_of_one_member_do_not_overwrite_each_other(
    monkeypatch: pytest.MonkeyPatch, locked: bool, expected: list[str]
) -> None:
    """Without the lock both would save: this control shows that the lock is what tells them."""
    number, council = scored()
    services.open_sheet(number, by=council[0], now=MEETING)
    if not locked:
        monkeypatch.setattr(QuerySet, "select_for_update", lambda self, **_: self)
    meet(monkeypatch, scoring, "set_of")

    def act(criterion: str) -> Callable[[], object]:
        draft = SheetDraft(version=0, options={criterion: 2})
        return lambda: services.save_sheet(number, draft, by=council[0], now=MEETING)

    assert at_once(act("1.1"), act("1.2")) == expected
    assert Score.objects.count() == (1 if locked else 2)
