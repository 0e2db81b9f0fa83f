"""Lots for tests, made through the services: name only what matters."""

import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from builders.parties import an_organisation
from builders.places import a_growing_area
from builders.products import a_crop, a_material, a_trade_item

from originmark.origin.parties.access import SYSTEM
from originmark.origin.parties.models import Organisation
from originmark.trace.lots import services, sockets
from originmark.trace.lots.models import Lot
from originmark.trace.lots.sockets import Bounds

NOON = datetime(2026, 10, 15, 12, 0, tzinfo=UTC)


def at_noon(**more: Any) -> dict[str, Any]:
    """What every service is told: by whom and when; the system at noon unless said otherwise."""
    return {"happened_at": NOON, "now": NOON, "by": SYSTEM, **more}


def a_harvested_lot(kg: str | int | Decimal = 1000, **more: Any) -> Lot:
    """A ton of a crop from a growing area of ten hectares.

    ``organisation``, ``area`` and ``product`` may be given as rows; the rest goes to
    ``record_harvest``. The origin is complete only inside ``allowing_bounds``.
    """
    organisation: Organisation | None = more.pop("organisation", None)
    area = more.pop("area", None) or a_growing_area(organisation=organisation or an_organisation())
    product = more.pop("product", None) or a_crop()
    facts = {"season": 2026, **at_noon(), **more}
    return services.record_harvest(
        area_code=area.code, product_code=product.code, kg=Decimal(kg), **facts
    )


def a_milled_lot(
    out_kg: str | int | Decimal = 700, *, source: Lot | None = None, **more: Any
) -> Lot:
    """A lot of a material, milled from all of ``source`` (a new harvest of 1,000 kg)."""
    organisation = more.pop("organisation", None)
    source = source or a_harvested_lot(organisation=organisation)
    product = more.pop("product", None) or a_material()
    return services.mill(
        lot_code=source.code,
        product_code=product.code,
        out_kg=Decimal(out_kg),
        **{**at_noon(), **more},
    )


def a_packed_lot(count: int = 1000, *, source: Lot | None = None, **more: Any) -> Lot:
    """A lot of ``count`` packs of 500 g with a GTIN, from ``source`` or a new milled lot.

    ``organisation`` and ``product`` may be given as rows; so many packs that a milled lot of
    700 kg is not enough need a ``source``.
    """
    organisation: Organisation = more.pop("organisation", None) or (
        source.organisation if source else an_organisation()
    )
    source = source or a_milled_lot(organisation=organisation)
    product = more.pop("product", None) or a_trade_item(organisation=organisation)
    return services.pack(
        lot_code=source.code, product_code=product.code, count=count, **{**at_noon(), **more}
    )


@contextmanager
def allowing_bounds(
    *,
    yield_cap_kg_per_ha: str | int | None = 4500,
    ratios: dict[str, tuple[str, str]] | None = None,
) -> Iterator[None]:
    """Let a rulebook for tests speak first: a yield cap for all land, ratios by process."""
    find = _rulebook(yield_cap_kg_per_ha, ratios or {})
    sockets._bounds.insert(0, find)
    try:
        yield
    finally:
        sockets._bounds.remove(find)


def _rulebook(
    yield_cap: str | int | None, ratios: dict[str, tuple[str, str]]
) -> Callable[[str, int | None, int, str], Bounds | None]:
    def find(product: str, area_id: int | None, season: int, process: str) -> Bounds | None:
        if process == "harvest" and yield_cap is not None:
            return Bounds(yield_cap_kg_per_ha=Decimal(yield_cap), source="test rulebook")
        if process in ratios:
            low, high = ratios[process]
            return Bounds(ratio_low=Decimal(low), ratio_high=Decimal(high), source="test rulebook")
        return None

    return find


def an_event_id() -> str:
    """A new identifier, as a client makes it."""
    return str(uuid.uuid4())
