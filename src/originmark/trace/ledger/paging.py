"""What pages of all resources have in common: how long they are and how they lead on."""

from django.http import HttpRequest, HttpResponse, QueryDict

from originmark.frame.web import clock
from originmark.standards.epcis.times import write_moment
from originmark.trace.ledger import page_tokens
from originmark.trace.ledger.query_rules import QueryRefused

ON_A_PAGE = 30
MOST_ON_A_PAGE = 1000
NAMES = ("perPage", "nextPageToken")


def per_page(request: HttpRequest) -> int:
    """Return how much a page holds. Raises QueryRefused."""
    text = request.GET.get("perPage")
    if text is None:
        return ON_A_PAGE
    digits = text.lstrip("0")
    if not (digits.isascii() and digits.isdigit()):
        raise QueryRefused("perPage", text[:20] or "nothing", "a whole number from 1")
    return MOST_ON_A_PAGE if len(digits) > 4 else min(int(digits), MOST_ON_A_PAGE)


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
