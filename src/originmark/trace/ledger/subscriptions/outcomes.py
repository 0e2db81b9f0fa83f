"""What follows from a receiver's answer: the watermark moves, or there is another attempt."""

import random
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction

from originmark.trace.ledger.models import Delivery, Subscription
from originmark.trace.ledger.subscriptions import rules, waking
from originmark.trace.ledger.subscriptions.posting import Answer, Parcel
from originmark.trace.ledger.values import StoredEvent

KEPT = 1000  # attempts of a subscription that its page can show
TOO_LARGE = 413


@dataclass(frozen=True, slots=True)
class Batch:
    """Events under way to one receiver; ``lease`` says that they are in our hands."""

    subscription_id: UUID
    lease: datetime
    first: int
    end: int
    events: list[StoredEvent]
    parcel: Parcel | None
    """None where the secret is lost, so that nothing can be sent."""


@transaction.atomic
def record(batch: Batch, answer: Answer, *, now: datetime) -> None:
    """Note what a receiver said about a batch.

    Does nothing where the subscription was deleted meanwhile, or has passed into other hands.
    """
    held = Subscription.objects.filter(pk=batch.subscription_id, busy_until=batch.lease)
    row = held.select_for_update().first()
    if row is None:
        return
    row.busy_until = None
    if answer.is_accepted:
        attempt, status = row.failures + 1, _accepted(row, batch, now=now)
    elif answer.status == TOO_LARGE and len(batch.events) > 1:
        attempt, status = row.failures + 1, _halved(row, batch)
    else:
        attempt, status = row.failures + 1, _failed(row, now=now)
    row.save()
    note = _note(batch, answer, now=now)
    note.attempt, note.status = attempt, status
    note.save()
    _forget_old(note)


@transaction.atomic
def note_test(batch: Batch, answer: Answer, *, now: datetime) -> None:
    """Note what a receiver said about a test; nothing else follows."""
    if Subscription.objects.filter(pk=batch.subscription_id).exists():
        note = _note(batch, answer, now=now)
        note.attempt, note.status = 1, Delivery.Status.TEST
        note.save()


def _accepted(row: Subscription, batch: Batch, *, now: datetime) -> Delivery.Status:
    row.next_place, row.batch_end, row.batch_at = batch.end, None, None
    row.failures, row.last_notified_at = 0, now
    if batch.events:
        row.min_record_time = max(row.min_record_time, batch.events[-1].recorded_at)
    if row.is_live:
        row.next_due = None
    return Delivery.Status.DELIVERED


def _halved(row: Subscription, batch: Batch) -> Delivery.Status:
    """Send fewer events at once: the receiver could not take so many (EPCIS 2.0, callbacks)."""
    row.most_events = len(batch.events) // 2
    row.batch_end = row.batch_at = None
    return Delivery.Status.RETRY


def _failed(row: Subscription, *, now: datetime) -> Delivery.Status:
    row.failures += 1
    wait = rules.wait_before_retry(
        row.failures,
        most=settings.LEDGER_WEBHOOK_ATTEMPTS,
        chance=random.random(),  # noqa: S311 (spreads attempts in time, guards nothing)
    )
    if wait is None:
        row.status = Subscription.Status.FAILED
        return Delivery.Status.DEAD
    row.next_due = now + wait
    waking.wake(row.next_due)
    return Delivery.Status.RETRY


def _note(batch: Batch, answer: Answer, *, now: datetime) -> Delivery:
    return Delivery(
        subscription_id=batch.subscription_id,
        created_at=now,
        http_status=answer.status,
        reason=answer.reason[:300],
        events=len(batch.events),
        first_place=batch.first,
        end_place=batch.end,
        duration_ms=answer.duration_ms,
    )


def _forget_old(note: Delivery) -> None:
    """Keep the newest attempts of a subscription, looking once in a hundred."""
    if note.pk % 100:
        return
    kept = Delivery.objects.filter(subscription=note.subscription_id).order_by("-pk")
    if oldest := kept.values_list("pk", flat=True)[KEPT : KEPT + 1].first():
        Delivery.objects.filter(subscription=note.subscription_id, pk__lte=oldest).delete()
