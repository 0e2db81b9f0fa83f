"""Members of an organisation and their roles."""

from datetime import datetime

from django.db import transaction

from originmark.origin.parties import access, rules
from originmark.origin.parties.models import Membership, Organisation, Person


@transaction.atomic
def add_member(
    organisation: Organisation, person: Person, *, role: str, by: access.Actor, now: datetime
) -> Membership:
    """Make a person a member; raises AlreadyMember, UnknownRole or NotAllowed."""
    organisation = _locked(organisation)
    _require_manager(by, organisation)
    rules.require_role(role)
    earlier = organisation.memberships.filter(person=person).first()
    if earlier is not None:
        raise rules.AlreadyMember(
            person=person.name, organisation=organisation.name, role=earlier.role
        )
    return Membership.objects.create(person=person, organisation=organisation, role=role, since=now)


@transaction.atomic
def change_role(
    organisation: Organisation,
    person: Person,
    *,
    role: str,
    by: access.Actor,
    now: datetime,  # noqa: ARG001 (every command takes the clock)
) -> Membership:
    """Give a member another role; the last manager keeps theirs."""
    organisation = _locked(organisation)
    _require_manager(by, organisation)
    rules.require_role(role)
    membership = _membership(organisation, person)
    rules.keep_a_manager(
        person.name,
        organisation.name,
        before=membership.role,
        after=role,
        others=_other_managers(organisation, person),
    )
    membership.role = role
    membership.save(update_fields=["role"])
    return membership


@transaction.atomic
def remove_member(
    organisation: Organisation,
    person: Person,
    *,
    by: access.Actor,
    now: datetime,  # noqa: ARG001 (every command takes the clock)
) -> None:
    """End a membership; the last manager stays. Whoever leaves on their own needs no right."""
    organisation = _locked(organisation)
    if by.person_id != person.pk:
        _require_manager(by, organisation)
    membership = _membership(organisation, person)
    rules.keep_a_manager(
        person.name,
        organisation.name,
        before=membership.role,
        after="",
        others=_other_managers(organisation, person),
    )
    membership.delete()


def _locked(organisation: Organisation) -> Organisation:
    # Two managers who remove each other at once must not both succeed.
    return Organisation.objects.select_for_update().get(pk=organisation.pk)


def _require_manager(by: access.Actor, organisation: Organisation) -> None:
    access.require(by, managing(organisation), organisation_id=organisation.pk)


def managing(organisation: Organisation) -> str:
    """Return the permission that its members' roles need.

    A programme office is managed by managers of an office only, or else a recorder there could
    make themselves manager of everything.
    """
    return "parties.manage_office" if organisation.runs_programme else "parties.manage_members"


def _membership(organisation: Organisation, person: Person) -> Membership:
    membership = organisation.memberships.filter(person=person).first()
    if membership is None:
        raise rules.UnknownMember(person=person.name, organisation=organisation.name)
    return membership


def _other_managers(organisation: Organisation, person: Person) -> int:
    managers = organisation.memberships.filter(role=rules.MANAGER, person__is_active=True)
    return managers.exclude(person=person).count()
