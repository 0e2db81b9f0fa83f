"""Rows about appeals against decisions and revocations."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from originmark.mark.evaluation import appeals_rules as rules


class Appeal(models.Model):
    """Somebody does not accept a decision of the council, or a revocation."""

    class Outcome(models.TextChoices):
        UPHELD = rules.UPHELD, _("upheld: the star is restored")
        RE_SCORE = rules.RE_SCORE, _("to be scored again")
        REJECTED = rules.REJECTED, _("rejected")

    number = models.CharField(_("number"), max_length=80, unique=True)
    decision = models.ForeignKey(
        "evaluation.Decision", models.PROTECT, null=True, blank=True, related_name="appeals",
        verbose_name=_("decision"),
    )  # fmt: skip
    revocation = models.ForeignKey(
        "evaluation.StarRevocation", models.PROTECT, null=True, blank=True, related_name="appeals",
        verbose_name=_("revocation"),
    )  # fmt: skip
    organisation = models.ForeignKey(
        "parties.Organisation", models.PROTECT, related_name="appeals", verbose_name=_("producer")
    )
    grounds = models.TextField(_("grounds"))
    evidence = models.FileField(_("evidence"), upload_to="appeals", blank=True, max_length=200)
    evidence_name = models.CharField(max_length=200, blank=True)
    due_by = models.DateField(_("could be lodged until"), null=True, blank=True)
    lodged_on = models.DateField(_("lodged on"))
    lodged_by = models.CharField(_("lodged by"), max_length=200)
    reviewer = models.ForeignKey(
        "parties.Person", models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("reviewer"),
    )  # fmt: skip
    assigned_on = models.DateField(_("assigned on"), null=True, blank=True)
    assigned_by = models.CharField(_("assigned by"), max_length=200, blank=True)
    outcome = models.CharField(_("outcome"), max_length=20, choices=Outcome, blank=True)
    reasons = models.TextField(_("reasons"), blank=True)
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)

    class Meta:
        verbose_name = _("appeal")
        verbose_name_plural = _("appeals")
        ordering = ["-lodged_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(decision=None) ^ Q(revocation=None), name="appeal_against_one_thing"
            ),
            models.UniqueConstraint(
                fields=["decision"], condition=Q(outcome=""), name="one_open_appeal_per_decision"
            ),
            models.UniqueConstraint(
                fields=["revocation"],
                condition=Q(outcome=""),
                name="one_open_appeal_per_revocation",
            ),
        ]

    def __str__(self) -> str:
        return self.number
