"""Values of parameters: read from texts or JSON, compared with what events say."""

import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation
from operator import ge, gt, le, lt
from typing import Any, Final

from originmark.standards.epcis.checks import is_uri
from originmark.standards.epcis.query.invalid import QueryInvalid
from originmark.standards.epcis.times import parse_moment
from originmark.standards.epcis.vocabulary import Vocabulary

COMPARISONS: Final[dict[str, Callable[[Any, Any], bool]]] = {"GT": gt, "GE": ge, "LT": lt, "LE": le}
_NUMBER = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]{1,3})?")
_COMMA_BEFORE_URI = re.compile(r",(?=(?:https?://|urn:|ni:))")
_WORD_LIST = re.compile(r"[A-Za-z_]+(,[A-Za-z_]+)+")
_NUMBER_LIST = re.compile(r"[0-9+.eE-]+(,[0-9+.eE-]+)+")
_TRUE = {"true", "1", "", "null"}
_FALSE = {"false", "0"}


@dataclass(frozen=True, slots=True)
class Scalar:
    """A value of no declared type: its text, and what else it can be read as."""

    text: str
    number: Decimal | None = None
    moment: datetime | None = None

    def equals(self, other: "Scalar") -> bool:
        """Return whether both say the same as number, as time or letter by letter."""
        if self.number is not None and other.number is not None:
            return self.number == other.number
        if self.moment is not None and other.moment is not None:
            return self.moment == other.moment
        return self.text == other.text

    def stands(self, comparison: Callable[[Any, Any], bool], other: "Scalar") -> bool:
        """Return how this compares with a limit, both as numbers or both as times."""
        if self.number is not None and other.number is not None:
            return comparison(self.number, other.number)
        if self.moment is not None and other.moment is not None:
            return comparison(self.moment, other.moment)
        return False


def number(value: object) -> Decimal | None:
    """Return a JSON number, or the number that a text of ASCII digits writes."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float | Decimal):
        return _finite(str(value))
    if isinstance(value, str) and _NUMBER.fullmatch(value):
        return _finite(value)
    return None


def moment(value: object) -> datetime | None:
    """Return a time with an offset."""
    try:
        return parse_moment(value) if isinstance(value, str) else None
    except ValueError:
        return None


def scalar(value: object) -> Scalar:
    """Return what an event says in an extension.

    A number in quotes is read as a number for comparisons; that ``"007"`` is not ``"7"`` is kept
    by asking for texts as texts (see ``asked``).
    """
    if isinstance(value, bool):
        return Scalar("true" if value else "false")
    if isinstance(value, str):
        return Scalar(value, None, moment(value))
    return Scalar(str(value), number(value))


def limit(value: object) -> Scalar:
    """Return what an event says, a number in quotes (as XML leaves them) included."""
    said = scalar(value)
    return said if said.number is not None else Scalar(said.text, number(value), said.moment)


class Reader:
    """Reads the values of one parameter.

    ``given`` are the texts of an address, or the value of a JSON member. Raises QueryInvalid.
    """

    def __init__(self, name: str, given: Iterable[Any], *, is_text: bool) -> None:
        self.name, self.is_text = name, is_text
        self.given = list(given)

    def one(self) -> Any:
        """Return the only value."""
        if len(self.given) != 1:
            raise QueryInvalid(self.name, f"{len(self.given)} values", "one value")
        return self.given[0]

    def listed(self, comma: re.Pattern[str] | None = None) -> list[Any]:
        """Return the values of a list; in an address ``|`` parts them, and perhaps a comma."""
        values = list(self._parted(comma)) if self.is_text else self.given
        if not values:
            raise QueryInvalid(self.name, "nothing", "at least one value")
        for each in values:
            if isinstance(each, str) and (not each or "\x00" in each):
                raise QueryInvalid(self.name, repr(each), "a value")
        return values

    def _parted(self, comma: re.Pattern[str] | None) -> Iterator[Any]:
        for text in self.given:
            if text.startswith("["):
                yield from self._json_list(text)
                continue
            for part in text.split("|"):
                if part == "" and "|" in text:
                    continue
                yield from comma.split(part) if comma is not None else [part]

    def _json_list(self, text: str) -> list[Any]:
        try:
            parsed = json.loads(text)
        except ValueError as wrong:
            raise QueryInvalid(self.name, text, "a list, as in a|b") from wrong
        if not isinstance(parsed, list):
            raise QueryInvalid(self.name, text, "a list, as in a|b")
        return parsed

    def texts(self) -> tuple[str, ...]:
        """Return any texts."""
        return tuple(self._text(each) for each in self.listed())

    def _text(self, value: object) -> str:
        if not isinstance(value, str):
            raise QueryInvalid(self.name, repr(value), "a text")
        return value

    def uris(self) -> tuple[str, ...]:
        """Return URIs; a comma parts them only where another URI begins behind it."""
        return tuple(self._uri(each) for each in self.listed(_COMMA_BEFORE_URI))

    def _uri(self, value: object) -> str:
        text = self._text(value)
        if not is_uri(text):
            raise QueryInvalid(self.name, text, "an absolute URI")
        return text

    def words(self, vocab: Vocabulary) -> tuple[str, ...]:
        """Return standard words in their bare form, and URIs of somebody's own."""
        words = []
        for each in self._worded():
            word = vocab.normalise(each)
            if word not in vocab.words and not is_uri(word):
                raise QueryInvalid(self.name, each, f"a standard {vocab.name} or an absolute URI")
            words.append(word)
        return tuple(words)

    def one_of(self, words: frozenset[str], *, or_uri: bool = False) -> tuple[str, ...]:
        """Return words of a closed list, and URIs where those are taken."""
        values = tuple(self._worded())
        for each in values:
            if each not in words and not (or_uri and is_uri(each)):
                expected = "one of " + ", ".join(sorted(words)) + (" or a URI" if or_uri else "")
                raise QueryInvalid(self.name, each, expected)
        return values

    def _worded(self) -> Iterator[str]:
        for each in self.listed(_COMMA_BEFORE_URI):
            text = self._text(each)
            yield from text.split(",") if self._is_list(_WORD_LIST, text) else [text]

    def _is_list(self, pattern: re.Pattern[str], text: str) -> bool:
        return self.is_text and pattern.fullmatch(text) is not None

    def time(self) -> tuple[datetime]:
        """Return one time."""
        text = self._text(self.one())
        # A plus sign in an address is read as a blank where nobody escaped it.
        found = moment(text.replace(" ", "+") if self.is_text else text)
        if found is None:
            raise QueryInvalid(
                self.name, text or "nothing", "a time with offset, as in 2026-09-22T07:15:00+08:00"
            )
        return (found,)

    def figure(self) -> tuple[Decimal]:
        """Return one number."""
        return (self._figure(self.one()),)

    def figures(self) -> tuple[Decimal, ...]:
        """Return numbers."""
        values: list[Any] = []
        for each in self.listed():
            is_list = isinstance(each, str) and self._is_list(_NUMBER_LIST, each)
            values.extend(each.split(",") if is_list else [each])
        return tuple(self._figure(each) for each in values)

    def _figure(self, value: object) -> Decimal:
        found = number(value) if self.is_text or not isinstance(value, str) else None
        if found is None:
            raise QueryInvalid(self.name, repr(value), "a number")
        return found

    def flag(self) -> tuple[bool]:
        """Return true or false; a name alone, null and any number but 0 mean true."""
        value = self.one()
        if value is None or isinstance(value, bool | int):
            return (value is None or bool(value),)
        if self.is_text and value.lower() in _TRUE | _FALSE:
            return (value.lower() in _TRUE,)
        raise QueryInvalid(self.name, repr(value), "true or false")

    def count(self) -> int:
        """Return a number of events, at least one."""
        value = self.one()
        if self.is_text and value.isascii() and value.isdigit() and len(value) < 10:
            value = int(value)
        if isinstance(value, bool) or not isinstance(value, int) or value < 1:
            raise QueryInvalid(self.name, repr(value), "a whole number from 1")
        return value

    def scalars(self) -> tuple[Scalar, ...]:
        """Return what an extension may say: numbers, times or texts."""
        return tuple(self._scalar(each) for each in self.listed(_COMMA_BEFORE_URI))

    def _scalar(self, value: object) -> Scalar:
        if isinstance(value, str):
            return Scalar(value, number(value) if self.is_text else None, moment(value))
        if isinstance(value, bool) or number(value) is not None:
            return scalar(value)
        raise QueryInvalid(self.name, repr(value), "a text, a number or a time")

    def boundary(self) -> tuple[Scalar]:
        """Return one number or time that extensions are compared with."""
        value = self.one()
        text = value.replace(" ", "+") if self.is_text else value
        found = Scalar(str(value), number(value if self.is_text else None), moment(text))
        if not self.is_text and not isinstance(value, str):
            found = scalar(value)
        if found.number is None and found.moment is None:
            raise QueryInvalid(self.name, repr(value), "a number or a time with offset")
        return (found,)


def _finite(text: str) -> Decimal | None:
    try:
        found = Decimal(text)
    except InvalidOperation:
        return None
    return found if found.is_finite() else None
