"""``GET /epcis/events``: the way out for programs."""

import base64
import binascii
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from originmark.frame.web import clock
from originmark.origin.parties import access
from originmark.origin.parties.access import Actor
from originmark.standards.epcis.documents import STANDARD_CONTEXT
from originmark.standards.epcis.times import write_moment
from originmark.trace.ledger import query, selectors, store
from originmark.trace.ledger.door import EpcisProblem, json_response
from originmark.trace.ledger.values import StoredEvent

ROWS_ON_A_PAGE = 30
MOST_ROWS_ON_A_PAGE = 1000
PAGING = ("perPage", "nextPageToken")


def get_events(request: HttpRequest, by: Actor) -> HttpResponse:
    """Answer a query with a page of events, newest record first."""
    require_query(by)
    asked = {name: request.GET.getlist(name) for name in request.GET if name not in PAGING}
    try:
        rows = query.narrowed(selectors.events(by), asked)
    except query.ParameterInvalid as invalid:
        raise EpcisProblem(400, str(invalid), "QueryParameterException") from invalid
    per_page = _per_page(request.GET.get("perPage", ""))
    if token := request.GET.get("nextPageToken"):
        rows = rows.filter(pk__lt=_read_token(token))
    found = list(rows.select_related("context").order_by("-pk")[: per_page + 1])
    events = [store.from_row(row) for row in found[:per_page]]
    document = query_document(events, now=clock.now())
    if len(found) <= per_page:
        return json_response(document)
    token = _write_token(events[-1].id)
    following = _address(request, token)
    link = f'<{following}>; rel="next"'
    return json_response({**document, "nextPageToken": token}, Link=link)


def get_event(_request: HttpRequest, by: Actor, event_id: str) -> HttpResponse:
    """Answer every event of that eventID, the one that withdraws it included."""
    require_query(by)
    rows = selectors.events(by).filter(event_id=event_id).select_related("context")
    events = [store.from_row(row) for row in rows.order_by("-pk")]
    if not events:
        raise EpcisProblem(404, _("There is no event %(id)s.") % {"id": event_id})
    return json_response(query_document(events, now=clock.now()))


def event_address(request: HttpRequest, event_id: str) -> str:
    """Return where an event is read; an eventID may hold slashes and question marks."""
    return request.build_absolute_uri(f"{reverse('epcis:events')}/{quote(event_id, safe='')}")


def query_document(events: Sequence[StoredEvent], *, now: datetime) -> dict[str, Any]:
    """Return events as an EPCIS query document.

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
                "queryName": "SimpleEventQuery",
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


def require_query(by: Actor) -> None:
    """Raise NotAllowed unless the actor may query for an organisation, or for the programme."""
    if not any(
        access.allows(by, "ledger.query", organisation_id=each)
        for each in [*by.organisation_ids, None]
    ):
        access.require(by, "ledger.query")


def _per_page(text: str) -> int:
    if not text:
        return ROWS_ON_A_PAGE
    if not (text.isascii() and text.isdigit() and int(text) > 0):
        raise EpcisProblem(
            400,
            _("perPage: found %(found)s, expected a number from 1.") % {"found": text},
            "QueryParameterException",
        )
    return min(int(text), MOST_ROWS_ON_A_PAGE)


def _write_token(last: int) -> str:
    return base64.urlsafe_b64encode(f"before:{last}".encode()).decode()


def _read_token(token: str) -> int:
    try:
        name, _colon, number = base64.urlsafe_b64decode(token.encode()).decode().partition(":")
        if name == "before" and number.isascii() and number.isdigit():
            return int(number)
    except (binascii.Error, UnicodeError):
        pass
    raise EpcisProblem(
        400, _("nextPageToken is none that this repository gave."), "QueryParameterException"
    )


def _address(request: HttpRequest, token: str) -> str:
    asked: QueryDict = request.GET.copy()
    asked["nextPageToken"] = token
    return request.build_absolute_uri(f"{request.path}?{asked.urlencode()}")
