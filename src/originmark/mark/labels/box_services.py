"""Pack labelled packs into boxes and boxes onto pallets, and unpack them again."""

import secrets
from collections import defaultdict
from datetime import datetime
from typing import Final

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from originmark.frame.web.identifiers import own_identifier
from originmark.mark.labels import box_events as events
from originmark.mark.labels import box_refusals as refusals
from originmark.mark.labels import box_selectors, selectors, spans
from originmark.mark.labels.box_models import Box, BoxCounter, BrandOptions, PackedUnit
from originmark.mark.labels.models import LabelRun
from originmark.mark.labels.run_changes import locked_run, paint
from originmark.mark.labels.spans import Span
from originmark.mark.schemes import selectors as schemes
from originmark.origin.parties import access
from originmark.origin.parties import selectors as parties
from originmark.origin.parties.access import Actor
from originmark.standards.gs1 import sscc
from originmark.standards.gs1.digital_link import CANONICAL_ROOT

LETTERS: Final = {"box": "BX", "pallet": "PL"}


@transaction.atomic
def open_box(organisation_id: int, kind: str, *, by: Actor, now: datetime) -> Box:
    """Open a new box or pallet: with an SSCC where the packer has a GS1 company prefix.

    Raises NoNumberLeft.
    """
    access.require(by, "labels.pack", organisation_id=organisation_id)
    prefix = parties.organisation_by_id(organisation_id).gs1_company_prefix
    key = _next_sscc(organisation_id, prefix) if prefix else ""
    year = timezone.localdate(now).year % 100
    code = key or f"{LETTERS[kind]}{year:02d}-{secrets.token_hex(4).upper()}"
    epc = f"{CANONICAL_ROOT}/00/{key}" if key else own_identifier("box", code)
    return Box.objects.create(
        organisation_id=organisation_id, kind=kind, code=code, sscc=key, epc=epc, opened_at=now,
        packed_by=by.name,
    )  # fmt: skip


@transaction.atomic
def put_in(code: str, scanned: str, *, by: Actor, now: datetime) -> Box:
    """Put what was scanned into an open box, or onto an open pallet; twice is no harm.

    Raises UnknownBox, WrongBoxState, or a PackingRefused that says why it does not go in.
    """
    box = _locked(code, by, Box.State.OPEN)
    if box.kind == Box.Kind.PALLET:
        _stack(box, scanned)
    else:
        _put(box, scanned, now)
    return box


@transaction.atomic
def take_out(code: str, scanned: str, *, by: Actor, now: datetime) -> Box:
    """Take what was scanned out of a box or off a pallet; raises UnknownBox or NotInside.

    A closed box tells the ledger, and a box on a pallet is taken off it first (BoxOnPallet).
    """
    box = _locked(code, by, Box.State.OPEN, Box.State.CLOSED)
    _require_off_pallet(box)
    if box.kind == Box.Kind.PALLET:
        found = box.boxes.filter(code=box_selectors.code_in(scanned)).first()
        child = found.epc if found else None
        gone = box.boxes.filter(pk=found.pk).update(pallet=None) if found else 0
    else:
        label = selectors.verify(_serial(scanned))
        unit = box.units.filter(run__number=label.run_number, index=label.index) if label else None
        row = unit.select_related("run").first() if unit is not None else None
        child = events.unit_epc(row.run, row.index) if row else None
        gone = row.delete()[0] if row else 0
    if not gone or child is None:
        raise refusals.NotInside(scanned.strip()[:60], box.code)
    if box.state == Box.State.CLOSED:
        events.unpacked(box, [child], by=by, now=now)
    return box


@transaction.atomic
def close(code: str, *, by: Actor, now: datetime) -> Box:
    """Close a box or pallet: the ledger is told, and labels that wait for packing become active.

    Raises UnknownBox, WrongBoxState or BoxIsEmpty.
    """
    box = _locked(code, by, Box.State.OPEN)
    children = events.inside(box)
    if not children:
        raise refusals.BoxIsEmpty(box.code)
    _activate(box, by=by, now=now)
    events.packed(box, children, by=by, now=now)
    box.state, box.closed_at = Box.State.CLOSED, now
    box.save(update_fields=["state", "closed_at"])
    return box


@transaction.atomic
def unpack(code: str, *, by: Actor, now: datetime) -> Box:
    """Take everything out of a closed box or pallet; its number is never used again.

    Raises UnknownBox, WrongBoxState or BoxOnPallet.
    """
    box = _locked(code, by, Box.State.CLOSED)
    _require_off_pallet(box)
    if children := events.inside(box):
        events.unpacked(box, children, by=by, now=now)
    box.units.all().delete()
    box.boxes.update(pallet=None)
    box.state = Box.State.UNPACKED
    box.save(update_fields=["state"])
    return box


@transaction.atomic
def choose_activation(brand_code: str, activation: str, *, by: Actor) -> BrandOptions:
    """Say when labels of a brand become active; raises UnknownBrand."""
    access.require(by, "labels.options")
    brand = schemes.brand(brand_code)
    row, _is_new = BrandOptions.objects.update_or_create(
        brand_id=brand.id, defaults={"activation": BrandOptions.Activation(activation)}
    )
    return row


def _next_sscc(organisation_id: int, prefix: str) -> str:
    """Return an SSCC that was never given before: the counter only rises."""
    BoxCounter.objects.get_or_create(organisation_id=organisation_id)
    rows = BoxCounter.objects.filter(organisation_id=organisation_id)
    rows.update(used=F("used") + 1)
    number = rows.values_list("used", flat=True).get()
    try:
        return sscc.sscc(prefix, number)
    except sscc.SsccSpent:
        raise refusals.NoNumberLeft(prefix) from None


def _locked(code: str, by: Actor, *states: str) -> Box:
    rows = Box.objects.select_for_update(of=("self",)).select_related("organisation", "pallet")
    box = rows.filter(code=code).first()
    if box is None:
        raise refusals.UnknownBox(box=code[:40])
    access.require(by, "labels.pack", organisation_id=box.organisation_id)
    if box.state not in states:
        raise refusals.WrongBoxState(box.code, box.get_state_display())
    return box


def _require_off_pallet(box: Box) -> None:
    if box.pallet is not None:
        raise refusals.BoxOnPallet(box.code, box.pallet.code)


def _serial(scanned: str) -> str:
    return scanned.strip().rstrip("/").rsplit("/", 1)[-1].split("?")[0]


def _put(box: Box, scanned: str, now: datetime) -> None:
    run, index = _unit(box, scanned)
    name = f"{run.number}/{index + 1}"
    try:
        with transaction.atomic():
            PackedUnit.objects.create(box=box, run=run, index=index, at=now)
    except IntegrityError:
        where = PackedUnit.objects.select_related("box").get(run=run, index=index).box
        if where.pk != box.pk:
            raise refusals.InAnotherBox(name, where.code) from None


def _unit(box: Box, scanned: str) -> tuple[LabelRun, int]:
    """Return the label that was scanned, if its pack may go into a box."""
    label = selectors.verify(_serial(scanned))
    if label is None or label.organisation_id != box.organisation_id:
        raise refusals.NotALabel(scanned.strip()[:60], box.organisation.name)
    run = LabelRun.objects.get(number=label.run_number)
    name = f"{run.number}/{label.index + 1}"
    if label.state == spans.ISSUED and not box_selectors.activates_at_packing(run.brand_id):
        raise refusals.NotActivated(name)
    if label.state not in {spans.ISSUED, spans.ACTIVATED}:
        raise refusals.NotPackable(name, spans.STATE_NAMES[label.state])
    return run, label.index


def _stack(pallet: Box, scanned: str) -> None:
    rows = Box.objects.select_for_update(of=("self",)).select_related("pallet")
    found = rows.filter(
        code=box_selectors.code_in(scanned), kind=Box.Kind.BOX, state=Box.State.CLOSED,
        organisation_id=pallet.organisation_id,
    ).first()  # fmt: skip
    if found is None:
        raise refusals.NotABoxToStack(scanned.strip()[:60], pallet.organisation.name)
    if found.pallet is not None and found.pallet.pk != pallet.pk:
        raise refusals.InAnotherBox(found.code, found.pallet.code)
    found.pallet = pallet
    found.save(update_fields=["pallet"])


def _activate(box: Box, *, by: Actor, now: datetime) -> None:
    """Activate the units of a box whose brand waits for packing.

    A label may have been spoiled or withdrawn since it was scanned: that refuses the whole box.
    """
    indexes: dict[str, list[int]] = defaultdict(list)
    for number, index in box.units.order_by("run_id", "index").values_list("run__number", "index"):
        indexes[number].append(index)
    for number, found in indexes.items():
        run = locked_run(number)
        for first, last in _ranges(found):
            paint(run, Span(first, last, spans.ACTIVATED, since=now), by=by, now=now)


def _ranges(indexes: list[int]) -> list[tuple[int, int]]:
    """Return neighbours as ranges.

    >>> _ranges([1, 2, 3, 7, 9, 10])
    [(1, 3), (7, 7), (9, 10)]
    """
    found: list[tuple[int, int]] = []
    for index in indexes:
        if found and found[-1][1] == index - 1:
            found[-1] = (found[-1][0], index)
        else:
            found.append((index, index))
    return found
