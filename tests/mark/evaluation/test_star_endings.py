"""How a star ends: revoked one by one or all that lapsed, re-evaluated and awarded anew."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from builders.evaluation import a_draft_dossier, a_round
from builders.parties import an_actor, an_officer, an_organisation
from builders.products import a_trade_item
from builders.star_schemes import a_scheme
from builders.stars import NOON, SCHEME, a_recognition, a_star, schemes_of_the_tests

from originmark.mark.evaluation import selectors, services, stars_refusals
from originmark.mark.evaluation.models.stars import ReEvaluation, Star, StarRevocation
from originmark.origin.parties.access import NotAllowed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rulebook")]
REPORT = services.Report("Leaves from two more farms", "Sold in Hanoi", "As before", "+12 %")


def a_draft(**more: object) -> services.RevocationDraft:
    draft = services.RevocationDraft(
        reason="MARK_MISUSE",
        decision_number="12/2026",
        decided_on=date(2026, 10, 1),
        effective_from=date(2026, 10, 10),
    )
    return replace(draft, **more)  # type: ignore[arg-type]


def revoke(star: Star, **more: object) -> StarRevocation:
    return services.revoke(star.number, a_draft(**more), by=an_officer(), now=NOON)


def test_a_revoked_star_counts_until_the_day_before_it_takes_effect() -> None:
    star = a_star()
    code = star.product.code

    made = revoke(star, hearing_note=" The cooperative admits it. ")

    assert (made.reason, made.hearing_note) == ("MARK_MISUSE", "The cooperative admits it.")
    assert selectors.star_on(code, date(2026, 10, 9)) is not None
    assert selectors.star_on(code, date(2026, 10, 10)) is None
    latest = selectors.latest_star(code, date(2026, 10, 10))
    assert latest is not None
    assert latest.state == "revoked"


@pytest.mark.parametrize(
    ("more", "refusal"),
    [
        ({"reason": ""}, stars_refusals.UnknownRevocationReason),
        ({"reason": "BAD_MOOD"}, stars_refusals.UnknownRevocationReason),
        ({"decision_number": "  "}, stars_refusals.DecisionMissing),
        ({"decided_on": date(2026, 10, 16)}, stars_refusals.DecidedInTheFuture),
        ({"effective_from": date(2026, 9, 30)}, stars_refusals.EffectiveBeforeDecided),
        ({"reason": "EXPIRED_NOT_REEVALUATED"}, stars_refusals.NotLapsed),
    ],
)
def test_a_revocation_without_its_grounds_leaves_nothing(
    more: dict[str, object], refusal: type[Exception]
) -> None:
    star = a_star()
    with pytest.raises(refusal):
        revoke(star, **more)
    star.refresh_from_db()
    assert star.revoked_from is None
    assert not StarRevocation.objects.exists()


def test_a_star_is_revoked_once_and_not_after_a_newer_one() -> None:
    product = a_trade_item()
    older = a_star(product, decided_on=date(2025, 1, 1))
    newer = a_star(product)
    revoke(newer)
    for star, state in ((newer, "revoked"), (older, "superseded")):
        with pytest.raises(stars_refusals.WrongStarState) as refused:
            revoke(star)
        assert refused.value.facts["state"] == state


def test_nobody_but_the_office_revokes() -> None:
    coop = an_organisation()
    star = a_star(organisation=coop)
    for by in (an_actor(coop, "manager"), an_officer("inspector"), an_officer("viewer")):
        with pytest.raises(NotAllowed):
            services.revoke(star.number, a_draft(), by=by, now=NOON)
        with pytest.raises(NotAllowed):
            services.revoke_lapsed("ocop", a_draft(), confirmed=0, by=by, now=NOON)
    with pytest.raises(stars_refusals.UnknownStar):
        services.revoke("D-0", a_draft(), by=an_officer(), now=NOON)


def test_all_that_lapsed_are_revoked_at_once_when_the_number_is_right() -> None:
    lapsed = [a_star(decided_on=date(2023, 1, day)) for day in (1, 2, 3)]
    coming = a_star(decided_on=date(2023, 1, 4))
    services.open_re_evaluation(coming.number, by=an_officer(), now=NOON)
    again = a_trade_item()
    a_star(again, decided_on=date(2023, 1, 5))
    a_star(again)
    draft = a_draft(reason="EXPIRED_NOT_REEVALUATED")

    with pytest.raises(stars_refusals.LapsedChanged) as refused:
        services.revoke_lapsed("ocop", draft, confirmed=4, by=an_officer(), now=NOON)
    assert refused.value.facts == {"typed": 4, "found": 3}
    assert not StarRevocation.objects.exists()

    services.revoke_lapsed("ocop", draft, confirmed=3, by=an_officer(), now=NOON)
    revoked = StarRevocation.objects.values_list("star_id", flat=True)
    assert set(revoked) == {star.pk for star in lapsed}


def test_a_re_evaluation_tells_what_changed_and_ends_with_the_new_star() -> None:
    coop = an_organisation()
    product = a_trade_item(organisation=coop)
    star = a_star(product, decided_on=date(2023, 11, 1), dossier_number="D-OLD")
    recorder = an_actor(coop)

    opened = services.open_re_evaluation("D-OLD", by=recorder, now=NOON)
    assert opened.reference == "D-OLD-R1"
    assert services.open_re_evaluation("D-OLD", by=recorder, now=NOON) == opened
    services.record_report("D-OLD-R1", REPORT, by=recorder, now=NOON)
    services.link_dossier("D-OLD-R1", "D-NEW", by=an_officer())
    found = selectors.star_on(product.code, date(2026, 10, 15))
    assert found is not None
    assert (found.number, found.state, found.is_valid) == ("D-OLD", "in-re-evaluation", True)

    later = datetime(2026, 12, 1, 12, tzinfo=UTC)
    services.recognise(
        replace_recognition(star, "D-NEW", date(2026, 12, 1)), by=an_officer(), now=later
    )

    opened.refresh_from_db()
    assert (opened.closed_on, opened.outcome) == (date(2026, 12, 1), "re-awarded")
    assert opened.materials == "Leaves from two more farms"
    with pytest.raises(stars_refusals.ReEvaluationClosed):
        services.record_report("D-OLD-R1", REPORT, by=recorder, now=later)
    with pytest.raises(stars_refusals.WrongStarState):
        services.open_re_evaluation("D-OLD", by=recorder, now=later)


def replace_recognition(star: Star, dossier: str, on: date) -> services.Recognition:
    return a_recognition(star.product, star.organisation, dossier_number=dossier, decided_on=on)


def test_a_report_leaves_no_section_empty() -> None:
    star = a_star()
    opened = services.open_re_evaluation(star.number, by=an_officer(), now=NOON)
    silent = replace(REPORT, market=" ", results="")
    with pytest.raises(stars_refusals.ReportIncomplete) as refused:
        services.record_report(opened.reference, silent, by=an_officer(), now=NOON)
    assert refused.value.facts["sections"] == ("market", "results")
    opened.refresh_from_db()
    assert (opened.materials, opened.reported_on) == ("", None)


def test_the_producer_withdraws_but_only_the_office_fails_a_re_evaluation() -> None:
    coop = an_organisation()
    star = a_star(organisation=coop)
    reference = services.open_re_evaluation(star.number, by=an_actor(coop), now=NOON).reference
    with pytest.raises(NotAllowed):
        services.close_re_evaluation(reference, outcome="failed", by=an_actor(coop), now=NOON)
    with pytest.raises(NotAllowed):
        services.open_re_evaluation(star.number, by=an_actor(an_organisation()), now=NOON)
    with pytest.raises(ValueError, match="re-awarded"):
        services.close_re_evaluation(reference, outcome="re-awarded", by=an_officer(), now=NOON)
    services.close_re_evaluation(reference, outcome="withdrawn", by=an_actor(coop), now=NOON)
    assert ReEvaluation.objects.get().outcome == "withdrawn"
    second = services.open_re_evaluation(star.number, by=an_officer(), now=NOON)
    assert second.reference == f"{star.number}-R2"
    with pytest.raises(stars_refusals.UnknownReEvaluation):
        services.link_dossier("nothing", "D-2", by=an_officer())


def test_without_reasons_in_the_rulebook_nothing_is_revoked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    star = a_star()
    schemes_of_the_tests(monkeypatch, replace(SCHEME, revocation_reasons=()))
    with pytest.raises(stars_refusals.UnknownRevocationReason):
        revoke(star)


@pytest.mark.usefixtures("stars_of_tests")
def test_a_dossier_that_is_begun_joins_the_open_re_evaluation_of_its_product(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    schemes_of_the_tests(monkeypatch, SCHEME, a_scheme())
    coop = an_organisation()
    product = a_trade_item(organisation=coop)
    star = a_star(product, decided_on=date(2023, 11, 1))
    opened = services.open_re_evaluation(star.number, by=an_actor(coop), now=NOON)
    other = services.open_re_evaluation(a_star().number, by=an_officer(), now=NOON)

    dossier = a_draft_dossier(a_round(), coop, product=product)

    opened.refresh_from_db()
    other.refresh_from_db()
    assert (opened.dossier_number, other.dossier_number) == (dossier.number, "")
