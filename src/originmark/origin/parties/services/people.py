"""People who sign in."""

from datetime import datetime

from allauth.account.models import EmailAddress
from django.db import transaction

from originmark.origin.parties import access, rules, selectors
from originmark.origin.parties.models import Person


@transaction.atomic
def register_person(
    *,
    email: str,
    name: str,
    password: str | None,
    by: access.Actor,
    now: datetime,
    language: str = "",
) -> Person:
    """Make a person who signs in with this password; without one, only a reset lets them in.

    For commands: people in the pages are invited instead, so that nobody knows the password of
    somebody else. Raises PersonExists or NotAllowed.
    """
    access.require(by, "parties.register_person")
    if selectors.find_person(email) is not None:
        raise rules.PersonExists(email=email)
    person = Person(
        email=email.strip().lower(), name=name.strip() or email, language=language, joined_at=now
    )
    person.set_password(password)
    person.save(force_insert=True)
    confirm_address(person)  # whoever runs the command vouches for it
    return person


@transaction.atomic
def change_profile(
    person: Person,
    *,
    name: str,
    phone: str,
    language: str,
    by: access.Actor,
    now: datetime,  # noqa: ARG001 (every command takes the clock)
) -> Person:
    """Change one's own name, phone and language; nobody changes those of somebody else."""
    if by.person_id != person.pk and not by.is_system:
        raise rules.NotAllowed(person=by.name, permission="parties.change_profile")
    person.name, person.phone, person.language = name.strip(), phone.strip(), language
    person.save(update_fields=["name", "phone", "language"])
    return person


def confirm_address(person: Person) -> None:
    """Note that the person's address is theirs: a second factor needs that."""
    EmailAddress.objects.update_or_create(
        user=person, email=person.email, defaults={"verified": True, "primary": True}
    )
