"""What a link may say, and what a path is about: pure decisions."""

import re
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import quote, unquote, urlsplit

from originmark.mark.passport.resolver.refusals import (
    AnchorRefused,
    BadLink,
    DefaultIsThePassport,
    LinkRefused,
    PrefixRefused,
)
from originmark.standards.gs1 import compression, digital_link, keys, link_types, linksets
from originmark.standards.gs1.digital_link import DigitalLink, InvalidDigitalLink

OWN = "own"
_OWN_PATH = re.compile(
    r"/own/(?P<product>[-A-Za-z0-9_]{1,40})(/10/(?P<lot>[^/]{1,60})(/21/(?P<serial>[^/]{1,40}))?)?",
    re.ASCII,
)
_LONGEST_CONTEXT = 40


@dataclass(frozen=True, slots=True)
class LinkDraft:
    """A link as somebody says it."""

    anchor: str
    link_type: str
    href: str
    title: str
    media_type: str = ""
    hreflang: tuple[str, ...] = ()
    context: tuple[str, ...] = ()
    passes_query: bool = True
    is_public: bool = True
    is_default: bool = False
    valid_from: date | None = None
    valid_until: date | None = None


@dataclass(frozen=True, slots=True)
class Subject:
    """What an address is about: a primary key or a product of our own, and its qualifiers.

    ``uncompressed`` is path and query of an address that was compressed, empty for others.
    """

    key: str
    value: str
    qualifiers: tuple[tuple[str, str], ...] = ()
    uncompressed: str = ""

    @property
    def paths(self) -> tuple[str, ...]:
        """The paths from the thing itself up to its key, the finest first."""
        if self.key != OWN:
            link = DigitalLink(self.key, self.value, self.qualifiers)
            return tuple(linksets.paths_up(link))
        steps = [f"/own/{self.value}"]
        for ai, value in self.qualifiers:
            steps.append(f"{steps[-1]}/{ai}/{quote(value, safe='')}")
        return tuple(reversed(steps))

    @property
    def path(self) -> str:
        """The canonical path of the thing."""
        return self.paths[0]

    @property
    def lot(self) -> str:
        """The lot that is named, if one is."""
        return dict(self.qualifiers).get("10", "")

    @property
    def serial(self) -> str:
        """The serial that is named, if one is."""
        return dict(self.qualifiers).get("21", "")

    @property
    def is_of_a_lot(self) -> bool:
        """Whether the passport of a lot or pack answers."""
        return self.key in {"01", OWN} and bool(self.lot)

    @property
    def company_digits(self) -> str:
        """The digits of the key from where a company prefix begins; nothing for our own keys."""
        if self.key == OWN:
            return ""
        return self.value[1:] if self.key in {"00", "01", "8003", "8006"} else self.value


def subject_of(key: str, value: str, *, lot: str, serial: str) -> Subject:
    """Return what a lot or a pack of a product is; raises BadLink."""
    named = tuple((ai, each) for ai, each in (("10", lot), ("21", serial)) if each)
    if key != OWN:
        try:
            DigitalLink(key, value, named)
        except InvalidDigitalLink as wrong:
            raise BadLink(link=f"/{key}/{value}"[:200], why=str(wrong)) from None
    return Subject(key, value, named)


def read_path(path: str) -> Subject:
    """Return what a path is about, compressed or not; raises BadLink."""
    if found := _OWN_PATH.fullmatch(path.rstrip("/")):
        parts = {"10": found["lot"], "21": found["serial"]}
        qualifiers = tuple((ai, unquote(value)) for ai, value in parts.items() if value)
        return Subject(OWN, found["product"], qualifiers)
    with suppress(InvalidDigitalLink):
        link = digital_link.parse_path(path)
        return Subject(link.key, link.value, link.qualifiers)
    try:
        said = compression.read_path(path)
    except InvalidDigitalLink as wrong:
        raise BadLink(link=path[:200], why=str(wrong)) from None
    return Subject(said.link.key, said.link.value, said.link.qualifiers, said.uri(""))


def read_anchor(text: str) -> Subject:
    """Return what a link is said to be about: an address, or its path; raises AnchorRefused."""
    typed = text.strip()
    path = urlsplit(typed).path if "://" in typed else typed
    try:
        return replace(read_path("/" + path.strip("/")), uncompressed="")
    except BadLink as wrong:
        raise AnchorRefused(anchor=typed[:200], why=wrong.why) from None


def checked(draft: LinkDraft) -> LinkDraft:
    """Return a link in canonical form; raises the refusal of the part that is wrong."""
    subject = read_anchor(draft.anchor)
    if draft.is_default and subject.is_of_a_lot:
        raise DefaultIsThePassport(anchor=subject.path)
    _check_target(draft)
    _check_languages(draft.hreflang)
    if draft.valid_from and draft.valid_until and draft.valid_until < draft.valid_from:
        why = "it ends before it begins"
        raise LinkRefused(found=str(draft.valid_until), why=why, where="valid_until")
    return replace(draft, anchor=subject.path, link_type=_link_type(draft.link_type),
                   href=draft.href.strip(), title=draft.title.strip(),
                   media_type=draft.media_type.strip().lower())  # fmt: skip


def _link_type(spelling: str) -> str:
    try:
        return link_types.checked(spelling)
    except link_types.InvalidLinkType as wrong:
        raise LinkRefused(found=spelling, why=str(wrong), where="link_type") from None


def _check_target(draft: LinkDraft) -> None:
    if linksets.HREF.fullmatch(draft.href.strip()) is None:
        why = "an address has to start with https:// or http:// and hold no spaces"
        raise LinkRefused(found=draft.href[:100], why=why, where="href")
    if not draft.title.strip():
        raise LinkRefused(found="", why="a link needs a title", where="title")
    if draft.media_type and linksets.TYPE.fullmatch(draft.media_type.strip().lower()) is None:
        why = "a format looks like text/html or application/json"
        raise LinkRefused(found=draft.media_type, why=why, where="media_type")
    for context in draft.context:
        if not 0 < len(context) <= _LONGEST_CONTEXT or "," in context:
            why = f"a context is a word of up to {_LONGEST_CONTEXT} characters"
            raise LinkRefused(found=context, why=why, where="context")


def _check_languages(languages: tuple[str, ...]) -> None:
    for language in languages:
        if linksets.LANGUAGE.fullmatch(language) is None:
            why = "a language is two letters, or two and a country: en, vi, zh-CN"
            raise LinkRefused(found=language, why=why, where="hreflang")


def checked_prefix(prefix: str) -> str:
    """Return a GS1 company prefix; raises PrefixRefused."""
    text = prefix.strip()
    if keys.DIGITS.fullmatch(text) is None or not 4 <= len(text) <= 12:
        raise PrefixRefused(prefix=prefix, why="it has other than 4 to 12 digits")
    return text


def checked_root(root: str) -> str:
    """Return the root of another resolver without its last slash; raises LinkRefused."""
    text = root.strip().rstrip("/")
    if linksets.HREF.fullmatch(text) is None or "?" in text or "#" in text:
        why = "the root of a resolver is an address without query, as in https://id.gs1.org"
        raise LinkRefused(found=root[:100], why=why, where="resolver_root")
    return text


def with_query(href: str, query: str) -> str:
    """Return an address with a query appended, before its fragment.

    >>> with_query("https://a.example/x?y=1#z", "linkType=pip")
    'https://a.example/x?y=1&linkType=pip#z'
    """
    if not query:
        return href
    address, hash_mark, fragment = href.partition("#")
    joint = "&" if "?" in address else "?"
    return f"{address}{joint}{query}{hash_mark}{fragment}"
