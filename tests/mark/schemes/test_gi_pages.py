"""The pages about applications for a geographical indication."""

from datetime import datetime
from typing import Any

import pytest
from builders.gi import (
    AGAINST,
    HOW,
    LATER,
    WORDS,
    a_gi,
    a_granted_gi,
    a_law,
    a_procedure,
    a_published_gi,
    a_submitted_gi,
)
from builders.parties import a_client_for, a_member, a_programme_office, an_organisation
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from originmark.frame.web import clock
from originmark.mark.schemes.models import GiDecision, GiEvidence, GiOpposition, Right
from originmark.mark.schemes.services import gi_oppositions as oppositions

pytestmark = pytest.mark.django_db
NUMBER = "GI-2026-0001"
SHOWS = {"kind": "figure", "says": "More protein", "value": "8.2 %", "method": "GB 5009.5",
         "laboratory": "County Laboratory"}  # fmt: skip


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch, noon: datetime, settings: Any, tmp_path: Any) -> None:
    cache.clear()
    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setattr(clock, "now", lambda: noon)


@pytest.fixture
def officer() -> Client:
    return a_client_for(a_member(a_programme_office(), "recorder").person)


def address(name: str, *args: object) -> str:
    return reverse(f"schemes:{name}", args=args)


def step(client: Client, name: str, **typed: str) -> int:
    return client.post(address("gi_step", NUMBER, name), {"note": "", **typed}).status_code


def begin(client: Client, organisation_id: int) -> None:
    typed = {"name": "Yangqu millet", "product": "Millet", "kind": "gi", "country": "China"}
    typed |= WORDS | {"organisation": str(organisation_id)}
    answer = client.post(address("gi_new"), typed)
    assert answer["Location"] == address("gi", NUMBER)


def prove(client: Client) -> None:
    link = {"characteristic": "Small grain", "factor_kind": "natural", "factor": "Loess"}
    link |= {"evidence_kind": "test", "evidence": "Report 7"}
    assert client.post(address("gi_link_new", NUMBER), link).status_code == 302
    for each in ("quality", "link"):
        new = address("gi_evidence_new", NUMBER, each)
        assert client.get(new).status_code == 200
        paper = SimpleUploadedFile(f"{each}.pdf", b"%PDF-1.7\n")
        assert client.post(new, {**SHOWS, "file": paper}).status_code == 302


def test_an_application_is_written_and_tells_what_is_missing(officer: Client) -> None:
    a_procedure()
    coop = an_organisation()
    producer = a_client_for(a_member(coop, "recorder").person)
    stranger = a_client_for(a_member(an_organisation(), "manager").person)
    begin(producer, coop.pk)

    told = producer.get(address("gi", NUMBER)).text
    assert "No quality of the product is tied" in told
    assert "Nothing shows “Special quality” yet." in told
    assert step(producer, "submit") == 422
    half = producer.post(address("gi_evidence_new", NUMBER, "quality"), {**SHOWS, "method": ""})
    assert "needs method" in half.text
    prove(producer)
    assert "Nothing is missing" in producer.get(address("gi", NUMBER)).text
    first = GiEvidence.objects.order_by("pk")[0].pk
    assert stranger.post(address("gi_evidence_remove", NUMBER, first)).status_code == 404
    assert step(producer, "submit") == 302
    assert producer.post(address("gi_evidence_remove", NUMBER, first)).status_code == 422
    assert step(producer, "advance") == 403
    assert stranger.get(address("gi", NUMBER)).status_code == 404


def test_the_office_judges_and_publishes(officer: Client) -> None:
    a_submitted_gi()
    anybody = Client()
    assert [step(officer, each) for each in ("advance", "advance", "eat")] == [302, 302, 404]
    assert "“Special quality” is not judged yet." in officer.get(address("gi", NUMBER)).text
    assert step(officer, "publish", until="2026-12-15") == 422
    for each in ("quality", "link"):
        judged = address("gi_judge", NUMBER, each)
        assert officer.get(judged).status_code == 200
        found = officer.post(judged, {"verdict": "shown", "reason": "Report 7"})
        assert found.status_code == 302
    assert "Every property is judged and shown." in officer.get(address("gi", NUMBER)).text
    assert anybody.get(address("gi_public", NUMBER)).status_code == 404
    assert step(officer, "publish", until="2026-10-15") == 422
    assert step(officer, "publish", until="2026-12-15") == 302

    told = anybody.get(address("gi_public", NUMBER)).text
    assert "Small golden grain" in told
    assert "Chronicle of 1882" in told


def test_where_the_law_gives_the_term_nobody_types_the_day(officer: Client) -> None:
    a_law()
    a_submitted_gi()
    for each in ("quality", "link"):
        officer.post(address("gi_judge", NUMBER, each), {"verdict": "shown", "reason": "x"})
    assert [step(officer, each) for each in ("advance", "advance")] == [302, 302]

    form = officer.get(address("gi_step", NUMBER, "publish")).text
    assert 'name="until"' not in form
    assert "as Made up for tests, § 7 gives" in form
    assert step(officer, "publish") == 302
    assert "A common word" in Client().get(address("gi_oppose", NUMBER)).text


def test_an_opposition_is_taken_answered_heard_and_decided(officer: Client) -> None:
    coop = an_organisation()
    producer = a_client_for(a_member(coop, "recorder").person)
    anybody, page = Client(REMOTE_ADDR="192.0.2.78"), address("gi", NUMBER)
    a_published_gi(coop)

    against = {"who": "Li", "contact": "li@example.org", "grounds": "Generic word"}
    paper = SimpleUploadedFile("book.pdf", b"%PDF-1.7\n")
    sent = anybody.post(address("gi_oppose", NUMBER), {**against, "file": paper})
    assert sent.status_code == 302
    row = GiOpposition.objects.get()
    assert "li@example.org" in officer.get(page).text
    assert "li@example.org" not in producer.get(page).text
    assert "Generic word" not in anybody.get(address("gi_public", NUMBER)).text
    found = producer.get(address("gi_opposition_file", row.pk))
    assert b"".join(found) == b"%PDF-1.7\n"
    assert anybody.get(address("gi_opposition_file", row.pk)).status_code == 302
    outcome, hearing = address("gi_outcome", row.pk), address("gi_hearing", row.pk)
    answer = producer.post(address("gi_answer", row.pk), {"answer": "It is not"})
    assert answer.status_code == 302
    assert [producer.get(each).status_code for each in (outcome, hearing)] == [403, 403]
    heard = {"held_on": "2026-10-14", "present": "Both", "notes": "The word is old"}
    assert officer.post(hearing, heard).status_code == 302
    assert officer.post(outcome, {"outcome": "dismissed", "note": "Known"}).status_code == 302
    assert "The word is old" in producer.get(page).text


def test_a_late_opposition_is_refused_in_plain_words(monkeypatch: pytest.MonkeyPatch) -> None:
    a_published_gi()
    monkeypatch.setattr(clock, "now", lambda: LATER)

    against = {"who": "Li", "contact": "li@example.org", "grounds": "Generic word"}
    answer = Client(REMOTE_ADDR="192.0.2.79").post(address("gi_oppose", NUMBER), against)

    assert answer.status_code == 422
    assert "Oppositions to GI-2026-0001 were taken until" in answer.text


def test_a_decision_is_a_paper_that_anybody_can_verify(
    officer: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    coop = an_organisation()
    producer = a_client_for(a_member(coop, "viewer").person)
    a_granted_gi(coop)
    code = GiDecision.objects.get().code
    paper = producer.get(address("gi_decision_pdf", NUMBER))
    assert paper.content.startswith(b"%PDF")
    public = address("gi_decision", code)
    assert "is not registered yet" in Client().get(public).text

    typed = {"authority": "CNIPA", "register": "CNIPA GI", "right_number": "GI-9"}
    typed |= {"registered_on": "2026-10-01", "valid_until": "2026-10-30"}
    assert step(officer, "register", **typed) == 302
    assert Right.objects.get().number == "GI-9"
    assert "This name is protected today" in Client().get(public).text
    monkeypatch.setattr(clock, "now", lambda: LATER)
    assert "no longer protected" in Client().get(public).text
    assert Client().get(address("gi_decision", "made-up")).status_code == 404


def test_the_public_form_takes_five_an_hour(officer: Client) -> None:
    a_published_gi()
    against = {"who": "Li", "contact": "li@example.org", "grounds": "Generic"}
    anybody = Client(REMOTE_ADDR="192.0.2.77")

    answers = [
        anybody.post(address("gi_oppose", NUMBER), against).status_code for _each in range(6)
    ]

    assert answers == [302] * 5 + [429]
    assert GiOpposition.objects.count() == 5


def test_the_list_is_for_whoever_may_read_and_goes_out_as_csv(officer: Client) -> None:
    a_gi()
    stranger = a_client_for(a_member(an_organisation(), "manager").person)

    assert "Yangqu millet" in officer.get(address("gi_list")).text
    assert "Yangqu millet" not in stranger.get(address("gi_list")).text
    told = b"".join(officer.get(address("gi_list") + "?format=csv")).decode()
    assert "GI-2026-0001" in told
    assert Client().get(address("gi_list")).status_code == 302
    assert "Yangqu millet" in officer.get("/search/?q=GI-2026").text


def test_a_page_costs_the_same_however_many_oppose(
    officer: Client, django_assert_max_num_queries: Any
) -> None:
    number = a_published_gi().number
    for _each in range(6):
        against = oppositions.oppose_gi(number, AGAINST, now=HOW["now"])
        oppositions.answer_opposition(against.pk, answer="No", **HOW)
    officer.get(address("gi", NUMBER))
    with django_assert_max_num_queries(30):
        officer.get(address("gi", NUMBER))
