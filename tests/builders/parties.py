"""People, organisations and actors for tests: name only what matters."""

from datetime import UTC, datetime
from itertools import count
from typing import Any

from django.test import Client

from originmark.origin.parties import access, services
from originmark.origin.parties.models import Membership, Organisation, Person
from originmark.origin.parties.rules import Actor, strongest

NOON = datetime(2026, 10, 15, 12, 0, tzinfo=UTC)
PASSWORD = "millet-porridge-7"
_numbers = count(1)


def a_person(
    email: str = "", *, name: str = "", password: str | None = None, **more: Any
) -> Person:
    """Somebody who signs in. Without a password (hashing takes time) only ``a_client_for`` does."""
    number = next(_numbers)
    person = Person(
        email=email or f"person-{number}@example.org",
        name=name or f"Person {number}",
        joined_at=NOON,
        **more,
    )
    if password is None:
        person.set_unusable_password()
    else:
        person.set_password(password)
    person.save()
    return person


def an_organisation(code: str = "", *, kind: str = "cooperative", **more: Any) -> Organisation:
    """An organisation, a cooperative unless said otherwise."""
    number = next(_numbers)
    facts = {"name": f"Organisation {number}", **more}
    return services.create_organisation(
        kind=kind, code=code or f"org-{number}", by=access.SYSTEM, now=NOON, **facts
    )


def a_programme_office(**more: Any) -> Organisation:
    """The organisation that runs the programme."""
    return an_organisation(**{"kind": "authority", "runs_programme": True, **more})


def a_member(
    organisation: Organisation, role: str = "recorder", person: Person | None = None
) -> Membership:
    """Somebody with a role in the organisation."""
    return services.add_member(
        organisation, person or a_person(), role=role, by=access.SYSTEM, now=NOON
    )


def an_actor(organisation: Organisation | None = None, role: str = "recorder") -> Actor:
    """Whoever acts for the organisation; without one, a stranger who is signed in."""
    if organisation is None:
        return actor_for(a_person())
    return actor_for(a_member(organisation, role).person)


def an_officer(role: str = "manager") -> Actor:
    """Somebody in a programme office: manager, recorder, inspector or viewer there."""
    office = Organisation.objects.filter(runs_programme=True).first() or a_programme_office()
    return an_actor(office, role)


def an_inspector() -> Actor:
    """Somebody who reads across the programme and changes nothing."""
    return an_officer("inspector")


def actor_for(person: Person) -> Actor:
    """The actor that the person is when signed in."""
    rows = person.memberships.filter(organisation__is_active=True)
    offices = rows.filter(organisation__runs_programme=True).values_list("role", flat=True)
    return Actor(
        name=person.name,
        person_id=person.pk,
        roles=tuple(rows.values_list("organisation_id", "role")),
        office_role=strongest(offices),
    )


def a_client_for(who: Person | Actor) -> Client:
    """A browser in which this person is signed in."""
    person = who if isinstance(who, Person) else Person.objects.get(pk=who.person_id)
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client
