"""Documents of any size, captured from a file in batches, in memory that stays flat."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any, Protocol

import orjson
from django.db import transaction

from originmark.origin.parties import access
from originmark.origin.parties.access import Actor
from originmark.standards.epcis import fast_check
from originmark.standards.epcis.documents import DocumentInvalid, list_pointer
from originmark.standards.epcis.problems import Problem
from originmark.standards.epcis.streaming import Shell, read_events, read_shell
from originmark.trace.ledger import capturing, master_data, rules
from originmark.trace.ledger.capturing import PROCEED, ROLLBACK, Sender, own_organisation
from originmark.trace.ledger.reading import JSON_TYPES, Reader, Reading, Surroundings, refused
from originmark.trace.ledger.values import CaptureResult

PIECE = 2**20
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
    parsed once: a file that breaks off is refused whole.

    Raises as ``services.capture`` does.
    """
    try:
        shell = _shell(path) if _is_streamed(path, terms) else None
        if shell is None:
            _capture_whole(path, terms, follower)
        else:
            _capture_stream(path, shell, terms, follower)
    except DocumentInvalid as invalid:
        raise refused(invalid.problems) from invalid


def _is_streamed(path: Path, terms: FileTerms) -> bool:
    return terms.media_type in JSON_TYPES and path.stat().st_size > SMALL


def _capture_whole(path: Path, terms: FileTerms, follower: Follower) -> None:
    is_greedy = terms.error_behaviour == PROCEED
    found = Reader(terms.now, is_greedy).document(path.read_bytes(), terms.media_type)
    with transaction.atomic():
        _take(found, terms.sender(), follower, is_greedy=is_greedy)
        follower.keep(is_last=True)


def _capture_stream(path: Path, shell: Shell, terms: FileTerms, follower: Follower) -> None:
    total = _count(path, shell, terms)
    sender = terms.sender()
    batches = _batches(path, shell, terms)
    if terms.error_behaviour == PROCEED:
        done = terms.skip
        for found in batches:
            with transaction.atomic():
                done += _take(found, sender, follower, is_greedy=True)
                follower.keep(is_last=done >= total)
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


def _shell(path: Path) -> Shell:
    """Return the document around the events, valid but for these. Raises DocumentInvalid."""
    shell = read_shell(_pieces(path, 0, path.stat().st_size))
    if shell is None:
        pointer = list_pointer({})
        reason = "expected a list of events, once, in a document of this size"
        raise DocumentInvalid([Problem(pointer, reason)])
    problems = fast_check.problems(shell.document)
    if grave := [each for each in problems if not each.is_advice]:
        raise DocumentInvalid(grave)
    return shell


def _count(path: Path, shell: Shell, terms: FileTerms) -> int:
    """Return how many events the file holds, all of them JSON. Raises TooManyEvents."""
    total = 0
    for event in read_events(_pieces(path, shell.start, shell.end)):
        _parsed(event, total)
        total += 1
        if terms.most_events is not None and total > terms.most_events:
            raise rules.TooManyEvents(found=total, most=terms.most_events)
    return total


def _batches(path: Path, shell: Shell, terms: FileTerms) -> Iterator[Reading]:
    """Yield drafts of the events from ``skip`` on; at least one batch, with the master data."""
    reader = Reader(terms.now, terms.error_behaviour == PROCEED)
    around = Surroundings(shell.document["@context"], list_pointer(shell.document))
    events = islice(read_events(_pieces(path, shell.start, shell.end)), terms.skip, None)
    place, elements = terms.skip, master_data.read(shell.document)
    while True:
        part = list(islice(events, BATCH))
        if not part and place > terms.skip:
            return
        found = Reading(master_data=elements)
        reader.batch(found, _read(part, place), around, place)
        yield found
        place, elements = place + len(part), []
        if not part:
            return


def _read(part: Sequence[bytes], place: int) -> list[tuple[Any, str]]:
    return [(_parsed(event, place + index), event.decode()) for index, event in enumerate(part)]


def _parsed(event: bytes, place: int) -> Any:
    try:
        return orjson.loads(event)
    except orjson.JSONDecodeError as reason:
        pointer = f"/epcisBody/eventList/{place}"
        raise DocumentInvalid([Problem(pointer, f"this is no JSON: {reason}")]) from reason


def _pieces(path: Path, start: int, end: int) -> Iterator[bytes]:
    with path.open("rb") as file:
        file.seek(start)
        while (left := end - file.tell()) > 0 and (piece := file.read(min(PIECE, left))):
            yield piece
