import pytest
from builders.parties import an_actor, an_inspector, an_officer, an_organisation

from originmark.origin.parties import access, rules
from originmark.origin.parties.models import Organisation
from originmark.origin.parties.rules import Actor

pytestmark = pytest.mark.django_db

WHO_MAY = {
    "read": {"viewer", "recorder", "manager", "inspector", "officer", "office manager"},
    "parties.view": {"viewer", "recorder", "manager", "inspector", "officer", "office manager"},
    "parties.create_organisation": {"officer", "office manager"},
    "parties.change_organisation": {"manager", "officer", "office manager"},
    "parties.archive_organisation": {"officer", "office manager"},
    "parties.manage_members": {"manager", "officer", "office manager"},
    "parties.manage_keys": {"manager", "office manager"},
    "parties.manage_office": {"office manager"},
    "parties.appoint_office": {"office manager"},
    "parties.register_person": set(),
}


def everybody(organisation: Organisation) -> dict[str, Actor]:
    return {
        "nobody": access.NOBODY,
        "stranger": an_actor(),
        "neighbour": an_actor(an_organisation(), "manager"),
        "viewer": an_actor(organisation, "viewer"),
        "recorder": an_actor(organisation, "recorder"),
        "manager": an_actor(organisation, "manager"),
        "inspector": an_inspector(),
        "officer": an_officer("recorder"),
        "office manager": an_officer("manager"),
    }


def test_each_role_has_exactly_the_permissions_of_the_table() -> None:
    mill = an_organisation("mill")
    people = everybody(mill)

    for permission, expected in WHO_MAY.items():
        allowed = {
            who
            for who, actor in people.items()
            if access.allows(actor, permission, organisation_id=mill.pk)
        }
        assert allowed == expected, permission


def test_the_system_may_do_everything() -> None:
    assert all(access.allows(access.SYSTEM, permission) for permission in WHO_MAY)


def test_an_unknown_permission_is_a_bug() -> None:
    with pytest.raises(KeyError):
        access.allows(access.SYSTEM, "nobody.registered_this")


def test_a_refusal_names_the_person_and_the_permission() -> None:
    with pytest.raises(rules.NotAllowed) as refused:
        access.require(Actor(name="Li"), "parties.create_organisation")

    assert refused.value.facts == {"person": "Li", "permission": "parties.create_organisation"}
    assert refused.value.status == 403


def test_a_key_reads_only_with_the_scope_read() -> None:
    mill = an_organisation("mill")
    roles = ((mill.pk, "recorder"),)
    blind = Actor(name="Press", roles=roles, scopes=frozenset({"lots.record"}))
    reader = Actor(name="Press", roles=roles, scopes=frozenset({"read"}))

    assert list(access.visible(blind, Organisation.objects.all(), "pk")) == []
    assert list(access.visible(reader, Organisation.objects.all(), "pk")) == [mill]
    assert access.allows(reader, "parties.change_organisation", organisation_id=mill.pk) is False


def test_a_key_of_an_office_without_the_scope_read_sees_nothing() -> None:
    an_organisation("mill")
    blind = Actor(name="Feed", office_role="manager", scopes=frozenset({"ledger.capture"}))

    assert list(access.visible(blind, Organisation.objects.all(), "pk")) == []
