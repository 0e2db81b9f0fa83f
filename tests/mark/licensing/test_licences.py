"""Licences: granting, resting, ending, and why a mark may not be used."""

from datetime import date, datetime

import pytest
from builders.licensing import a_licence
from builders.parties import an_actor, an_officer, an_organisation
from builders.schemes import a_brand
from django.db import connection
from django.test.utils import CaptureQueriesContext

from originmark.mark.licensing import rules, selectors, services
from originmark.mark.licensing.models import Licence, LicenceSuspension
from originmark.mark.licensing.services import licences
from originmark.origin.parties.access import NotAllowed

pytestmark = pytest.mark.django_db
TODAY = date(2026, 10, 15)


def test_a_licence_gets_the_next_free_number() -> None:
    brand = a_brand("yangqu")
    numbers = [a_licence(brand=brand).number for _ in range(2)]

    assert numbers == ["YANGQU-2026-0001", "YANGQU-2026-0002"]


def test_a_valid_licence_is_found() -> None:
    coop, brand = an_organisation(), a_brand("yangqu", products=["millet", "flour"])
    licence = a_licence(coop, brand, products=["millet"])

    found = selectors.licence_for(coop.pk, "yangqu", "millet", TODAY)

    assert found is not None
    assert (found.number, found.products, found.state) == (licence.number, ("millet",), "valid")


def states(coop_id: int, product: str = "millet", on: date = TODAY) -> tuple[str, str | None]:
    found = selectors.licence_state(coop_id, "yangqu", product, on)
    return found.state, found.refusal.code if found.refusal else None


def test_each_reason_against_using_the_mark_has_its_own_refusal(noon: datetime) -> None:
    coop, brand = an_organisation(name="Heshun coop"), a_brand("yangqu", name="Yangqu millet")
    assert states(coop.pk) == ("none", "licence-none")

    licence = a_licence(coop, brand, number="L-1")
    assert states(coop.pk) == ("valid", None)
    assert states(coop.pk, on=date(2025, 12, 31)) == ("not-yet", "licence-not-yet-valid")
    assert states(coop.pk, on=date(2028, 1, 1)) == ("expired", "licence-expired")
    assert states(coop.pk, "flour") == ("product-not-covered", "licence-product-not-covered")

    services.suspend_licence("L-1", reason="Labels on bought grain", by=an_officer(), now=noon)
    assert states(coop.pk) == ("suspended", "licence-suspended")
    refusal = selectors.licence_state(coop.pk, "yangqu", "millet", TODAY).refusal
    assert "suspended since 2026-10-15: Labels on bought grain." in str(refusal)
    assert states(coop.pk, on=date(2026, 10, 14)) == ("valid", None)

    services.lift_suspension("L-1", on=date(2026, 11, 1), by=an_officer(), now=noon)
    assert states(coop.pk, on=date(2026, 10, 31)) == ("suspended", "licence-suspended")
    assert states(coop.pk, on=date(2026, 11, 1)) == ("valid", None)

    services.end_licence("L-1", reason="Gave up", on=date(2026, 12, 1), by=an_officer(), now=noon)
    assert states(coop.pk, on=date(2026, 11, 30)) == ("valid", None)
    assert states(coop.pk, on=date(2026, 12, 1)) == ("ended", "licence-ended")
    assert licence.organisation == coop


def test_one_valid_licence_among_several_is_enough(noon: datetime) -> None:
    coop, brand = an_organisation(), a_brand("yangqu")
    a_licence(coop, brand, number="OLD", valid_until=date(2026, 6, 30))
    a_licence(coop, brand, number="NEW", valid_from=date(2026, 7, 1))

    found = selectors.licence_for(coop.pk, "yangqu", "millet", TODAY)

    assert found is not None
    assert found.number == "NEW"


def test_another_organisations_licence_does_not_count() -> None:
    a_licence(an_organisation(), a_brand("yangqu"))

    assert states(an_organisation().pk) == ("none", "licence-none")


def test_asking_costs_the_same_for_many_licences() -> None:
    coop, brand = an_organisation(), a_brand("yangqu")
    for _ in range(5):
        a_licence(coop, brand)

    with CaptureQueriesContext(
        connection,
    ) as queries:
        selectors.licence_for(coop.pk, "yangqu", "millet", TODAY)

    assert len(queries) == 3


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"products": ["rice"]}, "products-outside-brand"),
        ({"products": []}, "nothing-licensed"),
        ({"valid_until": date(2025, 12, 31)}, "licence-ends-before-it-begins"),
        ({"number": "TAKEN"}, "licence-number-taken"),
    ],
)
def test_a_grant_that_makes_no_sense_is_refused(facts: dict[str, object], code: str) -> None:
    a_licence(number="TAKEN")

    with pytest.raises(rules.RuleViolation) as refused:
        a_licence(**facts)  # type: ignore[arg-type]

    assert refused.value.code == code
    assert Licence.objects.count() == 1


def test_a_number_taken_a_moment_ago_is_refused_and_not_a_crash(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    brand = a_brand("yangqu")
    a_licence(brand=brand)
    monkeypatch.setattr(licences, "_next_number", lambda *_: "YANGQU-2026-0001")

    with pytest.raises(rules.LicenceNumberTaken):
        a_licence(brand=brand)

    assert Licence.objects.count() == 1


def test_no_licence_for_a_brand_that_rests() -> None:
    brand = a_brand(is_active=False)

    with pytest.raises(rules.BrandNotActive):
        a_licence(brand=brand)


def test_steps_that_do_not_fit_are_refused_and_leave_nothing(noon: datetime) -> None:
    officer = an_officer()
    a_licence(number="L-1")

    with pytest.raises(rules.WrongLicenceState):
        services.lift_suspension("L-1", by=officer, now=noon)
    with pytest.raises(rules.ReasonMissing):
        services.suspend_licence("L-1", reason=" ", by=officer, now=noon)
    assert not LicenceSuspension.objects.exists()

    services.suspend_licence("L-1", reason="Why", by=officer, now=noon)
    with pytest.raises(rules.WrongLicenceState):
        services.suspend_licence("L-1", reason="Again", by=officer, now=noon)
    with pytest.raises(rules.StepOutOfOrder):
        services.lift_suspension("L-1", on=date(2026, 10, 14), by=officer, now=noon)
    assert LicenceSuspension.objects.get().lifted_on is None

    services.end_licence("L-1", reason="Gave up", by=officer, now=noon)
    with pytest.raises(rules.WrongLicenceState):
        services.end_licence("L-1", reason="Twice", by=officer, now=noon)


def test_only_an_officer_grants_and_suspends(noon: datetime) -> None:
    coop, brand = an_organisation(), a_brand("yangqu")
    a_licence(coop, brand, number="L-1")
    grant = services.Grant("yangqu", coop.pk, ("millet",), TODAY, TODAY)

    for actor in (an_actor(coop, "manager"), an_actor(), an_officer("inspector")):
        with pytest.raises(NotAllowed):
            services.grant_licence(grant, by=actor, now=noon)
        with pytest.raises(NotAllowed):
            services.suspend_licence("L-1", reason="x", by=actor, now=noon)
        with pytest.raises(NotAllowed):
            services.lift_suspension("L-1", by=actor, now=noon)
        with pytest.raises(NotAllowed):
            services.end_licence("L-1", reason="x", by=actor, now=noon)

    assert Licence.objects.count() == 1
    assert not LicenceSuspension.objects.exists()


def test_a_holder_reads_its_own_licences_and_the_office_reads_all() -> None:
    coop = an_organisation()
    own, other = a_licence(coop), a_licence()

    assert set(selectors.licences(an_actor(coop, "viewer"))) == {own}
    assert set(selectors.licences(an_officer("inspector"))) == {own, other}
    assert not selectors.licences(an_actor()).exists()
    with pytest.raises(rules.UnknownLicence):
        selectors.licence(other.number, an_actor(coop, "manager"))


def test_the_published_list_leaves_out_what_is_over(noon: datetime) -> None:
    shown = a_licence(number="SHOWN")
    resting = a_licence(number="RESTING")
    a_licence(number="OVER", valid_until=date(2026, 10, 14))
    a_licence(number="LATER", valid_from=date(2026, 10, 16))
    a_licence(number="ENDED")
    services.suspend_licence("RESTING", reason="Why", by=an_officer(), now=noon)
    services.end_licence("ENDED", reason="Why", by=an_officer(), now=noon)

    found = selectors.published_users(TODAY)

    assert set(found) == {shown, resting}
    assert {row.number: selectors.state_of(row, TODAY) for row in found} == {
        "SHOWN": "valid",
        "RESTING": "suspended",
    }


def test_the_expiry_list_is_ordered_by_last_day() -> None:
    a_licence(number="IN-60", valid_until=date(2026, 12, 14))
    a_licence(number="IN-1", valid_until=date(2026, 10, 16))
    a_licence(number="IN-200", valid_until=date(2027, 5, 3))

    found = selectors.expiring(an_officer(), on=TODAY)

    assert [row.number for row in found] == ["IN-1", "IN-60"]
