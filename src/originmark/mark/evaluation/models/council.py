"""Rows about councils: seats, ties that were declared, sessions, who was there."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class CouncilMember(models.Model):
    """A person's seat in the council of a round."""

    class Role(models.TextChoices):
        CHAIR = "chair", _("Chair")
        SECRETARY = "secretary", _("Secretary")
        MEMBER = "member", _("Member")

    round = models.ForeignKey("evaluation.Round", models.CASCADE, related_name="members")
    person = models.ForeignKey(
        "parties.Person", models.PROTECT, related_name="council_seats", verbose_name=_("person")
    )
    role = models.CharField(_("role"), max_length=20, choices=Role, default=Role.MEMBER)
    seat = models.CharField(_("seat"), max_length=160, blank=True)
    organisation = models.ForeignKey(
        "parties.Organisation",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="council_seats",
        verbose_name=_("sent by"),
    )
    appointed_at = models.DateTimeField(_("appointed"))
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)

    class Meta:
        verbose_name = _("council member")
        verbose_name_plural = _("council members")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "person"],
                condition=Q(ended_at__isnull=True),
                name="one_seat_per_person",
            ),
            models.UniqueConstraint(
                fields=["round"],
                condition=Q(ended_at__isnull=True, role="chair"),
                name="one_chair_per_round",
            ),
        ]

    def __str__(self) -> str:
        return str(self.person)


class Declaration(models.Model):
    """A member said that they are tied to an applicant."""

    member = models.ForeignKey(CouncilMember, models.CASCADE, related_name="declarations")
    organisation = models.ForeignKey(
        "parties.Organisation",
        models.CASCADE,
        related_name="+",
        verbose_name=_("tied to"),
    )
    reason = models.CharField(_("reason"), max_length=300)
    declared_at = models.DateTimeField(_("declared"))
    declared_by = models.CharField(_("declared by"), max_length=200)

    class Meta:
        verbose_name = _("declared tie")
        verbose_name_plural = _("declared ties")
        ordering = ["declared_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["member", "organisation"], name="one_declaration_per_tie"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member} · {self.organisation}"


class Session(models.Model):
    """A meeting of the council."""

    round = models.ForeignKey("evaluation.Round", models.CASCADE, related_name="sessions")
    number = models.PositiveIntegerField(_("number"))
    held_on = models.DateField(_("day"))
    place = models.CharField(_("place"), max_length=200, blank=True)
    sent_on = models.DateField(_("dossiers sent"), null=True, blank=True)
    opened_at = models.DateTimeField(_("opened"), null=True, blank=True)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    code = models.CharField(_("code of the minutes"), max_length=40, unique=True)

    class Meta:
        verbose_name = _("session")
        verbose_name_plural = _("sessions")
        ordering = ["held_on", "number", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["round", "number"], name="one_session_per_number"),
        ]

    def __str__(self) -> str:
        return f"{self.round.code}/{self.number}"

    @property
    def is_open(self) -> bool:
        """Return whether the council sits now."""
        return self.opened_at is not None and self.closed_at is None


class SessionDossier(models.Model):
    """A dossier on the agenda of a session."""

    session = models.ForeignKey(Session, models.CASCADE, related_name="agenda")
    dossier = models.ForeignKey("evaluation.Dossier", models.CASCADE, related_name="agenda")

    class Meta:
        verbose_name = _("item of the agenda")
        verbose_name_plural = _("items of the agenda")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["session", "dossier"], name="once_on_an_agenda"),
        ]

    def __str__(self) -> str:
        return f"{self.session} · {self.dossier}"


class Attendance(models.Model):
    """Whether a member was there."""

    session = models.ForeignKey(Session, models.CASCADE, related_name="attendance")
    member = models.ForeignKey(CouncilMember, models.CASCADE, related_name="attendance")
    is_present = models.BooleanField(_("present"))
    noted_at = models.DateTimeField(_("noted"))

    class Meta:
        verbose_name = _("attendance")
        verbose_name_plural = _("attendance")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["session", "member"], name="one_attendance_each"),
        ]

    def __str__(self) -> str:
        return f"{self.session} · {self.member}"


class Holiday(models.Model):
    """A day on which offices do not work. Entered by the office; none is shipped."""

    day = models.DateField(_("day"), unique=True)
    name = models.CharField(_("name"), max_length=120)

    class Meta:
        verbose_name = _("holiday")
        verbose_name_plural = _("holidays")
        ordering = ["day"]

    def __str__(self) -> str:
        return f"{self.day} {self.name}"
