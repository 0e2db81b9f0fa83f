"""Rows about quotas. Whole grams, so that the database can add and compare them exactly."""

from decimal import Decimal

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from originmark.mark.licensing import quota_rules as rules


class Quota(models.Model):
    """How much of a season a user may put a brand on, and how much of it is used.

    The grant is what was computed and what the office put on or took off, but never less than
    what is used: labels that are out cannot be wished away.
    """

    organisation = models.ForeignKey(
        "parties.Organisation", models.PROTECT, related_name="+", verbose_name=_("user")
    )
    brand = models.ForeignKey(
        "schemes.Brand", models.PROTECT, related_name="+", verbose_name=_("brand")
    )
    season = models.PositiveSmallIntegerField(_("season"))
    computed_g = models.BigIntegerField(_("computed, g"), default=0)
    adjusted_g = models.BigIntegerField(_("changed by hand, g"), default=0)
    granted_g = models.BigIntegerField(_("granted, g"), default=0)
    used_g = models.BigIntegerField(_("used, g"), default=0)
    fuse_at_g = models.BigIntegerField(_("fuse blows at, g"), default=0)
    fuse_blown_at = models.DateTimeField(_("fuse blown"), null=True, blank=True)
    basis = models.JSONField(_("basis"), default=dict, blank=True)
    computed_at = models.DateTimeField(_("computed"), null=True, blank=True)

    class Meta:
        verbose_name = _("quota")
        verbose_name_plural = _("quotas")
        ordering = ["-season", "brand_id", "organisation_id"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "brand", "season"], name="quota_once"),
            models.CheckConstraint(
                condition=Q(used_g__gte=0) & Q(used_g__lte=F("granted_g")),
                name="quota_used_within_granted",
            ),
            models.CheckConstraint(condition=Q(fuse_at_g__gte=0), name="quota_fuse_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.brand_id}/{self.organisation_id}/{self.season}"

    @property
    def granted_kg(self) -> Decimal:
        """Return what may carry the brand."""
        return rules.kilograms(self.granted_g)

    @property
    def used_kg(self) -> Decimal:
        """Return what carries it already."""
        return rules.kilograms(self.used_g)

    @property
    def left_kg(self) -> Decimal:
        """Return what is left."""
        return rules.kilograms(self.granted_g - self.used_g)

    @property
    def computed_kg(self) -> Decimal:
        """Return what land and harvest gave."""
        return rules.kilograms(self.computed_g)

    @property
    def adjusted_kg(self) -> Decimal:
        """Return what the office put on (or took off)."""
        return rules.kilograms(self.adjusted_g)

    @property
    def fuse_at_kg(self) -> Decimal:
        """Return from which rest on the fuse blows."""
        return rules.kilograms(self.fuse_at_g)

    @property
    def overdrawn_kg(self) -> Decimal:
        """Return what is used beyond what the figures of today would allow."""
        return rules.kilograms(max(self.used_g - self.due_g, 0))

    @property
    def due_g(self) -> int:
        """Return what the figures of today allow."""
        return max(self.computed_g + self.adjusted_g, 0)

    @property
    def is_spent(self) -> bool:
        """Return whether the fuse is blown."""
        return self.fuse_blown_at is not None


class QuotaDraw(models.Model):
    """What one thing (a run of labels) took from a quota, and what came back of it."""

    quota = models.ForeignKey(Quota, models.PROTECT, related_name="draws")
    reference = models.CharField(_("reference"), max_length=120, unique=True)
    drawn_g = models.BigIntegerField(_("drawn, g"))
    returned_g = models.BigIntegerField(_("returned, g"), default=0)
    drawn_at = models.DateTimeField(_("drawn"))
    by_name = models.CharField(_("by"), max_length=200)

    class Meta:
        verbose_name = _("draw on a quota")
        verbose_name_plural = _("draws on quotas")
        ordering = ["-drawn_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(returned_g__gte=0) & Q(returned_g__lte=F("drawn_g")),
                name="quota_returned_within_drawn",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def name(self) -> str:
        """Return the reference as people say it, without the prefix of whoever drew."""
        return self.reference.partition(":")[2] or self.reference

    @property
    def drawn_kg(self) -> Decimal:
        """Return what was taken."""
        return rules.kilograms(self.drawn_g)

    @property
    def returned_kg(self) -> Decimal:
        """Return what came back."""
        return rules.kilograms(self.returned_g)


class QuotaChange(models.Model):
    """What happened to a grant or to its fuse; never changed."""

    class Kind(models.TextChoices):
        COMPUTED = "computed", _("Computed")
        ADJUSTED = "adjusted", _("Changed by hand")
        FUSE_BLOWN = "fuse-blown", _("Fuse blown")
        FUSE_RESET = "fuse-reset", _("Fuse reset")

    quota = models.ForeignKey(Quota, models.PROTECT, related_name="changes")
    kind = models.CharField(_("what"), max_length=20, choices=Kind)
    before_g = models.BigIntegerField(_("granted before, g"))
    after_g = models.BigIntegerField(_("granted after, g"))
    reason = models.TextField(_("reason"), blank=True)
    at = models.DateTimeField(_("when"))
    by_name = models.CharField(_("by"), max_length=200)

    class Meta:
        verbose_name = _("change of a quota")
        verbose_name_plural = _("changes of quotas")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.kind} {self.at:%Y-%m-%d}"

    @property
    def before_kg(self) -> Decimal:
        """Return the grant before."""
        return rules.kilograms(self.before_g)

    @property
    def after_kg(self) -> Decimal:
        """Return the grant after."""
        return rules.kilograms(self.after_g)
