import hashlib
from datetime import datetime, timedelta

import pytest
from builders.parties import a_programme_office, an_actor, an_officer, an_organisation

from originmark.origin.parties import access, refusals, rules, services
from originmark.origin.parties.models import ApiKey, Organisation
from originmark.origin.parties.services import NewApiKey

pytestmark = pytest.mark.django_db


def a_key(organisation: Organisation, now: datetime, **more: object) -> NewApiKey:
    facts = {"name": "Press", "role": "recorder", "scopes": ["read"], "by": access.SYSTEM, **more}
    return services.create_api_key(organisation, now=now, **facts)


def test_a_key_is_shown_once_and_kept_as_a_hash(noon: datetime) -> None:
    made = a_key(an_organisation(), noon)

    key = ApiKey.objects.get()
    assert made.secret.startswith("omk_")
    assert made.secret.startswith(key.prefix)
    assert len(bytes.fromhex(made.secret.rpartition("_")[2])) == 32
    assert key.digest == hashlib.sha256(made.secret.encode()).hexdigest()
    assert made.secret not in str(ApiKey.objects.values())


def test_a_key_acts_for_its_organisation_in_its_role(noon: datetime) -> None:
    mill = an_organisation()
    made = a_key(mill, noon)

    actor = services.actor_of_key(made.secret, address="10.0.0.1", now=noon)

    assert actor is not None
    assert actor.roles == ((mill.pk, "recorder"),)
    assert actor.scopes == frozenset({"read"})
    assert (actor.person_id, actor.office_role, actor.address) == (None, None, "10.0.0.1")
    assert ApiKey.objects.get().last_used_at == noon


def test_last_used_is_written_once_a_minute(noon: datetime) -> None:
    made = a_key(an_organisation(), noon)
    for seconds in (0, 30, 61):
        services.actor_of_key(made.secret, address=None, now=noon + timedelta(seconds=seconds))
        if seconds == 30:
            assert ApiKey.objects.get().last_used_at == noon

    assert ApiKey.objects.get().last_used_at == noon + timedelta(seconds=61)


def test_a_key_of_an_office_reaches_across(noon: datetime) -> None:
    made = a_key(a_programme_office(), noon, role="viewer")

    actor = services.actor_of_key(made.secret, address=None, now=noon)

    assert actor is not None
    assert actor.office_role == "viewer"
    assert actor.sees_everything


def test_a_key_that_is_over_opens_nothing(noon: datetime) -> None:
    mill, office = an_organisation(), an_officer()
    revoked = a_key(mill, noon)
    services.revoke_api_key(mill, revoked.key.prefix, by=office, now=noon)
    services.revoke_api_key(mill, revoked.key.prefix, by=office, now=noon + timedelta(days=1))
    expired = a_key(mill, noon, expires_at=noon + timedelta(hours=1))
    altered = a_key(mill, noon).secret[:-1] + "x"

    later = noon + timedelta(hours=1)
    for secret in (revoked.secret, expired.secret, altered, "", "omk_", "omk_1_2", "ö" * 300):
        assert services.actor_of_key(secret, address=None, now=later) is None
    assert ApiKey.objects.get(pk=revoked.key.pk).revoked_at == noon


def test_a_key_of_an_archived_organisation_opens_nothing(noon: datetime) -> None:
    mill = an_organisation()
    made = a_key(mill, noon)
    services.archive_organisation(mill.code, by=access.SYSTEM, now=noon)

    assert services.actor_of_key(made.secret, address=None, now=noon) is None


@pytest.mark.parametrize(
    ("facts", "refusal"),
    [
        ({"scopes": []}, refusals.NoScope),
        ({"scopes": ["read", "parties.fly"]}, refusals.UnknownScope),
        ({"scopes": ["parties.manage_keys"]}, refusals.UnknownScope),
        ({"role": "king"}, rules.UnknownRole),
        ({"expires_at": datetime.fromisoformat("2026-01-01T00:00Z")}, refusals.ExpiryInThePast),
    ],
)
def test_a_key_that_makes_no_sense_is_refused(
    facts: dict[str, object], refusal: type[Exception], noon: datetime
) -> None:
    with pytest.raises(refusal):
        a_key(an_organisation(), noon, **facts)

    assert not ApiKey.objects.exists()


@pytest.mark.parametrize("role", ["viewer", "recorder", "inspector"])
def test_only_a_manager_makes_keys(role: str, noon: datetime) -> None:
    mill = an_organisation()
    with pytest.raises(rules.NotAllowed):
        a_key(mill, noon, by=an_actor(mill, role))

    assert a_key(mill, noon, by=an_actor(mill, "manager")).key.created_by_id


def test_a_recorder_of_an_office_makes_no_key_for_the_office(noon: datetime) -> None:
    office = a_programme_office()

    with pytest.raises(rules.NotAllowed):
        a_key(office, noon, role="manager", by=an_actor(office, "recorder"))


def test_a_key_cannot_make_itself_stronger(noon: datetime) -> None:
    mill = an_organisation()
    made = a_key(mill, noon, role="manager", scopes=access.scopes())
    actor = services.actor_of_key(made.secret, address=None, now=noon)
    assert actor is not None

    with pytest.raises(rules.NotAllowed):
        a_key(mill, noon, by=actor)
    with pytest.raises(rules.NotAllowed):
        services.invite(mill, email="li@example.org", role="manager", by=actor, now=noon)


def test_only_a_key_of_the_organisation_is_revoked(noon: datetime) -> None:
    made = a_key(an_organisation(), noon)
    other = an_organisation()

    with pytest.raises(refusals.UnknownKey):
        services.revoke_api_key(other, made.key.prefix, by=an_actor(other, "manager"), now=noon)

    assert ApiKey.objects.get().revoked_at is None
