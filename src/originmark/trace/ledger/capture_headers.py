"""What the headers of a request to capture ask for, and what ours announce."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from originmark.trace.ledger import negotiation
from originmark.trace.ledger.door import ANSWERS, EpcisProblem
from originmark.trace.ledger.reading import media_types

BEHAVIOURS = ("rollback", "proceed")


@dataclass(frozen=True, slots=True)
class Terms:
    """How a document is to be taken: as what, and what becomes of the rest when an event fails."""

    media_type: str
    error_behaviour: str


def terms(request: HttpRequest, *, takes: frozenset[str] | None = None) -> Terms:
    """Return what the headers ask for; ``takes`` narrows the media types.

    Raises EpcisProblem: 415 for a media type that is not taken, 406 for a version or an answer
    that cannot be had, 400 for an unknown behaviour.
    """
    taken = media_types() if takes is None else sorted(takes)
    kind = request.content_type or ""
    if kind not in taken:
        words = {"found": kind or "–", "takes": ", ".join(taken)}
        raise EpcisProblem(415, _("Found %(found)s; this resource takes %(takes)s.") % words)
    refuse_unsatisfiable(request)
    behaviour = request.headers.get("GS1-Capture-Error-Behaviour", BEHAVIOURS[0])
    if behaviour not in BEHAVIOURS:
        raise EpcisProblem(
            400,
            _("Found GS1-Capture-Error-Behaviour: %(found)s; expected rollback or proceed.")
            % {"found": behaviour},
        )
    return Terms(kind, behaviour)


def refuse_unsatisfiable(request: HttpRequest) -> None:
    """Raise EpcisProblem (406) for a version or a form of the answer that cannot be had."""
    negotiation.refuse_other_versions(request)
    header = request.headers.get("Accept", "")
    if negotiation.accepted(header, ANSWERS) is None:
        words = {"found": header, "gives": ", ".join(ANSWERS)}
        raise EpcisProblem(
            406, _("Found Accept: %(found)s; this resource gives %(gives)s.") % words
        )


def announce(request: HttpRequest, response: HttpResponse) -> None:
    """Say what capture takes besides what every resource announces."""
    if request.method == "OPTIONS":
        response.headers["GS1-Capture-Error-Behaviour"] = "all"
