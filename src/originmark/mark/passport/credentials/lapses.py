"""Revoke what no longer stands: a licence that rests, a paper that was withdrawn, a label spoiled.

Once an hour for all, and at once through ``register.lapse`` where a service below says so.
"""

from collections.abc import Callable, Collection
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.timezone import localdate

from originmark.frame.jobs.sockets import Progress
from originmark.frame.web import clock
from originmark.frame.web.refusals import RuleViolation
from originmark.mark.labels import selectors as labels
from originmark.mark.licensing import selectors as licensing
from originmark.mark.passport.credentials import register
from originmark.mark.passport.credentials.models import Ground
from originmark.origin.certificates import selectors as certificates
from originmark.origin.parties.access import SYSTEM

TASK = "passport.revoke_lapsed"
EVERY = timedelta(hours=1)
CHUNK = 500
VOID = "the label was spoiled or withdrawn"

Lapsed = Callable[[Collection[str], date], Collection[str]]
_further: dict[str, tuple[Lapsed, str]] = {}


def register_ground(kind: str, lapsed: Lapsed, *, reason: str) -> None:
    """Let ``lapsed(names, on)`` say which records of a kind no longer stand, as ``star``."""
    _further[kind] = (lapsed, reason)


def watch(*, now: datetime) -> int:
    """Revoke every live credential whose record has lapsed; returns how many."""
    today, revoked = localdate(now), 0
    for kind, (lapsed, reason) in (_own() | _further).items():
        prefix = f"{kind}:"
        live = Ground.objects.filter(credential__revoked_at=None, record__startswith=prefix)
        names = sorted(
            {each.removeprefix(prefix) for each in live.values_list("record", flat=True)}
        )
        for start in range(0, len(names), CHUNK):
            gone = lapsed(names[start : start + CHUNK], today)
            if gone:
                records = [prefix + name for name in gone]
                revoked += register.lapse(records, reason=reason, now=now)
    return revoked


def licence_lapsed(number: str, reason: str, now: datetime) -> None:
    """Revoke at once what stands on a licence that was suspended or ended."""
    register.lapse([f"licence:{number}"], reason=reason, now=now)


def certificate_lapsed(certificate_id: int, reason: str) -> None:
    """Revoke at once what stands on a paper, unless its last day is yet to come."""
    now = clock.now()
    if _certificates([str(certificate_id)], localdate(now)):
        register.lapse([f"certificate:{certificate_id}"], reason=reason, now=now)


def labels_void(run: labels.LabelRun, first: int, last: int, now: datetime) -> None:
    """Revoke at once what stands on labels that were spoiled, withdrawn or taken back.

    One query, whatever the number of labels; each live passport of a pack of theirs is opened.
    """
    live = Ground.objects.filter(
        credential__revoked_at=None,
        credential__organisation_id=run.organisation_id,
        record__startswith="serial:",
    )
    records = live.values_list("record", flat=True).distinct()
    gone = [each for each in records if _is_within(run, each, first, last)]
    for start in range(0, len(gone), CHUNK):
        register.lapse(gone[start : start + CHUNK], reason=VOID, now=now)


def _is_within(run: labels.LabelRun, record: str, first: int, last: int) -> bool:
    try:
        index = labels.index_of(run, record.removeprefix("serial:"))
    except RuleViolation:  # a serial of another run
        return False
    return first <= index <= last


def run_task(_payload: dict[str, Any], _progress: Progress) -> dict[str, int]:
    """Do that for the schedule."""
    return {"revoked": watch(now=clock.now())}


def _own() -> dict[str, tuple[Lapsed, str]]:
    return {
        "licence": (_licences, "the licence is not in force any more"),
        "certificate": (_certificates, "the certificate is not in force any more"),
        "serial": (_serials, VOID),
    }


def _licences(numbers: Collection[str], on: date) -> Collection[str]:
    rows = licensing.licences(SYSTEM).filter(number__in=numbers)
    standing = {row.number for row in rows if licensing.state_of(row, on) == "valid"}
    return set(numbers) - standing


def _certificates(ids: Collection[str], on: date) -> Collection[str]:
    rows = certificates.certificates(SYSTEM).filter(pk__in=[int(each) for each in ids])
    rows = certificates.in_force(rows.filter(is_public=True), on)
    return set(ids) - {str(pk) for pk in rows.values_list("pk", flat=True)}


def _serials(serials: Collection[str], _on: date) -> Collection[str]:
    labels_now = {serial: labels.verify(serial) for serial in serials}
    return {
        serial
        for serial, label in labels_now.items()
        if label is None or label.state != "activated"
    }
