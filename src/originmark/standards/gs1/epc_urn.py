"""EPC URNs and their GS1 Digital Links, both ways, for the 16 identifier types that have both.

A URN says where the company prefix ends; a Digital Link does not. The way back therefore needs
the length of the prefix: as an argument, else from the list of prefixes that GS1 publishes (in
biip), else the link stays as it is. Nothing is guessed.

Source: GS1 EPC Tag Data Standard 2.0, sections 6 and 7; CBV 2.0 section 8 (canonical links).
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import quote, unquote

from biip.gs1_prefixes import GS1CompanyPrefix

from originmark.standards.gs1 import digital_link, keys
from originmark.standards.gs1.digital_link import DigitalLink, InvalidDigitalLink

STEMS = 1 << 14
# The finest level that EPCIS names, for each primary key: at most one of these qualifiers.
_FINEST = {
    "01": ("21", "235", "10"),
    "414": ("254",),
    "8006": ("21", "10"),
    "8010": ("8011",),
}
_LITERAL = "!'()*+,-.:;=_"
_URN_WITHOUT_LINK = re.compile(r"urn:epc:id:(?:imovn|bic|adi|usdod):")


class InvalidUrn(ValueError):
    """A text that is not the EPC URN it sets out to be; the message says why."""


@dataclass(frozen=True, slots=True)
class _Shape:
    """How a URN's parts make the digits of a key.

    ``digits`` is the length of prefix and reference together, without the check digit; None
    where the key is text. ``lead`` says that the reference's first digit moves before the prefix.
    """

    key: str
    digits: int | None
    parts: int
    serial: str | None = None
    lead: bool = False
    checked: bool = True


_SHAPES: dict[str, _Shape] = {
    "id:sgtin": _Shape("01", 13, 3, serial="21", lead=True),
    "class:lgtin": _Shape("01", 13, 3, serial="10", lead=True),
    "id:upui": _Shape("01", 13, 3, serial="235", lead=True),
    "idpat:sgtin": _Shape("01", 13, 3, lead=True),
    "idpat:upui": _Shape("01", 13, 3, lead=True),
    "id:sscc": _Shape("00", 17, 2, lead=True),
    "id:sgln": _Shape("414", 12, 3, serial="254"),
    "id:pgln": _Shape("417", 12, 2),
    "id:grai": _Shape("8003", 12, 3),
    "idpat:grai": _Shape("8003", 12, 3),
    "id:giai": _Shape("8004", None, 2),
    "id:gsrn": _Shape("8018", 17, 2),
    "id:gsrnp": _Shape("8017", 17, 2),
    "id:gdti": _Shape("253", 12, 3),
    "idpat:gdti": _Shape("253", 12, 3),
    "id:sgcn": _Shape("255", 12, 3),
    "idpat:sgcn": _Shape("255", 12, 3),
    "id:cpi": _Shape("8010", None, 3, serial="8011"),
    "idpat:cpi": _Shape("8010", None, 3),
    "id:ginc": _Shape("401", None, 2),
    "id:gsin": _Shape("402", 16, 2),
    "id:itip": _Shape("8006", 13, 5, serial="21", lead=True),
    "idpat:itip": _Shape("8006", 13, 5, lead=True),
}
_INLINE_SERIAL = {"8003", "253", "255"}
_URN = re.compile(r"urn:epc:(id|class|idpat):([a-z]+):(.*)", re.ASCII | re.DOTALL)
# What most identifiers are: units and lots of a product, logistic units; nothing to be escaped.
_USUAL = re.compile(
    r"(urn:epc:(?:id:sgtin|class:lgtin):[0-9]{4,12}\.[0-9]{1,9}\.)([0-9A-Za-z'\-.;=_]{1,20})"
    r"|urn:epc:id:sscc:([0-9]{4,12})\.([0-9])([0-9]{4,12})"
)
# Links that are canonical at a glance, should their check digit be right.
PLAIN_LINK = re.compile(
    r"https://id\.gs1\.org/(?:01/[0-9]{14}(?:/(?:21|10)/[0-9A-Za-z!'()*+,\-.:;=_]{1,20})?"
    r"|00/[0-9]{18}|41[47]/[0-9]{13}|8004/[0-9]{4}[0-9A-Za-z\-._]{1,26})"
)


def to_digital_link(urn: str) -> str:
    """Return the canonical Digital Link of an EPC URN.

    Types that have none (imovn, bic, adi, usdod) come back as they are.

    >>> to_digital_link("urn:epc:id:sgtin:0614141.812345.6789")
    'https://id.gs1.org/01/80614141123458/21/6789'

    Raises InvalidUrn.
    """
    if _URN_WITHOUT_LINK.match(urn):
        return urn
    return parse(urn).uri()


def parse(urn: str) -> DigitalLink:
    """Return what an EPC URN names, as the Digital Link that names the same.

    >>> parse("urn:epc:class:lgtin:4054739.099914.20160711")
    DigitalLink(key='01', value='04054739999148', qualifiers=(('10', '20160711'),))

    Raises InvalidUrn, also for the types that have no link.
    """
    match = _URN.fullmatch(urn)
    if match is None:
        raise InvalidUrn(f"{urn!r} should look like urn:epc:id:TYPE:…")
    kind, scheme, rest = match.groups()
    shape = _SHAPES.get(f"{kind}:{scheme}")
    if shape is None:
        raise InvalidUrn(f"urn:epc:{kind}:{scheme} is no EPC type with a Digital Link")
    try:
        return _read(shape, rest, is_pattern=kind == "idpat")
    except (InvalidDigitalLink, keys.InvalidKey) as wrong:
        raise InvalidUrn(f"{urn}: {wrong}") from wrong


def to_urn(uri: str, company_prefix_length: int | None = None) -> str:
    """Return the EPC URN of a Digital Link, or the link untouched where no URN can be told.

    ``company_prefix_length`` is what the owner knows; without it GS1's published list decides.

    >>> to_urn("https://id.gs1.org/01/80614141123458/21/6789", 7)
    'urn:epc:id:sgtin:0614141.812345.6789'
    """
    try:
        link = finest(digital_link.parse(uri))
    except InvalidDigitalLink:
        return uri
    name = _urn_type(link)
    if name is None:
        return uri
    shape = _SHAPES[name]
    body = _body(shape, link)
    length = _published_length(body) if company_prefix_length is None else company_prefix_length
    longest = min(12, len(body) - 1 if shape.digits is None else 12)
    if length is None or not 4 <= length <= longest or not keys.DIGITS.fullmatch(body[:length]):
        return uri
    return f"urn:epc:{name}:" + _write(name, link, length)


def canonical_epc(identifier: str) -> str:
    """Return the one spelling in which an identifier is stored and compared.

    An EPC URN and any Digital Link become the canonical link at its finest EPC level; any other
    URI (an identifier of somebody's own) stays as it is.

    >>> canonical_epc("https://shop.example/01/6901234567892/22/A/10/007?x=1")
    'https://id.gs1.org/01/06901234567892/10/007'
    """
    if PLAIN_LINK.fullmatch(identifier):
        return identifier
    try:
        if identifier.startswith("urn:epc:"):
            return usual_link(identifier) or to_digital_link(identifier)
        return finest(digital_link.parse(identifier)).uri()
    except (InvalidUrn, InvalidDigitalLink):
        return identifier


def usual_link(urn: str) -> str | None:
    """Return the link of a unit or lot of a product, or of an SSCC, without parsing all of it.

    None for any other URN, and for one that is not valid.

    >>> usual_link("urn:epc:id:sscc:0614141.1234567890")
    'https://id.gs1.org/00/106141412345678908'
    """
    found = _USUAL.fullmatch(urn)
    if found is None:
        return None
    product, serial, prefix, lead, rest = found.groups()
    if product is not None:
        stem = _product_stem(product)
        return stem + serial if stem else None
    digits = lead + prefix + rest
    if len(digits) != _SHAPES["id:sscc"].digits:
        return None
    return f"{digital_link.CANONICAL_ROOT}/00/{digits}{keys.check_digit(digits)}"


@lru_cache(STEMS)
def _product_stem(product: str) -> str:
    """Return the link of a product up to its serial or lot; empty where it is no product."""
    try:
        return parse(product + "0").uri()[:-1]
    except InvalidUrn:
        return ""


def is_class(identifier: str) -> bool:
    """Return whether an identifier names a kind of thing (a product, a lot), not one thing."""
    if identifier.startswith(("urn:epc:class:", "urn:epc:idpat:")):
        return True
    try:
        link = finest(digital_link.parse(identifier))
    except InvalidDigitalLink:
        return False
    return link.key in {"01", "8006"} and not (link.qualifier("21") or link.qualifier("235"))


def finest(link: DigitalLink) -> DigitalLink:
    """Return the link with at most the one qualifier that EPCIS tells things apart by."""
    for ai in _FINEST.get(link.key, ()):
        value = link.qualifier(ai)
        if value is not None and (ai, value) != ("254", "0"):
            return DigitalLink(link.key, link.value, ((ai, value),))
    return DigitalLink(link.key, link.value)


def _read(shape: _Shape, rest: str, *, is_pattern: bool) -> DigitalLink:
    parts = rest.split(".", shape.parts - 1)
    if len(parts) != shape.parts:
        raise keys.InvalidKey(f"{shape.parts} parts between dots are needed, {len(parts)} found")
    if is_pattern and parts.pop() != "*":
        raise keys.InvalidKey("a class pattern ends in .*")
    prefix, reference, *tail = (unquote(part) for part in parts)
    value = _joined(shape, prefix, reference)
    if shape.key == "8006":
        value, tail = value + tail[0] + tail[1], tail[2:]
    if shape.key in _INLINE_SERIAL:
        value, tail = value + "".join(tail), []
    if shape.serial is None or (shape.serial, tail) == ("254", ["0"]):
        return DigitalLink(shape.key, value)
    return DigitalLink(shape.key, value, ((shape.serial, tail[0]),))


def _joined(shape: _Shape, prefix: str, reference: str) -> str:
    if keys.DIGITS.fullmatch(prefix) is None or not 4 <= len(prefix) <= 12:
        raise keys.InvalidKey(f"company prefix {prefix!r} should be 4 to 12 digits")
    if shape.digits is None:
        return prefix + reference
    digits = reference[:1] + prefix + reference[1:] if shape.lead else prefix + reference
    if len(digits) != shape.digits:
        raise keys.InvalidKey(
            f"prefix and reference have {len(digits)} digits together, {shape.digits} are needed"
        )
    lead = "0" if shape.key == "8003" else ""
    return lead + digits + keys.check_digit(digits)


def _trade_item(link: DigitalLink) -> str:
    named = {"21": "id:sgtin", "10": "class:lgtin", "235": "id:upui"}
    return named[link.qualifiers[0][0]] if link.qualifiers else "idpat:sgtin"


def _piece(link: DigitalLink) -> str | None:
    if link.qualifier("10") is not None:
        return None
    return "id:itip" if link.qualifiers else "idpat:itip"


_NAMES: dict[str, Callable[[DigitalLink], str | None]] = {
    "00": lambda _: "id:sscc",
    "01": _trade_item,
    "253": lambda link: "id:gdti" if len(link.value) > 13 else "idpat:gdti",
    "255": lambda link: "id:sgcn" if len(link.value) > 13 else "idpat:sgcn",
    "401": lambda _: "id:ginc",
    "402": lambda _: "id:gsin",
    "414": lambda _: "id:sgln",
    "417": lambda _: "id:pgln",
    "8003": lambda link: "id:grai" if len(link.value) > 14 else "idpat:grai",
    "8004": lambda _: "id:giai",
    "8006": _piece,
    "8010": lambda link: "id:cpi" if link.qualifiers else "idpat:cpi",
    "8017": lambda _: "id:gsrnp",
    "8018": lambda _: "id:gsrn",
}


def _urn_type(link: DigitalLink) -> str | None:
    name = _NAMES.get(link.key)
    return name(link) if name else None


def _body(shape: _Shape, link: DigitalLink) -> str:
    """Return prefix and reference, the leading digit put aside, without the check digit."""
    if shape.digits is None:
        return link.value
    start = 1 if shape.lead or link.key == "8003" else 0
    return link.value[start : start + shape.digits - (1 if shape.lead else 0)]


def _published_length(body: str) -> int | None:
    if keys.DIGITS.match(body) is None:
        return None
    prefix = GS1CompanyPrefix.extract(body)
    return len(prefix.value) if prefix else None


def _write(name: str, link: DigitalLink, length: int) -> str:
    shape = _SHAPES[name]
    body = _body(shape, link)
    lead = link.value[0] if shape.lead else ""
    parts = [body[:length], lead + _escaped(body[length:])]
    if link.key == "8006":
        parts += [link.value[14:16], link.value[16:18]]
    if link.key in _INLINE_SERIAL:
        tail = link.value[14:] if link.key == "8003" else link.value[13:]
        parts += [_escaped(tail)] if tail else []
    if link.key == "414" and not link.qualifiers:
        parts.append("0")
    parts += [_escaped(value) for _, value in link.qualifiers]
    return ".".join([*parts, "*"] if name.startswith("idpat:") else parts)


def _escaped(value: str) -> str:
    return quote(value, safe=_LITERAL)
