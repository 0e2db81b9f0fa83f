"""Tokens that lead to the next page: signed, of one query, for an hour, until taken back.

Some clients send a token back without the query that it belongs to. What they get therefore says
the query too, behind a tilde; it needs no signature, as the token fits no other query.
"""

import base64
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import parse_qsl, urlencode

from django.core import signing

from originmark.standards.epcis.times import parse_moment
from originmark.trace.ledger.models import SpentToken
from originmark.trace.ledger.query_rules import QueryRefused
from originmark.trace.ledger.walking import Place

LIFE = timedelta(hours=1)
LONGEST_QUERY = 1_500
"""Octets of a query that a token takes along; addresses must stay short."""
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


def with_query(token: str, pairs: Sequence[tuple[str, str]]) -> str:
    """Return the token with the parameters of its query behind it, unless they are too long."""
    said = urlencode(pairs).encode()
    if not said or len(said) > LONGEST_QUERY:
        return token
    return f"{token}~{base64.urlsafe_b64encode(said).decode()}"


def query_in(token: str) -> list[tuple[str, str]]:
    """Return the parameters behind a token, or none.

    Whether it is the token of that query is for ``read`` to say.

    >>> query_in(with_query("token", [("EQ_action", "ADD")]))
    [('EQ_action', 'ADD')]
    >>> query_in("token~no base64!")
    []
    """
    try:
        said = base64.b64decode(token.partition("~")[2], altchars=b"-_", validate=True).decode()
    except ValueError:  # no base64, no ASCII, no UTF-8
        return []
    return parse_qsl(said, keep_blank_values=True)


def _opened(token: str) -> list[Any]:
    try:
        said: list[Any] = signing.loads(_bare(token), salt=_SALT, max_age=LIFE)
    except signing.SignatureExpired as old:
        raise QueryRefused("nextPageToken", "a token that has expired", _EXPECTED) from old
    except signing.BadSignature as wrong:
        raise QueryRefused("nextPageToken", "no token of this repository", _EXPECTED) from wrong
    return said


def _name(token: str) -> str:
    return hashlib.sha256(_bare(token).encode()).hexdigest()


def _bare(token: str) -> str:
    return token.partition("~")[0]
