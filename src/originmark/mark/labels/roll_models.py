"""Rows about rolls: a part of a run that somebody holds, counts and answers for."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Roll(models.Model):
    """Labels of a run from first to last (from 0, both included) on one roll or in one stack."""

    class Holder(models.TextChoices):
        OFFICE = "office", _("Programme office")
        PRINTER = "printer", _("Printer")
        PRODUCER = "producer", _("Producer")
        LINE = "line", _("Packing line")

    run = models.ForeignKey("labels.LabelRun", models.PROTECT, related_name="rolls")
    code = models.CharField(_("roll"), max_length=50, unique=True)
    first_index = models.PositiveIntegerField()
    last_index = models.PositiveIntegerField()
    holder_kind = models.CharField(
        _("held by"), max_length=10, choices=Holder, default=Holder.OFFICE
    )
    holder_name = models.CharField(_("holder"), max_length=200, blank=True)
    cut_at = models.DateTimeField(_("cut"))

    class Meta:
        verbose_name = _("roll of labels")
        verbose_name_plural = _("rolls of labels")
        ordering = ["run_id", "first_index"]
        constraints = [
            models.UniqueConstraint(fields=["run", "first_index"], name="roll_first_once"),
            models.CheckConstraint(
                condition=Q(last_index__gte=F("first_index")), name="roll_in_order"
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def count(self) -> int:
        """Return how many labels it has."""
        return self.last_index - self.first_index + 1


class RollMove(models.Model):
    """A roll that went from hand to hand, and who signed for it; only ever added."""

    roll = models.ForeignKey(Roll, models.CASCADE, related_name="moves")
    holder_kind = models.CharField(_("to"), max_length=10, choices=Roll.Holder)
    holder_name = models.CharField(_("holder"), max_length=200)
    signed_by = models.CharField(_("signed by"), max_length=200)
    on = models.DateField(_("on"))
    note = models.CharField(_("note"), max_length=300, blank=True)
    at = models.DateTimeField(_("recorded"))
    by_name = models.CharField(_("by"), max_length=200)

    class Meta:
        verbose_name = _("hand-over of a roll")
        verbose_name_plural = _("hand-overs of rolls")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.roll_id} {self.holder_name} {self.on:%Y-%m-%d}"


class RollCount(models.Model):
    """What somebody counted on a roll at the end of a shift; only ever added."""

    roll = models.ForeignKey(Roll, models.CASCADE, related_name="counts")
    used = models.PositiveIntegerField(_("used"))
    spoiled = models.PositiveIntegerField(_("spoiled"))
    left = models.PositiveIntegerField(_("left"))
    missing = models.IntegerField(_("missing"))
    at = models.DateTimeField(_("counted"))
    by_name = models.CharField(_("by"), max_length=200)

    class Meta:
        verbose_name = _("count of a roll")
        verbose_name_plural = _("counts of rolls")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.roll_id} {self.used}/{self.spoiled}/{self.left}"


class RollCase(models.Model):
    """A count that does not agree with the records, open until it does or is explained."""

    roll = models.ForeignKey(Roll, models.PROTECT, related_name="cases")
    found = models.ForeignKey(RollCount, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(_("opened"))
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    explanation = models.CharField(_("explanation"), max_length=300, blank=True)
    closed_by = models.CharField(_("closed by"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("difference on a roll")
        verbose_name_plural = _("differences on rolls")
        ordering = ["-opened_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["roll"], condition=Q(closed_at=None), name="one_open_case_a_roll"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.roll_id} {self.opened_at:%Y-%m-%d}"
