"""A lot is stored, sent, received or disposed of."""

from decimal import Decimal

from originmark.origin.parties import access
from originmark.trace.lots import rules
from originmark.trace.lots.effects import registers
from originmark.trace.lots.effects.reading import Named
from originmark.trace.lots.effects.stock import (
    RECORD,
    Happening,
    balance_of,
    check_once,
    check_time,
    check_usable,
    locked,
    record,
    snapshot,
    take,
)
from originmark.trace.lots.models import Lot, LotRecord, Step
from originmark.trace.lots.record_refusals import LotNotInTransit, PartShipment

_PLACED = ["status", "organisation", "facility", "in_transit_to", "destination"]


def _lots(happening: Happening) -> list[tuple[Lot, Named]]:
    check_once(named.epc for named in happening.step.lots)
    rows = locked(named.epc for named in happening.step.lots)
    return [(rows[named.epc], named) for named in happening.step.lots if named.epc in rows]


def apply_storing(happening: Happening) -> None:
    """Put lots into a facility of the register."""
    lots = _lots(happening)
    check_usable((lot for lot, _ in lots), happening)
    for lot, _ in lots:
        access.require(happening.by, RECORD, organisation_id=lot.organisation_id)
        before = snapshot(lot)
        place = happening.step.place
        facility = registers.must(registers.facility(place), "facility", place)
        lot.facility_id = facility.id
        lot.save(update_fields=_PLACED)
        record(
            lot, happening, step=Step.STORING, side=LotRecord.Side.WITH,
            kg=balance_of(lot).remaining_kg, before=before,
        )  # fmt: skip


def apply_shipping(happening: Happening) -> None:
    """Send whole lots on their way; a part must be split off first."""
    lots = _lots(happening)
    check_usable((lot for lot, _ in lots), happening)
    receiver = registers.organisation(happening.step.receiver)
    destination = registers.facility(happening.step.destination)
    for lot, named in lots:
        access.require(happening.by, RECORD, organisation_id=lot.organisation_id)
        remaining_kg = balance_of(lot).remaining_kg
        asked_kg = named.kg(lot.product.net_content_g)
        if asked_kg is not None and asked_kg != remaining_kg:
            rules.release(balance_of(lot), asked_kg)  # more than the lot holds is said as such
            raise PartShipment(lot=lot.code, remaining_kg=remaining_kg, asked_kg=asked_kg)
        before = snapshot(lot)
        lot.status, lot.facility_id = Lot.Status.IN_TRANSIT, None
        lot.in_transit_to_id = receiver.pk if receiver else None
        lot.destination_id = destination.id if destination else None
        lot.save(update_fields=_PLACED)
        record(
            lot, happening, step=Step.SHIPPING, side=LotRecord.Side.WITH, kg=remaining_kg,
            partner_id=lot.in_transit_to_id, facility_id=lot.destination_id, before=before,
        )  # fmt: skip


def apply_receiving(happening: Happening) -> None:
    """Take lots in at their destination; what is missing on the scale was lost on the way."""
    for lot, named in _lots(happening):
        if lot.status != Lot.Status.IN_TRANSIT:
            raise LotNotInTransit(lot=lot.code, state=lot.get_status_display().lower())
        check_time(lot, happening)
        receiver_id = lot.in_transit_to_id or _receiver_id(lot, happening)
        access.require(happening.by, RECORD, organisation_id=receiver_id)
        _receive(lot, named, receiver_id, happening)


def _receiver_id(lot: Lot, happening: Happening) -> int:
    """Return who receives a lot that was sent to nobody in the register: as the event says."""
    found = registers.organisation(happening.step.receiver)
    return found.pk if found else lot.organisation_id


def _receive(lot: Lot, named: Named, receiver_id: int, happening: Happening) -> None:
    before, sender_id = snapshot(lot), lot.organisation_id
    sent_kg = balance_of(lot).remaining_kg
    weighed_kg = named.kg(lot.product.net_content_g)
    lost_kg = Decimal(0)
    if weighed_kg is not None:
        lost_kg = rules.loss_on_receipt(lot.code, sent_kg, weighed_kg)
    facility = registers.facility(happening.step.place)
    lot.status, lot.organisation_id = Lot.Status.ACTIVE, receiver_id
    lot.facility_id = facility.id if facility else lot.destination_id
    lot.in_transit_to_id = lot.destination_id = None
    lot.save(update_fields=_PLACED)
    packs = take(lot, lost_kg, happening) if lost_kg else 0
    record(
        lot, happening, step=Step.RECEIVING, side=LotRecord.Side.WITH, kg=sent_kg - lost_kg,
        released_kg=lost_kg, released_packs=packs, partner_id=sender_id, before=before,
    )  # fmt: skip


def apply_disposal(happening: Happening) -> None:
    """Take what is thrown away, fed or destroyed out of the lots."""
    lots = _lots(happening)
    check_usable((lot for lot, _ in lots), happening)
    for lot, named in lots:
        access.require(happening.by, RECORD, organisation_id=lot.organisation_id)
        stated = named.kg(lot.product.net_content_g)
        kg = balance_of(lot).remaining_kg if stated is None else rules.mass(stated)
        before = snapshot(lot)
        packs = take(lot, kg, happening)
        record(
            lot, happening, step=Step.DISPOSAL, side=LotRecord.Side.OUT_OF, kg=kg, released_kg=kg,
            released_packs=packs, before=before, note=happening.step.text("reason")[:300],
        )  # fmt: skip
