"""From an event as received to the rows that keep it."""

import hashlib
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import orjson

from originmark.standards.epcis.decode import decode_event
from originmark.standards.epcis.events import EpcisEvent, StandardEvent
from originmark.standards.epcis.fingerprint import fingerprint
from originmark.trace.ledger.index import Named, identifiers
from originmark.trace.ledger.rules import Arrival
from originmark.trace.ledger.values import StoredEvent

_OWN_NAMES = uuid.uuid5(uuid.NAMESPACE_URL, "urn:originmark:event")


@dataclass(frozen=True, slots=True)
class Draft:
    """An event that may be stored."""

    event_id: str
    arrival: Arrival
    event: EpcisEvent
    body: Mapping[str, Any]
    text: str
    context: Any
    named: list[Named]

    def words(self) -> Iterator[str]:
        """Yield every text that pages search by."""
        yield self.event_id
        yield from (value for value in facts_of(self.event).values() if isinstance(value, str))
        yield from (identifier for identifier, *_rest in self.named)

    def stored(
        self,
        index: int,
        *,
        now: datetime,
        organisation_id: int | None,
        captured_by_id: int | None,
    ) -> StoredEvent:
        """Return the event as it will stand in the ledger."""
        return StoredEvent(
            id=index,
            event_id=self.event_id,
            fingerprint=self.arrival.fingerprint,
            event=replace(self.event, event_id=self.event_id, record_time=now),
            body=dict(self.body),
            context=self.context,
            recorded_at=now,
            captured_by_id=captured_by_id,
            organisation_id=organisation_id,
        )


def draft(body: Mapping[str, Any], text: str, context: Any) -> Draft:
    """Return a valid event with its fingerprint, its name and the identifiers in it.

    An event without eventID gets one made of its fingerprint, so that sending it again
    finds it.
    """
    event = decode_event(body)
    print_ = fingerprint(body, context)
    given_id = event.event_id
    return Draft(
        event_id=given_id or uuid.uuid5(_OWN_NAMES, print_).urn,
        arrival=Arrival(given_id, print_, event.error_declaration is not None),
        event=event,
        body=body,
        text=text,
        context=context,
        named=identifiers(event),
    )


def facts_of(event: EpcisEvent) -> dict[str, Any]:
    """Return the columns of the event's row that its body implies."""
    facts: dict[str, Any] = {
        "type": event.type,
        "event_time": event.event_time,
        "action": getattr(event, "action", None) or "",
        "biz_step": "",
        "disposition": "",
        "read_point": "",
        "biz_location": "",
        "is_error_declaration": event.error_declaration is not None,
    }
    if isinstance(event, StandardEvent):
        facts["biz_step"] = event.biz_step or ""
        facts["disposition"] = event.disposition or ""
        facts["read_point"] = event.read_point.id if event.read_point else ""
        facts["biz_location"] = event.biz_location.id if event.biz_location else ""
    return facts


def dumped(value: Any) -> str:
    """Return JSON text with the order of keys kept."""
    return orjson.dumps(value).decode()


def digest(context: str) -> str:
    """Return the key under which a context is kept."""
    return hashlib.sha256(context.encode()).hexdigest()
