"""Rows about stars that were awarded, and how they ended."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from originmark.mark.evaluation import stars_rules as rules


class StarChain(models.Model):
    """The row that two decisions about a product under a scheme wait for, one after the other."""

    product = models.ForeignKey("products.Product", models.PROTECT, related_name="+")
    scheme_code = models.CharField(max_length=60)

    class Meta:
        verbose_name = _("chain of stars")
        verbose_name_plural = _("chains of stars")
        constraints = [
            models.UniqueConstraint(fields=["product", "scheme_code"], name="one_chain_of_stars"),
        ]

    def __str__(self) -> str:
        return f"{self.product_id} · {self.scheme_code}"


class Star(models.Model):
    """The stars that one decision gave a product, for a term.

    The stars of a product under a scheme are a chain: each gives way to the next decided one.
    """

    number = models.CharField(_("number"), max_length=60, unique=True)
    dossier_number = models.CharField(_("dossier"), max_length=60)
    corrects = models.OneToOneField(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="corrected_by",
        verbose_name=_("corrects"),
    )
    product = models.ForeignKey(
        "products.Product", models.PROTECT, related_name="stars", verbose_name=_("product")
    )
    organisation = models.ForeignKey(
        "parties.Organisation", models.PROTECT, related_name="stars", verbose_name=_("producer")
    )
    scheme_code = models.CharField(_("scheme"), max_length=60)
    scheme_version = models.PositiveIntegerField(_("version"))
    set_code = models.CharField(_("product set"), max_length=60)
    group_code = models.CharField(_("group"), max_length=60)
    subgroup_code = models.CharField(_("subgroup"), max_length=60, blank=True)
    round_code = models.CharField(_("round"), max_length=60, blank=True)
    level = models.CharField(_("level"), max_length=60)
    points = models.DecimalField(_("points"), max_digits=6, decimal_places=3)
    stars = models.PositiveSmallIntegerField(_("stars"))
    is_potential_five = models.BooleanField(_("potential five stars"), default=False)
    decided_on = models.DateField(_("decided on"))
    valid_until = models.DateField(_("valid until"))
    notice_due_on = models.DateField(_("notice due by"), null=True, blank=True)
    revoked_from = models.DateField(_("revoked from"), null=True, blank=True)
    superseded_from = models.DateField(_("superseded from"), null=True, blank=True)
    recorded_at = models.DateTimeField(_("recorded"))
    recorded_by = models.CharField(_("recorded by"), max_length=200)

    class Meta:
        verbose_name = _("star")
        verbose_name_plural = _("stars")
        ordering = ["-decided_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until__gte=F("decided_on")), name="star_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=Q(stars__gte=1, stars__lte=5), name="one_to_five_stars"
            ),
        ]
        indexes = [
            models.Index(fields=["product", "scheme_code", "decided_on"], name="star_chain"),
            models.Index(fields=["valid_until"], name="star_end"),
            models.Index(fields=["dossier_number"], name="star_dossier"),
        ]

    def __str__(self) -> str:
        return self.number


class StarRevocation(models.Model):
    """A decision that takes a star away; an appeal may annul it as if it had not been."""

    star = models.ForeignKey(
        Star, models.PROTECT, related_name="revocations", verbose_name=_("star")
    )
    reason = models.CharField(_("reason"), max_length=60)
    decision_number = models.CharField(_("decision"), max_length=80)
    decided_on = models.DateField(_("decided on"))
    effective_from = models.DateField(_("takes effect on"))
    hearing_note = models.TextField(_("what the producer said when heard"), blank=True)
    revoked_at = models.DateTimeField(_("recorded"))
    revoked_by = models.CharField(_("recorded by"), max_length=200)
    revoked_by_person = models.ForeignKey(
        "parties.Person", models.SET_NULL, null=True, blank=True, related_name="+"
    )
    annulled_on = models.DateField(_("annulled on"), null=True, blank=True)
    annulment_note = models.TextField(_("why it was annulled"), blank=True)

    class Meta:
        verbose_name = _("revocation")
        verbose_name_plural = _("revocations")
        ordering = ["decided_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["star"], condition=Q(annulled_on=None), name="one_revocation_that_holds"
            ),
            models.CheckConstraint(
                condition=Q(effective_from__gte=F("decided_on")), name="revocation_never_back"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.star} · {self.decision_number}"


class ReEvaluation(models.Model):
    """A producer comes again: what changed since the recognition, and how it ended."""

    class Outcome(models.TextChoices):
        RE_AWARDED = rules.RE_AWARDED, _("Re-awarded")
        FAILED = "failed", _("Not re-awarded")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    reference = models.CharField(_("reference"), max_length=70, unique=True)
    star = models.ForeignKey(
        Star, models.PROTECT, related_name="re_evaluations", verbose_name=_("star")
    )
    dossier_number = models.CharField(_("dossier"), max_length=60, blank=True)
    opened_on = models.DateField(_("opened on"))
    opened_by = models.CharField(_("opened by"), max_length=200)
    materials = models.TextField(_("materials"), blank=True)
    market = models.TextField(_("market"), blank=True)
    quality_declaration = models.TextField(_("quality declaration"), blank=True)
    results = models.TextField(_("results since the recognition"), blank=True)
    reported_on = models.DateField(_("reported on"), null=True, blank=True)
    closed_on = models.DateField(_("closed on"), null=True, blank=True)
    outcome = models.CharField(_("outcome"), max_length=20, choices=Outcome, blank=True)

    class Meta:
        verbose_name = _("re-evaluation")
        verbose_name_plural = _("re-evaluations")
        ordering = ["opened_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["star"], condition=Q(closed_on=None), name="one_open_re_evaluation"
            ),
            models.CheckConstraint(
                condition=Q(closed_on=None, outcome="")
                | (Q(closed_on__gte=F("opened_on")) & ~Q(outcome="")),
                name="re_evaluation_ends_with_an_outcome",
            ),
        ]

    def __str__(self) -> str:
        return self.reference
