"""The body of a request: kept in memory while it is small, in a file while it waits its turn."""

import uuid
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _

from originmark.trace.ledger.door import EpcisProblem
from originmark.trace.ledger.models import CaptureJob
from originmark.trace.ledger.rules import TooManyEvents

PIECE = 2**20
_SIGNS = (b'"eventTime"', b"</eventTime>", b":eventTime>")
_LONGEST_SIGN = max(map(len, _SIGNS))


@dataclass(frozen=True, slots=True)
class Spooled:
    """A body that was too large to be captured while the caller waits."""

    name: str
    size_bytes: int
    events: int


def receive(request: HttpRequest) -> bytes | Spooled:
    """Return the body, or the file that holds it.

    Raises EpcisProblem (413 for one that is too large, 400 for an empty one) and TooManyEvents:
    every event names its time once, which is counted as the bytes come in.
    """
    data: bytes = request.read(settings.LEDGER_WAIT_BYTES + 1)
    if not data.strip():
        raise EpcisProblem(400, _("The body is empty; expected an EPCIS document."))
    most_bytes = min(settings.LEDGER_WAIT_BYTES, settings.LEDGER_MOST_BYTES)
    if len(data) <= most_bytes and _count(data) <= settings.LEDGER_MOST_EVENTS:
        return data
    return _spool(data, request)


def read(request: HttpRequest) -> bytes:
    """Return the body of a request that is answered at once. Raises EpcisProblem (413, 400)."""
    most = min(settings.LEDGER_WAIT_BYTES, settings.LEDGER_MOST_BYTES)
    data: bytes = request.read(most + 1)
    if len(data) > most:
        raise _too_large(most)
    if not data.strip():
        raise EpcisProblem(400, _("The body is empty; expected an EPCIS document."))
    return data


def path_of(name: str) -> Path:
    """Return where a spooled document is."""
    return _folder() / name


def sweep(now: datetime) -> int:
    """Remove files older than a day that no job waits for; return how many."""
    since = (now - timedelta(days=1)).timestamp()
    waiting = set(CaptureJob.objects.exclude(spool="").values_list("spool", flat=True))
    gone = [
        path
        for path in _folder().iterdir()
        if path.name not in waiting and path.stat().st_mtime < since
    ]
    for path in gone:
        path.unlink(missing_ok=True)
    return len(gone)


def _folder() -> Path:
    folder: Path = settings.HOME / "capture"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _spool(first: bytes, request: HttpRequest) -> Spooled:
    path = path_of(str(uuid.uuid4()))
    size = events = 0
    try:
        with path.open("xb") as file:
            before = b""
            for piece in _pieces(first, request):
                size += len(piece)
                joint = before[-_LONGEST_SIGN + 1 :]
                events += _count(joint + piece) - _count(joint)
                _refuse_too_much(size, events)
                file.write(piece)
                before = piece
    except BaseException:
        with suppress(OSError):
            path.unlink()
        raise
    return Spooled(path.name, size, events)


def _pieces(first: bytes, request: HttpRequest) -> Iterator[bytes]:
    yield first
    while piece := request.read(PIECE):
        yield piece


def _count(data: bytes) -> int:
    return sum(map(data.count, _SIGNS))


def _refuse_too_much(size: int, events: int) -> None:
    if size > settings.LEDGER_MOST_BYTES:
        raise _too_large(settings.LEDGER_MOST_BYTES)
    if events > settings.LEDGER_MOST_FILE_EVENTS:
        raise TooManyEvents(found=events, most=settings.LEDGER_MOST_FILE_EVENTS)


def _too_large(most: int) -> EpcisProblem:
    detail = _("The document has more than %(most)s bytes. Send it in parts.") % {"most": most}
    return EpcisProblem(413, detail)
