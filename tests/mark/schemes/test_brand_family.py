"""Mother brands, their children, and the consents between them."""

from datetime import date, datetime

import pytest
from builders.parties import (
    a_client_for,
    a_member,
    a_programme_office,
    an_actor,
    an_inspector,
    an_officer,
    an_organisation,
)
from builders.schemes import NOON, a_brand
from django.urls import reverse

from originmark.frame.web import clock
from originmark.mark.schemes import family_rules, rules, selectors, services
from originmark.mark.schemes.models import Brand, CoUseConsent
from originmark.origin.parties import access
from originmark.origin.parties.access import NotAllowed

pytestmark = pytest.mark.django_db
TODAY = date(2026, 10, 15)
HOW = {"by": access.SYSTEM, "now": NOON}


def a_family() -> tuple[Brand, Brand]:
    """A mother brand and a child of another owner."""
    mother = a_brand("yangqu", name="Yangqu", kind="county")
    child = a_brand("heshun", name="Heshun", mother_code="yangqu", owner=an_organisation())
    return mother, child


def a_consent(child: Brand, **more: object) -> CoUseConsent:
    facts = {"valid_from": TODAY, "note": "Letter of 3 October 2026", **HOW, **more}
    return services.give_consent(child.code, **facts)  # type: ignore[arg-type]


def test_a_mother_knows_her_children_and_they_know_her() -> None:
    a_family()
    a_brand("alone")

    mother = selectors.mother_of("heshun")
    assert mother is not None
    assert mother.code == "yangqu"
    assert selectors.mother_of("yangqu") is None
    assert [each.code for each in selectors.children_of("yangqu")] == ["heshun"]


def test_a_brand_does_not_descend_from_itself() -> None:
    mother, _child = a_family()
    a_brand("grain", mother_code="heshun")

    for descendant in ("yangqu", "heshun", "grain"):
        draft = services.BrandDraft(
            "yangqu", "Yangqu", "county", mother.owner_id, mother_code=descendant
        )
        with pytest.raises(family_rules.MotherLoop) as refused:
            services.change_brand("yangqu", draft, **HOW)
        assert refused.value.facts == {"brand": "yangqu", "mother": descendant}
    assert Brand.objects.get(code="yangqu").mother is None


def test_a_mother_must_be_a_brand_and_no_brand_is_founded_ahead() -> None:
    with pytest.raises(rules.UnknownBrand):
        a_brand("heshun", mother_code="nobody")
    with pytest.raises(family_rules.FoundedLater):
        a_brand("heshun", founded_year=2027)
    assert not Brand.objects.exists()


def test_a_consent_counts_from_its_first_to_its_last_day() -> None:
    _mother, child = a_family()
    a_consent(child, valid_until=date(2026, 12, 31))

    days = [date(2026, 10, 14), TODAY, date(2026, 12, 31), date(2027, 1, 1)]
    found = [selectors.consent_on("heshun", day) is not None for day in days]
    assert found == [False, True, True, False]


def test_a_consent_of_a_former_mother_does_not_count() -> None:
    _mother, child = a_family()
    a_consent(child)
    a_brand("other")
    draft = services.BrandDraft("heshun", "Heshun", "county", child.owner_id, mother_code="other")

    services.change_brand("heshun", draft, **HOW)

    assert selectors.consent_on("heshun", TODAY) is None


def test_a_consent_needs_a_mother_and_dates_in_order() -> None:
    _mother, child = a_family()
    with pytest.raises(family_rules.NoMother):
        a_consent(a_brand("alone"))
    with pytest.raises(rules.DatesReversed):
        a_consent(child, valid_until=date(2026, 10, 14))
    assert not CoUseConsent.objects.exists()


def test_the_owner_of_the_mother_and_the_office_consent_and_nobody_else() -> None:
    mother_owner = an_organisation()
    a_brand("yangqu", owner=mother_owner)
    child = a_brand("heshun", mother_code="yangqu", owner=an_organisation())
    for by in (
        an_actor(mother_owner, "recorder"),
        an_actor(child.owner, "manager"),
        an_inspector(),
        access.NOBODY,
    ):
        with pytest.raises(NotAllowed):
            a_consent(child, by=by)
    assert not CoUseConsent.objects.exists()

    for by in (an_actor(mother_owner, "manager"), an_officer("recorder")):
        given = a_consent(child, by=by)
        ended = services.end_consent(given.pk, valid_until=date(2026, 11, 1), by=by)
        assert ended.valid_until == date(2026, 11, 1)


def test_the_pages_show_the_family_and_take_a_consent(
    monkeypatch: pytest.MonkeyPatch, noon: datetime
) -> None:
    monkeypatch.setattr(clock, "now", lambda: noon)
    a_family()
    officer = a_client_for(a_member(a_programme_office(), "manager").person)
    stranger = a_client_for(a_member(an_organisation(), "manager").person)
    child, mother = (reverse("schemes:brand", args=[code]) for code in ("heshun", "yangqu"))
    new = reverse("schemes:consent_new", args=["heshun"])

    assert "no consent" in officer.get(mother).content.decode()
    assert mother in officer.get(child).content.decode()
    assert stranger.get(new).status_code == 403
    assert officer.get(reverse("schemes:consent_new", args=["yangqu"])).status_code == 422

    typed = {"valid_from": "2026-10-15", "note": "Letter of 3 October 2026"}
    assert officer.post(new, typed)["Location"] == child
    assert "Letter of 3 October 2026" in officer.get(child).content.decode()
    assert "agreed" in officer.get(mother).content.decode()
    end = reverse("schemes:consent_end", args=[CoUseConsent.objects.get().pk])
    assert stranger.get(end).status_code == 403
    assert officer.post(end, {"valid_until": "2026-10-20"})["Location"] == child
    assert CoUseConsent.objects.get().valid_until == date(2026, 10, 20)


def test_the_form_records_what_a_time_honoured_brand_is() -> None:
    a_brand("yangqu")
    officer = a_client_for(a_member(a_programme_office(), "manager").person)
    typed = {
        "code": "guang-xi-chang",
        "name": "Vinegar house",
        "kind": "time_honoured",
        "owner": an_organisation().pk,
        "mother": "yangqu",
        "founded_year": "1876",
        "recognised_by": "Ministry of Commerce",
        "recognised_on": "2006-11-07",
        "is_active": "on",
    }

    answer = officer.post(reverse("schemes:brand_new"), typed)

    told = officer.get(answer["Location"]).content.decode()
    assert "1876" in told
    assert "Ministry of Commerce" in told
    brand = Brand.objects.get(code="guang-xi-chang")
    assert brand.mother is not None
    assert (brand.mother.code, brand.recognised_on) == ("yangqu", date(2006, 11, 7))
