"""A mistake is withdrawn: balances return, the event and its declaration stay."""

from decimal import Decimal

import pytest
from builders.lots import a_harvested_lot, a_milled_lot, a_packed_lot, allowing_bounds, at_noon
from builders.parties import an_actor, an_organisation
from builders.places import a_facility, a_growing_area
from builders.products import a_crop

from originmark.origin.parties.access import SYSTEM, NotAllowed
from originmark.trace.ledger import services as ledger
from originmark.trace.ledger.models import Event
from originmark.trace.lots import record_refusals, selectors, services, sockets
from originmark.trace.lots.models import AreaInput, AreaSeason, Lot, LotInput, LotOutput

pytestmark = pytest.mark.django_db


def undo(lot: Lot, step: str, **more: object) -> None:
    uri = lot.records.get(step=step).event_uri
    services.withdraw_record(event_id=uri, **{"by": SYSTEM, "now": at_noon()["now"], **more})


def test_a_withdrawn_harvest_frees_the_cap() -> None:
    area, crop = a_growing_area(), a_crop()
    with allowing_bounds(yield_cap_kg_per_ha=100):
        lot = a_harvested_lot(900, area=area, product=crop)
        undo(lot, "harvest")
        a_harvested_lot(1000, area=area, product=crop)
    lot.refresh_from_db()
    assert (lot.status, lot.received_kg) == ("withdrawn", 0)
    assert AreaSeason.objects.get().harvested_kg == 1000
    assert AreaInput.objects.count() == 1
    assert Event.objects.count() == 3
    assert Event.objects.filter(is_error_declaration=True).count() == 1
    assert ledger.check_log() == []


def test_a_withdrawn_milling_gives_the_grain_back() -> None:
    source = a_harvested_lot(1000)
    made = a_milled_lot(700, source=source)
    undo(made, "milling")
    source.refresh_from_db()
    assert (source.released_kg, source.status) == (0, "active")
    assert LotInput.objects.exists() is False
    assert LotOutput.objects.count() == 1
    assert selectors.timeline(source.code)[-1].step == "harvest"


def test_what_is_still_needed_stays_and_says_by_whom() -> None:
    source = a_harvested_lot(1000)
    made = a_milled_lot(700, source=source)
    with pytest.raises(record_refusals.StillNeeded) as refused:
        undo(source, "harvest")
    assert refused.value.dependents == [f"Milling of lot {source.code}"]
    packed = a_packed_lot(10, source=made)
    with pytest.raises(record_refusals.StillNeeded):
        undo(made, "milling")
    undo(packed, "packing")
    undo(made, "milling")
    undo(source, "harvest")
    assert set(Lot.objects.values_list("status", flat=True)) == {"withdrawn"}


def test_other_takings_from_the_same_lot_are_no_hindrance() -> None:
    source = a_harvested_lot(1000)
    first = a_milled_lot(70, source=source, kg=Decimal(100))
    a_milled_lot(70, source=source, kg=Decimal(100))
    undo(first, "milling")
    assert selectors.lot(source.code).remaining_kg == 900


def test_moves_are_taken_back_latest_first() -> None:
    lot, buyer, store = a_harvested_lot(100), an_organisation(), a_facility()
    services.store(lot_code=lot.code, facility_code=store.code, **at_noon())
    services.ship(lot_code=lot.code, to_organisation_code=buyer.code, **at_noon())
    services.receive(lot_code=lot.code, kg=Decimal(95), **at_noon())
    with pytest.raises(record_refusals.StillNeeded):
        undo(lot, "shipping")
    undo(lot, "receiving")
    assert selectors.lot(lot.code).status == "in_transit"
    undo(lot, "shipping")
    back = selectors.lot(lot.code)
    assert (back.status, back.facility_id, back.remaining_kg) == ("active", store.pk, 100)


def test_a_withdrawn_disposal_of_packs_brings_them_back() -> None:
    lot = a_packed_lot(10)
    services.dispose(lot_code=lot.code, reason="torn", **at_noon())
    undo(lot, "disposal")
    back = selectors.lot(lot.code)
    assert (back.remaining_packs, back.status) == (10, "active")


def test_rooms_above_may_hold_a_record(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sockets, "_dependents", [lambda code: [f"label run of {code}"]])
    lot = a_packed_lot(10)
    with pytest.raises(record_refusals.StillNeeded) as refused:
        undo(lot, "packing")
    assert refused.value.dependents == [f"label run of {lot.code}"]


def test_withdrawing_twice_or_nothing_is_refused() -> None:
    lot = a_harvested_lot()
    undo(lot, "harvest")
    with pytest.raises(record_refusals.UnknownRecord):
        undo(lot, "harvest")
    with pytest.raises(record_refusals.UnknownRecord):
        services.withdraw_record(event_id="nothing", by=SYSTEM, now=at_noon()["now"])


def test_only_who_may_record_may_withdraw() -> None:
    lot = a_harvested_lot()
    with pytest.raises(NotAllowed):
        undo(lot, "harvest", by=an_actor(an_organisation()))
    undo(lot, "harvest", by=an_actor(lot.organisation))
