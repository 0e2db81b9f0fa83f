"""Nobody is shown a link that leads to a refusal."""

import pytest
from builders.labels import a_labelled_lot
from builders.parties import a_client_for, a_member, a_person, a_programme_office, an_organisation
from builders.walks import followed

from originmark.origin.parties.models import Organisation, Person

pytestmark = pytest.mark.django_db
ROLES = ("viewer", "recorder", "manager")


def refused(person: Person) -> list[str]:
    """Return the links that the person meets and may not follow."""
    links = list(followed(a_client_for(person)))
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


@pytest.mark.parametrize("role", ["inspector", "manager"])
def test_the_office(role: str) -> None:
    office: Organisation = a_programme_office()
    a_labelled_lot().issue(10)
    assert refused(a_member(office, role).person) == []
