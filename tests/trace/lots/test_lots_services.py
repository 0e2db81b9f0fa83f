"""Each verb writes one event, moves the balances, and can be taken back."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from builders.lots import (
    NOON,
    a_harvested_lot,
    a_milled_lot,
    a_packed_lot,
    allowing_bounds,
    at_noon,
)
from builders.parties import an_actor, an_organisation
from builders.places import a_facility, a_growing_area
from builders.products import a_crop, a_material, a_trade_item

from originmark.frame.web.refusals import RuleViolation
from originmark.trace.ledger import selectors as ledger
from originmark.trace.ledger.models import Event
from originmark.trace.lots import record_refusals, refusals, selectors, services
from originmark.trace.lots.models import (
    AreaInput,
    AreaSeason,
    Lot,
    LotInput,
    LotOutput,
    LotRecord,
)

pytestmark = pytest.mark.django_db


def body_of_last() -> dict[str, Any]:
    last = Event.objects.order_by("-id").first()
    assert last is not None
    stored = ledger.event(last.pk)
    assert stored is not None
    return stored.body


def test_a_harvest_is_one_commissioning_event_and_a_lot() -> None:
    area, crop = a_growing_area(), a_crop()
    with allowing_bounds(yield_cap_kg_per_ha=4500):
        lot = a_harvested_lot("1234.5", area=area, product=crop)

    body = body_of_last()
    assert (body["type"], body["action"], body["bizStep"]) == (
        "ObjectEvent",
        "ADD",
        "commissioning",
    )
    assert body["quantityList"] == [{"epcClass": lot.epc, "quantity": 1234.5, "uom": "KGM"}]
    assert body["ilmd"]["om:season"] == 2026
    assert body["readPoint"]["id"].endswith(f"area:{area.code}")
    assert Event.objects.count() == 1
    assert (lot.received_kg, lot.released_kg, lot.origin_complete) == (Decimal("1234.500"), 0, True)
    assert lot.organisation_id == area.organisation_id
    season = AreaSeason.objects.get()
    assert (season.harvested_kg, season.cap_kg) == (Decimal("1234.500"), Decimal(45000))
    assert AreaInput.objects.get().kg == Decimal("1234.500")


def test_a_harvest_without_a_cap_has_no_complete_origin() -> None:
    assert a_harvested_lot().origin_complete is False


def test_a_harvest_beyond_the_cap_leaves_nothing_behind() -> None:
    area, crop = a_growing_area(), a_crop()
    with allowing_bounds(yield_cap_kg_per_ha=100):
        a_harvested_lot(900, area=area, product=crop)
        with pytest.raises(refusals.HarvestBeyondCap) as refused:
            a_harvested_lot("100.001", area=area, product=crop)
    assert refused.value.left_kg == 100
    assert Event.objects.count() == Lot.objects.count() == LotRecord.objects.count() == 1
    assert AreaSeason.objects.get().harvested_kg == 900


def test_buying_in_from_registered_land_counts_against_its_cap() -> None:
    buyer, area, crop = an_organisation(), a_growing_area(), a_crop()
    with allowing_bounds(yield_cap_kg_per_ha=100):
        lot = services.buy_in(
            organisation_code=buyer.code, product_code=crop.code, kg=Decimal(600), season=2026,
            purchase=services.Purchase(area_code=area.code, price=Decimal("4.2"), currency="CNY"),
            **at_noon(),
        )  # fmt: skip
    assert lot.organisation_id == buyer.pk
    assert lot.origin_complete is True
    assert AreaSeason.objects.get().harvested_kg == 600
    body = body_of_last()
    assert body["om:price"] == 4.2
    assert body["sourceList"][0]["source"].endswith(area.organisation.code)


def test_buying_in_from_outside_leaves_the_origin_unknown() -> None:
    lot = services.buy_in(
        organisation_code=an_organisation().code, product_code=a_crop().code, kg=Decimal(600),
        season=2026, purchase=services.Purchase(supplier="Market of Taiyuan"), **at_noon(),
    )  # fmt: skip
    assert lot.origin_complete is False
    assert lot.records.get().note == "Market of Taiyuan"
    assert AreaInput.objects.exists() is False


def test_buying_in_needs_to_say_from_whom() -> None:
    with pytest.raises(record_refusals.NothingToWork):
        services.buy_in(
            organisation_code=an_organisation().code, product_code=a_crop().code, kg=Decimal(600),
            season=2026, purchase=services.Purchase(), **at_noon(),
        )  # fmt: skip


def test_drying_balances_the_dry_matter() -> None:
    lot = a_harvested_lot(1000)
    moistures = services.Moistures(Decimal(18), Decimal(13))
    with pytest.raises(refusals.DryMatterExceeded):
        services.dry(lot_code=lot.code, out_kg=Decimal(943), moistures=moistures, **at_noon())
    dried = services.dry(lot_code=lot.code, out_kg=Decimal(942), moistures=moistures, **at_noon())
    assert dried.received_kg == 942
    lot.refresh_from_db()
    assert (lot.released_kg, lot.status) == (1000, "closed")
    assert body_of_last()["om:moistureOutPercent"] == 13.0


def test_milling_gives_a_main_product_and_by_products() -> None:
    lot, bran = a_harvested_lot(1000), a_material()
    millet = services.mill(
        lot_code=lot.code, kg=Decimal(600), product_code=a_material().code, out_kg=Decimal(450),
        by_products=[services.Product(bran.code, Decimal(100))], **at_noon(),
    )  # fmt: skip
    lot.refresh_from_db()
    assert lot.released_kg == 600
    assert [each.kg for each in LotOutput.objects.order_by("pk")] == [1000, 450, 100]
    assert millet.season == 2026
    assert Event.objects.count() == 2


def test_milling_beyond_the_rulebook_is_refused_and_less_is_noted() -> None:
    lot = a_harvested_lot(1000)
    with allowing_bounds(ratios={"milling": ("0.70", "0.80")}):
        with pytest.raises(refusals.OutputExceedsBound):
            a_milled_lot("800.001", source=lot)
        assert Event.objects.count() == 1
        made = a_milled_lot(600, source=lot)
    assert made.records.get().note.startswith("less than the rulebook")


def test_without_a_rulebook_no_more_comes_out_than_went_in() -> None:
    with pytest.raises(refusals.OutputExceedsInput):
        a_milled_lot("1000.001")


def test_blending_unites_origins_and_is_complete_only_if_all_are() -> None:
    coop, millet = an_organisation(), a_crop()
    with allowing_bounds():
        first = a_harvested_lot(100, organisation=coop, product=millet)
    second = a_harvested_lot(50, organisation=coop, product=millet)
    parts = [services.Part(first.code), services.Part(second.code, Decimal(20))]
    blended = services.blend(parts=parts, product_code=millet.code, **at_noon())
    assert (blended.received_kg, blended.origin_complete) == (120, False)
    assert len(selectors.source_areas(blended.code)) == 2


def test_blending_lots_of_two_holders_is_refused() -> None:
    parts = [services.Part(a_harvested_lot().code), services.Part(a_harvested_lot().code)]
    with pytest.raises(record_refusals.MixedHolders):
        services.blend(parts=parts, product_code=a_crop().code, **at_noon())


def test_blending_a_lot_with_itself_is_refused() -> None:
    part = services.Part(a_harvested_lot().code, Decimal(10))
    with pytest.raises(record_refusals.RepeatedLot):
        services.blend(parts=[part, part], product_code=a_crop().code, **at_noon())


def test_splitting_keeps_the_rest_under_the_old_code() -> None:
    lot = a_harvested_lot(100)
    first, second = services.split(
        lot_code=lot.code, parts_kg=[Decimal(30), Decimal(20)], **at_noon()
    )
    assert (first.received_kg, second.received_kg) == (30, 20)
    assert selectors.lot(lot.code).remaining_kg == 50
    assert first.code != second.code


def test_packing_takes_the_content_and_the_giveaway() -> None:
    source = a_milled_lot(700)
    item = a_trade_item(net_content_g=500)
    lot = services.pack(
        lot_code=source.code, product_code=item.code, count=1000, giveaway_kg=Decimal("2.5"),
        **at_noon(),
    )  # fmt: skip
    assert (lot.pack_count, lot.received_kg) == (1000, 500)
    assert lot.epc == f"https://id.gs1.org/01/{item.gtin}/10/{lot.code}"
    assert selectors.lot(source.code).remaining_kg == Decimal("197.5")
    body = body_of_last()
    assert body["outputQuantityList"] == [{"epcClass": lot.epc, "quantity": 1000}]
    assert (body["bizStep"], body["om:giveawayKg"]) == ("packing", 2.5)


def test_a_pack_beyond_the_lot_says_how_many_can_be_filled() -> None:
    source = a_milled_lot(700)
    with pytest.raises(refusals.PackExceedsLot) as refused:
        a_packed_lot(1401, source=source)
    assert refused.value.most_packs == 1400
    assert selectors.lot(source.code).remaining_kg == 700


def test_packs_of_a_product_without_net_content_are_refused() -> None:
    source, bulk = a_milled_lot(), a_material()
    with pytest.raises(refusals.NoNetContent):
        services.pack(lot_code=source.code, product_code=bulk.code, count=1, **at_noon())


def test_a_packed_lot_moves_by_whole_packs() -> None:
    lot = a_packed_lot(10)
    with pytest.raises(refusals.NotWholePacks):
        services.dispose(lot_code=lot.code, kg=Decimal("0.7"), reason="torn", **at_noon())
    services.dispose(lot_code=lot.code, kg=Decimal("1.5"), reason="torn", **at_noon())
    assert selectors.lot(lot.code).remaining_packs == 7


def test_storing_puts_a_lot_into_a_facility() -> None:
    lot, store = a_harvested_lot(), a_facility()
    services.store(lot_code=lot.code, facility_code=store.code, **at_noon())
    assert selectors.lot(lot.code).facility_name == store.name
    assert body_of_last()["bizStep"] == "storing"


def test_a_shipment_travels_and_arrives_with_a_loss() -> None:
    lot, buyer = a_harvested_lot(100), an_organisation()
    mill = a_facility(organisation=buyer)
    services.ship(
        lot_code=lot.code, to_organisation_code=buyer.code, to_facility_code=mill.code, **at_noon()
    )
    shipped = selectors.lot(lot.code)
    assert (shipped.status, shipped.in_transit_to_id) == ("in_transit", buyer.pk)
    services.receive(lot_code=lot.code, kg=Decimal("98.5"), **at_noon(by=an_actor(buyer)))
    arrived = selectors.lot(lot.code)
    assert (arrived.status, arrived.organisation_id) == ("active", buyer.pk)
    assert (arrived.remaining_kg, arrived.facility_name) == (Decimal("98.5"), mill.name)
    assert LotInput.objects.get(lot_id=lot.pk).kg == Decimal("1.5")


def test_more_than_was_sent_cannot_arrive() -> None:
    lot, buyer = a_harvested_lot(100), an_organisation()
    services.ship(lot_code=lot.code, to_organisation_code=buyer.code, **at_noon())
    with pytest.raises(refusals.ReceivedTooMuch):
        services.receive(lot_code=lot.code, kg=Decimal(101), **at_noon())
    services.receive(lot_code=lot.code, kg=Decimal("100.4"), **at_noon())
    assert selectors.lot(lot.code).remaining_kg == 100


def test_a_part_cannot_ship_before_it_is_split_off() -> None:
    lot, buyer = a_harvested_lot(100), an_organisation()
    with pytest.raises(record_refusals.PartShipment):
        services.ship(
            lot_code=lot.code, to_organisation_code=buyer.code, kg=Decimal(40), **at_noon()
        )
    with pytest.raises(refusals.MassBalanceExceeded):
        services.ship(
            lot_code=lot.code, to_organisation_code=buyer.code, kg=Decimal(140), **at_noon()
        )


def test_a_lot_on_its_way_cannot_be_worked_and_a_lot_in_stock_cannot_arrive() -> None:
    lot, buyer = a_harvested_lot(100), an_organisation()
    with pytest.raises(record_refusals.LotNotInTransit):
        services.receive(lot_code=lot.code, **at_noon())
    services.ship(lot_code=lot.code, to_organisation_code=buyer.code, **at_noon())
    with pytest.raises(record_refusals.LotNotActive):
        a_milled_lot(50, source=lot)


def test_disposal_needs_a_reason_and_empties_the_lot() -> None:
    lot = a_harvested_lot(100)
    with pytest.raises(record_refusals.NothingToWork):
        services.dispose(lot_code=lot.code, reason=" ", **at_noon())
    services.dispose(lot_code=lot.code, reason="mould", **at_noon())
    emptied = selectors.lot(lot.code)
    assert (emptied.remaining_kg, emptied.status) == (0, "closed")
    assert body_of_last()["action"] == "DELETE"


@pytest.mark.parametrize("kg", ["0", "-5", "NaN", "1e12"])
def test_absurd_masses_are_refused(kg: str) -> None:
    area, crop = a_growing_area(), a_crop()
    with pytest.raises(refusals.NotAMass):
        a_harvested_lot(kg, area=area, product=crop)
    assert Event.objects.exists() is False


def test_what_has_not_happened_yet_is_refused() -> None:
    area, crop = a_growing_area(), a_crop()
    with pytest.raises(record_refusals.HappensInFuture):
        a_harvested_lot(area=area, product=crop, happened_at=NOON + timedelta(hours=1))
    assert Event.objects.exists() is False


def test_nothing_happens_to_a_lot_before_it_is_there() -> None:
    lot = a_harvested_lot()
    with pytest.raises(record_refusals.HappensTooEarly):
        a_milled_lot(source=lot, happened_at=NOON - timedelta(days=1))


def test_two_lots_under_one_code_are_refused() -> None:
    first = a_harvested_lot(lot_code="YQ-1")
    with pytest.raises(record_refusals.LotCodeTaken):
        a_harvested_lot(lot_code=first.code)
    assert Lot.objects.count() == Event.objects.count() == 1


def test_unknown_things_are_named() -> None:
    lot = a_harvested_lot()
    for call in (
        lambda: services.store(lot_code=lot.code, facility_code="nowhere", **at_noon()),
        lambda: services.store(lot_code="no-lot", facility_code="nowhere", **at_noon()),
        lambda: services.ship(lot_code=lot.code, to_organisation_code="nobody", **at_noon()),
        lambda: a_harvested_lot(area=a_growing_area(), season=3026),
    ):
        with pytest.raises(RuleViolation):
            call()
    assert Event.objects.count() == 1


def test_a_suspended_area_gives_no_harvest() -> None:
    area = a_growing_area()
    area.status = "suspended"
    area.save()
    with pytest.raises(record_refusals.AreaNotActive):
        a_harvested_lot(area=area)
