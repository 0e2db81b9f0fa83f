"""What a stream is opened on: who listens to which query, from which place on, and when."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.translation import gettext as _

from originmark.frame.web import problems
from originmark.origin.parties.access import Actor
from originmark.standards.epcis.schedule import LIMITS
from originmark.trace.ledger.models import NamedQuery
from originmark.trace.ledger.subscriptions import matching
from originmark.trace.ledger.subscriptions.rules import (
    FieldRefused,
    ForeignPage,
    refuse_ending,
)
from originmark.trace.ledger.subscriptions.subscribing import first_place
from originmark.trace.ledger.subscriptions.wanted import read_terms

ASKS = ("stream", *LIMITS)
FLAGS = {"true": True, "false": False, "1": True, "0": False, "": True}


@dataclass(frozen=True, slots=True)
class Opening:
    """A stream as it was asked for: live where ``schedule`` is None."""

    actor: Actor
    query_name: str
    body: dict[str, Any]
    first_place: int
    since: datetime | None
    schedule: dict[str, Any] | None
    report_if_empty: bool


class StreamOpening(HttpResponse):
    """Says that the stream may be opened: the front door takes it from here.

    Where there is no front door, or the caller takes no stream, it is a problem by itself (406).
    """

    def __init__(self, request: HttpRequest, opening: Opening) -> None:
        detail = _(
            "A stream is a WebSocket, or server-sent events for whoever sends “Accept: "
            "text/event-stream”; `originmark serve` gives both."
        )
        kind = {"type": "epcisException:NotAcceptableException", "title": "Not Acceptable"}
        problem = problems.problem(request, 406, detail, **kind)
        super().__init__(problem.content, status=406, content_type=problems.MEDIA_TYPE)
        self.opening = opening


def is_asked(given: QueryDict) -> bool:
    """Return whether an address asks for a stream, live or by schedule."""
    return any(name in given for name in ASKS)


def open_stream(request: HttpRequest, found: NamedQuery, by: Actor) -> StreamOpening:
    """Return the stream that a request asks for; raises SubscriptionRefused."""
    refuse_foreign_page(request)
    refuse_ending(found.body)
    given = request.GET
    schedule = {name: given[name] for name in LIMITS if name in given}
    flags = {name: _flag(given, name) for name in ("stream", "reportIfEmpty")}
    moment = (
        {"initialRecordTime": given["initialRecordTime"].replace(" ", "+")}
        if ("initialRecordTime" in given)
        else {}
    )
    terms = read_terms({**flags, **moment, "schedule": schedule})
    size = matching.log_size()
    return StreamOpening(
        request,
        Opening(
            actor=by,
            query_name=found.name,
            body=found.body,
            first_place=_first_place(request, terms.initial_record_time, size=size),
            since=terms.initial_record_time,
            schedule=terms.schedule,
            report_if_empty=terms.report_if_empty,
        ),
    )


def refuse_foreign_page(request: HttpRequest) -> None:
    """Raise ForeignPage when the page of another site uses its visitor's session here.

    Browsers let any page open a WebSocket, and send the cookies along. A program that sends its
    key means it.
    """
    origin = request.headers.get("Origin")
    if origin is None or "Authorization" in request.headers:
        return
    if urlsplit(origin).netloc != request.get_host() and (
        origin not in settings.CSRF_TRUSTED_ORIGINS
    ):
        raise ForeignPage(origin=origin[:100])


def _first_place(request: HttpRequest, since: datetime | None, *, size: int) -> int:
    """Return where the stream begins: behind what the listener has, else at a time, else now."""
    last = request.headers.get("Last-Event-ID") or request.GET.get("lastEventID")
    if not last:
        return first_place(since, size=size)
    if not (last.isascii() and last.isdigit() and len(last) < 19 and int(last) < size):
        expected = f"the id of an event of this stream, 0 to {size - 1}"
        raise FieldRefused(name="Last-Event-ID", found=last[:40], expected=expected)
    return int(last) + 1


def _flag(given: QueryDict, name: str) -> bool:
    text = given.get(name, "false").lower()
    if text not in FLAGS:
        raise FieldRefused(name=name, found=text[:40], expected="true or false")
    return FLAGS[text]
