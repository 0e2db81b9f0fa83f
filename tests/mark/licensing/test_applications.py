"""Applications: from filing to a licence, and what stops them."""

from datetime import date

import pytest
from builders.applications import a_draft, a_ruled_brand, an_application
from builders.licensing import NOON
from builders.parties import an_actor, an_officer, an_organisation
from builders.places import a_boundary, a_growing_area, a_square
from builders.schemes import a_brand

from originmark.mark.licensing import application_refusals as refusals
from originmark.mark.licensing import selectors, services
from originmark.mark.licensing.models import Application, Licence, NonConformity
from originmark.mark.licensing.services.application_facts import check
from originmark.mark.schemes import services as schemes
from originmark.origin.parties.access import SYSTEM, NotAllowed

pytestmark = pytest.mark.django_db
TODAY = date(2026, 10, 15)
HOW = {"by": SYSTEM, "now": NOON}


def kinds(application: Application) -> list[str]:
    return list(application.steps.values_list("kind", flat=True))


def test_an_application_that_holds_becomes_a_licence_for_the_term_of_the_rules() -> None:
    asked = an_application()
    assert asked.number == "A-2026-0001"

    granted = services.grant_application(
        asked.number, valid_from=TODAY, note="Sample every lot", **HOW
    )

    licence = granted.licence
    assert licence is not None
    assert (licence.valid_from, licence.valid_until) == (TODAY, date(2028, 10, 14))
    assert licence.note == "Sample every lot"
    assert [each.product_code for each in licence.products.all()] == ["millet"]
    assert kinds(asked) == ["applied", "granted"]
    assert len(asked.steps.last().conditions) == 2


def test_what_is_not_met_stops_the_grant_and_leaves_nothing() -> None:
    brand, coop = a_ruled_brand(), an_organisation()
    asked = an_application(brand, coop)
    finding = services.record_finding(services.FindingDraft(coop.pk, "Bought grain"), **HOW)

    with pytest.raises(refusals.ConditionsNotMet) as refused:
        services.grant_application(asked.number, valid_from=TODAY, **HOW)

    assert [each.code for each in refused.value.refusals] == ["condition-no-open-nonconformity"]
    assert not Licence.objects.exists()
    asked.refresh_from_db()
    assert (asked.state, kinds(asked)) == ("submitted", ["applied"])

    services.close_finding(finding.pk, note="Sold without the mark", **HOW)
    services.grant_application(asked.number, valid_from=TODAY, **HOW)
    with pytest.raises(refusals.FindingClosed):
        services.close_finding(finding.pk, note="Twice", **HOW)


def test_a_finding_about_another_brand_speaks_against_that_one_only() -> None:
    coop, other = an_organisation(), a_brand("other")
    asked = an_application(organisation=coop)
    services.record_finding(services.FindingDraft(coop.pk, "x", brand_code=other.code), **HOW)

    assert all(each.is_met for each in check(asked, TODAY))


def test_land_is_looked_at_by_geometry() -> None:
    a_boundary("line")
    brand = a_ruled_brand(conditions=("area-inside-boundary",))
    brand.boundary_code = "line"
    brand.save()
    coop = an_organisation()
    inside = a_growing_area("in", organisation=coop, geometry=a_square(), declared="15 ha")
    a_growing_area("out", organisation=coop, geometry=a_square(100.0), declared="15 ha")
    a_growing_area("undrawn", organisation=coop)

    def unmet(*areas: str) -> list[str]:
        asked = an_application(brand, coop, areas=areas)
        return [str(each.refusal) for each in check(asked, TODAY) if each.refusal]

    assert unmet("in") == []
    (told,) = unmet("in", "out", "undrawn")
    assert inside.name not in told
    assert told.count("Plot") == 2
    assert "names no growing area" in unmet()[0]


def test_a_credit_code_is_asked_for_in_china() -> None:
    brand = a_ruled_brand(conditions=("credit-code",))
    known = an_organisation(registration_scheme="cn_uscc", registration_number="91110000600037341L")

    assert check(an_application(brand, known), TODAY)[0].is_met
    assert not check(an_application(brand), TODAY)[0].is_met


def test_stars_and_papers_are_asked_for_where_the_rules_do() -> None:
    brand = a_ruled_brand(conditions=("star-in-force", "certificate-in-force"))
    found = check(an_application(brand), TODAY)
    assert [each.refusal.code for each in found if each.refusal] == [
        "condition-star-in-force",
        "condition-certificate-in-force",
    ]


def test_the_office_asks_for_more_and_the_producer_answers() -> None:
    coop = an_organisation()
    asked = an_application(organisation=coop)
    services.ask_for_more(asked.number, note="Which land?", **HOW)
    asked.refresh_from_db()
    assert asked.state == "more-wanted"

    a_growing_area("plot", organisation=coop)
    answer = a_draft("yangqu", coop, areas=("plot",), note="This land")
    services.answer_application(asked.number, answer, **HOW)

    asked.refresh_from_db()
    assert (asked.state, asked.areas) == ("submitted", ["plot"])
    assert kinds(asked) == ["applied", "asked", "answered"]


def test_a_refusal_and_a_request_need_words_and_what_is_decided_stays() -> None:
    asked = an_application()
    for command in (services.ask_for_more, services.refuse_application):
        with pytest.raises(refusals.WordMissing):
            command(asked.number, note=" ", **HOW)
    services.refuse_application(asked.number, note="No such land", **HOW)

    for step in (services.ask_for_more, services.refuse_application, services.withdraw_application):
        with pytest.raises(refusals.WrongApplicationState):
            step(asked.number, note="x", **HOW)
    with pytest.raises(refusals.WrongApplicationState):
        services.grant_application(asked.number, valid_from=TODAY, **HOW)
    assert kinds(asked) == ["applied", "refused"]


def test_an_own_brand_needs_the_consent_of_the_owner_for_that_brand() -> None:
    coop = an_organisation()
    asked = an_application(organisation=coop, own_brand="Golden Ear")
    with pytest.raises(refusals.ConditionsNotMet):
        services.grant_application(asked.number, valid_from=TODAY, **HOW)

    services.consent_to_own_brand(asked.number, note="Letter of 3 October 2026", **HOW)
    assert all(each.is_met for each in check(Application.objects.get(), TODAY))

    other = a_draft("yangqu", coop, own_brand="Silver Ear")
    services.answer_application(asked.number, other, **HOW)
    assert not all(each.is_met for each in check(Application.objects.get(), TODAY))


def test_an_own_brand_that_is_a_child_with_a_consent_needs_no_other() -> None:
    coop = an_organisation()
    asked = an_application(organisation=coop, own_brand="Golden Ear")
    mother = asked.brand.code
    a_brand("golden-ear", name="Golden Ear", owner=coop, mother_code=mother)
    assert not all(each.is_met for each in check(asked, TODAY))

    schemes.give_consent("golden-ear", valid_from=TODAY, note="Letter", **HOW)

    assert all(each.is_met for each in check(asked, TODAY))


def test_an_application_that_makes_no_sense_is_refused() -> None:
    brand, coop = a_ruled_brand(), an_organisation()
    a_growing_area("theirs")

    with pytest.raises(refusals.NothingAppliedFor):
        an_application(brand, coop, products=())
    with pytest.raises(refusals.ForeignAreas):
        an_application(brand, coop, areas=("theirs",))
    assert not Application.objects.exists()


def test_a_term_beyond_the_rules_is_refused() -> None:
    asked = an_application()
    with pytest.raises(refusals.TermBeyondRules) as refused:
        services.grant_application(
            asked.number, valid_from=TODAY, valid_until=date(2028, 10, 15), **HOW
        )
    assert refused.value.facts["latest"] == date(2028, 10, 14)
    assert not Licence.objects.exists()


def test_without_rules_of_use_the_office_decides_and_names_the_last_day() -> None:
    asked = an_application(a_brand("free"))
    assert check(asked, TODAY) == []
    with pytest.raises(refusals.TermUnknown):
        services.grant_application(asked.number, valid_from=TODAY, **HOW)
    services.grant_application(asked.number, valid_from=TODAY, valid_until=TODAY, **HOW)


def test_who_may_apply_decide_and_read() -> None:
    brand, coop = a_ruled_brand(), an_organisation()
    recorder, viewer = an_actor(coop, "recorder"), an_actor(coop, "viewer")
    stranger, officer = an_actor(an_organisation(), "manager"), an_officer("recorder")
    draft = a_draft(brand.code, coop)
    for actor in (viewer, stranger, an_officer("inspector")):
        with pytest.raises(NotAllowed):
            services.apply_for_mark(draft, by=actor, now=NOON)
    asked = services.apply_for_mark(draft, by=recorder, now=NOON)

    for actor in (recorder, stranger, an_officer("inspector")):
        with pytest.raises(NotAllowed):
            services.grant_application(asked.number, valid_from=TODAY, by=actor, now=NOON)
        with pytest.raises(NotAllowed):
            services.record_finding(services.FindingDraft(coop.pk, "x"), by=actor, now=NOON)
    with pytest.raises(NotAllowed):
        services.withdraw_application(asked.number, by=stranger, now=NOON)

    assert selectors.applications(viewer).count() == 1
    assert not selectors.applications(stranger).exists()
    assert selectors.waiting(officer).count() == 1
    assert not selectors.waiting(recorder).exists()
    services.ask_for_more(asked.number, note="Land?", by=officer, now=NOON)
    assert selectors.waiting(recorder).count() == 1
    services.withdraw_application(asked.number, by=recorder, now=NOON)
    assert not NonConformity.objects.exists()
