"""Signed checkpoints: what the log says of itself, and what witnesses say of it.

Signing is nobody's transaction but its own: capture never waits for it. A checkpoint is signed
when somebody asks for one, and by a schedule, at most once for each size that the log has had.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction

from originmark.frame.jobs.sockets import Progress
from originmark.frame.web import clock
from originmark.standards.transparency.checkpoints import Checkpoint
from originmark.standards.transparency.notes import (
    Note,
    NoteInvalid,
    NoteUnverified,
    Signature,
    SignerKey,
)
from originmark.trace.ledger import keys, proving
from originmark.trace.ledger import log_refusals as refusals
from originmark.trace.ledger.models import LogCheckpoint, LogKey, LogSignature

TASK = "ledger.sign_checkpoint"
EVERY = timedelta(minutes=10)
LINE_START = "\u2014 "


@dataclass(frozen=True, slots=True)
class SignedCheckpoint:
    """A checkpoint with all its signatures; ``keys`` made them, in the order of the lines."""

    size: int
    root: bytes
    signed_at: datetime
    note: str
    keys: tuple[keys.KeyFacts, ...]


def newest(*, now: datetime) -> SignedCheckpoint:
    """Return the signed checkpoint of the log as it stands; signs when it has grown.

    Raises LogRewritten when the log no longer contains what was signed, NoSigningKey,
    LogKeyUnreadable. Two queries when it has not grown.
    """
    # What was signed is read first: the log may grow, and be signed by another, in between.
    last = LogCheckpoint.objects.order_by("-size").first()
    head = proving.head()
    if last is None or last.size != head.size or bytes(last.root) != head.root:
        _refuse_rewritten(last, head)
        last = _sign(head, now=now)
    return signed(last)


def latest() -> SignedCheckpoint | None:
    """Return the newest checkpoint that was signed, if any was; signs nothing (two queries)."""
    row = LogCheckpoint.objects.order_by("-size").first()
    return signed(row) if row else None


def at(size: int) -> SignedCheckpoint:
    """Return the checkpoint that was signed at a size; raises CheckpointUnknown."""
    return signed(_row(size=size))


def signed(row: LogCheckpoint) -> SignedCheckpoint:
    """Return a checkpoint with its signatures (one query)."""
    lines = list(row.signatures.select_related("key"))
    note = Note(row.text, tuple(Signature.parse(each.line) for each in lines))
    by_verifier = {each.key.verifier: each.key for each in lines}
    facts = [keys.facts(key) for key in by_verifier.values()]
    return SignedCheckpoint(row.size, bytes(row.root), row.signed_at, str(note), tuple(facts))


def cosign(body: str, *, size: int | None, now: datetime) -> SignedCheckpoint:
    """Keep the cosignatures of known witnesses; the same again changes nothing.

    ``body`` is a checkpoint with signature lines under it, or such lines alone, which are then
    about the checkpoint of ``size`` (the newest that was signed where that is None).

    Raises CosignatureRefused, CheckpointUnknown.
    """
    row, lines = _addressed(body, size)
    witnesses = keys.witnesses()
    try:
        made = Note(row.text, lines).verified_by(witnesses.values())
    except NoteUnverified as unverified:
        raise refusals.CosignatureRefused(reason=str(unverified)) from unverified
    latest = now + timedelta(minutes=settings.LEDGER_MINUTES_AHEAD)
    for signature in made:
        if signature.timestamp > latest.timestamp():
            reason = f"{signature.name} signed at {signature.timestamp}, which is yet to come"
            raise refusals.CosignatureRefused(reason=reason)
    by_key = {(key.name, key.id): row for row, key in witnesses.items()}
    LogSignature.objects.bulk_create(
        [
            LogSignature(
                checkpoint=row,
                key=by_key[signature.name, signature.key_id],
                line=str(signature),
                received_at=now,
            )
            for signature in made
        ],
        ignore_conflicts=True,
    )
    return signed(row)


def run_task(_payload: dict[str, Any], _progress: Progress) -> dict[str, int]:
    """Sign how far the log has grown, for the schedule; a new key signs what was signed last."""
    now = clock.now()
    head = newest(now=now)
    with transaction.atomic():
        _sign_with(keys.signing(now=now), LogCheckpoint.objects.get(pk=head.size), now=now)
    return {"size": head.size}


def _refuse_rewritten(last: LogCheckpoint | None, head: proving.Head) -> None:
    """Raise LogRewritten unless the log begins with the log that was signed last."""
    if last is None:
        return
    root = bytes(last.root)
    if last.size > head.size or not proving.begins_with(head, size=last.size, root=root):
        raise refusals.LogRewritten(size=head.size, signed=last.size)


def _sign(head: proving.Head, *, now: datetime) -> LogCheckpoint:
    """Sign a size of the log, with every key that signs; whoever was first is right."""
    with transaction.atomic():
        signers = keys.signing(now=now)
        text = str(Checkpoint(keys.origin(), head.size, head.root))
        LogCheckpoint.objects.bulk_create(
            [LogCheckpoint(size=head.size, root=head.root, text=text, signed_at=now)],
            ignore_conflicts=True,
        )
        row = LogCheckpoint.objects.get(pk=head.size)
        _sign_with(signers, row, now=now)
    return row


def _sign_with(
    signers: list[tuple[LogKey, SignerKey]], row: LogCheckpoint, *, now: datetime
) -> None:
    """Add the signatures that are not there yet: the same key signs the same text alike."""
    LogSignature.objects.bulk_create(
        [
            LogSignature(checkpoint=row, key=key, line=str(signer.sign(row.text)), received_at=now)
            for key, signer in signers
        ],
        ignore_conflicts=True,
    )


def _addressed(body: str, size: int | None) -> tuple[LogCheckpoint, tuple[Signature, ...]]:
    """Return the checkpoint that somebody signed, and the lines of signature."""
    try:
        if body.startswith(LINE_START):
            lines = [Signature.parse(line) for line in body.splitlines()]
            return _row(size=size), tuple(lines)
        note = Note.parse(body)
    except NoteInvalid as invalid:
        raise refusals.CosignatureRefused(reason=str(invalid)) from invalid
    return _row(text=note.text), note.signatures


def _row(**which: Any) -> LogCheckpoint:
    rows = LogCheckpoint.objects.order_by("-size")
    found = rows.filter(**{name: value for name, value in which.items() if value is not None})
    row = found.first()
    if row is None:
        raise refusals.CheckpointUnknown
    return row
