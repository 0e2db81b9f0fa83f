"""Commands of the ledger: capture is the only way in."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.db import transaction

from originmark.origin.parties import access
from originmark.origin.parties.access import Actor
from originmark.trace.ledger import capturing, checking, checking_signed
from originmark.trace.ledger.capture_files import FileTerms, Follower, capture_file
from originmark.trace.ledger.capturing import PROCEED, ROLLBACK, Sender, own_organisation
from originmark.trace.ledger.garbage import left_alone
from originmark.trace.ledger.reading import Reader
from originmark.trace.ledger.subscriptions.naming import name_query
from originmark.trace.ledger.subscriptions.subscribing import pause, subscribe
from originmark.trace.ledger.values import (
    CaptureResult,
    Finding,
    Outcome,
    StoredEvent,
    Tally,
    Verdict,
)

__all__ = [
    "PROCEED", "ROLLBACK", "CaptureResult", "FileTerms", "Finding", "Follower", "Outcome",
    "StoredEvent", "Tally", "Verdict", "capture", "capture_file", "check_log", "name_query",
    "own_organisation", "pause", "subscribe",
]  # fmt: skip


@left_alone()
def capture(
    document: bytes | list[dict[str, Any]],
    *,
    by: Actor,
    now: datetime,
    source: str = "",
    organisation_id: int | None = None,
    media_type: str = "application/json",
    error_behaviour: str = ROLLBACK,
    dry_run: bool = False,
) -> CaptureResult:
    """Store the events of a document, each once.

    Takes an EPCIS document, a query document or a single event, or a list of JSON events (for
    rooms of this program; their context is the standard's). ``organisation_id`` is on whose
    behalf; without it, the actor's own organisation. ``media_type`` is one of
    ``reading.media_types()``.

    Sending the same event again answers with the row that is already there. ``rollback`` stores
    all or none; ``proceed`` stores what it can, and the result lists what was refused and why.
    ``dry_run`` finds out what would become of the document, by the same road, and stores nothing.

    Raises DocumentRefused, TooManyEvents and NotAllowed; under rollback also EventFromTheFuture,
    EventConflict, ForeignErrorDeclaration, and whatever a listener refuses. Nothing is stored
    then.
    """
    is_greedy = error_behaviour == PROCEED
    reader = Reader(now, is_greedy)
    found = (
        reader.document(document, media_type)
        if isinstance(document, bytes)
        else reader.events(document)
    )
    owner = organisation_id if organisation_id is not None else own_organisation(by)
    sender = Sender(by, now, source[:300], owner)
    with _transaction(is_undone=dry_run):
        access.require(by, "ledger.capture", organisation_id=owner)
        return capturing.capture(found, sender, is_greedy=is_greedy)


def check_log(report: Callable[[int, int], None] | None = None) -> list[Finding]:
    """Recompute every leaf, node and index row; return what is wrong, first event first.

    Then prove each signed checkpoint and verify its signatures.

    ``report`` hears how many of how many events are done. Reads every row once.
    """
    found = checking.findings(report or (lambda *_: None)).findings
    return [*found, *checking_signed.findings()]


@contextmanager
def _transaction(*, is_undone: bool) -> Iterator[None]:
    """Open a transaction that is kept at its end, or undone."""
    with transaction.atomic():
        yield
        if is_undone:
            transaction.set_rollback(True)
