"""Values as the event hash writes them: texts, numbers, times and words of the vocabularies."""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from functools import lru_cache

from originmark.standards.epcis.hash_identifiers import LONGEST_REMEMBERED, canonical
from originmark.standards.epcis.vocabulary import MEASUREMENT_TYPE, SENSOR_ALERT, Vocabulary

# What the standard JSON-LD context and every XML document may abbreviate without declaring it.
KNOWN_PREFIXES = {
    "gs1": "https://gs1.org/voc/",
    "cbv": "https://ref.gs1.org/cbv/",
    "epcis": "https://ref.gs1.org/epcis/",
    "cbvmda": "urn:epcglobal:cbv:mda:",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
COMMENTS = frozenset({"comment", "{http://www.w3.org/2000/01/rdf-schema#}comment"})
_GS1_VOCABULARY = KNOWN_PREFIXES["gs1"]
GS1_MEASUREMENTS = {word: _GS1_VOCABULARY + word for word in MEASUREMENT_TYPE | SENSOR_ALERT}
_OTHER_GS1 = ("https://ref.gs1.org/voc/", "http://gs1.org/voc/", "https://www.gs1.org/voc/")
_BARE_WORD = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
# Without leading zeros or a plus sign, which stand in lots and codes. An exponent alone does not
# make a number (12E4 may be a lot); a signed one, or one behind a decimal point, does.
_DECIMAL_TEXT = re.compile(
    r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+(?:[eE][+-]?[0-9]{1,3})?|[eE][+-][0-9]{1,3})?"
)
_NUMBER_TEXT = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?")
_MILLISECOND = timedelta(milliseconds=1)
_KEPT = 512


class Names:
    """What prefixes mean in one document, and which names are left out of the hash."""

    __slots__ = ("_keys", "ignored", "prefixes")

    def __init__(
        self, namespaces: Mapping[str, str], ignored: frozenset[str] = frozenset()
    ) -> None:
        self.prefixes = {**KNOWN_PREFIXES, **namespaces}
        self.ignored = ignored | COMMENTS
        self._keys: dict[str, str] = {}

    def within(self, declared: Mapping[str, str]) -> "Names":
        """Return the names inside an object that declares prefixes of its own."""
        return Names({**self.prefixes, **declared}, self.ignored)

    def key(self, name: str) -> str:
        """Return a field name with its namespace in braces; empty for what is left out."""
        found = self._keys.get(name)
        if found is None:
            found = self._named(name)
            if len(self._keys) < _KEPT and len(name) <= LONGEST_REMEMBERED:
                self._keys[name] = found
        return found

    def text(self, value: str) -> str:
        """Return a text trimmed, its prefix written out, an identifier as the hash spells it."""
        return canonical(value) or self.expanded(value)

    def expanded(self, value: str) -> str:
        """Return a text with a prefix, trimmed, in full where the prefix is declared."""
        prefix, _, rest = value.strip().partition(":")
        if prefix not in self.prefixes or rest.startswith("//"):
            return value.strip()
        return canonical(self.prefixes[prefix] + rest) or self.prefixes[prefix] + rest

    def _named(self, name: str) -> str:
        found = name.removeprefix("@")
        prefix, colon, local = found.partition(":")
        if colon and local.startswith("//"):
            cut = max(found.rfind(each) for each in "/#") + 1
            found = f"{{{found[:cut]}}}{found[cut:]}"
        elif colon and prefix in self.prefixes:
            found = f"{{{self.prefixes[prefix]}}}{local}"
        if name == "@context" or name.startswith("@xmlns") or found in self.ignored:
            return ""
        return found


def words_of(vocabulary: Vocabulary) -> Callable[[Names, str], str]:
    """Return what turns a standard word in any of its spellings into its Web URI.

    >>> from originmark.standards.epcis.vocabulary import DISPOSITION
    >>> words_of(DISPOSITION)(Names({}), "urn:epcglobal:cbv:disp:in_transit")
    'https://ref.gs1.org/cbv/Disp-in_transit'
    """

    @lru_cache(maxsize=1 << 10)
    def uri(text: str) -> str | None:
        found = vocabulary.web_uri(vocabulary.normalise(text.strip()))
        return None if found == text else found

    def write(names: Names, text: str) -> str:
        return (len(text) <= LONGEST_REMEMBERED and uri(text)) or names.text(text)

    return write


def web_uris(vocabulary: Vocabulary) -> dict[str, str]:
    """Return the Web URI for every spelling of every standard word.

    >>> from originmark.standards.epcis.vocabulary import DISPOSITION
    >>> web_uris(DISPOSITION)["urn:epcglobal:cbv:disp:in_transit"]
    'https://ref.gs1.org/cbv/Disp-in_transit'
    """
    return {spelling: vocabulary.web_uri(spelling) for spelling in vocabulary.spellings}


def gs1_word(names: Names, text: str) -> str:
    """Return the URI of a word of the GS1 Web Vocabulary, such as a measurement type.

    >>> gs1_word(Names({}), "Temperature")
    'https://gs1.org/voc/Temperature'
    """
    text = names.text(text)
    if _BARE_WORD.fullmatch(text):
        return _GS1_VOCABULARY + text
    for other in _OTHER_GS1:
        if text.startswith(other):
            return _GS1_VOCABULARY + text.removeprefix(other)
    return text


def decimal_text(text: str) -> str:
    """Return a text that is plainly a number without trailing zeros; any other as it is.

    >>> [decimal_text(each) for each in ("1.50", "007", "12E4", "1.5e+03", "-0.0")]
    ['1.5', '007', '12E4', '1500', '0']
    """
    if ("." in text or "-" in text or "+" in text) and _DECIMAL_TEXT.fullmatch(text):
        return _written(Decimal(text))
    return text


def number(value: object) -> str:
    """Return a number without exponent, leading or trailing zeros; what is none, as text.

    >>> [number(each) for each in (1, 1.0, 1e0, "01.50", 1e22, 1e-7)]
    ['1', '1', '1', '1.5', '10000000000000000000000', '0.0000001']
    """
    if type(value) is int:
        return str(value)
    if isinstance(value, float):
        # The shortest decimal that reads back as this float, so 0.1 stays 0.1.
        value = repr(value)
        if "e" not in value:
            return "0" if value == "-0.0" else value.removesuffix(".0")
    if isinstance(value, bool):
        return "true" if value else "false"
    text = str(value).strip()
    return _written(Decimal(text)) if _NUMBER_TEXT.fullmatch(text) else text


def _written(value: Decimal) -> str:
    text = format(value, "f")
    if "." in text:
        text = text.rstrip("0").removesuffix(".")
    return "0" if text == "-0" else text


def moment(text: str) -> str:
    """Return a time in UTC with milliseconds, half a millisecond rounded up.

    A text that is no time of the calendar, or has no offset, comes back as it is.

    >>> moment("2026-12-31T23:59:59.9996+00:00")
    '2027-01-01T00:00:00.000Z'
    """
    try:
        # Digits past the microsecond are cut off: only the fourth decides the rounding.
        exact = datetime.fromisoformat(text)
        if exact.tzinfo is None:
            return text
        exact = exact.astimezone(UTC)
        if exact.microsecond % 1000 >= 500:
            exact += _MILLISECOND
    except (ValueError, OverflowError):
        return text
    written = exact.isoformat()
    return f"{written[:19]}.000Z" if len(written) == 25 else f"{written[:23]}Z"
