"""The pages about quotas, for the office, the user and a stranger."""

from datetime import datetime

import pytest
from builders.licensing import a_licence
from builders.parties import a_client_for, a_member, a_programme_office, an_organisation
from builders.places import a_growing_area
from builders.quotas import SEASON, User, a_quota_brand, a_user
from django.test import Client
from django.urls import reverse

from originmark.frame.web import clock
from originmark.mark.licensing.models import Quota

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch, noon: datetime) -> None:
    monkeypatch.setattr(clock, "now", lambda: noon)


@pytest.fixture
def officer() -> Client:
    return a_client_for(a_member(a_programme_office(), "recorder").person)


@pytest.fixture
def user() -> User:
    return a_user(name="Heshun cooperative")


def a_holder(user: User) -> Client:
    return a_client_for(a_member(user.organisation, "viewer").person)


def page(client: Client, name: str, *args: object, query: str = "") -> str:
    answer = client.get(reverse(f"licensing:{name}", args=args) + query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_office_sees_what_it_will_set_and_sets_it(officer: Client) -> None:
    brand, coop = a_quota_brand(), an_organisation(name="Lingshi")
    a_licence(coop, brand)
    a_growing_area(organisation=coop)

    shown = page(officer, "quotas_compute", "yangqu", SEASON)
    assert "Lingshi" in shown
    assert "37,800" in shown
    assert not Quota.objects.exists()

    answer = officer.post(reverse("licensing:quotas_compute", args=["yangqu", SEASON]))
    assert answer["Location"] == "/licences/quotas/?brand=yangqu"
    assert Quota.objects.get().granted_kg == 37800


def test_the_office_changes_a_quota_with_a_reason(officer: Client, user: User) -> None:
    address = reverse("licensing:quota_change", args=[user.quota.pk])

    refused = officer.post(address, {"granted_kg": "40000", "fuse_at_kg": "0", "reason": ""})
    assert refused.status_code == 422
    assert user.quota.granted_kg == 37800

    officer.post(address, {"granted_kg": "40000", "fuse_at_kg": "0.5", "reason": "New field"})
    assert (user.quota.granted_kg, user.quota.fuse_at_g) == (40000, 500)
    assert "New field" in page(officer, "quota", user.quota.pk)


def test_a_user_reads_its_quota_and_changes_nothing(user: User) -> None:
    other = a_user(user.brand, name="Other")
    holder = a_holder(user)
    user.draw("37800", "RUN-7")

    listed = page(holder, "quota_list")
    assert "Heshun" in listed
    assert "Other" not in listed
    told = page(holder, "quota", user.quota.pk)
    assert "The fuse is blown" in told
    assert "RUN-7" in told
    assert holder.get(reverse("licensing:quota", args=[other.quota.pk])).status_code == 404
    for name, args in (("quota_change", [user.quota.pk]), ("quotas_compute", ["yangqu", SEASON])):
        assert holder.get(reverse(f"licensing:{name}", args=args)).status_code == 403


def test_a_stranger_signs_in_first(client: Client, user: User) -> None:
    for name, args in (("quota_list", []), ("quota", [user.quota.pk])):
        answer = client.get(reverse(f"licensing:{name}", args=args))
        assert "/accounts/login/" in answer["Location"]


def test_the_list_narrows_by_state_and_goes_out_as_csv(officer: Client, user: User) -> None:
    user.draw("37800")
    assert "Heshun" in page(officer, "quota_list", query="?state=spent")
    assert "Heshun" not in page(officer, "quota_list", query="?state=open")
    assert "Heshun" in page(officer, "quota_list", query=f"?season={SEASON}&brand=yangqu")
    rows = officer.get(reverse("licensing:quota_list") + "?format=csv")
    lines = b"".join(rows.streaming_content).decode().splitlines()
    assert "fuse blown" in lines[1]
    assert "37800.000,37800.000,0.000,100.0" in lines[1]


def test_home_and_brand_page_tell_what_is_spent(officer: Client, user: User) -> None:
    user.draw("37000")
    assert "Quotas nearly spent" in officer.get("/").content.decode()
    brand_page = officer.get(reverse("schemes:brand", args=["yangqu"])).content.decode()
    assert "Quotas 2026" in brand_page
    assert "1 user may label" in brand_page


def test_a_list_of_many_costs_the_same(
    officer: Client, user: User, django_assert_max_num_queries: object
) -> None:
    for _ in range(4):
        a_user(user.brand)
    with django_assert_max_num_queries(14):  # type: ignore[operator]
        page(officer, "quota_list")
