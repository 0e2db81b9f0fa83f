from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.http import HttpResponseBase
from django.test import Client, RequestFactory, override_settings
from django.urls import include, path
from django.utils.translation import override

from originmark.frame.web.cells import cell_text
from originmark.frame.web.tables import Badge, Column, EmptyState, Filter, Table, table_page

TABLE = Table(
    name="groups",
    columns=[
        Column("name", "Name", link=lambda row: f"/g/{row.pk}", sort="name"),
        Column("state", "State", value=lambda row: Badge(f"={row.name}", "ok")),
    ],
    filters=[
        Filter(
            "first",
            "First letter",
            choices=[("a", "A"), ("b", "B")],
            apply=lambda rows, value: rows.filter(name__startswith=value),
        )
    ],
    search=["name__icontains"],
    default_sort="name",
    empty=EmptyState("No groups", "Make one.", "New group", "/new"),
    rows_on_a_page=3,
)


def group_list(request: Any) -> HttpResponseBase:
    return table_page(request, TABLE, Group.objects.all(), context={"title": "Groups"})


urlpatterns = [path("groups/", group_list), path("", include("config.urls"))]
pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]


@pytest.fixture
def groups() -> list[Group]:
    return [Group.objects.create(name=name) for name in ("a1", "b1", "a2", "b2", "c1")]


def shown(client: Client, address: str) -> list[str]:
    page = client.get(address).context["table"].page
    return [row.name for row in page]


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", ["a1", "a2", "b1"]),
        ("?page=2", ["b2", "c1"]),
        ("?page=99", ["b2", "c1"]),
        ("?sort=-name", ["c1", "b2", "b1"]),
        ("?sort=password", ["a1", "a2", "b1"]),
        ("?first=b", ["b1", "b2"]),
        ("?first=zzz", ["a1", "a2", "b1"]),
        ("?q=1", ["a1", "b1", "c1"]),
        ("?q=1&first=a", ["a1"]),
        ("?q=a 2", ["a2"]),
        ("?q=%00a2", ["a2"]),
    ],
)
@pytest.mark.usefixtures("groups")
def test_the_address_says_what_is_shown(client: Client, query: str, names: list[str]) -> None:
    assert shown(client, f"/groups/{query}") == names


@pytest.mark.usefixtures("groups")
def test_a_list_costs_two_queries_however_long_it_is(django_assert_num_queries: Any) -> None:
    request = RequestFactory().get("/groups/")
    request.user = type("Nobody", (), {"is_authenticated": False})()
    with django_assert_num_queries(2):
        group_list(request)


@pytest.mark.usefixtures("groups")
def test_htmx_gets_the_rows_alone(client: Client) -> None:
    headers = {"HX-Request": "true", "HX-Target": "table-groups"}
    response = client.get("/groups/", headers=headers)

    assert "<html" not in response.content.decode()
    assert "HX-Target" in response["Vary"]


@pytest.mark.usefixtures("groups")
def test_csv_holds_exactly_the_matching_rows_in_their_order(client: Client) -> None:
    response = client.get("/groups/?q=1&sort=-name&format=csv")
    text = b"".join(response.streaming_content).decode()  # type: ignore[attr-defined]

    assert text == "\ufeffName,State\r\nc1,'=c1\r\nb1,'=b1\r\na1,'=a1\r\n"
    assert response["Content-Disposition"] == 'attachment; filename="groups.csv"'


@pytest.mark.usefixtures("groups")
def test_every_chip_takes_one_filter_away(client: Client) -> None:
    table = client.get("/groups/?q=1&first=a").context["table"]

    assert [chip["link"] for chip in table.chips()] == ["/groups/?first=a", "/groups/?q=1"]


@pytest.mark.usefixtures("groups")
def test_the_sorted_column_says_so(client: Client) -> None:
    page = client.get("/groups/?sort=-name").content.decode()

    assert 'aria-sort="descending"' in page


def test_an_empty_list_teaches_and_offers(client: Client) -> None:
    page = client.get("/groups/").content.decode()

    assert "No groups" in page
    assert 'href="/new"' in page


@override_settings(LANGUAGE_CODE="vi")
def test_a_number_of_a_record_stays_on_one_line(client: Client) -> None:
    Group.objects.create(name="QN-2026-0012")
    Group.objects.create(name="Catfish of Sunny Slope")

    page = client.get("/groups/").content.decode()

    assert page.count('<th scope="row" class="align-start one-line">') == 1


@pytest.mark.parametrize(
    ("language", "words"), [("en", "99,846.5"), ("vi", "99.846,5"), ("zh-hans", "99,846.5")]
)
def test_large_numbers_are_grouped_as_the_language_does(language: str, words: str) -> None:
    with override(language):
        assert cell_text(Decimal("99846.50")) == words


def test_a_column_breaks_a_moment_only_between_day_and_time() -> None:
    at = datetime(2026, 11, 27, 6, 44, tzinfo=UTC)
    with override("en"):
        assert ">27\xa0Nov\xa02026<" in cell_text(at.date())
        assert ">27\xa0Nov\xa02026 " in cell_text(at)


@pytest.mark.usefixtures("groups")
def test_what_was_typed_is_escaped(client: Client) -> None:
    page = client.get("/groups/?q=<script>alert(1)</script>").content.decode()

    assert "<script>alert" not in page
