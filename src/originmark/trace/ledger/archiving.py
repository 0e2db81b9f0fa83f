"""Copying old events to Parquet with their proofs; nothing leaves the log."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, ClassVar

from originmark.frame.web.refusals import RuleViolation, gettext_noop
from originmark.standards.transparency.notes import VerifierKey
from originmark.standards.transparency.tree import full_subtrees, leaf_hash
from originmark.trace.ledger import archive_files, proving, signing, store
from originmark.trace.ledger.archive_files import Manifest, Written
from originmark.trace.ledger.models import Event, LogKey, LogLeaf


@dataclass(eq=False)
class NothingToArchive(RuleViolation):
    """No event is that old."""

    code: ClassVar[str] = "nothing-to-archive"
    sentence: ClassVar[str] = gettext_noop(
        "No event from place %(start)s on was recorded before %(before)s. Choose a later day."
    )

    start: int
    before: datetime


@dataclass(eq=False)
class FolderTaken(RuleViolation):
    """There is something in the folder."""

    code: ClassVar[str] = "archive-folder-taken"
    sentence: ClassVar[str] = gettext_noop(
        "The folder %(folder)s is not empty. Give one that is, so that no archive is overwritten."
    )

    folder: str


@dataclass(eq=False)
class EventNotAsLogged(RuleViolation):
    """The event is no longer what its leaf says."""

    code: ClassVar[str] = "event-not-as-logged"
    sentence: ClassVar[str] = gettext_noop(
        "Event %(index)s is no longer what was logged, so nothing is archived as proven. Run "
        "“originmark ledger check” and restore the ledger from a backup."
    )

    index: int


def archive(
    folder: Path,
    *,
    before: datetime,
    now: datetime,
    start: int = 0,
    report: Callable[[int, int], None] = lambda *_: None,
) -> Manifest:
    """Copy the events from place ``start`` on that were recorded before a moment.

    Files of 10,000 events, one of them in memory at a time; the manifest comes last. Raises
    NothingToArchive, FolderTaken, EventNotAsLogged, and what signing refuses.
    """
    head = signing.newest(now=now)
    end = _end(before, most=head.size)
    if end <= start:
        raise NothingToArchive(start=start, before=before)
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.iterdir()):
        raise FolderTaken(folder=str(folder))
    files: list[Written] = []
    for first in range(start, end, archive_files.ROWS):
        last = min(first + archive_files.ROWS, end)
        files.append(archive_files.write_file(folder, list(_rows(first, last))))
        report(last - start, end - start)
    subtrees = list(full_subtrees(0, start))
    kept = proving.nodes(subtrees)
    by_role = {
        role: tuple(VerifierKey.parse(each.verifier) for each in head.keys if each.role == role)
        for role in (LogKey.Role.LOG, LogKey.Role.WITNESS)
    }
    manifest = Manifest(
        first=start,
        end=end,
        files=tuple(files),
        frontier=tuple(kept[each] for each in subtrees),
        path=tuple(proving.consistency(end, head.size).path),
        checkpoint=head.note,
        keys=by_role[LogKey.Role.LOG],
        witnesses=by_role[LogKey.Role.WITNESS],
    )
    archive_files.write_manifest(folder, manifest)
    return manifest


def _end(before: datetime, *, most: int) -> int:
    """Return the place of the first event that is not old enough, at most the size signed."""
    later = Event.objects.filter(record_time__gte=before).order_by("pk")
    first = later.values_list("pk", flat=True).first()
    return most if first is None else min(first, most)


def _rows(first: int, end: int) -> Iterator[tuple[Any, ...]]:
    """Yield events in the order of SCHEMA, each compared with its leaf (two queries)."""
    leaves = dict(LogLeaf.objects.filter(pk__gte=first, pk__lt=end).values_list("pk", "hash"))
    rows = Event.objects.filter(pk__gte=first, pk__lt=end).select_related("context")
    found = iter(rows.order_by("pk"))
    for index in range(first, end):
        row = next(found, None)
        if row is None or row.pk != index:
            raise EventNotAsLogged(index=index)
        leaf = leaf_hash(store.row_leaf_data(row))
        if leaf != bytes(leaves.get(index, b"")):
            raise EventNotAsLogged(index=index)
        yield (
            index,
            row.event_id,
            row.record_time,
            row.body,
            row.context.body if row.context else None,
            row.organisation_id,
            row.captured_by_id,
            row.source,
            row.type,
            row.event_time,
            row.fingerprint,
            leaf,
        )
