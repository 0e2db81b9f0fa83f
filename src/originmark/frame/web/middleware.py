"""Refusals and errors as people and programs each need them."""

from collections.abc import Callable
from typing import Any

from auditlog.middleware import AuditlogMiddleware
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from originmark.frame.web import error_pages
from originmark.frame.web.busy import is_busy
from originmark.frame.web.problems import (
    MEDIA_TYPE,
    refusal_problem,
    status_problem,
    wants_problem,
)
from originmark.frame.web.refusals import RuleViolation
from originmark.frame.web.sentences import each_of, say

ALREADY_SAID = (MEDIA_TYPE, "application/problem+xml", "application/json")


class HistoryMiddleware(AuditlogMiddleware):  # type: ignore[misc]  # auditlog has no types
    """Puts into the audit trail who changes a record and from where.

    Auditlog itself would believe whatever ``X-Forwarded-For`` and ``X-Forwarded-Port`` claim; what
    may be believed of them was read at the front door (``proxies``).
    """

    def get_extra_data(self, request: HttpRequest) -> dict[str, Any]:
        """Return what the trail keeps of a request."""
        return {
            "remote_addr": request.META.get("REMOTE_ADDR"),
            "remote_port": None,
            "actor": self._get_actor(request),
        }


class RefusalMiddleware:
    """Turns a refusal that no form has caught into a plain page or a problem document.

    A program never gets an error page: what Django answers by itself (an unknown address, a
    method that is not taken) becomes a problem document too.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\x00" in request.path and wants_problem(request):
            return status_problem(request, 404)  # no code of anything, and no text of a database
        response = self.get_response(request)
        if response.status_code < 400 or not wants_problem(request):
            return response
        if response.headers.get("Content-Type", "").startswith(ALREADY_SAID):
            return response
        told = status_problem(request, response.status_code)
        for name in ("Allow", "Retry-After", "WWW-Authenticate"):
            if name in response.headers:
                told[name] = response.headers[name]
        return told

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Answer a refusal, and a database that is busy; leave the rest to Django."""
        if is_busy(error):
            return error_pages.busy(request)
        if not isinstance(error, RuleViolation):
            return None
        if wants_problem(request):
            return refusal_problem(request, error)
        return refusal_page(request, error)


def refusal_page(request: HttpRequest, refusal: RuleViolation) -> HttpResponse:
    """Return a page that says what was refused and why."""
    titles = {403: _("Not allowed"), 404: _("Not found"), 409: _("Not possible now")}
    return error_pages.refused(
        request,
        status=refusal.status,
        title=titles.get(refusal.status, _("This was refused")),
        sentences=[say(one) for one in each_of(refusal)],
        code=refusal.code,
    )
