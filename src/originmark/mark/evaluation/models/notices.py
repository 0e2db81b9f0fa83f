"""Rows about who was told when that a star ends."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ExpiryNotice(models.Model):
    """The one written notice that a star ends, as it was written."""

    star = models.OneToOneField(
        "evaluation.Star", models.PROTECT, related_name="notice", verbose_name=_("star")
    )
    due_on = models.DateField(_("due by"))
    written_on = models.DateField(_("written on"))
    written_by = models.CharField(_("written by"), max_length=200)
    sender = models.CharField(_("sender"), max_length=200)
    recipient = models.CharField(_("recipient"), max_length=200)
    address = models.CharField(_("address"), max_length=300, blank=True)
    emails = models.JSONField(_("e-mail"), default=list, blank=True)
    language = models.CharField(_("language"), max_length=10, blank=True)
    mailed_at = models.DateTimeField(_("mailed"), null=True, blank=True)

    class Meta:
        verbose_name = _("expiry notice")
        verbose_name_plural = _("expiry notices")
        ordering = ["-written_on", "-pk"]

    def __str__(self) -> str:
        return f"{self.star} · {self.written_on}"

    @property
    def is_late(self) -> bool:
        """Return whether the notice was written after the day by which it was due."""
        return self.written_on > self.due_on
