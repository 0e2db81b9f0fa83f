"""The keys of the log and of its witnesses: which there are, who signs, how they change.

The private keys are secrets of the installation, first the newest: ``ORIGINMARK_LOG_KEY``, 64
hexadecimal digits each. Their public halves are rows, which stay when a key is retired.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string

from originmark.standards.transparency.notes import (
    COSIGNATURE,
    KEY_SIZE,
    NoteInvalid,
    SignerKey,
    VerifierKey,
)
from originmark.trace.ledger import log_refusals as refusals
from originmark.trace.ledger.models import LogKey

SECRET = "ORIGINMARK_LOG_KEY"  # noqa: S105 (the name of a setting)


@dataclass(frozen=True, slots=True)
class KeyFacts:
    """A public key, and since when and until when it signs."""

    verifier: str
    name: str
    id: str
    role: str
    valid_from: datetime
    valid_until: datetime | None


@dataclass(frozen=True, slots=True)
class Rotation:
    """What became of the secrets. ``to_set`` is the new value where the environment has it."""

    verifier: str
    to_set: str | None


def listed(role: str) -> list[KeyFacts]:
    """Return the keys of a role, oldest first, retired ones too (one query)."""
    return [facts(row) for row in LogKey.objects.filter(role=role).order_by("pk")]


def facts(row: LogKey) -> KeyFacts:
    """Return what is said of a key."""
    key = VerifierKey.parse(row.verifier)
    return KeyFacts(row.verifier, key.name, key.id.hex(), row.role, row.valid_from, row.valid_until)


def origin() -> str:
    """Return the name of the log: that of its first key, for a log never changes its name."""
    first = LogKey.objects.filter(role=LogKey.Role.LOG).order_by("pk").first()
    return VerifierKey.parse(first.verifier).name if first else settings.LOG_ORIGIN


def signing(*, now: datetime) -> list[tuple[LogKey, SignerKey]]:
    """Return the keys that sign, newest first, with their rows; new secrets get a row.

    Raises LogKeyUnreadable, NoSigningKey.
    """
    return _signing(_seeds(), now=now)


def new(*, now: datetime) -> Rotation:
    """Make a key that signs from the next checkpoint on, beside those that sign already."""
    with transaction.atomic():
        seeds = [secrets.token_bytes(KEY_SIZE), *_seeds()]
        signers = _signing(seeds, now=now)
        made = signers[0][0]
        seeds = [signer.seed for _row, signer in signers]
    return Rotation(made.verifier, _keep(seeds))


def retire(text: str, *, now: datetime) -> Rotation:
    """Let a key of the log sign no more; raises KeyUnknown, LastKey."""
    with transaction.atomic():
        signers = signing(now=now)
        row = _in_use(text, LogKey.Role.LOG)
        others = [signer.seed for key, signer in signers if key.pk != row.pk]
        if not others:
            raise refusals.LastKey(key=row.verifier)
        _end(row, now=now)
    return Rotation(row.verifier, _keep(others))


def add_witness(line: str, *, now: datetime) -> str:
    """Take a witness's public key; a retired one counts again. Raises KeyUnreadable."""
    try:
        key = VerifierKey.parse(line.strip())
    except NoteInvalid as invalid:
        raise refusals.KeyUnreadable(reason=str(invalid)) from invalid
    if key.type != COSIGNATURE:
        raise refusals.KeyUnreadable(reason="found a key of type 0x01, expected 0x04")
    LogKey.objects.update_or_create(
        verifier=str(key),
        defaults={"valid_until": None},
        create_defaults={"role": LogKey.Role.WITNESS, "valid_from": now},
    )
    return str(key)


def retire_witness(text: str, *, now: datetime) -> str:
    """Take no more cosignatures of a witness; raises KeyUnknown."""
    row = _in_use(text, LogKey.Role.WITNESS)
    _end(row, now=now)
    return row.verifier


def witnesses() -> dict[LogKey, VerifierKey]:
    """Return the witnesses whose cosignatures are taken (one query)."""
    rows = LogKey.objects.filter(role=LogKey.Role.WITNESS, valid_until=None)
    return {row: VerifierKey.parse(row.verifier) for row in rows}


def _seeds() -> list[bytes]:
    seeds = []
    for part, text in enumerate(settings.LOG_KEY.split(","), start=1):
        try:
            seed = bytes.fromhex(text.strip())
        except ValueError:
            seed = b""
        if len(seed) != KEY_SIZE:
            raise refusals.LogKeyUnreadable(part=part)
        seeds.append(seed)
    return seeds


def _signing(seeds: list[bytes], *, now: datetime) -> list[tuple[LogKey, SignerKey]]:
    name = origin()
    signers = {str(key.verifier): key for key in (SignerKey(name, seed) for seed in seeds)}
    known = {row.verifier: row for row in LogKey.objects.filter(verifier__in=signers)}
    for verifier in signers.keys() - known.keys():
        known[verifier], _made = LogKey.objects.get_or_create(
            verifier=verifier, defaults={"role": LogKey.Role.LOG, "valid_from": now}
        )
    found = [
        (known[verifier], key)
        for verifier, key in signers.items()
        if known[verifier].valid_until is None
    ]
    if not found:
        raise refusals.NoSigningKey
    return found


def _in_use(text: str, role: str) -> LogKey:
    """Return the key that a person names: the whole line, or the eight digits of its id."""
    for row in LogKey.objects.filter(role=role, valid_until=None):
        if text.strip() in {row.verifier, VerifierKey.parse(row.verifier).id.hex()}:
            return row
    raise refusals.KeyUnknown(key=text)


def _end(row: LogKey, *, now: datetime) -> None:
    row.valid_until = now
    row.save(update_fields=["valid_until"])


def _keep(seeds: list[bytes]) -> str | None:
    value = ",".join(seed.hex() for seed in seeds)
    is_kept = import_string(settings.SECRET_KEEPER)(SECRET, value)
    return None if is_kept else value
