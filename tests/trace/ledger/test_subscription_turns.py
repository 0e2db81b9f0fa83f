"""What subscribers are told, from when on, and when: scope, schedules, pauses, tests."""

from typing import Any

import pytest
from builders.ledger import CONTEXT, a_document, an_object_event, as_bytes
from builders.parties import an_actor, an_organisation
from builders.receivers import a_receiver
from builders.subscriptions import Clock, captured, outcomes, subscribed, work

from originmark.frame.jobs.models import Job
from originmark.frame.web import clock
from originmark.origin.parties.access import Actor
from originmark.trace.ledger import query, services
from originmark.trace.ledger.models import Delivery, NamedQuery
from originmark.trace.ledger.subscriptions import naming, subscribing, waking

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("our_own_network")]


def test_only_matching_events_that_the_organisation_may_see_are_told(
    officer: Actor, hands: Clock
) -> None:
    mine, other = an_organisation(), an_organisation()
    manager = an_actor(mine, "manager")
    naming.name_query("shipped", {"EQ_bizStep": ["shipping"]}, by=manager, now=clock.now())
    with a_receiver() as receiver, a_receiver() as office:
        made = subscribed(manager, receiver, to="shipped")
        subscribed(officer, office)
        [wanted] = captured(manager, "1", bizStep="shipping", action="OBSERVE")
        captured(manager, "2")
        captured(an_actor(other), "3", bizStep="shipping", action="OBSERVE")
        work()

    assert receiver.event_ids() == [wanted]
    assert len(office.event_ids()) == 3
    made.refresh_from_db()
    assert made.next_place == 3


@pytest.mark.conforms("S-watermark")
def test_a_subscriber_can_begin_in_the_past(officer: Actor, hands: Clock) -> None:
    captured(officer, "0")
    hands.advance(minutes=1)
    ids = captured(officer, "1")
    with a_receiver() as receiver:
        subscribed(officer, receiver, initialRecordTime="2026-10-01T08:00:30Z")
        work()

    assert receiver.event_ids() == ids


@pytest.mark.conforms("S-schedule")
def test_a_schedule_tells_at_its_time_and_not_before(officer: Actor, hands: Clock) -> None:
    with a_receiver() as receiver:
        subscribed(officer, receiver, schedule={"minute": "30"})
        ids = captured(officer, "1") + captured(officer, "2")
        hands.advance(minutes=29)
        work()
        assert receiver.got == []
        hands.advance(minutes=1)
        work()
        assert receiver.event_ids() == ids
        hands.advance(hours=1)
        work()

    assert len(receiver.got) == 1


@pytest.mark.conforms("S-schedule")
def test_an_empty_turn_is_reported_where_that_was_asked_for(officer: Actor, hands: Clock) -> None:
    with a_receiver() as receiver:
        subscribed(officer, receiver, schedule={"minute": "30"}, reportIfEmpty=True)
        hands.advance(minutes=30)
        work()
        captured(officer, "1")
        hands.advance(hours=1)
        work()
        work()

    lists = [
        each["epcisBody"]["queryResults"]["resultsBody"]["eventList"] for each in receiver.documents
    ]
    assert [len(each) for each in lists] == [0, 1]
    keys = {headers["Idempotency-Key"] for headers, _ in receiver.got}
    assert len(keys) == 2


def test_a_paused_subscription_waits_and_then_misses_nothing(officer: Actor) -> None:
    with a_receiver() as receiver:
        made = subscribed(officer, receiver)
        subscribing.pause(made, by=officer)
        ids = captured(officer, "1")
        work()
        assert receiver.got == []
        made.refresh_from_db()
        subscribing.resume(made, by=officer, now=clock.now())
        work()

    assert receiver.event_ids() == ids


def test_an_organisation_that_is_archived_is_told_nothing(officer: Actor) -> None:
    organisation = an_organisation()
    manager = an_actor(organisation, "manager")
    with a_receiver() as receiver:
        subscribed(manager, receiver)
        captured(manager, "1")
        organisation.is_active = False
        organisation.save()
        work()

    assert receiver.got == []


def test_a_test_is_sent_and_moves_no_watermark(officer: Actor) -> None:
    with a_receiver(500) as receiver:
        made = subscribed(officer, receiver)
        subscribing.send_test(made, by=officer)
        work()

    [document] = receiver.documents
    assert document["epcisBody"]["queryResults"]["resultsBody"]["eventList"] == []
    assert outcomes() == [("test", 500, 0)]
    made.refresh_from_db()
    assert (made.status, made.failures, made.next_place) == ("active", 0, 0)


def test_without_subscribers_a_document_costs_one_query_more(
    officer: Actor, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(1):
        waking.hear([], by=officer, now=clock.now())
    assert Job.objects.filter(task=waking.TASK).exists() is False


@pytest.mark.conforms("S-watermark")
def test_a_record_time_that_goes_backwards_loses_nothing(officer: Actor, hands: Clock) -> None:
    """Who waited longer for the log's lock is recorded later under an earlier time."""
    with a_receiver() as receiver:
        subscribed(officer, receiver)
        hands.advance(seconds=5)
        ids = captured(officer, "1")
        work()
        hands.advance(seconds=-3)
        ids += captured(officer, "2")
        hands.advance(seconds=9)
        work()

    assert receiver.event_ids() == ids


def test_answers_that_are_rare_are_found_all_the_same(
    officer: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A reading that stops half-way is gone on with; it never counts as the end of the log."""
    monkeypatch.setattr(query, "MOST_CANDIDATES", 2)
    rare = {"EQ_example:colour": ["red"], "@context": {"example": "https://example.org/terms/"}}
    naming.name_query("red", rare, by=officer, now=clock.now())
    context = [CONTEXT, {"example": "https://example.org/terms/"}]
    with a_receiver() as receiver:
        made = subscribed(officer, receiver, to="red")
        captured(officer, *map(str, range(7)))
        red = a_document(an_object_event(**{"example:colour": "red"}), context=context)
        result = services.capture(as_bytes(red), by=officer, now=clock.now())
        work()

    assert receiver.event_ids() == [event.event_id for event in result.stored]
    made.refresh_from_db()
    assert made.next_place == 8


def test_a_query_that_cannot_be_read_any_more_stops_with_a_reason(officer: Actor) -> None:
    naming.name_query("old", {"EQ_bizStep": ["shipping"]}, by=officer, now=clock.now())
    with a_receiver() as receiver, a_receiver() as other:
        subscribed(officer, receiver, to="old")
        subscribed(officer, other)
        NamedQuery.objects.filter(name="old").update(body={"EQ_gone": ["1"]})
        captured(officer, "1")
        work()

    assert (len(receiver.got), len(other.got)) == (0, 1)
    failed = Delivery.objects.get(subscription__query__name="old")
    assert failed.status == "retry"
    assert "EQ_gone" in failed.reason
