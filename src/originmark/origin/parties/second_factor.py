"""Who still lacks a second factor, and what follows from it."""

from collections.abc import Callable

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from originmark.origin.parties.actors import actor_of

FACTORS = ["totp", "webauthn"]
OPEN_WITHOUT = ("account_", "mfa_")  # names of pages that lead to a second factor, or out


def lacks_second_factor(request: HttpRequest) -> bool:
    """Return whether a signed-in person of a programme office has no second factor.

    One query for people of an office, none for the others.
    """
    if not request.user.is_authenticated or actor_of(request).office_role is None:
        return False
    return not is_mfa_enabled(request.user, types=FACTORS)


def require_second_factor(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: keep people of an office at the set-up page until they have a second factor.

    Does nothing unless ORIGINMARK_REQUIRE_SECOND_FACTOR is on. Programs are answered 403.
    """

    class Gate:
        def __call__(self, request: HttpRequest) -> HttpResponse:
            return get_response(request)

        def process_view(self, request: HttpRequest, *_view: object) -> HttpResponse | None:
            if not settings.REQUIRE_SECOND_FACTOR or _is_open(request):
                return None
            if not lacks_second_factor(request):
                return None
            if request.path.startswith("/api/"):
                return HttpResponseForbidden("second factor required")
            messages.warning(
                request,
                _("Your role reaches every organisation. Set up a second factor to go on."),
            )
            return redirect("mfa_index")

    return Gate()


def _is_open(request: HttpRequest) -> bool:
    name = request.resolver_match.url_name if request.resolver_match else None
    return (name or "").startswith(OPEN_WITHOUT) or name == "set_language"
