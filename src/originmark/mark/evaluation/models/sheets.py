"""Rows about scoring sheets."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Sheet(models.Model):
    """What one member says about one dossier, in one round of scoring.

    ``version`` rises with every save: whoever saves an older one is told. A sheet that was handed
    in never changes; scoring anew after the discussion makes another, ``turn`` by ``turn``.
    """

    dossier = models.ForeignKey("evaluation.Dossier", models.CASCADE, related_name="sheets")
    member = models.ForeignKey("evaluation.CouncilMember", models.CASCADE, related_name="sheets")
    turn = models.PositiveSmallIntegerField(_("round of scoring"), default=1)
    version = models.PositiveIntegerField(_("version"), default=0)
    opened_at = models.DateTimeField(_("begun"))
    saved_at = models.DateTimeField(_("saved"))
    handed_in_at = models.DateTimeField(_("handed in"), null=True, blank=True)
    points = models.PositiveSmallIntegerField(_("points"), default=0)

    class Meta:
        verbose_name = _("scoring sheet")
        verbose_name_plural = _("scoring sheets")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["dossier", "member", "turn"], name="one_sheet_per_member_and_turn"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dossier} · {self.member} · {self.turn}"


class Score(models.Model):
    """The answer that a member chose for one criterion; 0 is a remark without an answer yet."""

    sheet = models.ForeignKey(Sheet, models.CASCADE, related_name="scores")
    criterion = models.CharField(_("criterion"), max_length=20)
    option = models.PositiveSmallIntegerField(_("answer"))
    remark = models.CharField(_("remark"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("score")
        verbose_name_plural = _("scores")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["sheet", "criterion"], name="one_score_per_criterion"),
        ]

    def __str__(self) -> str:
        return f"{self.sheet} · {self.criterion}"


class KnockOut(models.Model):
    """A member found what excludes the product, with the reason."""

    sheet = models.ForeignKey(Sheet, models.CASCADE, related_name="knock_outs")
    criterion = models.CharField(_("criterion"), max_length=20)
    reason = models.CharField(_("reason"), max_length=500)

    class Meta:
        verbose_name = _("knock-out")
        verbose_name_plural = _("knock-outs")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["sheet", "criterion"], name="one_knock_out_per_criterion"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sheet} · {self.criterion}"
