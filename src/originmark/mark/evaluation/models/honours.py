"""Rows about products that were honoured."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Honour(models.Model):
    """A product that the programme honours among the best of a year."""

    star = models.ForeignKey(
        "evaluation.Star", models.PROTECT, related_name="honours", verbose_name=_("star")
    )
    year = models.PositiveIntegerField(_("year"))
    title = models.CharField(_("title"), max_length=160)
    citation = models.TextField(_("what it is honoured for"), blank=True)
    honoured_on = models.DateField(_("honoured on"))
    honoured_by = models.CharField(_("honoured by"), max_length=200)

    class Meta:
        verbose_name = _("honour")
        verbose_name_plural = _("honours")
        ordering = ["-year", "title", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["star", "year", "title"], name="one_honour_per_title"),
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.year}"
