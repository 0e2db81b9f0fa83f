"""GS1 Digital Link URIs, uncompressed: read, check, build.

A link may stand on any host and below any path; its meaning is the primary key, the qualifiers
in the order of the standard, and the data attributes of the query. The canonical form stands on
``https://id.gs1.org`` and has no attributes. Values keep their leading zeros.

Source: GS1 Digital Link Standard: URI Syntax 1.4; keys and qualifiers as in the GS1 Barcode
Syntax Dictionary (attribute ``dlpkey``).
"""

import re
from dataclasses import dataclass
from urllib.parse import SplitResult, quote, unquote_to_bytes, urlsplit

from originmark.standards.gs1 import keys

CANONICAL_ROOT = "https://id.gs1.org"

# For each primary key the sequences of qualifiers that it may have; any may be left out.
QUALIFIERS: dict[str, tuple[tuple[str, ...], ...]] = {
    "00": (),
    "01": (("22", "10", "21"), ("235",)),
    "253": (),
    "255": (),
    "401": (),
    "402": (),
    "414": (("254",), ("7040",)),
    "415": (("8020",),),
    "417": (("7040",),),
    "8003": (),
    "8004": (("7040",),),
    "8006": (("22", "10", "21"),),
    "8010": (("8011",),),
    "8013": (),
    "8017": (("8019",),),
    "8018": (("8019",),),
}
# Escaped in EPC URNs as well (Tag Data Standard, table of escapes), so that both forms read alike.
_LITERAL = "!'()*+,-.:;=_$@"
_BROKEN_ESCAPE = re.compile(r"%(?![0-9A-Fa-f]{2})")


class InvalidDigitalLink(ValueError):
    """A text that is no GS1 Digital Link; the message says what was found and expected."""


@dataclass(frozen=True, slots=True)
class DigitalLink:
    """What a Digital Link names: a primary key with its qualifiers, all values decoded.

    >>> DigitalLink("01", "6901234567892", (("10", "L/1"),)).uri()
    'https://id.gs1.org/01/06901234567892/10/L%2F1'
    """

    key: str
    value: str
    qualifiers: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        if self.key not in QUALIFIERS:
            raise InvalidDigitalLink(
                f"({self.key}) is no primary key of a Digital Link; it should be one of "
                + ", ".join(QUALIFIERS)
            )
        _require_order(self.key, tuple(ai for ai, _ in self.qualifiers))
        object.__setattr__(self, "value", _checked(self.key, self.value))
        pairs = tuple((ai, _checked(ai, value)) for ai, value in self.qualifiers)
        object.__setattr__(self, "qualifiers", pairs)

    def qualifier(self, ai: str) -> str | None:
        """Return the value of a qualifier, None where the link has none."""
        return dict(self.qualifiers).get(ai)

    def path(self) -> str:
        """Return the path of the link, percent-encoded, as in ``/01/06901234567892/21/7``."""
        pairs = ((self.key, self.value), *self.qualifiers)
        return "".join(f"/{ai}/{quote(value, safe=_LITERAL)}" for ai, value in pairs)

    def uri(self, root: str = CANONICAL_ROOT) -> str:
        """Return the link below a root of your choice; the default is the canonical form."""
        return root.rstrip("/") + self.path()

    def without(self, *ais: str) -> "DigitalLink":
        """Return the link less these qualifiers: one level up, as a resolver walks."""
        kept = tuple(pair for pair in self.qualifiers if pair[0] not in ais)
        return DigitalLink(self.key, self.value, kept)


def parse(uri: str) -> DigitalLink:
    """Return what an uncompressed Digital Link names, wherever it stands.

    >>> parse("https://example.com/shop/01/06901234567892/10/0007?15=270101")
    DigitalLink(key='01', value='06901234567892', qualifiers=(('10', '0007'),))

    Raises InvalidDigitalLink with the reason.
    """
    parts = _split(uri)
    return parse_path(parts.path)


def parse_path(path: str) -> DigitalLink:
    """Return what the path of a Digital Link names; a trailing slash makes no difference."""
    if broken := _BROKEN_ESCAPE.search(path):
        found = path[broken.start() : broken.start() + 3]
        raise InvalidDigitalLink(f"{found!r} is no percent escape; write a lone % as %25")
    segments = path.strip("/").split("/")
    start = _key_position(segments)
    values = [_decoded(segment) for segment in segments[start:]]
    pairs = list(zip(values[::2], values[1::2], strict=True))
    return DigitalLink(pairs[0][0], pairs[0][1], tuple(pairs[1:]))


def is_digital_link(uri: str) -> bool:
    """Return whether a text is a valid uncompressed Digital Link."""
    try:
        parse(uri)
    except InvalidDigitalLink:
        return False
    return True


def canonical(uri: str) -> str:
    """Return the same link on ``https://id.gs1.org``, without prefix path, query or fragment.

    >>> canonical("https://example.com/shop/01/6901234567892/21/%37?linkType=gs1:pip")
    'https://id.gs1.org/01/06901234567892/21/7'
    """
    return parse(uri).uri()


def _split(uri: str) -> SplitResult:
    try:
        parts = urlsplit(uri)
    except ValueError as broken:
        raise InvalidDigitalLink(f"{uri!r} is no web address: {broken}") from broken
    if parts.scheme not in {"http", "https"} or not parts.netloc:
        raise InvalidDigitalLink(f"{uri!r} should start with https:// and a host")
    return parts


def _key_position(segments: list[str]) -> int:
    """Return where the primary key stands: the last place from which keys and values alternate."""
    places = [place for place, segment in enumerate(segments) if segment in QUALIFIERS]
    for place in reversed(places):
        tail = segments[place:]
        qualifiers = {ai for sequence in QUALIFIERS[tail[0]] for ai in sequence}
        if len(tail) % 2 == 0 and all(ai in qualifiers for ai in tail[2::2]):
            return place
    if not places:
        raise InvalidDigitalLink(
            f"/{'/'.join(segments)} names no primary key, one of {', '.join(QUALIFIERS)} is needed"
        )
    _refuse_tail(segments[places[0] :])
    raise AssertionError  # pragma: no cover (the line above always raises)


def _refuse_tail(tail: list[str]) -> None:
    if len(tail) % 2:
        raise InvalidDigitalLink(f"({tail[-1]}) at the end of the link has no value")
    _require_order(tail[0], tuple(tail[2::2]))


def _require_order(key: str, found: tuple[str, ...]) -> None:
    sequences = QUALIFIERS[key]
    if not found or any(_in_order(found, sequence) for sequence in sequences):
        return
    allowed = " or ".join(", ".join(f"({ai})" for ai in sequence) for sequence in sequences)
    raise InvalidDigitalLink(
        f"({key}) is followed by {', '.join(f'({ai})' for ai in found)}; "
        + (f"allowed, in this order: {allowed}" if allowed else "it takes no qualifier")
    )


def _in_order(found: tuple[str, ...], sequence: tuple[str, ...]) -> bool:
    return found == tuple(ai for ai in sequence if ai in found)


def _checked(ai: str, value: str) -> str:
    try:
        return keys.check_value(ai, value)
    except keys.InvalidKey as wrong:
        raise InvalidDigitalLink(str(wrong)) from wrong


def _decoded(segment: str) -> str:
    try:
        return unquote_to_bytes(segment).decode("ascii")
    except UnicodeDecodeError as wrong:
        raise InvalidDigitalLink(f"{segment!r} holds a character outside ASCII") from wrong
