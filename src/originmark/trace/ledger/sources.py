"""Large documents in files, JSON and XML, as what stands around their events and these one by one.

Opening one reads the whole file once: what is no JSON or XML throughout is refused then, before
the first event is stored. So is an XML event that cannot be read, unless the source is greedy:
then it stands at its place, with its problems.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Protocol

import orjson

from originmark.standards.epcis.documents import STANDARD_CONTEXT, DocumentInvalid, list_pointer
from originmark.standards.epcis.problems import Problem
from originmark.standards.epcis.streaming import Shell, read_events, read_shell
from originmark.standards.epcis.xml_stream import open_stream
from originmark.trace.ledger.reading import XML_TYPES, Listed
from originmark.trace.ledger.rules import TooManyEvents

PIECE = 2**20


class Source(Protocol):
    """A large document: without its events, how many these are, and each of them."""

    document: dict[str, Any]
    total: int
    is_from_xml: bool

    def events(self) -> Iterator[Listed]:
        """Yield each event, from the first on."""


def source_of(path: Path, media_type: str, most: int | None, *, is_greedy: bool) -> Source:
    """Return a document in a file. Raises DocumentInvalid and TooManyEvents."""
    if media_type in XML_TYPES:
        return XmlSource(path, most, is_greedy=is_greedy)
    return JsonSource(path, most)


class JsonSource:
    """A JSON document; its events are cut out of it, and kept as they were written."""

    is_from_xml = False

    def __init__(self, path: Path, most: int | None) -> None:
        self._path, self._shell = path, _shell(path)
        self.document = self._shell.document
        self.total = _counted(self.events(), most)

    def events(self) -> Iterator[Listed]:
        """Yield each event, from the first on."""
        inside = _pieces(self._path, self._shell.start, self._shell.end)
        for place, text in enumerate(read_events(inside)):
            yield self._parsed(text, place), text.decode(), ()

    def _parsed(self, text: bytes, place: int) -> Any:
        try:
            return orjson.loads(text)
        except orjson.JSONDecodeError as reason:
            pointer = f"{list_pointer(self.document)}/{place}"
            raise DocumentInvalid([Problem(pointer, f"this is no JSON: {reason}")]) from reason


class XmlSource:
    """An XML document; what its prefixes mean is known when all of it has been read."""

    is_from_xml = True

    def __init__(self, path: Path, most: int | None, *, is_greedy: bool) -> None:
        self._path, self._is_greedy = path, is_greedy
        self._prefixes: Mapping[str, str] = {}
        with path.open("rb") as file:
            head = dict(open_stream(file).head)
        self.total = _counted(self.events(), most)
        declared = dict(self._prefixes)
        self.document = head | {
            "@context": [STANDARD_CONTEXT, declared] if declared else [STANDARD_CONTEXT],
            "epcisBody": _empty(head),
        }

    def events(self) -> Iterator[Listed]:
        """Yield each event, its text as JSON, from the first on."""
        with self._path.open("rb") as file:
            stream = open_stream(file, is_greedy=self._is_greedy)
            for body, self._prefixes, problems in stream.events:
                yield body, orjson.dumps(body).decode(), problems


def _empty(head: Mapping[str, Any]) -> dict[str, Any]:
    if head.get("type") == "EPCISQueryDocument":
        results = {"queryName": "SimpleEventQuery", "resultsBody": {"eventList": []}}
        return {"queryResults": results}
    return {"eventList": []}


def _counted(events: Iterator[Listed], most: int | None) -> int:
    total = 0
    for total, _event in enumerate(events, start=1):
        if most is not None and total > most:
            raise TooManyEvents(found=total, most=most)
    return total


def _shell(path: Path) -> Shell:
    shell = read_shell(_pieces(path, 0, path.stat().st_size))
    if shell is None:
        reason = "expected a list of events, once, in a document of this size"
        raise DocumentInvalid([Problem(list_pointer({}), reason)])
    return shell


def _pieces(path: Path, start: int, end: int) -> Iterator[bytes]:
    with path.open("rb") as file:
        file.seek(start)
        while (left := end - file.tell()) > 0 and (piece := file.read(min(PIECE, left))):
            yield piece
