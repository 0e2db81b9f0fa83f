from datetime import datetime, timedelta

import pytest
from builders.parties import a_person, an_actor, an_organisation
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.test import RequestFactory
from ninja.errors import HttpError

from originmark.frame.web import clock
from originmark.frame.web.limits import TooManyTries
from originmark.origin.parties import access, refusals, services
from originmark.origin.parties.models import Person
from originmark.origin.parties.rules import Actor

pytestmark = pytest.mark.django_db


def a_request(method: str = "get", person: Person | None = None, **headers: str) -> HttpRequest:
    request = getattr(RequestFactory(enforce_csrf_checks=True), method)("/api/", headers=headers)
    request.user = person or AnonymousUser()
    return request


def authenticated(request: HttpRequest) -> Actor | None:
    return next((actor for door in access.API_AUTH if (actor := door(request))), None)


def a_secret(**more: object) -> str:
    facts = {"name": "Press", "role": "recorder", "scopes": ["read"], "now": clock.now(), **more}
    return services.create_api_key(an_organisation(), by=access.SYSTEM, **facts).secret


def test_a_key_in_the_header_makes_the_actor() -> None:
    request = a_request("post", Authorization=f"Bearer {a_secret()}")

    actor = authenticated(request)

    assert actor is not None
    assert actor.scopes == frozenset({"read"})
    assert access.actor_of(request) is actor


def test_a_stranger_is_nobody() -> None:
    assert authenticated(a_request()) is None
    assert authenticated(a_request("post")) is None


def test_a_session_reads_without_and_writes_only_with_the_token() -> None:
    li = Person.objects.get(pk=an_actor(an_organisation()).person_id)
    reading = authenticated(a_request("get", li))
    assert reading is not None
    assert reading.person_id == li.pk

    with pytest.raises(HttpError) as refused:
        authenticated(a_request("post", li))
    assert refused.value.status_code == 403

    token = get_token(asking := a_request("get", li))
    request = a_request("post", li, **{"X-CSRFToken": token})
    request.COOKIES["csrftoken"] = asking.META["CSRF_COOKIE"]
    assert authenticated(request) is not None


def test_a_wrong_key_is_refused_even_where_a_session_would_do() -> None:
    with pytest.raises(refusals.KeyRefused) as refused:
        authenticated(a_request(person=a_person(), Authorization="Bearer omk_00000000_00"))

    assert refused.value.status == 401


def test_an_expired_key_is_refused() -> None:
    made_at: datetime = clock.now() - timedelta(days=2)
    secret = a_secret(now=made_at, expires_at=made_at + timedelta(days=1))

    with pytest.raises(refusals.KeyRefused):
        authenticated(a_request(Authorization=f"Bearer {secret}"))


def test_an_address_that_guesses_keys_is_slowed_down() -> None:
    secret = a_secret()
    for _ in range(20):
        with pytest.raises(refusals.KeyRefused):
            authenticated(a_request(Authorization="Bearer omk_11111111_11"))

    with pytest.raises(TooManyTries) as refused:
        authenticated(a_request(Authorization=f"Bearer {secret}"))

    assert refused.value.facts == {"limit": 20, "seconds": 60}
    elsewhere = a_request(Authorization=f"Bearer {secret}")
    elsewhere.META["REMOTE_ADDR"] = "10.1.1.1"
    assert authenticated(elsewhere) is not None
