"""A lot changes place or hands, or ends: store, ship, receive, dispose. One ObjectEvent each."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from originmark.origin.parties import access
from originmark.origin.parties import selectors as parties
from originmark.origin.parties.access import Actor
from originmark.origin.places import selectors as places
from originmark.trace.lots import rules
from originmark.trace.lots.models import Lot
from originmark.trace.lots.record_refusals import NothingToWork
from originmark.trace.lots.services import documents
from originmark.trace.lots.services.documents import Recording


@transaction.atomic
def store(
    *,
    lot_code: str,
    facility_code: str,
    happened_at: datetime,
    by: Actor,
    now: datetime,
    event_id: str | None = None,
) -> Lot:
    """Record that a lot was put into a facility."""
    recording = Recording.start(happened_at=happened_at, by=by, now=now, event_id=event_id)
    lot = documents.known_lot(lot_code)
    if documents.is_repeat(recording, "storing", (lot_code, None)):
        return lot
    access.require(by, "lots.record", organisation_id=lot.organisation_id)
    place = documents.place(places.facility(facility_code).uri)
    body = _seen("storing", "in_progress", {"epcClass": lot.epc})
    documents.capture(
        recording,
        {
            **body,
            "readPoint": place,
            "bizLocation": place,
            **documents.fields(process="storing"),
        },
        organisation_id=lot.organisation_id,
    )
    return documents.known_lot(lot_code)


@transaction.atomic
def ship(
    *,
    lot_code: str,
    to_organisation_code: str,
    happened_at: datetime,
    by: Actor,
    now: datetime,
    to_facility_code: str = "",
    kg: Decimal | None = None,
    event_id: str | None = None,
) -> Lot:
    """Record that a whole lot left for another organisation; it is on its way until received.

    Raises PartShipment for less than the whole: split first.
    """
    recording = Recording.start(happened_at=happened_at, by=by, now=now, event_id=event_id)
    lot = documents.known_lot(lot_code)
    if documents.is_repeat(recording, "shipping", (lot_code, kg)):
        return lot
    access.require(by, "lots.record", organisation_id=lot.organisation_id)
    receiver = parties.organisation(to_organisation_code)
    destinations = [{"type": "owning_party", "destination": receiver.party_uri}]
    if to_facility_code:
        target = places.facility(to_facility_code).uri
        destinations.append({"type": "location", "destination": target})
    documents.capture(
        recording,
        {
            **_seen("shipping", "in_transit", _named(lot, kg)),
            "readPoint": documents.place(documents.facility_uri(lot)),
            "sourceList": [{"type": "owning_party", "source": lot.organisation.party_uri}],
            "destinationList": destinations,
            **documents.fields(process="shipping"),
        },
        organisation_id=lot.organisation_id,
    )
    return documents.known_lot(lot_code)


@transaction.atomic
def receive(
    *,
    lot_code: str,
    happened_at: datetime,
    by: Actor,
    now: datetime,
    kg: Decimal | None = None,
    facility_code: str = "",
    event_id: str | None = None,
) -> Lot:
    """Record that a lot arrived with ``kg`` on the scale; less than was sent is a loss.

    Raises ReceivedTooMuch beyond what two scales may differ by.
    """
    recording = Recording.start(happened_at=happened_at, by=by, now=now, event_id=event_id)
    lot = documents.known_lot(lot_code)
    if documents.is_repeat(recording, "receiving", (lot_code, None)):
        return lot
    holder_id = lot.in_transit_to_id or lot.organisation_id
    access.require(by, "lots.record", organisation_id=holder_id)
    target = places.facility(facility_code).uri if facility_code else None
    if target is None and lot.destination is not None:
        target = places.facility(lot.destination.code).uri
    place = documents.place(target)
    documents.capture(
        recording,
        {
            **_seen("receiving", "in_progress", _named(lot, kg)),
            "readPoint": place,
            "bizLocation": place,
            **documents.fields(process="receiving"),
        },
        organisation_id=holder_id,
    )
    return documents.known_lot(lot_code)


@transaction.atomic
def dispose(
    *,
    lot_code: str,
    reason: str,
    happened_at: datetime,
    by: Actor,
    now: datetime,
    kg: Decimal | None = None,
    event_id: str | None = None,
) -> Lot:
    """Record that a lot, or ``kg`` of it, was thrown away, fed or destroyed, and why."""
    if not reason.strip():
        raise NothingToWork(step="Disposal", needed="a reason")
    recording = Recording.start(happened_at=happened_at, by=by, now=now, event_id=event_id)
    lot = documents.known_lot(lot_code)
    if documents.is_repeat(recording, "disposal", (lot_code, kg)):
        return lot
    access.require(by, "lots.record", organisation_id=lot.organisation_id)
    place = documents.place(documents.facility_uri(lot))
    documents.capture(
        recording,
        {
            "type": "ObjectEvent",
            "action": "DELETE",
            "bizStep": "destroying",
            "disposition": "destroyed",
            "quantityList": [_named(lot, kg)],
            "readPoint": place,
            "bizLocation": place,
            **documents.fields(process="disposal", reason=reason.strip()[:300]),
        },
        organisation_id=lot.organisation_id,
    )
    return documents.known_lot(lot_code)


def _named(lot: Lot, kg: Decimal | None) -> dict[str, Any]:
    """Return the lot with its mass; without one all that it holds is meant."""
    return {"epcClass": lot.epc} if kg is None else documents.mass(lot.epc, rules.mass(kg))


def _seen(biz_step: str, disposition: str, quantity: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "ObjectEvent",
        "action": "OBSERVE",
        "bizStep": biz_step,
        "disposition": disposition,
        "quantityList": [quantity],
    }
