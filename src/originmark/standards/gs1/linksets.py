"""Links about a thing, by level, and the linkset that lists them (RFC 9264, GS1 Resolver 1.2).

A level is a product, one of its lots, one pack. Each level that has links has exactly one default
link; what is asked for and not found at a level is looked for one level up.

Source: GS1-Conformant Resolver Standard 1.2.0; the schema of linksets at gs1/linkset, which knows
``itemDescription`` and neither ``description`` nor ``title*``.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from originmark.standards.gs1 import link_types
from originmark.standards.gs1.digital_link import DigitalLink

MEDIA_TYPE = "application/linkset+json"
CONTEXT = "https://ref.gs1.org/standards/resolver/linkset-context"
# Vocabulary of the context, for who asks for JSON-LD and gets it in the same document.
JSON_LD_CONTEXT: dict[str, Any] = {
    "@vocab": "http://www.iana.org/assignments/relation/",
    "anchor": "@id",
    "href": "@id",
    "linkset": "@graph",
    "itemDescription": "http://www.w3.org/2000/01/rdf-schema#comment",
    "title": "http://purl.org/dc/terms/title",
    "type": "http://purl.org/dc/terms/format",
    "hreflang": {"@id": "http://purl.org/dc/terms/language", "@container": "@set"},
}
HREF = re.compile(r"https?://[A-Za-z0-9.\[][^\s<>\"{}|\\^`]*", re.ASCII)
LANGUAGE = re.compile(r"[a-z]{2}(-[A-Z]{2})?", re.ASCII)
TYPE = re.compile(r"[a-z]+/[-+.A-Za-z0-9]+", re.ASCII)
# Which type a level's default is where nobody chose one.
_USUAL_DEFAULTS = ("pip", "homepage", "locationInfo", "dpp", "traceability")


@dataclass(frozen=True, slots=True)
class LinkValue:
    """One link: the URI of its type, where it leads, and what tells it from others of its type."""

    link_type: str
    href: str
    title: str
    media_type: str = ""
    hreflang: tuple[str, ...] = ()
    context: tuple[str, ...] = ()
    passes_query: bool = True
    is_public: bool = True
    is_default: bool = False

    @property
    def is_safe(self) -> bool:
        """Whether a browser may be sent there: http and https only."""
        return HREF.fullmatch(self.href) is not None

    def as_json(self) -> dict[str, Any]:
        """Return the target object of RFC 9264 with GS1's additions."""
        said = {
            "href": self.href,
            "title": self.title,
            "type": self.media_type,
            "hreflang": list(self.hreflang),
            "context": list(self.context),
            "fwqs": None if self.passes_query else False,
            "public": None if self.is_public else False,
        }
        return {name: value for name, value in said.items() if value not in ("", [], None)}


@dataclass(frozen=True, slots=True)
class Level:
    """The links of one level; ``anchor`` is the uncompressed address that they are about."""

    anchor: str
    description: str
    links: tuple[LinkValue, ...] = ()

    @property
    def default(self) -> LinkValue | None:
        """The one default link; None where the level has no links."""
        safe = [each for each in self.links if each.is_safe]
        return min(safe, key=_rank) if safe else None

    @property
    def defaults(self) -> tuple[LinkValue, ...]:
        """The links among which a request may choose where it asks for no type: never one alone."""
        chosen = tuple(each for each in self.links if each.is_default and each.is_safe)
        return chosen if len(chosen) > 1 else ()

    def of_type(self, uri: str) -> tuple[LinkValue, ...]:
        """Return the links of a type."""
        if uri == link_types.DEFAULT:
            return (self.default,) if self.default else ()
        if uri == link_types.DEFAULT_MULTI:
            return self.defaults
        return tuple(each for each in self.links if each.link_type == uri and each.is_safe)

    def as_json(self) -> dict[str, Any]:
        """Return the link context object of the level."""
        said: dict[str, Any] = {"anchor": self.anchor, "itemDescription": self.description}
        for link in self.links:
            if link.is_safe:
                said.setdefault(link.link_type, []).append(link.as_json())
        if self.default:
            bare = LinkValue(link_types.DEFAULT, self.default.href, self.default.title)
            said[link_types.DEFAULT] = [bare.as_json()]
        if self.defaults:
            said[link_types.DEFAULT_MULTI] = [each.as_json() for each in self.defaults]
        return said


def _rank(link: LinkValue) -> tuple[bool, int, bool, bool, bool]:
    """Sort links by how well they would do as the default: chosen, usual, for everybody."""
    name = link.link_type.removeprefix(link_types.VOCABULARY)
    usual = _USUAL_DEFAULTS.index(name) if name in _USUAL_DEFAULTS else len(_USUAL_DEFAULTS)
    is_page = link.media_type in {"", "text/html"}
    return (not link.is_default, usual, not is_page, bool(link.context), bool(link.hreflang))


def linkset(levels: Iterable[Level]) -> dict[str, Any]:
    """Return the linkset of all levels that have links, the finest first."""
    return {"linkset": [level.as_json() for level in levels if level.default]}


def json_ld(levels: Iterable[Level]) -> dict[str, Any]:
    """Return the linkset as JSON-LD, its context inside."""
    return {"@context": JSON_LD_CONTEXT, **linkset(levels)}


def paths_up(link: DigitalLink) -> list[str]:
    """Return the paths from a link up to its primary key, the finest first.

    >>> paths_up(DigitalLink("01", "06901234567892", (("10", "L1"), ("21", "7"))))
    ['/01/06901234567892/10/L1/21/7', '/01/06901234567892/10/L1', '/01/06901234567892']
    """
    counts = range(len(link.qualifiers), -1, -1)
    return [replace(link, qualifiers=link.qualifiers[:count]).path() for count in counts]
