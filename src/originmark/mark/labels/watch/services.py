"""Open and join cases, from reports and scans; decide them; withdraw the label of one."""

import io
import secrets
import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Protocol

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Max
from PIL import Image, ImageOps

from originmark.frame.web.uploads import Upload, check_picture
from originmark.mark.labels import selectors
from originmark.mark.labels.models import (
    CaseEvent,
    ConsumerReport,
    LabelRun,
    LabelSeen,
    ScanCase,
)
from originmark.mark.labels.watch import refusals
from originmark.mark.labels.watch.forgeries import ForgedSeries
from originmark.mark.labels.watch.rules import ReportDraft, Suspect, code_in, evidence
from originmark.mark.labels.withdrawal import withdraw
from originmark.origin.parties import access
from originmark.origin.parties.access import Actor

PHOTO_SIDE = 1600


class Decide(Protocol):
    """A command that decides one case with a reason."""

    def __call__(self, case_id: int, text: str, *, by: Actor, now: datetime) -> ScanCase: ...


@transaction.atomic
def report(draft: ReportDraft, photo: Upload | None = None, *, now: datetime) -> ConsumerReport:
    """Keep what a shopper says; it joins the open case about that code, or opens one.

    Anybody may. Raises a refusal of ``frame.web.uploads`` for what is no picture.
    """
    picture = _plain_picture(photo) if photo else None
    case = _case_of(draft.code, ScanCase.Origin.REPORT, now=now)
    row = ConsumerReport(
        reference=secrets.token_urlsafe(16), case=case, problem=draft.problem,
        shop=draft.shop.strip(), place=draft.place.strip(), text=draft.text.strip(),
        email=draft.email.strip(), at=now,
    )  # fmt: skip
    if picture:
        row.photo.save(f"{uuid.uuid4()}.webp", ContentFile(picture), save=False)
    row.save(force_insert=True)
    _tell(case, CaseEvent.Kind.REPORTED, now=now)
    return row


@transaction.atomic
def take_on(case_id: int, *, by: Actor, now: datetime) -> ScanCase:
    """Put a case under review by the actor; raises UnknownCase or CaseIsClosed."""
    case = _open(case_id, by)
    case.state, case.assigned_to = ScanCase.State.REVIEW, by.name
    case.save(update_fields=["state", "assigned_to"])
    _tell(case, CaseEvent.Kind.TAKEN, by_name=by.name, now=now)
    return case


@transaction.atomic
def note(case_id: int, text: str, *, by: Actor, now: datetime) -> ScanCase:
    """Write a note that the programme alone reads; raises UnknownCase or CaseReasonMissing."""
    case = _locked(case_id, by)
    _tell(case, CaseEvent.Kind.NOTE, _said(case, text), by_name=by.name, now=now)
    return case


@transaction.atomic
def dismiss(case_id: int, text: str, *, by: Actor, now: datetime) -> ScanCase:
    """Close a case with the reason why it is no copy.

    Raises UnknownCase, CaseIsClosed or CaseReasonMissing.
    """
    return _close(case_id, ScanCase.State.DISMISSED, text, by=by, now=now)


@transaction.atomic
def confirm(case_id: int, text: str, *, by: Actor, now: datetime) -> ScanCase:
    """Close a case as a copy, with what shows it; raises as ``dismiss`` does."""
    return _close(case_id, ScanCase.State.CONFIRMED, text, by=by, now=now)


@transaction.atomic
def withdraw_label(case_id: int, text: str, *, by: Actor, now: datetime) -> ScanCase:
    """Withdraw the label of a case: whoever scans it reads the reason.

    Raises UnknownCase, NothingToWithdraw, CaseReasonMissing or what ``labels.withdraw`` refuses.
    """
    case = _locked(case_id, by)
    is_dismissed = case.state == ScanCase.State.DISMISSED
    if case.run is None or case.index is None or case.withdrawn_at or is_dismissed:
        raise refusals.NothingToWithdraw(case=case_id)
    reason = _said(case, text, most=300)
    withdraw(case.run.number, first=case.index, last=case.index, reason=reason, by=by, now=now)
    case.withdrawn_at = now
    case.save(update_fields=["withdrawn_at"])
    _tell(case, CaseEvent.Kind.WITHDRAWN, reason, by_name=by.name, now=now)
    return case


@transaction.atomic
def decide_cases(
    case_ids: Sequence[int], decision: str, text: str, *, by: Actor, now: datetime
) -> list[ScanCase]:
    """Decide several cases alike with one reason, all of them or none.

    ``decision`` is one of ``DECISIONS``. Raises what that one raises of the first case that it
    does not fit, or NoCaseChosen.
    """
    if not case_ids:
        raise refusals.NoCaseChosen
    act = DECISIONS[decision]
    return [act(case_id, text, by=by, now=now) for case_id in sorted(set(case_ids))]


@transaction.atomic
def suspect(found: Suspect, *, now: datetime) -> ScanCase | None:
    """Keep what scans show of a label in its open case, or in a new one.

    None where the label is withdrawn on account of a case, or its serial key is: nothing is
    left to decide.
    """
    number, index = found.label
    run = LabelRun.objects.filter(number=number).first()
    if run is None or run.scan_cases.filter(index=index).exclude(withdrawn_at=None).exists():
        return None
    try:
        serial = selectors.serial_of(run, index)
    except LookupError:
        return None
    case = _case_of(serial, ScanCase.Origin.SCANS, now=now)
    if not case.evidence:
        _tell(case, CaseEvent.Kind.SCANNED, now=now)
    case.evidence = evidence(found, now=now)
    case.save(update_fields=["evidence"])
    return case


@transaction.atomic
def forged(found: ForgedSeries, *, now: datetime) -> ScanCase:
    """Keep what a series of made-up codes shows in the open case about its lot, or in a new one."""
    case, is_new = ScanCase.objects.get_or_create(
        lot_code=found.lot_code, origin=ScanCase.Origin.FORGED, closed_at=None,
        defaults={"opened_at": now},
    )  # fmt: skip
    if is_new:
        _tell(case, CaseEvent.Kind.OPENED, now=now)
    case.evidence = {
        "why": [found.doubt.rule],
        "facts": {found.doubt.rule: dict(found.doubt.facts)},
        "found": now.isoformat(),
        "scans": found.doubt.facts["scans"],
        "viewers": found.doubt.facts["viewers"],
        "first": found.first_at.isoformat(),
        "last": found.last_at.isoformat(),
        "places": [],
    }
    case.save(update_fields=["evidence"])
    return case


@transaction.atomic
def reopen(case_id: int, text: str, *, by: Actor, now: datetime) -> ScanCase:
    """Take back a decision: the case is under review again, and its scans count again.

    Raises UnknownCase, CaseReasonMissing, or CaseNotReopened for one that is open or followed by
    another open case. A label that was withdrawn stays so.
    """
    case = _locked(case_id, by)
    others = ScanCase.objects.filter(closed_at=None).exclude(pk=case.pk)
    if case.origin == ScanCase.Origin.FORGED:
        followed = others.filter(lot_code=case.lot_code, origin=case.origin).exists()
    else:
        followed = case.serial != "" and others.filter(serial=case.serial).exists()
    if case.closed_at is None or followed:
        raise refusals.CaseNotReopened(case=case_id)
    reason = _said(case, text, most=300)
    case.state, case.conclusion, case.closed_at = ScanCase.State.REVIEW, "", None
    case.assigned_to = by.name
    case.save(update_fields=["state", "conclusion", "closed_at", "assigned_to"])
    _tell(case, CaseEvent.Kind.REOPENED, reason, by_name=by.name, now=now)
    _remember_judgement(case)
    return case


DECISIONS: dict[str, Decide] = {
    "dismiss": dismiss,
    "confirm": confirm,
    "withdraw": withdraw_label,
    "reopen": reopen,
}


def _case_of(typed: str, origin: str, *, now: datetime) -> ScanCase:
    """Return the open case about a code; the database lets a label have only one."""
    code = code_in(typed)
    label = selectors.verify(code) if code else None
    facts: dict[str, Any] = {"origin": origin, "opened_at": now}
    if label:
        run = LabelRun.objects.get(number=label.run_number)
        facts |= {
            "run": run, "index": label.index, "lot_code": run.lot_code,
            "organisation_id": run.organisation_id,
        }  # fmt: skip
    serial = label.serial if label else code
    if serial:
        case, is_new = ScanCase.objects.get_or_create(serial=serial, closed_at=None, defaults=facts)
    else:
        case, is_new = ScanCase.objects.create(**facts), True
    if is_new:
        _tell(case, CaseEvent.Kind.OPENED, now=now)
    return case


def _close(case_id: int, state: str, text: str, *, by: Actor, now: datetime) -> ScanCase:
    case = _open(case_id, by)
    case.state, case.conclusion, case.closed_at = state, _said(case, text, most=300), now
    case.save(update_fields=["state", "conclusion", "closed_at"])
    _tell(case, CaseEvent.Kind(state), case.conclusion, by_name=by.name, now=now)
    _remember_judgement(case)
    return case


def _remember_judgement(case: ScanCase) -> None:
    """Let what shoppers are told follow what was judged of the label, in all its closed cases."""
    if case.run is None or case.index is None:
        return
    closed = case.run.scan_cases.filter(index=case.index).exclude(closed_at=None)
    copied = closed.filter(state=ScanCase.State.CONFIRMED)
    LabelSeen.objects.update_or_create(
        run_number=case.run.number,
        index=case.index,
        defaults={
            "cleared_at": closed.aggregate(until=Max("closed_at"))["until"],
            "copied_at": copied.aggregate(until=Max("closed_at"))["until"],
        },
    )


def _locked(case_id: int, by: Actor) -> ScanCase:
    access.require(by, "labels.judge")
    rows = ScanCase.objects.select_for_update(of=("self",)).select_related("run")
    case = rows.filter(pk=case_id).first()
    if case is None:
        raise refusals.UnknownCase(case=case_id)
    return case


def _open(case_id: int, by: Actor) -> ScanCase:
    case = _locked(case_id, by)
    if case.closed_at:
        raise refusals.CaseIsClosed(case=case_id)
    return case


def _said(case: ScanCase, text: str, *, most: int = 1000) -> str:
    if not text.strip():
        raise refusals.CaseReasonMissing(case=case.pk)
    return text.strip()[:most]


def _tell(case: ScanCase, kind: str, text: str = "", *, by_name: str = "", now: datetime) -> None:
    CaseEvent.objects.create(case=case, kind=kind, text=text, at=now, by_name=by_name)


def _plain_picture(photo: Upload) -> bytes:
    """Return the picture written anew: where and with what it was taken does not survive."""
    check_picture(photo)
    with Image.open(io.BytesIO(photo.read())) as opened:
        picture = ImageOps.exif_transpose(opened).convert("RGB")
        picture.thumbnail((PHOTO_SIDE, PHOTO_SIDE))
        out = io.BytesIO()
        picture.save(out, "WEBP", quality=80)
        return out.getvalue()
