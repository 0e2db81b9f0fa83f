"""What Django shows when something is not found, not allowed, or broken."""

from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from originmark.frame.web.busy import TRY_AGAIN_S
from originmark.frame.web.problems import status_problem, status_words, wants_problem

BUSY = 503  # whoever waits for the database shall not wait for the navigation too


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
    answer = _answer(request, BUSY, _("Busy"), status_words(BUSY))
    answer["Retry-After"] = str(TRY_AGAIN_S)
    return answer


def refused(
    request: HttpRequest, *, status: int, title: str, sentences: list[str], code: str = ""
) -> HttpResponse:
    """Return the page of a refusal: inside the office for whoever is signed in, with a way back."""
    is_inside = status != BUSY and getattr(request, "user", None) and request.user.is_authenticated
    context = {
        "frame": "base.html" if is_inside else "public.html",
        "title": title,
        "sentences": sentences,
        "code": code,
        "status": status,
        "back": _came_from(request),
    }
    return render(request, "web/refusal.html", context, status=status)


def _came_from(request: HttpRequest) -> str:
    """Return the page of ours that led here, empty if none did or if it is this one."""
    came = urlsplit(request.headers.get("Referer", ""))
    address = came._replace(scheme="", netloc="", fragment="").geturl()
    is_ours = came.netloc == request.get_host() and address.startswith("/")
    is_here = request.method == "GET" and address == request.get_full_path()
    return address if is_ours and not is_here else ""


def _answer(request: HttpRequest, status: int, title: str, sentence: str) -> HttpResponse:
    if wants_problem(request):
        return status_problem(request, status)
    return refused(request, status=status, title=title, sentences=[sentence])
