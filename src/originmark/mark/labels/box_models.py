"""Rows about boxes and pallets: what is packed into what, right now.

What was packed before is in the ledger, as aggregation events.
"""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class BrandOptions(models.Model):
    """How the labels of a brand are handled."""

    class Activation(models.TextChoices):
        OFFICE = "office", _("When somebody says so (a run or a range)")
        PACKING = "packing", _("When the box that the pack is in is closed")

    brand = models.OneToOneField("schemes.Brand", models.CASCADE, related_name="label_options")
    activation = models.CharField(
        _("labels become active"), max_length=10, choices=Activation, default=Activation.OFFICE
    )

    class Meta:
        verbose_name = _("label options of a brand")
        verbose_name_plural = _("label options of brands")

    def __str__(self) -> str:
        return f"{self.brand_id} {self.activation}"


class BoxCounter(models.Model):
    """How many boxes and pallets of an organisation have a number: none is ever given twice."""

    organisation = models.OneToOneField(
        "parties.Organisation", models.PROTECT, related_name="+", primary_key=True
    )
    used = models.PositiveBigIntegerField(default=0)

    class Meta:
        verbose_name = _("counter of boxes")
        verbose_name_plural = _("counters of boxes")

    def __str__(self) -> str:
        return f"{self.organisation_id}: {self.used}"


class Box(models.Model):
    """A box of labelled packs, or a pallet of boxes."""

    class Kind(models.TextChoices):
        BOX = "box", _("Box")
        PALLET = "pallet", _("Pallet")

    class State(models.TextChoices):
        OPEN = "open", _("Open")
        CLOSED = "closed", _("Closed")
        UNPACKED = "unpacked", _("Unpacked")

    organisation = models.ForeignKey(
        "parties.Organisation", models.PROTECT, related_name="+", verbose_name=_("packer")
    )
    kind = models.CharField(_("kind"), max_length=6, choices=Kind)
    code = models.CharField(_("number"), max_length=40, unique=True)
    sscc = models.CharField(_("SSCC"), max_length=18, blank=True)
    epc = models.CharField(_("identifier"), max_length=200, unique=True)
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.OPEN)
    pallet = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="boxes",
        limit_choices_to={"kind": "pallet"}, verbose_name=_("on pallet"),
    )  # fmt: skip
    opened_at = models.DateTimeField(_("opened"))
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    packed_by = models.CharField(_("packed by"), max_length=200)

    class Meta:
        verbose_name = _("box or pallet")
        verbose_name_plural = _("boxes and pallets")
        ordering = ["-opened_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(pallet=None) | Q(kind="box"), name="only_boxes_stand_on_pallets"
            ),
        ]

    def __str__(self) -> str:
        return self.code


class PackedUnit(models.Model):
    """A labelled pack in a box. The constraint keeps it in one box at a time."""

    box = models.ForeignKey(Box, models.PROTECT, related_name="units")
    run = models.ForeignKey("labels.LabelRun", models.PROTECT, related_name="+")
    index = models.PositiveIntegerField()
    at = models.DateTimeField(_("packed"))

    class Meta:
        verbose_name = _("packed unit")
        verbose_name_plural = _("packed units")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["run", "index"], name="unit_in_one_box"),
        ]

    def __str__(self) -> str:
        return f"{self.run_id}/{self.index + 1}"
