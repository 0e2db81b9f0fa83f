"""The pages of the field book and the shop floor, as a person with a phone uses them."""

from decimal import Decimal
from typing import Any

import pytest
from builders.lots import a_harvested_lot, a_milled_lot, a_packed_lot, allowing_bounds, an_event_id
from builders.parties import a_client_for, a_member, an_organisation
from builders.places import a_facility, a_growing_area
from builders.products import a_crop, a_material, a_trade_item
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from originmark.origin.parties.models import Organisation
from originmark.trace.ledger.models import Event
from originmark.trace.lots import selectors
from originmark.trace.lots.models import AreaSeason, Lot
from originmark.trace.lots.verbs import VERBS

pytestmark = pytest.mark.django_db
TODAY = "2026-01-15"


@pytest.fixture
def coop() -> Organisation:
    return an_organisation("coop", name="Cooperative of Yangqu")


@pytest.fixture
def client(coop: Organisation) -> Client:
    return a_client_for(a_member(coop).person)


def typed(**fields: Any) -> dict[str, Any]:
    """What a form sends; a mass is typed as its number, in kilograms."""
    sent: dict[str, Any] = {"event_id": an_event_id(), "happened_on": TODAY, "season": 2026}
    for name, value in fields.items():
        if name.endswith("kg"):
            sent[f"{name}_0"], sent[f"{name}_1"] = value, "kg"
        else:
            sent[name] = value
    return sent


def post(client: Client, verb: str, **fields: Any) -> Any:
    return client.post(reverse("lots:record", args=[verb]), typed(**fields))


def newest() -> Lot:
    found = Lot.objects.order_by("-pk").first()
    assert found is not None
    return found


def test_from_field_to_shipment_on_a_phone(client: Client, coop: Organisation) -> None:
    area, crop = a_growing_area(organisation=coop), a_crop()
    millet, item = a_material(), a_trade_item(organisation=coop)
    store, buyer = a_facility(organisation=coop), an_organisation()
    post(client, "harvest", area=area.code, product=crop.code, kg="1000")
    grain = newest()
    post(client, "dry", lot=grain.code, out_kg="950")
    dried = newest()
    answer = post(client, "mill", lot=dried.code, product=millet.code, out_kg="700")
    milled = newest()
    assert answer.headers["Location"] == reverse("lots:lot", args=[milled.code])
    post(client, "split", lot=milled.code, kg="100")
    post(client, "blend", lots=[milled.code, newest().code], product=millet.code)
    blend = newest()
    post(client, "pack", lot=blend.code, product=item.code, count="1400")
    packed = newest()
    assert (packed.pack_count, packed.received_kg) == (1400, 700)
    post(client, "store", lot=packed.code, facility=store.code)
    post(client, "ship", lot=packed.code, organisation=buyer.code)
    packed.refresh_from_db()
    assert packed.status == "in_transit"
    receiver = a_client_for(a_member(buyer).person)
    post(receiver, "receive", lot=packed.code)
    post(receiver, "dispose", lot=packed.code, kg="0.5", reason="Sample")
    assert selectors.lot(packed.code).remaining_packs == 1399
    assert Event.objects.count() == 10


def test_buying_in_on_a_phone(client: Client, coop: Organisation) -> None:
    post(client, "buy-in", organisation=coop.code, supplier="Market", product=a_crop().code,
         kg="20", price="3.5", currency="CNY")  # fmt: skip
    assert newest().received_kg == 20


@pytest.mark.parametrize("verb", list(VERBS))
def test_every_form_opens(client: Client, verb: str) -> None:
    answer = client.get(reverse("lots:record", args=[verb]))
    assert answer.status_code == 200
    assert b'name="event_id"' in answer.content


def test_jin_are_half_kilograms(client: Client, coop: Organisation) -> None:
    area, crop = a_growing_area(organisation=coop), a_crop()
    sent = typed(area=area.code, product=crop.code, kg="500") | {"kg_1": "jin"}
    client.post(reverse("lots:record", args=["harvest"]), sent)
    assert newest().received_kg == 250


def test_a_double_tap_on_the_button_stores_one(client: Client, coop: Organisation) -> None:
    area, crop = a_growing_area(organisation=coop), a_crop()
    sent = typed(area=area.code, product=crop.code, kg="500")
    for _ in range(2):
        answer = client.post(reverse("lots:record", args=["harvest"]), sent)
        assert answer.status_code == 302
    assert AreaSeason.objects.get().harvested_kg == 500


def test_a_refusal_stands_at_its_field_and_nothing_is_written(
    client: Client, coop: Organisation
) -> None:
    area, crop = a_growing_area(organisation=coop), a_crop()
    with allowing_bounds(yield_cap_kg_per_ha=10):
        answer = post(client, "harvest", area=area.code, product=crop.code, kg="100.5")
    assert answer.status_code == 422
    assert "100.5 kg are too much" in answer.content.decode()
    assert Event.objects.exists() is Lot.objects.exists() is AreaSeason.objects.exists() is False


def test_lots_and_areas_of_others_are_not_offered(client: Client, coop: Organisation) -> None:
    foreign = a_harvested_lot()
    answer = post(client, "mill", lot=foreign.code, product=a_material().code, out_kg="1")
    assert answer.status_code == 422
    assert "another organisation" in answer.content.decode()
    answer = post(client, "harvest", area=a_growing_area().code, product=a_crop().code, kg="1")
    assert answer.status_code == 422


def test_the_line_below_the_form_says_what_is_left(client: Client, coop: Organisation) -> None:
    lot = a_harvested_lot(100, organisation=coop)
    url = reverse("lots:left", args=["dispose"])
    text = client.get(url, {"lot": lot.code, "kg_0": "40", "kg_1": "kg"}).content.decode()
    assert "leaves 60" in text
    text = client.get(url, {"lot": lot.code, "kg_0": "400", "kg_1": "kg"}).content.decode()
    assert "too much" in text
    item = a_trade_item(organisation=coop)
    url = reverse("lots:left", args=["pack"])
    text = client.get(url, {"lot": lot.code, "product": item.code, "count": "20"}).content.decode()
    assert "leaves 90" in text


def test_the_line_below_a_harvest_says_what_the_land_may_give(
    client: Client, coop: Organisation
) -> None:
    area, crop = a_growing_area(organisation=coop), a_crop()
    with allowing_bounds(yield_cap_kg_per_ha=100):
        a_harvested_lot(400, area=area, product=crop)
    asked = {"area": area.code, "product": crop.code, "kg_0": "100", "kg_1": "kg", "season": 2026}
    text = client.get(reverse("lots:left", args=["harvest"]), asked).content.decode()
    assert "500" in text


def test_a_lot_page_shows_the_whole_of_it(client: Client, coop: Organisation) -> None:
    source = a_harvested_lot(1000, organisation=coop)
    milled = a_milled_lot(700, source=source)
    packed = a_packed_lot(100, source=milled)
    text = client.get(reverse("lots:lot", args=[milled.code])).content.decode()
    for code in (source.code, packed.code):
        assert reverse("lots:lot", args=[code]) in text
    assert text.count('<svg class="graph') == 2
    assert "650" in text
    assert client.get(reverse("lots:trace", args=[milled.code])).status_code == 200
    assert client.get(reverse("lots:card", args=[milled.code])).status_code == 200
    area = source.records.get(step="harvest").area
    assert area is not None
    answer = client.get(reverse("lots:area", args=[area.code]))
    assert packed.code in answer.content.decode()
    season = AreaSeason.objects.get()
    answer = client.get(reverse("lots:season", args=[season.pk]))
    assert source.code in answer.content.decode()


def test_only_possible_verbs_are_offered(client: Client, coop: Organisation) -> None:
    lot = a_harvested_lot(100, organisation=coop)
    text = client.get(reverse("lots:lot", args=[lot.code])).content.decode()
    assert reverse("lots:record", args=["mill"]) in text
    assert reverse("lots:record", args=["receive"]) not in text
    a_milled_lot(70, source=lot)
    text = client.get(reverse("lots:lot", args=[lot.code])).content.decode()
    assert reverse("lots:record", args=["mill"]) not in text


def test_undo_asks_once_and_takes_back(client: Client, coop: Organisation) -> None:
    source = a_harvested_lot(100, organisation=coop)
    milled = a_milled_lot(70, source=source)
    url = reverse("lots:withdraw", args=[milled.records.get().event_uri])
    assert client.get(reverse("lots:floor")).content.decode().count(url) == 1
    assert client.get(url).status_code == 200
    assert client.post(url).status_code == 302
    assert selectors.lot(source.code).remaining_kg == 100
    assert client.get(url).status_code == 404


def test_lists_filter_and_export(client: Client, coop: Organisation) -> None:
    lot = a_harvested_lot(100, organisation=coop)
    a_milled_lot(70, source=lot, kg=Decimal(100))
    answer = client.get(reverse("lots:lots"), {"status": "closed"})
    assert lot.code in answer.content.decode()
    csv = client.get(reverse("lots:lots"), {"format": "csv", "q": lot.code})
    assert lot.code in csv.getvalue().decode()
    for name in ("records", "seasons"):
        assert client.get(reverse(f"lots:{name}")).status_code == 200


def test_the_list_costs_the_same_for_many_lots(
    client: Client, coop: Organisation, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(6):
        a_harvested_lot(100, organisation=coop)
    with django_assert_max_num_queries(14):
        client.get(reverse("lots:lots"))


def test_strangers_see_nothing(coop: Organisation) -> None:
    lot = a_harvested_lot(100, organisation=coop)
    stranger = a_client_for(a_member(an_organisation()).person)
    for name in ("lot", "trace", "card"):
        assert stranger.get(reverse(f"lots:{name}", args=[lot.code])).status_code == 404
    event = lot.records.get().event_uri
    assert stranger.post(reverse("lots:withdraw", args=[event])).status_code == 404
    assert lot.code not in stranger.get(reverse("lots:lots")).content.decode()
    assert Client().get(reverse("lots:lots")).status_code == 302


def test_a_viewer_reads_and_records_nothing(coop: Organisation) -> None:
    lot = a_harvested_lot(100, organisation=coop)
    viewer = a_client_for(a_member(coop, "viewer").person)
    text = viewer.get(reverse("lots:lot", args=[lot.code])).content.decode()
    assert reverse("lots:record", args=["mill"]) not in text
    answer = post(viewer, "dispose", lot=lot.code, reason="Spilt")
    assert answer.status_code == 403
