"""``/epcis/queries`` and what lies below: named queries and their subscriptions."""

import base64
from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec
from uuid import UUID

import orjson
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from originmark.frame.web import clock
from originmark.frame.web.sentences import say
from originmark.origin.parties.access import Actor
from originmark.standards.epcis.query import parse_json
from originmark.standards.epcis.times import write_moment
from originmark.trace.ledger import negotiation, paging
from originmark.trace.ledger.door import EpcisProblem, json_response, read_body, resource
from originmark.trace.ledger.models import NamedQuery, Subscription
from originmark.trace.ledger.query import require_query
from originmark.trace.ledger.query_rules import QueryRefused
from originmark.trace.ledger.query_views import page_response
from originmark.trace.ledger.subscriptions import naming, openings, subscribing
from originmark.trace.ledger.subscriptions.rules import (
    ALWAYS_THERE,
    NAME,
    QueryBodyRefused,
    QueryUnknown,
    SubscriptionRefused,
)

P = ParamSpec("P")
Door = Callable[Concatenate[HttpRequest, Actor, P], HttpResponse]
MOST_BYTES = 100_000


def in_epcis_words(view: Door[P]) -> Door[P]:
    """Give refusals the exception names that the standard has for these resources."""

    @wraps(view)
    def answered(
        request: HttpRequest, by: Actor, /, *args: P.args, **kwargs: P.kwargs
    ) -> HttpResponse:
        try:
            return view(request, by, *args, **kwargs)
        except SubscriptionRefused as refused:
            raise EpcisProblem(
                400, say(refused), "SubscriptionControlsException", code=refused.code
            ) from refused
        except QueryBodyRefused as refused:
            raise EpcisProblem(
                400, say(refused), "QueryValidationException", code=refused.code
            ) from refused
        except QueryUnknown as unknown:
            raise EpcisProblem(
                404, say(unknown), "NoSuchNameException", code=unknown.code
            ) from unknown

    return answered


def in_json(view: Door[P]) -> Door[P]:
    """Answer in JSON, the only form that the standard's OpenAPI has for these resources.

    Raises EpcisProblem (406) for who takes another alone, and for a version that is not served.
    """

    @wraps(view)
    def answered(
        request: HttpRequest, by: Actor, /, *args: P.args, **kwargs: P.kwargs
    ) -> HttpResponse:
        media_type = negotiation.json_wanted(request)
        answer = view(request, by, *args, **kwargs)
        answer["Content-Type"] = media_type
        return answer

    return answered


def get_queries(request: HttpRequest, by: Actor) -> HttpResponse:
    """List the named queries by name, page by page, the standard's own first."""
    require_query(by)
    size, token = paging.per_page(request), request.GET.get("nextPageToken")
    after = None if token is None else _name_in(token)
    named = naming.queries(by).exclude(name=ALWAYS_THERE).order_by("name")
    rows = list((named if after is None else named.filter(name__gt=after))[: size + 1])
    listed = [named_query_document(row) for row in rows[:size]]
    if after is None:
        listed.insert(0, {"name": ALWAYS_THERE, "query": {}})
    following = _token(rows[size - 1].name) if len(rows) > size else None
    return paging.lead_on(request, json_response(listed), following)


def _token(name: str) -> str:
    return base64.urlsafe_b64encode(name.encode()).decode()


def _name_in(token: str) -> str:
    """Return the last name of the page before; raises QueryRefused."""
    try:
        name = base64.b64decode(token, altchars=b"-_", validate=True).decode()
    except ValueError:
        name = ""
    if NAME.fullmatch(name) is None:
        raise QueryRefused("nextPageToken", token[:20], "a token that this list gave")
    return name


@in_epcis_words
def post_query(request: HttpRequest, by: Actor) -> HttpResponse:
    """Keep a query under a name (201); a name that is taken is a conflict (409)."""
    body = _json(request)
    if not isinstance(body, dict) or not isinstance(body.get("name"), str):
        raise EpcisProblem(400, _("Expected an object with a name and a query."))
    made = naming.name_query(body["name"], body.get("query"), by=by, now=clock.now())
    location = request.build_absolute_uri(reverse("epcis:query", args=[made.name]))
    return json_response(named_query_document(made), 201, Location=location)


@in_epcis_words
def get_query(_request: HttpRequest, by: Actor, name: str) -> HttpResponse:
    """Show what a name stands for."""
    require_query(by)
    return json_response(named_query_document(naming.query_named(name, by=by)))


@in_epcis_words
def delete_query(_request: HttpRequest, by: Actor, name: str) -> HttpResponse:
    """Take the name away and end its subscriptions (204)."""
    naming.forget_query(name, by=by)
    return HttpResponse(status=204)


@in_epcis_words
def get_query_events(request: HttpRequest, by: Actor, name: str) -> HttpResponse:
    """Answer a named query with a page of its events, or open a stream of those to come."""
    require_query(by)
    found = naming.query_named(name, by=by)
    if openings.is_asked(request.GET):
        return openings.open_stream(request, found, by)
    return page_response(request, parse_json(found.body), by, name=found.name)


@in_epcis_words
def get_subscriptions(request: HttpRequest, by: Actor, name: str) -> HttpResponse:
    """List the subscriptions to a query that the caller may see, newest first, page by page."""
    require_query(by)
    query = naming.query_named(name, by=by)
    rows = subscribing.subscriptions(by).filter(query__name=query.name).select_related("query")
    listed, following = paging.newest_first(request, rows, paging.per_page(request))
    answer = json_response([subscription_document(row) for row in listed])
    return paging.lead_on(request, answer, following)


@in_epcis_words
def post_subscription(request: HttpRequest, by: Actor, name: str) -> HttpResponse:
    """Tell a receiver from now on (201)."""
    made = subscribing.subscribe(name, _json(request), by=by, now=clock.now())
    path = reverse("epcis:subscription", args=[name, made.pk])
    location = request.build_absolute_uri(path)
    return json_response(subscription_document(made), 201, Location=location)


@in_epcis_words
def get_subscription(_request: HttpRequest, by: Actor, name: str, number: UUID) -> HttpResponse:
    """Show one subscription and how far its receiver was told."""
    require_query(by)
    row = _subscription(name, number, by)
    moment = {"GS1-Query-Min-Record-Time": write_moment(row.min_record_time)}
    return json_response(subscription_document(row), 200, **moment)


@in_epcis_words
def delete_subscription(_request: HttpRequest, by: Actor, name: str, number: UUID) -> HttpResponse:
    """Tell the receiver nothing more (204)."""
    subscribing.unsubscribe(_subscription(name, number, by), by=by)
    return HttpResponse(status=204)


def named_query_document(query: NamedQuery) -> dict[str, Any]:
    """Return a named query as EPCIS shows it."""
    return {"name": query.name, "query": query.body}


def subscription_document(row: Subscription) -> dict[str, Any]:
    """Return a subscription as EPCIS shows it, its state beside; its secret is never shown."""
    how = {"stream": True} if row.is_live else {"schedule": row.schedule}
    times = {
        "createdAt": row.created_at,
        "lastNotifiedAt": row.last_notified_at,
        "initialRecordTime": row.initial_record_time,
        "minRecordTime": row.min_record_time,
    }
    return {
        "subscriptionID": str(row.pk),
        "queryName": row.query.name,
        "dest": row.dest,
        **how,
        "reportIfEmpty": row.report_if_empty,
        **{name: write_moment(moment) for name, moment in times.items() if moment is not None},
        "signed": bool(row.sealed_secret),
        "status": row.status,
        "failures": row.failures,
    }


def _subscription(name: str, number: UUID, by: Actor) -> Subscription:
    row = subscribing.subscription(number, by=by)
    if row.query.name != name:
        raise QueryUnknown(name=name[:200])
    return row


def _json(request: HttpRequest) -> Any:
    data = read_body(request)
    if len(data) > MOST_BYTES:
        raise EpcisProblem(
            413,
            _("Found %(found)s bytes; up to %(most)s are taken here.")
            % {"found": len(data), "most": MOST_BYTES},
            "QueryTooLargeException",
        )
    try:
        return orjson.loads(data)
    except orjson.JSONDecodeError as invalid:
        raise EpcisProblem(
            400, _("The body is no JSON: %(reason)s.") % {"reason": invalid}
        ) from invalid


queries = resource(GET=in_json(get_queries), POST=post_query)
query = resource(GET=in_json(get_query), DELETE=delete_query)
query_events = resource(GET=get_query_events)
subscriptions = resource(GET=in_json(get_subscriptions), POST=post_subscription)
subscription = resource(GET=in_json(get_subscription), DELETE=delete_subscription)
