"""Rows about visits: planned, done, with samples and photos."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class FieldCheck(models.Model):
    """A visit to whoever has a star, or asks for one."""

    class Kind(models.TextChoices):
        FIELD = "field", _("Field check")
        SAMPLE = "sample", _("Taking samples")
        SURVEILLANCE = "surveillance", _("Check while the star counts")

    class Result(models.TextChoices):
        IN_ORDER = "in-order", _("in order")
        TO_MEND = "to-mend", _("to be mended")
        FAILED = "failed", _("failed")

    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    star = models.ForeignKey(
        "evaluation.Star", models.PROTECT, null=True, blank=True, related_name="checks",
        verbose_name=_("star"),
    )  # fmt: skip
    dossier = models.ForeignKey(
        "evaluation.Dossier", models.PROTECT, null=True, blank=True, related_name="checks",
        verbose_name=_("dossier"),
    )  # fmt: skip
    organisation = models.ForeignKey(
        "parties.Organisation", models.PROTECT, related_name="field_checks",
        verbose_name=_("producer"),
    )  # fmt: skip
    planned_on = models.DateField(_("planned on"))
    planned_by = models.CharField(_("planned by"), max_length=200)
    purpose = models.CharField(_("what to look at"), max_length=300, blank=True)
    done_on = models.DateField(_("done on"), null=True, blank=True)
    done_by = models.CharField(_("done by"), max_length=200, blank=True)
    result = models.CharField(_("result"), max_length=20, choices=Result, blank=True)
    findings = models.TextField(_("findings"), blank=True)

    class Meta:
        verbose_name = _("field check")
        verbose_name_plural = _("field checks")
        ordering = ["-planned_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(star=None) ^ Q(dossier=None), name="check_of_a_star_or_a_dossier"
            ),
            models.CheckConstraint(
                condition=Q(done_on=None, result="") | (Q(done_on__isnull=False) & ~Q(result="")),
                name="a_check_that_is_done_has_a_result",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} · {self.planned_on}"

    @property
    def about(self) -> str:
        """Return the number of what is checked."""
        if self.star:
            return self.star.number
        return self.dossier.number if self.dossier else ""


class Sample(models.Model):
    """Units of the product that were taken and sealed. Only ever added."""

    check_made = models.ForeignKey(
        FieldCheck, models.PROTECT, related_name="samples", verbose_name=_("check")
    )
    units = models.PositiveIntegerField(_("units"))
    seal_number = models.CharField(_("seal"), max_length=60, unique=True)
    taken_on = models.DateField(_("taken on"))
    taken_by = models.CharField(_("taken by"), max_length=200)
    handed_to = models.CharField(_("handed to"), max_length=200)
    note = models.CharField(_("note"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("sample")
        verbose_name_plural = _("samples")
        ordering = ["taken_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(units__gt=0), name="a_sample_has_units"),
        ]

    def __str__(self) -> str:
        return self.seal_number


class CheckPhoto(models.Model):
    """A photo of what was found."""

    check_made = models.ForeignKey(FieldCheck, models.PROTECT, related_name="photos")
    photo = models.FileField(_("photo"), upload_to="checks", max_length=200)
    caption = models.CharField(_("what it shows"), max_length=200)
    taken_at = models.DateTimeField(_("added"))
    taken_by = models.CharField(_("added by"), max_length=200)

    class Meta:
        verbose_name = _("photo")
        verbose_name_plural = _("photos")
        ordering = ["taken_at", "pk"]

    def __str__(self) -> str:
        return self.caption
