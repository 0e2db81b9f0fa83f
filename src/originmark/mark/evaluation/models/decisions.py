"""Rows about what the council said and decided."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from originmark.mark.evaluation import rules
from originmark.mark.evaluation.models.rounds import Round


class Note(models.Model):
    """What was said about a dossier, for the minutes. Only ever added."""

    dossier = models.ForeignKey("evaluation.Dossier", models.CASCADE, related_name="notes")
    session = models.ForeignKey("evaluation.Session", models.CASCADE, related_name="notes")
    criterion = models.CharField(_("criterion"), max_length=20, blank=True)
    text = models.TextField(_("note"))
    said_at = models.DateTimeField(_("when"))
    said_by = models.CharField(_("by"), max_length=200)

    class Meta:
        verbose_name = _("discussion note")
        verbose_name_plural = _("discussion notes")
        ordering = ["said_at", "pk"]

    def __str__(self) -> str:
        return f"{self.dossier} · {self.text[:40]}"


class KnockOutVote(models.Model):
    """How the council voted on a knock-out that a member had marked."""

    dossier = models.ForeignKey("evaluation.Dossier", models.CASCADE, related_name="votes")
    session = models.ForeignKey("evaluation.Session", models.CASCADE, related_name="votes")
    criterion = models.CharField(_("criterion"), max_length=20)
    votes_for = models.PositiveSmallIntegerField(_("for"))
    votes_against = models.PositiveSmallIntegerField(_("against"))
    abstained = models.PositiveSmallIntegerField(_("abstained"))
    is_upheld = models.BooleanField(_("the product is excluded"))
    note = models.CharField(_("note"), max_length=500, blank=True)
    recorded_at = models.DateTimeField(_("recorded"))
    recorded_by = models.CharField(_("recorded by"), max_length=200)

    class Meta:
        verbose_name = _("vote on a knock-out")
        verbose_name_plural = _("votes on knock-outs")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["dossier", "session", "criterion"], name="one_vote_per_knock_out"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dossier} · {self.criterion}"


class Decision(models.Model):
    """What the council decided about a dossier, with everything it followed from.

    One decision of a dossier stands; an appeal that is upheld sets it aside. ``code`` is on the
    certificate and cannot be guessed.
    """

    class Outcome(models.TextChoices):
        RECOGNISED = rules.RECOGNISED, _("recognised")
        PASSED_ON = rules.PASSED_ON, _("passed on to the next level")
        SENT_BACK = rules.SENT_BACK, _("sent back to the level below")
        NOT_RECOGNISED = rules.NOT_RECOGNISED, _("not recognised")
        KNOCKED_OUT = rules.KNOCKED_OUT, _("excluded by a knock-out")

    dossier = models.ForeignKey("evaluation.Dossier", models.PROTECT, related_name="decisions")
    session = models.ForeignKey("evaluation.Session", models.PROTECT, related_name="decisions")
    turn = models.PositiveSmallIntegerField(_("round of scoring"))
    outcome = models.CharField(_("outcome"), max_length=20, choices=Outcome)
    points = models.DecimalField(_("points"), max_digits=5, decimal_places=2)
    sum_of_points = models.PositiveIntegerField(_("sum of the sheets"))
    sheets = models.PositiveSmallIntegerField(_("sheets"))
    rounding = models.CharField(_("rounding"), max_length=20, choices=Round.Rounding)
    stars = models.PositiveSmallIntegerField(_("stars by the points"))
    granted_stars = models.PositiveSmallIntegerField(_("stars granted"))
    is_potential_five = models.BooleanField(_("potential five stars"), default=False)
    members_present = models.PositiveSmallIntegerField(_("present"))
    members_appointed = models.PositiveSmallIntegerField(_("appointed"))
    quorum = models.PositiveSmallIntegerField(_("quorum"))
    decided_on = models.DateField(_("decided"))
    decided_at = models.DateTimeField(_("recorded"))
    decided_by = models.CharField(_("recorded by"), max_length=200)
    set_aside_at = models.DateTimeField(_("set aside"), null=True, blank=True)
    set_aside_for = models.CharField(_("set aside for"), max_length=300, blank=True)
    code = models.CharField(_("code of the certificate"), max_length=40, unique=True)

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering = ["-decided_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["dossier"],
                condition=Q(set_aside_at__isnull=True),
                name="one_decision_stands",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dossier} · {self.outcome}"
