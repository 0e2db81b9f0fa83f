"""What a query for identifiers means: one thing, all things of a kind, or all of a company.

Identifiers are compared by ``key``: an EPC URN and any Digital Link of the same thing have one
key. A pattern is an EPC identity pattern (``urn:epc:idpat:sgtin:4012345.098765.*``) or the Digital
Link of a kind (a GTIN without serial), which stands for its instances and its lots as well;
anything else is one identifier.

An index of keys is searched for ``Pattern.exact`` and for what begins with ``Pattern.starts``.

Source: EPCIS 2.0, section 8.2.7.1.1 (MATCH parameters); EPC Tag Data Standard 2.0, section 8.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from originmark.standards.gs1 import epc_urn
from originmark.standards.gs1.digital_link import CANONICAL_ROOT

CACHED = 1 << 16
PREFIX_LENGTHS = range(4, 13)
_PATTERN = "urn:epc:idpat:"
_IDENTITY = "urn:epc:id:"
_ROOTS = {
    "sgtin": "01", "upui": "01", "sscc": "00", "sgln": "414", "pgln": "417", "grai": "8003",
    "giai": "8004", "gsrn": "8018", "gsrnp": "8017", "gdti": "253", "cpi": "8010", "sgcn": "255",
    "ginc": "401", "gsin": "402", "itip": "8006",
}  # fmt: skip
_URN_ONLY = {"imovn", "bic", "adi", "usdod"}
_PARTS = {
    "sgtin": 3, "upui": 3, "sgln": 3, "grai": 3, "gdti": 3, "cpi": 3, "sgcn": 3, "itip": 5,
    "adi": 3, "bic": 1, "imovn": 1,
}  # fmt: skip
_LEADING_DIGIT = {"sgtin", "upui", "sscc", "itip"}
# Units and lots of products, of which most identifiers are: their URNs need no parsing.
_USUAL = re.compile(
    r"https://id\.gs1\.org/01/([0-9])([0-9]{12})[0-9]/(21|10)/([0-9A-Za-z.\-_]{1,20})"
)
_KIND_LENGTHS = {"253": 13, "255": 13, "8003": 14}


class InvalidPattern(ValueError):
    """A text that sets out to be a pattern and is none; the message says why."""


@lru_cache(CACHED)
def key(identifier: str) -> str:
    """Return what all spellings of an identifier have in common.

    >>> key("urn:epc:id:sgtin:0614141.812345.6789")
    'https://id.gs1.org/01/80614141123458/21/6789'
    >>> key("urn:originmark:local:lot:7")
    'urn:originmark:local:lot:7'
    """
    return epc_urn.canonical_epc(identifier)


@dataclass(frozen=True, slots=True)
class Pattern:
    """Which keys match: ``exact`` itself, if any, and whatever starts with one of ``starts``."""

    exact: str
    starts: tuple[str, ...] = ()

    def matches(self, identifier: str) -> bool:
        """Return whether an identifier in any spelling is meant.

        >>> parse("urn:epc:idpat:sgtin:0614141.812345.*").matches(
        ...     "https://example.com/01/80614141123458/21/6789")
        True
        """
        found = key(identifier)
        return found == self.exact or (bool(self.starts) and found.startswith(self.starts))


def parse(text: str) -> Pattern:
    """Return the pattern that a text stands for; any identifier is a pattern of itself.

    >>> parse("https://id.gs1.org/01/80614141123458").starts
    ('https://id.gs1.org/01/80614141123458/',)
    >>> parse("urn:epc:idpat:sscc:0614141.*").starts[0]
    'https://id.gs1.org/00/00614141'

    Raises InvalidPattern.
    """
    if text.startswith(_PATTERN):
        return _identity_pattern(text)
    found = key(text)
    return Pattern(found, _below(found))


def spellings(identifier: str) -> tuple[str, ...]:
    """Return the texts by which others may call a thing: its link, its URNs, and as given.

    A Digital Link does not say where the company prefix ends, so each length gives a URN.

    >>> spellings("urn:epc:id:sscc:0614141.1234567890")[:2]
    ('https://id.gs1.org/00/106141412345678908', 'urn:epc:id:sscc:0614.1141234567890')
    """
    found = key(identifier)
    return tuple(dict.fromkeys([found, *_urns(found), identifier]))


def _urns(link: str) -> list[str]:
    """Return the URN of a canonical link for each length of the company prefix."""
    usual = _USUAL.fullmatch(link)
    if usual is None:
        return [epc_urn.to_urn(link, length) for length in PREFIX_LENGTHS]
    lead, digits, ai, serial = usual.groups()
    start = f"{_IDENTITY}sgtin:" if ai == "21" else "urn:epc:class:lgtin:"
    return [
        f"{start}{digits[:length]}.{lead}{digits[length:]}.{serial}" for length in PREFIX_LENGTHS
    ]


def _below(found: str) -> tuple[str, ...]:
    """Return what the links of instances and lots of a kind start with; nothing for a thing."""
    if not found.startswith(CANONICAL_ROOT):
        return ()
    parts = found.removeprefix(CANONICAL_ROOT).split("/")[1:]
    if len(parts) != 2:
        return ()
    ai, value = parts
    if ai in {"01", "8006", "8010"}:
        return (f"{found}/",)
    return (found,) if _KIND_LENGTHS.get(ai) == len(value) else ()


def _identity_pattern(text: str) -> Pattern:
    scheme, _colon, rest = text.removeprefix(_PATTERN).partition(":")
    if scheme not in _ROOTS and scheme not in _URN_ONLY:
        raise InvalidPattern(f"{text}: {scheme or 'nothing'} is no EPC scheme")
    parts = rest.split(".", _PARTS.get(scheme, 2) - 1)
    if len(parts) != _PARTS.get(scheme, 2):
        raise InvalidPattern(
            f"{text} has {len(parts)} parts, {scheme} has {_PARTS.get(scheme, 2)}, as in "
            f"{_PATTERN}{scheme}:{'.'.join(['*'] * _PARTS.get(scheme, 2))}"
        )
    known = parts.index("*") if "*" in parts else len(parts)
    if any(part != "*" for part in parts[known:]):
        raise InvalidPattern(f"{text}: nothing may follow a * but another *")
    return _pattern_of(text, scheme, parts, known)


def _pattern_of(text: str, scheme: str, parts: list[str], known: int) -> Pattern:
    if known == len(parts):
        return Pattern(_link_of(_IDENTITY + text.removeprefix(_PATTERN), text))
    if scheme in _URN_ONLY:
        start = ".".join([*parts[:known], ""]) if known else ""
        return Pattern("", (f"{_IDENTITY}{scheme}:{start}",))
    root = f"{CANONICAL_ROOT}/{_ROOTS[scheme]}/"
    if known < 2:
        starts = _of_company(scheme, root, parts[0], text) if known else (root,)
        return Pattern("", starts)
    return _of_kind(text, scheme, parts[:known], root)


def _of_kind(text: str, scheme: str, known: list[str], root: str) -> Pattern:
    """Return the pattern of which company and kind are known, but not the single thing."""
    kind = f"{known[0]}.{known[1]}"
    if scheme == "sgln":
        link = _link_of(f"{_IDENTITY}sgln:{kind}.0", text)
        return Pattern(link, (f"{link}/254/",))
    if scheme == "itip" and len(known) < 4:
        link = _link_of(f"{_PATTERN}sgtin:{kind}.*", text)
        return Pattern("", (root + link.rpartition("/")[2] + "".join(known[2:]),))
    link = _link_of(text.replace(":idpat:upui:", ":idpat:sgtin:"), text)
    return Pattern(link, _below(link))


def _of_company(scheme: str, root: str, prefix: str, text: str) -> tuple[str, ...]:
    if not (prefix.isascii() and prefix.isdigit() and len(prefix) in PREFIX_LENGTHS):
        raise InvalidPattern(f"{text}: company prefix {prefix!r} should be 4 to 12 digits")
    if scheme in _LEADING_DIGIT:
        return tuple(f"{root}{digit}{prefix}" for digit in range(10))
    return (f"{root}0{prefix}" if scheme == "grai" else f"{root}{prefix}",)


def _link_of(urn: str, text: str) -> str:
    try:
        return key(epc_urn.to_digital_link(urn))
    except epc_urn.InvalidUrn as wrong:
        raise InvalidPattern(f"{text}: {wrong}") from wrong
