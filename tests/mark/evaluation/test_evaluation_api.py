"""Rounds, dossiers, sheets and certificates through the JSON API."""

from datetime import datetime
from typing import Any

import pytest
from builders.evaluation import (
    MEETING,
    a_council,
    a_decision,
    a_draft_dossier,
    a_round,
    an_accepted_dossier,
    an_open_session,
)
from builders.parties import a_client_for, an_actor, an_officer, an_organisation
from builders.products import a_trade_item
from django.test import Client

from originmark.frame.web import clock
from originmark.mark.evaluation.models import Answer, Dossier, Score

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stars_of_tests")]
ROOT = "/api/evaluation"


@pytest.fixture(autouse=True)
def meeting(monkeypatch: pytest.MonkeyPatch) -> datetime:
    monkeypatch.setattr(clock, "now", lambda: MEETING)
    return MEETING


def send(client: Client, method: str, path: str, body: Any = None, *, status: int = 200) -> Any:
    answer = client.generic(
        method, ROOT + path, "" if body is None else client._encode_json(body, "application/json"),
        content_type="application/json",
    )  # fmt: skip
    assert answer.status_code == status, answer.content
    return answer.json()


def test_an_applicant_begins_assesses_and_reads_a_dossier() -> None:
    a_round("qn-2026")
    coop = an_organisation()
    product = a_trade_item(organisation=coop)
    client = a_client_for(an_actor(coop, "recorder"))
    body = {
        "round": "qn-2026", "organisation": coop.code, "product": product.code,
        "product_set": "tea",
    }  # fmt: skip
    made = send(client, "POST", "/dossiers", body, status=201)
    assert (made["number"], made["state"], made["group"]) == ("QN-2026-0001", "draft", "drinks")

    answers = [{"criterion": "1.1", "points": 40}, {"criterion": "2.1", "option": 2}]
    found = send(client, "PUT", "/dossiers/QN-2026-0001/assessment", {"answers": answers})
    assert found == {
        "points": 50, "by_part": {"A": 40, "B": 10}, "stars": 3, "next_stars": 4,
        "points_to_next": "20", "missing": ["1.2", "2.2"],
    }  # fmt: skip
    send(client, "POST", "/dossiers/QN-2026-0001/submit", status=409)
    send(a_client_for(an_actor()), "GET", "/dossiers/QN-2026-0001", status=404)
    (round_,) = send(client, "GET", "/rounds?year=2026")
    assert (round_["code"], round_["dossiers"]["draft"]) == ("qn-2026", 1)


def test_a_score_above_the_maximum_is_refused_with_the_rule_that_says_so() -> None:
    dossier = a_draft_dossier(a_round())
    client = a_client_for(an_actor(dossier.organisation, "manager"))
    path = f"/dossiers/{dossier.number}/assessment"
    body = {"answers": [{"criterion": "1.1", "points": 41}]}
    refused = send(client, "PUT", path, body, status=422)

    assert refused["type"] == "urn:originmark:refusal:score-above-maximum"
    assert refused["facts"] == {"criterion": "1.1", "max_points": 40, "points": 41}
    assert not Answer.objects.exists()
    send(client, "PUT", path, {"answers": [{"criterion": "1.1"}]}, status=422)


def test_a_member_scores_and_the_head_decides() -> None:
    round_ = a_round()
    council = [a_client_for(each) for each in a_council(round_, 2)]
    dossier = an_accepted_dossier(round_)
    an_open_session(round_, dossier)
    path = f"/dossiers/{dossier.number}"
    scores = [
        {"criterion": code, "points": points}
        for code, points in (("1.1", 40), ("1.2", 20), ("2.1", 10), ("2.2", 5))
    ]
    for member in council:
        assert send(member, "GET", f"{path}/sheet")["version"] == 0
        body = {"version": 0, "scores": scores}
        assert send(member, "PUT", f"{path}/sheet", body)["points"] == 75
        stale = send(member, "PUT", f"{path}/sheet", body, status=409)
        assert stale["type"] == "urn:originmark:refusal:sheet-changed"
        assert send(member, "POST", f"{path}/sheet/hand-in")["handed_in_at"] is not None

    tally = send(council[0], "GET", f"{path}/tally")
    assert (tally["average"], tally["missing"]) == ("75.00", [])
    send(a_client_for(an_officer()), "GET", f"{path}/tally", status=403)
    send(a_client_for(an_officer()), "POST", f"{path}/decide", status=403)
    decided = send(council[0], "POST", f"{path}/decide")
    assert (decided["points"], decided["granted_stars"]) == ("75.00", 4)
    again = send(council[0], "POST", f"{path}/decide", status=409)
    assert again["type"] == "urn:originmark:refusal:already-decided"
    assert Score.objects.count() == 8
    assert Dossier.objects.get().state == "decided"


def test_anybody_verifies_a_certificate() -> None:
    decision = a_decision()
    found = send(Client(), "GET", f"/certificates/{decision.code}")

    assert (found["stars"], found["state"], found["is_valid"]) == (4, "in-force", True)
    send(Client(), "GET", "/certificates/made-up", status=404)
    send(Client(), "GET", "/dossiers", status=401)
