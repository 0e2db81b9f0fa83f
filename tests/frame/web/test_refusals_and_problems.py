from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

import pytest
from django.contrib.auth import get_user_model
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import include, path
from ninja import NinjaAPI, Schema

from originmark.frame.web import problems
from originmark.frame.web.refusals import RuleViolation, SeveralRefusals, gettext_noop


@dataclass(eq=False)
class TooMuch(RuleViolation):
    code: ClassVar[str] = "too-much"
    sentence: ClassVar[str] = gettext_noop(
        "Lot %(lot)s holds %(remaining_kg)s kg, so %(asked_kg)s kg cannot leave it."
    )

    lot: str
    remaining_kg: Decimal
    asked_kg: Decimal


api = NinjaAPI(urls_namespace="problem-test")
problems.install(api)


class Body(Schema):
    mass_kg: Decimal


@api.get("/refused")
def refused(request: HttpRequest) -> None:
    raise TooMuch(lot="L1", remaining_kg=Decimal("20.000"), asked_kg=Decimal("20.001"))


@api.get("/several")
def several(request: HttpRequest) -> None:
    one = TooMuch(lot="L1", remaining_kg=Decimal(1), asked_kg=Decimal(2))
    two = TooMuch(lot="L2", remaining_kg=Decimal(3), asked_kg=Decimal(4))
    raise SeveralRefusals(refusals=(one, two))


@api.post("/body")
def body(request: HttpRequest, body: Body) -> None: ...


def refused_page(request: HttpRequest) -> HttpResponse:
    raise TooMuch(lot="<b>", remaining_kg=Decimal("20.000"), asked_kg=Decimal("20.001"))


def busy_page(request: HttpRequest) -> HttpResponse:
    raise OperationalError("database is locked")


def broken_page(request: HttpRequest) -> HttpResponse:
    raise ValueError("a bug")


urlpatterns = [
    path("api/", api.urls),
    path("page", refused_page),
    path("broken", broken_page),
    path("busy", busy_page),
    path("", include("config.urls")),
]
handler404 = "originmark.frame.web.error_pages.not_found"
handler500 = "originmark.frame.web.error_pages.server_error"


@pytest.fixture(autouse=True)
def _these_urls() -> Iterator[None]:
    with override_settings(ROOT_URLCONF=__name__):
        yield


pytestmark = pytest.mark.django_db


def test_the_one_shape_of_a_problem(client: Client) -> None:
    response = client.get("/api/refused")

    assert response.status_code == 422
    assert response["Content-Type"] == "application/problem+json"
    assert response.json() == {
        "type": "urn:originmark:refusal:too-much",
        "title": "Too much",
        "status": 422,
        "detail": "Lot L1 holds 20 kg, so 20.001 kg cannot leave it.",
        "instance": "/api/refused",
        "facts": {"lot": "L1", "remaining_kg": "20.000", "asked_kg": "20.001"},
    }


def test_several_refusals_are_told_one_by_one(client: Client) -> None:
    told = client.get("/api/several").json()

    assert [each["code"] for each in told["errors"]] == ["too-much", "too-much"]
    assert told["errors"][1]["facts"]["lot"] == "L2"
    assert told["type"] == "urn:originmark:refusal:several-refusals"


@pytest.mark.parametrize(
    ("method", "address", "status", "code"),
    [
        ("get", "/api/nowhere", 404, "not-found"),
        ("post", "/api/refused", 405, "method-not-allowed"),
    ],
)
def test_errors_of_the_framework_have_the_same_shape(
    client: Client, method: str, address: str, status: int, code: str
) -> None:
    response = getattr(client, method)(address)

    assert response.status_code == status
    assert response["Content-Type"] == "application/problem+json"
    assert set(response.json()) == {"type", "title", "status", "detail", "instance"}
    assert response.json()["type"] == f"urn:originmark:refusal:{code}"


def test_405_keeps_the_allow_header(client: Client) -> None:
    assert client.post("/api/refused")["Allow"] == "GET"


@pytest.mark.parametrize(
    ("sent", "status", "code"),
    [("{", 400, "bad-request"), ('{"mass_kg": "x"}', 422, "invalid-request")],
)
def test_a_bad_body_is_a_problem(client: Client, sent: str, status: int, code: str) -> None:
    response = client.post("/api/body", sent, content_type="application/json")

    assert response.status_code == status
    assert response.json()["type"] == f"urn:originmark:refusal:{code}"


def test_an_invalid_field_is_pointed_at(client: Client) -> None:
    told = client.post("/api/body", '{"mass_kg": "x"}', content_type="application/json").json()

    assert [each["pointer"] for each in told["errors"]] == ["/body/body/mass_kg"]


def test_a_person_gets_a_page_and_its_facts_are_escaped(client: Client) -> None:
    response = client.get("/page")

    assert response.status_code == 422
    assert "Lot &lt;b&gt; holds 20 kg" in response.content.decode()


@pytest.mark.django_db
def test_a_refusal_leads_back_and_keeps_who_is_signed_in_inside(client: Client) -> None:
    client.force_login(get_user_model().objects.create(email="li@example.org", name="Li Na"))

    came = client.get("/page", headers={"Referer": "http://testserver/lots/?q=1#top"})
    strange = client.get("/page", headers={"Referer": "http://elsewhere.example/lots/"})

    assert 'role="button" href="/lots/?q=1"' in came.content.decode()
    assert 'class="side"' in came.content.decode()
    assert "/lots/" not in strange.content.decode()


def test_a_program_gets_a_problem_from_a_page(client: Client) -> None:
    response = client.get("/page", headers={"Accept": "application/json"})

    assert response.json()["type"] == "urn:originmark:refusal:too-much"


def test_a_bug_is_a_plain_page_and_says_nothing_of_itself() -> None:
    response = Client(raise_request_exception=False).get("/broken")

    assert response.status_code == 500
    assert "a bug" not in response.content.decode()


@pytest.mark.parametrize("takes", ["text/html", "application/json"])
def test_a_busy_database_says_when_to_try_again(client: Client, takes: str) -> None:
    response = client.get("/busy", headers={"Accept": takes})

    assert (response.status_code, response["Retry-After"]) == (503, "60")
    assert "Try again in a minute." in response.content.decode()


def test_an_unknown_address_is_a_plain_page(client: Client) -> None:
    response = client.get("/nowhere/at/all/")

    assert response.status_code == 404
    assert "There is nothing at this address" in response.content.decode()
