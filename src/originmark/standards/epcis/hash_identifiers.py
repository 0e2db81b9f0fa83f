"""Identifiers as the event hash spells them: one Digital Link for an EPC URN and any link.

The hash wants the constrained canonical Digital Link: on ``https://id.gs1.org``, without query
string, at the finest level that EPCIS tells apart. It looks at spelling only: a wrong check digit
is for validation to find, and two spellings of one wrong number must still hash alike.

Source: CBV 2.0, section 8.9.2; GS1 Digital Link: URI Syntax, section 4.11.
"""

import re
from functools import lru_cache
from urllib.parse import quote, unquote_to_bytes

from originmark.standards.gs1 import epc_urn

REMEMBERED, LONGEST_REMEMBERED = 1 << 16, 256
_CBV_URNS = {
    "urn:epcglobal:cbv:bizstep:": "https://ref.gs1.org/cbv/BizStep-",
    "urn:epcglobal:cbv:disp:": "https://ref.gs1.org/cbv/Disp-",
    "urn:epcglobal:cbv:btt:": "https://ref.gs1.org/cbv/BTT-",
    "urn:epcglobal:cbv:sdt:": "https://ref.gs1.org/cbv/SDT-",
    "urn:epcglobal:cbv:er:": "https://ref.gs1.org/cbv/ER-",
}
_ROOT = "https://id.gs1.org/"
# The hash escapes what Digital Links reserve; DigitalLink.path leaves more of it as it is.
_LITERAL = "'-.;=_"
_PLAIN = r"[0-9A-Za-z'\-.;=_]"
_CANONICAL = re.compile(
    r"https://id\.gs1\.org/(?:"
    rf"01/[0-9]{{14}}(?:/(?:21|10)/{_PLAIN}{{1,20}})?|00/[0-9]{{18}}|41[47]/[0-9]{{13}}"
    rf"|8004/[0-9]{{4}}{_PLAIN}{{1,26}})"
)
_LINK = re.compile(r"https?://[^/?#\s]+(/[^?#\s]*)(?:[?#].*)?", re.ASCII | re.DOTALL)

# Names of keys that early Digital Links used in place of numbers.
_NUMBERS = {
    "gtin": "01",
    "itip": "8006",
    "cpid": "8010",
    "gln": "414",
    "party": "417",
    "gsrnp": "8017",
    "gsrn": "8018",
    "gcn": "255",
    "sscc": "00",
    "gdti": "253",
    "ginc": "401",
    "gsin": "402",
    "grai": "8003",
    "giai": "8004",
    "cpv": "22",
    "lot": "10",
    "ser": "21",
}
_TEXT = r"[!\"%&'()*+,\-./0-9:;<=>?A-Z_a-z]"
_KEYS = {
    ai: re.compile(pattern)
    for ai, pattern in {
        "00": r"[0-9]{18}",
        "01": r"[0-9]{8}|[0-9]{12,14}",
        "253": rf"[0-9]{{13}}{_TEXT}{{0,17}}",
        "255": r"[0-9]{13,25}",
        "401": rf"[0-9]{{4}}{_TEXT}{{1,26}}",
        "402": r"[0-9]{17}",
        "414": r"[0-9]{13}",
        "417": r"[0-9]{13}",
        "8003": rf"[0-9]{{14}}{_TEXT}{{0,16}}",
        "8004": rf"[0-9]{{4}}{_TEXT}{{1,26}}",
        "8006": r"[0-9]{18}",
        "8010": r"[0-9]{4}[#\-/0-9A-Z]{1,26}",
        "8017": r"[0-9]{18}",
        "8018": r"[0-9]{18}",
    }.items()
}
_QUALIFIERS = {
    "10": re.compile(rf"{_TEXT}{{1,20}}"),
    "21": re.compile(rf"{_TEXT}{{1,20}}"),
    "22": re.compile(rf"{_TEXT}{{1,20}}"),
    "235": re.compile(rf"{_TEXT}{{1,28}}"),
    "254": re.compile(rf"{_TEXT}{{1,20}}"),
    "7040": re.compile(rf"[0-9]{_TEXT}{{3}}"),
    "8011": re.compile(r"[0-9]{1,12}"),
    "8019": re.compile(r"[0-9]{1,10}"),
}
_ALLOWED = {
    "01": {"22", "10", "21", "235"},
    "414": {"254", "7040"},
    "417": {"7040"},
    "8004": {"7040"},
    "8006": {"22", "10", "21"},
    "8010": {"8011"},
    "8017": {"8019"},
    "8018": {"8019"},
}
# At most one of these stays, the first that is there.
_FINEST = {"01": ("21", "235", "10"), "414": ("254",), "8006": ("21", "10"), "8010": ("8011",)}


def canonical(text: str) -> str | None:
    """Return an identifier or a standard word in the spelling of the hash, trimmed.

    None for a text whose first part may be the prefix of a namespace; ``urn`` and ``https`` are
    never prefixes, whatever a document declares.

    >>> canonical("urn:epc:class:lgtin:4054739.099914.007")
    'https://id.gs1.org/01/04054739999148/10/007'
    >>> canonical("http://shop.example/x/gtin/4054739999148/lot/007?15=270101")
    'https://id.gs1.org/01/04054739999148/10/007'
    >>> canonical("urn:epcglobal:cbv:disp:in_transit")
    'https://ref.gs1.org/cbv/Disp-in_transit'
    >>> canonical("https://farm.example/trees/01")
    'https://farm.example/trees/01'
    >>> canonical("ex:shipping") is None
    True
    """
    # Nobody may fill the memory with long texts.
    return remembered(text) if len(text) <= LONGEST_REMEMBERED else _spelled(text)


def _spelled(text: str) -> str | None:
    if text.startswith("urn:epc:") and (link := epc_urn.usual_link(text)):
        return link
    text = text.strip()
    scheme, colon, rest = text.partition(":")
    if scheme == "urn":
        return _of_epc_urn(text) if rest.startswith("epc:") else _of_cbv_urn(text)
    if rest.startswith("//"):
        known = scheme not in {"https", "http"} or _CANONICAL.fullmatch(text)
        return text if known else _of_link(text)
    return None if colon else text


remembered = lru_cache(maxsize=REMEMBERED)(_spelled)
"""``canonical`` for texts of up to LONGEST_REMEMBERED characters alone."""


def _of_cbv_urn(urn: str) -> str:
    for prefix, web in _CBV_URNS.items():
        if urn.startswith(prefix):
            return web + urn.removeprefix(prefix)
    return urn


def _of_epc_urn(urn: str) -> str:
    try:
        link = epc_urn.parse(urn)
    except epc_urn.InvalidUrn:
        return urn
    return _written(link.key, link.value, dict(link.qualifiers))


def _of_link(uri: str) -> str:
    match = _LINK.fullmatch(uri)
    if match is None:
        return uri
    segments = match[1].strip("/").split("/")
    for place in range(len(segments) - 2, -1, -2):
        key = _number(segments[place])
        if key in _KEYS:
            return _from(key, segments[place + 1 :]) or uri
    return uri


def _from(key: str, tail: list[str]) -> str:
    """Return the link of a key, its value and qualifiers; empty where that is no link."""
    try:
        values = [unquote_to_bytes(each).decode("ascii") for each in tail[::2]]
    except UnicodeDecodeError:
        return ""
    ais = [_number(each) for each in tail[1::2]]
    allowed = _ALLOWED.get(key, set())
    if not _KEYS[key].fullmatch(values[0]) or not allowed.issuperset(ais):
        return ""
    pairs = list(zip(ais, values[1:], strict=True))
    if not all(_QUALIFIERS[ai].fullmatch(value) for ai, value in pairs):
        return ""
    return _written(key, values[0].zfill(14) if key == "01" else values[0], dict(pairs))


def _number(segment: str) -> str:
    return _NUMBERS.get(segment, segment)


def _written(key: str, value: str, qualifiers: dict[str, str]) -> str:
    """Return the link at its finest level; the extension 0 of a GLN says that there is none."""
    link = f"{_ROOT}{key}/{quote(value, safe=_LITERAL)}"
    for ai in _FINEST.get(key, ()):
        if ai in qualifiers and (ai, qualifiers[ai]) != ("254", "0"):
            return f"{link}/{ai}/{quote(qualifiers[ai], safe=_LITERAL)}"
    return link
