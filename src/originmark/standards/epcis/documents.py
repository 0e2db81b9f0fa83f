"""Reading documents: which events they hold, and in which context."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import orjson

from originmark.standards.epcis.problems import Problem
from originmark.standards.epcis.validation import document_problems, event_problems

Json = Mapping[str, Any]
STANDARD_CONTEXT = "https://ref.gs1.org/standards/epcis/epcis-context.jsonld"


@dataclass(frozen=True, slots=True)
class Document:
    """The events of a document, as they were written.

    ``context`` is the document's; an event may carry one of its own, which comes after it.
    ``pointer`` leads to the list of events.
    """

    events: tuple[Json, ...]
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
        return orjson.loads(data.removeprefix(b"\xef\xbb\xbf"))
    except orjson.JSONDecodeError as reason:
        raise DocumentInvalid([Problem("", f"this is no JSON: {reason}")]) from reason


def open_document(document: object) -> tuple[Document, list[Problem]]:
    """Return a parsed document's events and the advice about it. Raises DocumentInvalid."""
    problems = list(document_problems(document))
    grave = [problem for problem in problems if not problem.is_advice]
    if grave or not isinstance(document, dict):
        raise DocumentInvalid(grave)
    events, pointer = _events(document)
    context = document["@context"] if events != (document,) else None
    return Document(events, context, pointer), problems


def open_events(events: list[Json]) -> tuple[Document, list[Problem]]:
    """Return events that come without a document. Raises DocumentInvalid."""
    problems = [
        problem
        for index, event in enumerate(events)
        for problem in event_problems(event, f"/eventList/{index}")
    ]
    grave = [problem for problem in problems if not problem.is_advice]
    if grave:
        raise DocumentInvalid(grave)
    return Document(tuple(events), STANDARD_CONTEXT, "/eventList"), problems


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
