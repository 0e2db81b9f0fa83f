"""Rows about brands, their rights and their rulebooks."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from originmark.mark.schemes import rules
from originmark.mark.schemes.gi_models import (
    GiApplication,
    GiDecision,
    GiDocument,
    GiHearing,
    GiLink,
    GiOpposition,
    GiStep,
)
from originmark.mark.schemes.gi_proof_models import GiEvidence, GiJudgement
from originmark.mark.schemes.plan_models import CultivationPlan, PlanMeasure, RightNotice
from originmark.mark.schemes.rulebook_kinds import (
    BALANCE,
    GI_PROCEDURE,
    STAR_SCHEME,
    USE_RULES,
)

__all__ = [
    "Brand", "BrandProduct", "CoUseConsent", "Confidence", "ConversionBound", "CriteriaSet",
    "CultivationPlan", "GiApplication", "GiDecision", "GiDocument", "GiEvidence", "GiHearing",
    "GiJudgement", "GiLink", "GiOpposition", "GiStep", "PlanMeasure", "Right", "RightNotice",
    "Rulebook", "YieldCap",
]  # fmt: skip


class Brand(models.Model):
    """A mark that several producers may use: a county's millet, a province's star sign."""

    class Kind(models.TextChoices):
        GI_MARK = "gi_mark", _("Geographical indication")
        COUNTY = "county", _("County public brand")
        PROVINCIAL = "provincial", _("Provincial public brand")
        STAR = "star", _("Star scheme")
        TIME_HONOURED = "time_honoured", _("Time-honoured brand")

    code = models.SlugField(_("code"), max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=200)
    names = models.JSONField(_("names in other languages"), default=dict, blank=True)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    owner = models.ForeignKey(
        "parties.Organisation", models.PROTECT, related_name="brands", verbose_name=_("owner")
    )
    mother = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("mother brand"),
    )
    founded_year = models.PositiveSmallIntegerField(_("founded in"), null=True, blank=True)
    recognised_by = models.CharField(_("recognised by"), max_length=200, blank=True)
    recognised_on = models.DateField(_("recognised on"), null=True, blank=True)
    boundary_code = models.CharField(_("boundary"), max_length=60, blank=True)
    story = models.TextField(_("story"), blank=True)
    logo = models.FileField(_("logo"), upload_to="brands/", blank=True)
    is_active = models.BooleanField(_("active"), default=True)
    created_at = models.DateTimeField(_("created"))
    changed_at = models.DateTimeField(_("last changed"))

    class Meta:
        verbose_name = _("brand")
        verbose_name_plural = _("brands")
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name


class CoUseConsent(models.Model):
    """The owner of a mother brand lets a child brand stand beside it for a time."""

    brand = models.ForeignKey(
        Brand, models.CASCADE, related_name="consents", verbose_name=_("child brand")
    )
    mother = models.ForeignKey(
        Brand, models.PROTECT, related_name="+", verbose_name=_("mother brand")
    )
    valid_from = models.DateField(_("valid from"))
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    note = models.CharField(_("by which paper"), max_length=300)
    given_at = models.DateTimeField(_("recorded"))
    given_by = models.CharField(_("recorded by"), max_length=200)

    class Meta:
        verbose_name = _("consent to joint use")
        verbose_name_plural = _("consents to joint use")
        ordering = ["-valid_from", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gte=models.F("valid_from")),
                name="consent_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return self.note


class BrandProduct(models.Model):
    """A product that may carry the brand."""

    brand = models.ForeignKey(Brand, models.CASCADE, related_name="products")
    product_code = models.CharField(_("product"), max_length=60)

    class Meta:
        verbose_name = _("product of a brand")
        verbose_name_plural = _("products of brands")
        ordering = ["product_code", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["brand", "product_code"], name="brand_product_once"),
        ]

    def __str__(self) -> str:
        return self.product_code


class Right(models.Model):
    """An entry in an authority's register that protects a name.

    One brand may hold several rights from several authorities; most rights of an imported
    register belong to no brand here.
    """

    class Kind(models.TextChoices):
        GI = "gi", _("Geographical indication")
        GI_AGRICULTURAL = "gi_agricultural", _("Geographical indication of agricultural products")
        PDO = "pdo", _("Protected designation of origin")
        PGI = "pgi", _("Protected geographical indication")
        TSG = "tsg", _("Traditional speciality guaranteed")
        CERTIFICATION_MARK = "certification_mark", _("Certification mark")
        COLLECTIVE_MARK = "collective_mark", _("Collective mark")
        TRADE_MARK = "trade_mark", _("Trade mark")

    class Status(models.TextChoices):
        APPLIED = rules.APPLIED, _("Applied for")
        PUBLISHED = rules.PUBLISHED, _("Published")
        REGISTERED = rules.REGISTERED, _("Registered")
        REJECTED = rules.REJECTED, _("Rejected")
        CANCELLED = rules.CANCELLED, _("Cancelled")

    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    authority = models.CharField(_("authority"), max_length=200)
    register = models.CharField(_("register"), max_length=120)
    number = models.CharField(_("number"), max_length=60)
    name = models.CharField(_("name"), max_length=300)
    folded_name = models.CharField(max_length=300, editable=False)
    country = models.CharField(
        _("country"), max_length=60, help_text=_("ISO codes of two letters, with blanks between")
    )
    product_class = models.CharField(_("product class"), max_length=200, blank=True)
    legal_basis = models.CharField(_("legal basis"), max_length=300, blank=True)
    applied_on = models.DateField(_("applied for on"), null=True, blank=True)
    published_on = models.DateField(_("published on"), null=True, blank=True)
    registered_on = models.DateField(_("registered on"), null=True, blank=True)
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    status = models.CharField(_("status"), max_length=20, choices=Status)
    brand = models.ForeignKey(
        Brand,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="rights",
        verbose_name=_("brand"),
    )
    source = models.CharField(_("source"), max_length=200, blank=True)
    recorded_at = models.DateTimeField(_("recorded"))
    changed_at = models.DateTimeField(_("last changed"))

    class Meta:
        verbose_name = _("right")
        verbose_name_plural = _("rights")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["register", "number"], name="right_once_per_register"),
        ]
        indexes = [models.Index(fields=["status", "country"], name="right_status_country")]

    def __str__(self) -> str:
        return f"{self.name} ({self.number})"


class Rulebook(models.Model):
    """One version of a programme's rules, as it was loaded: never changed, only succeeded."""

    class Kind(models.TextChoices):
        BALANCE = BALANCE, _("Yield caps and conversions")
        STAR_SCHEME = STAR_SCHEME, _("Star scheme")
        USE_RULES = USE_RULES, _("Rules of use")
        GI_PROCEDURE = GI_PROCEDURE, _("Procedure for geographical indications")

    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.BALANCE)
    code = models.SlugField(_("code"), max_length=60)
    version = models.PositiveIntegerField(_("version"))
    title = models.CharField(_("title"), max_length=200)
    brand = models.ForeignKey(
        Brand,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="rulebooks",
        verbose_name=_("brand"),
    )
    text = models.TextField(_("text"))
    legal_basis = models.JSONField(_("legal basis"), default=list)
    valid_from = models.DateField(_("valid from"))
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    superseded_by = models.PositiveIntegerField(_("superseded by version"), null=True, blank=True)
    loaded_at = models.DateTimeField(_("loaded"))
    loaded_by = models.CharField(_("loaded by"), max_length=200)

    class Meta:
        verbose_name = _("rulebook")
        verbose_name_plural = _("rulebooks")
        ordering = ["code", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["code", "version"], name="rulebook_version_once"),
        ]

    def __str__(self) -> str:
        return f"{self.code} v{self.version}"


class CriteriaSet(models.Model):
    """The criteria for one kind of product under one version of a star scheme: never changed."""

    rulebook = models.ForeignKey(
        Rulebook, models.PROTECT, related_name="criteria_sets", verbose_name=_("star scheme")
    )
    code = models.SlugField(_("code"), max_length=60)
    name = models.CharField(_("name"), max_length=300)
    names = models.JSONField(_("names in other languages"), default=dict, blank=True)
    text = models.TextField(_("text"))
    loaded_at = models.DateTimeField(_("loaded"))
    loaded_by = models.CharField(_("loaded by"), max_length=200)

    class Meta:
        verbose_name = _("product set")
        verbose_name_plural = _("product sets")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["rulebook", "code"], name="criteria_set_once"),
        ]

    def __str__(self) -> str:
        return f"{self.code} ({self.rulebook})"


class Confidence(models.TextChoices):
    """How well a figure is known."""

    OFFICIAL = "official", _("Official: stands in the legal text")
    PUBLISHED = "published", _("Published: read in the named source")
    DERIVED = "derived", _("Derived: computed from published figures")
    UNVERIFIED = "unverified", _("Unverified: no source confirms it")


class YieldCap(models.Model):
    """What a hectare may have grown of a product in a season, at most."""

    rulebook = models.ForeignKey(Rulebook, models.CASCADE, related_name="yield_caps")
    product_code = models.CharField(_("product"), max_length=60)
    season = models.PositiveIntegerField(_("season"))
    cap_kg_per_ha = models.DecimalField(_("cap, kg/ha"), max_digits=14, decimal_places=3)
    declared = models.CharField(_("as declared"), max_length=40)
    source = models.CharField(_("source"), max_length=500)
    confidence = models.CharField(_("confidence"), max_length=20, choices=Confidence)

    class Meta:
        verbose_name = _("yield cap")
        verbose_name_plural = _("yield caps")
        ordering = ["product_code", "season", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["rulebook", "product_code", "season"], name="one_cap_per_season"
            ),
            models.CheckConstraint(condition=Q(cap_kg_per_ha__gt=0), name="cap_is_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.product_code} {self.season}: {self.cap_kg_per_ha} kg/ha"


class ConversionBound(models.Model):
    """How much comes out of a process for each kilogram that went in."""

    rulebook = models.ForeignKey(Rulebook, models.CASCADE, related_name="conversions")
    process = models.CharField(_("process"), max_length=40)
    input_code = models.CharField(_("from product"), max_length=60)
    output_code = models.CharField(_("to product"), max_length=60)
    ratio_low = models.DecimalField(_("lowest ratio"), max_digits=8, decimal_places=5)
    ratio_high = models.DecimalField(_("highest ratio"), max_digits=8, decimal_places=5)
    gains_mass = models.BooleanField(_("may gain mass"), default=False)
    source = models.CharField(_("source"), max_length=500)
    confidence = models.CharField(_("confidence"), max_length=20, choices=Confidence)

    class Meta:
        verbose_name = _("conversion bound")
        verbose_name_plural = _("conversion bounds")
        ordering = ["process", "input_code", "output_code", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["rulebook", "process", "input_code", "output_code"],
                name="one_bound_per_conversion",
            ),
            models.CheckConstraint(
                condition=Q(ratio_low__gt=0) & Q(ratio_high__gte=models.F("ratio_low")),
                name="conversion_low_to_high",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.process}: {self.ratio_low}–{self.ratio_high}"
