"""The programme's keys for credentials: which sign, which verify, how they change.

The private keys are secrets of the installation, first the newest: ``ORIGINMARK_CREDENTIAL_KEY``,
64 hexadecimal digits each. The first that was not withdrawn signs. Every public half that was
not withdrawn stands in the DID document, so that what an earlier key signed still verifies.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string

from originmark.mark.passport.credentials import refusals
from originmark.mark.passport.credentials.models import CredentialKey, StatusList
from originmark.standards.credentials import did_web
from originmark.standards.credentials.did_web import DidDocument
from originmark.standards.credentials.encodings import from_base64url
from originmark.standards.credentials.keys import KEY_SIZE, PublicKey, SigningKey

SECRET = "ORIGINMARK_CREDENTIAL_KEY"  # noqa: S105 (the name of a setting)


@dataclass(frozen=True, slots=True)
class KeyFacts:
    """A public key by its name, and since when and until when it counts."""

    thumbprint: str
    valid_from: datetime
    withdrawn_at: datetime | None


@dataclass(frozen=True, slots=True)
class Rotation:
    """What became of the secrets. ``to_set`` is the new value where the environment has it."""

    thumbprint: str
    to_set: str | None


def did() -> str:
    """Return the name under which the programme issues: that of its public address."""
    return did_web.did_of(settings.PUBLIC_URL)


def signing(*, now: datetime) -> SigningKey:
    """Return the key that signs. Raises CredentialKeyUnreadable, NoCredentialKey."""
    keys = [SigningKey(did(), seed) for seed in _seeds()]
    rows = {row.public: row for row in CredentialKey.objects.all()}
    for key in keys:
        row = rows.get(key.public.jwk["x"]) or _keep_row(key, now=now)
        if row.withdrawn_at is None:
            return key
    raise refusals.NoCredentialKey


def document(*, now: datetime) -> dict[str, Any]:
    """Return the DID document of the programme, the key that signs among its keys."""
    signing(now=now)
    return did_web.document(did(), _verifying(), also_known_as=settings.PUBLIC_URL)


def own_issuer(*, now: datetime) -> DidDocument:
    """Return the document as a verifier reads it."""
    return did_web.read_document(document(now=now))


def listed() -> list[KeyFacts]:
    """Return all keys, newest first, withdrawn ones too (one query)."""
    return [
        KeyFacts(_public(row).thumbprint, row.valid_from, row.withdrawn_at)
        for row in CredentialKey.objects.all()
    ]


@transaction.atomic
def new(*, now: datetime) -> Rotation:
    """Make a key that signs from the next start on; earlier ones go on verifying."""
    seeds = [secrets.token_bytes(KEY_SIZE), *_seeds()]
    made = SigningKey(did(), seeds[0])
    _keep_row(made, now=now)
    return Rotation(made.public.thumbprint, _keep(seeds))


@transaction.atomic
def withdraw(thumbprint: str, *, now: datetime) -> Rotation:
    """Let nothing count that a key signed, because its secret became known.

    Raises UnknownCredentialKey.
    """
    rows = CredentialKey.objects.filter(withdrawn_at=None)
    row = next((each for each in rows if _public(each).thumbprint == thumbprint), None)
    if row is None:
        raise refusals.UnknownCredentialKey(key=thumbprint)
    row.withdrawn_at = now
    row.save(update_fields=["withdrawn_at"])
    StatusList.objects.update(token="")  # what the key signed is signed anew
    others = [seed for seed in _seeds() if SigningKey(did(), seed).public.jwk["x"] != row.public]
    return Rotation(thumbprint, _keep(others or [secrets.token_bytes(KEY_SIZE)]))


def _verifying() -> list[PublicKey]:
    return [_public(row) for row in CredentialKey.objects.filter(withdrawn_at=None)]


def _public(row: CredentialKey) -> PublicKey:
    return PublicKey(from_base64url(row.public))


def _keep_row(key: SigningKey, *, now: datetime) -> CredentialKey:
    row, _made = CredentialKey.objects.get_or_create(
        public=key.public.jwk["x"], defaults={"valid_from": now}
    )
    return row


def _seeds() -> list[bytes]:
    seeds = []
    for part, text in enumerate(settings.CREDENTIAL_KEY.split(","), start=1):
        try:
            seed = bytes.fromhex(text.strip())
        except ValueError:
            seed = b""
        if len(seed) != KEY_SIZE:
            raise refusals.CredentialKeyUnreadable(part=part)
        seeds.append(seed)
    return seeds


def _keep(seeds: list[bytes]) -> str | None:
    value = ",".join(seed.hex() for seed in seeds)
    is_kept = import_string(settings.SECRET_KEEPER)(SECRET, value)
    return None if is_kept else value
