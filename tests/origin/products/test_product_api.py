import json

import pytest
from builders.parties import a_client_for, an_actor, an_officer, an_organisation
from builders.products import a_crop, a_trade_item
from django.test import Client

from originmark.origin.products.models import Product

pytestmark = pytest.mark.django_db


def send(client: Client, method: str, path: str, body: dict) -> tuple[int, dict]:
    answer = getattr(client, method)(path, json.dumps(body), content_type="application/json")
    return answer.status_code, answer.json()


def test_a_program_registers_reads_and_changes_a_product() -> None:
    mill = an_organisation("mill")
    client = a_client_for(an_actor(mill))
    body = {
        "code": "box",
        "kind": "trade_item",
        "name": "Box",
        "gtin": "6901234567892",
        "organisation": "mill",
        "net_content_g": 500,
        "specification": [{"characteristic": "moisture", "limit": "at most 13", "unit": "%"}],
    }
    status, made = send(client, "post", "/api/products/", body)
    assert status == 201
    assert made["uri"] == "https://id.gs1.org/01/06901234567892"
    assert made["specification"][0]["method"] == ""
    assert client.get("/api/products/box").json() == made
    del body["code"]
    status, changed = send(client, "put", "/api/products/box", {**body, "name": "Case"})
    assert (status, changed["name"], changed["code"]) == (200, "Case", "box")


def test_a_refusal_is_a_problem_document() -> None:
    an_organisation("mill")
    body = {"code": "x", "kind": "crop", "name": "X", "gtin": "6901234567893"}
    status, problem = send(a_client_for(an_officer()), "post", "/api/products/", body)
    assert status == 422
    assert problem["type"] == "urn:originmark:refusal:gtin-refused"
    assert problem["facts"]["gtin"] == "6901234567893"
    assert not Product.objects.exists()


def test_each_reads_what_is_the_own() -> None:
    mill = an_organisation()
    own, crop, foreign = a_trade_item(organisation=mill), a_crop(), a_trade_item()
    client = a_client_for(an_actor(mill, "viewer"))
    listed = client.get("/api/products/").json()
    assert {each["code"] for each in listed["items"]} == {own.code, crop.code}
    assert client.get("/api/products/", {"kind": "crop"}).json()["count"] == 1
    assert client.get("/api/products/", {"q": own.gtin[1:]}).json()["count"] == 1
    assert client.get(f"/api/products/{foreign.code}").status_code == 404
    body = {"code": "x", "kind": "crop", "name": "X"}
    assert send(client, "post", "/api/products/", body)[0] == 403
    assert Client().get("/api/products/").status_code == 401
