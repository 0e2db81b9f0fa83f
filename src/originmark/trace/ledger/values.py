"""What the ledger hands to other rooms."""

from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from typing import Any

from originmark.standards.epcis.decode import decode_event
from originmark.standards.epcis.events import EpcisEvent
from originmark.standards.epcis.problems import Problem


@dataclass(frozen=True)
class StoredEvent:
    """An event of the ledger.

    ``id`` is its place in the log, from 0; ``body`` is the JSON event exactly as it was received.
    """

    id: int
    event_id: str
    fingerprint: str
    body: dict[str, Any]
    context: Any
    recorded_at: datetime
    captured_by_id: int | None
    organisation_id: int | None

    @cached_property
    def event(self) -> EpcisEvent:
        """The typed value, with the eventID and record time that the ledger gave it.

        Decoded when it is first asked for: most readers do with the body.
        """
        return replace(
            decode_event(self.body), event_id=self.event_id, record_time=self.recorded_at
        )


@dataclass(frozen=True, slots=True)
class CaptureResult:
    """What became of a document: new events, how many were there before, and advice."""

    stored: list[StoredEvent]
    repeated: int
    advice: list[Problem]
    events: list[StoredEvent]
    """Every event of the document in its order, new ones and those that were there before."""


@dataclass(frozen=True, slots=True)
class Inclusion:
    """The proof that an event is in the log (hashes as bytes)."""

    leaf_index: int
    tree_size: int
    leaf_hash: bytes
    root: bytes
    path: list[bytes]
    leaf_data: bytes


@dataclass(frozen=True, slots=True)
class Consistency:
    """The proof that a log is the beginning of a later one (hashes as bytes)."""

    earlier: int
    earlier_root: bytes
    size: int
    root: bytes
    path: list[bytes]


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """How far the log has grown."""

    size: int
    root: bytes
    grew_at: datetime | None


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is wrong with the stored ledger."""

    code: str
    index: int | None
    event_id: str | None
    sentence: str
