"""Questions about lots, their land and their history; each says what it costs."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import F, QuerySet
from django.utils.timezone import localtime

from originmark.origin.parties import access
from originmark.origin.parties.access import Actor
from originmark.origin.places import selectors as places
from originmark.trace.lots import trace
from originmark.trace.lots.models import AreaInput, AreaSeason, Lot, LotRecord
from originmark.trace.lots.record_refusals import UnknownLot
from originmark.trace.lots.trace import Edge, Graph, Node

__all__ = [
    "AreaSeason", "Edge", "Graph", "Lot", "LotFacts", "LotRecord", "Node", "TimelineEntry",
    "area_seasons", "find_lot", "lot", "lot_by_id", "lots", "records", "source_areas", "stock",
    "timeline", "trace_back", "trace_forward", "visible_lot",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class LotFacts:
    """What other rooms ask about a lot."""

    id: int
    code: str
    epc: str
    product_id: int
    product_code: str
    product_name: str
    net_content_g: int | None
    organisation_id: int
    organisation_name: str
    season: int
    received_kg: Decimal
    released_kg: Decimal
    remaining_kg: Decimal
    pack_count: int | None
    remaining_packs: int | None
    facility_id: int | None
    facility_name: str
    in_transit_to_id: int | None
    origin_complete: bool
    status: str
    best_before: date | None
    born_at: datetime


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """A step on the way of a lot, in words for a reader. ``kg`` is what the step was about."""

    at: datetime
    step: str
    title: str
    place: str
    organisation: str
    kg: Decimal
    event_id: int
    lot_code: str
    note: str = ""
    area_id: int | None = None


def lot(code: str) -> LotFacts:
    """Return a lot by its code, whoever asks; raises UnknownLot. One query."""
    found = find_lot(code)
    if found is None:
        raise UnknownLot(lot=code)
    return found


def find_lot(code: str) -> LotFacts | None:
    """Return a lot by its code if there is one. One query."""
    found = _with_names(Lot.objects.filter(code=code)).first()
    return None if found is None else facts(found)


def lot_by_id(lot_id: int) -> LotFacts:
    """Return the lot of a row in another room. One query."""
    return facts(_with_names(Lot.objects.filter(pk=lot_id)).get())


def visible_lot(code: str, by: Actor) -> LotFacts:
    """Return a lot that the actor may read; raises UnknownLot for hidden ones too. One query."""
    found = lots(by).filter(code=code).first()
    if found is None:
        raise UnknownLot(lot=code)
    return facts(found)


def may_read(lot: Lot, by: Actor) -> bool:
    """Return whether ``lots`` has this lot for the actor; no query."""
    return access.sees(by, lot.organisation_id, lot.in_transit_to_id)


def lots(by: Actor) -> QuerySet[Lot]:
    """Return the lots that the actor may read: those held, and those on their way to them."""
    return _with_names(access.visible(by, Lot.objects.all(), "organisation", "in_transit_to"))


def stock(by: Actor) -> QuerySet[Lot]:
    """Return the lots in stock that the actor may record for, newest first."""
    rows = lots(by).filter(status=Lot.Status.ACTIVE, released_kg__lt=F("received_kg"))
    if not (by.is_system or by.office_role):
        rows = rows.filter(organisation_id__in=by.organisation_ids)
    return rows.order_by("-created_at", "-pk")


def records(by: Actor) -> QuerySet[LotRecord]:
    """Return the records of the actor's organisations, newest first."""
    rows = access.visible(by, LotRecord.objects.all(), "organisation", "partner")
    return rows.select_related(
        "lot", "lot__product", "organisation", "partner", "area", "facility", "recorded_by"
    )


def area_seasons(by: Actor) -> QuerySet[AreaSeason]:
    """Return what each area has given in each season, for the areas that the actor may read."""
    rows = access.visible(by, AreaSeason.objects.all(), "area__organisation")
    return rows.select_related("area", "area__organisation", "product")


def source_areas(lot_code: str) -> list[int]:
    """Return the ids of the growing areas that a lot came from. Three queries a level."""
    return sorted(trace.back([_lot_id(lot_code)]).areas)


def trace_back(lot_code: str) -> Graph:
    """Return everything that a lot came from. Three queries a level and four for the names."""
    start = _lot_id(lot_code)
    return _named(f"lot:{start}", trace.back([start]))


def trace_forward(code: str) -> Graph:
    """Return everything that came of a lot or of a growing area, found by its code.

    Two queries a level and four for the names. Raises the refusal of the register of places
    when the code is neither.
    """
    found = Lot.objects.filter(code=code).values_list("pk", flat=True).first()
    if found is not None:
        return _named(f"lot:{found}", trace.forward([found]))
    area = places.growing_area(code)
    return _named(f"area:{area.id}", trace.forward([], [area.id]), {area.id: (code, area.name)})


def timeline(lot_code: str) -> list[TimelineEntry]:
    """Return how a lot came to be and what happened to it, from the field on.

    What its ancestors went through counts until they became part of it; what happened to the
    rest of them does not. Three queries a level and two more.
    """
    start = _lot_id(lot_code)
    walk = trace.back([start])
    rows = LotRecord.objects.filter(lot_id__in=walk.lots, withdrawn_at=None).select_related(
        "lot", "lot__product", "organisation", "partner", "area", "facility"
    )
    entries: dict[int, TimelineEntry] = {}
    for row in rows.order_by("event_id", "side", "pk"):
        if _is_on_the_way(row, start, walk) and row.event_id not in entries:
            entries[row.event_id] = _entry(row)
    return sorted(entries.values(), key=lambda each: (localtime(each.at).date(), each.event_id))


def _is_on_the_way(row: LotRecord, start: int, walk: trace.Walk) -> bool:
    return row.lot_id == start or row.event_id in walk.events or row.side == LotRecord.Side.WITH


def _entry(row: LotRecord) -> TimelineEntry:
    spot = row.area or row.facility
    return TimelineEntry(
        at=row.happened_at,
        step=row.step,
        title=str(row.get_step_display()),
        place=spot.name if spot else "",
        organisation=row.organisation.name,
        kg=row.kg,
        event_id=row.event_id,
        lot_code=row.lot.code,
        note=row.note,
        area_id=row.area_id,
    )


def _lot_id(code: str) -> int:
    found = Lot.objects.filter(code=code).values_list("pk", flat=True).first()
    if found is None:
        raise UnknownLot(lot=code)
    return found


def _named(start: str, walk: trace.Walk, known: dict[int, tuple[str, str]] | None = None) -> Graph:
    return trace.graph(start, walk, area_names=_area_names(walk.areas) | (known or {}))


def _area_names(ids: Iterable[int]) -> dict[int, tuple[str, str]]:
    rows = AreaInput.objects.filter(area_id__in=list(ids)).order_by("area_id").distinct()
    named = rows.values_list("area_id", "area__code", "area__name")
    return {pk: (code, name) for pk, code, name in named}


def _with_names(rows: QuerySet[Lot]) -> QuerySet[Lot]:
    return rows.select_related("product", "organisation", "facility", "in_transit_to")


def facts(found: Lot) -> LotFacts:
    """Return the facts of a row that was read with its names."""
    left = None if found.pack_count is None else found.pack_count - found.packs_released
    return LotFacts(
        id=found.pk,
        code=found.code,
        epc=found.epc,
        product_id=found.product_id,
        product_code=found.product.code,
        product_name=found.product.name,
        net_content_g=found.product.net_content_g,
        organisation_id=found.organisation_id,
        organisation_name=found.organisation.name,
        season=found.season,
        received_kg=found.received_kg,
        released_kg=found.released_kg,
        remaining_kg=found.received_kg - found.released_kg,
        pack_count=found.pack_count,
        remaining_packs=left,
        facility_id=found.facility_id,
        facility_name=found.facility.name if found.facility else "",
        in_transit_to_id=found.in_transit_to_id,
        origin_complete=found.origin_complete,
        status=found.status,
        best_before=found.best_before,
        born_at=found.born_at,
    )


def as_json(found: Graph) -> dict[str, Any]:
    """Return a graph for programs: nodes and edges by key, masses as text in kg."""
    return {
        "start": found.start,
        "nodes": [
            {
                "key": node.key,
                "kind": node.kind,
                "code": node.code,
                "title": node.title,
                "level": node.level,
                "kg": None if node.kg is None else str(node.kg),
                "status": node.status,
                "step": node.step,
                "happened_at": node.happened_at.isoformat() if node.happened_at else None,
                "organisation": node.organisation,
            }
            for node in found.nodes
        ],
        "edges": [
            {"source": edge.source, "target": edge.target, "kg": str(edge.kg)}
            for edge in found.edges
        ],
    }
