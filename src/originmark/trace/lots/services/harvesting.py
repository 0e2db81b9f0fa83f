"""A lot comes in: from land of the programme, or bought in."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction

from originmark.origin.parties import access
from originmark.origin.parties import selectors as parties
from originmark.origin.parties.access import Actor
from originmark.origin.places import selectors as places
from originmark.origin.products import selectors as products
from originmark.trace.lots import rules
from originmark.trace.lots.models import Lot
from originmark.trace.lots.record_refusals import NothingToWork
from originmark.trace.lots.services import documents
from originmark.trace.lots.services.documents import Recording


@dataclass(frozen=True, slots=True)
class Purchase:
    """Where a lot was bought: a registered growing area, or a supplier outside the programme."""

    area_code: str = ""
    supplier: str = ""
    price: Decimal | None = None
    currency: str = ""


@transaction.atomic
def record_harvest(  # noqa: PLR0913 (the fields of one form)
    *,
    area_code: str,
    product_code: str,
    kg: Decimal,
    season: int,
    happened_at: datetime,
    by: Actor,
    now: datetime,
    lot_code: str | None = None,
    facility_code: str = "",
    event_id: str | None = None,
) -> Lot:
    """Record what was harvested on a growing area, as a new lot of its organisation.

    Raises NotAllowed, HarvestBeyondCap, LotCodeTaken, HappensInFuture, NotAMass, AreaNotActive …
    The same event_id again returns the lot that is there.
    """
    area = places.growing_area(area_code)
    access.require(by, "lots.record", organisation_id=area.organisation_id)
    product = products.product(product_code)
    recording = Recording.start(happened_at=happened_at, by=by, now=now, event_id=event_id)
    if documents.is_repeat(recording, "harvest", (lot_code, rules.mass(kg))):
        return documents.lots_made_by(recording.event_id)[0]
    code = lot_code or documents.lot_code(recording, "H", season)
    epc = documents.lot_epc(product, code)
    holder = parties.organisation_by_id(area.organisation_id)
    store = places.facility(facility_code).uri if facility_code else None
    documents.capture(
        recording,
        {
            "type": "ObjectEvent",
            "action": "ADD",
            "bizStep": "commissioning",
            "disposition": "active",
            "quantityList": [documents.quantity(epc, product, rules.mass(kg))],
            "readPoint": documents.place(area.uri),
            "bizLocation": documents.place(store),
            "ilmd": documents.fields(
                product=product.uri,
                growingArea=area.uri,
                season=rules.check_season(season, now=now),
            ),
            **documents.fields(process="harvest", holder=holder.party_uri),
        },
        organisation_id=area.organisation_id,
    )
    return documents.lots_made_by(recording.event_id)[0]


@transaction.atomic
def buy_in(  # noqa: PLR0913 (the fields of one form)
    *,
    organisation_code: str,
    product_code: str,
    kg: Decimal,
    season: int,
    purchase: Purchase,
    happened_at: datetime,
    by: Actor,
    now: datetime,
    lot_code: str | None = None,
    facility_code: str = "",
    event_id: str | None = None,
) -> Lot:
    """Record what an organisation bought, as a new lot of its own.

    From a registered growing area it counts against that area's cap. From anybody else the
    origin stays unknown, and so it does for everything made from it.
    """
    buyer = parties.organisation(organisation_code)
    access.require(by, "lots.record", organisation_id=buyer.pk)
    if not (purchase.area_code or purchase.supplier):
        raise NothingToWork(step="Buying in", needed="a growing area or the name of the supplier")
    product = products.product(product_code)
    recording = Recording.start(happened_at=happened_at, by=by, now=now, event_id=event_id)
    if documents.is_repeat(recording, "buy-in", (lot_code, rules.mass(kg))):
        return documents.lots_made_by(recording.event_id)[0]
    epc = documents.lot_epc(product, lot_code or documents.lot_code(recording, "B", season))
    area = places.growing_area(purchase.area_code) if purchase.area_code else None
    seller = parties.organisation_by_id(area.organisation_id).party_uri if area else None
    store = places.facility(facility_code).uri if facility_code else None
    documents.capture(
        recording,
        {
            "type": "ObjectEvent",
            "action": "ADD",
            "bizStep": "commissioning",
            "disposition": "active",
            "quantityList": [documents.quantity(epc, product, rules.mass(kg))],
            "readPoint": documents.place(area.uri if area else store),
            "bizLocation": documents.place(store),
            "sourceList": [{"type": "owning_party", "source": seller}] if seller else [],
            "destinationList": [{"type": "owning_party", "destination": buyer.party_uri}],
            "ilmd": documents.fields(
                product=product.uri,
                growingArea=area.uri if area else None,
                season=rules.check_season(season, now=now),
            ),
            **documents.fields(
                process="buy-in",
                holder=buyer.party_uri,
                supplier=purchase.supplier,
                price=purchase.price,
                currency=purchase.currency,
            ),
        },
        organisation_id=buyer.pk,
    )
    return documents.lots_made_by(recording.event_id)[0]
