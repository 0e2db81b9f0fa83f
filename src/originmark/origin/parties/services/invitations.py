"""Invitations: a letter with a link that makes somebody a member, once."""

import secrets
from datetime import datetime, timedelta

from django.core import signing
from django.db import transaction
from django.db.models import QuerySet

from originmark.frame.jobs import services as jobs
from originmark.origin.parties import access, refusals, rules, selectors
from originmark.origin.parties.models import Invitation, Membership, Organisation, Person
from originmark.origin.parties.services.members import managing
from originmark.origin.parties.services.people import confirm_address

VALID_FOR = timedelta(days=14)
SEND = "parties.send_invitation"
_signer = signing.Signer(salt="parties.invitation")


@transaction.atomic
def invite(
    organisation: Organisation,
    *,
    email: str,
    role: str,
    by: access.Actor,
    now: datetime,
    name: str = "",
    language: str = "",
) -> Invitation:
    """Send a letter that offers a role in the organisation.

    An earlier letter to the same address stops being valid. Raises NotAllowed, UnknownRole or
    AlreadyMember.
    """
    access.require(by, managing(organisation), organisation_id=organisation.pk)
    rules.require_role(role)
    address = email.strip().lower()
    member = organisation.memberships.filter(person__email__iexact=address).first()
    if member is not None:
        raise rules.AlreadyMember(person=address, organisation=organisation.name, role=member.role)
    _open(organisation).filter(email=address).update(withdrawn_at=now)
    invitation = Invitation.objects.create(
        organisation=organisation,
        email=address,
        name=name.strip(),
        role=role,
        language=language,
        nonce=secrets.token_hex(16),
        invited_by_id=by.person_id,
        created_at=now,
        expires_at=now + VALID_FOR,
    )
    # The letter is sent by the outbox; the payload has no link, for whoever reads it could use it.
    jobs.enqueue(SEND, {"invitation_id": invitation.pk}, key=f"invitation-{invitation.pk}")
    return invitation


def invite_once(
    organisation: Organisation,
    *,
    email: str,
    role: str,
    by: access.Actor,
    now: datetime,
    name: str = "",
    language: str = "",
) -> str:
    """Invite unless the same invitation is open already; return "created" or "unchanged".

    For lists that come again and again: nobody gets a second letter.
    """
    same = _open(organisation).filter(email=email.strip().lower(), role=role, expires_at__gt=now)
    if same.exists():
        return "unchanged"
    invite(organisation, email=email, role=role, name=name, language=language, by=by, now=now)
    return "created"


@transaction.atomic
def withdraw_invitation(
    organisation: Organisation, invitation_id: int, *, by: access.Actor, now: datetime
) -> None:
    """Make an open invitation useless; one that is over stays as it is."""
    access.require(by, managing(organisation), organisation_id=organisation.pk)
    _open(organisation).filter(pk=invitation_id).update(withdrawn_at=now)


def invitation_token(invitation: Invitation) -> str:
    """Return what the link in the letter carries: signed, so that nobody makes one up."""
    return _signer.sign(f"{invitation.pk}-{invitation.nonce}")


def open_invitation(token: str, *, now: datetime) -> Invitation:
    """Return the invitation behind a link; raises UnknownInvitation or InvitationOver."""
    return _find(token, now, Invitation.objects.all())


@transaction.atomic
def accept_invitation(
    token: str, *, name: str, password: str, language: str, now: datetime
) -> Person:
    """Make whoever opened the letter a member; somebody new gets this name and password.

    For somebody who signs in here already the three are ignored: a link in a letter must not
    change a password. Raises UnknownInvitation or InvitationOver.
    """
    invitation = _find(token, now, Invitation.objects.select_for_update())
    person = selectors.find_person(invitation.email)
    if person is None:
        person = Person(email=invitation.email, name=name.strip(), language=language, joined_at=now)
        person.set_password(password)
        person.save(force_insert=True)
        confirm_address(person)  # the letter has reached them
    Membership.objects.get_or_create(
        person=person,
        organisation=invitation.organisation,
        defaults={"role": invitation.role, "since": now},
    )
    invitation.accepted_at = now
    invitation.save(update_fields=["accepted_at"])
    return person


def _find(token: str, now: datetime, rows: QuerySet[Invitation]) -> Invitation:
    try:
        pk, _, nonce = _signer.unsign(token).partition("-")
    except signing.BadSignature:
        raise refusals.UnknownInvitation from None
    invitation = rows.filter(pk=pk, nonce=nonce).first()
    if invitation is None:
        raise refusals.UnknownInvitation
    is_over = invitation.accepted_at or invitation.withdrawn_at or invitation.expires_at <= now
    if is_over or not invitation.organisation.is_active:
        raise refusals.InvitationOver(organisation=invitation.organisation.name)
    return invitation


def _open(organisation: Organisation) -> QuerySet[Invitation]:
    return Invitation.objects.filter(organisation=organisation, accepted_at=None, withdrawn_at=None)
