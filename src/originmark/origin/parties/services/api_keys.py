"""Keys for programs: made, used, revoked."""

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from originmark.origin.parties import access, refusals, rules
from originmark.origin.parties.models import ApiKey, Organisation

MARK = "omk_"
USED_EVERY = timedelta(minutes=1)  # "last used" is written no more often than this


@dataclass(frozen=True, slots=True)
class NewApiKey:
    """A key just made, with the secret that nobody will see again."""

    key: ApiKey
    secret: str


@transaction.atomic
def create_api_key(
    organisation: Organisation,
    *,
    name: str,
    role: str,
    scopes: list[str],
    by: access.Actor,
    now: datetime,
    expires_at: datetime | None = None,
) -> NewApiKey:
    """Make a key that acts for the organisation in this role, within these scopes.

    Raises NotAllowed, UnknownRole, NoScope, UnknownScope or ExpiryInThePast.
    """
    _require_keeper(by, organisation)
    rules.require_role(role)
    if not scopes:
        raise refusals.NoScope(name=name)
    for scope in sorted(set(scopes) - set(access.scopes())):
        raise refusals.UnknownScope(scope=scope)
    if expires_at is not None and expires_at <= now:
        raise refusals.ExpiryInThePast(expires_at=expires_at)
    prefix = f"{MARK}{secrets.token_hex(4)}"
    secret = f"{prefix}_{secrets.token_hex(32)}"
    key = ApiKey.objects.create(
        organisation=organisation,
        name=name.strip(),
        role=role,
        scopes=sorted(set(scopes)),
        prefix=prefix,
        digest=_digest(secret),
        created_by_id=by.person_id,
        created_at=now,
        expires_at=expires_at,
    )
    return NewApiKey(key, secret)


@transaction.atomic
def revoke_api_key(
    organisation: Organisation, prefix: str, *, by: access.Actor, now: datetime
) -> ApiKey:
    """Make a key useless from this moment on; a second time changes nothing."""
    _require_keeper(by, organisation)
    key = organisation.api_keys.select_for_update().filter(prefix=prefix).first()
    if key is None:
        raise refusals.UnknownKey(key=prefix)
    if key.revoked_at is None:
        key.revoked_at = now
        key.save(update_fields=["revoked_at"])
    return key


def actor_of_key(secret: str, *, address: str | None, now: datetime) -> access.Actor | None:
    """Return the actor that a key makes, or None for a key that opens nothing; one query.

    Writes at most once a minute that the key was used.
    """
    prefix = secret.rpartition("_")[0]
    keys = ApiKey.objects.select_related("organisation").filter(
        Q(expires_at=None) | Q(expires_at__gt=now),
        prefix=prefix[:16],
        revoked_at=None,
        organisation__is_active=True,
    )
    key = keys.first()
    if key is None or not hmac.compare_digest(key.digest, _digest(secret)):
        return None
    if key.last_used_at is None or key.last_used_at < now - USED_EVERY:
        ApiKey.objects.filter(pk=key.pk).update(last_used_at=now)
    return access.Actor(
        name=f"{key.name} ({key.prefix})",
        roles=((key.organisation_id, key.role),),
        office_role=key.role if key.organisation.runs_programme else None,
        scopes=frozenset(key.scopes),
        address=address,
    )


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def keeping(organisation: Organisation) -> str:
    """Return the permission that its keys need; those of an office need a manager of it."""
    return "parties.manage_office" if organisation.runs_programme else "parties.manage_keys"


def _require_keeper(by: access.Actor, organisation: Organisation) -> None:
    access.require(by, keeping(organisation), organisation_id=organisation.pk)
