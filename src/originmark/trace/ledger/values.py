"""What the ledger hands to other rooms."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from functools import cached_property
from typing import Any

from originmark.frame.web.refusals import RuleViolation
from originmark.standards.epcis.decode import decode_event
from originmark.standards.epcis.events import EpcisEvent
from originmark.standards.epcis.problems import Problem

MOST_LISTED = 1000


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
class MasterData:
    """One element of a vocabulary that came in the header of a document."""

    vocabulary: str
    element_id: str
    attributes: list[dict[str, Any]]
    children: list[str]


class Verdict(StrEnum):
    """What became of one event of a document."""

    ACCEPTED = "ACCEPTED"
    DUPLICATE = "DUPLICATE"
    REJECTED = "REJECTED"


@dataclass(frozen=True, slots=True)
class Failure:
    """An event that was refused while others were taken; ``place`` is its place in the document."""

    place: int
    event_id: str
    refusal: RuleViolation


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of the event at a place of its document; ``refusal`` says why it was refused."""

    place: int
    event_id: str
    verdict: Verdict
    refusal: RuleViolation | None = None


@dataclass(frozen=True, slots=True)
class CaptureResult:
    """What became of a document: new events, how many were there before, and advice."""

    stored: list[StoredEvent]
    repeated: int
    advice: list[Problem]
    events: list[StoredEvent]
    """Every event of the document in its order, new ones and those that were there before."""
    places: list[int] = field(default_factory=list)
    """The place in the document of each of these events."""
    failures: list[Failure] = field(default_factory=list)
    """The events that were refused: only where the caller asked to proceed."""

    @property
    def total(self) -> int:
        """How many events the document holds."""
        return len(self.events) + len(self.failures)

    def outcomes(self) -> list[Outcome]:
        """Return what became of every event, in the order of the document."""
        fresh = {each.id for each in self.stored}
        found = [_refused(each) for each in self.failures]
        for place, event in zip(self.places, self.events, strict=True):
            # An event that stands twice in a document is accepted once.
            verdict = Verdict.ACCEPTED if event.id in fresh else Verdict.DUPLICATE
            fresh.discard(event.id)
            found.append(Outcome(place, event.event_id, verdict))
        return sorted(found, key=lambda outcome: outcome.place)


@dataclass(slots=True)
class Tally:
    """The counts of a document, and what became of its first events (``MOST_LISTED`` of a kind).

    The counts are exact however large the document is; the lists are cut.
    """

    total: int = 0
    stored: int = 0
    repeated: int = 0
    rejected: int = 0
    warnings: int = 0
    outcomes: list[Outcome] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)
    advice: list[Problem] = field(default_factory=list)

    def add(self, result: CaptureResult) -> None:
        """Count what became of one more part of the document."""
        self.total += result.total
        self.stored += len(result.stored)
        self.repeated += result.repeated
        self.rejected += len(result.failures)
        self.warnings += len(result.advice)
        if len(self.outcomes) < MOST_LISTED:
            self.outcomes += result.outcomes()[: MOST_LISTED - len(self.outcomes)]
        self.failures += result.failures[: MOST_LISTED - len(self.failures)]
        self.advice += result.advice[: MOST_LISTED - len(self.advice)]


def tally_of(result: CaptureResult) -> Tally:
    """Return the counts of a document that was captured in one go."""
    tally = Tally()
    tally.add(result)
    return tally


def _refused(failure: Failure) -> Outcome:
    return Outcome(failure.place, failure.event_id, Verdict.REJECTED, failure.refusal)


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


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check found, and how far it came: events ``start`` up to, not including, ``end``."""

    findings: list[Finding]
    start: int
    end: int
    size: int
