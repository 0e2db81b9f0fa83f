"""Rows of named queries, subscriptions and their deliveries."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class NamedQuery(models.Model):
    """A query under a name. Without an organisation it is the office's, and open to everybody."""

    name = models.CharField(_("name"), max_length=200, unique=True)
    body = models.JSONField(_("query"), default=dict)
    organisation = models.ForeignKey(
        "parties.Organisation", models.PROTECT, null=True, related_name="+", verbose_name=_("from")
    )
    person = models.ForeignKey(
        "parties.Person", models.PROTECT, null=True, related_name="+", verbose_name=_("made by")
    )
    created_at = models.DateTimeField(_("made"))

    class Meta:
        verbose_name = _("named query")
        verbose_name_plural = _("named queries")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Subscription(models.Model):
    """Who is told of what, and how far they have been told.

    ``next_place`` is the first place in the log that was not yet delivered; it moves only after
    the receiver answered 2xx. A batch under way is kept as ``batch_end`` and ``batch_at``, so
    that it is sent again unchanged.
    """

    class Status(models.TextChoices):
        ACTIVE = "active", _("Active")
        PAUSED = "paused", _("Paused")
        FAILED = "failed", _("Given up")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    query = models.ForeignKey(
        NamedQuery, models.CASCADE, related_name="subscriptions", verbose_name=_("query")
    )
    organisation = models.ForeignKey(
        "parties.Organisation", models.PROTECT, null=True, related_name="+", verbose_name=_("for")
    )
    person = models.ForeignKey(
        "parties.Person", models.PROTECT, null=True, related_name="+", verbose_name=_("made by")
    )
    created_at = models.DateTimeField(_("made"))
    dest = models.CharField(_("receiver"), max_length=2000)
    sealed_secret = models.TextField(_("sealed secret"), blank=True)
    is_live = models.BooleanField(_("live"))
    schedule = models.JSONField(_("schedule"), null=True)
    report_if_empty = models.BooleanField(_("reports when there is nothing"), default=False)
    initial_record_time = models.DateTimeField(_("from this record time on"), null=True)
    status = models.CharField(
        _("state"), max_length=10, choices=Status, default=Status.ACTIVE, db_index=True
    )
    next_place = models.BigIntegerField(_("next place in the log"))
    min_record_time = models.DateTimeField(_("delivered up to"))
    batch_end = models.BigIntegerField(_("end of the batch under way"), null=True)
    batch_at = models.DateTimeField(_("batch first sent"), null=True)
    most_events = models.PositiveIntegerField(_("events at once"))
    signals = models.BigIntegerField(_("documents captured"), default=0)
    heard = models.BigIntegerField(_("documents looked at"), default=0)
    next_due = models.DateTimeField(_("next turn"), null=True)
    busy_until = models.DateTimeField(_("in a worker's hands until"), null=True)
    failures = models.PositiveIntegerField(_("failures in a row"), default=0)
    last_notified_at = models.DateTimeField(_("last delivered"), null=True)

    class Meta:
        verbose_name = _("subscription")
        verbose_name_plural = _("subscriptions")
        ordering = ["-created_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(is_live=True, schedule=None) | Q(is_live=False, schedule__isnull=False),
                name="ledger_live_or_scheduled",
            ),
            models.CheckConstraint(
                condition=Q(batch_end=None) | Q(batch_end__gte=F("next_place")),
                name="ledger_batch_goes_on",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class Delivery(models.Model):
    """One attempt to tell a receiver."""

    class Status(models.TextChoices):
        DELIVERED = "delivered", _("Delivered")
        RETRY = "retry", _("Failed, will be tried again")
        DEAD = "dead", _("Failed, given up")
        TEST = "test", _("Test")

    subscription = models.ForeignKey(
        Subscription, models.CASCADE, related_name="deliveries", verbose_name=_("subscription")
    )
    created_at = models.DateTimeField(_("when"))
    attempt = models.PositiveIntegerField(_("attempt"))
    status = models.CharField(_("outcome"), max_length=10, choices=Status)
    http_status = models.PositiveSmallIntegerField(_("answer"), null=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    events = models.PositiveIntegerField(_("events"))
    first_place = models.BigIntegerField(_("from place"))
    end_place = models.BigIntegerField(_("to before place"))
    duration_ms = models.PositiveIntegerField(_("took, in milliseconds"))

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(fields=["subscription", "-created_at"], name="ledger_delivery_of"),
        ]

    def __str__(self) -> str:
        return f"{self.subscription_id} · {self.created_at:%Y-%m-%d %H:%M:%S}"
