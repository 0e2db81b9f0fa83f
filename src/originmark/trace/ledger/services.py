"""Commands of the ledger: capture is the only way in."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction

from originmark.origin.parties import access
from originmark.origin.parties.access import Actor
from originmark.standards.epcis.documents import (
    Document,
    DocumentInvalid,
    open_document,
    open_events,
)
from originmark.standards.epcis.problems import Problem, step_into
from originmark.trace.ledger import checking, log, rules, sockets, store
from originmark.trace.ledger.drafts import Draft, draft
from originmark.trace.ledger.rules import Earlier
from originmark.trace.ledger.values import CaptureResult, Finding, StoredEvent

__all__ = ["CaptureResult", "Finding", "StoredEvent", "capture", "check_log"]


def capture(
    document: bytes | list[dict[str, Any]],
    *,
    by: Actor,
    now: datetime,
    source: str = "",
    organisation_id: int | None = None,
) -> CaptureResult:
    """Store the events of a document, all or none, each once.

    Takes an EPCIS document, a query document or a single event as JSON, or a list of JSON events
    (for rooms of this program; their context is the standard's). ``organisation_id`` is on
    whose behalf; without it, the actor's own organisation.

    Sending the same event again answers with the row that is already there.

    Raises DocumentRefused, TooManyEvents, EventFromTheFuture, EventConflict,
    ForeignErrorDeclaration, NotAllowed, and whatever a listener refuses; nothing is stored then.
    """
    advice, drafts = _read(document, now=now)
    owner = organisation_id if organisation_id is not None else own_organisation(by)
    with transaction.atomic():
        state = log.lock()
        access.require(by, "ledger.capture", organisation_id=owner)
        new, places = _sort_out(drafts, first=state.size, by=by, owner=owner)
        stored = [
            each.stored(index, now=now, organisation_id=owner, captured_by_id=by.person_id)
            for index, each in enumerate(new, start=state.size)
        ]
        if stored:
            store.write(state, list(zip(new, stored, strict=True)), source=source[:300], now=now)
            sockets.tell_listeners(stored, by=by, now=now)
    known = {each_stored.id: each_stored for each_stored in stored}
    known |= store.from_rows(place for place in places if place not in known)
    return CaptureResult(
        stored=stored,
        repeated=len(drafts) - len(stored),
        advice=advice,
        events=[known[place] for place in places],
    )


def check_log(report: Callable[[int, int], None] | None = None) -> list[Finding]:
    """Recompute every leaf, node and index row; return what is wrong, first event first.

    ``report`` hears how many of how many events are done. Reads every row once.
    """
    return checking.findings(report or (lambda *_: None))


def _read(
    document: bytes | list[dict[str, Any]], *, now: datetime
) -> tuple[list[Problem], list[Draft]]:
    """Return the advice about a document and its events, each by itself fit to be stored."""
    try:
        opened, advice = (
            open_document(document) if isinstance(document, bytes) else open_events(document)
        )
        if len(opened.events) > settings.LEDGER_MOST_EVENTS:
            raise rules.TooManyEvents(found=len(opened.events), most=settings.LEDGER_MOST_EVENTS)
        return advice, _drafts(opened, now=now)
    except DocumentInvalid as invalid:
        raise _refused(invalid.problems) from invalid


def _refused(problems: list[Problem]) -> rules.DocumentRefused:
    first = problems[0]
    return rules.DocumentRefused(
        count=len(problems),
        pointer=first.pointer or "/",
        reason=first.reason,
        problems=tuple(problems),
    )


def _drafts(opened: Document, *, now: datetime) -> list[Draft]:
    latest = now + timedelta(minutes=settings.LEDGER_MINUTES_AHEAD)
    drafts = []
    for index, body in enumerate(opened.events):
        each = draft(body, opened.texts[index], opened.context, place=index)
        if each.facts[1] > latest or len(each.text) > rules.LONGEST_IDENTIFIER:
            _refuse(each, step_into(opened.pointer, index), now=now)
        drafts.append(each)
    return drafts


def _refuse(each: Draft, pointer: str, *, now: datetime) -> None:
    rules.refuse_long(each.words(), pointer=pointer)
    rules.refuse_future(
        each.facts[1],
        now=now,
        minutes=settings.LEDGER_MINUTES_AHEAD,
        pointer=each.arrival.given_id or pointer,
    )


def own_organisation(by: Actor) -> int | None:
    """Return the organisation for which the actor records, the first if there are several."""
    may = (
        each
        for each in by.organisation_ids
        if access.allows(by, "ledger.capture", organisation_id=each)
    )
    return next(may, None)


def _sort_out(
    drafts: Sequence[Draft], *, first: int, by: Actor, owner: int | None
) -> tuple[list[Draft], list[int]]:
    """Return the drafts that are new, and for every draft its place in the log."""
    by_name: dict[str, list[Earlier]] = defaultdict(list)
    by_content: dict[str, list[Earlier]] = defaultdict(list)
    for each in store.earlier_events(drafts):
        by_name[each.event_id].append(each)
        by_content[each.fingerprint].append(each)
    new: list[Draft] = []
    places: list[int] = []
    for each_draft in drafts:
        arrival = each_draft.arrival
        if again := rules.repeated(arrival, by_content[arrival.fingerprint]):
            places.append(again.id)
            continue
        namesakes = by_name[each_draft.event_id]
        rules.refuse_conflict(arrival, namesakes)
        if not by.sees_everything:
            rules.refuse_foreign_declaration(arrival, namesakes, organisation_id=owner)
        place = first + len(new)
        entry = Earlier(
            place, each_draft.event_id, arrival.fingerprint, arrival.is_error_declaration, owner
        )
        by_name[each_draft.event_id].append(entry)
        by_content[arrival.fingerprint].append(entry)
        new.append(each_draft)
        places.append(place)
    return new, places
