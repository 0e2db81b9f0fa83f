"""The header of a document on its way to XML: sender and receiver, and master data."""

from collections.abc import Mapping
from typing import Any, Final

from lxml import etree

from originmark.standards.epcis.xml_header import PLACES, STANDARD_HEADER, plain_header
from originmark.standards.epcis.xml_names import SBDH
from originmark.standards.epcis.xml_values import Element
from originmark.standards.epcis.xml_write_events import Writing
from originmark.standards.epcis.xml_write_values import fill, hint, put

Json = Mapping[str, Any]
_HEADER: Final = f"{{{SBDH}}}{STANDARD_HEADER}"


def write_header(writing: Writing, root: Element, document: Json) -> frozenset[str]:
    """Append the EPCISHeader, if there is anything to say; return the keys that it has said."""
    header = document.get("epcisHeader", {})
    whole = next((key for key in header if writing.names.tag(key) == _HEADER), None)
    plain = plain_header(document) if whole is None else None
    said = frozenset(PLACES) if whole or plain else frozenset()
    if not header and not plain:
        return said
    element = etree.SubElement(root, "EPCISHeader")
    if whole is not None:
        put(writing.names, element, whole, header[whole])
    if plain is not None:
        _write_plain(element, plain)
    if "epcisMasterData" in header:
        fold = etree.SubElement(etree.SubElement(element, "extension"), "EPCISMasterData")
        write_vocabularies(writing, fold, header["epcisMasterData"].get("vocabularyList", ()))
    for key, value in header.items():
        if key not in ("epcisMasterData", whole):
            put(writing.names, element, key, value)
    return said


def _write_plain(parent: Element, leaves: list[tuple[str, str]]) -> None:
    """Write a header of which each leaf is a path and a text."""
    root = etree.SubElement(parent, _HEADER, nsmap={"sbdh": SBDH})
    for path, text in leaves:
        place = root
        *outer, last = path.split("/")
        for step in outer:
            found = place.find(f"{{{SBDH}}}{step}")
            place = etree.SubElement(place, f"{{{SBDH}}}{step}") if found is None else found
        etree.SubElement(place, f"{{{SBDH}}}{last}").text = text


def write_vocabularies(writing: Writing, parent: Element, vocabularies: Any) -> None:
    """Append a VocabularyList."""
    listed = etree.SubElement(parent, "VocabularyList")
    for each in vocabularies:
        element = etree.SubElement(listed, "Vocabulary", type=each["type"])
        if elements := each.get("vocabularyElementList"):
            inside = etree.SubElement(element, "VocabularyElementList")
            for one in elements:
                _write_element(writing, inside, one)


def _write_element(writing: Writing, parent: Element, body: Json) -> None:
    element = etree.SubElement(parent, "VocabularyElement", id=body["id"])
    for each in body.get("attributes", ()):
        attribute = etree.SubElement(element, "attribute", id=each["id"])
        value = each.get("attribute", "")
        # The attribute has an id already; a value with one of its own is kept as JSON.
        is_taken = isinstance(value, dict) and "@id" in value
        hint(attribute, fill(writing.names, attribute, [value] if is_taken else value))
    if inside := body.get("children"):
        children = etree.SubElement(element, "children")
        for each in inside:
            etree.SubElement(children, "id").text = each
    for key, value in body.items():
        if key not in ("id", "attributes", "children"):
            put(writing.names, element, key, value)
