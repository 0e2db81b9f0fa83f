"""``GET /epcis/events``: the way out for programs."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from originmark.frame.web import clock
from originmark.origin.parties.access import Actor
from originmark.standards.epcis.documents import STANDARD_CONTEXT
from originmark.standards.epcis.query import Query, parse_parameters
from originmark.standards.epcis.times import write_moment
from originmark.trace.ledger import page_tokens, query, selectors, store
from originmark.trace.ledger.door import EpcisProblem, json_response
from originmark.trace.ledger.query_rules import QueryRefused
from originmark.trace.ledger.values import StoredEvent

ROWS_ON_A_PAGE = 30
MOST_ROWS_ON_A_PAGE = 1000
UNNAMED = "SimpleEventQuery"
PAGING = ("perPage", "nextPageToken")


def get_events(request: HttpRequest, by: Actor) -> HttpResponse:
    """Answer a query with a page of events, last recorded first unless an order is asked."""
    return page_response(request, parse_parameters(asked_pairs(request)), by)


def asked_pairs(request: HttpRequest) -> list[tuple[str, str]]:
    """Return the parameters of the query: those of the address, else those of the page token."""
    pairs = [
        (name, value)
        for name, values in request.GET.lists()
        if name not in PAGING
        for value in values
    ]
    return pairs or page_tokens.query_in(request.GET.get("nextPageToken", ""))


def page_response(
    request: HttpRequest, asked: Query, by: Actor, *, name: str = UNNAMED
) -> HttpResponse:
    """Answer with the page of a query, of that name, for which the address asks."""
    page = query.run(
        asked,
        by=by,
        limit=per_page(request.GET.get("perPage", "")),
        after=request.GET.get("nextPageToken"),
    )
    document = query_document(page.events, now=clock.now(), name=name)
    if page.next_token is None:
        return json_response(document)
    token = page_tokens.with_query(page.next_token, asked_pairs(request))
    answer = json_response({**document, "nextPageToken": token})
    answer["Link"] = f'<{next_address(request, token)}>; rel="next"'
    answer["GS1-Next-Page-Token-Expires"] = write_moment(clock.now() + page_tokens.LIFE)
    return answer


def get_event(_request: HttpRequest, by: Actor, event_id: str) -> HttpResponse:
    """Answer every event of that eventID, the one that withdraws it included."""
    query.require_query(by)
    rows = selectors.events(by).filter(event_id=event_id).select_related("context")
    events = [store.from_row(row) for row in rows.order_by("-pk")]
    if not events:
        raise EpcisProblem(404, _("There is no event %(id)s.") % {"id": event_id})
    return json_response(query_document(events, now=clock.now()))


def delete_token(_request: HttpRequest, by: Actor, token: str) -> HttpResponse:
    """Make a page token worthless (204)."""
    query.require_query(by)
    page_tokens.take_back(token, now=clock.now())
    return HttpResponse(status=204)


def event_address(request: HttpRequest, event_id: str) -> str:
    """Return where an event is read; an eventID may hold slashes and question marks."""
    return request.build_absolute_uri(f"{reverse('epcis:events')}/{quote(event_id, safe='')}")


def query_document(
    events: Sequence[StoredEvent],
    *,
    now: datetime,
    name: str = UNNAMED,
    subscription_id: str | None = None,
) -> dict[str, Any]:
    """Return events as an EPCIS query document: the answer to a query, or told to a subscriber.

    Contexts differ from document to document, so each event brings its own where they do.
    """
    contexts = [each.context for each in events if each.context is not None]
    is_shared = len(contexts) == len(events) and all(each == contexts[0] for each in contexts)
    context = contexts[0] if events and is_shared else [STANDARD_CONTEXT]
    listed = [_without_context(each) if is_shared else readable(each) for each in events]
    return {
        "@context": context,
        "type": "EPCISQueryDocument",
        "schemaVersion": "2.0",
        "creationDate": write_moment(now),
        "epcisBody": {
            "queryResults": {
                "queryName": name,
                **({} if subscription_id is None else {"subscriptionID": subscription_id}),
                "resultsBody": {"eventList": listed},
            }
        },
    }


def readable(event: StoredEvent) -> dict[str, Any]:
    """Return an event that stands by itself: as received, with name, record time and context."""
    own = event.body.get("@context")
    inherited = event.context
    context = own if inherited is None else inherited
    if own is not None and inherited is not None:
        context = [*_listed(inherited), *_listed(own)]
    return {**_without_context(event), "@context": context}


def _without_context(event: StoredEvent) -> dict[str, Any]:
    return {
        **event.body,
        "eventID": event.event_id,
        "recordTime": write_moment(event.recorded_at),
    }


def _listed(context: Any) -> list[Any]:
    return context if isinstance(context, list) else [context]


def per_page(text: str) -> int:
    """Return how many events a page holds. Raises QueryRefused."""
    if not text:
        return ROWS_ON_A_PAGE
    if not (text.isascii() and text.isdigit() and int(text) > 0):
        raise QueryRefused("perPage", text, "a whole number from 1")
    return min(int(text), MOST_ROWS_ON_A_PAGE)


def next_address(request: HttpRequest, token: str) -> str:
    """Return the address of the next page."""
    asked: QueryDict = request.GET.copy()
    asked["nextPageToken"] = token
    return request.build_absolute_uri(f"{request.path}?{asked.urlencode()}")
