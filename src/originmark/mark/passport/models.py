"""Rows of the passport: who looked at which label, and when."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from originmark.mark.passport.credentials.models import (
    Credential,
    CredentialKey,
    Ground,
    StatusList,
)
from originmark.mark.passport.resolver.models import Delegation, Link

__all__ = [
    "Credential", "CredentialKey", "Delegation", "Ground", "Link", "Scan", "StatusList",
]  # fmt: skip


class Scan(models.Model):
    """One look at one label by a shopper.

    ``viewer`` is a keyed hash of address and browser, so that two looks by one phone can be told
    from two phones without keeping who it was. The place is kept only if the shopper shared it
    or the programme's own proxy knows the city.
    """

    run_number = models.CharField(_("run"), max_length=40)
    index = models.PositiveIntegerField(_("label"))
    at = models.DateTimeField(_("when"))
    viewer = models.CharField(_("viewer"), max_length=32)
    verdict = models.CharField(_("verdict"), max_length=20)
    latitude = models.FloatField(_("latitude"), null=True)
    longitude = models.FloatField(_("longitude"), null=True)

    class Meta:
        verbose_name = _("scan")
        verbose_name_plural = _("scans")
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["run_number", "index", "at"], name="scan_of_label")]

    def __str__(self) -> str:
        return f"{self.run_number}/{self.index} {self.at:%Y-%m-%d %H:%M}"
