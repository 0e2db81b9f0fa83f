"""``/epcis/events``: the way out for programs."""

from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import quote

import orjson
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from originmark.frame.web import clock
from originmark.frame.web.sentences import say
from originmark.origin.parties import selectors as parties
from originmark.origin.parties.access import Actor
from originmark.standards.epcis import epc_format
from originmark.standards.epcis.checks import is_uri
from originmark.standards.epcis.query import Query, parse_json, parse_parameters
from originmark.standards.epcis.xml_writer import document_to_xml
from originmark.trace.ledger import negotiation, page_tokens, paging, query, raw_paths
from originmark.trace.ledger.negotiation import Wanted
from originmark.trace.ledger.problem import EpcisProblem
from originmark.trace.ledger.query import Page
from originmark.trace.ledger.query_documents import UNNAMED, query_document, readable
from originmark.trace.ledger.query_rules import QueryRefused

__all__ = [
    "delete_token", "event_address", "get_event", "get_events", "page_response", "query_document",
    "readable",
]  # fmt: skip
EVENTS_ON_A_PAGE_OF_ONE_NAME = 1000
Json = Mapping[str, Any]


def get_events(request: HttpRequest, by: Actor) -> HttpResponse:
    """Answer a query with a page of events, last recorded first unless an order is asked."""
    return page_response(request, asked(request), by)


def asked(request: HttpRequest) -> Query:
    """Return the query of an address. Raises QueryInvalid."""
    extensions = negotiation.declared(request.headers.get("GS1-Extensions", ""))
    return parse_parameters(asked_pairs(request), extensions)


def asked_pairs(request: HttpRequest) -> list[tuple[str, str]]:
    """Return the parameters of the query: those of the address, else those of the page token."""
    pairs = [
        (name, value)
        for name, values in request.GET.lists()
        if name not in paging.NAMES
        for value in values
    ]
    return pairs or page_tokens.query_in(request.GET.get("nextPageToken", ""))


def page_response(
    request: HttpRequest, asked: Query, by: Actor, *, name: str = UNNAMED
) -> HttpResponse:
    """Answer with the page of a query, of that name, for which the address asks."""
    wanted = negotiation.wanted(request)
    limit, after = paging.per_page(request), request.GET.get("nextPageToken")
    page = query.run(asked, by=by, limit=limit, after=after)
    if page.next_token is not None:
        token = page_tokens.with_query(page.next_token, asked_pairs(request))
        page = Page(page.events, token)
    return paging.lead_on(request, document_response(page, wanted, name), page.next_token)


def document_response(page: Page, wanted: Wanted, name: str = UNNAMED) -> HttpResponse:
    """Return events as the reader wants them written."""
    document = query_document(page.events, now=clock.now(), name=name, translate=translator(wanted))
    answer = HttpResponse(_written(document, page, wanted), content_type=wanted.media_type)
    answer["GS1-EPC-Format"] = wanted.epc_format
    if wanted.is_xml:
        answer["GS1-CBV-XML-Format"] = wanted.cbv_xml_format
    answer["Vary"] = "Accept, GS1-EPC-Format, GS1-CBV-XML-Format"
    return answer


def _written(document: dict[str, Any], page: Page, wanted: Wanted) -> bytes:
    if wanted.is_xml:
        return document_to_xml(document, cbv_format=wanted.cbv_xml_format)
    if page.next_token is not None:
        document["nextPageToken"] = page.next_token
    return orjson.dumps(document)


def translator(wanted: Wanted) -> Callable[[Json], Json]:
    """Return how the identifiers of a body are spelled for a reader (at most one query)."""
    prefixes = frozenset[str]()
    if wanted.epc_format == epc_format.EPC_URN:
        prefixes = parties.company_prefixes()
    return lambda body: epc_format.translate(body, wanted.epc_format, prefixes)


def get_event(request: HttpRequest, by: Actor, event_id: str) -> HttpResponse:
    """Answer every event of that eventID, the one that withdraws it included."""
    wanted = negotiation.wanted(request)
    parts = raw_paths.segments(request, f"{reverse('epcis:events')}/")
    name = "/".join(parts) if parts else event_id
    page = Page([], None)
    if is_uri(name):
        named = parse_json({"EQ_eventID": [name]})
        page = query.run(named, by=by, limit=EVENTS_ON_A_PAGE_OF_ONE_NAME)
    if not page.events:
        raise EpcisProblem(404, _("There is no event %(id)s.") % {"id": name[:500]})
    return document_response(page, wanted)


def delete_token(_request: HttpRequest, by: Actor, token: str) -> HttpResponse:
    """Make a page token worthless (204)."""
    query.require_query(by)
    try:
        page_tokens.take_back(token, now=clock.now())
    except QueryRefused as unknown:
        raise EpcisProblem(404, say(unknown)) from unknown
    return HttpResponse(status=204)


def event_address(request: HttpRequest, event_id: str) -> str:
    """Return where an event is read; an eventID may hold slashes and question marks."""
    return request.build_absolute_uri(f"{reverse('epcis:events')}/{quote(event_id, safe='')}")
