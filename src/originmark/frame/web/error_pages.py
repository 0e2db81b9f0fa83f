"""What Django shows when something is not found, not allowed, or broken."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from originmark.frame.web.busy import TRY_AGAIN_S
from originmark.frame.web.problems import status_problem, status_words, wants_problem


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """Answer 400."""
    sentence = _("The request could not be read. Go back, reload the page and try again.")
    return _answer(request, 400, _("Bad request"), sentence)


def not_allowed(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """Answer 403."""
    sentence = _("This is not open to you. Sign in, or ask a manager of your organisation.")
    return _answer(request, 403, _("Not allowed"), sentence)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """Answer 404."""
    sentence = _("There is nothing at this address. Check it, or look for what you need.")
    return _answer(request, 404, _("Not found"), sentence)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    """Answer a form whose safety token has gone stale."""
    sentence = _("This form was open for too long. Go back, reload the page and send it again.")
    return _answer(request, 403, _("Form out of date"), sentence)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer 500 without asking the database, which may be what is broken."""
    if wants_problem(request):
        return status_problem(request, 500)
    return render(None, "500.html", {"title": _("Something went wrong")}, status=500)


def busy(request: HttpRequest) -> HttpResponse:
    """Answer 503 where somebody else writes to the database for longer than we wait."""
    answer = _answer(request, 503, _("Busy"), status_words(503))
    answer["Retry-After"] = str(TRY_AGAIN_S)
    return answer


def _answer(request: HttpRequest, status: int, title: str, sentence: str) -> HttpResponse:
    if wants_problem(request):
        return status_problem(request, status)
    context = {"title": title, "sentences": [sentence], "status": status, "code": ""}
    return render(request, "web/refusal.html", context, status=status)
