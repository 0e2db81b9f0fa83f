"""Rows about artwork: what a label says, one version after the other."""

import uuid

from django.conf import settings
from django.core.files.storage import FileSystemStorage
from django.db import models
from django.utils.translation import gettext_lazy as _

from originmark.mark.labels.artwork.content import CATEGORIES, MARKETS, LabelContent


def private_pictures() -> FileSystemStorage:
    """Return where pictures of labels lie: never under a public address."""
    return FileSystemStorage(location=settings.HOME / "artwork")


class Artwork(models.Model):
    """One version of a label of a product for a market. Its words never change."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("Draft")
        APPROVED = "approved", _("Approved for print")
        SUPERSEDED = "superseded", _("Superseded")

    number = models.CharField(_("artwork"), max_length=60, unique=True)
    product = models.ForeignKey(
        "products.Product", models.PROTECT, related_name="+", verbose_name=_("product")
    )
    product_code = models.CharField(max_length=40)
    organisation = models.ForeignKey(
        "parties.Organisation", models.PROTECT, related_name="+", verbose_name=_("producer")
    )
    market = models.CharField(
        _("market"), max_length=2, choices=[(code, _(name)) for code, name in MARKETS.items()]
    )
    category = models.CharField(
        _("kind of goods"),
        max_length=10,
        choices=[(code, _(name)) for code, name in CATEGORIES.items()],
    )
    version = models.PositiveIntegerField(_("version"))
    print_on = models.DateField(_("to be printed on"))
    brand_code = models.CharField(_("logo of the brand"), max_length=60, blank=True)
    content = models.JSONField(_("what the label says"))
    status = models.CharField(_("state"), max_length=10, choices=Status, default=Status.DRAFT)
    decided_on = models.JSONField(_("what the approval saw"), default=dict, blank=True)
    made_at = models.DateTimeField(_("recorded"))
    made_by = models.CharField(_("by"), max_length=200)
    approved_at = models.DateTimeField(_("approved"), null=True, blank=True)
    approved_by = models.CharField(_("approved by"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("artwork")
        verbose_name_plural = _("artwork")
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["product", "market", "version"], name="artwork_version_once"
            ),
            models.UniqueConstraint(
                fields=["product", "market"],
                condition=models.Q(status="approved"),
                name="one_artwork_to_print",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def says(self) -> LabelContent:
        """Return what the label says, typed."""
        return LabelContent.from_json(self.content)


class ArtworkPicture(models.Model):
    """The picture of a label, and what was read off it when it came."""

    artwork = models.OneToOneField(Artwork, models.PROTECT, related_name="picture")
    file = models.FileField(storage=private_pictures)
    media_type = models.CharField(max_length=40)
    width_mm = models.DecimalField(_("width in print, mm"), max_digits=6, decimal_places=1)
    measured = models.JSONField(_("what was read off it"))
    sent_at = models.DateTimeField(_("sent"))
    sent_by = models.CharField(_("by"), max_length=200)

    class Meta:
        verbose_name = _("picture of a label")
        verbose_name_plural = _("pictures of labels")

    def __str__(self) -> str:
        return str(self.artwork_id)


class ArtworkTick(models.Model):
    """An inspector looked at the picture and found a point of the checklist met."""

    picture = models.ForeignKey(ArtworkPicture, models.CASCADE, related_name="ticks")
    item = models.CharField(_("point"), max_length=20)
    at = models.DateTimeField(_("at"))
    by_name = models.CharField(_("by"), max_length=200)

    class Meta:
        verbose_name = _("tick of an inspector")
        verbose_name_plural = _("ticks of inspectors")
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["picture", "item"], name="artwork_ticked_once")
        ]

    def __str__(self) -> str:
        return f"{self.picture_id} {self.item}"


class LabelTemplate(models.Model):
    """A template that somebody took to design a label from; what it shows never changes."""

    key = models.UUIDField(_("key"), primary_key=True, default=uuid.uuid4, editable=False)
    product = models.ForeignKey(
        "products.Product", models.PROTECT, related_name="+", verbose_name=_("product")
    )
    organisation = models.ForeignKey(
        "parties.Organisation", models.PROTECT, related_name="+", verbose_name=_("producer")
    )
    market = models.CharField(
        _("market"), max_length=2, choices=[(code, _(name)) for code, name in MARKETS.items()]
    )
    print_on = models.DateField(_("to be printed on"))
    drawn = models.JSONField(_("what it shows"))
    made_at = models.DateTimeField(_("made"))
    made_by = models.CharField(_("by"), max_length=200)

    class Meta:
        verbose_name = _("template of a label")
        verbose_name_plural = _("templates of labels")
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return str(self.drawn["title"])
