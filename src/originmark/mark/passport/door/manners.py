"""What a request wants besides its pack: language, theme, packed or not.

Read once for each different set of headers and then remembered; most phones of a country send the
same ones.
"""

import io
import re
from collections.abc import Mapping, MutableMapping
from dataclasses import dataclass
from typing import Any, Final

from django.core.exceptions import DisallowedHost
from django.core.handlers.asgi import ASGIRequest
from django.utils.translation import get_language_from_request

Scope = MutableMapping[str, Any]

# The headers that may change the page. A test holds this against what Django reads for one.
READ: Final = (
    b"accept", b"accept-encoding", b"accept-language", b"cookie", b"host", b"x-forwarded-proto",
)  # fmt: skip
# Who sends one of these is no shopper with a phone.
STRANGE: Final = frozenset(
    {
        b"authorization", b"content-length", b"transfer-encoding", b"content-type",
        b"hx-request", b"hx-boosted", b"x-http-method-override",
    }
)  # fmt: skip
COOKIES: Final = frozenset({"django_language", "theme", "csrftoken"})
MOST_REMEMBERED: Final = 5000
# Media types of browsers; each of them takes pages, and none asks for data.
_TAKEN = re.compile(
    r"(?=.*text/html)((text/html|application/xhtml\+xml|application/xml|application/signed-exchange"
    r"|image/[a-z0-9+*.-]+|\*/\*)(;[a-z]+=[a-z0-9.]+)*(,\s*|$))+"
)
_TOKEN = re.compile(r"([A-Za-z0-9]{32}){1,2}|")  # changes nothing; Django mends one that is broken
_TAKES_GZIP = re.compile(r"\bgzip\b")  # as Django reads it


@dataclass(frozen=True, slots=True)
class Manner:
    """How to answer: ``view`` names what differs in the page itself."""

    view: str
    packed: bool


_remembered: dict[tuple[bytes | None, ...], Manner | None] = {}


def manner_of(scope: Scope, headers: Mapping[bytes, bytes]) -> Manner | None:
    """Return how to answer a request, or None where Django has to."""
    if len(headers) != len(scope["headers"]) or not STRANGE.isdisjoint(headers):
        return None
    get = headers.get
    said = (
        get(b"accept"), get(b"accept-encoding"), get(b"accept-language"), get(b"cookie"),
        get(b"host"), get(b"x-forwarded-proto"),
    )  # fmt: skip
    try:
        return _remembered[said]
    except KeyError:
        if len(_remembered) >= MOST_REMEMBERED:
            _remembered.clear()
        found = _remembered[said] = _read(scope)
        return found


def _read(scope: Scope) -> Manner | None:
    request = ASGIRequest(dict(scope), io.BytesIO())
    accept = request.headers.get("Accept", "").lower()
    if _TAKEN.fullmatch(accept) is None or not COOKIES.issuperset(request.COOKIES):
        return None
    if _TOKEN.fullmatch(request.COOKIES.get("csrftoken", "")) is None:
        return None
    try:
        request.get_host()
    except DisallowedHost:
        return None
    words = (
        get_language_from_request(request), request.COOKIES.get("theme", ""), request.scheme or "",
    )  # fmt: skip
    gzip = _TAKES_GZIP.search(request.headers.get("Accept-Encoding", ""))
    return Manner("|".join(words), packed=gzip is not None)
