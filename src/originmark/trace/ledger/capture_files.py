"""Documents of any size, captured from a file in batches, in memory that stays flat."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Protocol

from django.db import transaction

from originmark.origin.parties import access
from originmark.origin.parties.access import Actor
from originmark.standards.epcis import fast_check
from originmark.standards.epcis.documents import DocumentInvalid, list_pointer
from originmark.trace.ledger import capturing, master_data
from originmark.trace.ledger.capturing import PROCEED, ROLLBACK, Sender, own_organisation
from originmark.trace.ledger.reading import Reader, Reading, Surroundings, refused
from originmark.trace.ledger.sources import Source, source_of
from originmark.trace.ledger.values import CaptureResult

BATCH = 1000
SMALL = 2**21
"""Bytes up to which a document is read whole."""


class Follower(Protocol):
    """Hears what becomes of the events of a file, batch by batch."""

    def hear(self, result: CaptureResult) -> None:
        """Take note of a batch."""

    def keep(self, *, is_last: bool) -> None:
        """Write down what was noted; called inside the transaction, right before it ends."""


@dataclass(frozen=True, slots=True)
class FileTerms:
    """How a file is to be captured: by whom, when, as what; ``skip`` events are done already."""

    by: Actor
    now: datetime
    source: str = ""
    organisation_id: int | None = None
    media_type: str = "application/json"
    error_behaviour: str = ROLLBACK
    most_events: int | None = None
    skip: int = 0

    def sender(self) -> Sender:
        """Return who sends the events, on whose behalf."""
        owner = self.organisation_id
        if owner is None:
            owner = own_organisation(self.by)
        return Sender(self.by, self.now, self.source[:300], owner)


def capture_file(path: Path, terms: FileTerms, follower: Follower) -> None:
    """Capture a document from a file, whatever its size.

    Under rollback all of it is one transaction; under proceed each thousand events are one, so
    that other writers get their turn. Before the first event is stored the whole file has been
    parsed once: a file that breaks off is refused whole. An XML event that cannot be read is
    listed under proceed like any other that is refused.

    Raises as ``services.capture`` does.
    """
    try:
        if path.stat().st_size <= SMALL:
            _capture_whole(path, terms, follower)
        else:
            source = source_of(
                path,
                terms.media_type,
                terms.most_events,
                is_greedy=terms.error_behaviour == PROCEED,
            )
            _capture_stream(source, terms, follower)
    except DocumentInvalid as invalid:
        raise refused(invalid.problems) from invalid


def _capture_whole(path: Path, terms: FileTerms, follower: Follower) -> None:
    is_greedy = terms.error_behaviour == PROCEED
    found = Reader(terms.now, is_greedy).document(path.read_bytes(), terms.media_type)
    with transaction.atomic():
        _take(found, terms.sender(), follower, is_greedy=is_greedy)
        follower.keep(is_last=True)


def _capture_stream(source: Source, terms: FileTerms, follower: Follower) -> None:
    _refuse_shell(source)
    sender = terms.sender()
    batches = _batches(source, terms)
    if terms.error_behaviour == PROCEED:
        done = terms.skip
        for found in batches:
            with transaction.atomic():
                done += _take(found, sender, follower, is_greedy=True)
                follower.keep(is_last=done >= source.total)
    else:
        with transaction.atomic():
            for found in batches:
                _take(found, sender, follower, is_greedy=False)
            follower.keep(is_last=True)


def _take(found: Reading, sender: Sender, follower: Follower, *, is_greedy: bool) -> int:
    """Store a batch; return how many events it held."""
    access.require(sender.by, "ledger.capture", organisation_id=sender.organisation_id)
    result = capturing.capture(found, sender, is_greedy=is_greedy)
    follower.hear(result)
    return result.total


def _refuse_shell(source: Source) -> None:
    """Raise DocumentInvalid for a document that is not valid, whatever its events are."""
    problems = fast_check.problems(source.document, is_from_xml=source.is_from_xml)
    if grave := [each for each in problems if not each.is_advice]:
        raise DocumentInvalid(grave)


def _batches(source: Source, terms: FileTerms) -> Iterator[Reading]:
    """Yield drafts of the events from ``skip`` on; at least one batch, with the master data."""
    reader = Reader(terms.now, terms.error_behaviour == PROCEED)
    around = Surroundings(
        source.document["@context"],
        list_pointer(source.document),
        is_from_xml=source.is_from_xml,
    )
    events = islice(source.events(), terms.skip, None)
    place, elements = terms.skip, master_data.read(source.document)
    while True:
        part = list(islice(events, BATCH))
        if not part and place > terms.skip:
            return
        found = Reading(master_data=elements)
        reader.batch(found, part, around, place)
        yield found
        place, elements = place + len(part), []
        if not part:
            return
