"""The page behind the link in an invitation."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from originmark.frame.web import clock
from originmark.frame.web.forms import submit
from originmark.origin.parties import selectors, services
from originmark.origin.parties.forms import AcceptForm
from originmark.origin.parties.limits import INVITATION_LINKS
from originmark.origin.parties.models import Invitation, Person

MODEL_BACKEND = "django.contrib.auth.backends.ModelBackend"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Let somebody accept: a new person chooses a password, others only agree."""
    INVITATION_LINKS.count(request)
    found = services.open_invitation(token, now=clock.now())
    person = selectors.find_person(found.email)

    def accept(data: dict[str, Any]) -> HttpResponse:
        accepted = services.accept_invitation(token, **_answers(data), now=clock.now())
        return _welcome(request, accepted, is_new=person is None)

    return submit(
        request,
        _form(request, found, person),
        accept,
        template="parties/invitation.html",
        context={"invitation": found, "person": person},
        done=_("Welcome to %(organisation)s.") % {"organisation": found.organisation},
    )


def _form(request: HttpRequest, found: Invitation, person: Person | None) -> forms.Form:
    answers = request.POST if request.method == "POST" else None
    if person is not None:
        return forms.Form(answers)
    language = found.language or get_language() or settings.LANGUAGE_CODE
    initial = {"name": found.name, "language": language, "email": found.email}
    return AcceptForm(answers, initial=initial)


def _answers(data: dict[str, Any]) -> dict[str, str]:
    return {each: data.get(each, "") for each in ("name", "password", "language")}


def _welcome(request: HttpRequest, person: Person, *, is_new: bool) -> HttpResponse:
    """Sign in somebody new; others sign in as ever, with their second factor."""
    if is_new:
        login(request, person, backend=MODEL_BACKEND)
    response = HttpResponseRedirect(reverse("web:home" if is_new else "account_login"))
    if is_new and person.language:
        response.set_cookie(settings.LANGUAGE_COOKIE_NAME, person.language)
    return response
