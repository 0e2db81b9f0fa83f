"""Events of an XML document of any size, one by one, in memory that stays flat."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, BinaryIO, Final

from lxml import etree

from originmark.standards.epcis.documents import DocumentInvalid
from originmark.standards.epcis.problems import Problem
from originmark.standards.epcis.xml_events import STANDARD_EVENTS, read_event
from originmark.standards.epcis.xml_names import split
from originmark.standards.epcis.xml_reader import refuse_other_root, unfolded
from originmark.standards.epcis.xml_safely import (
    SAFE,
    no_xml,
    refuse_declarations,
    refuse_what_is_declared,
    refused,
)
from originmark.standards.epcis.xml_values import WRAPPERS, Element, Reading

_CHUNK_BYTES: Final = 1 << 16
_LONGEST_PROLOG_BYTES: Final = 1 << 20
_ROOT: Final = "root"
_LIST: Final = "EventList"
_HOLDERS: Final = frozenset({"EPCISBody", "resultsBody"})
_TAGS: Final = tuple(
    f"{{*}}{name}" for name in (_LIST, "QuantityEvent", *STANDARD_EVENTS, *WRAPPERS)
)
Refused = Callable[[list[Problem]], None]
Found = tuple[dict[str, Any], Mapping[str, str]]


def iter_events(source: BinaryIO, *, refuse: Refused | None = None) -> Iterator[Found]:
    """Yield each event of an XML document with the prefixes that its names use.

    ``source`` is a file opened for bytes. Nothing but the event at hand is kept, and the header.

    An event that cannot be read goes to ``refuse`` with its problems, and reading goes on;
    without ``refuse`` it ends in DocumentInvalid, as does whatever makes the document unreadable.
    The events before that have been yielded by then.
    """
    reading = Reading()
    parser = etree.XMLPullParser(("start", "end"), tag=_TAGS, **SAFE)
    listed: Element | None = None
    for chunk in _chunks(source):
        for happening, element in _fed(parser, chunk):
            if happening == _ROOT:
                refuse_other_root(element)
            elif listed is None:
                listed = _start(reading, happening, element)
            elif happening == "end" and (element is listed or element.getparent() is listed):
                yield from _taken(reading, listed, element, refuse)


def _chunks(source: BinaryIO) -> Iterator[bytes | None]:
    """Yield the bytes of a document, the first once its prolog is known to be harmless."""
    start = b""
    while chunk := source.read(_CHUNK_BYTES):
        start += chunk
        if refuse_declarations(start):
            break
        if len(start) > _LONGEST_PROLOG_BYTES:
            raise refused(f"found no element in the first {len(start)} bytes, expected one")
    yield start
    while chunk := source.read(_CHUNK_BYTES):
        yield chunk
    yield None


def _fed(parser: Any, chunk: bytes | None) -> Iterator[tuple[str, Element]]:
    try:
        if chunk is not None:
            parser.feed(chunk)
            yield from parser.read_events()
        else:
            root = parser.close()
            yield from parser.read_events()
            yield _ROOT, root
    except etree.XMLSyntaxError as reason:
        raise no_xml(reason) from reason


def _start(reading: Reading, happening: str, element: Element) -> Element | None:
    """Return the list of events where it begins."""
    if happening != "start" or split(element.tag)[1] != _LIST:
        return None
    root = refuse_what_is_declared(element.getroottree().getroot())
    refuse_other_root(root)
    reading.prefixes.carry(root.nsmap)
    parent = element.getparent()
    return element if parent is not None and split(parent.tag)[1] in _HOLDERS else None


def _taken(
    reading: Reading, listed: Element, element: Element, refuse: Refused | None
) -> Iterator[Found]:
    """Read and let go of what has ended: one child of the list, or at its end the rest."""
    for child in [element] if element is not listed else list(listed.iterchildren("*")):
        events = [read_event(reading, each) for each in unfolded(reading, child)]
        reading.events_before += len(events)
        problems, reading.problems = reading.problems, []
        if not problems:
            prefixes = dict(reading.prefixes.declared)
            yield from ((event, prefixes) for event in events)
        elif refuse is None:
            raise DocumentInvalid(problems)
        else:
            refuse(problems)
        listed.remove(child)
