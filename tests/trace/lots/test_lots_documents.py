"""A partner's EPCIS document takes the same road as our forms."""

from decimal import Decimal
from typing import Any

import orjson
import pytest
from builders.lots import NOON, a_harvested_lot, allowing_bounds
from builders.parties import an_actor, an_organisation
from builders.places import a_facility, a_growing_area
from builders.products import a_crop, a_material, a_trade_item

from originmark.frame.web.identifiers import own_identifier
from originmark.origin.parties.access import SYSTEM, NotAllowed
from originmark.origin.places import selectors as places
from originmark.trace.ledger import services as ledger
from originmark.trace.ledger.models import Event
from originmark.trace.lots import record_refusals, refusals, selectors
from originmark.trace.lots.models import Lot, LotRecord

pytestmark = pytest.mark.django_db


def a_document(*events: dict[str, Any], prefix: str = "om") -> bytes:
    return orjson.dumps(
        {
            "@context": [
                "https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld",
                {prefix: "urn:originmark:voc:"},
            ],
            "type": "EPCISDocument",
            "schemaVersion": "2.0",
            "creationDate": "2026-10-15T12:00:00Z",
            "epcisBody": {"eventList": list(events)},
        }
    )


def an_event(**fields: Any) -> dict[str, Any]:
    return {"eventTime": "2026-10-15T20:00:00+08:00", "eventTimeZoneOffset": "+08:00", **fields}


def a_milling(lot: Lot, out: str, product: str, kg: float, **more: Any) -> dict[str, Any]:
    return an_event(
        type="TransformationEvent",
        bizStep="commissioning",
        inputQuantityList=[{"epcClass": lot.epc, "quantity": 100, "uom": "KGM"}],
        outputQuantityList=[{"epcClass": out, "quantity": kg, "uom": "KGM"}],
        ilmd={"om:product": product},
        **more,
    )


def send(*events: dict[str, Any], by: Any = SYSTEM, prefix: str = "om") -> None:
    ledger.capture(a_document(*events, prefix=prefix), by=by, now=NOON)


def test_a_partners_transformation_moves_the_balances_and_makes_the_lot() -> None:
    lot, millet = a_harvested_lot(1000), a_material()
    out = own_identifier("lot", "MILL-7")
    send(a_milling(lot, out, millet.uri, 75, **{"om:process": "milling"}))

    assert selectors.lot(lot.code).remaining_kg == 900
    made = selectors.lot("MILL-7")
    assert (made.received_kg, made.product_code) == (75, millet.code)
    assert selectors.source_areas("MILL-7") == selectors.source_areas(lot.code)


def test_another_prefix_for_the_same_namespace_is_understood() -> None:
    lot, millet = a_harvested_lot(1000), a_material()
    event = a_milling(lot, own_identifier("lot", "MILL-8"), millet.uri, 75)
    event["ilmd"] = {"zz:product": millet.uri}
    event["zz:process"] = "milling"
    send(event, prefix="zz")
    assert LotRecord.objects.filter(step="milling").count() == 2


def test_the_rulebook_binds_partners_too() -> None:
    lot, millet = a_harvested_lot(1000), a_material()
    event = a_milling(lot, own_identifier("lot", "M9"), millet.uri, 81, **{"om:process": "milling"})
    with (
        allowing_bounds(ratios={"milling": ("0.7", "0.8")}),
        pytest.raises(refusals.OutputExceedsBound),
    ):
        send(event)
    assert Event.objects.count() == 1
    assert selectors.lot(lot.code).remaining_kg == 1000


def test_one_refused_event_keeps_the_whole_document_out() -> None:
    lot, millet = a_harvested_lot(150), a_material()
    first = a_milling(lot, own_identifier("lot", "M1"), millet.uri, 70)
    second = a_milling(lot, own_identifier("lot", "M2"), millet.uri, 70)
    with pytest.raises(refusals.MassBalanceExceeded):
        send(first, second)
    assert Event.objects.count() == Lot.objects.count() == 1
    assert selectors.lot(lot.code).remaining_kg == 150


def test_a_partner_ships_and_the_receiver_weighs() -> None:
    coop, buyer = an_organisation(), an_organisation()
    lot, store = a_harvested_lot(100, organisation=coop), a_facility(organisation=buyer)
    place = {"id": places.facility(store.code).uri}
    send(
        an_event(
            type="ObjectEvent", action="OBSERVE", bizStep="shipping", disposition="in_transit",
            epcList=[lot.epc],
            destinationList=[{"type": "owning_party", "destination": buyer.party_uri}],
        ),
        by=an_actor(coop),
    )  # fmt: skip
    assert selectors.lot(lot.code).in_transit_to_id == buyer.pk
    send(
        an_event(
            type="ObjectEvent", action="OBSERVE", bizStep="receiving", readPoint=place,
            bizLocation=place, quantityList=[{"epcClass": lot.epc, "quantity": 99, "uom": "KGM"}],
        ),
        by=an_actor(buyer),
    )  # fmt: skip
    arrived = selectors.lot(lot.code)
    assert (arrived.organisation_id, arrived.remaining_kg) == (buyer.pk, 99)


def test_a_lot_named_by_an_older_urn_is_the_same_lot() -> None:
    item = a_trade_item(gtin="06901234567892", net_content_g=500)
    epc = "https://id.gs1.org/01/06901234567892/10/P1"
    holder = {"om:holder": item.organisation.party_uri}
    born = an_event(
        type="ObjectEvent", action="ADD", bizStep="commissioning",
        quantityList=[{"epcClass": epc, "quantity": 10}], **holder,
    )  # fmt: skip
    send(born)
    send(
        an_event(
            type="ObjectEvent", action="DELETE", bizStep="destroying",
            quantityList=[
                {"epcClass": "urn:epc:class:lgtin:6901234.056789.P1", "quantity": 4}
            ],
        )
    )  # fmt: skip
    assert selectors.lot("P1").remaining_packs == 6


def test_a_commissioning_of_our_product_counts_against_the_land() -> None:
    area, crop = a_growing_area(), a_crop()
    event = an_event(
        type="ObjectEvent", action="ADD", bizStep="commissioning",
        quantityList=[
            {"epcClass": own_identifier("lot", "H1"), "quantity": 2, "uom": "TNE"}
        ],
        readPoint={"id": places.growing_area(area.code).uri},
        ilmd={"om:product": crop.uri, "om:season": 2026},
    )  # fmt: skip
    with allowing_bounds(yield_cap_kg_per_ha=150):
        with pytest.raises(refusals.HarvestBeyondCap):
            send(event)
        event["quantityList"][0]["quantity"] = 1.5
        send(event)
    made = selectors.lot("H1")
    assert (made.received_kg, made.origin_complete) == (1500, True)


def test_events_about_strangers_are_kept_without_effect() -> None:
    stranger = {"epcClass": "https://id.gs1.org/01/09521987654321/10/X", "quantity": 5}
    send(
        an_event(
            type="ObjectEvent", action="ADD", bizStep="commissioning", quantityList=[stranger]
        ),
        an_event(type="ObjectEvent", action="OBSERVE", bizStep="shipping", quantityList=[stranger]),
        an_event(type="ObjectEvent", action="DELETE", bizStep="destroying", epcList=["urn:x:1"]),
        an_event(type="AggregationEvent", action="ADD", parentID="urn:x:2", childEPCs=["urn:x:1"]),
    )
    assert Event.objects.count() == 4
    assert Lot.objects.exists() is LotRecord.objects.exists() is False


def test_a_strangers_lot_that_goes_in_breaks_the_origin() -> None:
    with allowing_bounds():
        lot = a_harvested_lot(1000)
    millet = a_material()
    event = a_milling(lot, own_identifier("lot", "MIX"), millet.uri, 150)
    event["inputQuantityList"].append({"epcClass": "urn:x:lot:9", "quantity": 60, "uom": "KGM"})
    send(event)
    assert selectors.lot("MIX").origin_complete is False
    event = a_milling(lot, own_identifier("lot", "PURE"), millet.uri, 60)
    send(event)
    assert selectors.lot("PURE").origin_complete is True


def test_a_quantity_without_a_unit_of_mass_is_refused() -> None:
    lot, millet = a_harvested_lot(1000), a_material()
    event = a_milling(lot, own_identifier("lot", "M1"), millet.uri, 70)
    event["outputQuantityList"][0]["uom"] = "MTR"
    with pytest.raises(record_refusals.UnreadableQuantity):
        send(event)


def test_nobody_moves_the_lots_of_others() -> None:
    lot, millet = a_harvested_lot(1000), a_material()
    event = a_milling(lot, own_identifier("lot", "M1"), millet.uri, 70)
    with pytest.raises(NotAllowed):
        send(event, by=an_actor(an_organisation()))
    assert selectors.lot(lot.code).remaining_kg == Decimal(1000)
