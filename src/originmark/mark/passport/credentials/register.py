"""The register of credentials: issue, revoke, publish the status lists.

Issuing the same again issues nothing. Something else about the same thing replaces what was
issued before, whose bit is set: at most one credential of a thing counts at a time.
"""

import hashlib
import json
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction

from originmark.mark.passport.credentials import keys, refusals
from originmark.mark.passport.credentials.models import Credential, Ground, StatusList
from originmark.origin.parties import access
from originmark.origin.parties import selectors as parties
from originmark.origin.parties.access import Actor
from originmark.standards.credentials import envelopes, jose, status_list
from originmark.standards.credentials.envelopes import Envelope, Issuer

LIST_COUNTS_FOR = timedelta(days=2)
LIST_SIGNED_EVERY = timedelta(hours=12)
REPLACED = "replaced by a newer one"


@dataclass(frozen=True, slots=True)
class Draft:
    """What shall be said of a thing; ``build`` puts the envelope around it.

    ``grounds`` are the records that it stands on, as ``licence:YQ-2026-0001``.
    """

    kind: Credential.Kind
    about: str
    name: str
    organisation_id: int
    subject: Any
    build: Callable[[Envelope, Any], dict[str, Any]]
    valid_until: datetime
    grounds: tuple[str, ...] = ()

    @property
    def content(self) -> str:
        """Return the hash of what it says, dates and addresses of its issue left out."""
        said = [self.kind, self.name, self.subject, self.grounds]
        text = json.dumps(said, sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()


def key_of(about: str) -> str:
    """Return the address of the credentials about a thing, the same over all issues.

    >>> key_of("lot:P26-1")
    'f0ad7dbb5a2b5d7d21d0'
    """
    return hashlib.sha256(about.encode()).hexdigest()[:20]


def url_of(about: str) -> str:
    """Return the public address of the newest credential about a thing."""
    return f"{settings.PUBLIC_URL}/credentials/{key_of(about)}"


def issue(draft: Draft, *, now: datetime) -> Credential:
    """Return the credential that says this and counts, issued now if there is none.

    One query where there is one already.
    """
    if live := _live(draft, now=now):
        return live
    try:
        with transaction.atomic():
            held = StatusList.objects.select_for_update().order_by("-pk").first()
            if live := _live(draft, now=now):
                return live  # somebody else was quicker
            replaced = Credential.objects.filter(about=draft.about, revoked_at=None)
            _set_bits(list(replaced), reason=REPLACED, now=now)
            return _write(draft, _room(held), now=now)
    except IntegrityError:  # two at once made the very first list, which neither could lock
        return Credential.objects.get(about=draft.about, revoked_at=None)


def has_live(about: str, *, now: datetime) -> bool:
    """Return whether a credential about a thing counts now (one query)."""
    live = Credential.objects.filter(about=about, revoked_at=None, valid_until__gt=now)
    return live.exists()


def revoke(about: str, *, reason: str, by: Actor, now: datetime) -> Credential:
    """Let the live credential about a thing count no more, and all that stand on it.

    Raises UnknownCredential, NotAllowed, ReasonMissing, AlreadyRevoked.
    """
    row = newest(about)
    access.require(by, "credentials.revoke", organisation_id=row.organisation_id)
    if not reason.strip():
        raise refusals.ReasonMissing
    if row.revoked_at:
        raise refusals.AlreadyRevoked(credential=about, reason=row.reason)
    lapse([about], reason=reason.strip(), now=now)
    return newest(about)


@transaction.atomic
def lapse(records: Collection[str], *, reason: str, now: datetime) -> int:
    """Revoke the live credentials about these records, and those that stand on them.

    Returns how many were revoked; doing it again revokes nothing more.
    """
    StatusList.objects.select_for_update().order_by("-pk").first()
    live = Credential.objects.filter(revoked_at=None)
    found = live.filter(about__in=records) | live.filter(grounds__record__in=records)
    return _set_bits(list(found.distinct()), reason=reason, now=now)


def newest(about: str) -> Credential:
    """Return the newest credential about a thing; raises UnknownCredential."""
    return by_key(key_of(about))


def by_key(key: str, number: int | None = None) -> Credential:
    """Return an issue of a credential by its address, the newest by default (one query).

    Raises UnknownCredential.
    """
    rows = Credential.objects.select_related("organisation").filter(key=key)
    row = (rows.filter(pk=number) if number is not None else rows).first()
    if row is None:
        raise refusals.UnknownCredential(credential=key)
    return row


def list_url(number: int) -> str:
    """Return the public address of a status list."""
    return f"{settings.PUBLIC_URL}/credentials/status/{number}"


def status_token(number: int, *, now: datetime) -> str:
    """Return a status list, signed anew if a bit changed or the signature grew old.

    Raises UnknownStatusList. One query where it is fresh.
    """
    row = StatusList.objects.filter(pk=number).first()
    if row is None:
        raise refusals.UnknownStatusList(number=number)
    if row.token and row.signed_at and now - row.signed_at < LIST_SIGNED_EVERY:
        return row.token
    with transaction.atomic():
        row = StatusList.objects.select_for_update().get(pk=number)
        bits = row.credentials.exclude(revoked_at=None).values_list("place", flat=True)
        envelope = Envelope(
            id=list_url(number),
            issuer=issuer(),
            name=f"Status list {number}",
            valid_from=now,
            valid_until=now + LIST_COUNTS_FOR,
        )
        unsigned = envelopes.status_list_credential(envelope, list(bits))
        row.token, row.signed_at = jose.sign(unsigned, keys.signing(now=now)), now
        row.save(update_fields=["token", "signed_at"])
    return row.token


def issuer() -> Issuer:
    """Return the programme as issuer: the name of the organisation that runs it."""
    office = parties.organisations(access.SYSTEM).filter(runs_programme=True).first()
    return Issuer(keys.did(), office.name if office else "Originmark", settings.PUBLIC_URL)


def _live(draft: Draft, *, now: datetime) -> Credential | None:
    live = Credential.objects.filter(about=draft.about, revoked_at=None)
    return live.filter(content=draft.content, valid_until__gt=now).first()


def _write(draft: Draft, place_in: StatusList, *, now: datetime) -> Credential:
    row = Credential(
        key=key_of(draft.about),
        kind=draft.kind,
        about=draft.about,
        name=draft.name[:300],
        organisation_id=draft.organisation_id,
        content=draft.content,
        status_list=place_in,
        place=place_in.taken,
        issued_at=now,
        valid_until=draft.valid_until,
    )
    place_in.taken += 1
    place_in.save(update_fields=["taken"])
    row.save()
    envelope = Envelope(
        id=f"{url_of(draft.about)}/{row.pk}",
        issuer=issuer(),
        name=draft.name,
        valid_from=now,
        valid_until=draft.valid_until,
        status=(list_url(place_in.pk), row.place),
    )
    row.token = jose.sign(draft.build(envelope, draft.subject), keys.signing(now=now))
    row.save(update_fields=["token"])
    Ground.objects.bulk_create(
        [Ground(credential=row, record=record) for record in sorted(set(draft.grounds))]
    )
    return row


def _room(held: StatusList | None) -> StatusList:
    """Return the list with a free place, which is a new one when the last is full."""
    if held is None or held.taken >= status_list.SIZE:
        return StatusList.objects.create()
    return held


def _set_bits(rows: list[Credential], *, reason: str, now: datetime) -> int:
    """Revoke these; the lists that hold them are signed anew when next asked for."""
    ids = [row.pk for row in rows]
    changed = Credential.objects.filter(pk__in=ids, revoked_at=None)
    count = changed.update(revoked_at=now, reason=reason[:300])
    StatusList.objects.filter(pk__in={row.status_list_id for row in rows}).update(token="")
    return count
