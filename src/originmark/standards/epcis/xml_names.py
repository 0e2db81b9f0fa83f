"""Names in XML and in JSON: namespaces, prefixes, and what an XML name cannot spell."""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Final

EPCIS: Final = "urn:epcglobal:epcis:xsd:2"
QUERY: Final = "urn:epcglobal:epcis-query:xsd:2"
MASTER_DATA: Final = "urn:epcglobal:epcis-masterdata:xsd:2"
SBDH: Final = "http://www.unece.org/cefact/namespaces/StandardBusinessDocumentHeader"
XSI: Final = "http://www.w3.org/2001/XMLSchema-instance"
XSD: Final = "http://www.w3.org/2001/XMLSchema"
XML: Final = "http://www.w3.org/XML/1998/namespace"
EPCIS_NAMESPACES: Final = frozenset({"", EPCIS, "urn:epcglobal:epcis:xsd:1"})
QUERY_NAMESPACES: Final = frozenset({QUERY, "urn:epcglobal:epcis-query:xsd:1"})
MASTER_DATA_NAMESPACES: Final = frozenset({MASTER_DATA, "urn:epcglobal:epcis-masterdata:xsd:1"})
MACHINERY: Final = (
    EPCIS_NAMESPACES
    | QUERY_NAMESPACES
    | MASTER_DATA_NAMESPACES
    | {SBDH, XSI, XSD, XML, "urn:epcglobal:xsd:1"}
)
"""Namespaces of the envelope; they are no part of what a document says."""
STANDARD_PREFIXES: Final[Mapping[str, str]] = {
    "epcis": "https://ref.gs1.org/epcis/",
    "cbv": "https://ref.gs1.org/cbv/",
    "cbvmda": "urn:epcglobal:cbv:mda:",
    "gs1": "https://gs1.org/voc/",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "dcterms": "http://purl.org/dc/terms/",
}
"""What the standard context declares, for good: JSON-LD protects these terms."""
_OTHER_SPELLINGS: Final = {
    "urn:epcglobal:cbv:mda": "cbvmda",
    "https://ref.gs1.org/voc/": "gs1",
    "http://gs1.org/voc/": "gs1",
    "https://www.gs1.org/voc/": "gs1",
    "http://www.gs1.org/voc/": "gs1",
    "https://ns.gs1.org/cbv/": "cbv",
    "http://www.w3.org/2000/01/rdf-schema#/": "rdfs",
}
_STANDARD: Final = {uri: prefix for prefix, uri in STANDARD_PREFIXES.items()} | _OTHER_SPELLINGS
# A prefix like these would turn every address into a name of somebody's own.
SCHEMES: Final = frozenset(
    ["http", "https", "urn", "ni", "data", "did", "tag", "mailto", "file", "xml", "xmlns"]
)


@lru_cache(maxsize=4096)
def split(tag: str) -> tuple[str, str]:
    """Return namespace and local name of a tag as lxml writes it.

    >>> split("{http://ns.example.com/epcis/}farm"), split("farm")
    (('http://ns.example.com/epcis/', 'farm'), ('', 'farm'))
    """
    if tag[0] != "{":
        return "", tag
    namespace, _, local = tag[1:].partition("}")
    return namespace, local


UNDECLARED = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")


class Prefixes:
    """One prefix for each namespace of a document, whatever its parts call it.

    The first namespace that comes with a prefix keeps it. A second one under the same prefix, and
    one under a prefix that the standard context or a URI scheme owns, gets a number behind it.

    >>> prefixes = Prefixes()
    >>> prefixes.of("http://a.example/", "farm"), prefixes.of("http://b.example/", "farm")
    ('farm', 'farm1')
    >>> prefixes.of("urn:epcglobal:cbv:mda", "cbvmda"), prefixes.declared
    ('cbvmda', {'farm': 'http://a.example/', 'farm1': 'http://b.example/'})
    """

    def __init__(self) -> None:
        self._prefixes: dict[str, str] = dict(_STANDARD)
        self._taken: set[str] = set(STANDARD_PREFIXES) | SCHEMES
        self.declared: dict[str, str] = {}

    def of(self, namespace: str, wanted: str | None) -> str:
        """Return the prefix of a namespace; ``wanted`` is what stands in the document."""
        known = self._prefixes.get(namespace)
        return known if known is not None else self._allot(namespace, wanted or "ns")

    def _allot(self, namespace: str, wanted: str) -> str:
        if UNDECLARED.fullmatch(namespace) and namespace[:-1] not in self.declared:
            # xmlns:a="a:" is how a name stands in XML whose prefix JSON does not declare.
            self._taken.add(namespace[:-1])
            self._prefixes[namespace] = namespace[:-1]
            return namespace[:-1]
        number, prefix = 0, wanted
        while prefix in self._taken:
            number += 1
            prefix = f"{wanted}{number}"
        self._taken.add(prefix)
        self._prefixes[namespace] = prefix
        self.declared[prefix] = namespace
        return prefix

    def carry(self, bindings: Mapping[str | None, str]) -> None:
        """Take up all that an element declares, used or not, apart from the envelope's own."""
        for prefix, namespace in bindings.items():
            if namespace not in MACHINERY:
                self.of(namespace, prefix)


_NOTHING = "_x_"
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4,6})_")
_START = r"A-Z_a-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d"
_START += r"\u2070-\u218f\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
_NAME = re.compile(rf"[{_START}][-{_START}.0-9\u00b7\u0300-\u036f\u203f-\u2040]*")
_CHARACTER = re.compile(rf"[-{_START}.0-9\u00b7\u0300-\u036f\u203f-\u2040]")
_FIRST = re.compile(rf"[{_START}]")


def is_name(text: str) -> bool:
    """Return whether a text is a name in XML as it stands, without a colon."""
    return _NAME.fullmatch(text) is not None


def spell(name: str) -> str:
    """Return a name that XML allows, with ``_xHHHH_`` for what it does not (ISO/IEC 9075-14).

    >>> spell("farm"), spell("1st farm"), spell("a_x0020_b")
    ('farm', '_x0031_st_x0020_farm', 'a_x005F_x0020_b')
    """
    if name == _NOTHING:
        return "_x005F_x_"
    if _NAME.fullmatch(name) and not _ESCAPED.search(name):
        return name
    return "".join(_character(name, at) for at in range(len(name))) or _NOTHING


def _character(name: str, at: int) -> str:
    each = name[at]
    allowed = (_CHARACTER if at else _FIRST).match(each)
    if allowed and not (each == "_" and _ESCAPED.match(name, at)):
        return each
    return f"_x{ord(each):04X}_"


def unspell(name: str) -> str:
    """Return the name that ``spell`` was given.

    >>> unspell("_x0031_st_x0020_farm"), unspell("a_x005F_x0020_b")
    ('1st farm', 'a_x0020_b')
    """
    if "_x" not in name:
        return name
    return "" if name == _NOTHING else _ESCAPED.sub(_original, name)


def _original(match: re.Match[str]) -> str:
    code = int(match[1], 16)
    return chr(code) if code <= 0x10FFFF else match[0]
