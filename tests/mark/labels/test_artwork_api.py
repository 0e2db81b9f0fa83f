"""Artwork, for programs."""

from typing import Any

import pytest
from builders.artwork import AT_NOON, a_content, a_draft, a_picture, seen
from builders.labels import NOON
from builders.parties import a_client_for, an_actor, an_inspector, an_officer, an_organisation
from builders.products import a_trade_item
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from originmark.frame.web import clock
from originmark.mark.labels.artwork import picture_rules, services
from originmark.mark.labels.artwork.models import Artwork
from originmark.origin.products.models import Product

pytestmark = pytest.mark.django_db
ARTWORKS = "/api/labels/artworks"


@pytest.fixture(autouse=True)
def at_noon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOON)


@pytest.fixture
def product() -> Product:
    return a_trade_item(organisation=an_organisation())


def body_of(product: Product, **more: Any) -> dict[str, Any]:
    content = a_content(gtin=product.gtin).as_json()
    return {"product": product.code, "market": "VN", "category": "food",
            "print_on": "2026-11-01", "content": content, **more}  # fmt: skip


def post(client: Client, path: str, body: Any = None) -> Any:
    return client.post(f"{ARTWORKS}{path}", body or {}, content_type="application/json")


def test_a_program_checks_what_a_label_says_and_records_nothing(product: Product) -> None:
    client = a_client_for(an_actor(product.organisation))
    bare = body_of(product, market="CN", print_on="2027-03-16", content={"name": "Millet"})
    told = post(client, "/check", bare).json()
    assert [each["code"] for each in told["rulesets"]] == ["cn-gb7718-2025"]
    missing = {each["field"]: each for each in told["findings"]}
    assert missing["allergens"]["severity"] == "must"
    assert missing["allergens"]["legal_basis"] == "GB 7718-2025"
    assert (told["is_printable"], told["fine"]) == (False, ["name"])
    good = post(client, "/check", body_of(product)).json()
    assert (good["is_printable"], good["findings"]) == (True, [])
    assert not Artwork.objects.exists()


def test_from_words_to_approval(product: Product) -> None:
    producer = a_client_for(an_actor(product.organisation))
    made = post(producer, "", body_of(product))
    number = made.json()["number"]
    assert (made.status_code, number) == (201, f"{product.code}-VN-1")
    assert made.json()["content"]["net_content"] == "500"
    code = a_picture(f"{settings.PUBLIC_URL}/01/{product.gtin}")
    sent = producer.post(f"{ARTWORKS}/{number}/picture", {"file": code, "width_mm": "31"})
    assert (sent.status_code, sent.json()["has_picture"]) == (200, True)
    assert [each["code"] for each in sent.json()["check"]["findings"]] == ["not-seen"]
    items = list(picture_rules.BY_EYE)
    ticked = post(a_client_for(an_inspector()), f"/{number}/seen", {"items": items}).json()
    assert (ticked["seen"], ticked["check"]["findings"]) == (sorted(items), [])
    officer = an_officer()
    approved = post(a_client_for(officer), f"/{number}/approve").json()
    assert (approved["state"], approved["approved_by"]) == ("approved", officer.name)
    listed = producer.get(ARTWORKS, {"state": "approved", "product": product.code}).json()
    assert [each["number"] for each in listed["items"]] == [number]
    assert producer.get(ARTWORKS, {"market": "CN"}).json()["items"] == []


def test_refusals_are_problem_documents(product: Product) -> None:
    officer = a_client_for(an_officer())
    number = services.record_artwork(a_draft(product), **AT_NOON).number
    for path, code, status in (
        (f"/{number}/approve", "artwork-picture-missing", 409),
        ("/nothing/approve", "unknown-artwork", 404),
    ):
        answer = post(officer, path)
        assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")
        assert answer.json()["type"] == f"urn:originmark:refusal:{code}"
    bad = {"file": SimpleUploadedFile("label.png", b"no picture"), "width_mm": "40"}
    assert officer.post(f"{ARTWORKS}/{number}/picture", bad).status_code == 422
    assert post(officer, "", body_of(product, market="XX")).status_code == 422
    assert Artwork.objects.count() == 1


def test_who_may_what(product: Product) -> None:
    row = seen(services.record_artwork(a_draft(product), **AT_NOON))
    roles = {
        "recorder": an_actor(product.organisation),
        "viewer": an_actor(product.organisation, "viewer"),
        "stranger": an_actor(an_organisation(), "manager"), "inspector": an_inspector(),
        "officer": an_officer(),
    }  # fmt: skip
    clients = {name: a_client_for(who) for name, who in roles.items()}
    asked: dict[str, Any] = {
        "read": lambda client: client.get(f"{ARTWORKS}/{row.number}"),
        "check": lambda client: post(client, "/check", body_of(product)),
        "record": lambda client: post(client, "", body_of(product)),
        "picture": lambda client: client.post(
            f"{ARTWORKS}/{row.number}/picture", {"file": a_picture("x"), "width_mm": "31"}
        ),
        "see": lambda client: post(client, f"/{row.number}/seen", {"items": ["words"]}),
        "approve": lambda client: post(client, f"/{row.number}/approve"),
    }
    got = {
        name: {who: act(client).status_code for who, client in clients.items()}
        for name, act in asked.items()
    }
    no = 403
    assert got == {
        "read": {"recorder": 200, "viewer": 200, "stranger": 404, "inspector": 200, "officer": 200},
        "check": {"recorder": 200, "viewer": no, "stranger": no, "inspector": no, "officer": 200},
        "record": {"recorder": 201, "viewer": no, "stranger": no, "inspector": no, "officer": 201},
        "picture": {
            "recorder": 200, "viewer": no, "stranger": 404, "inspector": no, "officer": 200,
        },
        "see": {"recorder": no, "viewer": no, "stranger": no, "inspector": 200, "officer": 200},
        "approve": {"recorder": no, "viewer": no, "stranger": no, "inspector": no, "officer": 409},
    }  # fmt: skip
    assert Client().get(ARTWORKS).status_code == 401
