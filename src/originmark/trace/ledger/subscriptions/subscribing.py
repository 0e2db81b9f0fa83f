"""Subscribe and unsubscribe, pause and go on."""

from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.db.models import F, QuerySet

from originmark.frame.jobs import services as jobs
from originmark.origin.parties import access
from originmark.origin.parties.access import Actor
from originmark.standards.epcis.schedule import next_time
from originmark.trace.ledger import log
from originmark.trace.ledger.models import Event, NamedQuery, Subscription
from originmark.trace.ledger.subscriptions import posting, waking
from originmark.trace.ledger.subscriptions.naming import PERMISSION, owner_for, query_named
from originmark.trace.ledger.subscriptions.rules import (
    ALWAYS_THERE,
    NotInThatState,
    SubscriptionUnknown,
    refuse_ending,
)
from originmark.trace.ledger.subscriptions.sealing import seal
from originmark.trace.ledger.subscriptions.wanted import Wanted, read_schedule, read_wanted

Status = Subscription.Status


def subscriptions(by: Actor) -> QuerySet[Subscription]:
    """Return the subscriptions that the actor may see."""
    return access.visible(by, Subscription.objects.all())


def subscription(subscription_id: UUID, *, by: Actor) -> Subscription:
    """Return one subscription with its query (one query); raises SubscriptionUnknown."""
    rows = subscriptions(by).select_related("query", "organisation")
    found = rows.filter(pk=subscription_id).first()
    if found is None:
        raise SubscriptionUnknown(id=str(subscription_id))
    return found


def subscribe(query_name: str, body: Any, *, by: Actor, now: datetime) -> Subscription:
    """Tell a receiver of a query's events from now on, or from ``initialRecordTime``.

    ``body`` is the standard's: dest, signatureToken, stream or schedule, reportIfEmpty,
    initialRecordTime. Whoever receives sees what the organisation may see.

    Raises NotAllowed, QueryUnknown, SubscriptionRefused.
    """
    owner = owner_for(by)
    takes_private = settings.LEDGER_WEBHOOKS_TO_PRIVATE
    query = query_named(query_name, by=by)
    refuse_ending(query.body)
    wanted = read_wanted(body, takes_private=takes_private)
    if not takes_private:
        posting.refuse_private(wanted.dest)
    return _insert(query, wanted, owner=owner, by=by, now=now)


@transaction.atomic
def _insert(
    query: NamedQuery, wanted: Wanted, *, owner: int | None, by: Actor, now: datetime
) -> Subscription:
    # The lock: a document that is being captured has counted up the subscriptions it knows of.
    size = log.lock().size
    if query.name == ALWAYS_THERE:
        values = {"body": query.body, "created_at": now}
        query, _is_new = NamedQuery.objects.get_or_create(name=query.name, defaults=values)
    terms = wanted.terms
    row = Subscription.objects.create(
        query=query,
        organisation_id=owner,
        person_id=by.person_id,
        created_at=now,
        dest=wanted.dest,
        sealed_secret=seal(wanted.secret),
        is_live=terms.schedule is None,
        schedule=terms.schedule,
        report_if_empty=terms.report_if_empty,
        initial_record_time=terms.initial_record_time,
        next_place=first_place(terms.initial_record_time, size=size),
        min_record_time=terms.initial_record_time or now,
        most_events=settings.LEDGER_WEBHOOK_EVENTS,
        signals=1,
        next_due=next_turn(terms.schedule, after=now),
    )
    waking.wake(row.next_due or now)
    return row


def first_place(initial_record_time: datetime | None, *, size: int) -> int:
    """Return the first place in the log at or after a record time; without one, the next."""
    if initial_record_time is None:
        return size
    later = Event.objects.filter(record_time__gte=initial_record_time)
    first = later.order_by("pk").values_list("pk", flat=True).first()
    return size if first is None else first


def next_turn(schedule: dict[str, Any] | None, *, after: datetime) -> datetime | None:
    """Return when a schedule has its next turn, in the installation's time zone."""
    if schedule is None:
        return None
    return next_time(read_schedule(schedule), after, ZoneInfo(settings.TIME_ZONE))


@transaction.atomic
def unsubscribe(row: Subscription, *, by: Actor) -> None:
    """End a subscription; what its receiver was told stays told. Raises NotAllowed."""
    access.require(by, PERMISSION, organisation_id=row.organisation_id)
    row.delete()


@transaction.atomic
def pause(row: Subscription, *, by: Actor) -> None:
    """Send nothing until somebody resumes it. Raises NotAllowed, NotInThatState."""
    access.require(by, PERMISSION, organisation_id=row.organisation_id)
    active = Subscription.objects.filter(pk=row.pk, status=Status.ACTIVE)
    if not active.update(status=Status.PAUSED):
        raise NotInThatState(state=str(row.get_status_display()))


@transaction.atomic
def resume(row: Subscription, *, by: Actor, now: datetime) -> None:
    """Go on where it stopped, be it paused or given up: nothing is lost, nothing told twice.

    A failed one is tried again at once; a paused one waits for its turn. Raises NotAllowed,
    NotInThatState.
    """
    access.require(by, PERMISSION, organisation_id=row.organisation_id)
    log.lock()  # a document being captured has passed over what was not active
    due = next_turn(row.schedule, after=now)
    if row.schedule is not None and (row.status == Status.FAILED or row.batch_end is not None):
        due = now
    stopped = Subscription.objects.filter(pk=row.pk).exclude(status=Status.ACTIVE)
    changed = stopped.update(
        status=Status.ACTIVE, failures=0, signals=F("signals") + 1, next_due=due
    )
    if not changed:
        raise NotInThatState(state=str(row.get_status_display()))
    waking.wake(due or now)


@transaction.atomic
def send_test(row: Subscription, *, by: Actor) -> None:
    """Have an empty report sent, whatever the state; it moves no watermark. Raises NotAllowed."""
    access.require(by, PERMISSION, organisation_id=row.organisation_id)
    jobs.enqueue(waking.TEST_TASK, {"subscription": str(row.pk)}, person_id=by.person_id)
