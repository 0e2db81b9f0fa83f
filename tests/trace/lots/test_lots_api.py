"""The JSON API of lots: typed, idempotent, refusals as problem documents."""

from typing import Any

import pytest
from builders.lots import a_harvested_lot, a_milled_lot, an_event_id
from builders.parties import a_client_for, a_member, an_organisation
from builders.places import a_facility, a_growing_area
from builders.products import a_crop, a_material, a_trade_item
from django.test import Client

from originmark.origin.parties.models import Organisation
from originmark.trace.lots.models import AreaSeason, Lot

pytestmark = pytest.mark.django_db


@pytest.fixture
def coop() -> Organisation:
    return an_organisation()


@pytest.fixture
def client(coop: Organisation) -> Client:
    return a_client_for(a_member(coop).person)


def post(client: Client, verb: str, **body: Any) -> Any:
    sent = {"event_id": an_event_id(), "happened_at": "2026-10-15T12:00:00Z", **body}
    return client.post(f"/api/lots/{verb}", sent, content_type="application/json")


def test_every_verb_for_programs(client: Client, coop: Organisation) -> None:
    crop, millet, bran = a_crop(), a_material(), a_material()
    item, store = a_trade_item(organisation=coop), a_facility(organisation=coop)
    area, buyer = a_growing_area(organisation=coop), an_organisation()
    harvest = {"product": crop.code, "kg": "1000", "season": 2026}
    lot = post(client, "harvest", area=area.code, **harvest).json()["code"]
    other = post(client, "buy-in", organisation=coop.code, supplier="M", **harvest).json()["code"]
    dried = post(
        client, "dry", lot=lot, out_kg="940", moisture_in_percent="18", moisture_out_percent="13"
    ).json()
    milled = post(
        client, "mill", lot=dried["code"], product=millet.code, out_kg="700",
        by_products=[{"product": bran.code, "kg": "100"}],
    ).json()  # fmt: skip
    parts = post(client, "split", lot=milled["code"], parts_kg=["100", "50"]).json()
    blend = post(
        client, "blend", parts=[{"lot": parts[0]["code"]}, {"lot": other, "kg": "20"}],
        product=millet.code,
    ).json()  # fmt: skip
    assert (blend["received_kg"], blend["origin_complete"]) == ("120.000", False)
    packs = post(
        client, "pack", lot=milled["code"], product=item.code, count=100, best_before="2027-10-01"
    ).json()
    assert (packs["remaining_packs"], packs["best_before"]) == (100, "2027-10-01")
    stored = post(client, "store", lot=packs["code"], facility=store.code).json()
    assert stored["facility"] == store.code
    post(client, "dispose", lot=packs["code"], kg="1", reason="sample")
    shipped = post(client, "ship", lot=packs["code"], organisation=buyer.code).json()
    assert shipped["in_transit_to"] == buyer.code
    receiver = a_client_for(a_member(buyer).person)
    answer = post(receiver, "receive", lot=packs["code"])
    assert (answer.status_code, answer.json()["remaining_packs"]) == (200, 98)

    url = f"/api/lots/lot/{packs['code']}"
    assert receiver.get(url).json()["organisation"] == buyer.code
    steps = [each["step"] for each in receiver.get(f"{url}/timeline").json()]
    assert steps[:2] == ["harvest", "drying"]
    back = receiver.get(f"{url}/back").json()
    assert lot in {node["code"] for node in back["nodes"]}
    forward = client.get(f"/api/lots/area/{area.code}/forward").json()
    assert packs["code"] in {node["code"] for node in forward["nodes"]}
    assert client.get("/api/lots/?status=active").json()["count"] > 3


def test_sending_twice_answers_the_same_lot(client: Client, coop: Organisation) -> None:
    area, crop, twice = a_growing_area(organisation=coop), a_crop(), an_event_id()
    body = {"area": area.code, "product": crop.code, "kg": "10", "season": 2026}
    first, again = (post(client, "harvest", event_id=twice, **body) for _ in range(2))
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json() == again.json()
    assert AreaSeason.objects.get().harvested_kg == 10


def test_a_refusal_is_a_problem_document(client: Client, coop: Organisation) -> None:
    lot = a_harvested_lot(10, organisation=coop)
    answer = post(client, "dispose", lot=lot.code, kg="10.001", reason="spilt")
    assert answer.status_code == 422
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["type"] == "urn:originmark:refusal:mass-balance-exceeded"


@pytest.mark.parametrize("kg", ["0", "-1", "NaN", "1e15", "ten"])
def test_absurd_masses_do_not_come_in(client: Client, coop: Organisation, kg: str) -> None:
    lot = a_harvested_lot(10, organisation=coop)
    assert post(client, "dispose", lot=lot.code, kg=kg, reason="x").status_code == 422


def test_withdrawing_for_programs(client: Client, coop: Organisation) -> None:
    source = a_harvested_lot(100, organisation=coop)
    made = a_milled_lot(70, source=source)
    event = made.records.get().event_uri
    answer = client.post("/api/lots/withdraw", {"event_id": event}, content_type="application/json")
    assert answer.status_code == 200
    assert {each["status"] for each in answer.json()} == {"active", "withdrawn"}


def test_strangers_and_nobody(coop: Organisation) -> None:
    lot = a_harvested_lot(10, organisation=coop)
    stranger = a_client_for(a_member(an_organisation()).person)
    assert stranger.get(f"/api/lots/lot/{lot.code}").status_code == 404
    assert post(stranger, "dispose", lot=lot.code, reason="x").status_code == 403
    assert Client().get("/api/lots/").status_code == 401
    assert Lot.objects.get().released_kg == 0
