"""Rows about labels: the balance of a lot, a run, what became of its labels, files to print."""

import uuid

from django.conf import settings
from django.core.files.storage import FileSystemStorage
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from originmark.mark.labels import serials, spans
from originmark.mark.labels.artwork.models import (
    Artwork,
    ArtworkPicture,
    ArtworkTick,
    LabelTemplate,
)
from originmark.mark.labels.box_models import Box, BoxCounter, BrandOptions, PackedUnit
from originmark.mark.labels.commitment_models import Collected, Commitment
from originmark.mark.labels.roll_models import Roll, RollCase, RollCount, RollMove
from originmark.mark.labels.watch.models import CaseEvent, ConsumerReport, ScanCase
from originmark.mark.labels.watch.scan_models import ForgedDay, LabelSeen, Scan, ScanBatch, ScanDay

__all__ = [
    "Artwork", "ArtworkPicture", "ArtworkTick", "Box", "BoxCounter", "BrandOptions", "CaseEvent",
    "Collected", "Commitment", "ConsumerReport", "ForgedDay", "LabelRun", "LabelSeen",
    "LabelTemplate", "LotLabels", "PackedUnit", "PrintFile", "Roll", "RollCase", "RollCount",
    "RollMove", "RunAction", "RunRange", "Scan", "ScanBatch", "ScanCase", "ScanDay", "State",
]  # fmt: skip


class LotLabels(models.Model):
    """How many labels of a lot are in force; the guarded row that keeps law 3 in a race."""

    lot = models.OneToOneField("lots.Lot", models.PROTECT, related_name="+")
    packs = models.PositiveIntegerField(_("packs"), default=0)
    in_force = models.PositiveIntegerField(_("labels in force"), default=0)
    runs = models.PositiveIntegerField(_("runs"), default=0)

    class Meta:
        verbose_name = _("label balance")
        verbose_name_plural = _("label balances")
        constraints = [
            models.CheckConstraint(
                condition=Q(in_force__lte=F("packs")), name="labels_never_exceed_packs"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.lot_id}: {self.in_force}/{self.packs}"


class LabelRun(models.Model):
    """Labels of one lot that were issued together. Their serials follow from the batch."""

    number = models.CharField(_("run"), max_length=40, unique=True)
    lot = models.ForeignKey(
        "lots.Lot", models.PROTECT, related_name="label_runs", verbose_name=_("lot")
    )
    product = models.ForeignKey(
        "products.Product", models.PROTECT, related_name="+", verbose_name=_("product")
    )
    brand = models.ForeignKey(
        "schemes.Brand", models.PROTECT, related_name="+", verbose_name=_("mark")
    )
    licence = models.ForeignKey(
        "licensing.Licence", models.PROTECT, related_name="+", verbose_name=_("licence")
    )
    organisation = models.ForeignKey(
        "parties.Organisation", models.PROTECT, related_name="+", verbose_name=_("user of the mark")
    )
    lot_code = models.CharField(max_length=20)  # as printed, whatever is corrected later
    product_code = models.CharField(max_length=60)
    gtin = models.CharField(max_length=14, blank=True)
    count = models.PositiveIntegerField(_("labels"))
    label_g = models.PositiveIntegerField(_("one label is for, g"), default=0)
    activated_count = models.PositiveIntegerField(_("activated"), default=0)
    spoiled_count = models.PositiveIntegerField(_("spoiled"), default=0)
    withdrawn_count = models.PositiveIntegerField(_("withdrawn"), default=0)
    returned_count = models.PositiveIntegerField(_("returned"), default=0)
    destroyed_count = models.PositiveIntegerField(_("destroyed"), default=0)
    serial_batch = models.PositiveIntegerField(unique=True)
    key_version = models.PositiveSmallIntegerField()
    issued_at = models.DateTimeField(_("issued"))
    issued_by = models.ForeignKey(
        "parties.Person", models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_on = models.JSONField(_("what law 3 saw"), default=dict)

    class Meta:
        verbose_name = _("label run")
        verbose_name_plural = _("label runs")
        ordering = ["-issued_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(count__gte=1) & Q(count__lte=serials.MAX_INDEX + 1),
                name="label_run_count",
            ),
            models.CheckConstraint(
                condition=Q(serial_batch__lte=serials.MAX_BATCH), name="label_run_batch"
            ),
        ]
        indexes = [models.Index(fields=["organisation", "-issued_at"], name="label_run_of_user")]

    def __str__(self) -> str:
        return self.number

    @property
    def issued_count(self) -> int:
        """Return how many labels are merely issued."""
        used = self.activated_count + self.spoiled_count + self.withdrawn_count
        return self.count - used - self.returned_count - self.destroyed_count


class State(models.TextChoices):
    """What became of a label."""

    ISSUED = spans.ISSUED, _("Issued")
    ACTIVATED = spans.ACTIVATED, _("Activated")
    SPOILED = spans.SPOILED, _("Spoiled")
    WITHDRAWN = spans.WITHDRAWN, _("Withdrawn")
    RETURNED = spans.RETURNED, _("Returned")
    DESTROYED = spans.DESTROYED, _("Destroyed")


class RunRange(models.Model):
    """Labels of a run from first to last (from 0, both included) in one state."""

    run = models.ForeignKey(LabelRun, models.CASCADE, related_name="ranges")
    first_index = models.PositiveIntegerField()
    last_index = models.PositiveIntegerField()
    state = models.CharField(_("state"), max_length=10, choices=State)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    since = models.DateTimeField(_("since"), null=True)

    class Meta:
        verbose_name = _("range of labels")
        verbose_name_plural = _("ranges of labels")
        ordering = ["run_id", "first_index"]
        constraints = [
            models.UniqueConstraint(fields=["run", "first_index"], name="label_range_once"),
            models.CheckConstraint(
                condition=Q(last_index__gte=F("first_index")), name="label_range_in_order"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first_index + 1}–{self.last_index + 1} {self.state}"


class RunAction(models.Model):
    """What somebody did with labels of a run; only ever added."""

    run = models.ForeignKey(LabelRun, models.CASCADE, related_name="actions")
    state = models.CharField(_("became"), max_length=10, choices=State)
    first_index = models.PositiveIntegerField()
    last_index = models.PositiveIntegerField()
    changed_count = models.PositiveIntegerField(_("labels"))
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    at = models.DateTimeField(_("at"))
    by_name = models.CharField(_("by"), max_length=200)
    by_person = models.ForeignKey(
        "parties.Person", models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("action on labels")
        verbose_name_plural = _("actions on labels")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.run_id} {self.state} {self.first_index + 1}–{self.last_index + 1}"


def private_files() -> FileSystemStorage:
    """Return where print files lie: beside the uploads, never under a public address."""
    return FileSystemStorage(location=settings.HOME / "print")


class PrintFile(models.Model):
    """A file to print from: serials are worth money, so each order of one is on record."""

    class Kind(models.TextChoices):
        PDF = "pdf", _("PDF sheets")
        CSV = "csv", _("List for an industrial printer (CSV)")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    run = models.ForeignKey(LabelRun, models.CASCADE, related_name="files")
    kind = models.CharField(_("kind"), max_length=3, choices=Kind)
    layout = models.CharField(_("layout"), max_length=20, blank=True)
    first_index = models.PositiveIntegerField()
    last_index = models.PositiveIntegerField()
    language = models.CharField(max_length=10, default="en")
    job_id = models.UUIDField(null=True, blank=True)
    file = models.FileField(storage=private_files, blank=True)
    made_at = models.DateTimeField(_("made"), null=True, blank=True)
    ordered_at = models.DateTimeField(_("ordered"))
    ordered_by = models.CharField(_("by"), max_length=200)

    class Meta:
        verbose_name = _("print file")
        verbose_name_plural = _("print files")
        ordering = ["-ordered_at", "-id"]

    def __str__(self) -> str:
        return f"{self.run_id} {self.kind}"
