"""Deliveries to a real receiver on this machine, which fails in every way that receivers do."""

import hashlib
import hmac
from datetime import UTC, datetime
from typing import Any

import pytest
from builders.receivers import a_receiver
from builders.subscriptions import SECRET, Clock, Silent, captured, outcomes, subscribed, work
from django.conf import LazySettings

from originmark.frame.web import clock
from originmark.origin.parties.access import Actor
from originmark.standards.epcis.fast_check import is_valid
from originmark.trace.ledger.models import Delivery, Subscription
from originmark.trace.ledger.subscriptions import delivering, subscribing

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("our_own_network")]


@pytest.mark.conforms("S-webhook", "S-stream", "H-GS1-Query-Min-Record-Time")
def test_a_live_subscriber_is_told_at_once_of_a_whole_document(officer: Actor) -> None:
    with a_receiver() as receiver:
        made = subscribed(officer, receiver)
        ids = captured(officer, "1", "2")
        work()

    [document] = receiver.documents
    results = document["epcisBody"]["queryResults"]
    assert (document["type"], document["schemaVersion"]) == ("EPCISQueryDocument", "2.0")
    assert (results["queryName"], results["subscriptionID"]) == ("SimpleEventQuery", str(made.pk))
    assert receiver.event_ids() == ids
    headers = receiver.got[0][0]
    assert headers["Content-Type"] == "application/json"
    assert headers["User-Agent"].startswith("Originmark")
    assert headers["GS1-EPCIS-Version"] == "2.0.0"
    assert headers["GS1-Query-Min-Record-Time"] == "2026-10-01T08:00:00.000Z"
    assert is_valid(document)


@pytest.mark.conforms("S-signature", "H-GS1-Signature")
def test_the_body_is_signed_with_the_secret(officer: Actor) -> None:
    with a_receiver() as receiver:
        subscribed(officer, receiver)
        captured(officer, "1")
        work()

    [(headers, body)] = receiver.got
    expected = hmac.new(SECRET.encode(), body, hashlib.sha256).hexdigest()
    assert headers["GS1-Signature"] == f"sha256={expected}"


@pytest.mark.conforms("H-GS1-Signature")
def test_without_a_secret_nothing_is_signed(officer: Actor) -> None:
    with a_receiver() as receiver:
        subscribed(officer, receiver, signatureToken=None)
        captured(officer, "1")
        work()

    assert "GS1-Signature" not in receiver.got[0][0]


@pytest.mark.conforms("S-watermark", "S-backoff")
@pytest.mark.parametrize("answer", [500, 404, 301, 399])
def test_the_watermark_waits_for_a_2xx(officer: Actor, hands: Clock, answer: int) -> None:
    headers = {"Location": "http://127.0.0.1:1/elsewhere"}
    with a_receiver((answer, headers), (answer, headers), 204) as receiver:
        made = subscribed(officer, receiver)
        ids = captured(officer, "1")
        for seconds in (0, 12, 24):
            hands.advance(seconds=seconds)
            work()
            made.refresh_from_db()
            assert made.next_place == (1 if len(receiver.got) == 3 else 0)
        work()

    assert receiver.event_ids() == ids * 3
    assert [row[:2] for row in outcomes()] == [
        ("retry", answer),
        ("retry", answer),
        ("delivered", 204),
    ]
    assert (made.failures, made.min_record_time) == (0, datetime(2026, 10, 1, 8, tzinfo=UTC))


@pytest.mark.conforms("S-backoff")
def test_each_wait_is_longer_than_the_one_before(officer: Actor, hands: Clock) -> None:
    with a_receiver(500, 500, 500) as receiver:
        made = subscribed(officer, receiver)
        captured(officer, "1")
        waits = []
        for _ in range(3):
            work()
            made.refresh_from_db()
            waits.append((made.next_due - hands()).total_seconds())
            hands.advance(seconds=waits[-1] - 1)
            before = len(receiver.got)
            work()
            assert len(receiver.got) == before, "not before its time"
            hands.advance(seconds=2)

    assert 8 <= waits[0] <= 12
    assert 16 <= waits[1] <= 24
    assert 32 <= waits[2] <= 48


@pytest.mark.conforms("S-backoff")
def test_what_is_sent_again_is_the_same_byte_for_byte(officer: Actor, hands: Clock) -> None:
    with a_receiver(503) as receiver:
        subscribed(officer, receiver)
        ids = captured(officer, "1")
        work()
        ids += captured(officer, "2")
        hands.advance(minutes=1)
        work()

    (first, body), (again, same), (other, _more) = receiver.got
    assert body == same
    assert first["Idempotency-Key"] == again["Idempotency-Key"] != other["Idempotency-Key"]
    assert receiver.event_ids() == [ids[0], *ids]


@pytest.mark.conforms("S-deadletter")
def test_after_the_last_attempt_it_waits_for_a_person_and_nothing_is_lost(
    officer: Actor, hands: Clock
) -> None:
    with a_receiver(500, 500, 500, 500) as receiver:
        made = subscribed(officer, receiver)
        ids = captured(officer, "1")
        for _ in range(6):
            work()
            hands.advance(hours=2)
        assert [row[0] for row in outcomes()] == ["retry", "retry", "retry", "dead"]
        made.refresh_from_db()
        assert (made.status, made.next_place) == ("failed", 0)
        ids += captured(officer, "2")
        work()
        assert len(receiver.got) == 4

        subscribing.resume(made, by=officer, now=clock.now())
        work()

    assert receiver.event_ids()[4:] == ids
    made.refresh_from_db()
    assert (made.status, made.failures, made.next_place) == ("active", 0, 2)


@pytest.mark.conforms("S-watermark")
def test_a_receiver_that_is_not_there_is_found_when_it_is(officer: Actor, hands: Clock) -> None:
    with a_receiver() as receiver:
        port = int(receiver.url.split(":")[2].split("/")[0])
    made = subscribed(officer, receiver)
    ids = captured(officer, "1")
    work()
    assert outcomes() == [("retry", None, 1)]
    assert "refused" in Delivery.objects.get().reason

    with a_receiver(port=port) as back:
        hands.advance(minutes=1)
        work()
    assert back.event_ids() == ids
    made.refresh_from_db()
    assert made.next_place == 1


@pytest.mark.conforms("S-backoff")
def test_a_silent_receiver_is_given_up_on_in_time(officer: Actor, settings: LazySettings) -> None:
    settings.LEDGER_WEBHOOK_SECONDS = 0.3
    with a_receiver(1) as receiver:
        subscribed(officer, receiver)
        captured(officer, "1")
        work()

    assert outcomes() == [("retry", None, 1)]
    delivery = Delivery.objects.get()
    assert delivery.reason == "no answer within 0.3 s"
    assert delivery.duration_ms < 900


def test_a_slow_receiver_does_not_hold_up_the_others(officer: Actor) -> None:
    with a_receiver(1.5) as slow, a_receiver() as quick:
        subscribed(officer, slow)
        subscribed(officer, quick)
        captured(officer, "1")
        work()

    durations = dict(Delivery.objects.values_list("subscription__dest", "duration_ms"))
    assert durations[quick.url] < 1000 < durations[slow.url]


def test_events_come_in_batches_in_the_order_of_the_log(
    officer: Actor, settings: LazySettings
) -> None:
    settings.LEDGER_WEBHOOK_EVENTS = 3
    with a_receiver() as receiver:
        subscribed(officer, receiver)
        ids = captured(officer, *map(str, range(8)))
        work()

    assert receiver.event_ids() == ids
    assert [row[2] for row in outcomes()] == [3, 3, 2]


def test_a_receiver_that_finds_it_too_large_gets_smaller_batches(
    officer: Actor, settings: LazySettings
) -> None:
    settings.LEDGER_WEBHOOK_EVENTS = 8
    with a_receiver(413, 413) as receiver:
        made = subscribed(officer, receiver)
        ids = captured(officer, *map(str, range(8)))
        work()

    assert [row[1:] for row in outcomes()] == [(413, 8), (413, 4), (200, 2)] + [(200, 2)] * 3
    assert receiver.event_ids()[12:] == ids
    made.refresh_from_db()
    assert (made.failures, made.most_events) == (0, 2)


@pytest.mark.conforms("S-watermark")
def test_a_worker_that_dies_is_followed_by_another_that_sends_the_same(
    officer: Actor, hands: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between the receiver's 2xx and our note of it: the one case in which it hears twice."""
    with a_receiver() as receiver:
        subscribed(officer, receiver)
        ids = captured(officer, "1")
        with monkeypatch.context() as power_cut:
            power_cut.setattr(delivering.outcomes, "record", _die)
            with pytest.raises(SystemExit):
                delivering.deliver_due({}, Silent())
        work()
        assert len(receiver.got) == 1, "in the dead worker's hands until the lease is over"
        hands.advance(seconds=62)
        work()

    assert receiver.event_ids() == ids * 2
    assert receiver.got[0][1] == receiver.got[1][1]
    keys = {headers["Idempotency-Key"] for headers, _ in receiver.got}
    assert len(keys) == 1
    assert Subscription.objects.get().next_place == 1


def test_a_document_that_arrives_while_one_is_delivered_is_not_missed(
    officer: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its mark comes after we looked at the log, and before we rest."""
    with a_receiver() as receiver:
        subscribed(officer, receiver)
        ids = captured(officer, "1")
        rest, late = delivering._rest, []

        def rest_too_late(*args: Any, **kwargs: Any) -> None:
            if not late:
                late.extend(captured(officer, "2"))
            rest(*args, **kwargs)

        monkeypatch.setattr(delivering, "_rest", rest_too_late)
        delivering.deliver_due({}, Silent())

    assert receiver.event_ids() == ids + late


def test_a_subscription_deleted_meanwhile_leaves_no_trace(
    officer: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    with a_receiver() as receiver:
        made = subscribed(officer, receiver)
        captured(officer, "1")
        record = delivering.outcomes.record

        def record_too_late(*args: Any, **kwargs: Any) -> None:
            subscribing.unsubscribe(made, by=officer)
            record(*args, **kwargs)

        monkeypatch.setattr(delivering.outcomes, "record", record_too_late)
        work()

    assert len(receiver.got) == 1
    assert Delivery.objects.exists() is False


def test_a_receiver_that_turned_private_is_not_spoken_to(
    officer: Actor, settings: LazySettings
) -> None:
    with a_receiver() as receiver:
        subscribed(officer, receiver)
        captured(officer, "1")
        settings.LEDGER_WEBHOOKS_TO_PRIVATE = False
        work()

    assert receiver.got == []
    assert "inside a private network" in Delivery.objects.get().reason


def test_a_secret_under_another_key_stops_with_a_reason(
    officer: Actor, settings: LazySettings
) -> None:
    with a_receiver() as receiver:
        subscribed(officer, receiver)
        captured(officer, "1")
        settings.SECRET_KEY = "another installation's"
        work()

    assert receiver.got == []
    assert "the secret cannot be read" in Delivery.objects.get().reason


def _die(*_args: Any, **_kwargs: Any) -> None:
    raise SystemExit
