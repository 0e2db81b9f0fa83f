"""Rows about lots: balances, links from input to event to output, and a record per step."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Step(models.TextChoices):
    """What can happen to a lot, in the order from field to buyer."""

    HARVEST = "harvest", _("Harvest")
    BUY_IN = "buy-in", _("Buying in")
    DRYING = "drying", _("Drying")
    MILLING = "milling", _("Milling")
    BLENDING = "blending", _("Blending")
    SPLITTING = "splitting", _("Splitting")
    PACKING = "packing", _("Packing")
    PROCESSING = "processing", _("Processing")
    STORING = "storing", _("Storing")
    SHIPPING = "shipping", _("Shipping")
    RECEIVING = "receiving", _("Receiving")
    DISPOSAL = "disposal", _("Disposal")


class Lot(models.Model):
    """A mass of one product with one history, held by one organisation."""

    class Status(models.TextChoices):
        ACTIVE = "active", _("In stock")
        IN_TRANSIT = "in_transit", _("On its way")
        CLOSED = "closed", _("Used up")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    code = models.CharField(_("lot"), max_length=20, unique=True)
    epc = models.CharField(_("identifier"), max_length=500, unique=True)
    product = models.ForeignKey("products.Product", models.PROTECT, verbose_name=_("product"))
    organisation = models.ForeignKey(
        "parties.Organisation", models.PROTECT, verbose_name=_("holder"), related_name="lots"
    )
    season = models.PositiveSmallIntegerField(_("season"))
    received_kg = models.DecimalField(_("received, kg"), max_digits=14, decimal_places=3)
    released_kg = models.DecimalField(_("released, kg"), max_digits=14, decimal_places=3, default=0)
    pack_count = models.PositiveIntegerField(_("packs"), null=True, blank=True)
    packs_released = models.PositiveIntegerField(_("packs released"), default=0)
    facility = models.ForeignKey(
        "places.Facility", models.PROTECT, null=True, blank=True, verbose_name=_("facility")
    )
    in_transit_to = models.ForeignKey(
        "parties.Organisation", models.PROTECT, null=True, blank=True, related_name="lots_coming"
    )
    destination = models.ForeignKey(
        "places.Facility", models.PROTECT, null=True, blank=True, related_name="lots_coming"
    )
    origin_complete = models.BooleanField(_("origin complete"))
    status = models.CharField(_("state"), max_length=12, choices=Status, default=Status.ACTIVE)
    best_before = models.DateField(_("best before"), null=True, blank=True)
    born_at = models.DateTimeField(_("exists since"))
    created_at = models.DateTimeField(_("recorded"))

    class Meta:
        verbose_name = _("lot")
        verbose_name_plural = _("lots")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(released_kg__gte=0) & Q(released_kg__lte=F("received_kg")),
                name="lot_never_below_zero",
            ),
            models.CheckConstraint(
                condition=Q(pack_count__isnull=True) | Q(packs_released__lte=F("pack_count")),
                name="lot_packs_never_below_zero",
            ),
        ]
        indexes = [models.Index(fields=["organisation", "status"], name="lot_of_holder")]

    def __str__(self) -> str:
        return self.code


class LotInput(models.Model):
    """What an event took from a lot: the link from lot to event."""

    lot = models.ForeignKey(Lot, models.PROTECT, related_name="inputs")
    event_id = models.BigIntegerField(db_index=True)
    kg = models.DecimalField(max_digits=14, decimal_places=3)

    class Meta:
        verbose_name = _("input")
        verbose_name_plural = _("inputs")
        constraints = [models.UniqueConstraint(fields=["lot", "event_id"], name="input_once")]

    def __str__(self) -> str:
        return f"{self.lot_id} → {self.event_id}"


class LotOutput(models.Model):
    """What an event made: the link from event to lot."""

    lot = models.OneToOneField(Lot, models.PROTECT, related_name="birth")
    event_id = models.BigIntegerField(db_index=True)
    kg = models.DecimalField(max_digits=14, decimal_places=3)

    class Meta:
        verbose_name = _("output")
        verbose_name_plural = _("outputs")

    def __str__(self) -> str:
        return f"{self.event_id} → {self.lot_id}"


class AreaInput(models.Model):
    """What an event took from land: the link from growing area to event."""

    area = models.ForeignKey("places.GrowingArea", models.PROTECT, related_name="+")
    event_id = models.BigIntegerField(unique=True)
    kg = models.DecimalField(max_digits=14, decimal_places=3)

    class Meta:
        verbose_name = _("harvest from an area")
        verbose_name_plural = _("harvests from areas")

    def __str__(self) -> str:
        return f"{self.area_id} → {self.event_id}"


class AreaSeason(models.Model):
    """What an area has given of a product in a season, and the rulebook's cap on it."""

    area = models.ForeignKey("places.GrowingArea", models.PROTECT, related_name="+")
    season = models.PositiveSmallIntegerField(_("season"))
    product = models.ForeignKey("products.Product", models.PROTECT, related_name="+")
    harvested_kg = models.DecimalField(
        _("harvested, kg"), max_digits=14, decimal_places=3, default=0
    )
    cap_kg = models.DecimalField(
        _("cap, kg"), max_digits=14, decimal_places=3, null=True, blank=True
    )
    cap_source = models.CharField(_("source of the cap"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("season of an area")
        verbose_name_plural = _("seasons of areas")
        ordering = ["-season", "area_id", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["area", "season", "product"], name="area_season_product_once"
            ),
            models.CheckConstraint(condition=Q(harvested_kg__gte=0), name="harvested_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.area_id} {self.season}"


class LotRecord(models.Model):
    """One step of one lot: what its history shows and what a withdrawal takes back."""

    class Side(models.TextChoices):
        INTO = "into", _("into the lot")
        OUT_OF = "out_of", _("out of the lot")
        WITH = "with", _("with the lot")

    lot = models.ForeignKey(Lot, models.PROTECT, related_name="records")
    event_id = models.BigIntegerField(db_index=True)
    event_uri = models.CharField(max_length=500, db_index=True)
    step = models.CharField(_("step"), max_length=12, choices=Step)
    side = models.CharField(_("side"), max_length=6, choices=Side)
    kg = models.DecimalField(_("kg"), max_digits=14, decimal_places=3)
    released_kg = models.DecimalField(max_digits=14, decimal_places=3, default=0)
    released_packs = models.PositiveIntegerField(default=0)
    happened_at = models.DateTimeField(_("happened"))
    recorded_at = models.DateTimeField(_("recorded"))
    recorded_by = models.ForeignKey(
        "parties.Person", models.PROTECT, null=True, blank=True, related_name="+"
    )
    organisation = models.ForeignKey("parties.Organisation", models.PROTECT, related_name="+")
    partner = models.ForeignKey(
        "parties.Organisation", models.PROTECT, null=True, blank=True, related_name="+"
    )
    area = models.ForeignKey(
        "places.GrowingArea", models.PROTECT, null=True, blank=True, related_name="+"
    )
    facility = models.ForeignKey(
        "places.Facility", models.PROTECT, null=True, blank=True, related_name="+"
    )
    note = models.CharField(_("note"), max_length=300, blank=True)
    before = models.JSONField(default=dict)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)

    class Meta:
        verbose_name = _("record of a lot")
        verbose_name_plural = _("records of lots")
        ordering = ["-recorded_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["lot", "event_id"], name="lot_record_once"),
        ]
        indexes = [
            models.Index(fields=["organisation", "-recorded_at"], name="record_of_organisation"),
        ]

    def __str__(self) -> str:
        return f"{self.lot_id} {self.step} {self.kg}"
