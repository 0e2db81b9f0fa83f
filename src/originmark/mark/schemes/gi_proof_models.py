"""Rows about what an applicant shows, property by property, and how it was judged."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from originmark.mark.schemes.gi_models import GiApplication, GiDocument, GiStep


class GiEvidence(models.Model):
    """A paper, a figure or a source that shows a property."""

    class Kind(models.TextChoices):
        FILE = "file", _("paper")
        FIGURE = "figure", _("figure")
        SOURCE = "source", _("source")

    application = models.ForeignKey(GiApplication, models.CASCADE, related_name="evidence")
    property = models.CharField(_("property"), max_length=60)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    says = models.TextField(_("what it shows"))
    document = models.ForeignKey(
        GiDocument, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("paper")
    )
    value = models.CharField(_("figure with its unit"), max_length=120, blank=True)
    method = models.CharField(_("method"), max_length=200, blank=True)
    laboratory = models.CharField(_("laboratory"), max_length=200, blank=True)
    source = models.CharField(_("source"), max_length=500, blank=True)
    added_at = models.DateTimeField(_("added"))
    added_by = models.CharField(_("added by"), max_length=200)

    class Meta:
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="file", document__isnull=False)
                | Q(kind="figure") & ~Q(value="") & ~Q(method="") & ~Q(laboratory="")
                | Q(kind="source") & ~Q(source=""),
                name="gi_evidence_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return self.says[:80]


class GiJudgement(models.Model):
    """What an examiner finds about one property of an application; never changed.

    It is about one submission: an application that was sent back is judged anew.
    """

    class Verdict(models.TextChoices):
        SHOWN = "shown", _("proven")
        NOT_SHOWN = "not-shown", _("not proven")

    application = models.ForeignKey(GiApplication, models.CASCADE, related_name="judgements")
    submission = models.ForeignKey(GiStep, models.CASCADE, related_name="+")
    property = models.CharField(_("property"), max_length=60)
    verdict = models.CharField(_("verdict"), max_length=20, choices=Verdict)
    reason = models.TextField(_("reason"))
    judged_at = models.DateTimeField(_("judged"))
    judged_by = models.CharField(_("judged by"), max_length=200)

    class Meta:
        verbose_name = _("judgement of a property")
        verbose_name_plural = _("judgements of properties")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.property}: {self.verdict}"
