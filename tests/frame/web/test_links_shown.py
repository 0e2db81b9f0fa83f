"""Nobody is shown a link that leads to a refusal."""

import pytest
from builders.labels import a_labelled_lot
from builders.lots import a_harvested_lot, a_milled_lot, allowing_bounds, at_noon
from builders.parties import a_client_for, a_member, a_person, a_programme_office, an_organisation
from builders.walks import followed

from originmark.origin.parties.models import Organisation, Person
from originmark.trace.lots import services as lots

pytestmark = pytest.mark.django_db
ROLES = ("viewer", "recorder", "manager")


def refused(person: Person) -> list[str]:
    """Return the links that the person meets and may not follow."""
    links = list(followed(a_client_for(person), of_a_kind=3))
    assert len(links) > 10
    return [str(each) for each in links if each.status >= 400]


def test_somebody_without_an_organisation() -> None:
    a_labelled_lot()
    assert refused(a_person()) == []


@pytest.mark.parametrize("role", ROLES)
def test_members_where_nothing_is_recorded_yet(role: str) -> None:
    assert refused(a_member(an_organisation(), role).person) == []


@pytest.mark.parametrize("role", ROLES)
def test_members_with_labels(role: str) -> None:
    lot = a_labelled_lot()
    lot.issue(10)
    assert refused(a_member(lot.organisation, role).person) == []


def test_whoever_sold_a_lot_and_whoever_bought_it() -> None:
    grower, mill = an_organisation(), an_organisation()
    lot = a_harvested_lot(1000, organisation=grower)
    lots.ship(lot_code=lot.code, to_organisation_code=mill.code, **at_noon())
    lots.receive(lot_code=lot.code, **at_noon())
    with allowing_bounds():
        a_milled_lot(70, source=lot, kg=lot.received_kg / 10)
    assert refused(a_member(grower).person) == []
    assert refused(a_member(mill).person) == []


@pytest.mark.parametrize("role", ["inspector", "manager"])
def test_the_office(role: str) -> None:
    office: Organisation = a_programme_office()
    a_labelled_lot().issue(10)
    assert refused(a_member(office, role).person) == []
