"""GS1 identification keys: their alphabets, lengths and check digits.

Digits are the ten of ASCII. Parsers that ask ``str.isdecimal`` take Arabic-Indic digits for
digits as well; here they are refused before anything else looks at them.

Source: GS1 General Specifications, section 3 (the keys) and 7.9 (check digits); lengths and
alphabets as in the GS1 Barcode Syntax Dictionary.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

DIGITS = re.compile(r"[0-9]+", re.ASCII)
CSET_82 = re.compile(r"""[!"%&'()*+,\-./0-9:;<=>?A-Z_a-z]+""", re.ASCII)
CSET_39 = re.compile(r"[#\-/0-9A-Z]+", re.ASCII)

_MODEL_ALPHABET = (
    "!\"%&'()*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz"
)
_MODEL_CHECKS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
_PRIMES = (2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83)


class InvalidKey(ValueError):
    """A text that is not the GS1 key it is said to be; the message says what was found."""


@dataclass(frozen=True, slots=True)
class Numeric:
    """A key that is a fixed number of digits ending in a check digit, then perhaps a serial."""

    name: str
    digits: int
    tail: re.Pattern[str] | None = None
    tail_max: int = 0

    def check(self, text: str) -> str:
        """Return the text when it is such a key."""
        head, tail = text[: self.digits], text[self.digits :]
        _require_digits(self.name, head)
        if len(head) != self.digits or (tail and self.tail is None):
            raise InvalidKey(_length(self.name, text, str(self.digits)))
        _require_check_digit(self.name, head)
        if tail and self.tail is not None:
            _require_characters(f"serial of {self.name}", tail, self.tail, self.tail_max)
        return text


@dataclass(frozen=True, slots=True)
class Text:
    """A key or qualifier of characters from one alphabet, one to ``longest`` of them."""

    name: str
    alphabet: re.Pattern[str]
    longest: int

    def check(self, text: str) -> str:
        """Return the text when it is such a key."""
        _require_characters(self.name, text, self.alphabet, self.longest)
        return text


def check_digit(digits: str) -> str:
    """Return the check digit that belongs behind ``digits`` (GS1 General Specifications 7.9.1).

    >>> check_digit("690123456789")
    '2'
    """
    _require_digits("number", digits)
    total = 3 * sum(map(int, digits[::-2])) + sum(map(int, digits[-2::-2]))
    return str(-total % 10)


def gtin(text: str) -> str:
    """Return a GTIN-8, -12, -13 or -14 as the 14 digits in which it is stored.

    >>> gtin("6901234567892")
    '06901234567892'
    >>> gtin("40170726")
    Traceback (most recent call last):
    originmark.standards.gs1.keys.InvalidKey: GTIN 40170726 ends in 6, its check digit should be 5
    """
    _require_digits("GTIN", text)
    if len(text) not in {8, 12, 13, 14}:
        raise InvalidKey(_length("GTIN", text, "8, 12, 13 or 14"))
    _require_check_digit("GTIN", text)
    return text.zfill(14)


def shown_gtin(gtin14: str) -> str:
    """Return a stored GTIN as it is printed: 13 digits for a retail pack, else all 14.

    >>> shown_gtin("06901234567892")
    '6901234567892'
    """
    return gtin14[1:] if gtin14.startswith("0") else gtin14


def gln(text: str) -> str:
    """Return a GLN (13 digits) when its check digit is right."""
    return _GLN.check(text)


def sscc(text: str) -> str:
    """Return an SSCC (18 digits) when its check digit is right."""
    return _SSCC.check(text)


def model_check_pair(text: str) -> str:
    """Return the two check characters of a Global Model Number (General Specifications 7.9.5).

    >>> model_check_pair("1987654Ad4X4bL5ttr2310c")
    '2K'
    """
    weights = reversed(_PRIMES[: len(text)])
    values = (_MODEL_ALPHABET.index(character) for character in text)
    total = sum(value * weight for value, weight in zip(values, weights, strict=True)) % 1021
    return _MODEL_CHECKS[total >> 5] + _MODEL_CHECKS[total & 31]


def check_value(ai: str, text: str) -> str:
    """Return the value of an application identifier in canonical form, or raise InvalidKey.

    ``ai`` is a Digital Link primary key or qualifier; a GTIN becomes 14 digits, all else stays
    as it is, leading zeros kept.
    """
    if ai not in _CHECKS:
        raise InvalidKey(f"application identifier ({ai}) is no Digital Link key or qualifier")
    return _CHECKS[ai](text)


def _trade_item_piece(text: str) -> str:
    _require_digits("ITIP", text)
    if len(text) != 18:
        raise InvalidKey(_length("ITIP", text, "18"))
    gtin(text[:14])
    piece, total = int(text[14:16]), int(text[16:])
    if not 1 <= piece <= total:
        raise InvalidKey(
            f"ITIP {text} says piece {piece} of {total}; the first is 1, the last {total}"
        )
    return text


def _returnable_asset(text: str) -> str:
    if not text.startswith("0"):
        raise InvalidKey(f"GRAI {text} starts with {text[:1] or 'nothing'}, it should start with 0")
    return Numeric("GRAI", 14, CSET_82, 16).check(text)


def _unit_extension(text: str) -> str:
    _require_characters("UIC extension", text, CSET_82, 4)
    if len(text) != 4 or DIGITS.fullmatch(text[0]) is None:
        raise InvalidKey(f"UIC extension {text} should be a digit and three characters")
    return text


def _model(text: str) -> str:
    _require_characters("GMN", text, CSET_82, 25)
    if len(text) < 3 or (pair := model_check_pair(text[:-2])) != text[-2:]:
        wanted = pair if len(text) >= 3 else "behind at least one other character"
        raise InvalidKey(f"GMN {text} ends in {text[-2:]}, its check pair should be {wanted}")
    return text


def _require_digits(name: str, text: str) -> None:
    if not text:
        raise InvalidKey(f"{name} is empty, digits were expected")
    if DIGITS.fullmatch(text) is None:
        found = next(each for each in text if DIGITS.fullmatch(each) is None)
        raise InvalidKey(f"{name} {text} holds {found!r}, only the digits 0 to 9 are allowed")


def _require_characters(name: str, text: str, alphabet: re.Pattern[str], longest: int) -> None:
    if not 1 <= len(text) <= longest:
        raise InvalidKey(f"{name} has {len(text)} characters, 1 to {longest} are allowed")
    if alphabet.fullmatch(text) is None:
        found = next(each for each in text if alphabet.fullmatch(each) is None)
        raise InvalidKey(f"{name} {text} holds {found!r}, which GS1 does not allow there")


def _require_check_digit(name: str, text: str) -> None:
    wanted = check_digit(text[:-1]) if len(text) > 1 else text
    if text[-1] != wanted:
        raise InvalidKey(f"{name} {text} ends in {text[-1]}, its check digit should be {wanted}")


def _length(name: str, text: str, wanted: str) -> str:
    return f"{name} {text} has {len(text)} digits, it should have {wanted}"


_GLN = Numeric("GLN", 13)
_SSCC = Numeric("SSCC", 18)
_CHECKS: dict[str, Callable[[str], str]] = {
    "00": _SSCC.check,
    "01": gtin,
    "10": Text("lot", CSET_82, 20).check,
    "21": Text("serial", CSET_82, 20).check,
    "22": Text("consumer product variant", CSET_82, 20).check,
    "235": Text("third-party serial", CSET_82, 28).check,
    "253": Numeric("GDTI", 13, CSET_82, 17).check,
    "254": Text("extension of GLN", CSET_82, 20).check,
    "255": Numeric("GCN", 13, DIGITS, 12).check,
    "401": Text("GINC", CSET_82, 30).check,
    "402": Numeric("GSIN", 17).check,
    **dict.fromkeys(("410", "411", "412", "413", "414", "415", "416", "417"), _GLN.check),
    "7040": _unit_extension,
    "8003": _returnable_asset,
    "8004": Text("GIAI", CSET_82, 30).check,
    "8006": _trade_item_piece,
    "8010": Text("CPI", CSET_39, 30).check,
    "8020": Text("payment reference", CSET_82, 25).check,
    "8011": Text("CPI serial", DIGITS, 12).check,
    "8013": _model,
    "8017": Numeric("GSRN", 18).check,
    "8018": Numeric("GSRN", 18).check,
    "8019": Text("service relation instance", DIGITS, 10).check,
}
