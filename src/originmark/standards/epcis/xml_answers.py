"""Answers that are no documents: capture jobs, problems and lists of resources."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from lxml import etree

from originmark.standards.epcis.xml_names import EPCIS
from originmark.standards.epcis.xml_values import Element
from originmark.standards.epcis.xml_write_names import Names
from originmark.standards.epcis.xml_write_values import put

Json = Mapping[str, Any]
OWN: Final = "urn:originmark:voc:"
"""Where the fields stand that this repository adds to the standard's."""
_NAMES: Final = Names({"om": OWN})
_JOB_ATTRIBUTES: Final = ("running", "success", "captureID")
_JOB_ELEMENTS: Final = ("captureErrorBehaviour", "createdAt", "finishedAt")
_PROBLEM_ELEMENTS: Final = ("type", "title", "status", "detail", "instance")


def job_to_xml(job: Json) -> bytes:
    """Return a capture job as ``EPCISCaptureJob``.

    Fields of our own (``storedCount`` …) follow in the namespace ``urn:originmark:voc:``.
    """
    root = _root("EPCISCaptureJob")
    for name in _JOB_ATTRIBUTES:
        if name in job:
            root.set(name, _text(job[name]))
    _leaves(root, job, _JOB_ELEMENTS)
    errors = job.get("errors")
    if errors:
        listed = etree.SubElement(root, "errors")
        for each in errors:
            _problem(etree.SubElement(listed, "error"), each)
    elif "errorFile" in job:
        _leaves(root, job, ("errorFile",))
    _own(root, job, (*_JOB_ATTRIBUTES, *_JOB_ELEMENTS, "errors", "errorFile"))
    return _written(root)


def problem_to_xml(problem: Json) -> bytes:
    """Return a problem (RFC 7807, RFC 9457) as ``EPCISException``, as the OpenAPI of EPCIS says.

    Members of our own follow in the namespace ``urn:originmark:voc:``.
    """
    root = _root("EPCISException")
    _problem(root, problem)
    return _written(root)


def collection_to_xml(collection: Json) -> bytes:
    """Return a list of resources: a ``Collection`` with one ``member`` each.

    The standard names no XML form of it. A text is the text of its member; the fields of an
    object are elements without namespace.
    """
    root = _root("Collection")
    for each in collection.get("member", ()):
        element = etree.SubElement(root, "member")
        if isinstance(each, Mapping):
            for name, value in each.items():
                put(_NAMES, element, name, value)
        else:
            element.text = _text(each)
    _own(root, collection, ("@context", "type", "member"))
    return _written(root)


def _root(name: str) -> Element:
    return etree.Element(f"{{{EPCIS}}}{name}", nsmap={"epcis": EPCIS, "om": OWN})


def _problem(element: Element, problem: Json) -> None:
    _leaves(element, problem, _PROBLEM_ELEMENTS)
    _own(element, problem, _PROBLEM_ELEMENTS)


def _leaves(parent: Element, values: Json, names: Iterable[str]) -> None:
    for name in names:
        if values.get(name) is not None:
            etree.SubElement(parent, name).text = _text(values[name])


def _own(parent: Element, values: Json, known: Iterable[str]) -> None:
    for name, value in values.items():
        if name not in known and value is not None and not name.startswith("@"):
            put(_NAMES, parent, name if ":" in name else f"om:{name}", value)


def _text(value: object) -> str:
    return ("true" if value else "false") if isinstance(value, bool) else str(value)


def _written(root: Element) -> bytes:
    etree.cleanup_namespaces(root)
    written: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
    return written
