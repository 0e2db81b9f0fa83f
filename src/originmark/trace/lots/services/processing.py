"""Lots become other lots: dry, mill, blend, split, pack. One TransformationEvent each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from originmark.origin.parties import access
from originmark.origin.parties.access import Actor
from originmark.origin.products import selectors as products
from originmark.origin.products.selectors import ProductFacts
from originmark.trace.lots import rules
from originmark.trace.lots.models import Lot
from originmark.trace.lots.record_refusals import NothingToWork
from originmark.trace.lots.services import documents
from originmark.trace.lots.services.documents import Recording


@dataclass(frozen=True, slots=True)
class Part:
    """So much of a lot; ``kg`` None means all that it holds."""

    lot_code: str
    kg: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Product:
    """So much of a product that comes out, under a code of its own or one that is made."""

    product_code: str
    kg: Decimal
    lot_code: str | None = None


@dataclass(frozen=True, slots=True)
class Moistures:
    """Moisture before and after drying, percent on wet basis."""

    in_percent: Decimal
    out_percent: Decimal


@dataclass(frozen=True, slots=True)
class Process:
    """How this room writes one kind of transformation."""

    name: str
    letter: str
    biz_step: str = "creating_class_instance"


DRYING, MILLING = Process("drying", "D"), Process("milling", "M")
BLENDING, SPLITTING = Process("blending", "X"), Process("splitting", "S")
PACKING = Process("packing", "P", "packing")


@transaction.atomic
def dry(  # noqa: PLR0913 (the fields of one form)
    *,
    lot_code: str,
    out_kg: Decimal,
    happened_at: datetime,
    by: Actor,
    now: datetime,
    kg: Decimal | None = None,
    moistures: Moistures | None = None,
    product_code: str | None = None,
    new_lot_code: str | None = None,
    event_id: str | None = None,
) -> Lot:
    """Record that a lot, or ``kg`` of it, was dried to ``out_kg``.

    With both moistures the dry matter must balance: none of it can be gained.
    """
    recording = Recording.start(happened_at=happened_at, by=by, now=now, event_id=event_id)
    source = documents.known_lot(lot_code)
    made = [Product(product_code or source.product.code, rules.mass(out_kg), new_lot_code)]
    own = (
        documents.fields(
            moistureInPercent=moistures.in_percent, moistureOutPercent=moistures.out_percent
        )
        if moistures
        else {}
    )
    return _transform(recording, DRYING, [Part(lot_code, kg)], made, own)[0]


@transaction.atomic
def mill(  # noqa: PLR0913 (the fields of one form)
    *,
    lot_code: str,
    product_code: str,
    out_kg: Decimal,
    happened_at: datetime,
    by: Actor,
    now: datetime,
    kg: Decimal | None = None,
    by_products: Sequence[Product] = (),
    new_lot_code: str | None = None,
    event_id: str | None = None,
) -> Lot:
    """Record that a lot, or ``kg`` of it, was milled; bran and husk are lots of their own.

    Returns the lot of the main product. The rulebook's ratio bounds it, and all outputs together
    weigh no more than the input.
    """
    recording = Recording.start(happened_at=happened_at, by=by, now=now, event_id=event_id)
    made = [Product(product_code, rules.mass(out_kg), new_lot_code), *by_products]
    return _transform(recording, MILLING, [Part(lot_code, kg)], made)[0]


@transaction.atomic
def blend(
    *,
    parts: Sequence[Part],
    product_code: str,
    happened_at: datetime,
    by: Actor,
    now: datetime,
    out_kg: Decimal | None = None,
    new_lot_code: str | None = None,
    event_id: str | None = None,
) -> Lot:
    """Record that several lots were mixed into one; its origin is the union of theirs.

    Without ``out_kg`` nothing was lost. The origin is complete only where it is for each input.
    """
    if len(parts) < 2:
        raise NothingToWork(step="Blending", needed="at least two lots")
    recording = Recording.start(happened_at=happened_at, by=by, now=now, event_id=event_id)
    if out_kg is None and (earlier := documents.lots_made_by(recording.event_id)):
        return earlier[0]
    total = sum((_kg_of(part) for part in parts), Decimal(0)) if out_kg is None else out_kg
    made = [Product(product_code, rules.mass(total), new_lot_code)]
    return _transform(recording, BLENDING, parts, made)[0]


@transaction.atomic
def split(
    *,
    lot_code: str,
    parts_kg: Sequence[Decimal],
    happened_at: datetime,
    by: Actor,
    now: datetime,
    event_id: str | None = None,
) -> list[Lot]:
    """Record that parts of a lot became lots of their own; the rest keeps the code."""
    if not parts_kg:
        raise NothingToWork(step="Splitting", needed="the mass of at least one part")
    recording = Recording.start(happened_at=happened_at, by=by, now=now, event_id=event_id)
    source = documents.known_lot(lot_code)
    parts = [rules.mass(kg) for kg in parts_kg]
    made = [Product(source.product.code, kg) for kg in parts]
    taken = Part(lot_code, sum(parts, Decimal(0)))
    return _transform(recording, SPLITTING, [taken], made, best_before=source.best_before)


@transaction.atomic
def pack(  # noqa: PLR0913 (the fields of one form)
    *,
    lot_code: str,
    product_code: str,
    count: int,
    happened_at: datetime,
    by: Actor,
    now: datetime,
    giveaway_kg: Decimal = Decimal(0),
    best_before: date | None = None,
    new_lot_code: str | None = None,
    event_id: str | None = None,
) -> Lot:
    """Record that ``count`` packs of a trade item were filled from a lot.

    Takes count × net content plus what was given away or lost. Raises PackExceedsLot, which says
    how many packs the lot can fill.
    """
    recording = Recording.start(happened_at=happened_at, by=by, now=now, event_id=event_id)
    product = products.product(product_code)
    out_kg = rules.kg_of_packs(count, product.net_content_g, product=product_code)
    giveaway = rules.mass(giveaway_kg) if giveaway_kg else Decimal(0)
    if not documents.lots_made_by(recording.event_id):  # a repeat finds the lot emptier
        source = documents.known_lot(lot_code)
        balance = rules.LotBalance(source.code, source.received_kg, source.released_kg)
        rules.pack(balance, count, product.net_content_g or 0, giveaway)
    made = [Product(product_code, out_kg, new_lot_code)]
    own = documents.fields(giveawayKg=giveaway if giveaway else None)
    taken = [Part(lot_code, out_kg + giveaway)]
    return _transform(recording, PACKING, taken, made, own, best_before=best_before)[0]


def _kg_of(part: Part) -> Decimal:
    if part.kg is not None:
        return rules.mass(part.kg)
    lot = documents.known_lot(part.lot_code)
    return lot.received_kg - lot.released_kg


def _transform(
    recording: Recording,
    process: Process,
    parts: Sequence[Part],
    made: Sequence[Product],
    own: dict[str, Any] | None = None,
    *,
    best_before: date | None = None,
) -> list[Lot]:
    """Write the event of one transformation and return the lots that it made."""
    named = [(part.lot_code, part.kg) for part in parts] + [
        (each.lot_code, each.kg) for each in made
    ]
    if documents.is_repeat(recording, process.name, *named):
        return documents.lots_made_by(recording.event_id)
    sources = [documents.known_lot(part.lot_code) for part in parts]
    for source in sources:
        access.require(recording.by, "lots.record", organisation_id=source.organisation_id)
    season = min(source.season for source in sources)
    outputs = [_named(recording, process, season, index, each) for index, each in enumerate(made)]
    place = documents.place(next(filter(None, map(documents.facility_uri, sources)), None))
    documents.capture(
        recording,
        {
            "type": "TransformationEvent",
            "bizStep": process.biz_step,
            "disposition": "in_progress",
            "inputQuantityList": [
                _input(source, part) for source, part in zip(sources, parts, strict=True)
            ],
            "outputQuantityList": [
                documents.quantity(epc, product, kg) for epc, product, kg in outputs
            ],
            "readPoint": place,
            "bizLocation": place,
            "ilmd": {
                **documents.fields(season=season, bestBefore=best_before and str(best_before)),
                "om:lots": documents.product_list([(epc, product) for epc, product, _ in outputs]),
            },
            **documents.fields(process=process.name),
            **(own or {}),
        },
        organisation_id=sources[0].organisation_id,
    )
    return documents.lots_made_by(recording.event_id)


def _named(
    recording: Recording, process: Process, season: int, index: int, made: Product
) -> tuple[str, ProductFacts, Decimal]:
    product = products.product(made.product_code)
    code = made.lot_code or documents.lot_code(recording, process.letter, season, part=index)
    return documents.lot_epc(product, code), product, rules.mass(made.kg)


def _input(source: Lot, part: Part) -> dict[str, Any]:
    """Return the quantity that goes in; without a mass the event states none: all of it."""
    if part.kg is None:
        return {"epcClass": source.epc}
    return documents.mass(source.epc, rules.mass(part.kg))
