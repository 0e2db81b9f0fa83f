"""The pages about applications for a geographical indication."""

from datetime import datetime

import pytest
from builders.parties import a_client_for, a_member, a_programme_office, an_organisation
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from originmark.frame.web import clock
from originmark.mark.schemes import gi_selectors
from originmark.mark.schemes.models import GiApplication, GiOpposition, Right

pytestmark = pytest.mark.django_db
NUMBER = "GI-2026-0001"
WORDS = dict.fromkeys(gi_selectors.PARTS, "Made up for tests")


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch, noon: datetime) -> None:
    cache.clear()
    monkeypatch.setattr(clock, "now", lambda: noon)


@pytest.fixture
def officer() -> Client:
    return a_client_for(a_member(a_programme_office(), "recorder").person)


def address(name: str, *args: object) -> str:
    return reverse(f"schemes:{name}", args=args)


def step(client: Client, name: str, **typed: str) -> int:
    return client.post(address("gi_step", NUMBER, name), {"note": "", **typed}).status_code


def a_draft(client: Client, organisation_id: int) -> None:
    typed = {"name": "Yangqu millet", "product": "Millet", "kind": "gi", "country": "China"}
    typed |= WORDS | {"organisation": str(organisation_id)}
    answer = client.post(address("gi_new"), typed)
    assert answer["Location"] == address("gi", NUMBER)


def test_an_application_is_written_examined_and_published(officer: Client) -> None:
    coop = an_organisation()
    producer = a_client_for(a_member(coop, "recorder").person)
    stranger = a_client_for(a_member(an_organisation(), "manager").person)
    anybody = Client()
    a_draft(producer, coop.pk)

    assert "No quality of the product is tied" in producer.get(address("gi", NUMBER)).text
    assert step(producer, "submit") == 422
    link = {"characteristic": "Small grain", "factor_kind": "natural", "factor": "Loess"}
    link |= {"evidence_kind": "test", "evidence": "Report 7"}
    assert producer.post(address("gi_link_new", NUMBER), link).status_code == 302
    assert "Nothing is missing" in producer.get(address("gi", NUMBER)).text
    assert step(producer, "submit") == 302
    assert step(producer, "check") == 403
    assert stranger.get(address("gi", NUMBER)).status_code == 404
    assert anybody.get(address("gi_public", NUMBER)).status_code == 404
    assert [step(officer, each) for each in ("check", "review", "eat")] == [302, 302, 404]
    assert step(officer, "publish", until="2026-10-15") == 422
    assert step(officer, "publish", until="2026-12-15") == 302

    told = anybody.get(address("gi_public", NUMBER)).text
    assert "Small grain" in told
    assert "Report 7" in told


def test_an_opposition_is_taken_answered_and_decided_and_the_name_registered(
    officer: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    coop = an_organisation()
    producer = a_client_for(a_member(coop, "recorder").person)
    anybody, page = Client(REMOTE_ADDR="192.0.2.78"), address("gi", NUMBER)
    a_draft(producer, coop.pk)
    GiApplication.objects.update(stage="published", oppose_until="2026-12-15")

    against = {"who": "Li", "contact": "li@example.org", "grounds": "Generic word"}
    assert anybody.post(address("gi_oppose", NUMBER), against).status_code == 302
    row = GiOpposition.objects.get()
    assert "li@example.org" in officer.get(page).text
    assert "li@example.org" not in producer.get(page).text
    assert "Generic word" not in anybody.get(address("gi_public", NUMBER)).text
    outcome = address("gi_outcome", row.pk)
    answer = producer.post(address("gi_answer", row.pk), {"answer": "It is not"})
    assert answer.status_code == 302
    assert producer.get(outcome).status_code == 403
    assert officer.post(outcome, {"outcome": "dismissed", "note": "Known"}).status_code == 302

    later = datetime.fromisoformat("2027-01-10T12:00:00+00:00")
    monkeypatch.setattr(clock, "now", lambda: later)
    typed = {"authority": "CNIPA", "register": "CNIPA GI", "right_number": "GI-9"}
    typed |= {"registered_on": "2027-01-05", "note": "All holds"}
    assert step(officer, "register", **typed) == 302
    assert Right.objects.get().number == "GI-9"
    assert "All holds" in producer.get(page).text
    assert anybody.get(address("gi_public", NUMBER)).status_code == 404


def test_the_public_form_takes_five_an_hour(officer: Client) -> None:
    coop = an_organisation()
    a_draft(officer, coop.pk)
    GiApplication.objects.update(stage="published", oppose_until="2026-12-15")
    against = {"who": "Li", "contact": "li@example.org", "grounds": "Generic"}
    anybody = Client(REMOTE_ADDR="192.0.2.77")

    answers = [
        anybody.post(address("gi_oppose", NUMBER), against).status_code for _each in range(6)
    ]

    assert answers == [302] * 5 + [429]
    assert GiOpposition.objects.count() == 5


def test_the_list_is_for_whoever_may_read_and_goes_out_as_csv(officer: Client) -> None:
    coop = an_organisation()
    a_draft(officer, coop.pk)
    stranger = a_client_for(a_member(an_organisation(), "manager").person)

    assert "Yangqu millet" in officer.get(address("gi_list")).text
    assert "Yangqu millet" not in stranger.get(address("gi_list")).text
    told = b"".join(officer.get(address("gi_list") + "?format=csv")).decode()
    assert "GI-2026-0001" in told
    assert Client().get(address("gi_list")).status_code == 302
    assert "Yangqu millet" in officer.get("/search/?q=GI-2026").text
