"""Rolls: cut, handed over, counted, reconciled; labels that came back."""

from datetime import timedelta
from typing import Any

import pytest
from builders.labels import NOON, a_label_run, a_labelled_lot
from builders.parties import a_client_for, an_actor, an_officer
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from originmark.frame.web import clock
from originmark.mark.labels import (
    reconciling,
    roll_refusals,
    roll_selectors,
    selectors,
    services,
    spans,
)
from originmark.mark.labels import roll_services as rolls
from originmark.mark.labels.models import LabelRun, Roll, RollCase, RollMove
from originmark.mark.labels.reconciling import Counted
from originmark.mark.labels.refusals import WrongState
from originmark.origin.parties.access import SYSTEM, NotAllowed

AT_NOON: dict[str, Any] = {"by": SYSTEM, "now": NOON}
numbers = st.integers(0, 50)


@settings(max_examples=300, deadline=None)
@given(
    recorded=st.fixed_dictionaries(dict.fromkeys(spans.STATES, numbers)),
    counted=st.builds(Counted, numbers, numbers, numbers),
)
def test_what_was_cut_is_used_spoiled_left_sent_back_or_missing(
    recorded: dict[str, int], counted: Counted
) -> None:
    found = reconciling.reconcile(recorded, counted)
    in_hand = counted.used + counted.spoiled + counted.left
    assert found.count == in_hand + found.sent_back + found.missing
    assert found.missing == -sum(each.difference for each in found.lines)
    before = reconciling.reconcile(recorded, None)
    assert (before.missing, before.agrees) == (0, True)
    assert found.count == before.sent_back + sum(each.recorded for each in before.lines)


@pytest.mark.django_db
def test_a_run_is_cut_into_rolls_without_gap_or_overlap() -> None:
    run = a_label_run(25)
    made = rolls.cut_rolls(run.number, 10, **AT_NOON)
    assert [(each.first_index, each.last_index) for each in made] == [(0, 9), (10, 19), (20, 24)]
    assert [each.code for each in made] == [f"{run.number}-R{turn}" for turn in (1, 2, 3)]
    with pytest.raises(roll_refusals.AllCut):
        rolls.cut_rolls(run.number, 5, **AT_NOON)
    assert Roll.objects.count() == 3


@pytest.mark.django_db
@pytest.mark.parametrize("size", [0, -3, 1])
def test_a_size_that_makes_no_rolls_or_too_many_is_refused(size: int) -> None:
    run = a_label_run(10)
    LabelRun.objects.filter(pk=run.pk).update(count=5000)
    with pytest.raises(roll_refusals.NotARollSize) as caught:
        rolls.cut_rolls(run.number, size, **AT_NOON)
    assert (caught.value.smallest, caught.value.uncut) == (5, 5000)
    assert not Roll.objects.exists()


@pytest.mark.django_db
def test_a_hand_over_needs_names_and_a_day_that_has_come() -> None:
    (roll,) = rolls.cut_rolls(a_label_run(10).number, 10, **AT_NOON)
    today = NOON.date()
    to = rolls.HandOver("line", "Line 2", "Li Na", today)
    with pytest.raises(roll_refusals.NobodySigned):
        rolls.hand_over(roll.code, rolls.HandOver("line", "Line 2", " ", today), **AT_NOON)
    later = rolls.HandOver("line", "Line 2", "Li Na", today + timedelta(days=1))
    with pytest.raises(roll_refusals.HandedOverTomorrow):
        rolls.hand_over(roll.code, later, **AT_NOON)
    assert not RollMove.objects.exists()
    roll = rolls.hand_over(roll.code, to, **AT_NOON)
    assert (roll.holder_kind, roll.holder_name) == ("line", "Line 2")
    assert roll.moves.get().signed_by == "Li Na"


@pytest.mark.django_db
def test_a_difference_opens_one_case_and_a_count_that_agrees_closes_it() -> None:
    run = a_label_run(100)
    roll, _other = rolls.cut_rolls(run.number, 60, **AT_NOON)
    services.activate(run.number, first=0, last=69, **AT_NOON)  # ten of them on the other roll
    services.spoil(run.number, first=58, last=59, **AT_NOON)
    found = rolls.count_roll(roll.code, Counted(used=55, spoiled=2, left=0), **AT_NOON)
    assert (found.missing, [each.difference for each in found.lines]) == (3, [-3, 0, 0])
    rolls.count_roll(roll.code, Counted(used=56, spoiled=2, left=0), **AT_NOON)
    case = RollCase.objects.get()
    assert case.found.missing == 2
    assert rolls.count_roll(roll.code, Counted(used=58, spoiled=2, left=0), **AT_NOON).agrees
    case.refresh_from_db()
    assert (case.closed_at, case.explanation) == (NOON, "")
    with pytest.raises(roll_refusals.NoOpenCase):
        rolls.close_case(roll.code, "Found", **AT_NOON)


@pytest.mark.django_db
def test_a_difference_is_closed_with_an_explanation_only() -> None:
    (roll,) = rolls.cut_rolls(a_label_run(10).number, 10, **AT_NOON)
    rolls.count_roll(roll.code, Counted(0, 0, 9), **AT_NOON)
    with pytest.raises(roll_refusals.NotExplained):
        rolls.close_case(roll.code, " ", **AT_NOON)
    rolls.close_case(roll.code, "One was burnt by the printer", **AT_NOON)
    assert RollCase.objects.get().explanation == "One was burnt by the printer"
    assert not roll_selectors.differing(SYSTEM).exists()


@pytest.mark.django_db
def test_returned_labels_give_their_place_back_when_they_are_proved_destroyed() -> None:
    ready = a_labelled_lot(packs=100)
    run = ready.issue(100)
    services.activate(run.number, first=0, last=49, **AT_NOON)
    with pytest.raises(WrongState):
        rolls.take_back(run.number, first=49, last=60, **AT_NOON)  # one is on a pack
    run = rolls.take_back(run.number, first=90, last=99, reason="Season over", **AT_NOON)
    assert (run.returned_count, run.issued_count) == (10, 40)
    assert selectors.labels_left(ready.lot.code).left == 0
    told = selectors.verify(selectors.serial_of(run, 95))
    assert told is not None
    assert told.state == "returned"
    facts = {"first": 90, "last": 99, **AT_NOON}
    with pytest.raises(roll_refusals.ProofMissing):
        rolls.destroy(run.number, reason=" ", **facts)
    with pytest.raises(WrongState):
        rolls.destroy(run.number, reason="Record 7", **{**facts, "first": 80})
    run = rolls.destroy(run.number, reason="Record 7, seen by Wang", **facts)
    assert (run.returned_count, run.destroyed_count) == (0, 10)
    assert selectors.labels_left(ready.lot.code).left == 10


@pytest.mark.django_db
def test_who_may_do_what_with_rolls() -> None:
    run = a_label_run(10)
    (roll,) = rolls.cut_rolls(run.number, 10, **AT_NOON)
    for actor, may_roll, may_settle in (
        (an_actor(run.organisation, "recorder"), True, False),
        (an_actor(run.organisation, "viewer"), False, False),
        (an_actor(), False, False),
        (an_officer("recorder"), True, True),
        (an_officer("viewer"), False, False),
    ):
        at = {"by": actor, "now": NOON}
        assert allowed(lambda a=at: rolls.count_roll(roll.code, Counted(0, 0, 1), **a)) == may_roll
        assert allowed(lambda a=at: rolls.close_case(roll.code, "Lost", **a)) == may_settle
    assert list(roll_selectors.rolls(an_actor())) == []


def allowed(act: Any) -> bool:
    try:
        act()
    except NotAllowed:
        return False
    return True


@pytest.mark.django_db
def test_the_pages_and_the_api(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOON)
    run = a_label_run(20)
    client = a_client_for(an_actor(run.organisation, "recorder"))
    cut = reverse("labels:cut", args=[run.number])
    assert "20 labels are on no roll yet" in client.get(cut).content.decode()
    assert client.post(cut, {"size": "20"}).status_code == 302
    code = f"{run.number}-R1"
    counted = client.post(reverse("labels:roll_count", args=[code]), COUNT)
    assert counted.headers["Location"] == reverse("labels:roll", args=[code])
    page = client.get(counted.headers["Location"]).content.decode()
    assert "5 labels are missing" in page
    assert "Rolls that do not reconcile" in client.get("/").content.decode()
    handed = {"holder_kind": "line", "holder_name": "Line 2", "signed_by": "Li", "on": "2026-10-14"}
    client.post(reverse("labels:roll_hand_over", args=[code]), handed)
    assert Roll.objects.get().holder_name == "Line 2"
    csv = client.get(reverse("labels:rolls"), {"format": "csv"})
    assert code in b"".join(csv).decode()
    assert client.post(reverse("labels:roll_explain", args=[code]), {}).status_code == 403
    assert (
        "Difference open" in client.get(reverse("labels:run", args=[run.number])).content.decode()
    )
    posted = client.post(
        f"/api/labels/rolls/{code}/count", {**COUNT, "left": 20}, content_type="application/json"
    )
    assert (posted.json()["missing"], posted.json()["agrees"]) == (0, True)
    back = {"first": 16, "last": 20, "reason": "Season over"}
    returned = client.post(reverse("labels:return", args=[run.number]), back)
    assert returned.status_code == 302
    assert LabelRun.objects.get().returned_count == 5
    assert client.get(reverse("labels:destroy", args=[run.number])).status_code == 403


COUNT = {"used": "0", "spoiled": "0", "left": "15"}
