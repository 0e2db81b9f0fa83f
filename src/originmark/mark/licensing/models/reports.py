"""Rows about what users report of their use of a mark."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from originmark.mark.licensing.models.licences import Licence


class UseReport(models.Model):
    """What a user reports of one period of its licence; unfiled until it does."""

    licence = models.ForeignKey(
        Licence, models.PROTECT, related_name="reports", verbose_name=_("licence")
    )
    first_day = models.DateField(_("from"))
    last_day = models.DateField(_("until"))
    due_on = models.DateField(_("due on"), null=True, blank=True)
    suspend_from = models.DateField(_("suspension is proposed from"), null=True, blank=True)
    reminded_at = models.DateTimeField(_("reminded"), null=True, blank=True)
    filed_at = models.DateTimeField(_("filed"), null=True, blank=True)
    filed_by = models.CharField(_("filed by"), max_length=200, blank=True)
    note = models.TextField(_("note"), blank=True)

    class Meta:
        verbose_name = _("use report")
        verbose_name_plural = _("use reports")
        ordering = ["-last_day", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["licence", "first_day"], name="report_once_a_period"),
            models.CheckConstraint(
                condition=Q(last_day__gte=F("first_day")), name="report_ends_after_it_begins"
            ),
        ]
        indexes = [models.Index(fields=["filed_at", "due_on"], name="report_due")]

    def __str__(self) -> str:
        return f"{self.first_day} – {self.last_day}"


class UseReportLine(models.Model):
    """What was sold and labelled of a product in a month."""

    report = models.ForeignKey(UseReport, models.CASCADE, related_name="lines")
    product_code = models.CharField(_("product"), max_length=60)
    month = models.DateField(_("month"))
    packs_sold = models.PositiveIntegerField(_("packs sold"))
    labels_used = models.PositiveIntegerField(_("labels used"))
    labels_known = models.PositiveIntegerField(_("labels used, as known here"), null=True)

    class Meta:
        verbose_name = _("line of a use report")
        verbose_name_plural = _("lines of use reports")
        ordering = ["product_code", "month", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["report", "product_code", "month"], name="report_line_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.product_code} {self.month:%Y-%m}"

    @property
    def difference(self) -> int:
        """Return how many labels more are said than known; 0 where nobody can know."""
        return 0 if self.labels_known is None else self.labels_used - self.labels_known
