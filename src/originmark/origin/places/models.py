"""Rows about places."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class AdministrativeUnit(models.Model):
    """A country, province, district, county, commune … as it was between two dates."""

    scheme = models.CharField(_("scheme"), max_length=10)
    code = models.CharField(_("code"), max_length=20)
    level = models.CharField(_("level"), max_length=20)
    name = models.CharField(_("name"), max_length=120)
    names = models.JSONField(_("names in other languages"), default=dict, blank=True)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children"
    )
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_until = models.DateField(_("valid until"), null=True, blank=True)

    class Meta:
        verbose_name = _("administrative unit")
        verbose_name_plural = _("administrative units")
        ordering = ["scheme", "code", "pk"]

    def __str__(self) -> str:
        return self.name
