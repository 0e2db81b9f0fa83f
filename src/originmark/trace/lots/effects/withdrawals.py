"""A record was a mistake: its effect is taken back, the event and its declaration stay."""

from decimal import Decimal

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from originmark.origin.parties import access
from originmark.trace.lots import rules, sockets
from originmark.trace.lots.effects.births import locked_season
from originmark.trace.lots.effects.stock import RECORD, Happening, balance_of
from originmark.trace.lots.models import (
    AreaInput,
    Lot,
    LotInput,
    LotOutput,
    LotRecord,
    Step,
)
from originmark.trace.lots.record_refusals import StillNeeded

_MOVES = (Step.SHIPPING, Step.RECEIVING)


def apply_withdrawal(happening: Happening) -> None:
    """Put balances and places back as they were before the event that is declared an error.

    Raises StillNeeded, naming them, when later records rest on it.
    """
    rows = LotRecord.objects.filter(event_uri=happening.step.event_uri, withdrawn_at=None)
    lots = Lot.objects.select_for_update().filter(records__in=rows).order_by("pk")
    by_id = {lot.pk: lot for lot in lots}
    records = list(rows.order_by("pk"))
    for record in records:
        access.require(happening.by, RECORD, organisation_id=record.organisation_id)
    if needed := [name for record in records for name in dependents(record)]:
        raise StillNeeded(dependents=sorted(set(needed)))
    for record in records:
        _take_back(record, by_id[record.lot_id])
    rows.update(withdrawn_at=happening.now)


def dependents(record: LotRecord) -> list[str]:
    """Return what rests on a record, in words.

    Whatever happened to a lot that the record made; whoever received or was sent a lot that it
    took from; anything after a move.
    """
    later = LotRecord.objects.filter(
        lot_id=record.lot_id, withdrawn_at=None, pk__gt=record.pk
    ).select_related("lot")
    if record.side == LotRecord.Side.OUT_OF:
        later = later.filter(step__in=_MOVES)
    names = _named(later)
    if record.side == LotRecord.Side.INTO:
        names += sockets.dependents(record.lot.code)
    return names


def _named(rows: QuerySet[LotRecord]) -> list[str]:
    return [
        _("%(step)s of lot %(lot)s") % {"step": row.get_step_display(), "lot": row.lot.code}
        for row in rows.order_by("-pk")[:10]
    ]


def _take_back(record: LotRecord, lot: Lot) -> None:
    if record.side == LotRecord.Side.INTO:
        _unmake(record, lot)
        return
    lot.released_kg = rules.restore(balance_of(lot), record.released_kg).released_kg
    lot.packs_released -= record.released_packs
    if record.side == LotRecord.Side.WITH:
        for name, value in record.before.items():
            setattr(lot, name, value)
    elif lot.status == Lot.Status.CLOSED:
        lot.status = Lot.Status.ACTIVE
    lot.save()
    LotInput.objects.filter(lot=lot, event_id=record.event_id).delete()


def _unmake(record: LotRecord, lot: Lot) -> None:
    """Empty a lot that should not have come into being; its code stays taken."""
    if record.area_id is not None:
        season = locked_season(record.area_id, lot.product_id, lot.season)
        season.harvested_kg -= lot.received_kg
        season.save(update_fields=["harvested_kg"])
        AreaInput.objects.filter(event_id=record.event_id).delete()
    lot.received_kg = Decimal(0)
    lot.pack_count = None if lot.pack_count is None else 0
    lot.status = Lot.Status.WITHDRAWN
    lot.save()
    LotOutput.objects.filter(lot=lot, event_id=record.event_id).delete()
