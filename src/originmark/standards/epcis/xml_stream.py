"""Events of an XML document of any size, one by one, in memory that stays flat."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO, Final, NamedTuple

from lxml import etree

from originmark.standards.epcis.documents import DocumentInvalid
from originmark.standards.epcis.problems import Problem
from originmark.standards.epcis.xml_events import STANDARD_EVENTS, try_event
from originmark.standards.epcis.xml_names import split
from originmark.standards.epcis.xml_reader import (
    read_document,
    read_head,
    refuse_other_root,
    unfolded,
)
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


class Found(NamedTuple):
    """An event with the prefixes that its names use, or type and eventID and what is wrong."""

    event: dict[str, Any]
    prefixes: Mapping[str, str]
    problems: Sequence[Problem] = ()


@dataclass(frozen=True, slots=True)
class Stream:
    """A document that is being read: what it says before its events, and its events.

    ``head`` is the JSON document without ``@context`` and ``epcisBody``: type, creationDate,
    sender, master data …
    """

    head: Mapping[str, Any]
    events: Iterator[Found]


def iter_events(
    source: BinaryIO, *, refuse: Refused | None = None
) -> Iterator[tuple[dict[str, Any], Mapping[str, str]]]:
    """Yield each event of an XML document with the prefixes that its names use.

    ``source`` is a file opened for bytes. Nothing but the event at hand is kept, and the header.

    An event that cannot be read goes to ``refuse`` with its problems, and reading goes on;
    without ``refuse`` it ends in DocumentInvalid, as does whatever makes the document unreadable.
    The events before that have been yielded by then.
    """
    for event, prefixes, problems in open_stream(source, is_greedy=refuse is not None).events:
        if refuse is not None and problems:
            refuse([*problems])
        else:
            yield event, prefixes


def open_stream(source: BinaryIO, *, is_greedy: bool = False) -> Stream:
    """Return the head of an XML document and the events that follow, as ``iter_events`` does.

    A greedy stream yields, at its place, an event that cannot be read, with its problems. What
    stands behind the events is passed over.

    Raises DocumentInvalid when the document is unreadable up to its first event.
    """
    reading = Reading(numbers=None)
    happenings = _happenings(source)
    for happening, element in happenings:
        if happening == _ROOT:
            whole = read_document(reading, refuse_what_is_declared(element))
            reading.stop_if_wrong()
            return Stream({key: whole[key] for key in whole if key != "epcisBody"}, iter(()))
        if happening == "start" and _is_list(element):
            root = refuse_what_is_declared(element.getroottree().getroot())
            refuse_other_root(root)
            before = read_head(reading, root)
            reading.stop_if_wrong()
            return Stream(before, _events(reading, happenings, element, is_greedy=is_greedy))
    raise AssertionError("a parser that closes without an error has a root")


def _is_list(element: Element) -> bool:
    parent = element.getparent()
    is_list = split(element.tag)[1] == _LIST
    return is_list and parent is not None and split(parent.tag)[1] in _HOLDERS


def _events(
    reading: Reading,
    happenings: Iterator[tuple[str, Element]],
    listed: Element,
    *,
    is_greedy: bool,
) -> Iterator[Found]:
    for happening, element in happenings:
        if happening == "end" and (element is listed or element.getparent() is listed):
            yield from _taken(reading, listed, element, is_greedy=is_greedy)


def _happenings(source: BinaryIO) -> Iterator[tuple[str, Element]]:
    """Yield the beginnings and ends of elements that matter, and last the root."""
    parser = etree.XMLPullParser(("start", "end"), tag=_TAGS, **SAFE)
    for chunk in _chunks(source):
        yield from _fed(parser, chunk)


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


def _taken(
    reading: Reading, listed: Element, element: Element, *, is_greedy: bool
) -> Iterator[Found]:
    """Read and let go of what has ended: one child of the list, or at its end the rest."""
    for child in [element] if element is not listed else list(listed.iterchildren("*")):
        events = [try_event(reading, each) for each in unfolded(reading, child)]
        reading.events_before += len(events)
        prefixes = dict(reading.prefixes.declared)
        for event, problems in events:
            if problems and not is_greedy:
                raise DocumentInvalid(problems)
            yield Found(event, prefixes, problems)
        listed.remove(child)
