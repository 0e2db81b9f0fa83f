"""Lots: list, page, card to print, genealogy; the seasons of growing areas; all records."""

from dataclasses import replace
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from originmark.frame.web.tables import table_page
from originmark.origin.parties import access
from originmark.origin.places import selectors as places
from originmark.trace.ledger import selectors as ledger
from originmark.trace.lots import drawing, selectors, sockets
from originmark.trace.lots.drawing import UrlOf
from originmark.trace.lots.models import AreaInput, Lot, LotRecord
from originmark.trace.lots.selectors import Graph, Node
from originmark.trace.lots.tables import LOTS, SEASONS, records_for
from originmark.trace.lots.verbs import possible


@login_required
@require_GET
def lot_list(request: HttpRequest) -> HttpResponseBase:
    """List the lots that the person may read."""
    rows = selectors.lots(access.actor_of(request))
    return table_page(request, LOTS, rows, template="lots/lot_list.html")


@login_required
@require_GET
def record_list(request: HttpRequest) -> HttpResponseBase:
    """List all records of the person's organisations, withdrawn ones too."""
    by = access.actor_of(request)
    rows = selectors.records(by)
    return table_page(request, records_for(by), rows, template="lots/record_list.html")


@login_required
@require_GET
def lot(request: HttpRequest, code: str) -> HttpResponse:
    """Show a lot: its balance, where it is, what it came from, what became of it."""
    by = access.actor_of(request)
    facts = selectors.visible_lot(code, by)
    back, forward = selectors.trace_back(code), selectors.trace_forward(code)
    row = selectors.lots(by).get(pk=facts.id)
    whole = _joined(back, forward)
    url_of = _pages_for(whole, by)
    may_record = access.allows(
        by, "lots.record", organisation_id=facts.in_transit_to_id or facts.organisation_id
    )
    verbs = possible(status=facts.status, is_packed=bool(facts.pack_count)) if may_record else []
    return render(
        request,
        "lots/lot.html",
        {
            "lot": facts,
            "row": row,
            "balance": _balance(row),
            "verbs": verbs,
            "timeline": selectors.timeline(code),
            "records": row.records.select_related("organisation", "partner", "facility", "area"),
            "sources": _neighbours(back, f"lot:{facts.id}", url_of, is_back=True),
            "products": _neighbours(forward, f"lot:{facts.id}", url_of, is_back=False),
            "may_record": may_record,
            "panels": sockets.lot_panels(facts, request),
            **_drawings(whole, url_of),
        },
    )


@login_required
@require_GET
def trace(request: HttpRequest, code: str) -> HttpResponse:
    """Show everything that a lot came from and everything made from it."""
    by = access.actor_of(request)
    facts = selectors.visible_lot(code, by)
    whole = _joined(selectors.trace_back(code), selectors.trace_forward(code))
    context = {"lot": facts, "title": code, **_drawn(whole, by)}
    return render(request, "lots/trace.html", context)


@login_required
@require_GET
def area_trace(request: HttpRequest, code: str) -> HttpResponse:
    """Show everything that came of a growing area."""
    by = access.actor_of(request)
    area = places.visible_area(code, by)
    context = {
        "area": area,
        "title": area.name,
        **_drawn(selectors.trace_forward(area.code), by),
    }
    return render(request, "lots/trace.html", context)


@login_required
@require_GET
def card(request: HttpRequest, code: str) -> HttpResponse:
    """Show a lot card to print and hang on the sacks."""
    facts = selectors.visible_lot(code, access.actor_of(request))
    areas = [places.growing_area_by_id(each) for each in selectors.source_areas(code)]
    return render(request, "lots/card.html", {"lot": facts, "areas": areas})


@login_required
@require_GET
def season_list(request: HttpRequest) -> HttpResponseBase:
    """List what each area gave in each season, against its cap."""
    rows = selectors.area_seasons(access.actor_of(request))
    return table_page(request, SEASONS, rows, template="lots/season_list.html")


@login_required
@require_GET
def season(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one season of an area: its cap, what was harvested, what is left."""
    by = access.actor_of(request)
    row = get_object_or_404(selectors.area_seasons(by), pk=pk)
    events = AreaInput.objects.filter(area_id=row.area_id).values("event_id")
    records = LotRecord.objects.filter(
        event_id__in=events, lot__season=row.season, lot__product_id=row.product_id,
        side=LotRecord.Side.INTO,
    ).select_related("lot", "organisation", "partner")  # fmt: skip
    left = None if row.cap_kg is None else row.cap_kg - row.harvested_kg
    shown = [(each, selectors.may_read(each.lot, by)) for each in records]
    context = {"row": row, "records": shown, "left_kg": left}
    return render(request, "lots/season.html", context)


def _balance(row: Lot) -> list[dict[str, Any]]:
    """Return where the mass of a lot went, largest first, and what is left."""
    gone: dict[str, Any] = {}
    for record in row.records.filter(withdrawn_at=None, released_kg__gt=0):
        label = str(record.get_step_display())
        gone[label] = gone.get(label, 0) + record.released_kg
    ordered = sorted(gone.items(), key=lambda item: -item[1])
    return [{"label": label, "kg": kg} for label, kg in ordered]


def _neighbours(graph: Graph, key: str, url_of: UrlOf, *, is_back: bool) -> list[dict[str, Any]]:
    """Return the lots and areas one event away, each with what it gave or took."""
    nodes = {node.key: node for node in graph.nodes}
    near = {
        (edge.source if is_back else edge.target)
        for edge in graph.edges
        if (edge.target if is_back else edge.source) == key
    }
    found = []
    for edge in graph.edges:
        event, other = (edge.target, edge.source) if is_back else (edge.source, edge.target)
        if event in near and other != key and nodes[event].kind == "event":
            found.append({"node": nodes[other], "kg": edge.kg, "step": nodes[event].title,
                          "url": url_of(nodes[other])})  # fmt: skip
    return found


def _joined(back: Graph, forward: Graph) -> Graph:
    """Return both directions as one graph; what comes later stands after the lot itself."""
    start = next(node.level for node in back.nodes if node.key == back.start)
    known = {node.key for node in back.nodes}
    shift = start - next(node.level for node in forward.nodes if node.key == back.start)
    later = [_moved(node, shift) for node in forward.nodes if node.key not in known]
    edges = sorted({*back.edges, *forward.edges}, key=lambda edge: (edge.source, edge.target))
    return Graph(back.start, [*back.nodes, *later], edges)


def _moved(node: Node, shift: int) -> Node:
    return replace(node, level=node.level + shift)


def _drawn(graph: Graph, by: access.Actor) -> dict[str, Any]:
    """Return a graph as text and as drawings."""
    url_of = _pages_for(graph, by)
    return {"graph": graph, "steps": _steps(graph, url_of), **_drawings(graph, url_of)}


def _drawings(graph: Graph, url_of: UrlOf) -> dict[str, Any]:
    """Return both drawings, or none for a graph that no screen can show."""
    if not 1 < len(graph.nodes) <= drawing.MOST_NODES:
        return {"wide": "", "narrow": ""}
    return {"wide": drawing.layered(graph, url_of), "narrow": drawing.ladder(graph, url_of)}


def _steps(graph: Graph, url_of: UrlOf) -> list[dict[str, Any]]:
    """Return the nodes as text, in the order from the field to the buyer."""
    return [
        {"node": node, "words": drawing.spoken(node), "url": url_of(node)} for node in graph.nodes
    ]


def _pages_for(graph: Graph, by: access.Actor) -> UrlOf:
    """Return where nodes lead: only to pages that the actor may read."""
    pages = {
        "lot": ("lots:lot", _readable(selectors.lots(by), "code", graph, "lot")),
        "area": ("lots:area", _readable(places.growing_areas(by), "code", graph, "area")),
        "event": ("ledger:event", _readable(ledger.events(by), "id", graph, "event")),
    }

    def url_of(node: Node) -> str:
        name, codes = pages[node.kind]
        return reverse(name, args=[node.code]) if node.code in codes else ""

    return url_of


def _readable(rows: QuerySet[Any], field: str, graph: Graph, kind: str) -> set[str]:
    codes = [node.code for node in graph.nodes if node.kind == kind]
    found = rows.select_related(None).only(field).in_bulk(codes, field_name=field)
    return {str(each) for each in found}
