from dataclasses import dataclass
from decimal import Decimal
from typing import Any, ClassVar

import pytest
from django import forms
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import include, path

from originmark.frame.web.forms import ExactDecimalField, NeededText, QuantityField, submit
from originmark.frame.web.refusals import RuleViolation


@dataclass(eq=False)
class TooHeavy(RuleViolation):
    code: ClassVar[str] = "too-heavy"
    sentence: ClassVar[str] = "%(kg)s kg are too heavy; carry 50 kg or less."
    field: ClassVar[str | None] = "mass"

    kg: Decimal


@dataclass(eq=False)
class NotYours(RuleViolation):
    code: ClassVar[str] = "not-allowed"
    sentence: ClassVar[str] = "This is not yours."
    status: ClassVar[int] = 403


class Sack(forms.Form):
    mass = QuantityField([("kg", "kg"), ("t", "t")], help_text="Net mass")
    note = forms.CharField(required=False)
    why = NeededText(max_length=20)


def act(data: dict[str, Any]) -> str:
    number, _unit = data["mass"]
    if data["note"] == "stranger":
        raise NotYours
    if number > 50:
        raise TooHeavy(kg=number)
    return "/done/"


def sack(request: HttpRequest) -> HttpResponse:
    form = Sack(request.POST or None)
    return submit(request, form, act, done="Carried.", context={"title": "Carry a sack"})


urlpatterns = [path("sack/", sack), path("", include("config.urls"))]
pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]


def test_a_good_form_acts_and_goes_on(client: Client) -> None:
    response = client.post("/sack/", {"mass_0": "12.5", "mass_1": "kg"})

    assert (response.status_code, response["Location"]) == (302, "/done/")
    assert "Carried." in client.get("/").content.decode()


def test_a_refusal_stands_at_its_field(client: Client) -> None:
    response = client.post("/sack/", {"mass_0": "60", "mass_1": "kg"})

    assert response.status_code == 422
    assert response.context["form"].errors == {
        "mass": ["60 kg are too heavy; carry 50 kg or less."]
    }
    assert 'aria-invalid="true"' in response.content.decode()


def test_a_refusal_for_want_of_a_right_is_a_page(client: Client) -> None:
    response = client.post("/sack/", {"mass_0": "1", "mass_1": "kg", "note": "stranger"})

    assert response.status_code == 403
    assert "This is not yours." in response.content.decode()


def test_a_missing_field_is_told_with_422(client: Client) -> None:
    response = client.post("/sack/", {})

    assert response.status_code == 422


def test_words_that_a_rule_asks_for_are_not_called_optional(client: Client) -> None:
    page = client.get("/sack/").content.decode()

    assert page.count("(optional)") == 1
    assert NeededText().clean("") == ""


@pytest.mark.parametrize(
    ("typed", "number"),
    [("12.5", "12.5"), ("12,5", "12.5"), ("1 250", "1250"), ("-3", "-3"), ("0.125", "0.125")],
)
def test_numbers_as_people_type_them(typed: str, number: str) -> None:
    assert ExactDecimalField().clean(typed) == Decimal(number)


@pytest.mark.parametrize("typed", ["1,250", "١٢", "1.2.3", "1e5", "NaN", "Infinity", "abc", "½"])
def test_what_is_no_plain_number_is_refused(typed: str) -> None:
    with pytest.raises(forms.ValidationError):
        ExactDecimalField().clean(typed)
