"""From an event as received to the rows that keep it."""

import hashlib
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import orjson

from originmark.standards.epcis import vocabulary
from originmark.standards.epcis.decode import OWN_FIELDS
from originmark.standards.epcis.fingerprint import namespaces
from originmark.standards.epcis.identity import fingerprint
from originmark.standards.epcis.times import parse_moment
from originmark.trace.ledger.index import Named, identifiers
from originmark.trace.ledger.rules import Arrival
from originmark.trace.ledger.values import StoredEvent

_OWN_NAMES = uuid.uuid5(uuid.NAMESPACE_URL, "urn:originmark:event")
_STANDARD = frozenset(OWN_FIELDS)
_ZULU = len("2026-09-22T07:15:00Z")
FACTS = (
    "type", "event_time", "action", "biz_step", "disposition", "read_point", "biz_location",
    "is_error_declaration",
)  # fmt: skip
Facts = tuple[str, datetime, str, str, str, str, str, bool]


@dataclass(slots=True)
class Draft:
    """An event that may be stored; ``place`` is its place in the list at ``list_pointer``."""

    place: int
    event_id: str
    arrival: Arrival
    facts: Facts
    body: Mapping[str, Any]
    text: str
    context: Any
    named: list[Named]
    list_pointer: str = ""

    def words(self) -> list[str]:
        """Return every text that pages search by."""
        kind, _time, action, *columns, _is_error = self.facts
        return [self.event_id, kind, action, *columns, *[each[0] for each in self.named]]

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
            body=dict(self.body),
            context=self.context,
            recorded_at=now,
            captured_by_id=captured_by_id,
            organisation_id=organisation_id,
        )


def draft(
    body: Mapping[str, Any], text: str, context: Any, names: Mapping[str, str], *, place: int = 0
) -> Draft:
    """Return a valid event with its fingerprint, its name and the identifiers in it.

    ``names`` are the prefixes of ``context``. An event without eventID gets one made of its
    fingerprint, so that sending it again finds it.
    """
    print_ = fingerprint(body, names_of(body, names))
    given_id = body.get("eventID")
    return Draft(
        place,
        given_id or uuid.uuid5(_OWN_NAMES, print_).urn,
        Arrival(given_id, print_, "errorDeclaration" in body),
        facts_of(body),
        body,
        text,
        context,
        identifiers(body),
    )


def names_of(body: Mapping[str, Any], names: Mapping[str, str]) -> Mapping[str, str]:
    """Return the prefixes in force in an event: those of its own context over the document's."""
    own = body.get("@context")
    return names if own is None else {**names, **namespaces(own)}


def facts_of(body: Mapping[str, Any]) -> Facts:
    """Return the columns of an event's row that its body implies, in the order of FACTS.

    The body is valid. An event type of somebody's own has a type and a time.
    """
    kind = body["type"]
    happened = moment_of(body["eventTime"])
    is_error = "errorDeclaration" in body
    if kind not in _STANDARD:
        return kind, happened, "", "", "", "", "", is_error
    step, disposition = body.get("bizStep"), body.get("disposition")
    read_point, location = body.get("readPoint"), body.get("bizLocation")
    return (
        kind,
        happened,
        body.get("action") or "",
        "" if step is None else vocabulary.BIZ_STEP.normalise(step),
        "" if disposition is None else vocabulary.DISPOSITION.normalise(disposition),
        "" if read_point is None else read_point["id"],
        "" if location is None else location["id"],
        is_error,
    )


def moment_of(text: str) -> datetime:
    """Return a valid time as UTC; the same as ``parse_moment``, quicker for the usual spellings.

    Raises ValueError for what is no time of the calendar.
    """
    if len(text) <= _ZULU + 9:  # up to microseconds and an offset
        return datetime.fromisoformat(text).astimezone(UTC)
    return parse_moment(text)


def dumped(value: Any) -> str:
    """Return JSON text with the order of keys kept."""
    return orjson.dumps(value).decode()


def digest(context: str) -> str:
    """Return the key under which a context is kept."""
    return hashlib.sha256(context.encode()).hexdigest()
