"""What every EPCIS resource does alike: who asks, problems, headers."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any, Concatenate, ParamSpec

import orjson
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from ninja.errors import HttpError

from originmark.frame.web import problems
from originmark.frame.web.refusals import RuleViolation
from originmark.frame.web.sentences import say
from originmark.origin.parties import access
from originmark.origin.parties.access import Actor
from originmark.standards.epcis.query import QueryInvalid
from originmark.standards.epcis.xml_writer import problem_to_xml
from originmark.trace.ledger import negotiation
from originmark.trace.ledger.problem import EXCEPTIONS, EpcisProblem
from originmark.trace.ledger.query_rules import QueryRefused
from originmark.trace.ledger.rules import DocumentRefused

__all__ = [
    "ANSWERS", "EXCEPTIONS", "XML", "EpcisProblem", "errors_of", "json_response", "open_resource",
    "read_body", "refusal", "resource", "signed_in", "wants_xml",
]  # fmt: skip
P = ParamSpec("P")
JSON, XML = "application/json", "application/xml"
ANSWERS = (JSON, negotiation.JSON_LD, problems.MEDIA_TYPE, XML, "text/xml", negotiation.PROBLEM_XML)
JSON_TYPES = {JSON, "application/ld+json"}
View = Callable[Concatenate[HttpRequest, P], HttpResponse]
Resource = Callable[Concatenate[HttpRequest, Actor, P], HttpResponse]


def resource(**methods: Resource[P]) -> View[P]:
    """Return a view that answers each method for whoever is signed in or sends an API key.

    OPTIONS says what is taken (204); whatever is refused becomes a problem document.
    """
    return _view(signed_in, **methods)


def open_resource(**methods: Resource[P]) -> View[P]:
    """Return a view that answers anybody, signed in or not."""
    return _view(access.actor_of, **methods)


def _view(who: Callable[[HttpRequest], Actor], **methods: Resource[P]) -> View[P]:
    allowed = ", ".join(sorted([*methods, "OPTIONS"]))

    def view(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        by = who(request)
        if request.method == "OPTIONS":
            return HttpResponse(
                status=204, headers={"Allow": allowed, **negotiation.announcement()}
            )
        answer = methods.get("GET" if request.method == "HEAD" else str(request.method))
        if answer is None:
            raise EpcisProblem(405, _("This resource takes %(methods)s.") % {"methods": allowed})
        return answer(request, by, *args, **kwargs)

    guarded: View[P] = csrf_exempt(_with_headers(_with_problems(view), allowed))
    return guarded


def signed_in(request: HttpRequest) -> Actor:
    """Return who asks: the API key's organisation, or the person of the session."""
    try:
        for auth in access.API_AUTH:
            if auth(request):
                return access.actor_of(request)
    except HttpError as refused:
        raise EpcisProblem(refused.status_code, str(refused)) from refused
    raise EpcisProblem(401, _("Nobody is signed in. Send an API key, or sign in."))


def wants_xml(request: HttpRequest) -> bool:
    """Return whether the answer should be XML: the caller takes it, and likes no JSON better."""
    best = negotiation.accepted(request.headers.get("Accept", ""), ANSWERS)
    return best is not None and best.endswith("xml")


def json_response(body: Any, status: int = 200, **headers: str) -> HttpResponse:
    """Return a JSON answer."""
    return HttpResponse(orjson.dumps(body), status=status, content_type=JSON, headers=headers)


def read_body(request: HttpRequest) -> bytes:
    """Return the body if its type and size are taken (415, 413)."""
    if request.content_type not in JSON_TYPES:
        takes = ", ".join(sorted(JSON_TYPES))
        raise EpcisProblem(
            415,
            _("Found %(found)s; this resource takes %(takes)s.")
            % {"found": request.content_type or "–", "takes": takes},
        )
    most = settings.LEDGER_MOST_BYTES
    data: bytes = request.read(most + 1)
    if len(data) > most:
        raise EpcisProblem(
            413, _("The document has more than %(most)s bytes. Send it in parts.") % {"most": most}
        )
    return data


def refusal(request: HttpRequest, refused: RuleViolation) -> HttpResponse:
    """Return a refusal as a problem under its EPCIS name."""
    more: dict[str, Any] = {"code": refused.code}
    if isinstance(refused, DocumentRefused):
        more["errors"] = errors_of(refused)
    return _problem(request, refused.status, _exception(refused), say(refused), more)


def _exception(refused: RuleViolation) -> str:
    """Return the name that EPCIS has for a refusal."""
    own = getattr(refused, "exception", None)
    return own or EXCEPTIONS.get(refused.status, "ValidationException")


def errors_of(refused: RuleViolation) -> list[dict[str, Any]]:
    """Return what was refused, one member for each problem."""
    if isinstance(refused, DocumentRefused):
        return [
            {
                "type": "epcisException:ValidationException",
                "title": "Validation exception",
                "status": 400,
                "detail": each.reason,
                "pointer": each.pointer,
            }
            for each in refused.problems
        ]
    exception = EXCEPTIONS.get(refused.status, "ValidationException")
    return [
        {
            "type": f"epcisException:{exception}",
            "title": HTTPStatus(refused.status).phrase,
            "status": refused.status,
            "detail": say(refused),
            "code": refused.code,
        }
    ]


def _problem(
    request: HttpRequest, status: int, exception: str, detail: str, more: dict[str, Any]
) -> HttpResponse:
    kind, title = f"epcisException:{exception}", HTTPStatus(status).phrase
    told = problems.problem(request, status, detail, **{"type": kind, "title": title, **more})
    if negotiation.wants_xml_problems(request):
        told.content = problem_to_xml(orjson.loads(told.content))
        told["Content-Type"] = negotiation.PROBLEM_XML
    return told


def _with_problems(view: View[P]) -> View[P]:
    @wraps(view)
    def answered(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except EpcisProblem as told:
            return _problem(request, told.status, told.exception, told.detail, told.more)
        except QueryInvalid as invalid:
            refused_query = QueryRefused(invalid.name, invalid.found, invalid.expected)
            return refusal(request, refused_query)
        except RuleViolation as refused:
            return refusal(request, refused)

    return answered


def _with_headers(view: View[P], allowed: str) -> View[P]:
    @wraps(view)
    def answered(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        response = view(request, *args, **kwargs)
        limits = {
            "GS1-EPCIS-Capture-Limit": str(settings.LEDGER_MOST_FILE_EVENTS),
            "GS1-EPCIS-Capture-File-Size-Limit": str(settings.LEDGER_MOST_BYTES),
        }
        for name, value in {**negotiation.always(request), **limits}.items():
            response.headers.setdefault(name, value)
        if response.status_code == 405:
            response.headers["Allow"] = allowed
        if response.status_code == 401:
            response.headers["WWW-Authenticate"] = "Bearer"
        return response

    return answered
