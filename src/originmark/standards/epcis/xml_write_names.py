"""Names on the way out: from a JSON key to an XML name with its namespace."""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Final
from urllib.parse import quote

from lxml import etree

from originmark.standards.epcis.fingerprint import namespaces
from originmark.standards.epcis.xml_names import (
    SCHEMES,
    STANDARD_PREFIXES,
    UNDECLARED,
    is_name,
    spell,
)
from originmark.standards.epcis.xml_values import Element

_URI_CHARACTERS: Final = "!#$&'()*+,/:;=?@~-._%"
_KEY_CHARACTERS: Final = "!#$&'()*+,/:;=@~-._"
_BAD_ESCAPE: Final = re.compile(r"%(?![0-9A-Fa-f]{2})")
_SCHEME: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*")
_LAST_PART: Final = re.compile(r"[^/#:]*\Z")
IN_XML: Final[dict[str, str]] = {**STANDARD_PREFIXES, "cbvmda": "urn:epcglobal:cbv:mda"}
"""The namespaces of the standard's prefixes as XML documents write them."""


class Names:
    """The prefixes in force at some place of a JSON document."""

    def __init__(self, *contexts: Any) -> None:
        declared = namespaces(list(contexts))
        self.declared: dict[str | None, str] = {
            prefix: as_uri(namespace)
            for prefix, namespace in declared.items()
            if is_prefix(prefix) and is_namespace(as_uri(namespace))
        }

    def namespace(self, prefix: str) -> str | None:
        """Return the namespace of a prefix, or nothing where nobody declares it."""
        return self.declared.get(prefix) or IN_XML.get(prefix)

    def parts(self, key: str) -> tuple[str, str, str | None]:
        """Return namespace, local name and a prefix for a JSON key.

        >>> names = Names({"ex": "http://ns.example.com/"})
        >>> names.parts("ex:farm"), names.parts("farm")
        (('http://ns.example.com/', 'farm', 'ex'), ('', 'farm', None))
        >>> names.parts("https://voc.example/land#ha")
        ('https://voc.example/land#', 'ha', None)
        >>> names.parts("other:farm")
        ('other:', 'farm', 'other')
        """
        prefix, colon, local = key.partition(":")
        if not colon:
            return "", key, None
        namespace = self.namespace(prefix)
        if namespace and not local.startswith("//"):
            return namespace, local, prefix
        if _SCHEME.fullmatch(prefix) is None:
            return "", key, None
        if prefix in SCHEMES or local.startswith("//"):
            local = _LAST_PART.findall(key)[0]
            namespace = as_uri(key[: len(key) - len(local)])
            return (namespace, local, None) if is_namespace(namespace) else ("", key, None)
        return as_uri(f"{prefix}:"), local, prefix if is_prefix(prefix) else None

    def tag(self, key: str) -> str:
        """Return the name of an element or attribute as lxml wants it."""
        namespace, local, _ = self.parts(key)
        return f"{{{namespace}}}{spell(local)}" if namespace else spell(local)

    def hints(self, key: str, start: str = "key=") -> list[str]:
        """Return what a reader must be told to find the key again: nothing, or all of it."""
        namespace, _, prefix = self.parts(key)
        if not namespace or self.namespace(prefix or "") or UNDECLARED.fullmatch(namespace):
            return []
        return [start + quote(key, safe=_KEY_CHARACTERS)]

    def child(self, parent: Element, key: str) -> Element:
        """Append an element for a JSON key."""
        namespace, _, prefix = self.parts(key)
        in_scope = not namespace or self.declared.get(prefix) == namespace
        wanted = None if in_scope else {prefix or "ns": namespace}
        return etree.SubElement(parent, self.tag(key), nsmap=wanted)


@lru_cache(maxsize=1024)
def as_uri(text: str) -> str:
    """Return a namespace with percent escapes for what no URI may hold (RFC 3987, 3.1).

    >>> as_uri("https://chè.example/a b/")
    'https://ch%C3%A8.example/a%20b/'
    """
    return quote(_BAD_ESCAPE.sub("%25", text), safe=_URI_CHARACTERS)


@lru_cache(maxsize=1024)
def is_namespace(uri: str) -> bool:
    """Return whether XML takes a text as a namespace."""
    try:
        etree.Element("name", nsmap={"a": uri})
    except ValueError:
        return False
    return bool(uri)


def is_prefix(text: str) -> bool:
    """Return whether XML takes a text as a prefix."""
    return is_name(text) and not text.lower().startswith("xml")


def spare(wanted: str, taken: Mapping[Any, str]) -> str:
    """Return a prefix that nobody uses yet.

    >>> spare("epcis", {"epcis": "https://ref.gs1.org/epcis/"})
    'epcis1'
    """
    number, prefix = 0, wanted
    while prefix in taken:
        number += 1
        prefix = f"{wanted}{number}"
    return prefix
