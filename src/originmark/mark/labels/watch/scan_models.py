"""Rows about scans: so many a label and no more, however often it is scanned."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class LabelSeen(models.Model):
    """What is known of the scans of one label, also of those whose rows are gone.

    ``viewers`` counts different viewers exactly up to what ``rules`` keep of one label, and no
    further. ``cleared_at`` is until when its scans were judged to be no copy; ``copied_at`` when
    they were judged to be one.
    """

    run_number = models.CharField(_("run"), max_length=40)
    index = models.PositiveIntegerField(_("label"))
    scans = models.PositiveBigIntegerField(_("scans"), default=0)
    viewers = models.PositiveIntegerField(_("viewers"), default=0)
    placed = models.PositiveIntegerField(_("scans with a place"), default=0)
    barred = models.PositiveIntegerField(_("scans of what may not be in a shop"), default=0)
    first_at = models.DateTimeField(_("first seen"), null=True)
    first_viewer = models.CharField(max_length=32, blank=True)
    last_at = models.DateTimeField(_("last seen"), null=True)
    cleared_at = models.DateTimeField(_("cleared"), null=True)
    copied_at = models.DateTimeField(_("confirmed copy"), null=True)

    class Meta:
        verbose_name = _("label seen")
        verbose_name_plural = _("labels seen")
        constraints = [
            models.UniqueConstraint(fields=["run_number", "index"], name="label_seen_once"),
        ]
        indexes = [models.Index(fields=["last_at"], name="label_seen_lately")]

    def __str__(self) -> str:
        return f"{self.run_number}/{self.index}: {self.scans}"


class Scan(models.Model):
    """One look at one label by a shopper; only some of many are kept, see ``copies.kept``.

    ``viewer`` is a keyed hash of address and browser, so that two looks by one phone can be told
    from two phones without keeping who it was. The place is kept only if the shopper shared it.
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
        indexes = [
            models.Index(fields=["run_number", "index", "at"], name="scan_of_one_label"),
            models.Index(fields=["at"], name="scan_by_age"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(latitude=None, longitude=None)
                | Q(latitude__isnull=False, longitude__isnull=False),
                name="scan_place_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.run_number}/{self.index} {self.at:%Y-%m-%d %H:%M}"


class ScanBatch(models.Model):
    """Scans that a server handed in, as JSON (see ``batches``), until they are entered.

    ``door`` is the server that has taken them into account already, empty where none has.
    """

    door = models.CharField(max_length=32, blank=True)
    handed_at = models.DateTimeField(_("handed in"))
    entered_at = models.DateTimeField(_("entered"), null=True)
    count = models.PositiveIntegerField(_("scans"))
    scans = models.BinaryField()

    class Meta:
        verbose_name = _("batch of scans")
        verbose_name_plural = _("batches of scans")

    def __str__(self) -> str:
        return f"{self.count} scans of {self.handed_at:%Y-%m-%d %H:%M:%S}"


class ScanDay(models.Model):
    """How many scans of labels of a run got one verdict on one day of the programme's zone."""

    day = models.DateField(_("day"))
    run_number = models.CharField(_("run"), max_length=40)
    verdict = models.CharField(_("verdict"), max_length=20)
    scans = models.PositiveBigIntegerField(_("scans"), default=0)

    class Meta:
        verbose_name = _("scans of a day")
        verbose_name_plural = _("scans of days")
        constraints = [
            models.UniqueConstraint(
                fields=["day", "run_number", "verdict"], name="scans_of_a_day_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.run_number} {self.verdict}: {self.scans}"


class ForgedDay(models.Model):
    """Codes that nobody issued, scanned on one day for one lot; no row for each.

    ``lot_code`` is empty for all lots that have no labels. ``serials`` and ``viewers`` hold short
    marks that tell a bounded number of them apart; which code it was is not kept.
    """

    day = models.DateField(_("day"))
    lot_code = models.CharField(_("lot"), max_length=20, blank=True)
    scans = models.PositiveBigIntegerField(_("scans"), default=0)
    serials = models.JSONField(default=list, blank=True)
    viewers = models.JSONField(default=list, blank=True)
    first_at = models.DateTimeField(_("first"), null=True)
    last_at = models.DateTimeField(_("last"), null=True)

    class Meta:
        verbose_name = _("made-up codes of a day")
        verbose_name_plural = _("made-up codes of days")
        constraints = [
            models.UniqueConstraint(fields=["day", "lot_code"], name="forged_day_once"),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.lot_code}: {self.scans}"
