"""The pages of rounds, dossiers and councils, for each who may and may not see them."""

from datetime import datetime

import pytest
from builders.evaluation import (
    MEETING,
    NOON,
    a_council,
    a_decision,
    a_draft_dossier,
    a_planned_session,
    a_round,
    a_sheet_in,
    an_accepted_dossier,
    an_open_session,
)
from builders.parties import a_client_for, an_actor, an_inspector, an_officer, an_organisation
from builders.products import a_trade_item
from builders.star_schemes import GOOD
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from originmark.frame.web import clock
from originmark.mark.evaluation import services, steps
from originmark.mark.evaluation.models import Decision, Dossier, Holiday, Round, Score, Sheet
from originmark.origin.parties.access import SYSTEM

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stars_of_tests")]
HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def meeting(monkeypatch: pytest.MonkeyPatch) -> datetime:
    monkeypatch.setattr(clock, "now", lambda: MEETING)
    return MEETING


def address(name: str, *args: object) -> str:
    return reverse(f"evaluation:{name}", args=args)


def page(client: Client, name: str, *args: object, query: str = "") -> str:
    answer = client.get(address(name, *args) + query)
    assert answer.status_code == 200, answer.content
    return str(answer.content.decode())


def test_the_office_opens_a_round_and_sets_its_rules() -> None:
    office = a_client_for(an_officer())
    typed = {
        "name": "Spring", "code": "qn-2026", "scheme": "ocop 3", "level": "province",
        "year": 2026, "opens_on": "2026-10-01", "closes_on": "2026-10-31",
        "quorum_percent": "66,67",
    }  # fmt: skip
    answer = office.post(address("round_new"), typed)
    assert answer["Location"] == "/evaluation/rounds/qn-2026/"
    assert "not said yet" in page(office, "round", "qn-2026")  # the rounding

    rules = {"quorum_percent": "66.67", "rounding": "whole-cut", "pre_check_contents": "Soil"}
    assert office.post(address("rules", "qn-2026"), rules).status_code == 302
    row = Round.objects.get()
    assert (str(row.quorum_share), row.rounding, row.pre_check_contents) == (
        "0.6667", "whole-cut", ["Soil"],
    )  # fmt: skip
    refused = office.post(address("rules", "qn-2026"), {**rules, "quorum_percent": "120"})
    assert refused.status_code == 422


def test_an_applicant_goes_from_idea_to_handing_in() -> None:
    round_ = a_round("qn-2026")
    coop = an_organisation()
    product = a_trade_item(organisation=coop)
    client = a_client_for(an_actor(coop, "recorder"))
    idea = {"organisation": coop.pk, "title": "Golden-flower tea"}
    assert client.post(address("idea_new"), idea).status_code == 302
    assert "Golden-flower tea" in page(client, "idea_list")
    assert round_.name in page(client, "dossier_new")

    chosen = {"product": product.code, "set_code": "tea"}
    begun = client.post(address("dossier_new") + "?round=qn-2026", chosen)
    assert begun["Location"] == "/evaluation/dossiers/QN-2026-0001/"
    number = "QN-2026-0001"
    early = client.post(address("dossier_submit", number))
    assert early.status_code == 409
    assert "Registration form" in early.content.decode()

    paper = {"proof": "registration", "note": "Two pages, signed"}
    assert client.post(address("proof_new", number), paper).status_code == 302
    answers = {f"option-{code}": option for code, option in GOOD.items()}
    part = client.post(address("assess", number), answers, headers=HTMX).content.decode()
    assert "20 points to 5 stars" in part
    assert client.post(address("dossier_submit", number)).status_code == 302
    assert Dossier.objects.get().state == "submitted"


def test_a_sheet_saves_as_one_goes_and_is_handed_in() -> None:
    round_ = a_round()
    member = a_council(round_)[2]
    dossier = an_accepted_dossier(round_)
    an_open_session(round_, dossier)
    client = a_client_for(member)
    assert "1 dossier waits for your score" in client.get("/").content.decode()
    sheet = page(client, "sheet", dossier.number)
    assert sheet.count('type="radio"') == 12

    one = {"version": "0", "option-1.1": "2", "remark-1.1": "Saw it", "reason-1.1": ""}
    bar = client.post(address("sheet", dossier.number), one, headers=HTMX)
    assert 'name="version" value="1"' in bar.content.decode()
    late = client.post(address("sheet", dossier.number), one, headers=HTMX)
    assert (late.status_code, "another screen" in late.content.decode()) == (422, True)
    without_script = client.post(address("sheet", dossier.number), one)
    assert without_script.status_code == 409
    assert Score.objects.count() == 1

    early = client.post(address("sheet", dossier.number), {**one, "version": "1", "hand-in": "1"})
    assert early["Location"] == address("sheet", dossier.number)
    assert "The sheet has no answer to" in page(client, "sheet", dossier.number)
    assert Sheet.objects.get().handed_in_at is None

    version = str(Sheet.objects.get().version)
    whole = {f"option-{code}": str(option) for code, option in GOOD.items()}
    knocked = {"knock-1.1": "on", "reason-1.1": "All bought abroad"}
    sent = client.post(
        address("sheet", dossier.number), {"version": version, "hand-in": "1", **whole, **knocked}
    )
    assert sent["Location"] == address("dossier", dossier.number)
    row = Sheet.objects.get()
    assert (row.points, row.handed_in_at, row.knock_outs.get().reason) == (
        70, MEETING, "All bought abroad",
    )  # fmt: skip


@pytest.mark.parametrize("wrong", ["9", "x", "-1", "١", ""])
def test_an_answer_that_is_not_on_the_sheet_is_refused(wrong: str) -> None:
    round_ = a_round()
    member = a_council(round_)[2]
    dossier = an_accepted_dossier(round_)
    an_open_session(round_, dossier)
    client = a_client_for(member)

    answer = client.post(address("sheet", dossier.number), {"version": "0", "option-1.1": wrong})

    assert answer.status_code == 422
    assert not Score.objects.exists()


def test_the_head_sees_the_tally_decides_and_the_minutes_follow() -> None:
    round_ = a_round()
    council = a_council(round_)
    dossier = an_accepted_dossier(round_)
    session = an_open_session(round_, dossier)
    chair = a_client_for(council[0])
    assert "missing" in page(chair, "tally", dossier.number)
    a_sheet_in(dossier, council[0], GOOD, knock_outs={"1.1": "Doubtful"})
    for member in council[1:]:
        a_sheet_in(dossier, member)
    early = chair.post(address("decide", dossier.number))
    assert early.status_code == 409
    said = {"criterion": "1.1", "text": "The contracts were shown"}
    assert chair.post(address("note", dossier.number), said).status_code == 302
    vote = {"votes_for": 1, "votes_against": 2, "abstained": 0, "is_upheld": "no"}
    assert chair.post(address("vote", dossier.number, "1.1"), vote).status_code == 302
    live = chair.get(address("tally", dossier.number), headers={**HTMX, "HX-Target": "tally"})
    assert "Rejected by the council" in live.content.decode()
    assert "<html" not in live.content.decode()

    assert chair.post(address("decide", dossier.number)).status_code == 302
    assert chair.post(address("decide", dossier.number)).status_code == 409
    assert chair.post(address("session_close", session.pk)).status_code == 302
    assert Decision.objects.get().granted_stars == 4
    assert "Minutes as PDF" in page(chair, "session", session.pk)


def test_the_office_prepares_a_session_through_its_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOON)
    round_ = a_round()
    chair = a_client_for(a_council(round_)[0])
    dossier = an_accepted_dossier(round_)
    office = a_client_for(an_officer())
    day = {"day": "2026-10-16", "name": "A day off"}
    assert office.post(address("holiday_list"), day).status_code == 302
    assert "A day off" in page(office, "holiday_list")
    planned = {"held_on": "2026-10-19", "place": "Hạ Long"}
    there = office.post(address("session_new", round_.code), planned)["Location"]
    session = round_.sessions.get()
    assert dossier.number in office.get(there).content.decode()
    assert (
        office.post(address("agenda", session.pk), {"dossier": dossier.number}).status_code == 302
    )
    assert "Send the dossiers by" in office.get(there).content.decode()
    assert office.post(address("send", session.pk)).status_code == 302

    monkeypatch.setattr(clock, "now", lambda: MEETING)
    assert chair.post(address("session_open", session.pk)).status_code == 409  # nobody is there
    seats = [str(member.pk) for member in round_.members.all()]
    assert chair.post(address("attendance", session.pk), {"present": seats}).status_code == 302
    assert chair.post(address("session_open", session.pk)).status_code == 302
    assert office.post(
        address("holiday_remove", Holiday.objects.get().pk)
    ).status_code == 302  # fmt: skip


def test_the_office_asks_for_something_and_the_applicant_reads_it_at_home() -> None:
    dossier = services.submit_dossier(_ready(a_round()).number, by=SYSTEM, now=NOON)
    office = a_client_for(an_officer())
    words = {"note": "Sign the form", "until": "2026-10-30"}
    assert office.post(address("ask", dossier.number), words).status_code == 302

    applicant = a_client_for(an_actor(dossier.organisation, "manager"))
    assert "Sign the form" in applicant.get("/").content.decode()
    assert "Needed until" in page(applicant, "dossier", dossier.number)


def _ready(round_: Round) -> Dossier:
    dossier = a_draft_dossier(round_)
    services.file_proof(dossier.number, "registration", note="Paper", by=SYSTEM, now=NOON)
    answers = [services.AnswerDraft(code, option) for code, option in GOOD.items()]
    return services.assess(dossier.number, answers, by=SYSTEM)


def test_pre_check_and_acceptance_have_pages() -> None:
    dossier = services.submit_dossier(_ready(a_round()).number, by=SYSTEM, now=NOON)
    office = a_client_for(an_officer())
    said = {"ok-0": "on", "remark-1": "Nobody from the village works there"}
    assert office.post(address("pre_check", dossier.number), said).status_code == 302
    assert office.post(address("accept", dossier.number), {"note": ""}).status_code == 302
    found = list(dossier.pre_check.values_list("is_confirmed", flat=True))
    assert found == [True, False]


def test_a_dossier_outside_any_round_is_entered_until_it_is_withdrawn() -> None:
    dossier = an_accepted_dossier(a_round())
    Dossier.objects.filter(pk=dossier.pk).update(round=None, level="centre")
    office = a_client_for(an_officer())

    assert "Enter into a round" in page(office, "dossier", dossier.number)
    assert "Open one first." in page(office, "enter", dossier.number)
    Dossier.objects.filter(pk=dossier.pk).update(state=steps.WITHDRAWN)
    assert "Enter into a round" not in page(office, "dossier", dossier.number)


def test_who_reads_what() -> None:
    round_ = a_round()
    council = a_council(round_)
    dossier = an_accepted_dossier(round_)
    session = a_planned_session(round_, dossier)
    names = {
        "dossier": dossier.number, "sheet": dossier.number, "tally": dossier.number,
        "session": session.pk, "round": round_.code,
    }  # fmt: skip
    readers = {
        "stranger": (an_actor(), [404, 404, 404, 404, 200]),
        "applicant": (an_actor(dossier.organisation, "viewer"), [200, 403, 403, 404, 200]),
        "inspector": (an_inspector(), [200, 403, 403, 200, 200]),
        "member before it is sent": (council[2], [404, 404, 404, 200, 200]),
    }
    for who, (actor, expected) in readers.items():
        client = a_client_for(actor)
        found = [client.get(address(name, key)).status_code for name, key in names.items()]
        assert (who, found) == (who, expected)
    services.send_dossiers(session.pk, by=SYSTEM, now=NOON)
    member = a_client_for(council[2])
    found = [member.get(address(name, key)).status_code for name, key in names.items()]
    assert found == [200, 200, 403, 200, 200]
    assert Client().get(address("dossier", dossier.number)).status_code == 302


@pytest.mark.parametrize(
    "name", ["send", "session_open", "session_close", "attendance", "agenda", "session_move"]
)
def test_steps_of_a_session_are_refused_to_members_and_applicants(name: str) -> None:
    round_ = a_round()
    member = a_council(round_)[2]
    dossier = an_accepted_dossier(round_)
    session = a_planned_session(round_, dossier)
    for actor in (member, an_actor(dossier.organisation, "manager")):
        assert a_client_for(actor).post(address(name, session.pk)).status_code == 403
    session.refresh_from_db()
    assert (session.sent_on, session.opened_at) == (None, None)


def test_lists_cost_the_same_whatever_their_length(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    round_ = a_round("qn-2026")
    for _ in range(4):
        a_draft_dossier(round_)
    office = a_client_for(an_officer())
    page(office, "dossier_list")
    with django_assert_max_num_queries(14):
        assert "QN-2026-0004" in page(office, "dossier_list")
    with django_assert_max_num_queries(14):
        page(office, "round_list")
    exported = office.get(address("dossier_list") + "?format=csv&state=draft&round=qn-2026")
    assert b"".join(exported.streaming_content).count(b"QN-2026-") == 4


def test_the_board_counts_each_state() -> None:
    decision = a_decision()
    round_ = decision.session.round
    a_draft_dossier(round_)
    board = page(a_client_for(an_officer()), "round", round_.code)

    assert f"?round={round_.code}&amp;state=decided" in board
    assert f"?round={round_.code}&amp;state=draft" in board
