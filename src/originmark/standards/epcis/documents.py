"""Reading documents: which events they hold, and in which context."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson

from originmark.standards.epcis import fast_check
from originmark.standards.epcis.problems import Problem
from originmark.standards.epcis.splitting import Split, brackets, split
from originmark.standards.epcis.validation import event_advice, event_problems

Json = Mapping[str, Any]
BYTE_ORDER_MARK = b"\xef\xbb\xbf"
DEEPEST = 100
KINDS = ("EPCISDocument", "EPCISQueryDocument")
EVENTS_STAND_HERE = "\x00the events stand here"
STANDARD_CONTEXT = "https://ref.gs1.org/standards/epcis/epcis-context.jsonld"


@dataclass(frozen=True, slots=True)
class Document:
    """The events of a document, parsed and as they were written.

    ``context`` is the document's; an event may carry one of its own, which comes after it.
    ``pointer`` leads to the list of events.
    """

    events: tuple[Json, ...]
    texts: tuple[str, ...]
    context: Any
    pointer: str


class DocumentInvalid(ValueError):
    """The document is no EPCIS 2.0; ``problems`` says where and why."""

    def __init__(self, problems: list[Problem]) -> None:
        first = problems[0]
        super().__init__(f"{first.pointer or '/'}: {first.reason}")
        self.problems = problems


def read_json(data: bytes) -> Any:
    """Return the parsed JSON; a byte order mark is skipped. Raises DocumentInvalid."""
    try:
        return orjson.loads(data.removeprefix(BYTE_ORDER_MARK))
    except orjson.JSONDecodeError as reason:
        raise DocumentInvalid([Problem("", f"this is no JSON: {reason}")]) from reason


def is_single_event(data: bytes) -> bool:
    """Return whether this is one event by itself. Raises DocumentInvalid for what is no JSON."""
    return _stands_alone(read_json(data))


def _stands_alone(document: object) -> bool:
    return isinstance(document, dict) and document.get("type") not in KINDS


def parse(data: bytes) -> tuple[Any, list[str] | None]:
    """Return a parsed JSON text, and the text of each event of its list as it was sent.

    Nothing is parsed twice: the events are cut out, and parsed one by one. Where that cannot be
    done (one event in the place of a list, a key that stands twice) there are no texts. A single
    event without a document is its own text. Raises DocumentInvalid.
    """
    data = data.removeprefix(BYTE_ORDER_MARK)
    found = brackets(data)
    if found.deepest > DEEPEST:
        raise DocumentInvalid([Problem("", f"this is nested deeper than {DEEPEST} levels")])
    parts = split(data, found)
    parsed = None if parts is None else _joined(parts)
    if parsed is not None:
        return parsed
    document = read_json(data)
    return document, [data.strip().decode()] if _stands_alone(document) else None


def as_document(document: Json, texts: list[str] | None) -> Document:
    """Return the events of a valid document; ``texts`` as ``parse`` found them."""
    events, pointer = _events(document)
    context = document["@context"] if pointer else None
    if texts is None:
        texts = [orjson.dumps(event).decode() for event in events]
    return Document(events, tuple(texts), context, pointer)


def _joined(parts: Split) -> tuple[Any, list[str]] | None:
    """Return the parsed document and the texts of its events; None where it must be read whole.

    A mark stands in for the events while the rest is parsed, and shows whether the list that was
    cut out is the one that counts.
    """
    try:
        shell = orjson.loads(
            b"%b%b%b" % (parts.before, orjson.dumps(EVENTS_STAND_HERE), parts.after)
        )
        events = [orjson.loads(each) for each in parts.events]
    except orjson.JSONDecodeError:
        return None
    holder = list_holder(shell)
    if holder is None or holder["eventList"] != [EVENTS_STAND_HERE]:
        return None
    holder["eventList"] = events
    return shell, [each.decode() for each in parts.events]


def list_pointer(document: Any) -> str:
    """Return where the list of events of a document or query document should be."""
    query = isinstance(document, dict) and document.get("type") == "EPCISQueryDocument"
    return "/epcisBody/queryResults/resultsBody/eventList" if query else "/epcisBody/eventList"


def list_holder(document: Any) -> dict[str, Any] | None:
    """Return what holds the list of events in a document or query document."""
    for name in list_pointer(document).split("/")[1:-1]:
        document = document.get(name) if isinstance(document, dict) else None
    return document if isinstance(document, dict) and "eventList" in document else None


def open_events(events: Sequence[Json]) -> tuple[Document, list[Problem]]:
    """Return events that come without a document. Raises DocumentInvalid."""
    pointer = "/eventList"
    check = event_advice if fast_check.events_valid(events) else event_problems
    found = [
        problem
        for index, event in enumerate(events)
        for problem in check(event, f"{pointer}/{index}")
    ]
    if grave := [problem for problem in found if not problem.is_advice]:
        raise DocumentInvalid(grave)
    texts = tuple(orjson.dumps(event).decode() for event in events)
    return Document(tuple(events), texts, STANDARD_CONTEXT, pointer), found


def _events(document: Json) -> tuple[tuple[Json, ...], str]:
    if document["type"] == "EPCISDocument":
        body = document["epcisBody"]
        if "eventList" in body:
            return tuple(body["eventList"]), "/epcisBody/eventList"
        return (body["event"],), "/epcisBody/event"
    if document["type"] == "EPCISQueryDocument":
        results = document["epcisBody"]["queryResults"]["resultsBody"]
        # An answer about master data alone has no list of events.
        return tuple(results.get("eventList", ())), "/epcisBody/queryResults/resultsBody/eventList"
    return (document,), ""
