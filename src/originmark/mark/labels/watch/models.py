"""Rows about suspected copies: a case about one label, what happened in it, what shoppers said."""

from django.conf import settings
from django.core.files.storage import FileSystemStorage
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class ScanCase(models.Model):
    """A label that may be a copy, a code that nobody issued, or a series of such codes on a lot.

    ``serial`` is the serial of a genuine label, else what was typed, else empty. A case about
    codes that nobody issued has no run and belongs to nobody but the programme.
    """

    class State(models.TextChoices):
        OPEN = "open", _("Open")
        REVIEW = "review", _("Under review")
        CONFIRMED = "confirmed", _("Confirmed copy")
        DISMISSED = "dismissed", _("Dismissed")

    class Origin(models.TextChoices):
        REPORT = "report", _("Report of a shopper")
        SCANS = "scans", _("Scans")
        FORGED = "forged", _("Made-up codes")

    serial = models.CharField(_("code"), max_length=60, blank=True)
    run = models.ForeignKey(
        "labels.LabelRun", models.PROTECT, null=True, blank=True, related_name="scan_cases"
    )
    index = models.PositiveIntegerField(null=True, blank=True)
    lot_code = models.CharField(_("lot"), max_length=20, blank=True, db_index=True)
    organisation = models.ForeignKey(
        "parties.Organisation", models.PROTECT, null=True, blank=True, related_name="+"
    )
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.OPEN)
    origin = models.CharField(_("found by"), max_length=10, choices=Origin)
    evidence = models.JSONField(_("evidence"), default=dict, blank=True)
    opened_at = models.DateTimeField(_("opened"))
    assigned_to = models.CharField(_("with"), max_length=200, blank=True)
    conclusion = models.CharField(_("conclusion"), max_length=300, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)

    class Meta:
        verbose_name = _("scan case")
        verbose_name_plural = _("scan cases")
        ordering = ["-opened_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["serial"],
                condition=Q(closed_at=None) & ~Q(serial=""),
                name="one_open_scan_case_a_label",
            ),
            models.UniqueConstraint(
                fields=["lot_code"],
                condition=Q(closed_at=None, origin="forged"),
                name="one_open_forged_case_a_lot",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.serial}"


class CaseEvent(models.Model):
    """Something that happened in a case; only ever added."""

    class Kind(models.TextChoices):
        OPENED = "opened", _("Opened")
        REPORTED = "reported", _("A shopper reported")
        SCANNED = "scanned", _("Scans look copied")
        TAKEN = "taken", _("Taken on")
        NOTE = "note", _("Note")
        DISMISSED = "dismissed", _("Dismissed")
        CONFIRMED = "confirmed", _("Confirmed copy")
        WITHDRAWN = "withdrawn", _("Label withdrawn")
        REOPENED = "reopened", _("Opened again")

    case = models.ForeignKey(ScanCase, models.CASCADE, related_name="events")
    kind = models.CharField(_("what"), max_length=10, choices=Kind)
    text = models.CharField(_("text"), max_length=1000, blank=True)
    at = models.DateTimeField(_("at"))
    by_name = models.CharField(_("by"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("event of a scan case")
        verbose_name_plural = _("events of scan cases")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.case_id} {self.kind}"


def report_photos() -> FileSystemStorage:
    """Return where photos of shoppers lie: never under a public address."""
    return FileSystemStorage(location=settings.HOME / "reports")


class ConsumerReport(models.Model):
    """What a shopper says is wrong with a pack; nothing about the shopper is required."""

    class Problem(models.TextChoices):
        COPY = "copy", _("The code looks copied or false")
        CONTENTS = "contents", _("The contents are not what the pack says")
        PACK = "pack", _("The pack or the label was opened or damaged")
        OTHER = "other", _("Something else")

    reference = models.CharField(_("reference"), max_length=32, unique=True)
    case = models.ForeignKey(ScanCase, models.PROTECT, related_name="reports")
    problem = models.CharField(_("what is wrong"), max_length=10, choices=Problem)
    shop = models.CharField(_("shop"), max_length=200, blank=True)
    place = models.CharField(_("town or district"), max_length=200, blank=True)
    text = models.CharField(_("in your words"), max_length=1000, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    photo = models.FileField(_("photo"), storage=report_photos, blank=True)
    at = models.DateTimeField(_("reported"))

    class Meta:
        verbose_name = _("report of a shopper")
        verbose_name_plural = _("reports of shoppers")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.case_id} {self.problem} {self.at:%Y-%m-%d}"
