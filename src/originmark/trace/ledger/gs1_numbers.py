"""Which GTIN and which company prefixes an identifier may bear."""

import re
from dataclasses import dataclass
from functools import lru_cache

from originmark.standards.gs1.epc_urn import InvalidUrn, parse

_LINK = re.compile(r"https?://[^?#]*/(00|01|8003|8004|8006)/([0-9]{6,30})")
_URN = re.compile(r"urn:epc:(?:id|class):([a-z]+):([0-9]{4,12})\.([0-9]*)(\.?)")
_SHORTEST, _LONGEST = 4, 12


@dataclass(frozen=True, slots=True)
class Number:
    """A GTIN of 14 digits, if it is one, and the company prefixes that it may begin with."""

    gtin: str
    prefixes: tuple[str, ...]


def number_of(identifier: str) -> Number | None:
    """Return the number of a Digital Link or EPC URN; None for identifiers without.

    A URN says where its prefix ends; of a link every length is possible.

    >>> number_of("https://id.gs1.org/01/09521141012345/10/A").gtin
    '09521141012345'
    >>> number_of("urn:epc:id:sgtin:9521141.001234.7")
    Number(gtin='09521141012341', prefixes=('9521141',))
    """
    if urn := _URN.match(identifier):
        scheme, prefix, reference, _ = urn.groups()
        return Number(_gtin(scheme, prefix, reference), (prefix,))
    link = _LINK.match(identifier)
    if link is None:
        return None
    return _linked(link[1], link[2])


@lru_cache(4096)
def _gtin(scheme: str, prefix: str, reference: str) -> str:
    if scheme not in ("sgtin", "lgtin"):
        return ""
    try:
        return parse(f"urn:epc:idpat:sgtin:{prefix}.{reference}.*").value
    except InvalidUrn:
        return ""


@lru_cache(4096)
def _linked(key: str, digits: str) -> Number:
    # Before the company prefix stands an indicator (GTIN), an extension (SSCC) or a zero (GRAI).
    start = digits if key == "8004" else digits[1:]
    prefixes = tuple(start[:length] for length in range(_SHORTEST, _LONGEST + 1))
    return Number(digits.zfill(14)[:14] if key in ("01", "8006") else "", prefixes)
