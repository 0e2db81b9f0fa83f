"""From sheets to a decision: every refusal leaves nothing behind."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from builders.evaluation import (
    MEETING,
    RULES,
    a_council,
    a_decision,
    a_round,
    a_sheet_in,
    an_accepted_dossier,
    an_open_session,
    note_presence,
)
from builders.parties import an_actor, an_officer
from builders.star_schemes import FAIR, FULL, GOOD, POOR

from originmark.mark.evaluation import services
from originmark.mark.evaluation.drafts import SheetDraft, Vote
from originmark.mark.evaluation.models import Decision, Dossier, Sheet, Star
from originmark.mark.evaluation.refusals import (
    AlreadyDecided,
    KnockOutOpen,
    NoQuorum,
    OutcomeAgainstVotes,
    QuorumUnknown,
    RoundingUnknown,
    SheetsMissing,
    VotesDoNotAddUp,
)
from originmark.mark.evaluation.session_refusals import NothingMarked, SessionNotOpen
from originmark.mark.evaluation.step_refusals import StepOutOfOrder
from originmark.origin.parties.access import SYSTEM, NotAllowed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stars_of_tests")]
EXCLUDED = {"knock_outs": {"1.1": "Leaves bought abroad"}}


def test_the_average_of_the_sheets_decides_and_the_star_follows() -> None:
    round_ = a_round("qn-2026")
    council = a_council(round_)
    dossier = an_accepted_dossier(round_)
    an_open_session(round_, dossier)
    for member, options in zip(council, (GOOD, FAIR, FAIR), strict=True):
        a_sheet_in(dossier, member, options)

    decision = services.decide(dossier.number, by=council[0], now=MEETING)

    assert (decision.sum_of_points, decision.sheets, decision.points) == (170, 3, Decimal("56.66"))
    assert (decision.outcome, decision.stars, decision.granted_stars) == ("recognised", 3, 3)
    assert (decision.members_present, decision.members_appointed, decision.quorum) == (3, 3, 2)
    star = Star.objects.get()
    assert (star.number, star.stars, star.points) == ("QN-2026-0001", 3, Decimal("56.66"))
    assert (star.decided_on, star.valid_until) == (date(2026, 10, 19), date(2029, 10, 18))
    dossier.refresh_from_db()
    states = list(dossier.steps.values_list("state", flat=True))
    assert states == [
        "draft", "submitted", "pre-checked", "accepted", "scheduled", "scored", "decided",
    ]  # fmt: skip


def test_a_second_decision_is_refused_and_changes_nothing() -> None:
    decision = a_decision()

    with pytest.raises(AlreadyDecided) as refused:
        services.decide(decision.dossier.number, by=SYSTEM, now=MEETING + timedelta(hours=1))

    assert refused.value.points == Decimal("70.00")
    assert Decision.objects.count() == Star.objects.count() == 1


def test_without_a_quorum_nothing_is_decided() -> None:
    round_ = a_round()
    council = a_council(round_, 4)
    dossier = an_accepted_dossier(round_)
    session = an_open_session(round_, dossier)
    for member in council:
        a_sheet_in(dossier, member)
    note_presence(session, council[:1])  # three left the room

    with pytest.raises(NoQuorum) as refused:
        services.decide(dossier.number, by=council[0], now=MEETING)

    assert refused.value.facts == {"present": 1, "appointed": 4, "needed": 2}
    assert not Decision.objects.exists()
    assert Dossier.objects.get().state == "scored"


def test_a_member_tied_to_the_applicant_does_not_make_the_quorum() -> None:
    round_ = a_round(rules=replace(RULES, quorum_share=Decimal(1)))
    council = a_council(round_, 3)
    dossier = an_accepted_dossier(round_)
    tied = round_.members.get(person=council[2].person_id)
    applicant = dossier.organisation_id
    services.declare_tie(
        round_.code, tied.pk, applicant, reason="Cousin", by=council[2], now=MEETING
    )
    an_open_session(round_, dossier)
    for member in council[:2]:
        a_sheet_in(dossier, member)

    with pytest.raises(NoQuorum):
        services.decide(dossier.number, by=council[0], now=MEETING)


def test_a_missing_sheet_is_named_until_its_member_leaves() -> None:
    round_ = a_round()
    council = a_council(round_)
    dossier = an_accepted_dossier(round_)
    session = an_open_session(round_, dossier)
    for member in council[:2]:
        a_sheet_in(dossier, member)

    with pytest.raises(SheetsMissing) as refused:
        services.decide(dossier.number, by=council[0], now=MEETING)
    assert refused.value.members == (council[2].name,)

    note_presence(session, council[:2])
    assert services.decide(dossier.number, by=council[0], now=MEETING).sheets == 2


@pytest.mark.parametrize(
    ("rules", "refusal"),
    [
        (replace(RULES, rounding=""), RoundingUnknown),
        (replace(RULES, quorum_share=None), QuorumUnknown),
    ],
)
def test_what_the_office_has_not_said_is_asked_for(rules: object, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        a_decision(round_=a_round(rules=rules))  # type: ignore[arg-type]

    assert not Decision.objects.exists()


def test_only_the_head_of_the_council_decides() -> None:
    round_ = a_round()
    council = a_council(round_)
    dossier = an_accepted_dossier(round_)
    an_open_session(round_, dossier)
    for member in council:
        a_sheet_in(dossier, member)

    applicant = an_actor(dossier.organisation, "manager")
    for actor in (council[2], an_officer(), applicant, an_actor()):
        with pytest.raises(NotAllowed):
            services.decide(dossier.number, by=actor, now=MEETING)
    assert not Decision.objects.exists()


def test_a_closed_session_decides_nothing_and_what_is_left_waits_for_another() -> None:
    round_ = a_round()
    council = a_council(round_)
    dossier = an_accepted_dossier(round_)
    session = an_open_session(round_, dossier)
    a_sheet_in(dossier, council[0])
    services.close_session(session.pk, by=council[0], now=MEETING)

    with pytest.raises(SessionNotOpen):
        services.decide(dossier.number, by=council[0], now=MEETING)

    dossier.refresh_from_db()
    assert (dossier.state, dossier.turn) == ("accepted", 2)
    an_open_session(round_, dossier)
    begun = services.open_sheet(dossier.number, by=council[0], now=MEETING)
    assert (begun.turn, begun.points, begun.handed_in_at) == (2, 70, None)


def test_a_knock_out_waits_for_the_vote_and_excludes_when_it_is_upheld() -> None:
    round_ = a_round()
    council = a_council(round_)
    dossier = an_accepted_dossier(round_)
    an_open_session(round_, dossier)
    for member, more in zip(council, ({}, {}, EXCLUDED), strict=True):
        a_sheet_in(dossier, member, FULL, **more)
    with pytest.raises(KnockOutOpen):
        services.decide(dossier.number, by=council[0], now=MEETING)

    vote = Vote("1.1", votes_for=2, votes_against=1, abstained=0, is_upheld=True)
    for wrong, refusal in (
        (replace(vote, abstained=1), VotesDoNotAddUp),
        (replace(vote, is_upheld=False), OutcomeAgainstVotes),
        (replace(vote, criterion="1.2"), NothingMarked),
    ):
        with pytest.raises(refusal):
            services.record_vote(dossier.number, wrong, by=council[1], now=MEETING)
    assert not dossier.votes.exists()

    services.record_vote(dossier.number, vote, by=council[1], now=MEETING)
    decision = services.decide(dossier.number, by=council[0], now=MEETING)

    assert (decision.outcome, decision.granted_stars) == ("knocked-out", 0)
    assert decision.points == Decimal("100.00")  # what the sheets said stays on record
    assert not Star.objects.exists()


def test_a_knock_out_that_the_council_rejects_counts_nothing() -> None:
    round_ = a_round()
    council = a_council(round_)
    dossier = an_accepted_dossier(round_)
    an_open_session(round_, dossier)
    for member, more in zip(council, ({}, {}, EXCLUDED), strict=True):
        a_sheet_in(dossier, member, GOOD, **more)
    vote = Vote("1.1", votes_for=1, votes_against=2, abstained=0, is_upheld=False)
    services.record_vote(dossier.number, vote, by=council[1], now=MEETING)

    assert services.decide(dossier.number, by=council[0], now=MEETING).granted_stars == 4


def test_ninety_points_go_up_with_everything_attached() -> None:
    decision = a_decision(FULL, round_=a_round("qn-2026"))

    assert (decision.outcome, decision.is_potential_five) == ("passed-on", True)
    assert not Star.objects.exists()
    up = Dossier.objects.get(level="centre")
    assert (up.number, up.state, up.round) == ("QN-2026-0001-centre", "submitted", None)
    assert up.before == decision.dossier
    assert list(up.proofs.values_list("proof", "note")) == [("registration", "On paper")]
    assert dict(up.answers.values_list("criterion", "option")) == GOOD


def test_the_office_may_have_what_goes_up_recognised_meanwhile() -> None:
    round_ = a_round(rules=replace(RULES, recognises_meanwhile=True))
    a_round("centre-2026", level="centre")
    a_decision(FULL, round_=round_)

    star = Star.objects.get()
    assert (star.stars, star.is_potential_five) == (4, True)
    assert Dossier.objects.get(level="centre").round.code == "centre-2026"


def decided_above(options: dict[str, int], *, meanwhile: bool) -> Decision:
    round_ = a_round("qn", rules=replace(RULES, recognises_meanwhile=meanwhile))
    centre = a_round("centre", level="centre")
    a_decision(FULL, round_=round_)
    council = a_council(centre)
    dossier = Dossier.objects.get(level="centre")
    services.accept_dossier(dossier.number, by=SYSTEM, now=MEETING - timedelta(days=3))
    dossier.refresh_from_db()
    an_open_session(centre, dossier)
    for member in council:
        a_sheet_in(dossier, member, options)
    return services.decide(dossier.number, by=council[0], now=MEETING)


def test_the_centre_gives_five_stars_that_take_the_place_of_four() -> None:
    decision = decided_above(FULL, meanwhile=True)

    assert (decision.outcome, decision.granted_stars) == ("recognised", 5)
    assert list(Star.objects.order_by("pk").values_list("stars", "superseded_from")) == [
        (4, date(2026, 10, 19)),
        (5, None),
    ]


def test_what_the_centre_does_not_raise_comes_back_to_the_province() -> None:
    decision = decided_above(GOOD, meanwhile=False)

    assert decision.outcome == "sent-back"
    back = Dossier.objects.get(level="province", before=decision.dossier)
    assert (back.number, back.state) == ("QN-0001-province", "submitted")


def test_what_the_province_recognised_already_does_not_come_back() -> None:
    decision = decided_above(GOOD, meanwhile=True)

    assert decision.outcome == "sent-back"
    assert Dossier.objects.count() == 2
    assert Star.objects.get().stars == 4


def test_below_three_stars_nothing_is_recognised() -> None:
    decision = a_decision(POOR)

    assert (decision.outcome, decision.stars) == ("not-recognised", 2)
    assert not Star.objects.exists()


def test_after_the_discussion_they_score_anew_and_the_earlier_sheets_stay() -> None:
    round_ = a_round()
    council = a_council(round_)
    dossier = an_accepted_dossier(round_)
    an_open_session(round_, dossier)
    for member in council:
        a_sheet_in(dossier, member, GOOD)
    services.note(dossier.number, "Is the story told?", criterion="2.1", by=council[0], now=MEETING)
    services.score_anew(dossier.number, by=council[0], now=MEETING)
    with pytest.raises(SheetsMissing):
        services.decide(dossier.number, by=council[0], now=MEETING)

    for member in council:
        draft = SheetDraft(version=0, options={"2.1": 3})
        services.save_sheet(dossier.number, draft, by=member, now=MEETING)
        services.hand_in_sheet(dossier.number, by=member, now=MEETING)

    decision = services.decide(dossier.number, by=council[0], now=MEETING)
    assert (decision.turn, decision.points, decision.outcome) == (2, Decimal("90.00"), "passed-on")
    assert list(Sheet.objects.order_by("pk").values_list("turn", "points")) == [
        (1, 70), (1, 70), (1, 70), (2, 90), (2, 90), (2, 90),
    ]  # fmt: skip


def test_a_decision_that_an_appeal_set_aside_makes_room_for_another() -> None:
    decision = a_decision(POOR)
    number = decision.dossier.number

    services.set_aside(number, "A sheet mixed up two products", by=an_officer(), now=MEETING)

    dossier = Dossier.objects.get()
    assert (dossier.state, dossier.turn) == ("accepted", 2)
    assert dossier.decisions.filter(set_aside_at=None).exists() is False
    with pytest.raises(StepOutOfOrder):
        services.score_anew(number, by=SYSTEM, now=MEETING)
