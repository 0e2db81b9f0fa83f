"""Sessions, presence, sheets: who may do what, and when."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from builders.evaluation import (
    HELD_ON,
    MEETING,
    NOON,
    RULES,
    a_council,
    a_decision,
    a_planned_session,
    a_round,
    a_seat,
    a_sent_session,
    a_sheet_in,
    an_accepted_dossier,
    an_open_session,
    note_presence,
)
from builders.parties import a_member, a_person, actor_for, an_actor, an_inspector, an_officer
from builders.star_schemes import GOOD
from django.core import mail

from originmark.frame.jobs.models import Job
from originmark.frame.web import clock
from originmark.mark.evaluation import council_letters, selectors, services
from originmark.mark.evaluation.bench import answers_on
from originmark.mark.evaluation.drafts import SheetDraft
from originmark.mark.evaluation.models import Declaration, Score, Sheet
from originmark.mark.evaluation.refusals import (
    AnswerNotOffered,
    ConflictOfInterest,
    NoKnockOutHere,
    NoQuorum,
)
from originmark.mark.evaluation.session_refusals import (
    AgendaFixed,
    NothingToSend,
    NotPresent,
    NotSent,
    SeatTaken,
    SentTooLate,
    SessionNotOpen,
    SessionTooEarly,
    SheetChanged,
    SheetLocked,
    UnknownPerson,
)
from originmark.mark.evaluation.step_refusals import RulesSettled, UnknownDossier
from originmark.origin.parties.access import SYSTEM, NotAllowed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stars_of_tests")]


def test_members_are_told_that_dossiers_were_sent_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOON)
    round_ = a_round()
    a_council(round_, 3)
    dossier = an_accepted_dossier(round_)
    session = a_sent_session(round_, dossier)
    services.send_dossiers(session.pk, by=SYSTEM, now=NOON)
    told = [each.payload for each in Job.objects.filter(task=council_letters.TASK)]
    assert len(told) == 3
    council_letters.mail(told[0], None)  # type: ignore[arg-type]
    (letter,) = mail.outbox
    assert dossier.number in letter.body
    assert f"/evaluation/sessions/{session.pk}/" in letter.body

    note_presence(session)
    services.open_session(session.pk, by=SYSTEM, now=MEETING)
    services.close_session(session.pk, by=SYSTEM, now=MEETING)
    council_letters.mail(told[1], None)  # type: ignore[arg-type]
    assert len(mail.outbox) == 1  # none once it is over


def test_the_dossiers_reach_the_members_a_working_day_before_or_are_not_sent() -> None:
    round_ = a_round()
    session = a_planned_session(round_, an_accepted_dossier(round_))
    assert services.latest_sending(session) == date(2026, 10, 16)
    with pytest.raises(SentTooLate) as refused:
        services.send_dossiers(session.pk, by=SYSTEM, now=NOON + timedelta(days=2))
    assert refused.value.latest == date(2026, 10, 16)

    services.add_holiday(date(2026, 10, 16), "A day off", by=an_officer())
    assert services.latest_sending(session) == date(2026, 10, 15)
    assert services.send_dossiers(session.pk, by=SYSTEM, now=NOON).sent_on == date(2026, 10, 15)
    services.remove_holiday(date(2026, 10, 16), by=SYSTEM)


def test_what_was_sent_stays_on_the_agenda_and_an_empty_one_is_not_sent() -> None:
    round_ = a_round()
    with pytest.raises(NothingToSend):
        services.send_dossiers(a_planned_session(round_).pk, by=SYSTEM, now=NOON)
    dossier, late = an_accepted_dossier(round_), an_accepted_dossier(round_)
    session = a_planned_session(round_, dossier, late)
    services.take_off_agenda(session.pk, late.number, by=SYSTEM, now=NOON)
    late.refresh_from_db()
    assert late.state == "accepted"

    services.send_dossiers(session.pk, by=SYSTEM, now=NOON)
    with pytest.raises(AgendaFixed):
        services.put_on_agenda(session.pk, [late.number], by=SYSTEM, now=NOON)
    with pytest.raises(AgendaFixed):
        services.move_session(session.pk, HELD_ON - timedelta(days=1), by=SYSTEM)
    moved = services.move_session(session.pk, HELD_ON + timedelta(days=1), by=SYSTEM)
    assert moved.held_on == date(2026, 10, 20)


def test_a_session_opens_on_its_day_with_the_dossiers_sent_and_a_quorum() -> None:
    round_ = a_round()
    council = a_council(round_, 4)
    session = a_planned_session(round_, an_accepted_dossier(round_))
    with pytest.raises(NotSent):
        services.open_session(session.pk, by=council[0], now=MEETING)
    services.send_dossiers(session.pk, by=SYSTEM, now=NOON)
    with pytest.raises(SessionTooEarly):
        services.open_session(session.pk, by=council[0], now=NOON)
    note_presence(session, council[:1])
    with pytest.raises(NoQuorum):
        services.open_session(session.pk, by=council[0], now=MEETING)
    note_presence(session, council[:2])
    assert services.open_session(session.pk, by=council[1], now=MEETING).is_open
    with pytest.raises(NotAllowed):
        services.close_session(session.pk, by=council[2], now=MEETING)


def test_a_person_has_one_seat_and_a_council_one_chair() -> None:
    round_ = a_round()
    chair = a_seat(round_, role="chair")
    for email, role in ((chair.person.email, "member"), (a_person().email, "chair")):
        with pytest.raises(SeatTaken):
            services.appoint(round_.code, email, role=role, by=SYSTEM, now=NOON)
    with pytest.raises(UnknownPerson):
        services.appoint(round_.code, "nobody@example.org", by=SYSTEM, now=NOON)
    services.end_seat(round_.code, chair.pk, by=an_officer(), now=NOON)
    assert a_seat(round_, chair.person, role="chair").pk != chair.pk


@pytest.mark.parametrize("tie", ["member", "seat", "declared"])
def test_nobody_scores_their_own_cooperative(tie: str) -> None:
    round_ = a_round()
    dossier = an_accepted_dossier(round_)
    applicant = dossier.organisation
    person = a_person(name="Lan")
    more = {"organisation_id": applicant.pk} if tie == "seat" else {}
    seat = a_seat(round_, person, **more)
    if tie == "member":
        a_member(applicant, "viewer", person)
    if tie == "declared":
        services.declare_tie(
            round_.code, seat.pk, applicant.pk, reason="Sister", by=actor_for(person), now=NOON
        )
    an_open_session(round_, dossier)

    with pytest.raises(ConflictOfInterest) as refused:
        a_sheet_in(dossier, actor_for(person))

    words = {"member": "a member of it", "seat": "sent by it", "declared": "declared a tie to it"}
    assert str(refused.value) == (
        f"Lan may not score a dossier of {applicant.name}: {words[tie]}. "
        "The other members decide about it."
    )
    assert not Sheet.objects.exists()


def test_a_tie_is_declared_by_oneself_or_by_the_office() -> None:
    round_ = a_round()
    seat, other = a_seat(round_), a_seat(round_)
    applicant = an_accepted_dossier(round_).organisation_id
    with pytest.raises(NotAllowed):
        services.declare_tie(
            round_.code, seat.pk, applicant, reason="", by=actor_for(other.person), now=NOON
        )
    for _ in range(2):
        services.declare_tie(round_.code, seat.pk, applicant, reason="", by=an_officer(), now=NOON)
    assert Declaration.objects.count() == 1


def test_who_has_no_seat_has_no_sheet() -> None:
    round_ = a_round()
    a_council(round_)
    dossier = an_accepted_dossier(round_)
    an_open_session(round_, dossier)
    elsewhere = a_council(a_round())[0]
    program = replace(an_officer(), scopes=frozenset({"read"}))
    for actor in (elsewhere, an_officer(), SYSTEM, program, an_actor(dossier.organisation)):
        with pytest.raises(NotAllowed):
            services.open_sheet(dossier.number, by=actor, now=MEETING)
    assert not Sheet.objects.exists()


def test_a_sheet_is_saved_line_by_line_and_handed_in_whole() -> None:
    round_ = a_round()
    council = a_council(round_)
    dossier = an_accepted_dossier(round_)
    session = a_sent_session(round_, dossier)
    first = council[0]
    draft = SheetDraft(version=0, options={"1.1": 2}, remarks={"1.1": "Saw the contracts"})
    saved = services.save_sheet(dossier.number, draft, by=first, now=NOON)
    assert (saved.version, saved.points) == (1, 20)

    with pytest.raises(SessionNotOpen):
        services.hand_in_sheet(dossier.number, by=first, now=NOON)
    note_presence(session, council[1:])
    services.open_session(session.pk, by=council[1], now=MEETING)
    with pytest.raises(NotPresent):
        services.hand_in_sheet(dossier.number, by=first, now=MEETING)
    note_presence(session)
    draft = SheetDraft(version=1, options=GOOD, knock_outs={"1.1": "Imported"})
    services.save_sheet(dossier.number, draft, by=first, now=MEETING)
    services.hand_in_sheet(dossier.number, by=first, now=MEETING)

    with pytest.raises(SheetLocked):
        services.save_sheet(dossier.number, SheetDraft(version=2), by=first, now=MEETING)
    assert Score.objects.get(criterion="1.1").remark == "Saw the contracts"


def test_an_older_screen_does_not_overwrite_a_newer_one() -> None:
    round_ = a_round()
    member = a_council(round_)[0]
    dossier = an_accepted_dossier(round_)
    an_open_session(round_, dossier)
    on_tablet = SheetDraft(version=0, options={"1.1": 3})
    services.save_sheet(dossier.number, on_tablet, by=member, now=MEETING)

    on_phone = SheetDraft(version=0, options={"1.1": 1})
    with pytest.raises(SheetChanged) as refused:
        services.save_sheet(dossier.number, on_phone, by=member, now=MEETING)

    assert refused.value.facts == {"found": 1, "expected": 0}
    assert Score.objects.get().option == 3


def test_what_a_sheet_does_not_know_is_refused_and_nothing_is_written() -> None:
    round_ = a_round()
    member = a_council(round_)[0]
    dossier = an_accepted_dossier(round_)
    an_open_session(round_, dossier)
    for draft, refusal in (
        (SheetDraft(version=0, options={"1.2": 1, "1.1": 4}), AnswerNotOffered),
        (SheetDraft(version=0, options={"1.1": 1}, knock_outs={"1.2": "x"}), NoKnockOutHere),
    ):
        with pytest.raises(refusal):
            services.save_sheet(dossier.number, draft, by=member, now=MEETING)
    assert not Score.objects.exists()


def test_an_answer_and_a_knock_out_can_be_taken_away_again() -> None:
    round_ = a_round()
    member = a_council(round_)[0]
    dossier = an_accepted_dossier(round_)
    an_open_session(round_, dossier)
    draft = SheetDraft(version=0, options={"1.1": 3}, knock_outs={"1.1": "Imported"})
    services.save_sheet(dossier.number, draft, by=member, now=MEETING)

    draft = SheetDraft(version=1, options={"1.1": 0}, knock_outs={"1.1": ""})
    sheet = services.save_sheet(dossier.number, draft, by=member, now=MEETING)

    assert (sheet.points, answers_on(sheet), sheet.knock_outs.count()) == (0, {}, 0)


def test_members_see_the_dossiers_of_their_sessions_once_they_are_sent() -> None:
    round_ = a_round()
    member = a_council(round_)[2]
    dossier, other = an_accepted_dossier(round_), an_accepted_dossier(round_)
    session = a_planned_session(round_, dossier)
    with pytest.raises(UnknownDossier):
        selectors.dossier(dossier.number, member)

    services.send_dossiers(session.pk, by=SYSTEM, now=NOON)
    assert list(selectors.dossiers(member)) == [dossier]
    assert set(selectors.dossiers(an_inspector())) == {dossier, other}
    assert list(selectors.dossiers(an_actor(other.organisation, "viewer"))) == [other]
    assert list(selectors.dossiers(an_actor())) == []


def test_sheets_of_others_are_seen_by_the_head_and_by_all_once_it_is_decided() -> None:
    round_ = a_round()
    council = a_council(round_)
    dossier = an_accepted_dossier(round_)
    an_open_session(round_, dossier)
    for member in council:
        a_sheet_in(dossier, member)
    seen = [selectors.may_see_tally(dossier, by) for by in (*council, an_officer())]
    assert seen == [True, True, False, False]

    services.decide(dossier.number, by=council[0], now=MEETING)
    dossier.refresh_from_db()
    applicant = an_actor(dossier.organisation, "manager")
    seen = [selectors.may_see_tally(dossier, by) for by in (*council, an_officer(), applicant)]
    assert seen == [True, True, True, True, False]


def test_rules_by_which_a_dossier_was_decided_stay() -> None:
    decision = a_decision()
    with pytest.raises(RulesSettled):
        services.change_rules(decision.session.round.code, RULES, by=an_officer())
    other = a_round()
    changed = services.change_rules(other.code, replace(RULES, rounding="half-up"), by=SYSTEM)
    assert changed.rounding == "half-up"
