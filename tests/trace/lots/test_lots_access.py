"""Who may record lots, and what a double tap does."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from builders.lots import a_harvested_lot, a_milled_lot, an_event_id, at_noon
from builders.parties import an_actor, an_officer, an_organisation
from builders.places import a_facility, a_growing_area
from builders.products import a_crop, a_trade_item

from originmark.origin.parties.access import NotAllowed
from originmark.trace.ledger.models import Event
from originmark.trace.lots import record_refusals, selectors, services
from originmark.trace.lots.models import AreaSeason

pytestmark = pytest.mark.django_db


def test_only_recorders_of_the_holder_and_officers_record() -> None:
    coop = an_organisation()
    lot = a_harvested_lot(organisation=coop, by=an_actor(coop, "recorder"))
    a_milled_lot(10, source=lot, kg=Decimal(100), by=an_officer())
    for stranger in (an_actor(coop, "viewer"), an_actor(an_organisation(), "manager"), an_actor()):
        with pytest.raises(NotAllowed):
            a_milled_lot(10, source=lot, kg=Decimal(100), by=stranger)
        with pytest.raises(NotAllowed):
            a_harvested_lot(organisation=coop, by=stranger)


def test_only_the_receiver_receives() -> None:
    coop, buyer = an_organisation(), an_organisation()
    lot = a_harvested_lot(organisation=coop)
    services.ship(lot_code=lot.code, to_organisation_code=buyer.code, **at_noon())
    with pytest.raises(NotAllowed):
        services.receive(lot_code=lot.code, **at_noon(by=an_actor(coop)))


def test_a_double_tap_stores_one() -> None:
    area, crop, twice = a_growing_area(), a_crop(), an_event_id()
    first = a_harvested_lot(10, area=area, product=crop, event_id=twice)
    again = a_harvested_lot(10, area=area, product=crop, event_id=twice)
    assert first == again
    assert AreaSeason.objects.get().harvested_kg == 10
    with pytest.raises(record_refusals.RecordedOtherwise):
        a_harvested_lot(11, area=area, product=crop, event_id=twice)


def test_every_verb_stores_one_for_a_double_tap() -> None:
    coop, buyer, crop = an_organisation(), an_organisation(), a_crop()
    lot, other = (a_harvested_lot(100, organisation=coop, product=crop) for _ in range(2))
    item, place = a_trade_item(organisation=coop), a_facility()
    some, bit = {"lot_code": lot.code, "kg": Decimal(10)}, [Decimal(5)]
    mixed = [services.Part(lot.code, Decimal(5)), services.Part(other.code)]
    calls: list[tuple[Callable[..., object], dict[str, object]]] = [
        (services.dry, {**some, "out_kg": Decimal(9)}),
        (services.mill, {**some, "out_kg": Decimal(9), "product_code": crop.code}),
        (services.blend, {"parts": mixed, "product_code": crop.code}),
        (services.split, {"lot_code": lot.code, "parts_kg": bit}),
        (services.pack, {"lot_code": lot.code, "product_code": item.code, "count": 130}),
        (services.store, {"lot_code": lot.code, "facility_code": place.code}),
        (services.ship, {"lot_code": lot.code, "to_organisation_code": buyer.code}),
        (services.receive, {"lot_code": lot.code}),
        (services.dispose, {"lot_code": lot.code, "reason": "spilt"}),
    ]
    for verb, facts in calls:
        event_id = an_event_id()
        first, again = (verb(**facts, **at_noon(event_id=event_id)) for _ in range(2))
        assert first == again
    assert Event.objects.count() == 2 + len(calls)
    assert selectors.lot(lot.code).remaining_kg == 0
