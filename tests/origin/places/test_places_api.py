"""Places for programs: the same rules, answered as JSON and problem documents."""

import json

import pytest
from builders.parties import a_client_for, an_actor, an_organisation
from builders.places import a_boundary, a_growing_area, a_square, an_administrative_unit
from django.test import Client

from originmark.origin.parties.models import Organisation
from originmark.origin.places.models import AdministrativeUnit, Facility, GrowingArea

pytestmark = pytest.mark.django_db


@pytest.fixture
def organisation() -> Organisation:
    return an_organisation("huangzhai")


@pytest.fixture
def program(organisation: Organisation) -> Client:
    return a_client_for(an_actor(organisation))


def test_nobody_gets_nothing() -> None:
    for address in ("units?q=ab", "growing-areas", "facilities", "boundaries"):
        assert Client().get(f"/api/places/{address}").status_code == 401


def test_units_are_found_and_followed(program: Client) -> None:
    old = an_administrative_unit("vn-1", scheme="VN", name="Huyện Ba Chẽ", valid_until="2025-06-30")
    new = an_administrative_unit("vn-2", scheme="VN", name="Xã Ba Chẽ", valid_from="2025-07-01")
    old.became.create(new=new)

    found = program.get("/api/places/units?q=ba+che&country=VN").json()
    assert [unit["key"] for unit in found] == ["vn-2", "vn-1"]
    today = program.get("/api/places/units/vn-1/today").json()
    assert [unit["key"] for unit in today] == ["vn-2"]
    assert program.get("/api/places/units/vn-9/today").status_code == 404


def test_a_program_registers_land_and_reads_it(program: Client) -> None:
    an_administrative_unit("cn-140122")
    body = {
        "organisation": "huangzhai", "name": "North", "declared": "52 mu", "code": "n1",
        "unit": "cn-140122", "geometry": a_square(),
    }  # fmt: skip
    made = program.post("/api/places/growing-areas", body, content_type="application/json")

    assert made.status_code == 201
    assert made.json()["declared"] == "52 mu"
    assert made.json()["warnings"][0]["code"] == "areas-differ"
    assert program.get("/api/places/growing-areas/n1").json() == made.json()
    assert [area["code"] for area in program.get("/api/places/growing-areas").json()] == ["n1"]


@pytest.mark.parametrize(
    ("change", "status", "problem"),
    [
        ({"declared": "5 sào"}, 422, "area-unreadable"),
        ({"geometry": {"type": "Point", "coordinates": [38.06, 112.67]}}, 422, "latitude-first"),
        ({"unit": "cn-9"}, 404, "unknown-place"),
        ({"code": "taken"}, 409, "place-code-taken"),
        ({"organisation": "nobody"}, 404, "unknown-organisation"),
    ],
)
def test_a_refusal_is_a_problem_document(
    change: dict[str, object],
    status: int,
    problem: str,
    program: Client,
    organisation: Organisation,
) -> None:
    a_growing_area("taken", organisation=organisation)
    body = {"organisation": "huangzhai", "name": "North", "declared": "1 ha", **change}
    answer = program.post("/api/places/growing-areas", body, content_type="application/json")

    assert answer.status_code == status
    assert answer["Content-Type"].startswith("application/problem+json")
    assert json.loads(answer.content)["type"] == f"urn:originmark:refusal:{problem}"
    assert GrowingArea.objects.count() == 1


def test_land_of_others_is_not_there(program: Client) -> None:
    foreign = a_growing_area()

    assert program.get("/api/places/growing-areas").json() == []
    assert program.get(f"/api/places/growing-areas/{foreign.code}").status_code == 404
    body = {"organisation": foreign.organisation.code, "name": "N", "declared": "1 ha"}
    answer = program.post("/api/places/growing-areas", body, content_type="application/json")
    assert answer.status_code in {403, 404}
    assert GrowingArea.objects.count() == 1


def test_containment_is_answered(program: Client, organisation: Organisation) -> None:
    a_boundary("gi", name="GI area", outline=a_square(112.672, 38.0, 0.5))
    a_growing_area("n1", organisation=organisation, geometry=a_square())

    answer = program.get("/api/places/growing-areas/n1/inside/gi").json()
    assert answer["inside"] is False
    assert answer["share_inside"] == pytest.approx(0.5, abs=0.01)
    assert program.get("/api/places/growing-areas/n1/inside/none").status_code == 404
    assert program.get("/api/places/boundaries").json()[0]["code"] == "gi"


def test_a_program_registers_a_facility(program: Client) -> None:
    body = {"organisation": "huangzhai", "name": "Mill", "kind": "mill", "code": "mill"}
    made = program.post("/api/places/facilities", body, content_type="application/json")

    assert made.status_code == 201
    assert made.json()["uri"] == "urn:originmark:local:place:mill"
    assert program.get("/api/places/facilities/mill").json() == made.json()
    assert len(program.get("/api/places/facilities").json()) == 1
    wrong = {**body, "code": "", "gln": "6901234567893"}
    answer = program.post("/api/places/facilities", wrong, content_type="application/json")
    assert answer.status_code == 422
    assert Facility.objects.count() == 1


def test_a_unit_without_name_is_no_search(program: Client) -> None:
    an_administrative_unit()

    assert program.get("/api/places/units?q=%20").json() == []
    assert program.get("/api/places/units?q=a%00b").json() == []
    assert AdministrativeUnit.objects.count() == 1
