"""Rows of the ledger. All but the capture jobs are only ever added (see ``append_only``)."""

import uuid
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from originmark.standards.epcis.event_hash import HASH_VERSION
from originmark.trace.ledger.log_models import LogCheckpoint, LogKey, LogSignature
from originmark.trace.ledger.subscription_models import Delivery, NamedQuery, Subscription

__all__ = [
    "CaptureJob", "Context", "Delivery", "Event", "EventIdentifier", "LogCheckpoint", "LogKey",
    "LogLeaf", "LogNode", "LogSignature", "LogState", "MasterDataElement", "NamedQuery",
    "Subscription",
]  # fmt: skip


class PlaceField(models.BigIntegerField):  # type: ignore[type-arg]  # generic for mypy alone
    """A whole number of 64 bits that is the key of its row.

    SQLite finds a row at once only by an ``integer`` key; a ``bigint`` one is an index beside the
    table, which every row is written to and read through as well (decision 13).
    """

    def db_type(self, connection: Any) -> str | None:
        """Return the type of the column."""
        return "integer" if connection.vendor == "sqlite" else super().db_type(connection)


class Context(models.Model):
    """The JSON-LD context of documents, kept once for all events that came in it."""

    sha256 = models.CharField(_("SHA-256"), max_length=64, primary_key=True)
    body = models.TextField(_("context"))

    class Meta:
        verbose_name = _("context")
        verbose_name_plural = _("contexts")

    def __str__(self) -> str:
        return self.sha256


class Event(models.Model):
    """One EPCIS event. ``id`` is its place in the log, from 0; ``body`` is what was received."""

    id = PlaceField(_("place in the log"), primary_key=True)
    event_id = models.CharField(_("event ID"), max_length=500, db_index=True)
    fingerprint = models.CharField(_("fingerprint"), max_length=64, db_index=True)
    hash_version = models.CharField(_("version of the hash"), max_length=8, default=HASH_VERSION)
    type = models.CharField(_("type"), max_length=500)
    event_time = models.DateTimeField(_("happened"), db_index=True)
    record_time = models.DateTimeField(_("recorded"), db_index=True)
    action = models.CharField(_("action"), max_length=10, blank=True)
    biz_step = models.CharField(_("business step"), max_length=500, blank=True, db_index=True)
    disposition = models.CharField(_("disposition"), max_length=500, blank=True)
    read_point = models.CharField(_("read point"), max_length=500, blank=True)
    biz_location = models.CharField(_("business location"), max_length=500, blank=True)
    is_error_declaration = models.BooleanField(_("declares an error"))
    body = models.TextField(_("event as received"))
    context = models.ForeignKey(
        Context, models.PROTECT, null=True, db_constraint=False, db_index=False, related_name="+"
    )
    source = models.CharField(_("source"), max_length=300, blank=True)
    organisation = models.ForeignKey(
        "parties.Organisation", models.PROTECT, null=True, related_name="+", verbose_name=_("from")
    )
    captured_by = models.ForeignKey(
        "parties.Person",
        models.PROTECT,
        null=True,
        db_index=False,
        related_name="+",
        verbose_name=_("captured by"),
    )

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["-id"]
        indexes = [models.Index(fields=["disposition"], name="ledger_disposition")]

    def __str__(self) -> str:
        return self.event_id


class EventIdentifier(models.Model):
    """Which event names which thing, in which role, and how much of it.

    Kept by event, in the order in which the event names them (decision 13).
    """

    class Role(models.TextChoices):
        EPC = "epc", _("named")
        CLASS = "class", _("named")
        PARENT = "parent", _("container")
        CHILD = "child", _("content")
        CHILD_CLASS = "child_class", _("content")
        INPUT = "input", _("used up")
        INPUT_CLASS = "input_class", _("used up")
        OUTPUT = "output", _("made")
        OUTPUT_CLASS = "output_class", _("made")
        READ_POINT = "read_point", _("seen at")
        LOCATION = "location", _("is at")
        TRANSACTION = "transaction", _("paper")
        TRANSFORMATION = "transformation", _("process")
        SOURCE = "source", _("from")
        DESTINATION = "destination", _("to")

    pk = models.CompositePrimaryKey("event_id", "place")
    event = models.ForeignKey(
        Event,
        models.PROTECT,
        db_index=False,
        related_name="identifiers",
        verbose_name=_("event"),
    )
    place = models.PositiveIntegerField(_("place among the event's identifiers"))
    identifier = models.CharField(_("identifier"), max_length=500)
    role = models.CharField(_("role"), max_length=20, choices=Role)
    quantity = models.FloatField(_("quantity"), null=True)
    uom = models.CharField(_("unit"), max_length=3, blank=True)

    class Meta:
        verbose_name = _("identifier of an event")
        verbose_name_plural = _("identifiers of events")
        indexes = [
            models.Index(fields=["identifier", "role", "event"], name="ledger_identifier"),
        ]

    def __str__(self) -> str:
        return f"{self.identifier} · {self.role}"


class LogLeaf(models.Model):
    """A leaf of the transparency log; it outlives its event, so that a missing one has a name."""

    index = PlaceField(_("place in the log"), primary_key=True)
    event_id = models.CharField(_("event ID"), max_length=500)
    hash = models.BinaryField(_("hash"), max_length=32)

    class Meta:
        verbose_name = _("leaf")
        verbose_name_plural = _("leaves")

    def __str__(self) -> str:
        return str(self.index)


class LogNode(models.Model):
    """An inner node over a full subtree. ``id`` is ``level << 56 | index``."""

    id = PlaceField(primary_key=True)
    hash = models.BinaryField(_("hash"), max_length=32)

    class Meta:
        verbose_name = _("node")
        verbose_name_plural = _("nodes")

    def __str__(self) -> str:
        return str(self.pk)


class LogState(models.Model):
    """The one row that says how far the log has grown; whoever appends holds its lock."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    size = models.BigIntegerField(_("size"), default=0)
    frontier = models.BinaryField(_("frontier"), default=b"")
    root = models.BinaryField(_("root"), max_length=32)
    grew_at = models.DateTimeField(_("grew"), null=True)

    class Meta:
        verbose_name = _("state of the log")
        verbose_name_plural = _("state of the log")
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="ledger_one_log")]

    def __str__(self) -> str:
        return str(self.size)


class MasterDataElement(models.Model):
    """One element of a vocabulary, as a document said it; the latest row of a sender counts."""

    vocabulary = models.CharField(_("vocabulary"), max_length=500)
    element_id = models.CharField(_("identifier"), max_length=500)
    attributes = models.JSONField(_("attributes"), default=list)
    children = models.JSONField(_("children"), default=list)
    source = models.CharField(_("source"), max_length=300, blank=True)
    organisation = models.ForeignKey(
        "parties.Organisation", models.PROTECT, null=True, related_name="+", verbose_name=_("from")
    )
    recorded_at = models.DateTimeField(_("recorded"))

    class Meta:
        verbose_name = _("master data")
        verbose_name_plural = _("master data")
        ordering = ["vocabulary", "element_id", "-pk"]
        indexes = [models.Index(fields=["element_id", "vocabulary"], name="master_data_element")]

    def __str__(self) -> str:
        return self.element_id


class CaptureJob(models.Model):
    """What became of one document that was sent.

    ``spool`` names the file that holds a document while it waits to be captured.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    created_at = models.DateTimeField(_("received"))
    finished_at = models.DateTimeField(_("finished"), null=True)
    is_running = models.BooleanField(_("running"), default=True)
    is_success = models.BooleanField(_("success"), default=True)
    error_behaviour = models.CharField(_("on error"), max_length=10, default="rollback")
    errors = models.JSONField(_("errors"), default=list)
    advice = models.JSONField(_("advice"), default=list)
    outcomes = models.JSONField(_("outcomes"), default=list)
    media_type = models.CharField(_("media type"), max_length=40, default="application/json")
    size_bytes = models.PositiveBigIntegerField(_("size, bytes"), default=0)
    spool = models.CharField(_("file"), max_length=100, blank=True)
    stored = models.PositiveIntegerField(_("stored"), default=0)
    repeated = models.PositiveIntegerField(_("already there"), default=0)
    rejected = models.PositiveIntegerField(_("refused"), default=0)
    warnings = models.PositiveIntegerField(_("warnings"), default=0)
    organisation = models.ForeignKey(
        "parties.Organisation", models.PROTECT, null=True, related_name="+", verbose_name=_("from")
    )
    captured_by = models.ForeignKey(
        "parties.Person",
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("captured by"),
    )

    class Meta:
        verbose_name = _("capture job")
        verbose_name_plural = _("capture jobs")
        ordering = ["-created_at", "pk"]

    def __str__(self) -> str:
        return str(self.pk)


class SpentToken(models.Model):
    """A page token that was taken back before it expired."""

    sha256 = models.CharField(_("SHA-256"), max_length=64, primary_key=True)
    expires_at = models.DateTimeField(_("expires"), db_index=True)

    class Meta:
        verbose_name = _("page token taken back")
        verbose_name_plural = _("page tokens taken back")

    def __str__(self) -> str:
        return self.sha256
