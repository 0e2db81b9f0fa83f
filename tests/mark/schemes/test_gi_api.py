"""Applications for a geographical indication, for programs."""

from typing import Any

import pytest
from builders.gi import LATER, a_gi, a_published_gi, a_submitted_gi
from builders.parties import a_client_for, a_member, a_programme_office, an_organisation
from django.core.cache import cache
from django.test import Client

from originmark.frame.web import clock
from originmark.mark.schemes.models import GiApplication, GiOpposition, Right

pytestmark = pytest.mark.django_db
HERE = "/api/schemes/gi/"


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch, noon: Any) -> None:
    cache.clear()
    monkeypatch.setattr(clock, "now", lambda: noon)


@pytest.fixture
def officer() -> Client:
    return a_client_for(a_member(a_programme_office(), "recorder").person)


def post(client: Client, path: str, **body: Any) -> tuple[int, dict[str, Any]]:
    answer = client.post(HERE + path, body, content_type="application/json")
    return answer.status_code, answer.json()


def oppose(number: str, **more: Any) -> tuple[int, dict[str, Any]]:
    against = {"who": "Li", "contact": "li@example.org", "grounds": "Generic", **more}
    answer = Client().post(f"{HERE}{number}/oppositions", against)
    return answer.status_code, answer.json()


def test_one_reads_ones_own_and_a_stranger_nothing(officer: Client) -> None:
    holder = an_organisation()
    number = a_gi(holder).number
    own = a_client_for(a_member(holder, "viewer").person)
    stranger = a_client_for(a_member(an_organisation(), "manager").person)

    assert [each["number"] for each in own.get(HERE).json()["items"]] == [number]
    assert [each["phase"] for each in officer.get(HERE + "?phase=prepared").json()["items"]] == [
        "prepared"
    ]
    assert officer.get(HERE + "?phase=decided").json()["items"] == []
    assert stranger.get(HERE).json()["items"] == []
    assert stranger.get(HERE + number).status_code == 404
    assert Client().get(HERE).status_code == 401


def test_an_application_is_told_whole(officer: Client) -> None:
    row = a_gi(method="")
    told = officer.get(HERE + row.number).json()

    assert (told["procedure"], told["procedure_version"], told["stage"]) == (
        "gi-general", 1, "draft",
    )  # fmt: skip
    assert [each["code"] for each in told["properties"]] == ["quality", "link"]
    assert told["properties"][0]["evidence"][0]["source"] == "Chronicle of 1882, p. 4"
    assert told["missing"] == [
        "The specification says nothing under “method of production”. Fill in that part."
    ]
    assert [each["stage"] for each in told["steps"]] == ["draft"]


def test_a_program_takes_an_application_from_stage_to_stage(
    officer: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = a_gi().number
    assert post(officer, f"{number}/advance")[1]["phase"] == "submitted"
    for code in ("quality", "link"):
        judged = {"verdict": "shown", "reason": "Report 7"}
        assert post(officer, f"{number}/properties/{code}/judge", **judged)[1]["verdict"] == "shown"
    assert [post(officer, f"{number}/advance")[1]["stage"] for _each in range(2)] == [
        "formal-check", "expert-review",
    ]  # fmt: skip
    status, told = post(officer, f"{number}/advance")
    assert (status, told["type"]) == (422, "urn:originmark:refusal:opposition-term-missing")
    told = post(officer, f"{number}/advance", until="2026-12-15")[1]
    assert (told["phase"], told["oppose_until"]) == ("opposition", "2026-12-15")

    status, receipt = oppose(number)
    assert (status, sorted(receipt)) == (201, ["id", "received_at", "sha256"])
    monkeypatch.setattr(clock, "now", lambda: LATER)
    status, told = post(officer, f"{number}/decide", outcome="granted", reason="All holds")
    assert (status, told["type"]) == (422, "urn:originmark:refusal:oppositions-undecided")
    outcome = f"{number}/oppositions/{receipt['id']}/outcome"
    assert post(officer, outcome, outcome="dismissed", reason="Known")[0] == 200
    told = post(officer, f"{number}/decide", outcome="granted", reason="All holds")[1]
    assert told["phase"] == "decided"
    found = {"authority": "CNIPA", "register_name": "CNIPA GI", "number": "GI-9"}
    told = post(officer, f"{number}/register", registered_on="2027-01-05", **found)[1]
    assert (told["phase"], told["right"]) == ("registered", Right.objects.get().pk)


def test_each_gap_is_a_member_of_the_problem(officer: Client) -> None:
    row = a_gi(method="", area="")

    status, told = post(officer, f"{row.number}/advance")

    assert (status, told["type"]) == (422, "urn:originmark:refusal:gi-incomplete")
    assert [each["code"] for each in told["errors"]] == ["gi-part-missing", "gi-part-missing"]


def test_the_applicant_does_not_decide_and_a_stranger_learns_nothing() -> None:
    holder = an_organisation()
    number = a_submitted_gi(holder).number
    own = a_client_for(a_member(holder, "manager").person)
    stranger = a_client_for(a_member(an_organisation(), "manager").person)
    refused = {"outcome": "refused", "reason": "x"}

    assert [post(each, f"{number}/decide", **refused)[0] for each in (own, stranger)] == [403, 404]
    assert [post(each, f"{number}/advance")[0] for each in (own, stranger)] == [403, 404]
    assert GiApplication.objects.get().phase == "submitted"


def test_a_late_opposition_is_a_problem_and_leaves_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    number = a_published_gi().number
    monkeypatch.setattr(clock, "now", lambda: LATER)

    status, told = oppose(number)

    assert (status, told["type"]) == (422, "urn:originmark:refusal:opposition-closed")
    assert not GiOpposition.objects.exists()
