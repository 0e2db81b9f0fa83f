"""Pages of named queries and subscriptions."""

from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

import orjson
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Count, F, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from originmark.frame.web import clock
from originmark.frame.web.forms import submit
from originmark.frame.web.refusals import RuleViolation
from originmark.frame.web.sentences import say
from originmark.frame.web.tables import Badge, Column, EmptyState, Filter, Table, table_page
from originmark.origin.parties import access
from originmark.standards.epcis.query import parse_json
from originmark.trace.ledger import query, words
from originmark.trace.ledger.models import Delivery, LogState, NamedQuery, Subscription
from originmark.trace.ledger.subscription_forms import QueryForm, SubscriptionForm
from originmark.trace.ledger.subscriptions import matching, naming, subscribing
from originmark.trace.ledger.subscriptions.rules import ALWAYS_THERE
from originmark.trace.ledger.values import StoredEvent

MOST_SHOWN = 50
MOST_EVENTS = 20
TONES = {"active": "ok", "paused": "warn", "failed": "bad"}
OUTCOMES = {"delivered": "ok", "retry": "warn", "dead": "bad", "test": "plain"}
FIELDS = {
    "second": _("seconds"),
    "minute": _("minutes"),
    "hour": _("hours"),
    "dayOfMonth": _("days of the month"),
    "month": _("months"),
    "dayOfWeek": _("weekdays"),
}
ICONS = {"delivered": "check", "retry": "refresh", "dead": "alert-triangle", "test": "circle-dot"}


def state_badge(row: Subscription) -> Badge:
    """Return the state of a subscription; one that fails just now says so."""
    if row.status == Subscription.Status.ACTIVE and row.failures:
        return Badge(_("Failing, tried again"), "warn")
    return Badge(row.get_status_display(), TONES[row.status])


def when_words(row: Subscription) -> str:
    """Return when a receiver is told."""
    if row.is_live or row.schedule is None:
        return _t("At once")
    return " · ".join(f"{FIELDS[name]} {text}" for name, text in row.schedule.items())


def owner_of(row: Subscription | NamedQuery) -> str:
    """Return for whom a subscription is, or whose a query is."""
    return row.organisation.name if row.organisation else _t("The programme office")


def host_of(row: Subscription) -> str:
    """Return the host that is told, without the rest of its address."""
    return urlsplit(row.dest).netloc


QUERIES = Table(
    name="queries",
    columns=[
        Column(
            "name",
            _("Name"),
            link=lambda row: reverse("ledger:query", args=[row.name]),
            sort="name",
        ),
        Column("body", _("Asks for"), value=lambda row: summary(row.body)),
        Column("from", _("From"), value=owner_of, sort="organisation__name", is_wide_only=True),
        Column("told", _("Subscriptions"), sort="told", align="end"),
        Column("created_at", _("Made"), sort="created_at", is_wide_only=True),
    ],
    search=["name__icontains"],
    default_sort="name",
    empty=EmptyState(
        _("No query has a name yet"),
        _("Name a query to ask it again with one address, or to have somebody told of its events."),
        icon="search",
    ),
)
SUBSCRIPTIONS = Table(
    name="subscriptions",
    columns=[
        Column(
            "dest",
            _("Receiver"),
            value=host_of,
            link=lambda row: reverse("ledger:subscription", args=[row.pk]),
            sort="dest",
        ),
        Column("query__name", _("Query"), sort="query__name"),
        Column("status", _("State"), value=state_badge, sort="status"),
        Column("behind", _("Places behind"), sort="behind", align="end"),
        Column("when", _("When"), value=when_words, is_wide_only=True),
        Column("last_notified_at", _("Last delivered"), sort="last_notified_at", is_wide_only=True),
        Column("for", _("For"), value=owner_of, sort="organisation__name", is_wide_only=True),
    ],
    filters=[
        Filter(
            "status",
            _("State"),
            Subscription.Status.choices,
            lambda rows, value: rows.filter(status=value),
        ),
    ],
    search=["dest__icontains", "query__name__icontains"],
    default_sort="-created_at",
    empty=EmptyState(
        _("Nobody is told yet"),
        _("Open a named query and subscribe a receiver: it is told of each event that matches."),
        icon="bell",
    ),
)


def summary(body: dict[str, Any]) -> str:
    """Return what a query asks for, short enough for a row."""
    if not body:
        return _t("every event")
    said = [f"{name} {_values(value)}" for name, value in body.items() if name != "@context"]
    return " · ".join(said)[:120]


def _values(value: Any) -> str:
    return "|".join(map(str, value)) if isinstance(value, list) else str(value)


def with_lag(rows: QuerySet[Subscription]) -> QuerySet[Subscription]:
    """Add how many places of the log each has not looked at (no query more)."""
    size = LogState.objects.filter(pk=1).values("size")[:1]
    return rows.annotate(behind=Subquery(size) - F("next_place"))


@login_required
@require_GET
def query_list(request: HttpRequest) -> HttpResponseBase:
    """List the named queries that the person may see."""
    by = access.actor_of(request)
    query.require_query(by)
    rows = naming.queries(by).select_related("organisation")
    rows = rows.annotate(told=Count("subscriptions"))
    context = {"may_name": access.allows_somewhere(by, naming.PERMISSION)}
    return table_page(request, QUERIES, rows, template="ledger/query_list.html", context=context)


@login_required
@require_http_methods(["GET", "POST"])
def query_new(request: HttpRequest) -> HttpResponse:
    """Name a query."""
    by = access.actor_of(request)
    naming.owner_for(by)

    def act(data: dict[str, Any]) -> str:
        made = naming.name_query(data["name"], QueryForm.body(data), by=by, now=clock.now())
        return reverse("ledger:query", args=[made.name])

    context = {
        "title": _("Name a query"),
        "intro": _("A query with a name is asked with one address, by people and by programs."),
        "submit": _("Keep"),
        "cancel_url": reverse("ledger:queries"),
    }
    form = QueryForm(request.POST or None)
    return submit(request, form, act, context=context, done=_("The query is kept."))


@login_required
@require_GET
def query_page(request: HttpRequest, name: str) -> HttpResponse:
    """Show a named query, the events that it finds now, and who is told of them."""
    by = access.actor_of(request)
    query.require_query(by)
    found = naming.query_named(name, by=by)
    events, refused = _events(found, by)
    rows = list(
        with_lag(subscribing.subscriptions(by).filter(query__name=found.name))[: MOST_SHOWN + 1]
    )
    address = request.build_absolute_uri(reverse("epcis:query-events", args=[found.name]))
    may_change = access.allows_somewhere(by, naming.PERMISSION)
    context = {
        "query": found,
        "pretty": orjson.dumps(found.body, option=orjson.OPT_INDENT_2).decode(),
        "events": [(each, words.step_word(_step(each), each.event.type)) for each in events],
        "refused": refused,
        "subscriptions": [(row, state_badge(row), host_of(row)) for row in rows[:MOST_SHOWN]],
        "has_more": len(rows) > MOST_SHOWN,
        "address": address,
        "owner": owner_of(found),
        "may_subscribe": may_change,
        "may_delete": found.name != ALWAYS_THERE
        and access.allows(by, naming.PERMISSION, organisation_id=found.organisation_id),
    }
    return render(request, "ledger/query.html", context)


def _events(found: NamedQuery, by: access.Actor) -> tuple[list[StoredEvent], str]:
    try:
        page = query.run(parse_json(found.body), by=by, limit=MOST_EVENTS)
    except RuleViolation as refusal:
        return [], say(refusal)
    return page.events, ""


def _step(event: StoredEvent) -> str:
    return getattr(event.event, "biz_step", None) or ""


@login_required
@require_POST
def query_delete(request: HttpRequest, name: str) -> HttpResponse:
    """Delete a named query and end its subscriptions."""
    naming.forget_query(name, by=access.actor_of(request))
    messages.success(request, _t("The query is deleted, and nobody is told of it any more."))
    return redirect("ledger:queries")


@login_required
@require_GET
def subscription_list(request: HttpRequest) -> HttpResponseBase:
    """List the subscriptions that the person may see, and how far each has come."""
    by = access.actor_of(request)
    query.require_query(by)
    rows = with_lag(subscribing.subscriptions(by)).select_related("query", "organisation")
    return table_page(request, SUBSCRIPTIONS, rows, template="ledger/subscription_list.html")


@login_required
@require_http_methods(["GET", "POST"])
def subscription_new(request: HttpRequest, name: str) -> HttpResponse:
    """Subscribe a receiver to a named query."""
    by = access.actor_of(request)
    naming.owner_for(by)
    found = naming.query_named(name, by=by)

    def act(data: dict[str, Any]) -> str:
        body = SubscriptionForm.body(data)
        made = subscribing.subscribe(found.name, body, by=by, now=clock.now())
        return reverse("ledger:subscription", args=[made.pk])

    context = {
        "title": _t("Tell somebody of “%(name)s”") % {"name": found.name},
        "intro": _t("Hours and minutes are those of %(zone)s.") % {"zone": settings.TIME_ZONE},
        "submit": _("Subscribe"),
        "cancel_url": reverse("ledger:query", args=[found.name]),
    }
    form = SubscriptionForm(request.POST or None)
    return submit(request, form, act, context=context, done=_("The receiver will be told."))


@login_required
@require_GET
def subscription_page(request: HttpRequest, number: UUID) -> HttpResponse:
    """Show a subscription: its state, how far behind it is, and every delivery."""
    by = access.actor_of(request)
    query.require_query(by)
    row = subscribing.subscription(number, by=by)
    deliveries = list(row.deliveries.all()[: MOST_SHOWN + 1])
    context = {
        "row": row,
        "badge": state_badge(row),
        "host": host_of(row),
        "when": when_words(row),
        "behind": matching.log_size() - row.next_place,
        "zone": settings.TIME_ZONE,
        "deliveries": [
            {"row": each, "tone": OUTCOMES[each.status], "icon": ICONS[each.status]}
            for each in deliveries[:MOST_SHOWN]
        ],
        "has_more": len(deliveries) > MOST_SHOWN,
        "last": next((each for each in deliveries if each.status == Delivery.Status.DEAD), None),
        "owner": owner_of(row),
        "may_change": access.allows(by, naming.PERMISSION, organisation_id=row.organisation_id),
    }
    return render(request, "ledger/subscription.html", context)


@login_required
@require_POST
def subscription_act(request: HttpRequest, number: UUID, verb: str) -> HttpResponse:
    """Pause, resume, test or end a subscription."""
    by = access.actor_of(request)
    row = subscribing.subscription(number, by=by)
    if verb == "end":
        subscribing.unsubscribe(row, by=by)
        messages.success(request, _t("The receiver is told nothing more."))
        return redirect("ledger:subscriptions")
    if verb == "pause":
        subscribing.pause(row, by=by)
        done = _t("Paused. What happens meanwhile is told afterwards.")
    elif verb == "resume":
        subscribing.resume(row, by=by, now=clock.now())
        done = _t("Going on where it stopped.")
    else:
        subscribing.send_test(row, by=by)
        done = _t("A test is on its way. Reload the page to see the answer.")
    messages.success(request, done)
    return redirect("ledger:subscription", number=row.pk)
