import re

import pytest
from django.contrib.auth import get_user_model
from django.test import Client, override_settings

from originmark.frame.web import sockets

pytestmark = pytest.mark.django_db


@pytest.fixture
def person(client: Client) -> Client:
    client.force_login(get_user_model().objects.create(email="li@example.org", name="Li Na"))
    return client


@pytest.fixture
def empty_sockets(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("_nav", "_search", "_home", "_readiness", "_codes"):
        monkeypatch.setattr(sockets, name, [])
    monkeypatch.setattr(sockets, "_doors", {})


def test_a_visitor_sees_what_this_is_and_a_box_for_a_code(client: Client) -> None:
    page = client.get("/").content.decode()

    assert 'name="code"' in page
    assert 'class="side"' not in page


@pytest.mark.usefixtures("empty_sockets")
def test_a_person_sees_the_cards_that_have_something_to_say(person: Client) -> None:
    sockets.register_home_card(lambda _request, _actor: sockets.HomeCard("Lots to pack", value=3))
    sockets.register_home_card(lambda _request, _actor: None)

    page = person.get("/").content.decode()

    assert "Lots to pack" in page
    assert page.count('class="card-head"') == 1


@pytest.mark.usefixtures("empty_sockets")
def test_a_card_of_lines_leads_to_all_of_them_and_is_none_without_a_line(person: Client) -> None:
    line = sockets.HomeLine("P-1", "/runs/P-1/")
    for lines in ([line], []):
        sockets.register_home_card(
            lambda _request, _actor, lines=lines: sockets.list_card(
                "Labels to activate", iter(lines), url="/runs/", icon="tags"
            )
        )

    page = person.get("/").content.decode()

    assert page.count('class="card-head"') == 1
    assert ('<a href="/runs/P-1/">P-1</a>' in page, page.count('href="/runs/"')) == (True, 2)
    assert sockets.list_card("Alone", [line], icon="tags").action == ""


@pytest.mark.usefixtures("empty_sockets")
def test_without_anybody_to_ask_nobody_has_a_permission(person: Client) -> None:
    sockets.register_nav(sockets.NavItem("Open", "web:home", "home"))
    sockets.register_nav(sockets.NavItem("Secret", "web:search", "lock", permission="x.read"))

    page = person.get("/").content.decode()

    assert "Open" in page
    assert "Secret" not in page


@pytest.mark.usefixtures("empty_sockets")
def test_the_navigation_shows_what_parties_allows(person: Client) -> None:
    sockets.register_access(lambda _request, permission: permission == "x.read")
    sockets.register_nav(sockets.NavItem("Mine", "web:search", "lock", permission="x.read"))
    sockets.register_nav(sockets.NavItem("Not mine", "web:home", "lock", permission="y.read"))

    page = person.get("/").content.decode()

    assert "Mine" in page
    assert "Not mine" not in page


def folds(page: str) -> list[str]:
    """Return the sections of the side bar, those that lie open with a star."""
    side = page.split('class="side"')[1].split("</aside>", maxsplit=1)[0]
    found = re.findall(r'<details class="nav-fold"( open)?><summary>(.*?)</summary>', side)
    return [name + "*" * bool(opened) for opened, name in found]


@pytest.mark.usefixtures("empty_sockets")
def test_of_a_long_navigation_only_the_section_one_is_in_lies_open(person: Client) -> None:
    for number in range(8):
        sockets.register_nav(sockets.NavItem(f"Lots {number}", "web:home", "x", section="Trace"))
        sockets.register_nav(
            sockets.NavItem(f"Brands {number}", "web:saved_views", "x", section="Mark")
        )

    assert folds(person.get("/views/?path=/").content.decode()) == ["Trace", "Mark*"]
    assert folds(person.get("/search/?q=lot").content.decode()) == ["Trace*", "Mark"]


@pytest.mark.usefixtures("empty_sockets")
def test_a_short_navigation_lies_open(person: Client) -> None:
    sockets.register_nav(sockets.NavItem("Lots", "web:home", "x", section="Trace"))
    sockets.register_nav(sockets.NavItem("Brands", "web:saved_views", "x", section="Mark"))

    assert folds(person.get("/").content.decode()) == ["Trace*", "Mark*"]


@pytest.mark.usefixtures("empty_sockets")
def test_the_search_asks_every_provider(person: Client) -> None:
    sockets.register_search("Lots", lambda _actor, query: [sockets.Hit(query, "200 kg", "/lots/")])
    sockets.register_search("Areas", lambda _actor, _query: [])

    page = person.get("/search/?q=YQ-1").content.decode()
    part = person.get("/search/?q=YQ-1", headers={"HX-Request": "true"}).content.decode()

    assert "YQ-1" in page
    assert "<html" not in part
    assert "Areas" not in part


def test_a_visitor_does_not_search(client: Client) -> None:
    assert client.get("/search/?q=anything").status_code == 302
    assert client.get("/search/?q=anything", headers={"HX-Request": "true"}).status_code == 403


def test_a_pasted_address_leads_to_its_page_here(client: Client) -> None:
    pasted = "https://elsewhere.example/01/06901234567892/10/L1/21/ABC?x=1"

    response = client.get("/code/", {"code": pasted})

    assert response["Location"] == "/01/06901234567892/10/L1/21/ABC"


@pytest.mark.usefixtures("empty_sockets")
def test_a_typed_code_is_asked_of_its_readers(client: Client) -> None:
    sockets.register_code_reader(lambda text: "/01/x" if text == "KNOWN" else None)

    assert client.get("/code/", {"code": "KNOWN"})["Location"] == "/01/x"
    unknown = client.get("/code/", {"code": "WRONG<"})
    assert unknown.status_code == 404
    assert "WRONG&lt;" in unknown.content.decode()


def test_the_theme_is_kept_and_given_back(client: Client) -> None:
    client.post("/theme/", {"theme": "dark", "next": "/"})
    assert 'data-theme="dark"' in client.get("/").content.decode()

    client.post("/theme/", {"theme": "", "next": "/"})
    assert "data-theme=" not in client.get("/").content.decode().split("<body")[0]


def test_the_theme_does_not_send_people_elsewhere(client: Client) -> None:
    response = client.post("/theme/", {"theme": "dark", "next": "https://elsewhere.example/"})

    assert response["Location"] == "/"


@override_settings(IS_DEMONSTRATION=True)
def test_a_demonstration_says_so_on_every_page(client: Client) -> None:
    for address in ("/", "/accounts/login/", "/nowhere/"):
        assert "demo-banner" in client.get(address).content.decode()


def test_no_page_needs_inline_style_or_script(person: Client) -> None:
    for address in ("/", "/search/"):
        page = person.get(address).content.decode()
        assert " style=" not in page
        assert "<script>" not in page


def test_health_asks_no_database(client: Client, django_assert_num_queries) -> None:  # noqa: ANN001
    with django_assert_num_queries(0):
        response = client.get("/healthz")

    assert response.json() == {"status": "ok"}


@pytest.mark.usefixtures("empty_sockets")
def test_readiness_asks_each_check(client: Client) -> None:
    assert client.get("/readyz").json()["checks"]["migrations"] == {"ok": True, "detail": ""}

    sockets.register_readiness(lambda: sockets.Readiness("worker", is_well=False, detail="gone"))
    response = client.get("/readyz")

    assert response.status_code == 503
    assert response.json()["checks"]["worker"] == {"ok": False, "detail": "gone"}
