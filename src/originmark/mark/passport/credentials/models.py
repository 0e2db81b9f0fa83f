"""Rows of credentials. What was issued is never changed; that it counts no more is added."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class CredentialKey(models.Model):
    """A public key of the programme; the private half is a secret of the installation.

    It verifies what it signed until it is withdrawn, which is for a secret that became known.
    """

    public = models.CharField(_("public key"), max_length=43, unique=True)
    valid_from = models.DateTimeField(_("valid from"))
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True)

    class Meta:
        verbose_name = _("key of credentials")
        verbose_name_plural = _("keys of credentials")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.public


class StatusList(models.Model):
    """A list of bits that says which credentials count no more.

    ``token`` is the list as it was last signed, empty when a bit has changed since.
    """

    taken = models.PositiveIntegerField(_("places taken"), default=0)
    token = models.TextField(_("signed list"), blank=True)
    signed_at = models.DateTimeField(_("signed"), null=True)

    class Meta:
        verbose_name = _("status list")
        verbose_name_plural = _("status lists")
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.pk)


class Credential(models.Model):
    """One issue of a credential about one thing, as it was signed.

    ``about`` names the thing, as ``lot:P26-1``; ``key`` is the address that stays the same over
    all issues. ``content`` is the hash of what it says, so that the same is not issued twice.
    """

    class Kind(models.TextChoices):
        PASSPORT = "passport", _("Product passport")
        CONFORMITY = "conformity", _("Certificate, right or licence")
        FACILITY = "facility", _("Land or facility")
        HISTORY = "history", _("What happened to a lot")
        IDENTITY = "identity", _("Entry of an organisation")

    key = models.CharField(_("address"), max_length=24, db_index=True)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    about = models.CharField(_("about"), max_length=160, db_index=True)
    name = models.CharField(_("name"), max_length=300)
    organisation = models.ForeignKey(
        "parties.Organisation", models.PROTECT, related_name="+", verbose_name=_("organisation")
    )
    content = models.CharField(_("hash of the content"), max_length=64)
    token = models.TextField(_("signed credential"))
    status_list = models.ForeignKey(StatusList, models.PROTECT, related_name="credentials")
    place = models.PositiveIntegerField(_("place in the status list"))
    issued_at = models.DateTimeField(_("issued"))
    valid_until = models.DateTimeField(_("valid until"))
    revoked_at = models.DateTimeField(_("revoked"), null=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("credential")
        verbose_name_plural = _("credentials")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["status_list", "place"], name="credential_has_its_place"
            ),
            models.UniqueConstraint(
                fields=["about"], condition=Q(revoked_at=None), name="one_live_credential_of_each"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.about} ({self.pk})"


class Ground(models.Model):
    """A record that a credential stands on: when it lapses, the credential is revoked."""

    credential = models.ForeignKey(Credential, models.CASCADE, related_name="grounds")
    record = models.CharField(_("record"), max_length=160, db_index=True)

    class Meta:
        verbose_name = _("ground of a credential")
        verbose_name_plural = _("grounds of credentials")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["credential", "record"], name="a_ground_once")
        ]

    def __str__(self) -> str:
        return self.record
