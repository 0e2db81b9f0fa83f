"""What a reader asks for by headers: versions, the form of the answer, spellings."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeVar, get_args

from django.http import HttpRequest
from django.utils.translation import gettext as _

import originmark
from originmark.standards.epcis import epc_format
from originmark.standards.epcis.xml_write_events import CbvFormat
from originmark.trace.ledger.problem import EpcisProblem

Word = TypeVar("Word", bound=str)
VERSION = "2.0.0"
JSON, JSON_LD = "application/json", "application/ld+json"
XML_TYPES = ("application/xml", "text/xml")
GIVES = (JSON, JSON_LD, *XML_TYPES)
PROBLEM_JSON, PROBLEM_XML = "application/problem+json", "application/problem+xml"
CBV_XML_FORMATS: tuple[CbvFormat, ...] = get_args(CbvFormat)
OWN_EXTENSIONS = "originmark=urn:originmark:voc:"
LONGEST_ADDRESS = 8_000
_NUMBERS = re.compile(r"[0-9]{1,4}(\.[0-9]{1,4}){0,2}", re.ASCII)
_STANDARDS = ("GS1-EPCIS", "GS1-CBV")


@dataclass(frozen=True, slots=True)
class Wanted:
    """How an answer is to be written; ``extensions`` are the prefixes that the reader declares."""

    media_type: str = JSON
    epc_format: str = epc_format.DIGITAL_LINK
    cbv_xml_format: CbvFormat = "No_Preference"
    extensions: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_xml(self) -> bool:
        """Return whether XML is wanted."""
        return self.media_type in XML_TYPES


def wanted(request: HttpRequest) -> Wanted:
    """Return what the headers of a request ask for.

    Raises EpcisProblem (406) for what cannot be had, 414 for an address that is too long.
    """
    if len(request.get_full_path()) > LONGEST_ADDRESS:
        raise EpcisProblem(
            414,
            _("The address has more than %(most)s characters. Name the query by POST /queries.")
            % {"most": LONGEST_ADDRESS},
        )
    refuse_other_versions(request)
    return Wanted(
        media_type=_media_type(request, GIVES),
        epc_format=_one_of(request, "GS1-EPC-Format", epc_format.FORMATS, epc_format.DIGITAL_LINK),
        cbv_xml_format=_one_of(request, "GS1-CBV-XML-Format", CBV_XML_FORMATS, CBV_XML_FORMATS[0]),
        extensions=declared(request.headers.get("GS1-Extensions", "")),
    )


def json_wanted(request: HttpRequest) -> str:
    """Return which form of JSON a resource that has no other is to give. Raises EpcisProblem."""
    refuse_other_versions(request)
    return _media_type(request, (JSON, JSON_LD))


def refuse_other_versions(request: HttpRequest) -> None:
    """Raise EpcisProblem (406) unless the version that is served is among those asked for."""
    served = _numbers(VERSION)
    for standard in _STANDARDS:
        exact = _asked(request, f"{standard}-Version")
        least, most = _asked(request, f"{standard}-Min"), _asked(request, f"{standard}-Max")
        is_other = exact is not None and exact[:2] != served[:2]
        is_newer = least is not None and least[:2] > served[:2]
        is_older = most is not None and most[:2] < served[:2]
        if is_other or is_newer or is_older:
            raise EpcisProblem(
                406,
                _("%(name)s %(version)s is what this repository serves; the headers ask otherwise.")
                % {"name": standard.removeprefix("GS1-"), "version": VERSION},
            )


def announcement() -> dict[str, str]:
    """Return the headers by which every resource says what it supports (OPTIONS)."""
    versions = {f"{standard}-{kind}": VERSION for standard in _STANDARDS for kind in ("Min", "Max")}
    return {
        **versions,
        "GS1-EPC-Format": epc_format.NO_PREFERENCE,
        "GS1-CBV-XML-Format": "No_Preference",
        "GS1-Extensions": OWN_EXTENSIONS,
    }


def always(request: HttpRequest) -> dict[str, str]:
    """Return the headers of every answer."""
    headers = {
        "GS1-EPCIS-Version": VERSION,
        "GS1-CBV-Version": VERSION,
        "GS1-Vendor-Version": originmark.__version__,
    }
    extensions = request.headers.get("GS1-Extensions", "")
    if declared(extensions) and extensions.isascii() and extensions.isprintable():
        headers["GS1-Extensions"] = extensions  # any namespace is taken
    return headers


def declared(text: str) -> dict[str, str]:
    """Return the prefixes in a GS1-Extensions header.

    >>> declared("ex=https://ns.example.org/epcis/, mill=urn:mill:")
    {'ex': 'https://ns.example.org/epcis/', 'mill': 'urn:mill:'}
    """
    pairs = (part.partition("=") for part in text.split(","))
    return {prefix.strip(): uri.strip() for prefix, mark, uri in pairs if mark and prefix.strip()}


def wants_xml_problems(request: HttpRequest) -> bool:
    """Return whether a problem is to be told in XML: where XML is wanted more than JSON."""
    gives = (PROBLEM_JSON, JSON, JSON_LD, PROBLEM_XML, *XML_TYPES)
    found = accepted(request.headers.get("Accept", ""), gives)
    return found in {PROBLEM_XML, *XML_TYPES}


def accepted(header: str, gives: tuple[str, ...]) -> str | None:
    """Return the best media type of ``gives`` for an Accept header, None where none will do.

    >>> accepted("application/xml, application/json;q=0.5", (JSON, "application/xml"))
    'application/xml'
    >>> accepted("text/*;q=0, */*", (JSON,))
    'application/json'
    """
    if not header.strip():
        return gives[0]
    ranges = [_range(part) for part in header.split(",") if part.strip()]
    best = max(gives, key=lambda each: (_quality(each, ranges), -gives.index(each)))
    return best if _quality(best, ranges) > 0 else None


def _media_type(request: HttpRequest, gives: tuple[str, ...]) -> str:
    header = request.headers.get("Accept", "")
    found = accepted(header, gives)
    if found is None:
        raise EpcisProblem(
            406,
            _("Found Accept: %(found)s; this resource gives %(gives)s.")
            % {"found": header, "gives": ", ".join(gives)},
        )
    return found


def _range(part: str) -> tuple[str, float]:
    kind, *parameters = (each.strip().lower() for each in part.split(";"))
    quality = 1.0
    for each in parameters:
        name, _mark, value = each.partition("=")
        if name.strip() == "q":
            try:
                quality = min(max(float(value), 0.0), 1.0)
            except ValueError:
                quality = 0.0
    return kind, quality


def _quality(media_type: str, ranges: list[tuple[str, float]]) -> float:
    """Return the quality of the most exact range that covers a media type."""
    major = media_type.partition("/")[0]
    for kind in (media_type, f"{major}/*", "*/*"):
        found = [quality for each, quality in ranges if each == kind]
        if found:
            return max(found)
    return 0.0


def _one_of(request: HttpRequest, name: str, known: tuple[Word, ...], default: Word) -> Word:
    found = request.headers.get(name, default)
    for each in known:
        if each == found:
            return each
    raise EpcisProblem(
        406,
        _("Found %(name)s: %(found)s; expected one of %(known)s.")
        % {"name": name, "found": found, "known": ", ".join(known)},
    )


def _asked(request: HttpRequest, name: str) -> tuple[int, ...] | None:
    text = request.headers.get(name)
    if text is None:
        return None
    if _NUMBERS.fullmatch(text.strip()) is None:
        raise EpcisProblem(
            406,
            _("Found %(name)s: %(found)s; expected a version, as in %(version)s.")
            % {"name": name, "found": text, "version": VERSION},
        )
    return _numbers(text.strip())


def _numbers(text: str) -> tuple[int, ...]:
    found = tuple(int(part) for part in text.split("."))
    return found + (0,) * (3 - len(found))
