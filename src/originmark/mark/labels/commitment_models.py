"""Rows about commitment certificates: issued for a lot, collected by whoever buys it."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Commitment(models.Model):
    """A producer's word about a lot, as it was on the day: never changed, kept for half a year.

    What stands on the paper is kept here, whatever the registers say later.
    """

    class Tested(models.TextChoices):
        NOT = "", _("No test")
        SELF = "self", _("Tested by the producer")
        ENTRUSTED = "entrusted", _("Tested by a laboratory")

    number = models.CharField(_("certificate"), max_length=30, unique=True)
    organisation = models.ForeignKey(
        "parties.Organisation", models.PROTECT, related_name="+", verbose_name=_("producer")
    )
    lot = models.ForeignKey(
        "lots.Lot", models.PROTECT, related_name="commitments", verbose_name=_("lot")
    )
    lot_code = models.CharField(max_length=20)
    produce = models.CharField(_("produce"), max_length=40)
    product_name = models.CharField(_("name"), max_length=200)
    kg = models.DecimalField(_("weight, kg"), max_digits=14, decimal_places=3)
    producer_name = models.CharField(_("producer"), max_length=200)
    place = models.CharField(_("place"), max_length=300)
    contact = models.CharField(_("contact"), max_length=100)
    statement = models.TextField(_("commitment"))
    tested = models.CharField(_("test"), max_length=10, choices=Tested, blank=True)
    test_result = models.CharField(_("result"), max_length=300, blank=True)
    rules = models.CharField(_("rules"), max_length=200)
    sources = models.ManyToManyField("self", symmetrical=False, related_name="+", blank=True)
    issued_on = models.DateField(_("issued"))
    keep_until = models.DateField(_("to be kept until"))
    at = models.DateTimeField(_("recorded"))
    by_name = models.CharField(_("by"), max_length=200)

    class Meta:
        verbose_name = _("commitment certificate")
        verbose_name_plural = _("commitment certificates")
        ordering = ["-issued_on", "-pk"]

    def __str__(self) -> str:
        return self.number


class Collected(models.Model):
    """A buyer asked for the certificate and compared it with the goods; only ever added."""

    commitment = models.ForeignKey(Commitment, models.PROTECT, related_name="collected")
    organisation = models.ForeignKey(
        "parties.Organisation", models.PROTECT, related_name="+", verbose_name=_("buyer")
    )
    finding = models.CharField(_("finding"), max_length=300, blank=True)
    on = models.DateField(_("on"))
    keep_until = models.DateField(_("to be kept until"))
    at = models.DateTimeField(_("recorded"))
    by_name = models.CharField(_("by"), max_length=200)

    class Meta:
        verbose_name = _("collected certificate")
        verbose_name_plural = _("collected certificates")
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["commitment", "organisation"], name="certificate_collected_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.commitment_id} {self.organisation_id}"
