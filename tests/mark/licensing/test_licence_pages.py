"""The pages about licences, for the office, the holder, a stranger and the public."""

from datetime import date, datetime

import pytest
from builders.licensing import a_licence
from builders.parties import a_client_for, a_member, a_programme_office, an_officer, an_organisation
from builders.schemes import a_brand, a_right, known_products
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from originmark.frame.web import clock
from originmark.mark.licensing import services
from originmark.mark.licensing.models import Licence
from originmark.origin.parties.models import Organisation

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch, noon: datetime) -> datetime:
    monkeypatch.setattr(clock, "now", lambda: noon)
    return noon


@pytest.fixture
def officer() -> Client:
    return a_client_for(a_member(a_programme_office(), "recorder").person)


def a_holder(organisation: Organisation) -> Client:
    return a_client_for(a_member(organisation, "viewer").person)


def page(client: Client, name: str, *args: str, query: str = "") -> str:
    answer = client.get(reverse(f"licensing:{name}", args=args) + query)
    assert answer.status_code == 200
    return answer.content.decode()


STEPS = ["licence_suspend", "licence_lift", "licence_end"]


def test_an_officer_grants_a_licence(officer: Client) -> None:
    a_brand("yangqu")
    coop = an_organisation(name="Heshun cooperative")
    typed = {
        "organisation": coop.pk,
        "products": ["millet"],
        "valid_from": "2026-10-15",
        "valid_until": "2028-12-31",
    }

    answer = officer.post(reverse("licensing:licence_new", args=["yangqu"]), typed)

    assert answer["Location"] == "/licences/licence/YANGQU-2026-0001/"
    assert "Heshun cooperative" in officer.get(answer["Location"]).content.decode()


def test_a_grant_that_ends_before_it_begins_is_sent_back(officer: Client) -> None:
    a_brand("yangqu")
    typed = {
        "organisation": an_organisation().pk,
        "products": ["millet"],
        "valid_from": "2026-10-15",
        "valid_until": "2026-10-14",
    }

    answer = officer.post(reverse("licensing:licence_new", args=["yangqu"]), typed)

    assert answer.status_code == 422
    assert "Give a later last day." in answer.content.decode()
    assert not Licence.objects.exists()


def test_an_officer_suspends_lifts_and_ends(officer: Client) -> None:
    a_licence(number="L-1")

    def step(name: str, day: str, reason: str = "") -> int:
        typed = {"on": day, "reason": reason}
        address = reverse(f"licensing:{name}", args=["L-1"])
        return officer.post(address, typed).status_code

    assert step("licence_suspend", "2026-10-15") == 422  # no reason
    assert step("licence_suspend", "2026-10-15", "Labels on bought grain") == 302
    text = page(officer, "licence", "L-1")
    assert "The mark may not be used now" in text
    assert "Labels on bought grain" in text
    assert step("licence_lift", "2026-10-15") == 302
    assert step("licence_end", "2026-10-15", "Gave up") == 302
    assert "Ended for good" in page(officer, "licence", "L-1")


def test_a_holder_reads_its_licence_and_changes_nothing() -> None:
    coop = an_organisation()
    a_licence(coop, number="OWN")
    a_licence(number="OTHER")
    holder = a_holder(coop)

    listed = page(holder, "licence_list")

    assert "OWN" in listed
    assert "OTHER" not in listed
    assert "Suspend" not in page(holder, "licence", "OWN")
    assert holder.get(reverse("licensing:licence", args=["OTHER"])).status_code == 404
    for name in STEPS:
        assert holder.get(reverse(f"licensing:{name}", args=["OWN"])).status_code == 403
        assert holder.get(reverse(f"licensing:{name}", args=["OTHER"])).status_code == 404
    assert holder.get(reverse("licensing:licences-import")).status_code == 403


def test_a_stranger_is_asked_to_sign_in(client: Client) -> None:
    a_licence(number="L-1")

    for name, args in (("licence_list", []), ("licence", ["L-1"]), ("certificate", ["L-1"])):
        answer = client.get(reverse(f"licensing:{name}", args=args))
        assert answer.status_code == 302
        assert "/accounts/login/" in answer["Location"]


def test_everybody_reads_the_published_list(client: Client, noon: datetime) -> None:
    a_licence(an_organisation(name="Heshun"), number="GOOD")
    a_licence(an_organisation(name="Lingshi"), number="RESTING")
    a_licence(number="OVER", valid_until=date(2026, 10, 14))
    services.suspend_licence("RESTING", reason="Secret matter", by=an_officer(), now=noon)

    text = page(client, "user_list")

    assert "Heshun" in text
    assert "suspended" in text
    assert "Secret matter" not in text
    assert "OVER" not in text
    assert "Lingshi" not in page(client, "user_list", query="?q=heshun")
    rows = client.get(reverse("licensing:user_list") + "?format=csv")
    assert len(b"".join(rows.streaming_content).splitlines()) == 3


def test_licences_are_narrowed_by_state(officer: Client, noon: datetime) -> None:
    a_licence(number="IS-VALID")
    a_licence(number="IS-LATER", valid_from=date(2026, 10, 16))
    a_licence(number="IS-OVER", valid_until=date(2026, 10, 14))
    a_licence(number="IS-RESTING")
    a_licence(number="IS-ENDED")
    a_licence(number="WAS-RESTING")
    by = an_officer()
    services.suspend_licence("IS-RESTING", reason="x", by=by, now=noon)
    services.suspend_licence("WAS-RESTING", reason="x", by=by, now=noon)
    services.lift_suspension("WAS-RESTING", by=by, now=noon)
    services.suspend_licence("IS-ENDED", reason="x", by=by, now=noon)
    services.end_licence("IS-ENDED", reason="x", by=by, now=noon)
    numbers = {"IS-VALID", "IS-LATER", "IS-OVER", "IS-RESTING", "IS-ENDED", "WAS-RESTING"}

    def shown(state: str) -> set[str]:
        text = page(officer, "licence_list", query=f"?state={state}")
        return {number for number in numbers if f">{number}<" in text}

    assert shown("valid") == {"IS-VALID", "WAS-RESTING"}
    assert shown("not-yet") == {"IS-LATER"}
    assert shown("expired") == {"IS-OVER"}
    assert shown("suspended") == {"IS-RESTING"}
    assert shown("ended") == {"IS-ENDED"}


def test_the_lists_cost_the_same_for_many_licences(
    officer: Client, client: Client, django_assert_max_num_queries: object
) -> None:
    for _ in range(6):
        a_licence()

    with django_assert_max_num_queries(14):  # type: ignore[operator]
        page(officer, "licence_list")
    with django_assert_max_num_queries(8):  # type: ignore[operator]
        page(client, "user_list")


def test_a_licence_is_printed_with_the_rights_that_protect_its_mark(officer: Client) -> None:
    brand = a_brand("yangqu", name="Yangqu millet")
    a_right(brand, number="AGI-1")
    a_licence(brand=brand, number="L-1")

    text = page(officer, "certificate", "L-1")

    assert "Yangqu millet" in text
    assert "AGI-1" in text
    assert "To print" not in text


def test_the_brands_page_names_its_licensees(officer: Client) -> None:
    brand = a_brand("yangqu")
    a_licence(an_organisation(name="Heshun"), brand, number="L-1")
    address = reverse("schemes:brand", args=["yangqu"])

    assert "Heshun" in officer.get(address).content.decode()
    stranger = a_holder(an_organisation())
    assert "Heshun" not in stranger.get(address).content.decode()


def test_home_tells_what_ends_soon(officer: Client) -> None:
    a_licence(number="ENDS-SOON", valid_until=date(2026, 10, 31))

    assert "ENDS-SOON" in officer.get(reverse("web:home")).content.decode()
    assert "ENDS-SOON" in page(officer, "expiry_list")


HEADER = "number,brand,organisation,products,valid_from,valid_until,note\n"


def test_licences_come_from_a_spreadsheet_once(officer: Client) -> None:
    a_brand("yangqu", products=["millet", "flour"])
    an_organisation("heshun")
    rows = HEADER + "L-9,yangqu,heshun,millet; flour,2026-01-01,2027-12-31,\n"

    def take() -> None:
        file = SimpleUploadedFile("licences.csv", rows.encode())
        preview = officer.post(reverse("licensing:licences-import"), {"file": file})
        assert officer.post(preview["Location"]).status_code == 302

    take()
    take()

    licence = Licence.objects.get()
    assert [each.product_code for each in licence.products.all()] == ["flour", "millet"]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("L-9,yangqu,nobody,millet,2026-01-01,2027-12-31,", "nobody"),
        ("L-9,nowhere,heshun,millet,2026-01-01,2027-12-31,", "There is no brand nowhere"),
        ("L-9,yangqu,heshun,rice,2026-01-01,2027-12-31,", "does not cover rice"),
        ("L-9,yangqu,heshun,millet,01/02/2026,2027-12-31,", "Write it as 2026-12-31"),
        ("L-1,yangqu,heshun,millet,2026-01-01,2027-12-31,", "belongs to another licence"),
        ("L/9,yangqu,heshun,millet,2026-01-01,2027-12-31,", "letters, digits"),
    ],
)
def test_a_bad_row_stops_the_spreadsheet(officer: Client, row: str, said: str) -> None:
    known_products(["rice"])
    a_brand("yangqu")
    an_organisation("heshun")
    a_licence(number="L-1")
    good = "L-8,yangqu,heshun,millet,2026-01-01,2027-12-31,\n"
    file = SimpleUploadedFile("licences.csv", (HEADER + good + row).encode())

    preview = officer.post(reverse("licensing:licences-import"), {"file": file})["Location"]
    answer = officer.post(preview)

    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert Licence.objects.count() == 1


def test_programs_ask_whether_and_why_not(officer: Client, client: Client) -> None:
    coop, brand = an_organisation("heshun"), a_brand("yangqu")
    a_licence(coop, brand, number="L-1")
    asked = "/api/licences/state?organisation=heshun&brand=yangqu&product="

    assert officer.get(asked + "millet").json()["is_valid"] is True
    refused = officer.get(asked + "rice").json()
    assert refused["state"] == "product-not-covered"
    assert "covers millet, not rice" in refused["reason"]
    assert client.get(asked + "millet").status_code == 401
    assert a_holder(an_organisation()).get(asked + "millet").status_code == 404
    assert a_holder(coop).get("/api/licences/L-1").json()["state"] == "valid"
    assert [each["number"] for each in client.get("/api/licences/users").json()] == ["L-1"]
    assert a_holder(an_organisation()).get("/api/licences").json() == []
