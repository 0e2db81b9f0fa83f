"""Tokens that lead to the next page: signed, of one query, for an hour, until taken back."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.core import signing

from originmark.standards.epcis.times import parse_moment
from originmark.trace.ledger.models import SpentToken
from originmark.trace.ledger.query_rules import QueryRefused
from originmark.trace.ledger.walking import Place

LIFE = timedelta(hours=1)
_SALT = "epcis-next-page"
_EXPECTED = "the nextPageToken of the page before"


@dataclass(frozen=True, slots=True)
class Start:
    """Where a page begins: behind which place, up to which place in the log, how many are left.

    ``offset`` counts answers that were given, for orders that no column has.
    """

    bound: int
    left: int | None = None
    place: Place | None = None
    offset: int = 0


def write(digest: str, start: Start) -> str:
    """Return the token of a page of the query with this digest."""
    place = None
    if start.place is not None:
        value = start.place.value
        place = [start.place.id, None if value is None else value.isoformat()]
    said = [digest, start.bound, start.left, place, start.offset]
    return signing.dumps(said, salt=_SALT, compress=True)


def read(token: str, digest: str) -> Start:
    """Return where the page begins; one query.

    Raises QueryRefused for a token that is none, is too old, was taken back, or belongs to
    another query.
    """
    given, bound, left, place, offset = _opened(token)
    if SpentToken.objects.filter(sha256=_name(token)).exists():
        raise QueryRefused("nextPageToken", "a token that was taken back", _EXPECTED)
    if given != digest:
        raise QueryRefused("nextPageToken", "the token of another query", _EXPECTED)
    at = None
    if place is not None:
        at = Place(place[0], None if place[1] is None else parse_moment(place[1]))
    return Start(bound, left, at, offset)


def take_back(token: str, *, now: datetime) -> None:
    """Make a token worthless, once and again. Raises QueryRefused for what is none."""
    _opened(token)
    SpentToken.objects.filter(expires_at__lt=now).delete()
    SpentToken.objects.get_or_create(sha256=_name(token), defaults={"expires_at": now + LIFE})


def _opened(token: str) -> list[Any]:
    try:
        said: list[Any] = signing.loads(token, salt=_SALT, max_age=LIFE)
    except signing.SignatureExpired as old:
        raise QueryRefused("nextPageToken", "a token that has expired", _EXPECTED) from old
    except signing.BadSignature as wrong:
        raise QueryRefused("nextPageToken", "no token of this repository", _EXPECTED) from wrong
    return said


def _name(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
