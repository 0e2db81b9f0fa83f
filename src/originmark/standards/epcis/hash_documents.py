"""The events of a document with the names in force for each, for whoever hashes documents."""

from collections.abc import Iterator, Mapping
from typing import Any

from originmark.standards.epcis.documents import DocumentInvalid, read_json
from originmark.standards.epcis.fingerprint import namespaces
from originmark.standards.epcis.hash_values import Names
from originmark.standards.epcis.problems import Problem, shown
from originmark.standards.epcis.xml_reader import document_from_xml

Json = Mapping[str, Any]
_LISTS = {
    "EPCISDocument": ("epcisBody",),
    "EPCISQueryDocument": ("epcisBody", "queryResults", "resultsBody"),
}


def parse(data: bytes, media_type: str) -> Any:
    """Return a document as JSON says it, whether it is written in JSON or in XML.

    Raises DocumentInvalid, and ValueError for a media type that is neither.
    """
    kind = media_type.partition(";")[0].strip().lower()
    if kind.endswith(("/json", "+json")):
        return read_json(data)
    if kind.endswith(("/xml", "+xml")):
        return document_from_xml(data)
    raise ValueError(
        f"{media_type!r} is no media type of EPCIS; application/json, application/ld+json, "
        "application/xml and text/xml are"
    )


def events(document: Any) -> Iterator[tuple[Json, Names]]:
    """Yield the events of a document, of a query document, of a list, or a single one.

    Fields that the document lists under a name ending in ``:ignoreFields`` are left out of the
    names, as repositories ask for that add fields of their own.

    Raises DocumentInvalid where there are no events to be found.
    """
    holders = list(_holders(document))
    context = holders[0].get("@context") if holders else None
    around = Names(namespaces(context))
    around = Names(around.prefixes, _ignored(holders, around))
    for index, event in enumerate(_list(document, holders)):
        if not isinstance(event, Mapping):
            raise _refused(f"event {index + 1}: found {shown(event)}, expected an object")
        declared = namespaces(event.get("@context"))
        yield event, around.within(declared) if declared else around


def _holders(document: Any) -> Iterator[Json]:
    """Yield the objects around the list of events, from the outside in; none around an event."""
    if not isinstance(document, Mapping) or str(document.get("type")) not in _LISTS:
        return
    holder: Any = document
    yield document
    for name in _LISTS[document["type"]]:
        holder = holder.get(name)
        if not isinstance(holder, Mapping):
            raise _refused(f"the document has no {name}, so no events are to be found")
        yield holder


def _list(document: Any, holders: list[Json]) -> list[Any]:
    if not holders:
        return document if isinstance(document, list) else [document]
    body = holders[-1]
    found = body.get("eventList", [body["event"]] if "event" in body else None)
    if not isinstance(found, list):
        raise _refused(f"found {shown(found)} where the list of events should be")
    return found


def _ignored(holders: list[Json], names: Names) -> frozenset[str]:
    listed = [
        name
        for holder in holders
        for key, value in holder.items()
        if key.endswith(":ignoreFields")
        for name in ([value] if isinstance(value, str) else value or ())
    ]
    return frozenset(names.key(name) for name in listed if isinstance(name, str))


def _refused(reason: str) -> DocumentInvalid:
    return DocumentInvalid([Problem("", reason)])
