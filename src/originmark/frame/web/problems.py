"""Problem documents (RFC 9457): the one shape of every error that a program gets.

``type`` is ``urn:originmark:refusal:<code>``; the code is stable, the words are not.
"""

import json
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

import pydantic
from django.core.serializers.json import DjangoJSONEncoder
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, AuthorizationError, HttpError, ValidationError

from originmark.frame.web.refusals import RuleViolation
from originmark.frame.web.sentences import each_of, say

MEDIA_TYPE = "application/problem+json"
API_PATHS = ("/api/", "/epcis/")
CODES = {
    400: "bad-request",
    401: "not-signed-in",
    403: "not-allowed",
    404: "not-found",
    405: "method-not-allowed",
    406: "not-acceptable",
    409: "conflict",
    413: "too-large",
    415: "unsupported-media-type",
    422: "invalid-request",
    429: "too-many-requests",
    500: "server-error",
    503: "busy",
}


def wants_problem(request: HttpRequest) -> bool:
    """Return whether the caller is a program: it uses the API, or takes JSON and no pages."""
    accept = request.headers.get("Accept", "")
    return request.path.startswith(API_PATHS) or ("json" in accept and "text/html" not in accept)


def problem(
    request: HttpRequest, status: int, detail: str, *, code: str = "", **more: Any
) -> HttpResponse:
    """Return a problem document; ``more`` are its extension members."""
    code = code or CODES.get(status, "refused")
    body = {
        "type": f"urn:originmark:refusal:{code}",
        "title": code.replace("-", " ").capitalize(),
        "status": status,
        "detail": detail,
        "instance": request.path,
        **more,
    }
    text = json.dumps(body, cls=_FactEncoder, ensure_ascii=False)
    return HttpResponse(text, status=status, content_type=MEDIA_TYPE)


def refusal_problem(request: HttpRequest, refusal: RuleViolation) -> HttpResponse:
    """Return a refusal as a problem document, with its typed facts.

    Where several things are refused at once, ``errors`` has a member for each.
    """
    single = list(each_of(refusal))
    if single == [refusal]:
        return problem(
            request, refusal.status, say(refusal), code=refusal.code, facts=refusal.facts
        )
    errors = [{"code": one.code, "detail": say(one), "facts": one.facts} for one in single]
    return problem(
        request, refusal.status, say(refusal), code=refusal.code, facts={}, errors=errors
    )


def status_problem(request: HttpRequest, status: int) -> HttpResponse:
    """Return the problem document for a bare status."""
    return problem(request, status, status_words(status))


def install(api: NinjaAPI) -> None:
    """Turn everything that the API can raise into a problem document."""
    handlers: dict[type[Exception], Any] = {
        RuleViolation: refusal_problem,
        ValidationError: _invalid,
        pydantic.ValidationError: _invalid_value,
        AuthenticationError: lambda request, _error: status_problem(request, 401),
        AuthorizationError: lambda request, _error: status_problem(request, 403),
        HttpError: lambda request, error: problem(request, error.status_code, str(error)),
        Http404: lambda request, _error: status_problem(request, 404),
    }
    for exception, handler in handlers.items():
        api.add_exception_handler(exception, handler)


def _invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    return _field_problem(request, error.errors)


def _invalid_value(request: HttpRequest, error: pydantic.ValidationError) -> HttpResponse:
    return _field_problem(request, error.errors(include_url=False, include_context=False))


def _field_problem(request: HttpRequest, errors: Iterable[Any]) -> HttpResponse:
    told = [
        {"pointer": "/" + "/".join(str(part) for part in each["loc"]), "detail": each["msg"]}
        for each in errors
    ]
    detail = _("%(count)s part(s) of the request are not as expected; see errors.")
    return problem(request, 422, detail % {"count": len(told)}, errors=told)


def status_words(status: int) -> str:
    """Return what happened and what to do, for a bare status."""
    words = {
        400: _("The request could not be read. Check its form against the API description."),
        401: _("Nobody is signed in. Send an API key, or sign in."),
        403: _("This is not allowed to you. Ask a manager of the organisation for the right."),
        404: _("There is nothing here. Check the address."),
        405: _("This address does not take this method. See the Allow header."),
        429: _("Too many requests. Wait for a minute, then try again."),
        500: _("Something went wrong here. It has been written down; try again later."),
        503: _(
            "The database is busy with something large, so this was not stored. Try again in a "
            "minute."
        ),
    }
    return words.get(status, _("The request was refused."))


class _FactEncoder(DjangoJSONEncoder):
    """Writes facts: exact decimals as text, sets as lists, anything else in its own words."""

    def default(self, o: Any) -> Any:
        if isinstance(o, Decimal):
            return format(o, "f")
        if isinstance(o, set | frozenset):
            return sorted(o)
        try:
            return super().default(o)
        except TypeError:
            return str(o)
