import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from originmark.frame.web.models import SavedView

pytestmark = pytest.mark.django_db


@pytest.fixture
def person(client: Client) -> Client:
    client.force_login(get_user_model().objects.create(email="li@example.org", name="Li Na"))
    return client


def keep(client: Client, **changes: str) -> int:
    sent = {"path": "/styleguide/", "query": "q=a&sort=-model&page=3", "name": "Mine", **changes}
    return client.post("/views/keep/", sent).status_code


def test_a_kept_view_leads_back_without_the_page(person: Client) -> None:
    assert keep(person) == 302
    assert SavedView.objects.get().query == "q=a&sort=-model"
    page = person.get("/views/", {"path": "/styleguide/"}, headers={"HX-Request": "true"})
    assert 'href="/styleguide/?q=a&amp;sort=-model"' in page.content.decode()


def test_the_same_name_replaces(person: Client) -> None:
    keep(person)
    keep(person, query="q=b")

    assert SavedView.objects.get().query == "q=b"


@pytest.mark.parametrize("path", ["https://elsewhere.example/", "/no/such/page/", ""])
def test_only_pages_of_ours_are_kept(person: Client, path: str) -> None:
    assert keep(person, path=path) == 422
    assert SavedView.objects.exists() is False


def test_a_view_is_its_owners_alone(person: Client) -> None:
    keep(person)
    view = SavedView.objects.get()
    person.force_login(get_user_model().objects.create(email="wu@example.org", name="Wu"))

    assert person.post(f"/views/{view.pk}/forget/").status_code == 404
    assert "Mine" not in person.get("/views/", {"path": "/styleguide/"}).content.decode()


def test_a_view_is_forgotten(person: Client) -> None:
    keep(person)

    assert person.post(f"/views/{SavedView.objects.get().pk}/forget/").status_code == 302
    assert SavedView.objects.exists() is False


def test_a_visitor_keeps_nothing(client: Client) -> None:
    assert client.get("/views/")["Location"].startswith("/accounts/login/")
