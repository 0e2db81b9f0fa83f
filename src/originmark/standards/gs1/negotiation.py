"""Which link a request means: by type, context, language and media type.

Each thing that a request says narrows what is left; where it says nothing, a link that is for
everybody wins. What still cannot be told apart is offered as a choice.

Source: GS1-Conformant Resolver Standard 1.2.0, section 2; RFC 9110, section 12 (negotiation).
"""

from collections.abc import Iterable
from dataclasses import dataclass

from originmark.standards.gs1 import link_types
from originmark.standards.gs1.linksets import MEDIA_TYPE, Level, LinkValue

LINKSET_TYPES = {"linkset", "all"}
_PAGE = "text/html"
Links = tuple[LinkValue, ...]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a request asks for; ``accept`` and ``languages`` best first."""

    link_type: str = ""
    accept: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    contexts: tuple[str, ...] = ()

    @classmethod
    def read(
        cls, *, link_type: str = "", accept: str = "", languages: str = "", context: str = ""
    ) -> "Wanted":
        """Read the parameters and headers of a request."""
        return cls(
            link_type="linkset" if link_type in LINKSET_TYPES else link_types.uri_of(link_type),
            accept=weighed(accept.lower()),
            languages=weighed(languages),
            contexts=tuple(each for each in context.split(",") if each),
        )

    @property
    def is_linkset(self) -> bool:
        """Whether the list of all links is asked for."""
        return self.link_type == "linkset" or (
            not self.link_type and self.accept[:1] in {(MEDIA_TYPE,), ("application/linkset",)}
        )

    @property
    def takes_pages(self) -> bool:
        """Whether a person looks: a browser names pages, a program does not."""
        return not self.accept or _PAGE in self.accept or "application/xhtml+xml" in self.accept

    @property
    def names_a_format(self) -> bool:
        """Whether the request is content with certain formats only, and with no page."""
        return bool(self.accept) and not self.takes_pages and "*/*" not in self.accept


def weighed(header: str) -> tuple[str, ...]:
    """Return the values of a header, those with the higher q first.

    >>> weighed("vi;q=0.5, zh-CN, en;q=0.8, fr;q=0")
    ('zh-CN', 'en', 'vi')
    """
    found = []
    for place, each in enumerate(header.split(",")):
        value, *parameters = (part.strip() for part in each.split(";"))
        weight = _weight(parameters)
        if value and weight > 0:
            found.append((-weight, place, value))
    return tuple(value for _weight, _place, value in sorted(found))


def _weight(parameters: Iterable[str]) -> float:
    for each in parameters:
        name, _, value = each.partition("=")
        if name.strip() == "q":
            try:
                return float(value)
            except ValueError:
                return 0.0
    return 1.0


def choose(levels: Iterable[Level], wanted: Wanted) -> Links:
    """Return the links that a request means: one to go to, several to offer, none: not available.

    The finest level that has links of the wanted type answers.
    """
    for level in levels:
        if found := _at(level, wanted):
            return found
    return ()


def _at(level: Level, wanted: Wanted) -> Links:
    if wanted.link_type:
        return narrowed(level.of_type(wanted.link_type), wanted)
    if wanted.names_a_format and (fitting := _fitting(level.links, wanted.accept)):
        return narrowed(fitting, wanted)
    if level.defaults and len(best := narrowed(level.defaults, wanted)) == 1:
        return best
    return (level.default,) if level.default else ()


def narrowed(links: Links, wanted: Wanted) -> Links:
    """Return what is left of links of one type after context, language and media type."""
    links = _by_context(links, wanted.contexts)
    links = _by_language(links, wanted.languages)
    return _by_media_type(links, wanted.accept)


def _by_context(links: Links, contexts: tuple[str, ...]) -> Links:
    named = {each.lower() for each in contexts}
    fitting = tuple(each for each in links if named & {one.lower() for one in each.context})
    return fitting or tuple(each for each in links if not each.context) or links


def _by_language(links: Links, languages: tuple[str, ...]) -> Links:
    for wanted in languages:
        for fits in (_same, _related):
            if found := tuple(each for each in links if fits(each.hreflang, wanted)):
                return found
    return tuple(each for each in links if not each.hreflang) or links


def _same(hreflang: tuple[str, ...], wanted: str) -> bool:
    return wanted.lower() in {each.lower() for each in hreflang}


def _related(hreflang: tuple[str, ...], wanted: str) -> bool:
    primary = wanted.lower().partition("-")[0]
    return primary in {each.lower().partition("-")[0] for each in hreflang}


def _by_media_type(links: Links, accept: tuple[str, ...]) -> Links:
    return _fitting(links, accept) or _fitting(links, (_PAGE,)) or links


def _fitting(links: Links, accept: tuple[str, ...]) -> Links:
    """Return the links of the best media type that is named; ``*/*`` names none."""
    for wanted in accept:
        kind = wanted.removesuffix("*") if wanted.endswith("/*") else wanted
        if wanted == "*/*":
            continue
        if found := tuple(
            each for each in links
            if each.media_type == wanted or (kind != wanted and each.media_type.startswith(kind))
        ):  # fmt: skip
            return found
    return ()
