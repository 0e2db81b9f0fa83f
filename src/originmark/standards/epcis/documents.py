"""Reading documents: which events they hold, and in which context."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson

from originmark.standards.epcis.problems import Problem
from originmark.standards.epcis.texts import event_texts
from originmark.standards.epcis.validation import document_problems, event_problems

Json = Mapping[str, Any]
_MARK = b"\xef\xbb\xbf"
DEEPEST = 100
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
        return orjson.loads(data.removeprefix(_MARK))
    except orjson.JSONDecodeError as reason:
        raise DocumentInvalid([Problem("", f"this is no JSON: {reason}")]) from reason


def is_single_event(data: bytes) -> bool:
    """Return whether this is one event by itself. Raises DocumentInvalid for what is no JSON."""
    parsed = read_json(data)
    kinds = {"EPCISDocument", "EPCISQueryDocument"}
    return isinstance(parsed, dict) and parsed.get("type") not in kinds


def open_document(data: bytes) -> tuple[Document, list[Problem]]:
    """Return the events of a document and the advice about it. Raises DocumentInvalid.

    Takes an EPCIS document, a query document and a single event.
    """
    document = read_json(data)
    _refuse_deep(document, data)
    advice = _refuse_grave(list(document_problems(document)))
    events, pointer = _events(document)
    context = document["@context"] if pointer else None
    texts = _texts(data.removeprefix(_MARK).decode(), pointer, events)
    return Document(events, texts, context, pointer), advice


def open_events(events: Sequence[Json]) -> tuple[Document, list[Problem]]:
    """Return events that come without a document. Raises DocumentInvalid."""
    pointer = "/eventList"
    advice = _refuse_grave(
        [
            problem
            for index, event in enumerate(events)
            for problem in event_problems(event, f"{pointer}/{index}")
        ]
    )
    texts = tuple(orjson.dumps(event).decode() for event in events)
    return Document(tuple(events), texts, STANDARD_CONTEXT, pointer), advice


def _refuse_deep(document: object, data: bytes) -> None:
    """Raise DocumentInvalid where things are nested deeper than anything sensible."""
    if data.count(b"[") + data.count(b"{") <= DEEPEST:
        return
    level, depth = [document], 0
    while level:
        depth += 1
        if depth > DEEPEST:
            raise DocumentInvalid([Problem("", f"this is nested deeper than {DEEPEST} levels")])
        level = [inner for each in level for inner in _inside(each)]


def _inside(value: object) -> Iterable[object]:
    if isinstance(value, dict):
        return value.values()
    return value if isinstance(value, list) else ()


def _refuse_grave(problems: list[Problem]) -> list[Problem]:
    grave = [problem for problem in problems if not problem.is_advice]
    if grave:
        raise DocumentInvalid(grave)
    return problems


def _texts(text: str, pointer: str, events: tuple[Json, ...]) -> tuple[str, ...]:
    texts = event_texts(text, pointer)
    # A key that stands twice makes two readings possible; the parsed one is kept then.
    if [orjson.loads(each) for each in texts] != list(events):
        return tuple(orjson.dumps(event).decode() for event in events)
    return tuple(texts)


def _events(document: Json) -> tuple[tuple[Json, ...], str]:
    if document["type"] == "EPCISDocument":
        body = document["epcisBody"]
        if "eventList" in body:
            return tuple(body["eventList"]), "/epcisBody/eventList"
        return (body["event"],), "/epcisBody/event"
    if document["type"] == "EPCISQueryDocument":
        results = document["epcisBody"]["queryResults"]["resultsBody"]
        return tuple(results["eventList"]), "/epcisBody/queryResults/resultsBody/eventList"
    return (document,), ""
