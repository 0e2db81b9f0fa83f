"""Rows about ideas and dossiers: what an applicant hands in, and what became of it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from originmark.mark.evaluation import steps


class Idea(models.Model):
    """What an organisation would like to bring forward: the first step of the cycle."""

    organisation = models.ForeignKey(
        "parties.Organisation",
        models.PROTECT,
        related_name="product_ideas",
        verbose_name=_("organisation"),
    )
    title = models.CharField(_("product idea"), max_length=200)
    group_code = models.CharField(_("group"), max_length=40, blank=True)
    text = models.TextField(_("what it is, and why here"), blank=True)
    registered_at = models.DateTimeField(_("registered"))
    registered_by = models.CharField(_("registered by"), max_length=200)

    class Meta:
        verbose_name = _("product idea")
        verbose_name_plural = _("product ideas")
        ordering = ["-registered_at", "-pk"]

    def __str__(self) -> str:
        return self.title


class Dossier(models.Model):
    """What one organisation hands in for one product at one level."""

    class State(models.TextChoices):
        DRAFT = steps.DRAFT, _("draft")
        SUBMITTED = steps.SUBMITTED, _("handed in")
        PRE_CHECKED = steps.PRE_CHECKED, _("pre-checked")
        ACTION_NEEDED = steps.ACTION_NEEDED, _("action needed")
        ACCEPTED = steps.ACCEPTED, _("accepted")
        SCHEDULED = steps.SCHEDULED, _("scheduled")
        SCORED = steps.SCORED, _("scored")
        DECIDED = steps.DECIDED, _("decided")
        PASSED_UP = steps.PASSED_UP, _("passed on up")
        WITHDRAWN = steps.WITHDRAWN, _("withdrawn")

    number = models.CharField(_("number"), max_length=60, unique=True)
    scheme_code = models.CharField(_("scheme"), max_length=40)
    scheme_version = models.PositiveIntegerField(_("version"))
    level = models.CharField(_("level"), max_length=20)
    round = models.ForeignKey(
        "evaluation.Round",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="dossiers",
        verbose_name=_("round"),
    )
    organisation = models.ForeignKey(
        "parties.Organisation",
        models.PROTECT,
        related_name="dossiers",
        verbose_name=_("applicant"),
    )
    product = models.ForeignKey(
        "products.Product", models.PROTECT, related_name="dossiers", verbose_name=_("product")
    )
    set_code = models.CharField(_("criteria"), max_length=40)
    group_code = models.CharField(_("group"), max_length=40)
    subgroup_code = models.CharField(_("subgroup"), max_length=40, blank=True)
    idea = models.ForeignKey(Idea, models.SET_NULL, null=True, blank=True, related_name="dossiers")
    before = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="later",
        verbose_name=_("comes from"),
    )
    renews = models.CharField(_("renews star"), max_length=60, blank=True)
    checker = models.ForeignKey(
        "parties.Organisation",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="dossiers_to_check",
        verbose_name=_("pre-check by"),
    )
    state = models.CharField(_("state"), max_length=20, choices=State, default=State.DRAFT)
    turn = models.PositiveSmallIntegerField(_("round of scoring"), default=1)
    action_needed = models.TextField(_("what is needed"), blank=True)
    action_until = models.DateField(_("needed until"), null=True, blank=True)
    created_at = models.DateTimeField(_("begun"))
    submitted_at = models.DateTimeField(_("handed in"), null=True, blank=True)

    class Meta:
        verbose_name = _("dossier")
        verbose_name_plural = _("dossiers")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["product", "scheme_code", "level"],
                condition=~Q(state__in=steps.ENDED),
                name="one_open_dossier_per_product",
            ),
        ]
        indexes = [
            models.Index(fields=["round", "state"], name="dossier_by_round"),
            models.Index(fields=["organisation", "state"], name="dossier_by_applicant"),
        ]

    def __str__(self) -> str:
        return self.number


class Step(models.Model):
    """One entry of the timeline of a dossier. Only ever added."""

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="steps")
    state = models.CharField(_("state"), max_length=20, choices=Dossier.State)
    at = models.DateTimeField(_("when"))
    by = models.CharField(_("by"), max_length=200)
    note = models.TextField(_("note"), blank=True)

    class Meta:
        verbose_name = _("step")
        verbose_name_plural = _("steps")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.dossier} · {self.state}"


class ProofFile(models.Model):
    """A paper of a dossier, as a checked file or as a sample that was handed over."""

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="proofs")
    proof = models.CharField(_("proof"), max_length=40)
    file = models.FileField(_("file"), upload_to="dossiers", blank=True, max_length=200)
    name = models.CharField(_("name"), max_length=200)
    note = models.CharField(_("note"), max_length=300, blank=True)
    filed_at = models.DateTimeField(_("filed"))
    filed_by = models.CharField(_("filed by"), max_length=200)

    class Meta:
        verbose_name = _("proof")
        verbose_name_plural = _("proofs")
        ordering = ["proof", "filed_at", "pk"]

    def __str__(self) -> str:
        return f"{self.proof} · {self.name}"


class Answer(models.Model):
    """What the applicant says about one criterion: the self-assessment."""

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="answers")
    criterion = models.CharField(_("criterion"), max_length=20)
    option = models.PositiveSmallIntegerField(_("answer"))
    evidence = models.CharField(_("evidence"), max_length=300, blank=True)
    remark = models.CharField(_("remark"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["dossier", "criterion"], name="one_answer_per_criterion"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dossier} · {self.criterion}"


class PreCheckLine(models.Model):
    """What the level that only checks found about one content of a dossier."""

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="pre_check")
    content = models.CharField(_("content"), max_length=200)
    is_confirmed = models.BooleanField(_("confirmed"))
    remark = models.CharField(_("remark"), max_length=500, blank=True)
    checked_at = models.DateTimeField(_("checked"))
    checked_by = models.CharField(_("checked by"), max_length=200)

    class Meta:
        verbose_name = _("pre-check")
        verbose_name_plural = _("pre-checks")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.dossier} · {self.content}"
