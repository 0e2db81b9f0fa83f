"""Issue, activate, spoil and withdraw: law 3 kept in the database."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from builders.labels import NOON, Labelled, a_label_run, a_labelled_lot
from builders.parties import an_actor, an_officer
from builders.places import a_square
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from originmark.frame.web.refusals import RuleViolation
from originmark.mark.labels import selectors, services, spans
from originmark.mark.labels.models import LabelRun, LotLabels, RunAction, RunRange
from originmark.mark.labels.refusals import IssueRefused, ReasonMissing, UnknownLabelRun, WrongState
from originmark.mark.licensing import services as licensing
from originmark.origin.parties.access import SYSTEM, NotAllowed
from originmark.trace.lots import services as lots

pytestmark = pytest.mark.django_db
AT_NOON: dict[str, Any] = {"by": SYSTEM, "now": NOON}


def codes(refused: pytest.ExceptionInfo[IssueRefused]) -> list[str]:
    return [each.code for each in refused.value.refusals]


def nothing_written() -> bool:
    return not any(model.objects.exists() for model in (LabelRun, LotLabels, RunRange, RunAction))


def test_a_run_is_issued_against_the_balance_of_its_lot() -> None:
    ready = a_labelled_lot(packs=1000)
    run = ready.issue(400)
    assert run.number == f"{ready.lot.code}-L1"
    assert (run.count, run.issued_count, run.gtin) == (400, 400, ready.lot.product.gtin)
    assert selectors.labels_left(ready.lot.code).left == 600
    assert selectors.spans_of(run) == [spans.Span(0, 399, spans.ISSUED, since=NOON)]
    assert run.decided_on["packs"] == 1000
    assert run.decided_on["licence"] == ready.licence.number
    assert list(run.decided_on["areas"].values()) == [1.0]
    assert ready.issue(600).number == f"{ready.lot.code}-L2"
    assert selectors.labels_left(ready.lot.code).left == 0


def test_more_labels_than_packs_are_refused_and_nothing_is_written() -> None:
    ready = a_labelled_lot(packs=100)
    with pytest.raises(IssueRefused) as refused:
        ready.issue(101)
    assert codes(refused) == ["labels-exceed-packs"]
    assert nothing_written()


def test_a_run_by_a_suspended_user_is_refused_and_nothing_is_written() -> None:
    ready = a_labelled_lot()
    day = NOON.date()
    licensing.suspend_licence(
        ready.licence.number, reason="Foreign grain was found", on=day, **AT_NOON
    )
    with pytest.raises(IssueRefused) as refused:
        ready.issue(10, by=an_actor(ready.organisation, "manager"))
    (refusal,) = refused.value.refusals
    assert "Foreign grain was found" in str(refusal)
    assert ready.licence.number in str(refusal)
    assert nothing_written()


def test_every_reason_is_told_at_once() -> None:
    ready = a_labelled_lot(outline=a_square(120.0, 30.0))
    ready.brand.rights.update(status="cancelled")
    with pytest.raises(IssueRefused) as refused:
        ready.issue(5000, now=NOON + timedelta(days=800))
    assert codes(refused) == [
        "licence-expired", "no-right-in-force", "areas-outside-boundary", "lot-past-best-before",
        "labels-exceed-packs",
    ]  # fmt: skip
    assert nothing_written()


def test_packs_split_off_carry_the_labels_of_the_lot_they_were_packed_as() -> None:
    ready = a_labelled_lot(packs=100)
    ready.issue(100)
    (half,) = lots.split(
        lot_code=ready.lot.code, parts_kg=[Decimal(25)], happened_at=NOON, **AT_NOON
    )
    assert half.pack_count == 50
    with pytest.raises(IssueRefused) as refused:
        services.issue(half.code, ready.brand.code, 50, **AT_NOON)
    assert codes(refused) == ["packs-of-another-lot"]


def test_a_lot_with_labels_cannot_be_withdrawn_unseen() -> None:
    from originmark.trace.lots import sockets

    run = a_label_run()
    assert sockets.dependents(run.lot_code) == [run.number]


def test_spoiled_labels_return_to_the_balance_and_stay_dead() -> None:
    ready = a_labelled_lot(packs=100)
    run = ready.issue(100)
    services.spoil(run.number, first=10, last=19, reason="torn", **AT_NOON)
    assert selectors.labels_left(ready.lot.code).left == 10
    services.spoil(run.number, first=10, last=19, reason="torn", **AT_NOON)  # again: no harm
    assert selectors.labels_left(ready.lot.code).left == 10
    assert ready.issue(10).count == 10
    with pytest.raises(WrongState) as refused:
        services.activate(run.number, first=0, last=99, **AT_NOON)
    assert refused.value.labels == ("11–20",)
    assert run.actions.count() == 2  # issued, spoiled


def test_withdrawn_labels_do_not_return_to_the_balance() -> None:
    ready = a_labelled_lot(packs=100)
    run = ready.issue(100)
    with pytest.raises(ReasonMissing):
        services.withdraw(run.number, first=0, last=99, reason="  ", **AT_NOON)
    run = services.withdraw(run.number, first=0, last=99, reason="Weevils", **AT_NOON)
    assert run.withdrawn_count == 100
    assert selectors.labels_left(ready.lot.code).left == 0


def test_activating_the_rest_leaves_out_what_is_spoiled() -> None:
    run = a_label_run(20)
    services.activate(run.number, first=0, last=4, **AT_NOON)
    services.spoil(run.number, first=7, last=7, **AT_NOON)
    run = services.activate_rest(run.number, **AT_NOON)
    assert (run.activated_count, run.spoiled_count, run.issued_count) == (19, 1, 0)
    newest = run.actions.first()
    assert newest is not None
    assert newest.changed_count == 14


def test_an_unknown_run_is_refused() -> None:
    with pytest.raises(UnknownLabelRun):
        services.activate("nothing", first=0, last=0, **AT_NOON)


def test_who_may_do_what() -> None:
    ready = a_labelled_lot()
    may_issue = {"manager": True, "recorder": True, "inspector": False, "viewer": False}
    may_withdraw = {**may_issue, "recorder": False}
    for role, allowed in may_issue.items():
        actor = an_actor(ready.organisation, role)
        assert_allowed(allowed, lambda a=actor: ready.issue(3, by=a))
        run = ready.issue(4)
        facts = {"first": 0, "last": 0, "by": actor, "now": NOON}
        assert_allowed(allowed, lambda r=run, f=facts: services.activate(r.number, **f))
        assert_allowed(allowed, lambda r=run, f=facts: services.spoil(r.number, **f))
        facts |= {"first": 1, "last": 1, "reason": "why"}
        assert_allowed(may_withdraw[role], lambda r=run, f=facts: services.withdraw(r.number, **f))


def test_strangers_may_do_nothing_and_officers_everything() -> None:
    ready = a_labelled_lot()
    run = ready.issue(5)
    for actor, allowed in ((an_actor(), False), (an_officer("recorder"), True)):
        facts: dict[str, Any] = {"first": 0, "last": 0, "by": actor, "now": NOON}
        assert_allowed(allowed, lambda f=facts: ready.issue(3, by=f["by"]))
        assert_allowed(allowed, lambda f=facts: services.activate(run.number, **f))
        assert_allowed(allowed, lambda f=facts: services.withdraw(run.number, reason="x", **f))
    assert list(selectors.runs(an_actor())) == []
    assert run in selectors.runs(an_officer("viewer"))


def assert_allowed(allowed: bool, act: Any) -> None:
    if allowed:
        act()
    else:
        with pytest.raises(NotAllowed):
            act()


steps = st.one_of(
    st.tuples(st.just("issue"), st.integers(1, 12), st.booleans()),
    st.tuples(
        st.sampled_from(["activate", "spoil", "withdraw"]),
        st.integers(0, 3), st.integers(0, 12), st.integers(0, 6),
    ),
)  # fmt: skip


@pytest.fixture
def twenty_packs() -> Labelled:
    """A lot that every history begins with; what follows is undone each time."""
    return a_labelled_lot(packs=20)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(history=st.lists(steps, max_size=12))
def test_law_3_holds_in_the_database_over_random_histories(
    twenty_packs: Labelled, history: list[Any]
) -> None:
    """Labels in force never exceed the packs, and no run is issued without a licence."""
    ready = twenty_packs
    with transaction.atomic():
        for step in history:
            try:
                with transaction.atomic():
                    act(ready, step)
            except RuleViolation:
                pass
            runs = selectors.runs_of_lot(ready.lot.code)
            in_force = sum(spans.in_force(selectors.spans_of(run)) for run in runs)
            assert selectors.labels_left(ready.lot.code).in_force == in_force <= 20
            assert all(run.issued_at.date() <= date(2027, 12, 31) for run in runs)
        transaction.set_rollback(True)


def act(ready: Labelled, step: Any) -> None:
    if step[0] == "issue":
        ready.issue(step[1], now=NOON if step[2] else NOON + timedelta(days=900))
        return
    verb, which, first, length = step
    runs = selectors.runs_of_lot(ready.lot.code)
    if runs:
        more = {} if verb == "activate" else {"reason": "why"}
        number = runs[which % len(runs)].number
        getattr(services, verb)(number, first=first, last=first + length, **more, **AT_NOON)
