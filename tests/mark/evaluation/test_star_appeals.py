"""Appeals: in time, with grounds, reviewed by somebody who had no part, and what follows."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from builders.parties import (
    a_member,
    a_person,
    a_programme_office,
    actor_for,
    an_actor,
    an_officer,
    an_organisation,
)
from builders.stars import NOON, SCHEME, a_decision, a_recognition, a_star, schemes_of_the_tests
from django.core.files.uploadedfile import SimpleUploadedFile

from originmark.frame.web.uploads import NotADocument
from originmark.mark.evaluation import appeals_rules as rules
from originmark.mark.evaluation import selectors, services
from originmark.mark.evaluation.appeals_rules import last_day_to_appeal
from originmark.mark.evaluation.models import Appeal, Decision
from originmark.mark.evaluation.models.stars import Star
from originmark.mark.evaluation.session_refusals import NotDecided
from originmark.mark.schemes.star_values import Deadline
from originmark.origin.parties.access import Actor, NotAllowed
from originmark.origin.parties.models import Organisation, Person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rulebook")]
LATER = NOON + timedelta(days=20)


def lodge(against: str, number: str, by: Actor, now: datetime = NOON, **more: object) -> Appeal:
    draft = services.AppealDraft(against=against, number=number, grounds="The test was misread.")
    return services.lodge_appeal(replace(draft, **more), by=by, now=now)  # type: ignore[arg-type]


def a_reviewer() -> Actor:
    office = Organisation.objects.filter(runs_programme=True).first() or a_programme_office()
    return actor_for(a_member(office, "manager").person)


def a_revoked_star(coop: Organisation, by: Actor) -> Star:
    star = a_star(organisation=coop)
    draft = services.RevocationDraft("MARK_MISUSE", "7/2026", date(2026, 10, 1), date(2026, 10, 1))
    services.revoke(star.number, draft, by=by, now=NOON)
    return star


def decide(appeal: Appeal, reviewer: Actor, outcome: str, now: datetime = LATER) -> Appeal:
    services.assign_reviewer(appeal.number, reviewer.person_id or 0, by=an_officer(), now=NOON)
    return services.decide_appeal(
        appeal.number, outcome=outcome, reasons="The report was right.", by=reviewer, now=now
    )


@pytest.mark.parametrize(
    ("amount", "unit", "last"),
    [(30, "days", "2026-03-02"), (1, "months", "2026-02-28"), (3, "working-days", "2026-02-04")],
)
def test_the_period_begins_on_the_day_after_the_decision(amount: int, unit: str, last: str) -> None:
    found = last_day_to_appeal(date(2026, 1, 31), Deadline("appeal", amount, unit), set())
    assert found == (date.fromisoformat(last))


def test_a_star_is_restored_when_the_appeal_against_its_revocation_is_upheld() -> None:
    coop, revoker = an_organisation(), an_officer()
    star = a_revoked_star(coop, revoker)
    code = star.product.code

    appeal = lodge("revocation", star.number, an_actor(coop))
    assert appeal.number == f"{star.number}-A1"
    assert appeal.due_by is None  # the rulebook of the tests gives no period
    decide(appeal, a_reviewer(), "upheld")

    star.refresh_from_db()
    assert star.revoked_from is None
    assert star.revocations.get().annulment_note == appeal.number
    found = selectors.star_on(code, date(2026, 10, 5))
    assert found is not None
    assert found.number == star.number
    with pytest.raises(rules.NothingToAppeal):
        lodge("revocation", star.number, an_actor(coop))


def test_a_rejected_appeal_leaves_all_as_it_is() -> None:
    coop = an_organisation()
    star = a_revoked_star(coop, an_officer())
    decision = a_decision(coop)
    decide(lodge("revocation", star.number, an_actor(coop)), a_reviewer(), "rejected")
    decide(lodge("decision", decision.dossier.number, an_actor(coop)), a_reviewer(), "rejected")
    star.refresh_from_db()
    decision.refresh_from_db()
    assert (star.revoked_from, decision.set_aside_at) == (date(2026, 10, 1), None)


def test_a_new_scoring_opens_the_dossier_and_its_star_corrects_the_first() -> None:
    coop = an_organisation()
    decision = a_decision(coop, number="D-1")
    recognition = a_recognition(
        decision.dossier.product, coop, dossier_number="D-1", decided_on=date(2026, 10, 1), stars=3
    )
    first = services.recognise(recognition, by=an_officer(), now=NOON)

    decide(lodge("decision", "D-1", an_actor(coop)), a_reviewer(), "re-score")
    decision.refresh_from_db()
    assert (decision.set_aside_at, decision.set_aside_for) == (LATER, "D-1-A1")
    assert decision.dossier.state == "accepted"
    better = replace(recognition, stars=4, points=Decimal("80.5"), decided_on=date(2026, 11, 10))
    later = datetime(2026, 11, 12, 12, tzinfo=UTC)
    second = services.recognise(better, by=an_officer(), now=later)

    assert services.recognise(better, by=an_officer(), now=later).pk == second.pk
    first.refresh_from_db()
    assert (second.number, second.corrects) == ("D-1-C", first)
    assert first.superseded_from == date(2026, 11, 10)
    assert second.stars == 4


def test_an_appeal_comes_in_time_with_grounds_and_once(monkeypatch: pytest.MonkeyPatch) -> None:
    period = Deadline("appeal", 30, "days", "Made up for the test")
    schemes_of_the_tests(monkeypatch, replace(SCHEME, deadlines=(period,)))
    coop = an_organisation()
    number = a_decision(coop, decided_on=date(2026, 10, 1)).dossier.number
    recorder = an_actor(coop)

    with pytest.raises(rules.AppealTooLate) as refused:
        lodge("decision", number, recorder, now=datetime(2026, 11, 1, 12, tzinfo=UTC))
    assert refused.value.facts["until"] == date(2026, 10, 31)
    with pytest.raises(rules.GroundsMissing):
        lodge("decision", number, recorder, grounds="  ")
    assert not Appeal.objects.exists()
    lodge("decision", number, recorder, now=datetime(2026, 10, 31, 12, tzinfo=UTC))
    with pytest.raises(rules.AppealIsOpen):
        lodge("decision", number, recorder)


def test_strangers_and_viewers_lodge_nothing() -> None:
    coop = an_organisation()
    number = a_decision(coop).dossier.number
    for by in (an_actor(an_organisation(), "manager"), an_actor(coop, "viewer")):
        with pytest.raises(NotAllowed):
            lodge("decision", number, by)
    with pytest.raises(rules.NothingToAppeal):
        lodge("decision", "D-0", an_actor(coop))


def test_evidence_is_a_document() -> None:
    coop = an_organisation()
    number = a_decision(coop).dossier.number
    draft = services.AppealDraft("decision", number, "See the report.")
    bad = SimpleUploadedFile("report.exe", b"MZ")
    with pytest.raises(NotADocument):
        services.lodge_appeal(draft, evidence=bad, by=an_actor(coop), now=NOON)
    good = SimpleUploadedFile("report.pdf", b"%PDF-1.7\n%%EOF")
    appeal = services.lodge_appeal(draft, evidence=good, by=an_actor(coop), now=NOON)
    assert appeal.evidence_name == "report.pdf"


def test_whoever_had_a_hand_does_not_review() -> None:
    coop, member, revoker = an_organisation(), a_reviewer(), an_officer()
    person = person_of(member)
    decision = a_decision(coop, council=(person,))
    star = a_revoked_star(coop, revoker)
    against_decision = lodge("decision", decision.dossier.number, an_actor(coop))
    against_revocation = lodge("revocation", star.number, an_actor(coop))
    cousin = a_reviewer()
    a_member(coop, "viewer", person_of(cousin))
    stranger = a_person()

    for appeal, person_id in (
        (against_decision, member.person_id),
        (against_decision, stranger.pk),
        (against_decision, cousin.person_id),
        (against_revocation, revoker.person_id),
    ):
        with pytest.raises(rules.ReviewerNotFree):
            services.assign_reviewer(appeal.number, person_id or 0, by=an_officer(), now=NOON)
    assert not Appeal.objects.exclude(reviewer=None).exists()
    services.assign_reviewer(
        against_revocation.number, member.person_id or 0, by=an_officer(), now=NOON
    )


def person_of(actor: Actor) -> Person:
    return Person.objects.get(pk=actor.person_id)


def test_only_the_reviewer_decides_once_with_reasons_and_a_fitting_outcome() -> None:
    coop, reviewer = an_organisation(), a_reviewer()
    appeal = lodge("decision", a_decision(coop).dossier.number, an_actor(coop))
    number = appeal.number

    def end(by: Actor, outcome: str = "re-score", reasons: str = "Misread.") -> Appeal:
        return services.decide_appeal(number, outcome=outcome, reasons=reasons, by=by, now=LATER)

    with pytest.raises(rules.NotTheReviewer):
        end(reviewer)  # nobody is assigned yet
    with pytest.raises(NotAllowed):
        services.assign_reviewer(number, reviewer.person_id or 0, by=an_actor(coop), now=NOON)
    services.assign_reviewer(number, reviewer.person_id or 0, by=an_officer(), now=NOON)
    with pytest.raises(NotAllowed):
        end(an_actor(coop, "manager"))
    with pytest.raises(rules.NotTheReviewer):
        end(an_officer())
    with pytest.raises(rules.OutcomeDoesNotFit):
        end(reviewer, outcome="upheld")
    with pytest.raises(rules.ReasonsMissing):
        end(reviewer, reasons=" ")
    assert Decision.objects.get().set_aside_at is None
    end(reviewer)
    with pytest.raises(rules.AppealIsDecided):
        end(reviewer)
    with pytest.raises(rules.UnknownAppeal):
        services.decide_appeal("A-0", outcome="rejected", reasons="No", by=reviewer, now=LATER)


def test_a_decision_that_was_set_aside_meanwhile_undoes_the_outcome() -> None:
    coop = an_organisation()
    decision = a_decision(coop)
    appeal = lodge("decision", decision.dossier.number, an_actor(coop))
    services.set_aside(decision.dossier.number, "Void", by=an_officer(), now=NOON)
    with pytest.raises(NotDecided):
        decide(appeal, a_reviewer(), "re-score")
    appeal.refresh_from_db()
    assert appeal.outcome == ""
