"""Rows about people and organisations."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.utils.translation import gettext_lazy as _

from originmark.frame.web import clock
from originmark.frame.web.identifiers import own_identifier
from originmark.origin.parties import numbers, rules


class PersonManager(BaseUserManager["Person"]):
    """Makes people; ``create_superuser`` is what Django's own command calls."""

    def create_user(self, email: str, password: str | None = None, *, name: str = "") -> "Person":
        """Return a new person who signs in with an e-mail address."""
        person = self.model(email=self.normalize_email(email).lower(), name=name or email)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def create_superuser(self, email: str, password: str, *, name: str = "") -> "Person":
        """Return a new person who may do everything in the admin."""
        person = self.create_user(email, password, name=name)
        person.is_staff = person.is_superuser = True
        person.save(using=self._db)
        return person


class Person(AbstractBaseUser, PermissionsMixin):
    """Somebody who signs in."""

    email = models.EmailField(_("e-mail"), unique=True)
    name = models.CharField(_("name"), max_length=200)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    language = models.CharField(_("language"), max_length=10, blank=True)
    is_staff = models.BooleanField(_("may use the admin"), default=False)
    is_active = models.BooleanField(_("active"), default=True)
    joined_at = models.DateTimeField(_("joined"), default=clock.now)

    objects: ClassVar[PersonManager] = PersonManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        """Return the name; Django's own templates ask for it."""
        return self.name


class Organisation(models.Model):
    """An enterprise, cooperative, household, association, authority, laboratory or carrier."""

    class Scheme(models.TextChoices):
        CN_USCC = numbers.CN_USCC, _("China: unified social credit code")
        VN_MST = numbers.VN_MST, _("Vietnam: tax code (MST)")
        OTHER = numbers.FREE, _("Another register")

    class Kind(models.TextChoices):
        ENTERPRISE = "enterprise", _("Enterprise")
        COOPERATIVE = "cooperative", _("Cooperative")
        HOUSEHOLD = "household", _("Household")
        ASSOCIATION = "association", _("Association")
        AUTHORITY = "authority", _("Authority")
        LABORATORY = "laboratory", _("Laboratory")
        CARRIER = "carrier", _("Carrier")
        PLATFORM = "platform", _("Platform")
        HOST_AGENCY = "host_agency", _("Host agency")

    code = models.SlugField(_("code"), max_length=40, unique=True)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    name = models.CharField(_("name"), max_length=200)
    names = models.JSONField(_("names in other languages"), default=dict, blank=True)
    registration_scheme = models.CharField(
        _("registration scheme"), max_length=20, choices=Scheme, blank=True
    )
    registration_number = models.CharField(_("registration number"), max_length=40, blank=True)
    gs1_company_prefix = models.CharField(_("GS1 company prefix"), max_length=12, blank=True)
    gln = models.CharField(_("GLN"), max_length=13, blank=True)
    unit = models.ForeignKey(
        "places.AdministrativeUnit", models.PROTECT, null=True, blank=True, verbose_name=_("place")
    )
    address = models.CharField(_("address"), max_length=300, blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    runs_programme = models.BooleanField(_("runs the programme"), default=False)
    is_active = models.BooleanField(_("active"), default=True)
    created_at = models.DateTimeField(_("created"), default=clock.now)

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["registration_scheme", "registration_number"],
                condition=~models.Q(registration_number=""),
                name="one_organisation_per_registration",
            ),
            models.UniqueConstraint(
                fields=["gln"], condition=~models.Q(gln=""), name="one_organisation_per_gln"
            ),
            models.UniqueConstraint(
                fields=["gs1_company_prefix"],
                condition=~models.Q(gs1_company_prefix=""),
                name="one_organisation_per_company_prefix",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def party_uri(self) -> str:
        """Return the absolute URI that names this party in events: by GLN, else our own."""
        if self.gln:
            return f"https://id.gs1.org/417/{self.gln}"
        return own_identifier("party", self.code)


class Membership(models.Model):
    """A person's role in an organisation."""

    class Role(models.TextChoices):
        MANAGER = rules.MANAGER, _("Manager")
        RECORDER = rules.RECORDER, _("Recorder")
        INSPECTOR = rules.INSPECTOR, _("Inspector")
        VIEWER = rules.VIEWER, _("Viewer")

    person = models.ForeignKey(Person, models.CASCADE, related_name="memberships")
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="memberships")
    role = models.CharField(_("role"), max_length=20, choices=Role)
    since = models.DateTimeField(_("since"), default=clock.now)

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [
            models.UniqueConstraint(fields=["person", "organisation"], name="one_role_per_place"),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.organisation} · {self.role}"


class Invitation(models.Model):
    """A letter that makes whoever opens its link a member, once, until it expires."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="invitations")
    email = models.EmailField(_("e-mail"))
    name = models.CharField(_("name"), max_length=200, blank=True)
    role = models.CharField(_("role"), max_length=20, choices=Membership.Role)
    language = models.CharField(_("language"), max_length=10, blank=True)
    nonce = models.CharField(max_length=32)
    invited_by = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="invitations_sent"
    )
    created_at = models.DateTimeField(_("sent"))
    expires_at = models.DateTimeField(_("valid until"))
    accepted_at = models.DateTimeField(_("accepted"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "email"],
                condition=models.Q(accepted_at=None, withdrawn_at=None),
                name="one_open_invitation_per_address",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.email} · {self.organisation} · {self.role}"


class ApiKey(models.Model):
    """A program's way in: belongs to an organisation, holds a role and scopes.

    Only the SHA-256 of the secret is kept. A slow hash would add nothing: the secret has 256
    random bits, so that nobody can try them all.
    """

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="api_keys")
    name = models.CharField(_("name"), max_length=100)
    role = models.CharField(_("role"), max_length=20, choices=Membership.Role)
    scopes = models.JSONField(_("scopes"), default=list)
    prefix = models.CharField(_("begins with"), max_length=16, unique=True)
    digest = models.CharField(max_length=64)
    created_by = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="api_keys_made"
    )
    created_at = models.DateTimeField(_("made"))
    expires_at = models.DateTimeField(_("valid until"), null=True, blank=True)
    last_used_at = models.DateTimeField(_("last used"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)

    class Meta:
        verbose_name = _("API key")
        verbose_name_plural = _("API keys")
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.name} ({self.prefix}…)"
