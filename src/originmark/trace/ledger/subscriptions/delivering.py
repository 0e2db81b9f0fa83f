"""Take what is due to its receivers.

The database work happens on the worker's own thread; only the sending is done beside it, so that
one receiver that is slow does not hold up the others. A row in a worker's hands is leased to it
(``busy_until``): a worker that dies is followed by another one when the lease is over.

At least once: a receiver that answered 2xx is told again only if the process ends, or loses its
database, between that answer and the commit that notes it. The batch is then the same, byte for
byte, under the same ``Idempotency-Key``.
"""

from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q, QuerySet

from originmark.frame.jobs.sockets import Progress
from originmark.frame.web import clock
from originmark.frame.web.refusals import RuleViolation
from originmark.origin.parties import access
from originmark.origin.parties.access import Actor
from originmark.standards.epcis.query import QueryInvalid
from originmark.trace.ledger.models import Subscription
from originmark.trace.ledger.subscriptions import matching, message, outcomes, waking
from originmark.trace.ledger.subscriptions.outcomes import Batch
from originmark.trace.ledger.subscriptions.posting import Answer, Parcel, post
from originmark.trace.ledger.subscriptions.sealing import SecretLost, unseal
from originmark.trace.ledger.subscriptions.subscribing import next_turn
from originmark.trace.ledger.values import StoredEvent

AT_ONCE = 8
MOST_PARCELS = 500  # a job; the rest is left to the next one, so that other work has its turn
LEASE_S = 60


def deliver_due(_payload: dict[str, Any], _progress: Progress) -> dict[str, int]:
    """Deliver everything that is due; a task of the worker. Returns how much was sent."""
    sent = accepted = 0
    with ThreadPoolExecutor(AT_ONCE) as pool:
        under_way: dict[Future[Answer], Batch] = {}
        for pk in _due_ids(clock.now()):
            _hand_over(pk, pool, under_way)
        while under_way:
            done, _others = wait(under_way, return_when=FIRST_COMPLETED)
            for future in done:
                batch, answer = under_way.pop(future), future.result()
                outcomes.record(batch, answer, now=clock.now())
                sent, accepted = sent + 1, accepted + answer.is_accepted
                if sent + len(under_way) < MOST_PARCELS:
                    _hand_over(batch.subscription_id, pool, under_way)
    if sent >= MOST_PARCELS:
        waking.wake(clock.now())
    return {"sent": sent, "accepted": accepted}


def send_test(payload: dict[str, Any], _progress: Progress) -> dict[str, Any] | None:
    """Send an empty report to one receiver and note what it said; a task of the worker."""
    now = clock.now()
    row = Subscription.objects.select_related("query").filter(pk=payload["subscription"]).first()
    if row is None:
        return None
    batch = _batch(row, [], end=row.next_place, at=now)
    answer = _send(batch.parcel)
    outcomes.note_test(batch, answer, now=clock.now())
    return {"status": answer.status, "reason": answer.reason}


def reader(row: Subscription) -> Actor:
    """Return as whom a subscription reads: its organisation as it is today, or the office."""
    organisation = row.organisation
    if organisation is None:
        return access.SYSTEM
    office_role = "viewer" if organisation.runs_programme else None
    return Actor(organisation.name, roles=((organisation.pk, "viewer"),), office_role=office_role)


def _hand_over(pk: UUID, pool: ThreadPoolExecutor, under_way: dict[Future[Answer], Batch]) -> None:
    batch = _next_batch(pk, now=clock.now())
    if batch is not None:
        under_way[pool.submit(_send, batch.parcel)] = batch


def _send(parcel: Parcel | None) -> Answer:
    if parcel is None:
        return Answer(None, "the secret cannot be read: this installation's key has changed", 0)
    return post(
        parcel,
        takes_private=settings.LEDGER_WEBHOOKS_TO_PRIVATE,
        seconds=settings.LEDGER_WEBHOOK_SECONDS,
    )


def _due(now: datetime) -> QuerySet[Subscription]:
    may_go = Q(organisation=None) | Q(organisation__is_active=True)
    live = Q(is_live=True, signals__gt=F("heard")) & (Q(next_due=None) | Q(next_due__lte=now))
    in_turn = Q(is_live=False, next_due__lte=now)
    active = Subscription.objects.filter(status=Subscription.Status.ACTIVE)
    return active.filter(may_go, live | in_turn).order_by("pk")


def _due_ids(now: datetime) -> Iterator[UUID]:
    """Yield what is due; what another worker holds is looked at again when its lease is over."""
    for pk, busy_until in list(_due(now).values_list("pk", "busy_until")):
        if busy_until is None or busy_until < now:
            yield pk
        else:
            waking.wake(
                busy_until + timedelta(seconds=1), key=f"deliver {pk} {busy_until.isoformat()}"
            )


def _next_batch(pk: UUID, *, now: datetime) -> Batch | None:
    """Take the next events of a subscription in hand; None where there is nothing to do.

    What was under way and not accepted comes again, unchanged. The log is read outside of any
    transaction: a long read must not hold up capture.
    """
    while (row := _claim(pk, now=now)) is not None:
        size = matching.log_size()
        end = size if row.batch_end is None else row.batch_end
        try:
            found = _found(row, end=end)
        except (QueryInvalid, RuleViolation) as refused:  # this version reads it differently
            nothing = Batch(row.pk, row.busy_until or now, row.next_place, row.next_place, [], None)
            outcomes.record(nothing, Answer(None, str(refused), 0), now=now)
            return None
        if row.batch_end is not None:
            return _batch(row, found.events, end=found.end, at=row.batch_at or now)
        if found.events or (found.end == size and _owes_empty_report(row)):
            _held(row).update(batch_end=found.end, batch_at=now)
            return _batch(row, found.events, end=found.end, at=now)
        if found.end == size:
            _rest(row, end=found.end, now=now)
        else:  # answers are rare: go on from where the reading stopped
            _held(row).update(next_place=found.end, busy_until=None)
    return None


def _found(row: Subscription, *, end: int) -> matching.Found:
    return matching.events_between(
        row.query.body,
        by=reader(row),
        start=row.next_place,
        end=end,
        most=row.most_events,
        since=row.initial_record_time,
    )


@transaction.atomic
def _claim(pk: UUID, *, now: datetime) -> Subscription | None:
    """Take a subscription in hand if it is due and in nobody else's.

    ``signals`` is read here, before the log is: see ``waking``.
    """
    free = Q(busy_until=None) | Q(busy_until__lt=now)
    rows = _due(now).filter(free, pk=pk).select_related("query", "organisation")
    row = rows.select_for_update(of=("self",)).first()
    if row is not None:
        row.busy_until = now + timedelta(seconds=LEASE_S)
        row.save(update_fields=["busy_until"])
    return row


def _held(row: Subscription) -> QuerySet[Subscription]:
    return Subscription.objects.filter(pk=row.pk, busy_until=row.busy_until)


@transaction.atomic
def _rest(row: Subscription, *, end: int, now: datetime) -> None:
    """Let go of a subscription that knows everything up to a place, until its next turn."""
    due = next_turn(row.schedule, after=now)
    rested = _held(row).update(heard=row.signals, next_place=end, next_due=due, busy_until=None)
    if rested and due is not None:
        waking.wake(due)


def _owes_empty_report(row: Subscription) -> bool:
    """Return whether this turn of a schedule must be reported though nothing happened."""
    if not row.report_if_empty or row.is_live or row.next_due is None:
        return False
    return row.last_notified_at is None or row.last_notified_at < row.next_due


def _batch(row: Subscription, events: list[StoredEvent], *, end: int, at: datetime) -> Batch:
    key = message.key_of(row.pk, first=row.next_place, end=end, at=at)
    try:
        secret = unseal(row.sealed_secret)
    except SecretLost:
        parcel = None
    else:
        parcel = message.parcel(row, events, key=key, secret=secret, now=at)
    return Batch(row.pk, row.busy_until or at, row.next_place, end, events, parcel)
