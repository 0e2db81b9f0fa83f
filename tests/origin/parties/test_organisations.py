from datetime import datetime

import pytest
from builders.parties import an_actor, an_inspector, an_officer, an_organisation
from django.db import IntegrityError, transaction

from originmark.origin.parties import access, numbers, rules, selectors, services
from originmark.origin.parties.models import Organisation

pytestmark = pytest.mark.django_db
USCC = "91110000600037341L"


def test_an_officer_registers_an_organisation(noon: datetime) -> None:
    made = services.create_organisation(
        kind="cooperative",
        name="Yellow Soil Millet Cooperative",
        registration_scheme="cn_uscc",
        registration_number="91110000 600037341L",
        gln="9501101530003",
        gs1_company_prefix="9501101",
        by=an_officer(),
        now=noon,
    )

    made.refresh_from_db()
    assert made.code == "yellow-soil-millet-cooperative"
    assert made.registration_number == USCC
    assert made.created_at == noon
    assert made.party_uri == "https://id.gs1.org/417/9501101530003"


def test_an_organisation_without_a_gln_has_an_identifier_of_our_own() -> None:
    assert an_organisation("yq-mill").party_uri == "urn:originmark:local:party:yq-mill"


def test_a_name_without_latin_letters_gets_a_code_by_kind(noon: datetime) -> None:
    codes = [
        services.create_organisation(kind="host_agency", name=name, by=access.SYSTEM, now=noon).code
        for name in ("阳曲县小米", "黄土地")
    ]

    assert codes == ["host-agency-1", "host-agency-2"]


def test_names_that_are_equal_get_different_codes(noon: datetime) -> None:
    codes = [
        services.create_organisation(kind="household", name="Li", by=access.SYSTEM, now=noon).code
        for _ in range(3)
    ]

    assert codes == ["li", "li-2", "li-3"]


@pytest.mark.parametrize(
    ("facts", "refusal"),
    [
        ({"code": "mill"}, numbers.CodeTaken),
        (
            {"registration_scheme": "cn_uscc", "registration_number": USCC},
            numbers.RegistrationTaken,
        ),
        ({"gln": "9501101530003"}, numbers.GlnTaken),
        ({"gs1_company_prefix": "9501101"}, numbers.CompanyPrefixTaken),
    ],
)
def test_a_value_of_another_organisation_is_refused(
    facts: dict[str, str], refusal: type[numbers.Taken], noon: datetime
) -> None:
    an_organisation(
        "mill",
        registration_scheme="cn_uscc",
        registration_number=USCC,
        gln="9501101530003",
        gs1_company_prefix="9501101",
    )
    services.archive_organisation("mill", by=access.SYSTEM, now=noon)

    with pytest.raises(refusal) as refused:
        services.create_organisation(
            **{"kind": "household", "name": "Li", "by": access.SYSTEM, "now": noon, **facts}
        )

    assert refused.value.field == next(reversed(facts))
    assert Organisation.objects.count() == 1


def test_the_database_is_the_last_word_on_duplicates() -> None:
    an_organisation(gln="9501101530003")

    with pytest.raises(IntegrityError), transaction.atomic():
        Organisation.objects.create(code="other", name="Other", kind="carrier", gln="9501101530003")


def test_what_is_not_given_stays(noon: datetime) -> None:
    mill = an_organisation("mill", name="Mill", phone="1", address="Old street")

    services.change_organisation("mill", address="New street", by=an_officer(), now=noon)

    mill.refresh_from_db()
    assert (mill.name, mill.phone, mill.address) == ("Mill", "1", "New street")


def test_a_wrong_number_changes_nothing(noon: datetime) -> None:
    mill = an_organisation("mill", name="Mill")

    with pytest.raises(numbers.BadGln):
        services.change_organisation("mill", name="New", gln="1", by=an_officer(), now=noon)

    mill.refresh_from_db()
    assert (mill.name, mill.gln) == ("Mill", "")


def test_only_a_manager_of_an_office_makes_another_office(noon: datetime) -> None:
    with pytest.raises(rules.NotAllowed):
        services.create_organisation(
            kind="authority", name="B", runs_programme=True, by=an_officer("recorder"), now=noon
        )

    made = services.create_organisation(
        kind="authority", name="B", runs_programme=True, by=an_officer("manager"), now=noon
    )

    assert made.runs_programme


def test_members_of_an_archived_organisation_lose_their_access(noon: datetime) -> None:
    mill = an_organisation("mill")
    services.archive_organisation("mill", by=an_officer(), now=noon)

    mill.refresh_from_db()
    assert mill.is_active is False
    assert an_actor(mill, "manager").roles == ()

    services.restore_organisation("mill", by=an_officer(), now=noon)
    mill.refresh_from_db()
    assert mill.is_active is True


def test_each_sees_the_organisations_of_their_own() -> None:
    mill, other = an_organisation("mill"), an_organisation("other")
    everybody = set(Organisation.objects.all())

    assert set(selectors.organisations(an_actor(mill, "viewer"))) == {mill}
    assert set(selectors.organisations(an_actor())) == set()
    assert set(selectors.organisations(access.NOBODY)) == set()
    inspector = an_inspector()
    assert set(selectors.organisations(inspector)) == everybody | set(
        Organisation.objects.filter(runs_programme=True)
    )
    assert selectors.visible_organisation("mill", an_actor(mill)) == mill
    with pytest.raises(rules.UnknownOrganisation):
        selectors.visible_organisation("other", an_actor(mill))
    assert selectors.organisation("other") == other


def test_anybody_finds_an_active_partner_by_name_or_number(noon: datetime) -> None:
    mill = an_organisation("mill", name="Golden Mill", gln="9501101530003")
    an_organisation("gone", name="Golden Oldie")
    services.archive_organisation("gone", by=access.SYSTEM, now=noon)

    for query in ("golden", "MILL", "9501101530003"):
        assert list(selectors.search_organisations(query)) == [mill]
    assert list(selectors.search_organisations("silver")) == []
