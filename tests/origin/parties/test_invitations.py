from datetime import datetime, timedelta

import pytest
from allauth.account.models import EmailAddress
from builders.parties import a_member, a_person, an_actor, an_organisation
from django.core import mail

from originmark.frame.jobs import services as jobs
from originmark.origin.parties import access, refusals, rules, services
from originmark.origin.parties.models import Invitation, Membership, Organisation, Person
from originmark.origin.parties.services import invitation_token

pytestmark = pytest.mark.django_db


def an_invitation(mill: Organisation, now: datetime, **more: object) -> Invitation:
    facts = {"email": "Li@Example.org", "role": "recorder", "by": access.SYSTEM, **more}
    return services.invite(mill, now=now, **facts)


def accept(token: str, now: datetime) -> Person:
    return services.accept_invitation(
        token, name="Li Wei", password="millet-porridge-7", language="vi", now=now
    )


def test_an_invitation_makes_a_person_and_a_member_once(noon: datetime) -> None:
    mill = an_organisation()
    token = invitation_token(an_invitation(mill, noon))

    li = accept(token, noon)

    assert (li.email, li.name, li.language) == ("li@example.org", "Li Wei", "vi")
    assert li.check_password("millet-porridge-7")
    assert EmailAddress.objects.get(user=li).verified
    assert Membership.objects.get(person=li).role == "recorder"
    with pytest.raises(refusals.InvitationOver):
        accept(token, noon)
    assert Person.objects.filter(email="li@example.org").count() == 1


def test_the_letter_is_sent_by_the_outbox_in_the_language_of_the_invitation(
    noon: datetime, settings: object
) -> None:
    mill = an_organisation(name="Golden Mill")
    manager = an_actor(mill, "manager")
    invitation = an_invitation(mill, noon, by=manager, name="Li")
    assert mail.outbox == []

    jobs.run_due(noon + timedelta(days=3650))

    (letter,) = mail.outbox
    assert letter.to == ["li@example.org"]
    assert letter.subject == "Golden Mill invites you to Originmark"
    assert f"/parties/invitation/{invitation_token(invitation)}/" in letter.body
    assert manager.name in letter.body


def test_a_withdrawn_invitation_is_not_sent_and_opens_nothing(noon: datetime) -> None:
    mill = an_organisation()
    invitation = an_invitation(mill, noon)

    services.withdraw_invitation(mill, invitation.pk, by=an_actor(mill, "manager"), now=noon)
    jobs.run_due(noon + timedelta(days=3650))

    assert mail.outbox == []
    with pytest.raises(refusals.InvitationOver):
        accept(invitation_token(invitation), noon)


def test_an_invitation_ends_after_two_weeks(noon: datetime) -> None:
    token = invitation_token(an_invitation(an_organisation(), noon))
    last_moment = noon + timedelta(days=14) - timedelta(seconds=1)

    assert services.open_invitation(token, now=last_moment)
    with pytest.raises(refusals.InvitationOver):
        services.open_invitation(token, now=noon + timedelta(days=14))
    assert not Person.objects.filter(email="li@example.org").exists()


@pytest.mark.parametrize("damage", [lambda t: t[:-1], lambda t: "9" + t, str.upper])
def test_a_link_that_was_not_made_here_opens_nothing(damage: object, noon: datetime) -> None:
    token = invitation_token(an_invitation(an_organisation(), noon))

    with pytest.raises(refusals.UnknownInvitation):
        accept(damage(token), noon)  # type: ignore[operator]


def test_a_second_letter_replaces_the_first(noon: datetime) -> None:
    mill = an_organisation()
    first, second = an_invitation(mill, noon), an_invitation(mill, noon, role="viewer")

    with pytest.raises(refusals.InvitationOver):
        accept(invitation_token(first), noon)
    li = accept(invitation_token(second), noon)

    assert Membership.objects.get(person=li).role == "viewer"


def test_a_link_does_not_change_the_password_of_somebody_who_is_here(noon: datetime) -> None:
    mill = an_organisation()
    li = a_person("li@example.org", name="Li", password="the-old-password")

    accepted = accept(invitation_token(an_invitation(mill, noon)), noon)

    li.refresh_from_db()
    assert accepted == li
    assert li.name == "Li"
    assert li.check_password("the-old-password")
    assert Membership.objects.get(person=li).organisation == mill


def test_a_member_is_not_invited_again(noon: datetime) -> None:
    mill = an_organisation()
    a_member(mill, "viewer", a_person("li@example.org"))

    with pytest.raises(rules.AlreadyMember):
        an_invitation(mill, noon)

    assert not Invitation.objects.exists()


def test_only_a_manager_invites(noon: datetime) -> None:
    mill = an_organisation()
    with pytest.raises(rules.NotAllowed):
        an_invitation(mill, noon, by=an_actor(mill, "recorder"))
    with pytest.raises(rules.NotAllowed):
        an_invitation(mill, noon, by=an_actor(an_organisation(), "manager"))

    assert not Invitation.objects.exists()


def test_an_archived_organisation_takes_nobody_in(noon: datetime) -> None:
    mill = an_organisation()
    token = invitation_token(an_invitation(mill, noon))
    services.archive_organisation(mill.code, by=access.SYSTEM, now=noon)

    with pytest.raises(refusals.InvitationOver):
        accept(token, noon)
