"""Rows about cultivation plans of a brand, and about rights that near their end."""

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class CultivationPlan(models.Model):
    """What a programme does in some years so that a brand becomes one of quality."""

    code = models.SlugField(_("code"), max_length=60, unique=True)
    title = models.CharField(_("title"), max_length=200)
    brand = models.ForeignKey(
        "schemes.Brand", models.PROTECT, related_name="plans", verbose_name=_("brand")
    )
    goal = models.TextField(_("goal"), blank=True)
    begins_on = models.DateField(_("begins on"))
    ends_on = models.DateField(_("ends on"))
    currency = models.CharField(_("currency"), max_length=3)
    recorded_at = models.DateTimeField(_("recorded"))
    recorded_by = models.CharField(_("recorded by"), max_length=200)

    class Meta:
        verbose_name = _("cultivation plan")
        verbose_name_plural = _("cultivation plans")
        ordering = ["-begins_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=models.F("begins_on")), name="plan_ends_after_it_begins"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class PlanMeasure(models.Model):
    """One thing that a plan does: who answers for it, until when, for how much money."""

    class State(models.TextChoices):
        PLANNED = "planned", _("planned")
        RUNNING = "running", _("running")
        DONE = "done", _("done")
        DROPPED = "dropped", _("dropped")

    plan = models.ForeignKey(CultivationPlan, models.CASCADE, related_name="measures")
    stage = models.CharField(_("stage of the plan"), max_length=120)
    title = models.CharField(_("measure"), max_length=200)
    owner = models.ForeignKey(
        "parties.Organisation", models.PROTECT, related_name="+", verbose_name=_("who answers")
    )
    budget = models.DecimalField(
        _("budget"), max_digits=14, decimal_places=2, null=True, blank=True,
        validators=[MinValueValidator(0)],
    )  # fmt: skip
    due_on = models.DateField(_("due on"))
    state = models.CharField(_("state"), max_length=20, choices=State, default=State.PLANNED)
    evidence = models.TextField(_("what shows it"), blank=True)
    file = models.FileField(_("file"), upload_to="plans/", blank=True)
    file_name = models.CharField(_("name of the file"), max_length=200, blank=True)
    sha256 = models.CharField(_("SHA-256"), max_length=64, blank=True)
    changed_at = models.DateTimeField(_("last changed"))
    changed_by = models.CharField(_("changed by"), max_length=200)

    class Meta:
        verbose_name = _("measure of a plan")
        verbose_name_plural = _("measures of plans")
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="done") | ~Q(evidence=""), name="done_measure_has_evidence"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class RightNotice(models.Model):
    """That the end of a right was noticed; once for each end."""

    right = models.ForeignKey("schemes.Right", models.CASCADE, related_name="notices")
    valid_until = models.DateField(_("valid until"))
    noticed_at = models.DateTimeField(_("noticed"))

    class Meta:
        verbose_name = _("notice of a right's end")
        verbose_name_plural = _("notices of rights' ends")
        ordering = ["-noticed_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["right", "valid_until"], name="right_noticed_once"),
        ]

    def __str__(self) -> str:
        return f"{self.right} {self.valid_until}"
