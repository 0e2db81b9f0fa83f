"""From EPCIS XML, 2.0 or 1.x, to the JSON-LD document that says the same."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from originmark.standards.epcis.documents import STANDARD_CONTEXT
from originmark.standards.epcis.problems import Problem
from originmark.standards.epcis.xml_events import read_event, try_event
from originmark.standards.epcis.xml_header import PLACES, read_header, read_vocabularies
from originmark.standards.epcis.xml_names import (
    EPCIS_NAMESPACES,
    MASTER_DATA_NAMESPACES,
    QUERY_NAMESPACES,
    split,
)
from originmark.standards.epcis.xml_safely import parse, refused
from originmark.standards.epcis.xml_values import (
    WRAPPERS,
    Element,
    Members,
    Reading,
    add_own,
    children,
    is_standard,
    text_of,
)

VERSION: Final = "2.0"
"""The version of every document that comes out, whatever went in."""


def document_from_xml(data: bytes) -> dict[str, Any]:
    """Return an EPCIS XML document as the JSON document that says the same.

    Takes EPCIS documents, query documents and master data documents, 2.0 and 1.0 to 1.2. All
    namespaces stand in the ``@context``; a prefix that means two things at two places is given
    twice, once with a number behind it. Standard vocabulary values are bare words.

    Raises DocumentInvalid; its pointers name line and element, as in
    ``/line:12/EPCISBody/EventList/ObjectEvent[1]/action``. What is readable but no valid EPCIS
    is for ``validation.document_problems`` to find.
    """
    return _whole(Reading(), data)


def readable_from_xml(data: bytes) -> tuple[dict[str, Any], dict[int, list[Problem]]]:
    """Return a document as ``document_from_xml`` does, though some events cannot be read.

    Of such an event only type and eventID stand at its place of the list; what is wrong with it
    is in the second value, by that place.
    """
    unreadable: dict[int, list[Problem]] = {}
    return _whole(Reading(unreadable=unreadable), data), unreadable


def _whole(reading: Reading, data: bytes) -> dict[str, Any]:
    document = read_document(reading, parse(data))
    reading.stop_if_wrong()
    return {"@context": context(reading)} | document


def context(reading: Reading) -> list[Any]:
    """Return the ``@context`` of what was read."""
    declared = reading.prefixes.declared
    return [STANDARD_CONTEXT, dict(declared)] if declared else [STANDARD_CONTEXT]


def read_document(reading: Reading, root: Element) -> dict[str, Any]:
    """Return the JSON document of a root element, without its ``@context``."""
    refuse_other_root(root)
    return _READERS[split(root.tag)[1]](reading, root)


def refuse_other_root(root: Element) -> None:
    """Raise DocumentInvalid where the root is none of EPCIS."""
    namespace, local = split(root.tag)
    if namespace not in ROOTS.get(local, ()):
        raise refused(
            f"found {root.tag}, expected an EPCISDocument, EPCISQueryDocument or "
            "EPCISMasterDataDocument of EPCIS 1 or 2",
            f"/line:{root.sourceline}/{local}",
        )


def _epcis_document(reading: Reading, root: Element) -> dict[str, Any]:
    parts = envelope(reading, root)
    body = parts.pop("EPCISBody", None)
    events = _events(reading, body)
    own = {} if body is None else own_elements(reading, body)
    return head(root, "EPCISDocument") | parts | {"epcisBody": {"eventList": events} | own}


def _master_data_document(reading: Reading, root: Element) -> dict[str, Any]:
    parts = envelope(reading, root)
    body = parts.pop("EPCISBody", None)
    found = None if body is None else _only(body, "VocabularyList")
    vocabularies = [] if found is None else read_vocabularies(reading, found)
    header = parts.pop("epcisHeader", {}) | {"epcisMasterData": {"vocabularyList": vocabularies}}
    return (
        head(root, "EPCISDocument")
        | parts
        | {"epcisHeader": header, "epcisBody": {"eventList": []}}
    )


def _query_document(reading: Reading, root: Element) -> dict[str, Any]:
    parts = envelope(reading, root)
    body = parts.pop("EPCISBody", None)
    found = None if body is None else _only(body, "QueryResults", QUERY_NAMESPACES)
    if found is None:
        reading.refuse(root if body is None else body, "found no QueryResults, expected them")
        return {}
    results: dict[str, Any] = {}
    for name in ("queryName", "subscriptionID"):
        if (element := _only(found, name)) is not None:
            results[name] = text_of(element)
    results["resultsBody"] = _results(reading, found)
    results |= own_elements(reading, found)
    return head(root, "EPCISQueryDocument") | parts | {"epcisBody": {"queryResults": results}}


def _results(reading: Reading, results: Element) -> dict[str, Any]:
    body = _only(results, "resultsBody")
    if body is None:
        reading.refuse(results, "found no resultsBody, expected one")
        return {}
    if (vocabularies := _only(body, "VocabularyList")) is not None:
        return {"vocabularyList": read_vocabularies(reading, vocabularies), "eventList": []}
    return {"eventList": _events(reading, body)}


def _events(reading: Reading, body: Element | None) -> list[dict[str, Any]]:
    elements = event_elements(reading, body)
    if reading.unreadable is None:
        return [read_event(reading, each) for each in elements]
    events = []
    for place, each in enumerate(elements):
        event, problems = try_event(reading, each)
        if problems:
            reading.unreadable[place] = problems
        events.append(event)
    return events


def own_elements(reading: Reading, element: Element) -> dict[str, Any]:
    """Return the elements of somebody's own inside one of the envelope."""
    own = Members()
    for child in children(element):
        namespace = split(child.tag)[0]
        if not is_standard(namespace) and namespace not in QUERY_NAMESPACES:
            add_own(reading, own, child)
    return own.settled()


def read_head(reading: Reading, root: Element) -> dict[str, Any]:
    """Return what an EPCIS document or query document says before its events."""
    parts = envelope(reading, root)
    return head(root, split(root.tag)[1]) | {
        name: value for name, value in parts.items() if name != "EPCISBody"
    }


def head(root: Element, kind: str) -> dict[str, Any]:
    """Return what the attributes of the root say."""
    head: dict[str, Any] = {"type": kind, "schemaVersion": VERSION}
    for name in ("id", "creationDate", *PLACES):
        if (value := root.get(name)) is not None:
            head[name] = value.strip()
    return head


def envelope(reading: Reading, root: Element) -> dict[str, Any]:
    """Return header fields and own fields in JSON, and ``EPCISBody`` as the element it is."""
    reading.carry(root)
    parts: dict[str, Any] = {}
    own = Members()
    for child in children(root):
        namespace, local = split(child.tag)
        if not is_standard(namespace):
            add_own(reading, own, child)
        elif local == "EPCISHeader":
            parts |= read_header(reading, child)
        elif local == "EPCISBody":
            parts[local] = child
        elif local not in WRAPPERS or len(child):
            reading.refuse(child, f"found {local}, expected EPCISHeader or EPCISBody")
    if "EPCISBody" not in parts:
        reading.refuse(root, "found no EPCISBody, expected one")
    return parts | own.settled()


def _only(
    parent: Element, name: str, namespaces: frozenset[str] = EPCIS_NAMESPACES
) -> Element | None:
    for child in children(parent):
        namespace, local = split(child.tag)
        if local == name and namespace in namespaces | {""}:
            return child
    return None


def event_elements(reading: Reading, body: Element | None) -> Iterator[Element]:
    """Yield the event elements of a body, those that 1.x folds into ``extension`` too."""
    listed = None if body is None else _only(body, "EventList")
    for child in () if listed is None else children(listed):
        yield from unfolded(reading, child)


def unfolded(reading: Reading, element: Element) -> Iterator[Element]:
    """Yield an event element, or those inside an ``extension``."""
    namespace, local = split(element.tag)
    if is_standard(namespace) and local in WRAPPERS:
        for child in children(element):
            yield from unfolded(reading, child)
    else:
        reading.carry(element)
        yield element


ROOTS: Final[Mapping[str, frozenset[str]]] = {
    "EPCISDocument": EPCIS_NAMESPACES,
    "EPCISQueryDocument": QUERY_NAMESPACES,
    "EPCISMasterDataDocument": MASTER_DATA_NAMESPACES,
}
_READERS: Final[Mapping[str, Callable[[Reading, Element], dict[str, Any]]]] = {
    "EPCISDocument": _epcis_document,
    "EPCISQueryDocument": _query_document,
    "EPCISMasterDataDocument": _master_data_document,
}
