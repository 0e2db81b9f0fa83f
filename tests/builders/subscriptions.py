"""Subscribers, the clock they live by, and what became of what they were sent."""

from datetime import UTC, datetime, timedelta
from typing import Any

from builders.ledger import a_document, an_object_event, as_bytes
from builders.receivers import Receiver

from originmark.frame.jobs import services as jobs
from originmark.frame.web import clock
from originmark.origin.parties.access import Actor
from originmark.trace.ledger import services
from originmark.trace.ledger.models import Delivery
from originmark.trace.ledger.subscriptions import subscribing

SECRET = "13df38d8275b13f0"


class Clock:
    """A clock that stands still until a test moves it."""

    def __init__(self) -> None:
        self.moment = datetime(2026, 10, 1, 8, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.moment

    def advance(self, **by: float) -> None:
        self.moment += timedelta(**by)


def subscribed(by: Actor, receiver: Receiver, *, to: str = "SimpleEventQuery", **more: Any) -> Any:
    body = {"dest": receiver.url, "signatureToken": SECRET, **more}
    if "schedule" not in body:
        body["stream"] = True
    return subscribing.subscribe(to, body, by=by, now=clock.now())


def captured(by: Actor, *names: str, **fields: Any) -> list[str]:
    """Capture one document with an event of each name; return their eventIDs."""
    events = [an_object_event(epcList=[f"urn:lot:{name}"], **fields) for name in names]
    result = services.capture(as_bytes(a_document(*events)), by=by, now=clock.now())
    return [event.event_id for event in result.stored]


def work() -> None:
    jobs.run_due(clock.now())


def outcomes() -> list[tuple[str, int | None, int]]:
    rows = Delivery.objects.order_by("pk")
    return [(row.status, row.http_status, row.events) for row in rows]


class Silent:
    """Progress that nobody listens to."""

    def report(self, done: int, total: int, note: str = "") -> None: ...
