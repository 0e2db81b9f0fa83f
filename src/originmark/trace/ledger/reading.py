"""From a document to drafts of its events, each by itself fit to be stored."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.conf import settings

from originmark.frame.web.refusals import RuleViolation
from originmark.standards.epcis import fast_check
from originmark.standards.epcis.documents import (
    STANDARD_CONTEXT,
    DocumentInvalid,
    as_document,
    list_holder,
    list_pointer,
    open_events,
    parse,
)
from originmark.standards.epcis.fingerprint import namespaces
from originmark.standards.epcis.hash_fields import TooDeep
from originmark.standards.epcis.problems import Problem, step_into
from originmark.standards.epcis.validation import event_advice, event_problems
from originmark.standards.epcis.xml_places import in_xml
from originmark.standards.epcis.xml_reader import document_from_xml, readable_from_xml
from originmark.trace.ledger import master_data, rules
from originmark.trace.ledger.drafts import Draft, draft
from originmark.trace.ledger.garbage import left_alone
from originmark.trace.ledger.values import Failure, MasterData

JSON_TYPES = frozenset({"application/json", "application/ld+json"})
XML_TYPES = frozenset({"application/xml", "text/xml"})
_NUL = re.compile(r"(?<!\\)(?:\\\\)*\\u0000")
Json = Mapping[str, Any]
Listed = tuple[Any, str, Sequence[Problem]]
"""An event of a stream, its text, and why it cannot be read, if it cannot."""


@dataclass(slots=True)
class Reading:
    """What a document holds: drafts of its events, its master data, what was refused, advice."""

    drafts: list[Draft] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)
    advice: list[Problem] = field(default_factory=list)
    master_data: list[MasterData] = field(default_factory=list)


class Surroundings:
    """What the events of a list have in common: the document's context, and the list's pointer."""

    def __init__(self, context: Any, pointer: str, *, is_from_xml: bool = False) -> None:
        self.context, self.pointer, self.is_from_xml = context, pointer, is_from_xml
        self.names = namespaces(context)


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads documents at a moment; a greedy one lists what is refused and goes on."""

    now: datetime
    is_greedy: bool = False

    def document(self, data: bytes, media_type: str) -> Reading:
        """Return what a document in bytes holds.

        Raises DocumentRefused and TooManyEvents; unless it is greedy, whatever a single event is
        refused for, too.
        """
        try:
            if media_type in XML_TYPES:
                return self._from_xml(data)
            document, texts = parse(data)
            _refuse_many(document)
            return self._opened(document, texts, is_from_xml=False)
        except DocumentInvalid as invalid:
            raise refused(invalid.problems) from invalid

    def _from_xml(self, data: bytes) -> Reading:
        """Return what a document holds, with pointers into the XML that it was made of."""
        document, unreadable = (
            readable_from_xml(data) if self.is_greedy else (document_from_xml(data), {})
        )
        _refuse_many(document)
        try:
            found = self._opened(document, None, is_from_xml=True, unreadable=unreadable)
        except rules.DocumentRefused as refusal:
            raise refused(in_xml(data, refusal.problems)) from refusal
        refusals = [_problems_of(each) for each in found.failures]
        told = [*found.advice, *(problem for listed in refusals for problem in listed)]
        placed = iter(in_xml(data, told) if told else ())
        found.advice = [next(placed) for _ in found.advice]
        found.failures = [
            replace(each, refusal=refused([next(placed) for _ in listed])) if listed else each
            for each, listed in zip(found.failures, refusals, strict=True)
        ]
        return found

    def events(self, events: Sequence[Json]) -> Reading:
        """Return drafts of events that a room of this program made."""
        try:
            opened, advice = open_events(events)
        except DocumentInvalid as invalid:
            raise refused(invalid.problems) from invalid
        found, around = Reading(advice=advice), Surroundings(STANDARD_CONTEXT, opened.pointer)
        for index, text in enumerate(opened.texts):
            self.add(found, opened.events[index], text, around, index)
        return found

    def add(
        self, found: Reading, body: Json, text: str, around: "Surroundings", index: int
    ) -> None:
        """Add a valid event, which stands at a place of its list, to what was found."""
        try:
            found.drafts.append(self._draft(body, text, around, index))
        except RuleViolation as refusal:
            self.fail(found, index, body, refusal)

    @left_alone()
    def batch(
        self,
        found: Reading,
        events: Sequence["Listed"],
        around: "Surroundings",
        first: int,
    ) -> None:
        """Add events of a stream; the first stands at place ``first``."""
        bodies = [body for body, _text, _unreadable in events]
        are_valid = fast_check.events_valid(bodies, is_from_xml=around.is_from_xml)
        for index, (body, text, unreadable) in enumerate(events, start=first):
            problems = unreadable or _problems(body, around, index, is_valid=are_valid)
            grave = [each for each in problems if not each.is_advice]
            if grave:
                self.fail(found, index, body, refused(grave))
            else:
                found.advice += problems
                self.add(found, body, text, around, index)

    def fail(self, found: Reading, index: int, body: object, refusal: RuleViolation) -> None:
        """Note that an event is refused, or raise its refusal unless greedy."""
        if not self.is_greedy:
            raise refusal
        name = body.get("eventID") if isinstance(body, Mapping) else None
        given = name if isinstance(name, str) else ""
        found.failures.append(Failure(index, given[: rules.LONGEST_IDENTIFIER], refusal))

    def _opened(
        self,
        document: Any,
        texts: list[str] | None,
        *,
        is_from_xml: bool,
        unreadable: Mapping[int, list[Problem]] | None = None,
    ) -> Reading:
        problems = fast_check.problems(document, is_from_xml=is_from_xml)
        whole, by_place = _sorted_out(problems, list_pointer(document))
        by_place |= unreadable or {}
        grave = [each for each in whole if not each.is_advice]
        if grave or (by_place and not self.is_greedy):
            raise refused(grave + [each for listed in by_place.values() for each in listed])
        opened = as_document(document, texts)
        found = Reading(advice=whole, master_data=master_data.read(document))
        around = Surroundings(opened.context, opened.pointer)
        for index, body in enumerate(opened.events):
            if index in by_place:
                self.fail(found, index, body, refused(by_place[index]))
            else:
                self.add(found, body, opened.texts[index], around, index)
        return found

    def _draft(self, body: Json, text: str, around: "Surroundings", index: int) -> Draft:
        if "\\u0000" in text and _NUL.search(text):
            reason = "found a NUL character, expected none"
            raise refused([Problem(step_into(around.pointer, index), reason)])
        try:
            each = draft(body, text, around.context, around.names, place=index)
        except TooDeep as deep:
            raise refused([Problem(step_into(around.pointer, index), str(deep))]) from deep
        each.list_pointer = around.pointer
        if len(text) > rules.LONGEST_IDENTIFIER and rules.is_any_long(each.words()):
            rules.refuse_long(each.words(), pointer=step_into(around.pointer, index))
        if each.facts[1] > self.now:
            rules.refuse_future(
                each.facts[1],
                now=self.now,
                minutes=settings.LEDGER_MINUTES_AHEAD,
                pointer=each.arrival.given_id or step_into(around.pointer, index),
            )
        return each


def refused(problems: Sequence[Problem]) -> rules.DocumentRefused:
    """Return the refusal that says all this of a document."""
    first = problems[0]
    return rules.DocumentRefused(
        count=len(problems),
        pointer=first.pointer or "/",
        reason=first.reason,
        problems=tuple(problems),
    )


def _problems_of(failure: Failure) -> tuple[Problem, ...]:
    refusal = failure.refusal
    return refusal.problems if isinstance(refusal, rules.DocumentRefused) else ()


def media_types() -> list[str]:
    """Return the media types that are taken."""
    return sorted(JSON_TYPES | XML_TYPES)


def _problems(body: Any, around: Surroundings, index: int, *, is_valid: bool) -> list[Problem]:
    pointer, is_from_xml = f"{around.pointer}/{index}", around.is_from_xml
    if is_valid or fast_check.events_valid([body], is_from_xml=is_from_xml):
        told = "sensorElementList" in body or "errorDeclaration" in body
        return list(event_advice(body, pointer)) if told else []
    found = list(event_problems(body, pointer, is_from_xml=is_from_xml))
    if any(not each.is_advice for each in found):
        return found
    return [Problem(pointer, "this is no event as the schema of EPCIS 2.0 has it")]


def _refuse_many(document: Any) -> None:
    holder = list_holder(document)
    events = holder["eventList"] if holder else None
    most = settings.LEDGER_MOST_EVENTS
    if isinstance(events, list) and len(events) > most:
        raise rules.TooManyEvents(found=len(events), most=most)


def _sorted_out(
    problems: list[Problem], pointer: str
) -> tuple[list[Problem], dict[int, list[Problem]]]:
    """Return the problems of the document and its advice, and the grave ones of each event."""
    whole: list[Problem] = []
    by_place: dict[int, list[Problem]] = defaultdict(list)
    start = f"{pointer}/"
    for each in problems:
        index = each.pointer.removeprefix(start).partition("/")[0]
        if not each.is_advice and each.pointer.startswith(start) and index.isdecimal():
            by_place[int(index)].append(each)
        else:
            whole.append(each)
    return whole, dict(by_place)
