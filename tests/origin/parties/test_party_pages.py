"""The pages, each for every role."""

from datetime import timedelta

import pytest
from builders.parties import (
    a_client_for,
    a_member,
    a_person,
    an_actor,
    an_inspector,
    an_officer,
    an_organisation,
)
from django.test import Client

from originmark.frame.web import clock
from originmark.origin.parties import access, services
from originmark.origin.parties.models import ApiKey, Invitation, Membership, Organisation

pytestmark = pytest.mark.django_db

ROLES = ["nobody", "stranger", "viewer", "recorder", "manager", "inspector", "officer"]
# What each page answers to each of these roles: a stranger must not learn who is there.
PAGES = {
    "/parties/organisations/": [302, 200, 200, 200, 200, 200, 200],
    "/parties/organisations/mill/": [302, 404, 200, 200, 200, 200, 200],
    "/parties/new/": [302, 403, 403, 403, 403, 403, 200],
    "/parties/organisations/mill/edit/": [302, 404, 403, 403, 200, 403, 200],
    "/parties/organisations/mill/invite/": [302, 404, 403, 403, 200, 403, 200],
    "/parties/organisations/mill/keys/new/": [302, 404, 403, 403, 200, 403, 403],
    "/parties/profile/": [302, 200, 200, 200, 200, 200, 200],
    "/parties/options/?q=mill": [302, 200, 200, 200, 200, 200, 200],
}
ACTIONS = {
    "/parties/organisations/mill/archive/": [302, 404, 403, 403, 403, 403, 302],
    "/parties/organisations/mill/invitations/1/withdraw/": [302, 404, 403, 403, 302, 403, 302],
    "/parties/organisations/mill/members/{member}/": [302, 404, 403, 403, 302, 403, 302],
    "/parties/organisations/mill/keys/omk_00000000/revoke/": [302, 404, 403, 403, 404, 403, 403],
}


def a_browser(role: str, mill: Organisation) -> Client:
    if role == "nobody":
        return Client()
    if role == "stranger":
        return a_client_for(an_actor(an_organisation(), "manager"))
    if role == "inspector":
        return a_client_for(an_inspector())
    if role == "officer":
        return a_client_for(an_officer("recorder"))
    return a_client_for(an_actor(mill, role))


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("role", ROLES)
def test_each_page_is_open_to_exactly_these_roles(path: str, role: str) -> None:
    mill = an_organisation("mill")

    answer = a_browser(role, mill).get(path)

    assert answer.status_code == PAGES[path][ROLES.index(role)]


@pytest.mark.parametrize("path", ACTIONS)
@pytest.mark.parametrize("role", ROLES)
def test_each_action_is_open_to_exactly_these_roles(path: str, role: str) -> None:
    mill = an_organisation("mill")
    a_member(mill, "manager")
    member = a_member(mill, "viewer").person

    address = path.format(member=member.pk)
    answer = a_browser(role, mill).post(address, {"role": "recorder"})

    assert answer.status_code == ACTIONS[path][ROLES.index(role)]


def test_the_list_has_as_many_queries_for_many_rows(
    django_assert_max_num_queries: object,
) -> None:
    browser = a_client_for(an_officer())
    for _ in range(30):
        a_member(an_organisation())

    with django_assert_max_num_queries(7):  # type: ignore[operator]
        page = browser.get("/parties/organisations/").content.decode()

    assert page.count('<th scope="row"') == 31


def test_search_and_filters_narrow_the_list() -> None:
    an_organisation("mill", name="Golden Mill", kind="enterprise")
    an_organisation("farm", name="Silver Farm")
    services.archive_organisation("farm", by=access.SYSTEM, now=clock.now())
    browser = a_client_for(an_officer())

    for query, shown, hidden in [
        ("q=golden", "Golden Mill", "Silver Farm"),
        ("kind=cooperative", "Silver Farm", "Golden Mill"),
        ("state=active", "Golden Mill", "Silver Farm"),
    ]:
        page = browser.get(f"/parties/organisations/?{query}").content.decode()
        assert shown in page
        assert hidden not in page


def test_an_officer_registers_and_a_refusal_stands_at_its_field() -> None:
    browser = a_client_for(an_officer())
    facts = {"kind": "cooperative", "name": "Golden Millet", "name_zh": "黄小米", "code": "gm"}

    assert browser.post("/parties/new/", facts)["Location"] == "/parties/organisations/gm/"
    assert Organisation.objects.get(code="gm").names == {"zh-hans": "黄小米"}

    again = browser.post("/parties/new/", facts)
    assert again.status_code == 422
    assert list(again.context["form"].errors) == ["code"]
    wrong = browser.post("/parties/new/", {**facts, "code": "", "gln": "9501101530004"})
    assert list(wrong.context["form"].errors) == ["gln"]
    bare = browser.post("/parties/new/", {**facts, "registration_number": "12"})
    assert list(bare.context["form"].errors) == ["registration_scheme"]
    assert Organisation.objects.filter(kind="cooperative").count() == 1


def test_only_a_manager_of_an_office_is_offered_to_make_another() -> None:
    for role, offered in [("recorder", False), ("manager", True)]:
        page = a_client_for(an_officer(role)).get("/parties/new/").content.decode()
        assert ("runs_programme" in page) is offered

    facts = {"kind": "authority", "name": "B", "code": "b", "runs_programme": "on"}
    a_client_for(an_officer("recorder")).post("/parties/new/", facts)
    assert not Organisation.objects.get(code="b").runs_programme


def test_a_manager_changes_facts_and_keeps_other_names() -> None:
    mill = an_organisation("mill", name="Mill", names={"fr": "Moulin", "vi": "Cũ"})
    browser = a_client_for(an_actor(mill, "manager"))

    facts = {"kind": "enterprise", "name": "New Mill", "name_vi": "Nhà máy", "phone": "12"}
    assert browser.post("/parties/organisations/mill/edit/", facts).status_code == 302

    mill.refresh_from_db()
    assert (mill.name, mill.kind, mill.phone) == ("New Mill", "enterprise", "12")
    assert mill.names == {"fr": "Moulin", "vi": "Nhà máy"}


def test_a_manager_invites_and_withdraws() -> None:
    mill = an_organisation("mill")
    browser = a_client_for(an_actor(mill, "manager"))

    facts = {"email": "li@example.org", "role": "recorder", "language": "vi"}
    assert browser.post("/parties/organisations/mill/invite/", facts).status_code == 302

    sent = Invitation.objects.get()
    assert (sent.language, sent.role) == ("vi", "recorder")
    assert "li@example.org" in browser.get("/parties/organisations/mill/").content.decode()
    browser.post(f"/parties/organisations/mill/invitations/{sent.pk}/withdraw/")
    sent.refresh_from_db()
    assert sent.withdrawn_at
    assert "li@example.org" not in browser.get("/parties/organisations/mill/").content.decode()


def test_the_last_manager_is_told_why_the_role_stays() -> None:
    mill = an_organisation("mill")
    li = a_member(mill, "manager").person
    browser = a_client_for(li)

    page = browser.post(
        f"/parties/organisations/mill/members/{li.pk}/", {"role": "viewer"}, follow=True
    )

    assert "is the last manager" in page.content.decode()
    assert Membership.objects.get(person=li).role == "manager"


def test_a_role_is_changed_and_a_member_leaves() -> None:
    mill = an_organisation("mill")
    li = a_member(mill, "viewer").person
    manager = a_client_for(an_actor(mill, "manager"))

    manager.post(f"/parties/organisations/mill/members/{li.pk}/", {"role": "recorder"})
    assert Membership.objects.get(person=li).role == "recorder"

    left = a_client_for(li).post(f"/parties/organisations/mill/members/{li.pk}/", {"role": "none"})
    assert left["Location"] == "/parties/profile/"
    assert not li.memberships.exists()
    assert manager.post(f"/parties/organisations/mill/members/{li.pk}/", {}).status_code == 404


def test_a_key_is_shown_once_and_revoked() -> None:
    mill = an_organisation("mill")
    browser = a_client_for(an_actor(mill, "manager"))
    facts = {"name": "Dryer", "role": "recorder", "scopes": ["read"]}

    made = browser.post("/parties/organisations/mill/keys/new/", facts)

    key = ApiKey.objects.get()
    assert made.content.decode().count(f"{key.prefix}_") == 2
    assert "no-store" in made["Cache-Control"]
    page = browser.get("/parties/organisations/mill/").content.decode()
    assert key.prefix in page
    assert f"{key.prefix}_" not in page
    browser.post(f"/parties/organisations/mill/keys/{key.prefix}/revoke/")
    assert key.prefix not in browser.get("/parties/organisations/mill/").content.decode()


def test_a_key_ends_with_its_last_day() -> None:
    mill = an_organisation("mill")
    browser = a_client_for(an_actor(mill, "manager"))
    facts = {"name": "Dryer", "role": "recorder", "scopes": ["read"]}
    today = clock.now().date()

    past = {**facts, "expires_on": (today - timedelta(days=2)).isoformat()}
    refused = browser.post("/parties/organisations/mill/keys/new/", past)
    assert (refused.status_code, list(refused.context["form"].errors)) == (422, ["expires_on"])
    good = {**facts, "expires_on": (today + timedelta(days=2)).isoformat()}
    assert browser.post("/parties/organisations/mill/keys/new/", good).status_code == 200
    assert ApiKey.objects.get().expires_at.hour == 15  # the end of the day in Shanghai, in UTC


def test_each_role_sees_what_it_may_act_on() -> None:
    mill = an_organisation("mill")
    for role, offered in [
        ("viewer", set()),
        ("manager", {"/edit/", "/invite/", "/keys/new/"}),
        ("officer", {"/edit/", "/invite/", "/archive/"}),
    ]:
        page = a_browser(role, mill).get("/parties/organisations/mill/").content.decode()
        found = {
            end for end in ("/edit/", "/invite/", "/keys/new/", "/archive/") if f"mill{end}" in page
        }
        assert found == offered, role


def test_addresses_of_members_are_for_managers() -> None:
    mill = an_organisation("mill")
    a_member(mill, "viewer", a_person("hidden@example.org"))

    assert (
        "hidden@" in a_browser("manager", mill).get("/parties/organisations/mill/").content.decode()
    )
    assert (
        "hidden@"
        not in a_browser("viewer", mill).get("/parties/organisations/mill/").content.decode()
    )


def test_a_profile_is_changed_and_its_language_kept() -> None:
    li = a_person(name="Li")
    facts = {"name": "Li Wei", "phone": "1", "language": "zh-hans"}

    answer = a_client_for(li).post("/parties/profile/", facts)

    li.refresh_from_db()
    assert (li.name, li.language) == ("Li Wei", "zh-hans")
    assert answer.cookies["django_language"].value == "zh-hans"


def test_an_officer_without_a_second_factor_is_reminded() -> None:
    officer, miller = a_client_for(an_officer()), a_client_for(an_actor(an_organisation()))

    assert "Set up a second factor" in officer.get("/parties/profile/").content.decode()
    assert "Set up a second factor" not in miller.get("/parties/profile/").content.decode()


def test_the_home_page_reminds_and_the_search_finds() -> None:
    an_organisation("mill", name="Golden Mill")
    officer, stranger = a_client_for(an_officer()), a_client_for(an_actor(an_organisation()))

    assert "Set up a second factor" in officer.get("/").content.decode()
    assert "Set up a second factor" not in stranger.get("/").content.decode()
    assert "Golden Mill" in officer.get("/search/?q=golden").content.decode()
    assert "Golden Mill" not in stranger.get("/search/?q=golden").content.decode()


def test_partners_are_offered_by_name_only() -> None:
    an_organisation("mill", name="Golden Mill", phone="secret")

    found = a_client_for(a_person()).get("/parties/options/?q=gold").json()

    assert found == [{"value": "mill", "label": "Golden Mill (mill)"}]
