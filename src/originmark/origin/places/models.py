"""Rows about places."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class AdministrativeUnit(models.Model):
    """A province, prefecture, county, district or commune as it was between two dates.

    ``key`` is ours and stays: ``vn-22`` is Quang Ninh, ``vn-202-2025`` the district Ba Che, which
    ended in 2025. ``code`` is the statistical office's and may be given anew after a reform.
    """

    class Scheme(models.TextChoices):
        VIETNAM = "VN", _("Vietnam")
        CHINA = "CN", _("China")

    class Level(models.TextChoices):
        PROVINCE = "province", _("Province")
        PREFECTURE = "prefecture", _("Prefecture")
        COUNTY = "county", _("County")
        DISTRICT = "district", _("District")
        COMMUNE = "commune", _("Commune")

    key = models.SlugField(_("key"), max_length=40, unique=True)
    scheme = models.CharField(_("country"), max_length=10, choices=Scheme)
    code = models.CharField(_("code"), max_length=20)
    level = models.CharField(_("level"), max_length=20, choices=Level)
    name = models.CharField(_("name"), max_length=120)
    names = models.JSONField(_("names in other languages"), default=dict, blank=True)
    folded = models.CharField(_("for search"), max_length=300, blank=True, editable=False)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children"
    )
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_until = models.DateField(_("valid until"), null=True, blank=True)

    class Meta:
        verbose_name = _("administrative unit")
        verbose_name_plural = _("administrative units")
        ordering = ["scheme", "code", "pk"]
        indexes = [models.Index(fields=["scheme", "code"], name="unit_by_code")]

    def __str__(self) -> str:
        return self.name


class UnitAlias(models.Model):
    """Another spelling of a unit's name, as people and newspapers write it."""

    unit = models.ForeignKey(AdministrativeUnit, models.CASCADE, related_name="aliases")
    text = models.CharField(_("spelling"), max_length=120)
    folded = models.CharField(_("for search"), max_length=120, editable=False)

    class Meta:
        verbose_name = _("other spelling")
        verbose_name_plural = _("other spellings")
        ordering = ["text", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["unit", "folded"], name="one_alias_per_unit"),
        ]

    def __str__(self) -> str:
        return self.text


class UnitSuccession(models.Model):
    """Which unit became which; a divided unit has several successors."""

    old = models.ForeignKey(AdministrativeUnit, models.CASCADE, related_name="became")
    new = models.ForeignKey(AdministrativeUnit, models.CASCADE, related_name="came_from")

    class Meta:
        verbose_name = _("succession")
        verbose_name_plural = _("successions")
        ordering = ["old", "new", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["old", "new"], name="one_succession_per_pair"),
        ]

    def __str__(self) -> str:
        return f"{self.old} → {self.new}"


class Shape(models.Model):
    """What a place with a geometry keeps beside it: its box, so that a search is cheap."""

    geometry = models.TextField(_("geometry (GeoJSON)"), blank=True)
    west = models.FloatField(null=True, editable=False)
    south = models.FloatField(null=True, editable=False)
    east = models.FloatField(null=True, editable=False)
    north = models.FloatField(null=True, editable=False)

    class Meta:
        abstract = True


class Boundary(Shape):
    """The outline inside which a mark may be grown: a GI area, a county, a protected zone."""

    code = models.SlugField(_("code"), max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=200)
    unit = models.ForeignKey(
        AdministrativeUnit, models.PROTECT, null=True, blank=True, verbose_name=_("unit")
    )
    source = models.CharField(_("source of the outline"), max_length=300, blank=True)
    area_ha = models.DecimalField(_("area, ha"), max_digits=14, decimal_places=4)
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    created_at = models.DateTimeField(_("created"))

    class Meta:
        verbose_name = _("boundary")
        verbose_name_plural = _("boundaries")
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name


class GrowingArea(Shape):
    """Registered land on which one organisation grows."""

    class Status(models.TextChoices):
        ACTIVE = "active", _("Active")
        SUSPENDED = "suspended", _("Suspended")
        CLOSED = "closed", _("Closed")

    code = models.SlugField(_("code"), max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=200)
    organisation = models.ForeignKey(
        "parties.Organisation", models.PROTECT, related_name="growing_areas",
        verbose_name=_("organisation"),
    )  # fmt: skip
    grower = models.CharField(_("grower"), max_length=200, blank=True)
    unit = models.ForeignKey(
        AdministrativeUnit, models.PROTECT, null=True, blank=True, verbose_name=_("place")
    )
    longitude = models.FloatField(_("longitude"), null=True, blank=True)
    latitude = models.FloatField(_("latitude"), null=True, blank=True)
    declared_value = models.DecimalField(_("declared area"), max_digits=14, decimal_places=4)
    declared_unit = models.CharField(_("unit of area"), max_length=20)
    declared_ha = models.DecimalField(_("declared area, ha"), max_digits=14, decimal_places=4)
    computed_ha = models.DecimalField(
        _("area of the polygon, ha"), max_digits=14, decimal_places=4, null=True, blank=True
    )
    crop = models.CharField(_("crop"), max_length=120, blank=True)
    registration_code = models.CharField(_("growing-area code"), max_length=40, blank=True)
    status = models.CharField(_("state"), max_length=20, choices=Status, default=Status.ACTIVE)
    status_reason = models.CharField(_("reason"), max_length=300, blank=True)
    warnings = models.JSONField(_("warnings"), default=list, blank=True)
    valid_from = models.DateField(_("registered from"), null=True, blank=True)
    valid_until = models.DateField(_("closed on"), null=True, blank=True)
    created_at = models.DateTimeField(_("created"))

    class Meta:
        verbose_name = _("growing area")
        verbose_name_plural = _("growing areas")
        ordering = ["name", "pk"]
        indexes = [models.Index(fields=["west", "east"], name="area_by_longitude")]
        constraints = [
            models.CheckConstraint(condition=Q(declared_ha__gt=0), name="area_declares_some_land"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def area_ha(self) -> Any:
        """Return the hectares that count: the smaller of declared and computed."""
        if self.computed_ha is None:
            return self.declared_ha
        return min(self.declared_ha, self.computed_ha)


class Facility(models.Model):
    """A place where goods are packed, milled, dried, kept or sold."""

    class Kind(models.TextChoices):
        PACKING = "packing", _("Packing house")
        MILL = "mill", _("Mill")
        DRYER = "dryer", _("Dryer")
        PROCESSING = "processing", _("Processing plant")
        STORE = "store", _("Store")
        COLD_STORE = "cold_store", _("Cold store")
        SHOP = "shop", _("Shop")
        OTHER = "other", _("Other")

    code = models.SlugField(_("code"), max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=200)
    organisation = models.ForeignKey(
        "parties.Organisation", models.PROTECT, related_name="facilities",
        verbose_name=_("organisation"),
    )  # fmt: skip
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    unit = models.ForeignKey(
        AdministrativeUnit, models.PROTECT, null=True, blank=True, verbose_name=_("place")
    )
    longitude = models.FloatField(_("longitude"), null=True, blank=True)
    latitude = models.FloatField(_("latitude"), null=True, blank=True)
    address = models.CharField(_("address"), max_length=300, blank=True)
    gln = models.CharField(_("GLN"), max_length=13, blank=True)
    registration_code = models.CharField(_("packing-facility code"), max_length=40, blank=True)
    is_active = models.BooleanField(_("in use"), default=True)
    warnings = models.JSONField(_("warnings"), default=list, blank=True)
    created_at = models.DateTimeField(_("created"))

    class Meta:
        verbose_name = _("facility")
        verbose_name_plural = _("facilities")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["gln"], condition=~Q(gln=""), name="one_facility_per_gln"
            ),
        ]

    def __str__(self) -> str:
        return self.name
