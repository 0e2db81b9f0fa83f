"""Rows about licences."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Licence(models.Model):
    """An organisation's right to put a brand on some of its products, from day to day."""

    number = models.CharField(_("number"), max_length=60, unique=True)
    brand = models.ForeignKey(
        "schemes.Brand", models.PROTECT, related_name="licences", verbose_name=_("brand")
    )
    organisation = models.ForeignKey(
        "parties.Organisation",
        models.PROTECT,
        related_name="licences",
        verbose_name=_("organisation"),
    )
    valid_from = models.DateField(_("valid from"))
    valid_until = models.DateField(_("valid until"))
    ended_on = models.DateField(_("ended on"), null=True, blank=True)
    end_reason = models.TextField(_("reason of the end"), blank=True)
    note = models.TextField(_("note"), blank=True)
    granted_at = models.DateTimeField(_("granted"))
    granted_by = models.CharField(_("granted by"), max_length=200)

    class Meta:
        verbose_name = _("licence")
        verbose_name_plural = _("licences")
        ordering = ["-granted_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until__gte=F("valid_from")), name="licence_ends_after_it_begins"
            ),
        ]
        indexes = [models.Index(fields=["organisation", "brand"], name="licence_user")]

    def __str__(self) -> str:
        return self.number


class LicenceProduct(models.Model):
    """A product that the licence covers."""

    licence = models.ForeignKey(Licence, models.CASCADE, related_name="products")
    product_code = models.CharField(_("product"), max_length=60)

    class Meta:
        verbose_name = _("licensed product")
        verbose_name_plural = _("licensed products")
        ordering = ["product_code", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["licence", "product_code"], name="licence_product_once"
            ),
        ]

    def __str__(self) -> str:
        return self.product_code


class LicenceSuspension(models.Model):
    """A stretch in which the licence rests."""

    licence = models.ForeignKey(Licence, models.CASCADE, related_name="suspensions")
    suspended_on = models.DateField(_("suspended on"))
    reason = models.TextField(_("reason"))
    suspended_by = models.CharField(_("suspended by"), max_length=200)
    lifted_on = models.DateField(_("lifted on"), null=True, blank=True)
    lift_note = models.TextField(_("why it was lifted"), blank=True)
    lifted_by = models.CharField(_("lifted by"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("suspension")
        verbose_name_plural = _("suspensions")
        ordering = ["suspended_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["licence"], condition=Q(lifted_on=None), name="one_open_suspension"
            ),
            models.CheckConstraint(
                condition=Q(lifted_on=None) | Q(lifted_on__gte=F("suspended_on")),
                name="suspension_lifted_after_it_began",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.suspended_on} – {self.lifted_on or '…'}"
