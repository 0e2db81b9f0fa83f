"""What the resolver answers over HTTP: a redirect, a linkset, a choice, a refusal.

Source: GS1-Conformant Resolver Standard 1.2.0, section 2; RFC 9264 (linksets), RFC 8288 (Link).
"""

import json
from collections.abc import Callable, Iterable, Sequence
from functools import wraps
from typing import Any
from urllib.parse import parse_qsl, unquote

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.encoding import iri_to_uri
from django.utils.translation import get_language

from originmark.frame.web import clock
from originmark.frame.web.limits import Limit
from originmark.frame.web.middleware import refusal_page
from originmark.frame.web.problems import refusal_problem, wants_problem
from originmark.frame.web.refusals import RuleViolation
from originmark.mark.passport.resolver import rules, selectors
from originmark.mark.passport.resolver.refusals import NoSuchLink, NothingKnown
from originmark.mark.passport.resolver.rules import Subject
from originmark.origin.parties import access
from originmark.standards.gs1 import link_types, linksets
from originmark.standards.gs1.linksets import Level, LinkValue
from originmark.standards.gs1.negotiation import Wanted, choose

METHODS = ("GET", "HEAD", "OPTIONS")
CORS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Methods": ", ".join(METHODS),
    "Access-Control-Allow-Headers": "Accept, Accept-Language",
    "Access-Control-Expose-Headers": "Link, Location",
}
JSON_LD = "application/ld+json"
CONTEXT_LINK = f'<{linksets.CONTEXT}>; rel="http://www.w3.org/ns/json-ld#context"; type="{JSON_LD}"'
RESOLVED = Limit("resolve", times=240, seconds=60)
Door = Callable[..., HttpResponse]


def resolver_door(view: Door) -> Door:
    """Answer as a resolver has to: three methods, open to all origins, refusals included."""

    @wraps(view)
    def door(request: HttpRequest, *args: Any, **named: Any) -> HttpResponse:
        if request.method not in METHODS:
            answer: HttpResponse = HttpResponseNotAllowed(METHODS)
        elif request.method == "OPTIONS":
            answer = HttpResponse(status=204, headers={"Allow": ", ".join(METHODS)})
        else:
            answer = _answered(view, request, *args, **named)
        for name, value in CORS.items():
            answer[name] = value
        patch_vary_headers(answer, ("Accept", "Accept-Language"))
        return answer

    return door


def _answered(view: Door, request: HttpRequest, *args: Any, **named: Any) -> HttpResponse:
    try:
        return view(request, *args, **named)
    except RuleViolation as refusal:
        tell = refusal_problem if wants_problem(request) else refusal_page
        return tell(request, refusal)


def wanted_by(request: HttpRequest) -> Wanted:
    """Return what a request asks for."""
    return Wanted.read(
        link_type=request.GET.get("linkType", ""),
        accept=request.headers.get("Accept", ""),
        languages=request.headers.get("Accept-Language", ""),
        context=request.GET.get("context", ""),
    )


def for_program(request: HttpRequest, subject: Subject) -> HttpResponse | None:
    """Answer what is asked about a lot or a pack, other than its page: None for the page itself.

    A pack whose serial is not genuine has no links, so that whoever asks for none in particular
    is told by the page that it is not genuine.
    """
    wanted = wanted_by(request)
    takes_json = "application/json" in wanted.accept or request.GET.get("format") == "json"
    asks_for_more = wanted.link_type or wanted.is_linkset
    if not asks_for_more and (wanted.takes_pages or takes_json):
        return None
    RESOLVED.count(request)
    levels = levels_for(request, subject)
    if not asks_for_more and subject.serial and not levels[0].links:
        return None
    return answer(request, subject, levels)


def resolve(request: HttpRequest, subject: Subject) -> HttpResponse:
    """Answer a request about anything that has no page here."""
    RESOLVED.count(request)
    found = answer(request, subject, levels_for(request, subject))
    if found is None:
        raise NothingKnown(link=subject.path)
    return found


def led_elsewhere(request: HttpRequest, subject: Subject) -> HttpResponse | None:
    """Return where a lot or pack of a product that is not ours leads, if anybody said so."""
    try:
        return answer(request, subject, levels_for(request, subject))
    except NothingKnown:
        return None


def levels_for(request: HttpRequest, subject: Subject) -> list[Level]:
    """Return the links at each level, as far as whoever asks may see them."""
    return selectors.levels(
        subject,
        by=access.actor_of(request),
        language=get_language() or "en",
        now=clock.now(),
    )


def answer(request: HttpRequest, subject: Subject, levels: Sequence[Level]) -> HttpResponse | None:
    """Return the answer to a request; None where the only place to go is where we are."""
    if not any(level.default for level in levels):
        return _handed_on(request, subject)
    wanted = wanted_by(request)
    if wanted.is_linkset:
        return linkset_answer(request, subject, levels)
    chosen = choose(levels, wanted)
    if not chosen:
        raise NoSuchLink(link=subject.path, link_type=link_types.short(wanted.link_type))
    if len(chosen) > 1:
        return _choices(request, subject, levels, chosen)
    if _is_here(request, chosen[0].href):
        return None
    return _redirect(request, subject, chosen[0])


def _is_here(request: HttpRequest, href: str) -> bool:
    """Return whether an address is the one that was asked, so that it must not be gone to again."""
    address, _, query = href.partition("?")
    is_same = unquote(address) == settings.PUBLIC_URL + request.path.rstrip("/")
    return is_same and set(parse_qsl(query)) <= set(request.GET.items())


def linkset_answer(
    request: HttpRequest, subject: Subject, levels: Sequence[Level], *, status: int = 200
) -> HttpResponse:
    """Return the list of all links: as a page, as JSON-LD, or as a linkset."""
    wanted = wanted_by(request)
    if wanted.accept and wanted.takes_pages:
        context = {
            "levels": [level for level in levels if level.default],
            "json_ld": linksets.json_ld(levels),
            "is_choice": status != 200,
        }
        found = render(request, "passport/links/linkset.html", context, status=status)
    else:
        is_linked_data = wanted.accept[:1] == (JSON_LD,)
        said = linksets.json_ld(levels) if is_linked_data else linksets.linkset(levels)
        media_type = JSON_LD if is_linked_data else linksets.MEDIA_TYPE
        text = json.dumps(said, ensure_ascii=False)
        found = HttpResponse(text, content_type=media_type, status=status)
    return with_links(found, CONTEXT_LINK, *_same_as(subject))


def with_links(found: HttpResponse, *links: str) -> HttpResponse:
    """Add to the Link header."""
    found["Link"] = ", ".join(filter(None, [found.get("Link", ""), *links]))
    return found


def _redirect(request: HttpRequest, subject: Subject, link: LinkValue) -> HttpResponse:
    query = request.META.get("QUERY_STRING", "") if link.passes_query else ""
    found = HttpResponse(status=307)
    found["Location"] = iri_to_uri(rules.with_query(link.href, query))
    return with_links(found, linkset_link(subject), *_same_as(subject))


def linkset_link(subject: Subject) -> str:
    """Return the Link header that says where all links of a thing are listed."""
    address = f"{settings.PUBLIC_URL}{subject.path}?linkType=linkset"
    return f'<{address}>; rel="linkset"; type="{linksets.MEDIA_TYPE}"'


def _same_as(subject: Subject) -> Iterable[str]:
    if subject.uncompressed:
        yield f'<{settings.PUBLIC_URL}{subject.uncompressed}>; rel="owl:sameAs"'


def _choices(
    request: HttpRequest, subject: Subject, levels: Sequence[Level], chosen: Sequence[LinkValue]
) -> HttpResponse:
    level = next(each for each in levels if set(chosen) <= set(each.links))
    offered = Level(level.anchor, level.description, tuple(chosen))
    return linkset_answer(request, subject, [offered], status=300)


def _handed_on(request: HttpRequest, subject: Subject) -> HttpResponse:
    """Send on to whoever answers for the number range, if somebody does."""
    other = selectors.delegation_of(subject)
    if other is None:
        raise NothingKnown(link=subject.path)
    address = other.resolver_root + subject.path
    found = HttpResponse(status=307)
    found["Location"] = rules.with_query(address, request.META.get("QUERY_STRING", ""))
    handled = f'<{address}>; rel="{link_types.HANDLED_BY}"; title="{_ascii(other.title)}"'
    return with_links(found, handled, *_same_as(subject))


def _ascii(text: str) -> str:
    """Return a title as a header can carry it."""
    return text.encode("ascii", "replace").decode().replace('"', "'")
