from datetime import datetime

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

from originmark.origin.parties import access, rules, services
from originmark.origin.parties.models import Membership, Person

pytestmark = pytest.mark.django_db


def test_a_manager_adds_a_member(noon: datetime) -> None:
    mill, person = an_organisation(), a_person()

    made = services.add_member(mill, person, role="viewer", by=an_actor(mill, "manager"), now=noon)

    assert (made.role, made.since) == ("viewer", noon)


@pytest.mark.parametrize("role", ["viewer", "recorder", "inspector"])
def test_others_do_not_add_members(role: str, noon: datetime) -> None:
    mill, person = an_organisation(), a_person()

    with pytest.raises(rules.NotAllowed):
        services.add_member(mill, person, role="viewer", by=an_actor(mill, role), now=noon)

    assert not person.memberships.exists()


def test_a_second_role_in_one_place_is_refused(noon: datetime) -> None:
    mill = an_organisation()
    li = a_member(mill, "viewer").person

    with pytest.raises(rules.AlreadyMember) as refused:
        services.add_member(mill, li, role="manager", by=access.SYSTEM, now=noon)

    assert refused.value.role == "viewer"
    assert Membership.objects.get(person=li).role == "viewer"


def test_a_role_must_exist(noon: datetime) -> None:
    with pytest.raises(rules.UnknownRole):
        services.add_member(an_organisation(), a_person(), role="king", by=access.SYSTEM, now=noon)


def test_the_last_manager_keeps_the_role_and_the_seat(noon: datetime) -> None:
    mill = an_organisation()
    li = a_member(mill, "manager").person

    with pytest.raises(rules.LastManager):
        services.change_role(mill, li, role="viewer", by=actor_for(li), now=noon)
    with pytest.raises(rules.LastManager):
        services.remove_member(mill, li, by=an_officer(), now=noon)

    assert Membership.objects.get(person=li).role == "manager"


def test_with_a_second_manager_the_first_may_go(noon: datetime) -> None:
    mill = an_organisation()
    li, wang = a_member(mill, "manager").person, a_member(mill, "manager").person

    services.change_role(mill, li, role="viewer", by=actor_for(wang), now=noon)
    services.remove_member(mill, li, by=actor_for(wang), now=noon)

    assert not li.memberships.exists()


def test_a_manager_who_cannot_sign_in_does_not_count(noon: datetime) -> None:
    mill = an_organisation()
    li = a_member(mill, "manager").person
    a_member(mill, "manager", a_person(is_active=False))

    with pytest.raises(rules.LastManager):
        services.remove_member(mill, li, by=actor_for(li), now=noon)


def test_anybody_may_leave(noon: datetime) -> None:
    mill = an_organisation()
    li = a_member(mill, "viewer").person

    services.remove_member(mill, li, by=actor_for(li), now=noon)

    assert not li.memberships.exists()


def test_who_is_no_member_cannot_be_removed(noon: datetime) -> None:
    with pytest.raises(rules.UnknownMember):
        services.remove_member(an_organisation(), a_person(), by=access.SYSTEM, now=noon)


def test_a_recorder_of_an_office_does_not_make_themselves_manager(noon: datetime) -> None:
    office = a_programme_office()
    li = a_member(office, "recorder").person

    with pytest.raises(rules.NotAllowed):
        services.change_role(office, li, role="manager", by=actor_for(li), now=noon)

    assert Membership.objects.get(person=li).role == "recorder"


def test_only_the_system_makes_people_with_a_password(noon: datetime) -> None:
    facts = {"email": "Li@Example.org", "name": "Li", "password": None, "now": noon}
    with pytest.raises(rules.NotAllowed):
        services.register_person(by=an_officer(), **facts)

    li = services.register_person(by=access.SYSTEM, **facts)

    assert (li.email, li.joined_at) == ("li@example.org", noon)
    with pytest.raises(rules.PersonExists):
        services.register_person(by=access.SYSTEM, **facts)
    assert Person.objects.filter(email="li@example.org").count() == 1


def test_each_changes_their_own_profile_only(noon: datetime) -> None:
    li, wang = a_person(), a_person(name="Wang")
    facts = {"name": "New", "phone": "", "language": "vi", "now": noon}

    services.change_profile(li, by=actor_for(li), **facts)
    with pytest.raises(rules.NotAllowed):
        services.change_profile(wang, by=actor_for(li), **facts)

    li.refresh_from_db()
    wang.refresh_from_db()
    assert (li.name, li.language, wang.name) == ("New", "vi", "Wang")
