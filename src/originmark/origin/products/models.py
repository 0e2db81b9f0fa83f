"""Rows about products."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from originmark.frame.web.identifiers import own_identifier
from originmark.origin.products import rules


class ProductGroup(models.Model):
    """A group of products, perhaps inside a wider one: Food, Grain, Millet."""

    code = models.SlugField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=120)
    names = models.JSONField(_("names in other languages"), default=dict, blank=True)
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("part of"),
    )

    class Meta:
        verbose_name = _("product group")
        verbose_name_plural = _("product groups")
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name


class Product(models.Model):
    """A crop in the field, a material on the way, or a pack that is sold."""

    class Kind(models.TextChoices):
        CROP = rules.CROP, _("Crop")
        MATERIAL = rules.MATERIAL, _("Material")
        TRADE_ITEM = rules.TRADE_ITEM, _("Trade item")

    class ContentUnit(models.TextChoices):
        GRAM = "g", _("g")
        KILOGRAM = "kg", _("kg")
        JIN = "jin", _("jin (500 g)")
        PIECE = "piece", _("pieces")

    code = models.SlugField(_("code"), max_length=40, unique=True)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    gtin = models.CharField(_("GTIN"), max_length=14, blank=True)
    name = models.CharField(_("name"), max_length=200)
    names = models.JSONField(_("names in other languages"), default=dict, blank=True)
    group = models.ForeignKey(
        ProductGroup,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="products",
        verbose_name=_("group"),
    )
    variety = models.CharField(_("variety"), max_length=120, blank=True)
    net_content_g = models.PositiveIntegerField(_("net content in grams"), null=True, blank=True)
    net_content_pieces = models.PositiveIntegerField(_("pieces in a pack"), null=True, blank=True)
    net_content_unit = models.CharField(
        _("unit of the net content"), max_length=10, choices=ContentUnit, default=ContentUnit.GRAM
    )
    organisation = models.ForeignKey(
        "parties.Organisation",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="products",
        verbose_name=_("producer"),
    )
    story = models.TextField(_("story"), blank=True)
    stories = models.JSONField(_("story in other languages"), default=dict, blank=True)
    specification = models.JSONField(_("specification"), default=list, blank=True)
    is_active = models.BooleanField(_("active"), default=True)
    created_at = models.DateTimeField(_("created"))

    class Meta:
        verbose_name = _("product")
        verbose_name_plural = _("products")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["gtin"], condition=~Q(gtin=""), name="one_product_per_gtin"
            ),
            models.CheckConstraint(
                condition=~Q(kind="trade_item") | Q(organisation__isnull=False),
                name="a_trade_item_has_a_producer",
            ),
            models.CheckConstraint(
                condition=Q(net_content_g__isnull=True) | Q(net_content_g__gt=0),
                name="net_content_is_positive",
            ),
        ]
        indexes = [models.Index(fields=["organisation", "kind", "is_active"])]

    def __str__(self) -> str:
        return self.name

    @property
    def uri(self) -> str:
        """Return the identifier under which the world knows the product."""
        if self.gtin:
            return f"https://id.gs1.org/01/{self.gtin}"
        return own_identifier("product", self.code)


class ProductPicture(models.Model):
    """A picture of a product; the files in each width stand below its key."""

    product = models.ForeignKey(Product, models.CASCADE, related_name="pictures")
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    position = models.PositiveIntegerField(_("position"), default=0)
    description = models.CharField(_("what it shows"), max_length=200)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    added_at = models.DateTimeField(_("added"))

    class Meta:
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.description


class IntellectualProperty(models.Model):
    """A right in a product: a trademark, a patent, a design, a GI, a copyright."""

    class Kind(models.TextChoices):
        TRADEMARK = "trademark", _("Trademark")
        PATENT = "patent", _("Patent")
        DESIGN = "design", _("Design")
        GEOGRAPHICAL_INDICATION = "gi", _("Geographical indication")
        COPYRIGHT = "copyright", _("Copyright")

    product = models.ForeignKey(Product, models.CASCADE, related_name="rights")
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    title = models.CharField(_("title"), max_length=200)
    number = models.CharField(_("number"), max_length=80)
    authority = models.CharField(_("authority"), max_length=200)
    holder = models.CharField(_("holder"), max_length=200, blank=True)
    registered_on = models.DateField(_("registered on"), null=True, blank=True)
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    withdrawn_on = models.DateField(_("withdrawn on"), null=True, blank=True)
    document = models.FileField(_("document"), upload_to="rights", blank=True, max_length=200)

    class Meta:
        verbose_name = _("intellectual property")
        verbose_name_plural = _("intellectual property")
        ordering = ["kind", "number", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["product", "kind", "authority", "number"], name="one_record_per_right"
            )
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.number}"


PICTURE_WIDTHS = (320, 960)


def picture_path(key: uuid.UUID, width: int) -> str:
    """Return where a picture stands among the files, in one of its widths."""
    return f"pictures/{key}-{width}.webp"
