"""Signing in, its limits, and the second factor."""

import re
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from builders.parties import (
    PASSWORD,
    a_client_for,
    a_member,
    a_person,
    a_programme_office,
    an_actor,
    an_organisation,
)
from django.core import mail
from django.test import Client

from originmark.frame.web import clock
from originmark.origin.parties import access, services
from originmark.origin.parties.models import Membership, Person

pytestmark = pytest.mark.django_db
SIGN_IN = "/accounts/login/"


def sign_in(client: Client, email: str, password: str = PASSWORD) -> int:
    return client.post(SIGN_IN, {"login": email, "password": password}).status_code


def test_a_person_signs_in_with_address_and_password(client: Client) -> None:
    li = a_person("li@example.org", password=PASSWORD)

    assert sign_in(client, "Li@Example.org") == 302
    assert client.session["_auth_user_id"] == str(li.pk)


def test_nobody_signs_up(client: Client) -> None:
    facts = {"email": "li@example.org", "password1": PASSWORD}

    page = client.post("/accounts/signup/", facts)

    assert "Sign Up Closed" in page.content.decode()
    assert not Person.objects.exists()


def test_ten_wrong_passwords_lock_and_a_new_password_unlocks(client: Client) -> None:
    a_person("li@example.org", password=PASSWORD)
    for _ in range(9):
        assert sign_in(client, "li@example.org", "wrong") == 200

    page = client.post(SIGN_IN, {"login": "li@example.org", "password": "wrong"})
    assert page.status_code == 429
    assert "Too many tries" in page.content.decode()
    assert sign_in(client, "li@example.org") == 429
    assert sign_in(client, "wang@example.org") == 200

    client.post("/accounts/password/reset/", {"email": "li@example.org"})
    link = re.search(r"http://testserver(\S+)", mail.outbox[0].body)
    assert link is not None
    form = client.get(link[1], follow=True)
    new = {"password1": "another-porridge-8", "password2": "another-porridge-8"}
    client.post(form.request["PATH_INFO"], new)
    assert sign_in(client, "li@example.org", "another-porridge-8") == 302


def test_a_reset_does_not_tell_who_is_here(client: Client) -> None:
    a_person("li@example.org", password=PASSWORD)

    answers = [
        client.post("/accounts/password/reset/", {"email": email}, follow=True).content
        for email in ("li@example.org", "nobody@example.org")
    ]

    assert [len(letter.to) for letter in mail.outbox] == [1, 1]
    assert _without_tokens(answers[0]) == _without_tokens(answers[1])


def _without_tokens(page: bytes) -> str:
    return re.sub(r'(nonce|value|hx-headers)=("[^"]*"|\'[^\']*\')', "", page.decode())


def test_a_second_factor_is_set_up_asked_for_and_kept_encrypted(client: Client) -> None:
    now = clock.now()
    li = services.register_person(
        email="li@example.org", name="Li", password=PASSWORD, by=access.SYSTEM, now=now
    )
    sign_in(client, li.email)
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    page = client.get("/accounts/2fa/totp/activate/")
    assert "Originmark" in page.content.decode()
    secret = client.session["mfa.totp.secret"]
    code = format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))

    assert client.post("/accounts/2fa/totp/activate/", {"code": code}).status_code == 302

    kept = Authenticator.objects.get(user=li, type="totp")
    assert secret not in str(kept.data)
    again = Client()
    answer = again.post(SIGN_IN, {"login": li.email, "password": PASSWORD})
    assert answer["Location"] == "/accounts/2fa/authenticate/"
    assert "_auth_user_id" not in again.session


def test_an_office_may_be_made_to_use_a_second_factor(settings: object) -> None:
    office, mill = a_programme_office(), an_organisation()
    officer, miller = a_member(office, "viewer").person, a_member(mill, "manager").person
    settings.REQUIRE_SECOND_FACTOR = True  # type: ignore[attr-defined]

    assert a_client_for(officer).get("/")["Location"] == "/accounts/2fa/"
    assert a_client_for(officer).get("/accounts/2fa/").status_code in {200, 302}
    assert a_client_for(officer).get("/api/parties/me").status_code == 403
    assert a_client_for(miller).get("/").status_code == 200
    assert Client().get("/").status_code == 200

    TOTP.activate(officer, "JBSWY3DPEHPK3PXP")
    assert a_client_for(officer).get("/").status_code == 200


def test_the_admin_has_no_door_of_its_own(client: Client) -> None:
    a_person("li@example.org", password=PASSWORD, is_staff=True, is_superuser=True)

    answer = client.post("/admin/login/", {"username": "li@example.org", "password": PASSWORD})

    assert answer["Location"].startswith(SIGN_IN)
    assert "_auth_user_id" not in client.session


def test_without_the_setting_nobody_is_held_up() -> None:
    officer = a_member(a_programme_office(), "manager").person

    assert a_client_for(officer).get("/").status_code == 200


class TestInvitationPage:
    def link(self, **more: object) -> str:
        mill = an_organisation(name="Golden Mill")
        facts = {"email": "li@example.org", "role": "recorder", "now": clock.now(), **more}
        invitation = services.invite(mill, by=an_actor(mill, "manager"), **facts)
        return f"/parties/invitation/{services.invitation_token(invitation)}/"

    def test_somebody_new_chooses_a_password_and_is_inside(self, client: Client) -> None:
        link = self.link()
        page = client.get(link)
        assert "Golden Mill" in page.content.decode()
        assert "no-store" in page["Cache-Control"]

        answer = client.post(link, {"name": "Li", "password": PASSWORD, "language": "vi"})

        assert answer["Location"] == "/"
        assert answer.cookies["django_language"].value == "vi"
        li = Person.objects.get(email="li@example.org")
        assert client.session["_auth_user_id"] == str(li.pk)
        assert Membership.objects.get(person=li).role == "recorder"
        assert client.get(link).status_code == 410

    @pytest.mark.parametrize("password", ["short", "1234567890", "li@example.org", "password"])
    def test_a_weak_password_is_refused_at_its_field(self, client: Client, password: str) -> None:
        answer = client.post(self.link(), {"name": "Li", "password": password, "language": "en"})

        assert answer.status_code == 422
        assert list(answer.context["form"].errors) == ["password"]
        assert not Person.objects.filter(email="li@example.org").exists()

    def test_somebody_who_is_here_accepts_and_signs_in_as_ever(self, client: Client) -> None:
        li = a_person("li@example.org", password=PASSWORD)
        link = self.link()

        answer = client.post(link, {})

        assert answer["Location"] == SIGN_IN
        assert "_auth_user_id" not in client.session
        assert Membership.objects.filter(person=li).exists()

    def test_an_old_link_answers_with_a_plain_page(self, client: Client) -> None:
        old = self.link(now=clock.now() - timedelta(days=15))

        page = client.get(old)

        assert page.status_code == 410
        assert "its time is over" in page.content.decode()
        assert client.get("/parties/invitation/nonsense/").status_code == 404

    def test_links_are_not_guessed_for_long(self, client: Client) -> None:
        answers = [client.get("/parties/invitation/1/").status_code for _ in range(31)]

        assert answers == [404] * 30 + [429]
