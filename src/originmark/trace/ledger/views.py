"""Pages of the ledger."""

from collections.abc import Iterable
from typing import Any

import orjson
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from originmark.frame.web import clock
from originmark.frame.web.tables import Badge, Column, EmptyState, Filter, Table, table_page
from originmark.origin.parties import access
from originmark.standards.gs1.epc_patterns import key
from originmark.trace.ledger import keys, selectors, signing, store, words
from originmark.trace.ledger.models import Event, EventIdentifier, LogKey
from originmark.trace.ledger.periods import PERIODS, since
from originmark.trace.ledger.values import StoredEvent

LONGEST_TIMELINE = 50
THINGS = {
    EventIdentifier.Role.EPC,
    EventIdentifier.Role.CLASS,
    EventIdentifier.Role.PARENT,
    EventIdentifier.Role.CHILD,
    EventIdentifier.Role.CHILD_CLASS,
    EventIdentifier.Role.INPUT,
    EventIdentifier.Role.INPUT_CLASS,
    EventIdentifier.Role.OUTPUT,
    EventIdentifier.Role.OUTPUT_CLASS,
}


def _state(row: Event) -> Badge:
    if row.is_error_declaration:
        return Badge(_("withdraws"), "warn")
    return Badge(words.type_word(row.type), "plain")


def _within(rows: QuerySet[Event], period: str) -> QuerySet[Event]:
    return rows.filter(event_time__gte=since(period, now=clock.now()))


TABLE = Table(
    name="events",
    columns=[
        Column(
            "what",
            _("What happened"),
            value=lambda row: words.step_word(row.biz_step, row.type),
            link=lambda row: reverse("ledger:event", args=[row.pk]),
            sort="biz_step",
        ),
        Column("event_time", _("Happened"), sort="event_time"),
        Column("state", _("Kind"), value=_state, sort="type", is_wide_only=True),
        Column("record_time", _("Recorded"), sort="record_time", is_wide_only=True),
        Column("organisation__name", _("From"), sort="organisation__name", is_wide_only=True),
        Column("id", _("Place in the log"), sort="id", align="end", is_wide_only=True),
    ],
    filters=[
        Filter(
            "type",
            _("Kind"),
            choices=list(words.TYPES.items()),
            apply=lambda rows, value: rows.filter(type=value),
        ),
        Filter(
            "step",
            _("Step"),
            choices=list(words.STEPS.items()),
            apply=lambda rows, value: rows.filter(biz_step=value),
        ),
        Filter("period", _("Happened within"), choices=PERIODS, apply=_within),
    ],
    search=["event_id__icontains", "identifiers__identifier__icontains", "source__icontains"],
    spelled=key,
    default_sort="-id",
    empty=EmptyState(
        _("No event yet"),
        _("Harvests, shipments and partners' documents appear here as soon as they are recorded."),
        icon="timeline",
    ),
)


@login_required
@require_GET
def event_list(request: HttpRequest) -> HttpResponseBase:
    """List the events that the person may read."""
    rows = selectors.events(access.actor_of(request)).select_related("organisation")
    return table_page(request, TABLE, rows, template="ledger/event_list.html")


@login_required
@require_GET
def event(request: HttpRequest, index: int) -> HttpResponse:
    """Show one event: in words, among its neighbours, as JSON, and its proof."""
    rows = selectors.events(access.actor_of(request)).select_related(
        "context", "organisation", "captured_by"
    )
    row = rows.filter(pk=index).first()
    if row is None:
        raise Http404
    stored = store.from_row(row)
    context = {
        "row": row,
        "stored": stored,
        "title": words.step_word(row.biz_step, row.type),
        "sentence": words.sentence(stored.event),
        "kind": words.type_word(row.type),
        "named": words.named(stored.event),
        "timeline": _timeline(stored, rows),
        "namesakes": rows.filter(event_id=row.event_id).exclude(pk=row.pk).order_by("pk"),
        "pretty": orjson.dumps(stored.body, option=orjson.OPT_INDENT_2).decode(),
        "proof": selectors.inclusion(index),
        "logged_at": selectors.logged_at([index]).get(index),
    }
    return render(request, "ledger/event.html", context)


@login_required
@require_GET
def log(request: HttpRequest) -> HttpResponse:
    """Show how far the transparency log has grown, and how to check it."""
    newest = selectors.events(access.actor_of(request)).order_by("-pk")[:5]
    return render(
        request,
        "ledger/log.html",
        {
            "head": selectors.checkpoint(),
            "signed": signing.latest(),
            "log_keys": keys.listed(LogKey.Role.LOG),
            "witnesses": keys.listed(LogKey.Role.WITNESS),
            "newest": [(row, _title(row)) for row in newest],
        },
    )


def _title(row: Event) -> str:
    return words.step_word(row.biz_step, row.type)


def _timeline(stored: StoredEvent, rows: QuerySet[Event]) -> list[dict[str, Any]]:
    """Return what else happened to the things that an event names, oldest first."""
    things = EventIdentifier.objects.filter(event_id=stored.id, role__in=THINGS)
    naming = EventIdentifier.objects.filter(identifier__in=things.values("identifier"))
    near = rows.filter(pk__in=naming.values("event_id")).order_by("-event_time", "-pk")
    return list(_items(list(near[:LONGEST_TIMELINE])[::-1], here=stored.id))


def _items(rows: Iterable[Event], *, here: int) -> Iterable[dict[str, Any]]:
    for row in rows:
        event_value = store.from_row(row).event
        yield {
            "row": row,
            "title": _title(row),
            "sentence": words.sentence(event_value),
            "icon": words.icon_of(event_value),
            "is_here": row.pk == here,
        }
