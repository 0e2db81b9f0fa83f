"""Rows about applications for a mark, and what was found about its users."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from originmark.mark.licensing import application_rules as rules
from originmark.mark.licensing.models.licences import Licence


class Application(models.Model):
    """A producer asks to put a brand on products from some land."""

    class State(models.TextChoices):
        SUBMITTED = rules.SUBMITTED, _("waiting for the office")
        MORE_WANTED = rules.MORE_WANTED, _("waiting for the producer")
        GRANTED = rules.GRANTED, _("granted")
        REFUSED = rules.REFUSED, _("refused")
        WITHDRAWN = rules.WITHDRAWN, _("withdrawn")

    number = models.CharField(_("number"), max_length=60, unique=True)
    brand = models.ForeignKey(
        "schemes.Brand", models.PROTECT, related_name="+", verbose_name=_("brand")
    )
    organisation = models.ForeignKey(
        "parties.Organisation", models.PROTECT, related_name="+", verbose_name=_("applicant")
    )
    state = models.CharField(_("state"), max_length=20, choices=State, default=State.SUBMITTED)
    products = models.JSONField(_("products"), default=list)
    areas = models.JSONField(_("growing areas"), default=list)
    season = models.PositiveSmallIntegerField(_("season"))
    forecast_kg = models.DecimalField(
        _("expected in the season, kg"), max_digits=14, decimal_places=3, null=True, blank=True
    )
    own_brand = models.CharField(_("own brand beside the mark"), max_length=200, blank=True)
    own_brand_consent = models.CharField(_("consent to the own brand"), max_length=300, blank=True)
    note = models.TextField(_("note"), blank=True)
    applied_at = models.DateTimeField(_("applied"))
    applied_by = models.CharField(_("applied by"), max_length=200)
    licence = models.OneToOneField(
        Licence,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="application",
        verbose_name=_("licence"),
    )

    class Meta:
        verbose_name = _("application")
        verbose_name_plural = _("applications")
        ordering = ["-applied_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=(Q(state=rules.GRANTED) & Q(licence__isnull=False))
                | (~Q(state=rules.GRANTED) & Q(licence=None)),
                name="granted_application_has_licence",
            ),
        ]
        indexes = [models.Index(fields=["state", "brand"], name="application_waiting")]

    def __str__(self) -> str:
        return self.number


class ApplicationStep(models.Model):
    """What happened to an application, in order; never changed."""

    class Kind(models.TextChoices):
        APPLIED = "applied", _("Applied")
        ASKED = "asked", _("More wanted")
        ANSWERED = "answered", _("Answered")
        CONSENTED = "consented", _("Consent to the own brand")
        GRANTED = "granted", _("Granted")
        REFUSED = "refused", _("Refused")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    application = models.ForeignKey(Application, models.CASCADE, related_name="steps")
    kind = models.CharField(_("what"), max_length=20, choices=Kind)
    note = models.TextField(_("note"), blank=True)
    conditions = models.JSONField(_("conditions that day"), default=list, blank=True)
    at = models.DateTimeField(_("when"))
    by_name = models.CharField(_("by"), max_length=200)

    class Meta:
        verbose_name = _("step of an application")
        verbose_name_plural = _("steps of applications")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return self.kind


class NonConformity(models.Model):
    """Something that a check found about a user: open until the office closes it."""

    organisation = models.ForeignKey(
        "parties.Organisation", models.PROTECT, related_name="+", verbose_name=_("about")
    )
    brand = models.ForeignKey(
        "schemes.Brand",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("brand"),
    )
    what = models.TextField(_("what was found"))
    found_on = models.DateField(_("found on"))
    found_by = models.CharField(_("found by"), max_length=200)
    mend_until = models.DateField(_("to be mended until"), null=True, blank=True)
    closed_on = models.DateField(_("closed on"), null=True, blank=True)
    close_note = models.TextField(_("how it was mended"), blank=True)
    closed_by = models.CharField(_("closed by"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("finding")
        verbose_name_plural = _("findings")
        ordering = ["-found_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_on=None) | Q(closed_on__gte=F("found_on")),
                name="finding_closed_after_it_was_found",
            ),
        ]

    def __str__(self) -> str:
        return self.what[:80]
