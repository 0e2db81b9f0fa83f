"""What a serial alone can say while the database cannot be asked: whether it was issued at all."""

from typing import Final

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string

from originmark.frame.web import clock
from originmark.frame.web.context import page
from originmark.frame.web.problems import wants_problem
from originmark.mark.labels import selectors as labels
from originmark.mark.labels.services import ForgedSeen
from originmark.mark.passport.logbook import (
    FORGED_BOOK,
    LOST_BOOK,
    UNANSWERED,
    LostScan,
)
from originmark.mark.passport.rules import Verdict
from originmark.mark.passport.words import LOST, WORDS, Words

LOST_ERRORS: Final = (OperationalError, InterfaceError)
TRY_AGAIN_S: Final = 30


def answer(request: HttpRequest, *, serial: str, lot_code: str, viewer: str) -> HttpResponse:
    """Return 404 for a serial that nobody issued, else 503: issued, and no more can be said.

    Asks no database. The scan is written down when there is one again.
    """
    said, now = labels.opened(serial), clock.now()
    if said is None:
        if FORGED_BOOK.is_open:
            FORGED_BOOK.add(ForgedSeen(serial, lot_code, now, viewer))
        return _told(request, WORDS[Verdict.UNKNOWN], Verdict.UNKNOWN, status=404)
    if LOST_BOOK.is_open:
        LOST_BOOK.add(LostScan(said, now, viewer))
    found = _told(request, LOST, None, status=503)
    found["Retry-After"] = str(TRY_AGAIN_S)
    return found


def _told(
    request: HttpRequest, words: Words, verdict: Verdict | None, *, status: int
) -> HttpResponse:
    if wants_problem(request):
        body = {
            "verdict": verdict or UNANSWERED,
            "genuine": None if verdict is None else verdict.is_genuine,
            "detail": str(words.title),
        }
        return JsonResponse(body, status=status, json_dumps_params={"ensure_ascii": False})
    # The usual context would ask for the session and the person, which the database knows.
    context = page(request) | {
        "request": request,
        "words": words,
        "tone": verdict.tone if verdict else "warn",
        "is_lost": verdict is None,
        "host": request.get_host(),
    }
    return HttpResponse(render_to_string("passport/scan.html", context), status=status)
