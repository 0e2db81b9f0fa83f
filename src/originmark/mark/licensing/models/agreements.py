"""Rows about the agreement that a user accepts, and about the end of its use."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from originmark.mark.licensing.models.licences import Licence


class Agreement(models.Model):
    """One version of what a user of a brand agrees to; never changed, only succeeded."""

    brand = models.ForeignKey(
        "schemes.Brand", models.PROTECT, related_name="+", verbose_name=_("brand")
    )
    version = models.PositiveIntegerField(_("version"))
    text = models.TextField(_("text"))
    written_at = models.DateTimeField(_("written"))
    written_by = models.CharField(_("written by"), max_length=200)

    class Meta:
        verbose_name = _("agreement")
        verbose_name_plural = _("agreements")
        ordering = ["brand_id", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["brand", "version"], name="agreement_version_once"),
        ]

    def __str__(self) -> str:
        return f"v{self.version}"


class AgreementAcceptance(models.Model):
    """Somebody accepted a version for a licence."""

    licence = models.ForeignKey(Licence, models.PROTECT, related_name="acceptances")
    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="acceptances")
    accepted_at = models.DateTimeField(_("accepted"))
    accepted_by = models.CharField(_("accepted by"), max_length=200)
    person_id = models.BigIntegerField(_("person"), null=True)

    class Meta:
        verbose_name = _("acceptance of an agreement")
        verbose_name_plural = _("acceptances of agreements")
        ordering = ["-accepted_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["licence", "agreement"], name="agreement_once"),
        ]

    def __str__(self) -> str:
        return f"{self.agreement_id} {self.accepted_by}"


class LicenceExit(models.Model):
    """A user stops using a mark: until when, what may still be sold, what became of its labels."""

    licence = models.OneToOneField(
        Licence, models.PROTECT, related_name="exit", verbose_name=_("licence")
    )
    last_use_on = models.DateField(_("last day of use"))
    sell_off_until = models.DateField(_("may be sold until"), null=True, blank=True)
    reason = models.TextField(_("reason"))
    announced_at = models.DateTimeField(_("announced"))
    announced_by = models.CharField(_("announced by"), max_length=200)
    labels_returned = models.PositiveIntegerField(_("labels returned"), null=True, blank=True)
    labels_destroyed = models.PositiveIntegerField(_("labels destroyed"), null=True, blank=True)
    settled_at = models.DateTimeField(_("settled"), null=True, blank=True)
    settled_by = models.CharField(_("settled by"), max_length=200, blank=True)
    settle_note = models.TextField(_("note on the settlement"), blank=True)

    class Meta:
        verbose_name = _("exit")
        verbose_name_plural = _("exits")
        ordering = ["-last_use_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(sell_off_until=None) | Q(sell_off_until__gte=F("last_use_on")),
                name="sell_off_after_last_use",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.licence_id} {self.last_use_on}"
