"""What the headers of a request to capture ask for, and what ours announce."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

import originmark
from originmark.trace.ledger.door import EpcisProblem
from originmark.trace.ledger.reading import XML_TYPES, media_types

BEHAVIOURS = ("rollback", "proceed")
VERSIONS = ("2.0.0", "2.0")
XML_VERSIONS = (*VERSIONS, "1.2", "1.2.0", "1.1", "1.1.0", "1.0", "1.0.1")
_ANSWERS = ("application/json", "application/ld+json", "application/problem+json")


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
    refuse_unsatisfiable(request, is_xml=kind in XML_TYPES)
    behaviour = request.headers.get("GS1-Capture-Error-Behaviour", BEHAVIOURS[0])
    if behaviour not in BEHAVIOURS:
        raise EpcisProblem(
            400,
            _("Found GS1-Capture-Error-Behaviour: %(found)s; expected rollback or proceed.")
            % {"found": behaviour},
        )
    return Terms(kind, behaviour)


def refuse_unsatisfiable(request: HttpRequest, *, is_xml: bool = False) -> None:
    """Raise EpcisProblem (406) for a version or a form of the answer that cannot be had."""
    for name, known in (
        ("GS1-EPCIS-Version", XML_VERSIONS if is_xml else VERSIONS),
        ("GS1-CBV-Version", XML_VERSIONS if is_xml else VERSIONS),
    ):
        asked = request.headers.get(name)
        if asked is not None and asked.strip() not in known:
            words = {"name": name, "found": asked, "known": ", ".join(known)}
            raise EpcisProblem(
                406, _("Found %(name)s: %(found)s; this repository knows %(known)s.") % words
            )
    if not any(request.accepts(each) for each in (*_ANSWERS, *XML_TYPES)):
        words = {"found": request.headers.get("Accept", ""), "gives": "application/json"}
        raise EpcisProblem(
            406, _("Found Accept: %(found)s; this resource answers %(gives)s.") % words
        )


def announce(request: HttpRequest, response: HttpResponse) -> None:
    """Say in the headers of a capture resource what is taken and what was understood."""
    response.headers["GS1-Vendor-Version"] = originmark.__version__
    extensions = request.headers.get("GS1-Extensions", "")
    if extensions.isprintable() and extensions.isascii() and extensions:
        response.headers["GS1-Extensions"] = extensions  # any namespace is taken
    if request.method == "OPTIONS":
        response.headers["GS1-Capture-Error-Behaviour"] = "all"
        for name in ("GS1-EPCIS", "GS1-CBV"):
            response.headers[f"{name}-Min"] = response.headers[f"{name}-Max"] = VERSIONS[0]
