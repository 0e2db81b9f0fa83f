"""Rows about certificates."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from originmark.origin.certificates import rules


class CertificateType(models.Model):
    """A kind of paper: VietGAP, organic, a growing-area code."""

    class Scope(models.TextChoices):
        AREA = rules.AREA, _("Growing areas")
        PRODUCT = rules.PRODUCT, _("Products")
        FACILITY = rules.FACILITY, _("Facilities")
        ORGANISATION = rules.ORGANISATION, _("The whole organisation")

    code = models.SlugField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=120)
    names = models.JSONField(_("names in other languages"), default=dict, blank=True)
    scope = models.CharField(_("usual scope"), max_length=20, choices=Scope)
    measures = models.JSONField(_("amounts it states"), default=list, blank=True)
    number_pattern = models.CharField(_("pattern of its numbers"), max_length=120, blank=True)
    warning_days = models.PositiveIntegerField(_("days of warning"), default=60)
    basis = models.CharField(_("basis"), max_length=300, blank=True)
    equivalents = models.ManyToManyField("self", blank=True, verbose_name=_("counts as well"))
    is_active = models.BooleanField(_("active"), default=True)

    class Meta:
        verbose_name = _("type of certificate")
        verbose_name_plural = _("types of certificates")
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name


class Certificate(models.Model):
    """A paper with a number and, mostly, an end."""

    number = models.CharField(_("number"), max_length=80)
    type = models.ForeignKey(
        CertificateType, models.PROTECT, related_name="certificates", verbose_name=_("type")
    )
    issuer = models.CharField(_("issuer"), max_length=200)
    holder = models.ForeignKey(
        "parties.Organisation",
        models.PROTECT,
        related_name="certificates",
        verbose_name=_("holder"),
    )
    scope_kind = models.CharField(_("scope"), max_length=20, choices=CertificateType.Scope)
    area_ha = models.DecimalField(
        _("area in ha"), max_digits=12, decimal_places=4, null=True, blank=True
    )
    heads = models.PositiveIntegerField(_("heads"), null=True, blank=True)
    households = models.PositiveIntegerField(_("households"), null=True, blank=True)
    growing_areas = models.ManyToManyField(
        "places.GrowingArea",
        blank=True,
        related_name="certificates",
        verbose_name=_("growing areas"),
    )
    products = models.ManyToManyField(
        "products.Product", blank=True, related_name="certificates", verbose_name=_("products")
    )
    facilities = models.ManyToManyField(
        "places.Facility", blank=True, related_name="certificates", verbose_name=_("facilities")
    )
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    suspended_on = models.DateField(_("suspended on"), null=True, blank=True)
    revoked_on = models.DateField(_("revoked on"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    document = models.FileField(_("document"), upload_to="certificates", blank=True, max_length=200)
    document_name = models.CharField(_("name of the document"), max_length=200, blank=True)
    is_public = models.BooleanField(_("shown to shoppers"), default=False)
    note = models.TextField(_("note"), blank=True)
    recorded_at = models.DateTimeField(_("recorded"))

    class Meta:
        verbose_name = _("certificate")
        verbose_name_plural = _("certificates")
        ordering = ["valid_until", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["type", "issuer", "number"], name="one_record_per_certificate"
            ),
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True)
                | Q(valid_until__isnull=True)
                | Q(valid_until__gte=F("valid_from")),
                name="a_certificate_ends_after_it_begins",
            ),
        ]
        indexes = [models.Index(fields=["holder", "valid_until"])]

    def __str__(self) -> str:
        return f"{self.type} {self.number}"

    @property
    def validity(self) -> rules.Validity:
        """Return the dates that decide its status."""
        return rules.Validity(
            valid_from=self.valid_from,
            valid_until=self.valid_until,
            suspended_on=self.suspended_on,
            revoked_on=self.revoked_on,
            warning_days=self.type.warning_days,
        )


class ExpiryNotice(models.Model):
    """That a certificate is about to end was said, once for each end."""

    certificate = models.ForeignKey(Certificate, models.CASCADE, related_name="notices")
    valid_until = models.DateField(_("valid until"))
    noticed_at = models.DateTimeField(_("noticed"))

    class Meta:
        verbose_name = _("expiry notice")
        verbose_name_plural = _("expiry notices")
        ordering = ["-noticed_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["certificate", "valid_until"], name="one_notice_per_end"
            )
        ]

    def __str__(self) -> str:
        return f"{self.certificate} → {self.valid_until}"
