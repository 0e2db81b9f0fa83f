"""The rows that hold balances: locked, changed by the rules, written with a record."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils.timezone import localtime

from originmark.origin.parties import access
from originmark.trace.lots import rules
from originmark.trace.lots.effects.reading import Step
from originmark.trace.lots.models import Lot, LotInput, LotRecord
from originmark.trace.lots.record_refusals import (
    HappensTooEarly,
    LotNotActive,
    MixedHolders,
    RepeatedLot,
)
from originmark.trace.lots.rules import LotBalance

RECORD = "lots.record"


@dataclass(frozen=True, slots=True)
class Happening:
    """A step that is being applied: what the event says, its leaf in the log, who and when."""

    step: Step
    leaf: int
    by: access.Actor
    now: datetime

    @property
    def process(self) -> str:
        """Return the process as this programme names it, else a partner's business step."""
        return self.step.text("process") or _PROCESSES.get(self.step.biz_step or "", "processing")


_PROCESSES = {"packing": "packing", "commissioning": "harvest"}


def locked(epcs: Iterable[str]) -> dict[str, Lot]:
    """Return the lots among these identifiers, locked. One query.

    Always in the same order, so that no two steps wait for each other.
    """
    rows = Lot.objects.select_for_update(of=("self",)).select_related("product", "organisation")
    return {lot.epc: lot for lot in rows.filter(epc__in=list(epcs)).order_by("pk")}


def balance_of(lot: Lot) -> LotBalance:
    """Return the balance of a lot as a value."""
    return LotBalance(lot.code, lot.received_kg, lot.released_kg)


def check_usable(lots: Iterable[Lot], happening: Happening) -> None:
    """Refuse lots that are not in stock, have several holders, or did not exist at that time."""
    rows = list(lots)
    for lot in rows:
        if lot.status != Lot.Status.ACTIVE:
            raise LotNotActive(
                lot=lot.code, state=lot.get_status_display().lower(), step=happening.process
            )
        check_time(lot, happening)
    if len({lot.organisation_id for lot in rows}) > 1:
        raise MixedHolders(lots=sorted(lot.code for lot in rows))


def check_time(lot: Lot, happening: Happening) -> None:
    """Refuse what would have happened to a lot on a day before it was there.

    Within a day the order of the records counts: people remember the day, not the minute.
    """
    if localtime(happening.step.happened_at).date() < localtime(lot.born_at).date():
        raise HappensTooEarly(
            lot=lot.code, since=lot.born_at, happened_at=happening.step.happened_at
        )


def check_once(epcs: Iterable[str]) -> None:
    """Refuse a step that names one lot twice."""
    seen: set[str] = set()
    for epc in epcs:
        if epc in seen:
            raise RepeatedLot(lot=epc.rsplit("/", 1)[-1].rsplit(":", 1)[-1])
        seen.add(epc)


def take(lot: Lot, kg: Decimal, happening: Happening) -> int:
    """Take ``kg`` out of a locked lot and link it to the event; return the packs it was.

    Raises MassBalanceExceeded, and NotWholePacks for a lot in packs. The check constraint of
    the table is the last word.
    """
    packs = packs_of(lot, kg)
    lot.released_kg = rules.release(balance_of(lot), kg).released_kg
    lot.packs_released += packs
    if lot.released_kg == lot.received_kg:
        lot.status = Lot.Status.CLOSED
    lot.save(update_fields=["released_kg", "packs_released", "status"])
    LotInput.objects.create(lot=lot, event_id=happening.leaf, kg=kg)
    return packs


def packs_of(lot: Lot, kg: Decimal) -> int:
    """Return how many packs a mass of this lot is; 0 for a lot that is not packed."""
    if lot.pack_count is None or not lot.pack_count:
        return 0
    net_content_g = int(lot.received_kg * 1000 / lot.pack_count)
    return rules.packs_in(kg, net_content_g, lot=lot.code)


def snapshot(lot: Lot) -> dict[str, Any]:
    """Return what a withdrawal must put back, besides the balance."""
    return {
        "status": lot.status,
        "organisation_id": lot.organisation_id,
        "facility_id": lot.facility_id,
        "in_transit_to_id": lot.in_transit_to_id,
        "destination_id": lot.destination_id,
    }


def record(lot: Lot, happening: Happening, **more: Any) -> LotRecord:
    """Write the line of the lot's history that this event is."""
    facts = {"organisation_id": lot.organisation_id, "facility_id": lot.facility_id, **more}
    return LotRecord.objects.create(
        lot=lot,
        event_id=happening.leaf,
        event_uri=happening.step.event_uri,
        happened_at=happening.step.happened_at,
        recorded_at=happening.now,
        recorded_by_id=happening.by.person_id,
        **facts,
    )
