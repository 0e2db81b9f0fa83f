"""Brands and rights for programs."""

import pytest
from builders.schemes import a_brand, a_right, a_rulebook
from django.test import Client

pytestmark = pytest.mark.django_db


def test_a_brand_is_told_with_rights_and_caps(client: Client) -> None:
    brand = a_brand("yangqu")
    a_right(brand, number="AGI-1")
    a_rulebook(brand)

    told = client.get("/api/schemes/brands/yangqu").json()

    assert told["products"] == ["millet"]
    assert told["rights_in_force"] == ["AGI-1"]
    assert told["yield_caps"][0]["rulebook"] == "yangqu v1"
    assert float(told["yield_caps"][0]["cap_kg_per_ha"]) == 4500
    assert told["conversions"][0]["process"] == "milling"
    assert [each["code"] for each in client.get("/api/schemes/brands").json()] == ["yangqu"]


def test_rights_are_found_without_their_accents(client: Client) -> None:
    right = a_right(name="Crème de Cassis", country="FR", number="1")
    a_right(name="Jenever", country="BE NL", number="2")

    found = client.get("/api/schemes/rights?q=CREME").json()

    assert [each["number"] for each in found] == ["1"]
    assert [each["number"] for each in client.get("/api/schemes/rights?country=nl").json()] == ["2"]
    assert client.get("/api/schemes/rights?status=applied").json() == []
    assert client.get(f"/api/schemes/rights/{right.pk}").json()["countries"] == ["FR"]


def test_what_is_not_there_is_a_problem_document(client: Client) -> None:
    for address in ("brands/nobody", "rights/999999"):
        answer = client.get(f"/api/schemes/{address}")
        assert answer.status_code == 404
        assert answer["Content-Type"].startswith("application/problem+json")
