"""Texts of the standard's own fields: vocabulary words, numbers, true and false."""

import math
import re
from typing import Final

from originmark.standards.epcis.problems import shown
from originmark.standards.epcis.vocabulary import Vocabulary
from originmark.standards.epcis.xml_names import STANDARD_PREFIXES, XML, XSI, split
from originmark.standards.epcis.xml_values import Element, Reading, text_of

_NUMBER = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?")
_INTEGER = re.compile(r"[+-]?[0-9]{1,20}(\.0*)?")
_BOOLEANS: Final = {"true": True, "1": True, "false": False, "0": False}
_CURIE = re.compile(r"([A-Za-z_][\w.-]*):(?!//)(.+)", re.ASCII)


def plain_text(reading: Reading, element: Element, *, takes: frozenset[str] = frozenset()) -> str:
    """Return the text of an element that holds nothing else.

    ``takes``: attributes that the caller reads.
    """
    for child in element.iterchildren("*"):
        reading.refuse(child, f"found {split(child.tag)[1]}, expected a text")
    for name in element.attrib if element.attrib else ():
        namespace, local = split(str(name))
        if namespace not in (XSI, XML) and name not in takes:
            reading.refuse(element, f"found the attribute {local}, expected none by this name")
    return text_of(element)


def word(reading: Reading, element: Element, text: str, vocab: Vocabulary) -> str:
    """Return a standard value as a bare word, whichever way it is spelled."""
    return vocab.normalise(curie(reading, element, text))


def curie(reading: Reading, element: Element, text: str) -> str:
    """Return a CURIE under the prefix that its namespace has in the whole document.

    What is no CURIE of a prefix declared here comes back as it is.
    """
    match = _CURIE.fullmatch(text)
    if match is None or match[1] == "urn":
        return text
    namespace = element.nsmap.get(match[1])
    if namespace is None or namespace == STANDARD_PREFIXES.get(match[1]):
        return text
    return f"{reading.prefixes.of(namespace, match[1])}:{match[2]}"


def number(reading: Reading, element: Element, text: str, *, name: str) -> int | float | None:
    """Return a number of XML Schema; whole ones as integers."""
    if _INTEGER.fullmatch(text) and -(2**63) <= (whole := int(text.partition(".")[0])) < 2**64:
        return whole
    value = float(text) if _NUMBER.fullmatch(text) else math.nan
    if not math.isfinite(value):
        reading.refuse(element, f"found {shown(text)} as {name}, expected a number, as in 12.5")
        return None
    return value


def boolean(reading: Reading, element: Element, text: str, *, name: str) -> bool | None:
    """Return true or false."""
    if text not in _BOOLEANS:
        reading.refuse(element, f"found {shown(text)} as {name}, expected true or false")
        return None
    return _BOOLEANS[text]
