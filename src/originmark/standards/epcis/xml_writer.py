"""From a JSON document to EPCIS 2.0 XML in the order of the published schema."""

from collections.abc import Mapping
from typing import Any, Final

from lxml import etree

from originmark.standards.epcis.xml_answers import (
    collection_to_xml,
    job_to_xml,
    problem_to_xml,
)
from originmark.standards.epcis.xml_names import EPCIS, QUERY
from originmark.standards.epcis.xml_values import Element
from originmark.standards.epcis.xml_write_events import CbvFormat, Writing, write_event
from originmark.standards.epcis.xml_write_header import write_header, write_vocabularies
from originmark.standards.epcis.xml_write_names import IN_XML, Names, spare
from originmark.standards.epcis.xml_write_values import fits, put

__all__ = ["collection_to_xml", "document_to_xml", "job_to_xml", "problem_to_xml"]
Json = Mapping[str, Any]
_VERSION: Final = "2.0"
_ROOTS: Final = {
    "EPCISDocument": ("epcis", EPCIS),
    "EPCISQueryDocument": ("epcisq", QUERY),
}
_SAID_ELSEWHERE: Final = frozenset(
    {"@context", "type", "schemaVersion", "epcisHeader", "epcisBody"}
)


def document_to_xml(document: Json, *, cbv_format: CbvFormat = "Always_URN") -> bytes:
    """Return an EPCISDocument or EPCISQueryDocument as UTF-8 XML, valid by the XSD of EPCIS 2.0.

    The document must be valid JSON (``validation.document_problems``). ``cbv_format`` is the
    header ``GS1-CBV-XML-Format``; ``No_Preference`` means URNs. What reads this XML with
    ``xml_reader.document_from_xml`` has the same events again.

    Raises ValueError for another kind of document.
    """
    if document.get("type") not in _ROOTS:
        raise ValueError(
            f"found a document of type {document.get('type')!r}, "
            "expected EPCISDocument or EPCISQueryDocument"
        )
    names = Names(document.get("@context"))
    root = _root(document, names)
    writing = Writing(names, (document.get("@context"),), cbv_format)
    said = write_header(writing, root, document) | _SAID_ELSEWHERE
    _write_body(writing, root, document)
    for key, value in document.items():
        if key not in said:
            _write_own(writing, root, key, value)
    return _written(root, names)


def _root(document: Json, names: Names) -> Element:
    prefix, namespace = _ROOTS[document["type"]]
    bindings = names.declared | {spare(prefix, names.declared): namespace}
    root = etree.Element(f"{{{namespace}}}{document['type']}", nsmap=bindings)
    root.set("schemaVersion", _VERSION)
    return root


def _write_body(writing: Writing, root: Element, document: Json) -> None:
    body = etree.SubElement(root, "EPCISBody")
    holder = document["epcisBody"]
    if document["type"] == "EPCISQueryDocument":
        _write_results(writing, body, holder["queryResults"])
        return
    events = holder["eventList"] if "eventList" in holder else [holder["event"]]
    _write_events(writing, body, events)
    for key, value in holder.items():
        if key not in ("eventList", "event"):
            put(writing.names, body, key, value)


def _write_results(writing: Writing, body: Element, results: Json) -> None:
    element = etree.SubElement(body, f"{{{QUERY}}}QueryResults")
    for name in ("queryName", "subscriptionID"):
        if name in results:
            etree.SubElement(element, name).text = results[name]
    found = etree.SubElement(element, "resultsBody")
    inside = results["resultsBody"]
    if inside.get("vocabularyList") and not inside.get("eventList"):
        write_vocabularies(writing, found, inside["vocabularyList"])
    else:
        _write_events(writing, found, inside.get("eventList", ()))
    for key, value in results.items():
        if key not in ("queryName", "subscriptionID", "resultsBody"):
            put(writing.names, element, key, value)


def _write_events(writing: Writing, parent: Element, events: Any) -> None:
    listed = etree.SubElement(parent, "EventList")
    for event in events:
        write_event(writing, listed, event)


def _write_own(writing: Writing, root: Element, key: str, value: Any) -> None:
    """Write a plain name (``id``, ``creationDate`` …) as an attribute, another as an element."""
    if ":" in key:
        put(writing.names, root, key, value)
    elif isinstance(value, str) and fits(value):
        root.set(key, value)


def _written(root: Element, names: Names) -> bytes:
    standard = {prefix: uri for prefix, uri in IN_XML.items() if prefix not in root.nsmap}
    etree.cleanup_namespaces(root, top_nsmap=standard, keep_ns_prefixes=list(names.declared))
    written: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
    return written
