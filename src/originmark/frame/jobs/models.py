"""Rows of background work: the outbox, the schedule and the workers' heartbeats."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _


class Job(models.Model):
    """One piece of work, written in the transaction that asks for it."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        RUNNING = "running", _("Running")
        DONE = "done", _("Done")
        FAILED = "failed", _("Failed")
        CANCELLED = "cancelled", _("Cancelled")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    task = models.CharField(_("task"), max_length=80)
    title = models.CharField(_("title"), max_length=200)
    payload = models.JSONField(_("payload"), default=dict)
    key = models.CharField(_("key"), max_length=200, null=True, unique=True)  # noqa: DJ001 (NULL is free of the unique constraint)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    worker = models.CharField(_("worker"), max_length=64, blank=True)
    steps_done = models.PositiveBigIntegerField(_("steps done"), default=0)
    steps_total = models.PositiveBigIntegerField(_("steps in all"), default=0)
    note = models.CharField(_("note"), max_length=300, blank=True)
    error = models.TextField(_("error"), blank=True)
    result = models.JSONField(_("result"), null=True)
    person_id = models.BigIntegerField(_("asked for by"), null=True)
    created_at = models.DateTimeField(_("created"))
    run_after = models.DateTimeField(_("not before"))
    beat_at = models.DateTimeField(_("last sign of life"), null=True)
    finished_at = models.DateTimeField(_("finished"), null=True)

    class Meta:
        verbose_name = _("job")
        verbose_name_plural = _("jobs")
        ordering = ["-created_at", "pk"]
        indexes = [models.Index(fields=["state", "beat_at"], name="job_state_beat")]

    def __str__(self) -> str:
        return self.title

    @property
    def is_over(self) -> bool:
        """Return whether nothing more will happen to this job by itself."""
        return self.state in {self.State.DONE, self.State.FAILED, self.State.CANCELLED}

    @property
    def percent(self) -> int | None:
        """Return progress in whole percent; None while the total is unknown."""
        if self.state == self.State.DONE:
            return 100
        return self.steps_done * 100 // self.steps_total if self.steps_total else None


class Schedule(models.Model):
    """When a task that repeats is due next."""

    name = models.CharField(_("name"), max_length=80, primary_key=True)
    next_at = models.DateTimeField(_("next"))
    last_at = models.DateTimeField(_("last"), null=True)

    class Meta:
        verbose_name = _("schedule")
        verbose_name_plural = _("schedules")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class WorkerBeat(models.Model):
    """The last sign of life of a worker process."""

    worker = models.CharField(_("worker"), max_length=64, primary_key=True)
    beat_at = models.DateTimeField(_("last sign of life"))

    class Meta:
        verbose_name = _("worker")
        verbose_name_plural = _("workers")
        ordering = ["-beat_at", "pk"]

    def __str__(self) -> str:
        return self.worker
