"""What pages of all resources have in common: how long they are and how they lead on."""

import base64
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict

from originmark.frame.web import clock
from originmark.standards.epcis.times import parse_moment, write_moment
from originmark.trace.ledger import page_tokens
from originmark.trace.ledger.query_rules import QueryRefused

ON_A_PAGE = 30
MOST_ON_A_PAGE = 1000
NAMES = ("perPage", "nextPageToken")
Row = TypeVar("Row", bound=Model)


def per_page(request: HttpRequest) -> int:
    """Return how much a page holds. Raises QueryRefused."""
    text = request.GET.get("perPage")
    if text is None:
        return ON_A_PAGE
    digits = text.lstrip("0")
    if not (digits.isascii() and digits.isdigit()):
        raise QueryRefused("perPage", text[:20] or "nothing", "a whole number from 1")
    return MOST_ON_A_PAGE if len(digits) > 4 else min(int(digits), MOST_ON_A_PAGE)


def newest_first(
    request: HttpRequest, rows: QuerySet[Row], size: int
) -> tuple[list[Row], str | None]:
    """Return a page of rows that have ``created_at``, and the token of the next.

    A token names the last row that was shown, so new rows move nothing. Raises QueryRefused.
    """
    token = request.GET.get("nextPageToken")
    if token is not None:
        made, last = _row_in(token)
        rows = rows.filter(Q(created_at__lt=made) | Q(created_at=made, pk__gt=last))
    found = list(rows.order_by("-created_at", "pk")[: size + 1])
    return found[:size], _token(found[size - 1]) if len(found) > size else None


def _token(row: Any) -> str:
    return base64.urlsafe_b64encode(f"{row.created_at.isoformat()}|{row.pk}".encode()).decode()


def _row_in(token: str) -> tuple[datetime, UUID]:
    try:
        made, _bar, last = base64.urlsafe_b64decode(token.encode()).decode().partition("|")
        return parse_moment(made), UUID(last)
    except ValueError as reason:
        raise QueryRefused("nextPageToken", token[:20], "a token that this list gave") from reason


def lead_on(request: HttpRequest, answer: HttpResponse, token: str | None) -> HttpResponse:
    """Say in the headers where the next page is, if there is one."""
    if token is not None:
        asked: QueryDict = request.GET.copy()
        asked["nextPageToken"] = token
        address = request.build_absolute_uri(f"{_path(request)}?{asked.urlencode()}")
        answer["Link"] = f'<{address}>; rel="next"'
        answer["GS1-Next-Page-Token-Expires"] = write_moment(clock.now() + page_tokens.LIFE)
    return answer


def _path(request: HttpRequest) -> str:
    """Return the path with its escapes, as it was asked for."""
    return request.get_full_path().partition("?")[0]
