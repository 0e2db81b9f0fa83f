"""Questions about labels; each says what it costs."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from django.conf import settings
from django.db.models import F, QuerySet
from django.urls import reverse

from originmark.mark.labels import facts, rules, serials
from originmark.mark.labels.box_refusals import UnknownBox
from originmark.mark.labels.box_selectors import BoxFacts, box
from originmark.mark.labels.models import LabelRun, LotLabels, PrintFile, RunAction, RunRange
from originmark.mark.labels.refusals import ForeignSerial, UnknownLabelRun
from originmark.mark.labels.rules import Condition
from originmark.mark.labels.serials import Opened, grouped
from originmark.mark.labels.spans import COUNTED, Span
from originmark.mark.labels.watch.batches import BATCH_STAYS, batches, scans_of, waiting_batches
from originmark.mark.labels.watch.copies import Sighting
from originmark.mark.labels.watch.rules import LabelKey
from originmark.mark.labels.watch.sightings import (
    LabelSightings,
    scanned_labels,
    seen_label,
)
from originmark.origin.parties import access
from originmark.origin.parties.access import Actor
from originmark.trace.lots import selectors as lots

__all__ = [
    "BATCH_STAYS", "BatchFacts", "BoxFacts", "LabelKey", "LabelRun", "LabelSightings",
    "LabelsLeft", "Opened", "PrintFile", "RunAction", "SerialFacts", "Sighting", "Span",
    "UnknownBox", "batch_facts", "batches", "box", "checklist", "grouped", "index_of",
    "labels_left", "opened", "opener", "run", "runs", "runs_of_lot", "scanned_labels",
    "scans_of", "seen_label", "serial_of", "spans_of", "spans_of_runs", "url_prefix", "verify",
    "waiting_batches", "waiting_runs",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class SerialFacts:
    """What a genuine serial stands for, and what became of its label."""

    serial: str
    url: str
    run_number: str
    index: int
    count: int
    state: str  # one of spans.STATES
    reason: str
    since: datetime | None
    lot_id: int
    lot_code: str
    product_id: int
    product_code: str
    gtin: str
    brand_code: str
    brand_name: str
    organisation_id: int
    licence_number: str
    issued_at: datetime


@dataclass(frozen=True, slots=True)
class BatchFacts:
    """The run that a batch of serials belongs to: how many, and where their addresses begin."""

    run_number: str
    count: int
    url_prefix: str


@dataclass(frozen=True, slots=True)
class LabelsLeft:
    """The label balance of a lot."""

    packs: int
    in_force: int

    @property
    def left(self) -> int:
        """Return how many labels may still be issued against the packs."""
        return max(self.packs - self.in_force, 0)


def opened(serial: str) -> Opened | None:
    """Return which label a serial names by its tag alone, or None when nobody issued it.

    No query. A good tag does not say that the label was issued and is in force: see ``verify``.
    """
    return opener()(serial)


def opener() -> Callable[[str], Opened | None]:
    """Return what opens serials as ``opened`` does, for those who open many."""
    return partial(serials.verify, serials.key_ring(settings.SERIAL_KEY))


def verify(serial: str) -> SerialFacts | None:
    """Return what a serial stands for, or None when it is not genuine.

    A forged one is refused without a look-up; a genuine one costs one query. A serial whose key
    is good but whose label was never issued is not genuine.
    """
    found = opened(serial)
    if found is None:
        return None
    row = (
        RunRange.objects.select_related("run", "run__brand", "run__licence")
        .filter(run__serial_batch=found.batch, run__key_version=found.key_version)
        .filter(first_index__lte=found.index, last_index__gte=found.index)
        .first()
    )
    return None if row is None else _facts(serials.canonical(serial) or "", found.index, row)


def runs(by: Actor) -> QuerySet[LabelRun]:
    """Return the runs that the actor may read, newest first."""
    rows = LabelRun.objects.select_related("lot", "product", "brand", "licence", "organisation")
    return access.visible(by, rows).order_by("-issued_at", "-pk")


def waiting_runs(rows: QuerySet[LabelRun]) -> QuerySet[LabelRun]:
    """Narrow to the runs of which some labels are merely issued."""
    touched = sum((F(f"{each}_count") for each in COUNTED[1:]), start=F(f"{COUNTED[0]}_count"))
    return rows.annotate(touched=touched).filter(touched__lt=F("count"))


def run(number: str, by: Actor) -> LabelRun:
    """Return a run that the actor may read; raises UnknownLabelRun for hidden ones too."""
    found = runs(by).filter(number=number).first()
    if found is None:
        raise UnknownLabelRun(run=number)
    return found


def runs_of_lot(lot_code: str) -> list[LabelRun]:
    """Return the runs of a lot, oldest first, whoever asks. One query."""
    rows = LabelRun.objects.filter(lot__code=lot_code).select_related("brand")
    return list(rows.order_by("issued_at", "pk"))


def spans_of(found: LabelRun) -> list[Span]:
    """Return what became of the labels of a run. One query."""
    return spans_of_runs([found.number]).get(found.number, [])


def spans_of_runs(numbers: Iterable[str]) -> dict[str, list[Span]]:
    """Return what became of the labels of runs, by their numbers. One query."""
    found: dict[str, list[Span]] = {}
    rows = RunRange.objects.filter(run__number__in=list(numbers)).order_by("run", "first_index")
    for number, first, last, state, reason, since in rows.values_list(
        "run__number", "first_index", "last_index", "state", "reason", "since"
    ):
        found.setdefault(number, []).append(Span(first, last, state, reason, since))
    return found


def batch_facts(said: Opened) -> BatchFacts | None:
    """Return the run that an opened serial belongs to, if there is one. One query."""
    run = LabelRun.objects.filter(serial_batch=said.batch, key_version=said.key_version).first()
    return BatchFacts(run.number, run.count, url_prefix(run)) if run else None


def labels_left(lot_code: str) -> LabelsLeft:
    """Return the label balance of a lot; raises UnknownLot. Two queries."""
    lot = lots.lot(lot_code)
    return LabelsLeft(lot.pack_count or 0, _in_force(lot.id))


def checklist(
    lot_code: str, brand_code: str, count: int, *, by: Actor, now: datetime
) -> list[Condition]:
    """Return each condition of law 3 with its answer for these labels; writes nothing.

    Raises UnknownLot for a lot that the actor may not read, and UnknownBrand.
    """
    lot = lots.visible_lot(lot_code, by)
    found = facts.gather(lot, brand_code, count, in_force=_in_force(lot.id), now=now)
    return rules.conditions(found.facts)


def url_prefix(found: LabelRun) -> str:
    """Return the address of a run's labels up to the serial (a GS1 Digital Link with a GTIN)."""
    key = f"01/{found.gtin}" if found.gtin else f"own/{found.product_code}"
    return f"{settings.PUBLIC_URL}/{key}/10/{found.lot_code}/21/"


def serial_of(found: LabelRun, index: int) -> str:
    """Return the serial of one label of a run; raises LookupError when its key was withdrawn."""
    return serials.derive(keys_of(found), batch=found.serial_batch, index=index)


def keys_of(found: LabelRun) -> serials.SerialKeys:
    """Return the keys of a run; raises LookupError when they were withdrawn."""
    for keys in serials.key_ring(settings.SERIAL_KEY):
        if keys.version == found.key_version:
            return keys
    raise LookupError(f"the serial key of version {found.key_version} is not in force")


def index_of(found: LabelRun, typed: str) -> int:
    """Return which label (from 0) a person means: a number from 1, a serial, or a scanned address.

    Raises ForeignSerial.
    """
    text = typed.strip().rstrip("/").rsplit("/", 1)[-1].split("?")[0]
    if text.isascii() and text.isdigit() and len(text) < serials.LENGTH:
        index = int(text) - 1
        if 0 <= index < found.count:
            return index
    said = opened(text)
    if said and (said.batch, said.key_version) == (found.serial_batch, found.key_version):
        return said.index
    raise ForeignSerial(typed=typed.strip()[:60], run=found.number, count=found.count)


def url_of_run(found: LabelRun) -> str:
    """Return the address of the run's page."""
    return reverse("labels:run", args=[found.number])


def _in_force(lot_id: int) -> int:
    rows = LotLabels.objects.filter(lot_id=lot_id)
    return rows.values_list("in_force", flat=True).first() or 0


def _facts(serial: str, index: int, row: RunRange) -> SerialFacts:
    found = row.run
    return SerialFacts(
        serial=serial,
        url=url_prefix(found) + serial,
        run_number=found.number,
        index=index,
        count=found.count,
        state=row.state,
        reason=row.reason,
        since=row.since,
        lot_id=found.lot_id,
        lot_code=found.lot_code,
        product_id=found.product_id,
        product_code=found.product_code,
        gtin=found.gtin,
        brand_code=found.brand.code,
        brand_name=found.brand.name,
        organisation_id=found.organisation_id,
        licence_number=found.licence.number,
        issued_at=found.issued_at,
    )
