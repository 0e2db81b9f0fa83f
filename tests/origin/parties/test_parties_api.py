import pytest
from builders.parties import a_client_for, an_actor, an_inspector, an_officer, an_organisation
from django.test import Client

from originmark.frame.web import clock
from originmark.origin.parties import access, services
from originmark.origin.parties.models import Organisation

pytestmark = pytest.mark.django_db
LIST = "/api/parties/organisations"
JSON = "application/json"


def with_key(organisation: Organisation, role: str, *scopes: str) -> dict[str, str]:
    made = services.create_api_key(
        organisation, name="Feed", role=role, scopes=list(scopes), by=access.SYSTEM, now=clock.now()
    )
    return {"Authorization": f"Bearer {made.secret}"}


def test_a_key_learns_who_it_is(client: Client) -> None:
    mill = an_organisation("mill", name="Golden Mill")

    me = client.get("/api/parties/me", headers=with_key(mill, "recorder", "read")).json()

    assert me["is_key"]
    assert me["scopes"] == ["read"]
    assert me["organisations"] == [{"code": "mill", "name": "Golden Mill", "role": "recorder"}]


def test_a_person_learns_who_they_are() -> None:
    me = a_client_for(an_inspector()).get("/api/parties/me").json()

    assert (me["is_key"], me["office_role"], me["scopes"]) == (False, "inspector", None)


@pytest.mark.parametrize("path", ["/api/parties/me", LIST, f"{LIST}/mill"])
def test_a_stranger_is_told_to_sign_in(client: Client, path: str) -> None:
    answer = client.get(path)

    assert answer.status_code == 401
    assert answer["Content-Type"] == "application/problem+json"


def test_a_wrong_key_is_a_problem_document(client: Client) -> None:
    answer = client.get("/api/parties/me", headers={"Authorization": "Bearer omk_1"})

    assert answer.status_code == 401
    assert answer.json()["type"] == "urn:originmark:refusal:key-refused"


def test_the_list_has_what_the_asker_may_read(client: Client) -> None:
    mill = an_organisation("mill", name="Golden Mill")
    an_organisation("farm", name="Silver Farm", kind="enterprise")

    def codes(headers: dict[str, str], query: str = "") -> list[str]:
        return [row["code"] for row in client.get(LIST + query, headers=headers).json()["items"]]

    office = Organisation.objects.filter(pk=an_officer().organisation_ids[0]).get()
    over_all = with_key(office, "viewer", "read")
    assert codes(with_key(mill, "viewer", "read")) == ["mill"]
    assert codes(with_key(mill, "viewer", "parties.view")) == []
    assert codes(over_all, "?q=silver") == ["farm"]
    assert codes(over_all, "?kind=cooperative") == ["mill"]
    assert {"mill", "farm"} < set(codes(over_all))


def test_the_number_of_queries_does_not_grow_with_the_list(
    client: Client, django_assert_max_num_queries: object
) -> None:
    office = Organisation.objects.filter(pk=an_officer().organisation_ids[0]).get()
    headers = with_key(office, "viewer", "read")
    for _ in range(20):
        an_organisation()

    with django_assert_max_num_queries(6):  # type: ignore[operator]
        assert len(client.get(LIST, headers=headers).json()["items"]) == 21


def test_a_hidden_organisation_is_not_there(client: Client) -> None:
    mill, farm = an_organisation("mill"), an_organisation("farm")
    headers = with_key(mill, "manager", "read", "parties.change_organisation")

    assert client.get(f"{LIST}/farm", headers=headers).status_code == 404
    answer = client.patch(f"{LIST}/farm", {"name": "Mine"}, JSON, headers=headers)
    assert answer.status_code == 404
    assert answer.json()["type"] == "urn:originmark:refusal:unknown-organisation"
    farm.refresh_from_db()
    assert farm.name != "Mine"


def test_an_office_registers_an_organisation(client: Client) -> None:
    office = Organisation.objects.filter(pk=an_officer().organisation_ids[0]).get()
    headers = with_key(office, "recorder", "parties.create_organisation")
    body = {"kind": "household", "name": "Li", "gln": "9501101530003"}

    made = client.post(LIST, body, JSON, headers=headers)

    assert made.status_code == 201
    assert made.json()["uri"] == "https://id.gs1.org/417/9501101530003"
    again = client.post(LIST, body, JSON, headers=headers)
    assert (again.status_code, again.json()["facts"]) == (409, {"value": "9501101530003"})
    wrong = client.post(LIST, {**body, "gln": "9501101530004"}, JSON, headers=headers)
    assert (wrong.status_code, wrong.json()["type"]) == (422, "urn:originmark:refusal:bad-gln")
    assert Organisation.objects.filter(kind="household").count() == 1


@pytest.mark.parametrize("role", ["viewer", "recorder", "manager"])
def test_members_do_not_register_organisations(client: Client, role: str) -> None:
    headers = with_key(an_organisation(), role, "parties.create_organisation")

    answer = client.post(LIST, {"kind": "household", "name": "Li"}, JSON, headers=headers)

    assert answer.status_code == 403
    assert not Organisation.objects.filter(kind="household").exists()


def test_a_manager_changes_and_the_rest_stays(client: Client) -> None:
    mill = an_organisation("mill", name="Mill", phone="1")
    headers = with_key(mill, "manager", "read", "parties.change_organisation")

    answer = client.patch(f"{LIST}/mill", {"names": {"vi": "Nhà máy"}}, JSON, headers=headers)

    assert answer.status_code == 200
    assert (answer.json()["names"], answer.json()["phone"]) == ({"vi": "Nhà máy"}, "1")


def test_a_session_changes_nothing_without_the_token() -> None:
    mill = an_organisation("mill", name="Mill")
    browser = a_client_for(an_actor(mill, "manager"))
    browser.handler.enforce_csrf_checks = True

    answer = browser.patch(f"{LIST}/mill", {"name": "Mine"}, JSON)

    assert answer.status_code == 403
    mill.refresh_from_db()
    assert mill.name == "Mill"
