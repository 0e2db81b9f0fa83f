"""GS1 Digital Link compression: a link as some twenty characters, and back, losing nothing.

The pairs of identifier and value become bits, the bits characters of the URI-safe base 64. Digits
take 3.33 bits each, hexadecimal 4, letters 6, anything else 7. A number knows how many digits it
had, so that lot ``007`` comes back as ``007``; common toolkits make ``7`` of it.

Source: GS1 Digital Link Standard: Compression; ``docs/algorithms/digital-link-compression.md``
works an example through.
"""

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from urllib.parse import quote, unquote, urlencode

from originmark.standards.gs1.compression_formats import (
    AI_LENGTHS,
    AS_SORTED,
    FORMATS,
    SEQUENCES,
    TWO_ORDERS,
    Component,
    value_bits,
)
from originmark.standards.gs1.digital_link import (
    CANONICAL_ROOT,
    QUALIFIERS,
    DigitalLink,
    InvalidDigitalLink,
    parse_path,
)

SAFE_64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
COMPRESSED = re.compile(r"[A-Za-z0-9_-]+", re.ASCII)
_PRINTABLE = re.compile(r"[!-~]*", re.ASCII)
_LOWER, _UPPER = "0123456789abcdef", "0123456789ABCDEF"
_SEVEN_BITS = "".join(map(chr, range(128)))
# The encodings of text: their number in the code, their alphabet, the bits of a character.
_TEXTS = ((2, _UPPER, 4), (1, _LOWER, 4), (3, SAFE_64, 6), (4, _SEVEN_BITS, 7))
_ALPHABETS = {number: (alphabet, bits) for number, alphabet, bits in _TEXTS}
_FOREIGN = "1111"
_LONGEST_FOREIGN = 127
_REST = 8  # fewer bits than any pair takes: what is left at the end must be padding

Pairs = dict[str, str]


@dataclass(frozen=True, slots=True)
class Elements:
    """What a link says: what it names, data attributes by identifier, and other parameters."""

    link: DigitalLink
    attributes: Mapping[str, str] = field(default_factory=dict)
    others: Mapping[str, str] = field(default_factory=dict)

    def uri(self, root: str = CANONICAL_ROOT) -> str:
        """Return the uncompressed link, data attributes in its query."""
        query = urlencode({**self.attributes, **self.others}, quote_via=quote)
        return self.link.uri(root) + (f"?{query}" if query else "")


def compress(said: Elements) -> str:
    """Return the path of the compressed link, as short as the standard makes it.

    >>> link = DigitalLink("01", "05412345000013", (("10", "ABC123"),))
    >>> compress(Elements(link, {"17": "290331"}))
    '/CwnYUc1gmo1XgkYujcNg'

    Raises InvalidDigitalLink when a value cannot be written.
    """
    pairs = {said.link.key: said.link.value, **_rest(said)}
    codes = _codes(said.link.key, set(pairs))
    taken = [ai for code in codes for ai in SEQUENCES[code]]
    bits = "".join(
        _digits(code) + "".join(_written(ai, pairs[ai]) for ai in SEQUENCES[code]) for code in codes
    )
    left = sorted(pairs.keys() - set(taken), key=lambda ai: _place(ai, said.link.key, pairs))
    return "/" + _in_64(bits + _plain({ai: pairs[ai] for ai in left}) + _foreign(said.others))


def compress_partly(said: Elements) -> str:
    """Return the path with the primary key in the open and the rest compressed.

    >>> compress_partly(Elements(DigitalLink("01", "05412345000013", (("10", "0007"),))))
    '/01/05412345000013/EAQAH'
    """
    open_path = DigitalLink(said.link.key, said.link.value).path()
    pairs = _rest(said)
    bits = _plain({ai: pairs[ai] for ai in sorted(pairs)}) + _foreign(said.others)
    return f"{open_path}/{_in_64(bits)}" if bits else open_path


def decompress(path: str) -> Elements:
    """Return what a compressed path says, wholly or partly compressed.

    >>> decompress("/01/05412345000013/EAQAH").link.path()
    '/01/05412345000013/10/0007'

    Raises InvalidDigitalLink with the reason.
    """
    segments = path.strip("/").split("/")
    bits = _bits(segments[-1])
    opened: Pairs = {}
    if len(segments) > 2 and segments[-3] in QUALIFIERS:
        opened = {segments[-3]: unquote(segments[-2])}
    try:
        return _elements({**opened, **_read(bits, SEQUENCES)}, segments[-1])
    except InvalidDigitalLink:
        if not bits.startswith(tuple(map(_digits, TWO_ORDERS))):
            raise
    return _elements(_read(bits, AS_SORTED), segments[-1])


def is_compressed(path: str) -> bool:
    """Return whether the end of a path reads as compressed pairs, right or wrong."""
    for sequences in (SEQUENCES, AS_SORTED):
        with suppress(InvalidDigitalLink):
            return bool(_read(_bits(path.strip("/").rpartition("/")[2]), sequences))
    return False


def read_path(path: str) -> Elements:
    """Return what a path says, compressed or not.

    >>> read_path("/AQnYUc1gmiAIADg") == read_path("/01/05412345000013/10/0007")
    True

    Raises InvalidDigitalLink with the reason.
    """
    try:
        return Elements(parse_path(path))
    except InvalidDigitalLink as wrong:
        try:
            return decompress(path)
        except InvalidDigitalLink as also_wrong:
            raise (also_wrong if is_compressed(path) else wrong) from None


def _rest(said: Elements) -> Pairs:
    """Return qualifiers and attributes; an attribute must not be what belongs into the path."""
    own = {ai for sequence in QUALIFIERS[said.link.key] for ai in sequence} | {said.link.key}
    if misplaced := sorted(own & said.attributes.keys()):
        raise InvalidDigitalLink(
            f"({misplaced[0]}) belongs into the path behind ({said.link.key}), not into the query"
        )
    return {**dict(said.link.qualifiers), **said.attributes}


def _codes(key: str, left: set[str]) -> list[str]:
    """Return the codes for identifiers that stand together, those that save most first."""
    fitting = [
        code for code, ais in SEQUENCES.items()
        if ais[0] == key and left.issuperset(ais) and code not in TWO_ORDERS
    ]  # fmt: skip
    return sorted(fitting, key=lambda code: -len("".join(SEQUENCES[code])))[:1]


def _place(ai: str, key: str, pairs: Pairs) -> tuple[bool, str]:
    """Sort by identifier; but the key stands first where another could be taken for it."""
    could_mislead = any(other in QUALIFIERS and other < key for other in pairs)
    return (not (could_mislead and ai == key), ai)


def _plain(pairs: Pairs) -> str:
    return "".join(_digits(ai) + _written(ai, value) for ai, value in pairs.items())


def _digits(code: str) -> str:
    return "".join(f"{int(digit, 16):04b}" for digit in code)


def _written(ai: str, value: str) -> str:
    bits, rest = "", value
    for part in _components(ai):
        taken, rest = rest[: part.length], rest[part.length :]
        if part.is_fixed and len(taken) != part.length:
            raise InvalidDigitalLink(f"({ai}) {value} is shorter than ({ai}) may be")
        bits += _number(ai, taken, part) if part.is_numeric else _text(ai, taken, part)
    if rest:
        raise InvalidDigitalLink(f"({ai}) {value} is {len(rest)} characters longer than allowed")
    return bits


def _components(ai: str) -> tuple[Component, ...]:
    if ai not in FORMATS:
        raise InvalidDigitalLink(f"({ai}) is no application identifier")
    return FORMATS[ai]


def _number(ai: str, digits: str, part: Component) -> str:
    if not (digits.isascii() and digits.isdigit()) and digits:
        raise InvalidDigitalLink(f"({ai}) holds {digits!r} where digits alone may stand")
    length = "" if part.is_fixed else f"{len(digits):0{part.length_bits}b}"
    return length + f"{int(digits or 0):0{value_bits(len(digits))}b}"


def _text(ai: str, text: str, part: Component) -> str:
    if _PRINTABLE.fullmatch(text) is None:
        raise InvalidDigitalLink(f"({ai}) holds a character that is not in GS1's alphabets")
    return _characters(text, "" if part.is_fixed else f"{len(text):0{part.length_bits}b}")


def _characters(text: str, length: str) -> str:
    if text.isascii() and text.isdigit():
        return "000" + length + f"{int(text):0{value_bits(len(text))}b}"
    number, alphabet, bits = next(
        each for each in _TEXTS if (text and set(text).issubset(each[1])) or each[0] == 4
    )
    return f"{number:03b}{length}" + "".join(f"{alphabet.index(each):0{bits}b}" for each in text)


def _foreign(others: Mapping[str, str]) -> str:
    bits = ""
    for name, value in others.items():
        is_short = max(len(name), len(value)) <= _LONGEST_FOREIGN
        if not (is_short and COMPRESSED.fullmatch(name) and value.isascii()):
            raise InvalidDigitalLink(f"{name}={value} cannot be compressed; leave it in the query")
        bits += f"{_FOREIGN}{len(name):07b}"
        bits += "".join(f"{SAFE_64.index(each):06b}" for each in name)
        bits += _characters(value, f"{len(value):07b}")
    return bits


def _in_64(bits: str) -> str:
    padded = bits + "0" * (-len(bits) % 6)
    return "".join(SAFE_64[int(padded[at : at + 6], 2)] for at in range(0, len(padded), 6))


def _bits(text: str) -> str:
    if COMPRESSED.fullmatch(text) is None:
        raise InvalidDigitalLink(f"{text!r} is no compressed link: it holds other characters")
    return "".join(f"{SAFE_64.index(each):06b}" for each in text)


def _elements(pairs: Pairs, text: str) -> Elements:
    """Tell key, qualifiers, attributes and other parameters apart."""
    key = next((ai for ai in pairs if ai in QUALIFIERS), None)
    if key is None:
        raise InvalidDigitalLink(f"{text} holds no primary key")
    sequences = QUALIFIERS[key] or ((),)
    best = max(sequences, key=lambda ais: len(pairs.keys() & set(ais)))
    link = DigitalLink(key, pairs[key], tuple((ai, pairs[ai]) for ai in best if ai in pairs))
    left = {name: value for name, value in pairs.items() if name not in {key, *best}}
    attributes = {ai: value for ai, value in left.items() if ai in FORMATS}
    return Elements(link, attributes, {k: v for k, v in left.items() if k not in FORMATS})


def _read(bits: str, sequences: Mapping[str, tuple[str, ...]]) -> Pairs:
    reader = _Reader(bits)
    pairs: Pairs = {}
    while reader.left > _REST:
        for name, value in reader.pairs(sequences):
            if name in pairs:
                raise InvalidDigitalLink(f"({name}) stands twice in a compressed link")
            pairs[name] = value
    if "1" in reader.rest():
        raise InvalidDigitalLink("a compressed link is followed by something that is no pair")
    return pairs


class _Reader:
    """Takes bits off the front; refuses to go past the end."""

    def __init__(self, bits: str) -> None:
        self._bits, self._at = bits, 0

    @property
    def left(self) -> int:
        return len(self._bits) - self._at

    def rest(self) -> str:
        return self._bits[self._at :]

    def pairs(self, sequences: Mapping[str, tuple[str, ...]]) -> Iterator[tuple[str, str]]:
        """Read what the next code stands for."""
        if self.rest().startswith(_FOREIGN):
            yield self._other()
            return
        code = f"{self._take(4):X}{self._take(4):X}"
        if code in AI_LENGTHS:
            ai = code + "".join(f"{self._take(4):X}" for _ in range(AI_LENGTHS[code] - 2))
            ais: tuple[str, ...] = (ai,)
        else:
            ais = sequences.get(code, ())
        if not ais or not set(ais) <= FORMATS.keys():
            raise InvalidDigitalLink(f"{''.join(ais) or code} is no code of a compressed link")
        for each in ais:
            yield each, "".join(self._component(part) for part in FORMATS[each])

    def _take(self, count: int) -> int:
        if count > self.left:
            raise InvalidDigitalLink("a compressed link ends in the middle of a value")
        taken = self._bits[self._at : self._at + count]
        self._at += count
        return int(taken or "0", 2)

    def _component(self, part: Component) -> str:
        if not part.is_numeric:
            return self._text(part.length, part.length_bits)
        count = part.length if part.is_fixed else self._length(part.length, part.length_bits)
        return self._number(count)

    def _length(self, longest: int, bits: int) -> int:
        count = self._take(bits)
        if count > longest:
            raise InvalidDigitalLink(f"a value of {count} characters, {longest} are allowed")
        return count

    def _number(self, count: int) -> str:
        """Return digits in full: the zeros in front were there before, and are put back."""
        number = str(self._take(value_bits(count)))
        if not count and number == "0":
            return ""
        if len(number) > count:
            raise InvalidDigitalLink(f"the number {number} has more than {count} digits")
        return number.zfill(count)

    def _text(self, longest: int, length_bits: int) -> str:
        encoding = self._take(3)
        count = self._length(longest, length_bits) if length_bits else longest
        if encoding == 0:
            return self._number(count)
        if encoding not in _ALPHABETS:
            raise InvalidDigitalLink(f"{encoding} is no encoding of a compressed link")
        alphabet, bits = _ALPHABETS[encoding]
        text = "".join(alphabet[self._take(bits)] for _ in range(count))
        if _PRINTABLE.fullmatch(text) is None:
            raise InvalidDigitalLink("a compressed link holds a character that GS1 does not allow")
        return text

    def _other(self) -> tuple[str, str]:
        self._take(len(_FOREIGN))
        name = "".join(SAFE_64[self._take(6)] for _ in range(self._take(7)))
        return name, self._text(_LONGEST_FOREIGN, 7)
