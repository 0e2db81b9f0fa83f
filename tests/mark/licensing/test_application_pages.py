"""The pages about applications and findings."""

from datetime import datetime

import pytest
from builders.applications import a_ruled_brand, an_application
from builders.parties import a_client_for, a_member, a_programme_office, an_organisation
from builders.places import a_growing_area
from django.test import Client
from django.urls import reverse

from originmark.frame.web import clock
from originmark.mark.licensing.models import Application, NonConformity
from originmark.origin.parties.models import Organisation

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch, noon: datetime) -> None:
    monkeypatch.setattr(clock, "now", lambda: noon)


@pytest.fixture
def officer() -> Client:
    return a_client_for(a_member(a_programme_office(), "recorder").person)


def a_producer(organisation: Organisation, role: str = "recorder") -> Client:
    return a_client_for(a_member(organisation, role).person)


def address(name: str, *args: object) -> str:
    return reverse(f"licensing:{name}", args=args)


def page(client: Client, name: str, *args: object) -> str:
    answer = client.get(address(name, *args))
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_producer_applies_and_the_office_grants(officer: Client) -> None:
    a_ruled_brand()
    coop = an_organisation(name="Heshun")
    a_growing_area("plot", organisation=coop)
    producer = a_producer(coop)
    typed = {"products": ["millet"], "areas": ["plot"], "season": 2026, "forecast_kg": "30000"}

    answer = producer.post(address("application_new", "yangqu"), typed)
    assert answer["Location"] == "/licences/applications/A-2026-0001/"
    told = producer.get(answer["Location"]).content.decode()
    assert "right-in-force holds" in told
    assert "Grant" not in told
    assert "Applications that wait for you" in officer.get("/").content.decode()

    answer = officer.post(address("application_grant", "A-2026-0001"), {"valid_from": "2026-10-15"})
    assert answer.status_code == 302
    assert "YANGQU-2026-0001" in page(producer, "application", "A-2026-0001")


def test_a_grant_that_does_not_hold_is_sent_back_with_every_reason(officer: Client) -> None:
    brand, coop = a_ruled_brand(conditions=("credit-code", "star-in-force")), an_organisation()
    asked = an_application(brand, coop)

    answer = officer.post(address("application_grant", asked.number), {"valid_from": "2026-10-15"})

    assert answer.status_code == 422
    text = answer.content.decode()
    assert "unified social credit code" in text
    assert "No star of Millet" in text


def test_the_office_asks_and_the_producer_changes_and_withdraws(officer: Client) -> None:
    coop = an_organisation()
    asked, producer = an_application(organisation=coop), a_producer(coop)

    step = address("application_step", asked.number, "ask")
    assert officer.post(step, {"note": ""}).status_code == 422
    assert officer.post(step, {"note": "Which land?"}).status_code == 302
    assert "Which land?" in page(producer, "application", asked.number)
    typed = {"products": ["millet"], "season": 2027}
    assert producer.post(address("application_answer", asked.number), typed).status_code == 302
    assert Application.objects.get().season == 2027
    withdraw = address("application_step", asked.number, "withdraw")
    assert producer.post(withdraw, {"note": ""}).status_code == 302
    assert Application.objects.get().state == "withdrawn"
    assert officer.get(address("application_step", asked.number, "eat")).status_code == 404


def test_nobody_else_sees_or_decides_it(client: Client) -> None:
    coop = an_organisation()
    asked = an_application(organisation=coop)
    viewer, stranger = a_producer(coop, "viewer"), a_producer(an_organisation())

    assert client.get(address("application", asked.number)).status_code == 302
    assert stranger.get(address("application", asked.number)).status_code == 404
    assert page(viewer, "application", asked.number)
    for name in ("application_grant", "application_answer"):
        assert viewer.get(address(name, asked.number)).status_code == 403
        assert stranger.get(address(name, asked.number)).status_code == 404
    assert viewer.get(address("application_new", "yangqu")).status_code == 403


def test_whoever_belongs_to_several_says_who_applies(officer: Client) -> None:
    a_ruled_brand()
    coop = an_organisation(name="Heshun")
    shown = page(officer, "application_new", "yangqu")
    assert "Who applies" in shown

    answer = officer.post(address("application_new", "yangqu"), {"organisation": coop.pk})
    assert answer["Location"] == f"/licences/applications/new/yangqu/?organisation={coop.pk}"
    assert "Heshun" in officer.get(answer["Location"]).content.decode()


def test_a_finding_is_recorded_read_by_its_user_and_closed(officer: Client) -> None:
    coop = an_organisation()
    typed = {"organisation": coop.pk, "what": "Bought grain", "found_on": "2026-10-14"}
    answer = officer.post(address("finding_new"), typed)
    row = NonConformity.objects.get()
    assert answer["Location"] == address("finding", row.pk)

    viewer = a_producer(coop, "viewer")
    assert "Bought grain" in page(viewer, "finding_list")
    assert "Close the finding" not in page(viewer, "finding", row.pk)
    assert viewer.post(address("finding", row.pk), {"note": "x"}).status_code == 403
    assert a_producer(an_organisation()).get(address("finding", row.pk)).status_code == 404
    assert officer.post(address("finding", row.pk), {"note": "Sold plain"}).status_code == 302
    assert "Sold plain" in page(viewer, "finding", row.pk)
