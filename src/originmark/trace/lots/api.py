"""Lots for programs: read them, trace them, record what happens to them.

Each record takes an ``event_id`` of the client's making; sending it again answers with the same
lot. Refusals are problem documents.
"""

from typing import Annotated

from django.db.models import QuerySet
from django.http import HttpRequest
from ninja import Query, Router, Status
from ninja.pagination import paginate

from originmark.frame.web import clock
from originmark.frame.web.api_input import Pages
from originmark.origin.parties import access
from originmark.origin.places import selectors as places
from originmark.trace.lots import schemas, selectors, services
from originmark.trace.lots.models import Lot
from originmark.trace.lots.schemas import LotOut, StepOut, TraceOut

router = Router(tags=["lots"], auth=access.API_AUTH)


@router.get("/", response=list[LotOut], summary="List lots")
@paginate(Pages)
def get_lots(
    request: HttpRequest,
    status: Annotated[str, Query(max_length=20)] = "",
    product: Annotated[str, Query(max_length=60)] = "",
    season: int | None = None,
) -> list[LotOut]:
    """Return the lots that the asker may read, newest first."""
    rows: QuerySet[Lot] = selectors.lots(access.actor_of(request)).order_by("-created_at", "-pk")
    wanted = {"status": status, "product__code": product, "season": season}
    rows = rows.filter(**{name: value for name, value in wanted.items() if value})
    return [LotOut.of(row) for row in rows]


@router.get("/lot/{code}", response=LotOut, summary="Read a lot")
def get_lot(request: HttpRequest, code: str) -> LotOut:
    """Return one lot."""
    by = access.actor_of(request)
    return LotOut.of(selectors.lots(by).get(pk=selectors.visible_lot(code, by).id))


@router.get("/lot/{code}/timeline", response=list[StepOut], summary="Read the way of a lot")
def get_timeline(request: HttpRequest, code: str) -> list[StepOut]:
    """Return how a lot came to be and what happened to it, from the field on."""
    selectors.visible_lot(code, access.actor_of(request))
    return [StepOut.of(entry) for entry in selectors.timeline(code)]


@router.get("/lot/{code}/back", response=TraceOut, summary="Trace a lot back to its land")
def get_trace_back(request: HttpRequest, code: str) -> TraceOut:
    """Return everything that a lot came from."""
    selectors.visible_lot(code, access.actor_of(request))
    return TraceOut(**selectors.as_json(selectors.trace_back(code)))


@router.get("/lot/{code}/forward", response=TraceOut, summary="Trace what came of a lot")
def get_trace_forward(request: HttpRequest, code: str) -> TraceOut:
    """Return everything that was made from a lot."""
    selectors.visible_lot(code, access.actor_of(request))
    return TraceOut(**selectors.as_json(selectors.trace_forward(code)))


@router.get("/area/{code}/forward", response=TraceOut, summary="Trace what came of an area")
def get_area_forward(request: HttpRequest, code: str) -> TraceOut:
    """Return everything that came of the harvests of a growing area."""
    area = places.visible_area(code, access.actor_of(request))
    return TraceOut(**selectors.as_json(selectors.trace_forward(area.code)))


@router.post("/harvest", response={201: LotOut}, summary="Record a harvest")
def post_harvest(request: HttpRequest, body: schemas.HarvestIn) -> Status[LotOut]:
    """Record what was harvested on a growing area."""
    lot = services.record_harvest(
        area_code=body.area, product_code=body.product, kg=body.kg, season=body.season,
        lot_code=body.lot_code, facility_code=body.facility, happened_at=body.happened_at,
        event_id=body.event_id, by=access.actor_of(request), now=clock.now(),
    )  # fmt: skip
    return _made(lot)


@router.post("/buy-in", response={201: LotOut}, summary="Record a purchase")
def post_buy_in(request: HttpRequest, body: schemas.BuyInIn) -> Status[LotOut]:
    """Record what an organisation bought."""
    purchase = services.Purchase(body.area, body.supplier, body.price_per_kg, body.currency)
    lot = services.buy_in(
        organisation_code=body.organisation, product_code=body.product, kg=body.kg,
        season=body.season, purchase=purchase, lot_code=body.lot_code,
        facility_code=body.facility, happened_at=body.happened_at, event_id=body.event_id,
        by=access.actor_of(request), now=clock.now(),
    )  # fmt: skip
    return _made(lot)


@router.post("/dry", response={201: LotOut}, summary="Record a drying")
def post_dry(request: HttpRequest, body: schemas.DryIn) -> Status[LotOut]:
    """Record that a lot was dried."""
    before, after = body.moisture_in_percent, body.moisture_out_percent
    both = before is not None and after is not None
    lot = services.dry(
        lot_code=body.lot, kg=body.kg, out_kg=body.out_kg,
        moistures=services.Moistures(before, after) if both else None,  # type: ignore[arg-type]
        product_code=body.product, new_lot_code=body.new_lot_code, happened_at=body.happened_at,
        event_id=body.event_id, by=access.actor_of(request), now=clock.now(),
    )  # fmt: skip
    return _made(lot)


@router.post("/mill", response={201: LotOut}, summary="Record a milling")
def post_mill(request: HttpRequest, body: schemas.MillIn) -> Status[LotOut]:
    """Record that a lot was milled; the answer is the lot of the main product."""
    by_products = [
        services.Product(each.product, each.kg, each.lot_code) for each in body.by_products
    ]
    lot = services.mill(
        lot_code=body.lot, kg=body.kg, product_code=body.product, out_kg=body.out_kg,
        by_products=by_products, new_lot_code=body.new_lot_code, happened_at=body.happened_at,
        event_id=body.event_id, by=access.actor_of(request), now=clock.now(),
    )  # fmt: skip
    return _made(lot)


@router.post("/blend", response={201: LotOut}, summary="Record a blending")
def post_blend(request: HttpRequest, body: schemas.BlendIn) -> Status[LotOut]:
    """Record that several lots became one."""
    lot = services.blend(
        parts=[services.Part(each.lot, each.kg) for each in body.parts],
        product_code=body.product, out_kg=body.out_kg, new_lot_code=body.new_lot_code,
        happened_at=body.happened_at, event_id=body.event_id, by=access.actor_of(request),
        now=clock.now(),
    )  # fmt: skip
    return _made(lot)


@router.post("/split", response={201: list[LotOut]}, summary="Record a splitting")
def post_split(request: HttpRequest, body: schemas.SplitIn) -> Status[list[LotOut]]:
    """Record that parts of a lot became lots of their own."""
    made = services.split(
        lot_code=body.lot, parts_kg=body.parts_kg, happened_at=body.happened_at,
        event_id=body.event_id, by=access.actor_of(request), now=clock.now(),
    )  # fmt: skip
    return Status(201, [LotOut.of(lot) for lot in made])


@router.post("/pack", response={201: LotOut}, summary="Record a packing")
def post_pack(request: HttpRequest, body: schemas.PackIn) -> Status[LotOut]:
    """Record that packs were filled from a lot."""
    lot = services.pack(
        lot_code=body.lot, product_code=body.product, count=body.count,
        giveaway_kg=body.giveaway_kg, best_before=body.best_before,
        new_lot_code=body.new_lot_code, happened_at=body.happened_at, event_id=body.event_id,
        by=access.actor_of(request), now=clock.now(),
    )  # fmt: skip
    return _made(lot)


@router.post("/store", response=LotOut, summary="Record that a lot was stored")
def post_store(request: HttpRequest, body: schemas.StoreIn) -> LotOut:
    """Record that a lot was put into a facility."""
    lot = services.store(
        lot_code=body.lot, facility_code=body.facility, happened_at=body.happened_at,
        event_id=body.event_id, by=access.actor_of(request), now=clock.now(),
    )  # fmt: skip
    return LotOut.of(lot)


@router.post("/ship", response=LotOut, summary="Record a shipment")
def post_ship(request: HttpRequest, body: schemas.ShipIn) -> LotOut:
    """Record that a whole lot left for another organisation."""
    lot = services.ship(
        lot_code=body.lot, to_organisation_code=body.organisation,
        to_facility_code=body.facility, happened_at=body.happened_at, event_id=body.event_id,
        by=access.actor_of(request), now=clock.now(),
    )  # fmt: skip
    return LotOut.of(lot)


@router.post("/receive", response=LotOut, summary="Record that a lot arrived")
def post_receive(request: HttpRequest, body: schemas.ReceiveIn) -> LotOut:
    """Record that a lot arrived, and what the scale showed."""
    lot = services.receive(
        lot_code=body.lot, kg=body.kg, facility_code=body.facility,
        happened_at=body.happened_at, event_id=body.event_id, by=access.actor_of(request),
        now=clock.now(),
    )  # fmt: skip
    return LotOut.of(lot)


@router.post("/dispose", response=LotOut, summary="Record a disposal")
def post_dispose(request: HttpRequest, body: schemas.DisposeIn) -> LotOut:
    """Record that a lot, or part of it, was thrown away, and why."""
    lot = services.dispose(
        lot_code=body.lot, kg=body.kg, reason=body.reason, happened_at=body.happened_at,
        event_id=body.event_id, by=access.actor_of(request), now=clock.now(),
    )  # fmt: skip
    return LotOut.of(lot)


@router.post("/withdraw", response=list[LotOut], summary="Withdraw a mistaken record")
def post_withdraw(request: HttpRequest, body: schemas.WithdrawIn) -> list[LotOut]:
    """Declare a record an error; the answer is the lots that it was about."""
    records = services.withdraw_record(
        event_id=body.event_id, by=access.actor_of(request), now=clock.now()
    )
    return [LotOut.of(record.lot) for record in records]


def _made(lot: Lot) -> Status[LotOut]:
    return Status(201, LotOut.of(lot))
