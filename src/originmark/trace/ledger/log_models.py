"""Rows of the transparency log's signatures. Checkpoints and signatures are only ever added."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class LogKey(models.Model):
    """A public key that signs for the log, or for one of its witnesses.

    The private half is a secret of the installation (``ORIGINMARK_LOG_KEY``), never a row. A key
    that signs no more stays here: what it signed is verified with it.
    """

    class Role(models.TextChoices):
        LOG = "log", _("signs for the log")
        WITNESS = "witness", _("witness")

    verifier = models.CharField(_("public key"), max_length=500, unique=True)
    role = models.CharField(_("role"), max_length=10, choices=Role)
    valid_from = models.DateTimeField(_("valid from"))
    valid_until = models.DateTimeField(_("valid until"), null=True)

    class Meta:
        verbose_name = _("key of the log")
        verbose_name_plural = _("keys of the log")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.verifier


class LogCheckpoint(models.Model):
    """How far the log had grown, as the text that was signed (C2SP tlog-checkpoint)."""

    size = models.BigIntegerField(_("size"), primary_key=True)
    root = models.BinaryField(_("root"), max_length=32)
    text = models.TextField(_("text"))
    signed_at = models.DateTimeField(_("signed"))

    class Meta:
        verbose_name = _("checkpoint")
        verbose_name_plural = _("checkpoints")
        ordering = ["-size"]

    def __str__(self) -> str:
        return str(self.size)


class LogSignature(models.Model):
    """A key's signature under a checkpoint, as its line in the note."""

    checkpoint = models.ForeignKey(
        LogCheckpoint, models.PROTECT, related_name="signatures", verbose_name=_("checkpoint")
    )
    key = models.ForeignKey(LogKey, models.PROTECT, related_name="+", verbose_name=_("key"))
    line = models.TextField(_("line"))
    received_at = models.DateTimeField(_("received"))

    class Meta:
        verbose_name = _("signature of a checkpoint")
        verbose_name_plural = _("signatures of checkpoints")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["checkpoint", "key"], name="ledger_signed_once")
        ]

    def __str__(self) -> str:
        return self.line
